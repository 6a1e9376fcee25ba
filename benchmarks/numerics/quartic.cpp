// Boost.Interval's search of the quartics that QuarticSearch.cs describes, by the same algorithm, in the build without a mode switch
// an operation (rounding upward throughout). Prints "case;nanoseconds a box" and, to the error stream, the boxes and the bounds.
#include <algorithm>
#include <cfenv>
#include <cstdio>
#include <ctime>
#include <vector>
#include <boost/numeric/interval.hpp>

using namespace boost::numeric;
using namespace interval_lib;
using I = unprotect<interval<double, policies<save_state<rounded_transc_opp<double>>, checking_base<double>>>>::type;

static double now() { timespec t; clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

struct Box { I x[4]; };

static I fourth(const I& x) { return square(square(x)); }

static I squares(const Box& b) {
    return square(b.x[0] + 10.0 * b.x[1]) + 5.0 * square(b.x[2] - b.x[3]) + fourth(b.x[1] - 2.0 * b.x[2])
        + 10.0 * fourth(b.x[0] - b.x[3]);
}

static I monomials(const Box& b) {
    const I &x = b.x[0], &y = b.x[1], &z = b.x[2], &t = b.x[3];
    return square(x) + 20.0 * x * y + 100.0 * square(y) + 5.0 * square(z) - 10.0 * z * t + 5.0 * square(t)
        + fourth(y) - 8.0 * pow(y, 3) * z + 24.0 * square(y) * square(z) - 32.0 * y * pow(z, 3) + 16.0 * fourth(z)
        + 10.0 * fourth(x) - 40.0 * pow(x, 3) * t + 60.0 * square(x) * square(t) - 40.0 * x * pow(t, 3) + 10.0 * fourth(t);
}

struct Found { long boxes; double lower, upper; };

constexpr size_t block_size = 256, lanes = 8;
static std::vector<Box> stack, block;
static I values[block_size];

template <I (*f)(const Box&)> static Found search(double tolerance) {
    Box all;
    for (auto& side : all.x) side = I(-4, 5);
    stack.assign(1, all);
    long boxes = 0;
    double lower = INFINITY, upper = INFINITY;
    while (!stack.empty()) {
        size_t n = std::min(block_size, stack.size());
        block.assign(stack.end() - n, stack.end());
        stack.resize(stack.size() - n);
        for (size_t i = 0; i < n; i++) {
            values[i] = f(block[i]);
            upper = std::min(upper, values[i].upper());
        }
        boxes += n;
        for (size_t from = 0; from < n; from += lanes) {
            size_t kept[lanes], k = 0;
            for (size_t i = from; i < std::min(n, from + lanes); i++) {
                double low = values[i].lower();
                if (low > upper) continue;
                if (values[i].upper() - low <= tolerance) lower = std::min(lower, low);
                else kept[k++] = i;
            }
            size_t at = stack.size();
            stack.resize(at + 2 * k);
            for (size_t j = 0; j < k; j++) {
                const Box& b = block[kept[j]];
                int widest = 0;
                double w = b.x[0].upper() - b.x[0].lower();
                for (int v = 1; v < 4; v++) {
                    double width = b.x[v].upper() - b.x[v].lower();
                    if (width > w) { w = width; widest = v; }
                }
                double middle = 0.5 * (b.x[widest].lower() + b.x[widest].upper());
                stack[at + j] = stack[at + k + j] = b;
                stack[at + j].x[widest].assign(b.x[widest].lower(), middle);
                stack[at + k + j].x[widest].assign(middle, b.x[widest].upper());
            }
        }
    }
    return { boxes, lower, upper };
}

template <I (*f)(const Box&)> static void measure(const char* name, double tolerance) {
    Found found = search<f>(tolerance);
    long k = 1;
    auto run = [&](long n) { double s = now(); for (long i = 0; i < n; i++) search<f>(tolerance); return now() - s; };
    while (run(k) < 10e6) k *= 2;
    double best = 1e300;
    for (int i = 0; i < 9; i++) best = std::min(best, run(k) / (double(k) * found.boxes));
    std::printf("Boost round-up quartic %s, box;%.4f\n", name, best);
    std::fprintf(stderr, "Boost round-up quartic %s: %ld boxes, minimum in [%g, %g]\n", name, found.boxes, found.lower, found.upper);
}

int main() {
    std::fesetround(FE_UPWARD);
    measure<squares>("of squares", 10);
    measure<squares>("of squares, fine", 1);
    measure<monomials>("in monomials", 20000);
}
