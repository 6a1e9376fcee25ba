using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Integrals;

// Exact integrals of affine forms A(ε) = c + Σ a_j ε_j over ε uniform on [−1, 1]^d, evaluated in interval arithmetic.
// If G is a d-fold antiderivative of g, the mean of g(A) is (1/Π 2a_j) Σ_σ (Π σ_j) G(c + Σ σ_j a_j) over the signs σ.
internal static class Moments
{
    private const int MostTerms = 4;
    private const double Small = 1.0 / 4096; // a smaller coefficient would cost more digits than it is worth

    // The part of the cube where c + Σ a_j ε_j + s has the given sign, for every |s| ≤ slack.
    public static Interval Fraction(double c, double[] a, double slack, Signs sign)
    {
        double[] main = Leading(a, ref slack);
        if (main.Length > MostTerms || !double.IsFinite(slack) || !double.IsFinite(c))
        {
            return Interval.Between(0, 1);
        }

        var shift = Interval.Point(slack);
        var at = Interval.Point(c);
        var above = Interval.Between(AtLeastZero(at - shift, main).Inf, AtLeastZero(at + shift, main).Sup);
        return sign switch
        {
            Signs.Positive => above,
            Signs.Negative => Clamp(Interval.One - above),
            _ => Interval.Between(0, Math.Max(0, DirectedRounding.SubtractUp(above.Sup, above.Inf))),
        };
    }

    // The mean of |A|^p.
    public static Interval MeanPower(double c, double[] a, BigRational p)
    {
        if (p == 2)
        {
            var sum = Interval.Sqr(Interval.Point(c));
            foreach (double x in a)
            {
                sum += Interval.Sqr(Interval.Point(x)) / Interval.Point(3);
            }

            return sum;
        }

        var reach = Interval.Zero;
        foreach (double x in a)
        {
            reach += Interval.Point(Math.Abs(x));
        }

        var size = Interval.Point(Math.Abs(c));
        var range = Interval.Between(Math.Max(0, (size - reach).Inf), (size + reach).Sup);
        var bounds = Interval.Between(Powers.Of(size, p).Inf, Powers.Of(range, p).Sup); // |mean|^p ≤ mean of powers
        if (p == BigRational.One && Math.Abs(c) >= reach.Sup)
        {
            return size;
        }

        // Power means grow with p, and |A|^p ≤ sup^(p−2) A² where p ≥ 2.
        var square = MeanPower(c, a, 2);
        var between = Powers.Of(square, p / 2);
        bounds = Cut(bounds, p >= 2
            ? Interval.Between(
                between.Inf,
                (square * Powers.Of(Interval.Between(Math.Min(range.Sup, double.MaxValue), range.Sup), p - 2)).Sup)
            : Interval.Between(0, between.Sup));
        double slack = 0;
        double[] main = Leading(a, ref slack);
        if (Math.Abs(c) < reach.Sup && main.Length is > 0 and <= MostTerms && slack == 0)
        {
            bounds = Cut(bounds, Antiderivatives(Interval.Point(c), main, p));
        }

        return bounds;
    }

    private static Interval Cut(Interval a, Interval b)
    {
        var both = Interval.Intersect(a, b);
        return both.IsEmpty ? a : both;
    }

    private static Interval Clamp(Interval x) => Interval.Between(Math.Clamp(x.Inf, 0, 1), Math.Clamp(x.Sup, 0, 1));

    private static double[] Leading(double[] a, ref double slack)
    {
        double largest = a.Length == 0 ? 0 : a.Max(Math.Abs);
        List<double> main = [];
        foreach (double x in a)
        {
            if (Math.Abs(x) > largest * Small)
            {
                main.Add(Math.Abs(x));
            }
            else
            {
                slack = DirectedRounding.AddUp(slack, Math.Abs(x));
            }
        }

        return [.. main];
    }

    // The part of the cube where t + Σ a_j ε_j ≥ 0.
    private static Interval AtLeastZero(Interval t, double[] a)
    {
        double reach = 0;
        foreach (double x in a)
        {
            reach = DirectedRounding.AddUp(reach, x);
        }

        if (t.Inf >= reach || t.Sup < -reach)
        {
            return t.Inf >= reach ? Interval.One : Interval.Zero;
        }

        if (a.Length == 0)
        {
            return Interval.Between(0, 1);
        }

        return Clamp(SignedSum(t, a, x => Powers.Whole(Interval.Max(x, Interval.Zero), a.Length), Factorial(a.Length)));
    }

    // G(t) = |t|^p t^d / ((p + 1) … (p + d)).
    private static Interval Antiderivatives(Interval t, double[] a, BigRational p)
    {
        var factor = BigRational.One;
        for (int k = 1; k <= a.Length; k++)
        {
            factor *= p + k;
        }

        return SignedSum(t, a, x => Powers.Of(Interval.Abs(x), p) * Powers.Whole(x, a.Length), factor);
    }

    private static BigRational Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static Interval SignedSum(Interval t, double[] a, Func<Interval, Interval> g, BigRational factor)
    {
        var sum = Interval.Zero;
        for (int signs = 0; signs < 1 << a.Length; signs++)
        {
            var at = t;
            bool negative = false;
            for (int j = 0; j < a.Length; j++)
            {
                bool minus = ((signs >> j) & 1) != 0;
                at += Interval.Point(minus ? -a[j] : a[j]);
                negative ^= minus;
            }

            sum = negative ? sum - g(at) : sum + g(at);
        }

        var scale = Interval.Enclose(factor);
        foreach (double x in a)
        {
            scale *= Interval.Point(2) * Interval.Point(x);
        }

        return sum / scale;
    }
}
