using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// sinc x = sin(x)/x on intervals. It is even, and sinc' x = (x cos x - sin x)/x^2, whose numerator has the derivative
// -x sin x and so is monotone between multiples of pi: it falls from 0 on (0, pi), and has the sign of cos(n pi) at n
// pi; so there is one extremum x_n in each (n pi, (n + 1) pi), n >= 1, where tan x = x > 0, that is before n pi + pi/2,
// and no other on x > 0. The value there is cos x_n = (-1)^n/sqrt(1 + x_n^2), so they shrink.
internal static class SincRange
{
    private const int Bits = 128;
    private const int LastCountedExtremum = 1 << 20;

    private static readonly Interval FirstMinimum = At(1, Interval.Between(0, double.PositiveInfinity));

    public static Interval Of(Interval x)
    {
        if (x.IsEmpty)
        {
            return Interval.Empty;
        }

        var t = Interval.Abs(x);
        if (t.IsPoint)
        {
            return Tightest.Sinc(t.Inf);
        }

        // the extrema inside; after the first two of them the others are smaller
        var before = Passed(t.Inf, Elementary.Tan(t.Inf).Inf);
        var inside = double.IsInfinity(t.Sup)
            ? new BigInteger(2)
            : Passed(t.Sup, Elementary.Tan(t.Sup).Sup) - before;
        var set = Tightest.Sinc(t.Inf);
        if (double.IsFinite(t.Sup))
        {
            set = Interval.Hull(set, Tightest.Sinc(t.Sup));
        }

        for (int i = 1; i <= 2 && i <= inside; i++)
        {
            set = Interval.Hull(set, before.IsZero && i == 1 ? FirstMinimum : At(before + i, t));
        }

        return set;
    }

    // sinc^(k)(x)/k! for k = 0 ... order and each x of t.
    public static Interval[] Coefficients(Interval t, int order)
    {
        var c = new Interval[order + 1];
        if (t.IsEmpty)
        {
            Array.Fill(c, Interval.Empty);
        }
        else if (t.IsBounded)
        {
            var ball = FixedBall.Of(Binary64.ExactDyadic(t.Inf), Binary64.ExactDyadic(t.Sup), Bits);
            var exact = FixedFunctions.SincCoefficients(ball, order);
            for (int k = 0; k <= order; k++)
            {
                c[k] = Interval.Raw(
                    Binary64.RoundDown(exact[k].Low, -exact[k].Bits), Binary64.RoundUp(exact[k].High, -exact[k].Bits));
            }
        }
        else
        {
            // |sinc^(k)| is at most 1/(k + 1), and 2/|x|
            double near = Interval.Abs(t).Inf;
            var factorial = BigRational.One;
            for (int k = 0; k <= order; k++)
            {
                factorial *= Math.Max(k, 1);
                var most = new BigRational(1, k + 1);
                most = near > 0 ? BigRational.Min(most, 2 / Binary64.Exact(near)) : most;
                c[k] = Interval.Enclose(-most / factorial, most / factorial);
            }
        }

        c[0] = Of(t);
        return c;
    }

    // How many extrema are in (0, x], given a bound of tan x: from below the number is none too large, from above none
    // too small. No x > 0 of binary64 is an extremum, as tan x is transcendental there, but x may be too near to one to
    // tell.
    private static BigInteger Passed(double x, double tan)
    {
        var quarters = Elementary.Quarters(x);
        var turns = quarters >> 1;
        if (turns.IsZero)
        {
            return turns;
        }

        // between n pi and n pi + pi/2 the extremum is where tan x grows past x
        return !quarters.IsEven || tan >= x ? turns : turns - 1;
    }

    // The value at extremum n, which is in t. x_n = n pi + pi/2 - d with tan d = 1/x_n: each step makes the interval
    // ten times shorter at least, the derivative of atan(1/x) being 1/(1 + x^2).
    private static Interval At(BigInteger n, Interval t)
    {
        var at = t;
        if (n <= LastCountedExtremum)
        {
            double count = (double)n;
            var end = Interval.Point(count + 0.5) * Interval.Pi;
            at = Interval.Intersect(at, Interval.Hull(Interval.Point(count) * Interval.Pi, end));
            for (int i = 0; i < 16; i++)
            {
                at = Interval.Intersect(at, end - Interval.Atan(Interval.One / at));
            }
        }

        var size = Interval.One / Interval.Sqrt(Interval.One + Interval.Sqr(at));
        if (at.Inf > 0)
        {
            // where the square is beyond the range
            size = Interval.Intersect(size, Interval.Between(0, (Interval.One / at).Sup));
        }

        return n.IsEven ? size : -size;
    }
}
