// The peers' cases on the arrays that Cases.cs describes (other random numbers of the same ranges): Boost.Interval in its default
// and its unprotected round-up build, MPFI and Arb at 53 bits. Prints "case;nanoseconds".
#include <algorithm>
#include <cfenv>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <vector>
#include <boost/numeric/interval.hpp>
#include <mpfi.h>
#if __has_include(<arb.h>)
#include <arb.h>
#else
#include <flint/arb.h>
#endif

static double now() { timespec t; clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

static void measure(const char* name, int n, const std::function<void()>& batch) {
    auto run = [&](long k) { double s = now(); for (long i = 0; i < k; i++) batch(); return now() - s; };
    long k = 1;
    while (run(k) < 10e6) k *= 2;
    double best = 1e300;
    for (int i = 0; i < 5; i++) best = std::min(best, run(k) / (double(k) * n));
    std::printf("%s;%.4f\n", name, best);
}

constexpr int N = 512;
static std::vector<double> al(N), ah(N), bl(N), bh(N), cl(N), ch(N);

template <class I> void boost_cases(const char* tag) {
    std::vector<I> a(N), b(N), c(N), r(N);
    for (int i = 0; i < N; i++) { a[i] = I(al[i], ah[i]); b[i] = I(bl[i], bh[i]); c[i] = I(cl[i], ch[i]); }
    char name[64];
    auto label = [&](const char* op) { std::snprintf(name, sizeof name, "%s %s", tag, op); return name; };
    measure(label("add"), N, [&] { for (int i = 0; i < N; i++) r[i] = a[i] + b[i]; });
    measure(label("mul"), N, [&] { for (int i = 0; i < N; i++) r[i] = a[i] * c[i]; });
    measure(label("div"), N, [&] { for (int i = 0; i < N; i++) r[i] = a[i] / b[i]; });
    measure(label("fma"), N, [&] { for (int i = 0; i < N; i++) r[i] = a[i] * b[i] + c[i]; });
}

static void mpfi_cases() {
    std::vector<__mpfi_struct> a(N), b(N), c(N), r(N);
    for (int i = 0; i < N; i++) {
        mpfi_init2(&a[i], 53); mpfi_init2(&b[i], 53); mpfi_init2(&c[i], 53); mpfi_init2(&r[i], 53);
        mpfi_interv_d(&a[i], al[i], ah[i]); mpfi_interv_d(&b[i], bl[i], bh[i]); mpfi_interv_d(&c[i], cl[i], ch[i]);
    }
    auto two = [&](const char* name, int (*f)(mpfi_ptr, mpfi_srcptr, mpfi_srcptr), std::vector<__mpfi_struct>& y) {
        measure(name, N, [&] { for (int i = 0; i < N; i++) f(&r[i], &a[i], &y[i]); });
    };
    auto one = [&](const char* name, int (*f)(mpfi_ptr, mpfi_srcptr), std::vector<__mpfi_struct>& x) {
        measure(name, N, [&] { for (int i = 0; i < N; i++) f(&r[i], &x[i]); });
    };
    two("MPFI add", mpfi_add, b); two("MPFI mul", mpfi_mul, c); two("MPFI div", mpfi_div, b);
    measure("MPFI fma", N, [&] { for (int i = 0; i < N; i++) { mpfi_mul(&r[i], &a[i], &b[i]); mpfi_add(&r[i], &r[i], &c[i]); } });
    one("MPFI exp", mpfi_exp, a); one("MPFI log", mpfi_log, b); one("MPFI sin", mpfi_sin, a);
    one("MPFI cos", mpfi_cos, a); one("MPFI tanh", mpfi_tanh, a); one("MPFI atan", mpfi_atan, a);
}

static void arb_cases() {
    arb_ptr a = _arb_vec_init(N), b = _arb_vec_init(N), c = _arb_vec_init(N), r = _arb_vec_init(N);
    arf_t l, h; arf_init(l); arf_init(h);
    auto fill = [&](arb_ptr x, const std::vector<double>& lo, const std::vector<double>& hi) {
        for (int i = 0; i < N; i++) { arf_set_d(l, lo[i]); arf_set_d(h, hi[i]); arb_set_interval_arf(x + i, l, h, 53); }
    };
    fill(a, al, ah); fill(b, bl, bh); fill(c, cl, ch);
    measure("Arb add", N, [&] { for (int i = 0; i < N; i++) arb_add(r + i, a + i, b + i, 53); });
    measure("Arb mul", N, [&] { for (int i = 0; i < N; i++) arb_mul(r + i, a + i, c + i, 53); });
    measure("Arb div", N, [&] { for (int i = 0; i < N; i++) arb_div(r + i, a + i, b + i, 53); });
    measure("Arb fma", N, [&] { for (int i = 0; i < N; i++) { arb_set(r + i, c + i); arb_addmul(r + i, a + i, b + i, 53); } });
    auto one = [&](const char* name, void (*f)(arb_t, const arb_t, slong), arb_ptr x) {
        measure(name, N, [&] { for (int i = 0; i < N; i++) f(r + i, x + i, 53); });
    };
    one("Arb exp", arb_exp, a); one("Arb log", arb_log, b); one("Arb sin", arb_sin, a);
    one("Arb cos", arb_cos, a); one("Arb tanh", arb_tanh, a); one("Arb atan", arb_atan, a);
    measure("Arb pow", N, [&] { for (int i = 0; i < N; i++) arb_pow(r + i, b + i, c + i, 53); });
}

int main() {
    std::mt19937_64 g(1);
    auto fill = [&](std::vector<double>& lo, std::vector<double>& hi, double from, double to) {
        std::uniform_real_distribution<double> u(from, to);
        for (int i = 0; i < N; i++) { double x = u(g), y = u(g); lo[i] = std::min(x, y); hi[i] = std::max(x, y); }
    };
    fill(al, ah, -2, 2); fill(bl, bh, 1, 3); fill(cl, ch, -2, 2);
    using namespace boost::numeric;
    using namespace interval_lib;
    boost_cases<interval<double>>("Boost default");
    using Unprotected = unprotect<interval<double, policies<save_state<rounded_transc_opp<double>>, checking_base<double>>>>::type;
    std::fesetround(FE_UPWARD);
    boost_cases<Unprotected>("Boost round-up");
    std::fesetround(FE_TONEAREST);
    mpfi_cases();
    arb_cases();
}
