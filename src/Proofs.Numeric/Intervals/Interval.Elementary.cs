using System.Numerics;

namespace Proofs.Numeric.Intervals;

// Elementary functions: tightest bounds at the ends, and monotonicity between them. docs/elementary-functions.md has
// the proofs.
public readonly partial record struct Interval
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The tightest enclosure of π.</summary>
    public static Interval Pi => Tightest.Pi;

    /// <summary>The tightest enclosure of e^x.</summary>
    public static Interval Exp(Interval x) => Increasing(x, Elementary.Exp, 0, Infinity);

    /// <summary>The tightest enclosure of 2^x.</summary>
    public static Interval Exp2(Interval x) => Increasing(x, Elementary.Exp2, 0, Infinity);

    /// <summary>The tightest enclosure of 10^x.</summary>
    public static Interval Exp10(Interval x) => Increasing(x, Elementary.Exp10, 0, Infinity);

    /// <summary>The tightest enclosure of e^x − 1.</summary>
    public static Interval Expm1(Interval x) => Increasing(x, Elementary.Expm1, -1, Infinity);

    /// <summary>The tightest enclosure of the natural logarithm of x &gt; 0.</summary>
    /// <remarks>Domain: other members are left out; empty where there are none above 0.</remarks>
    public static Interval Log(Interval x) => IncreasingAbove(x, 0, Elementary.Log);

    /// <summary>The tightest enclosure of the logarithm of x &gt; 0 to base 2.</summary>
    /// <remarks>Domain: as for <see cref="Log"/>.</remarks>
    public static Interval Log2(Interval x) => IncreasingAbove(x, 0, Elementary.Log2);

    /// <summary>The tightest enclosure of the logarithm of x &gt; 0 to base 10.</summary>
    /// <remarks>Domain: as for <see cref="Log"/>.</remarks>
    public static Interval Log10(Interval x) => IncreasingAbove(x, 0, Elementary.Log10);

    /// <summary>The tightest enclosure of ln(1 + x) for x &gt; −1.</summary>
    /// <remarks>Domain: other members are left out; empty where there are none above −1.</remarks>
    public static Interval Log1p(Interval x) => IncreasingAbove(x, -1, Elementary.Log1p);

    /// <summary>The tightest enclosure of sin x.</summary>
    public static Interval Sin(Interval x) => Periodic(x, Elementary.Sin, topQuarter: 1);

    /// <summary>The tightest enclosure of cos x.</summary>
    public static Interval Cos(Interval x) => Periodic(x, Elementary.Cos, topQuarter: 0);

    /// <summary>The tightest enclosure of tan x.</summary>
    /// <remarks>Domain: all reals where a pole lies inside.</remarks>
    public static Interval Tan(Interval x)
    {
        if (x.IsEmpty || !x.IsBounded || x.Width >= 4)
        {
            return x.IsEmpty ? Empty : Entire;
        }

        // The poles are the odd quarters; no end is one.
        bool pole;
        if (FastCircular.Quarters(x.Inf, out int low) && FastCircular.Quarters(x.Sup, out int high))
        {
            pole = high - low >= 2 || (high != low && (high & 1) != 0);
        }
        else
        {
            var (first, last) = (Elementary.Quarters(x.Inf), Elementary.Quarters(x.Sup));
            pole = last - first >= 2 || (last != first && !last.IsEven);
        }

        return pole ? Entire : new(Elementary.Tan(x.Inf).Inf, Elementary.Tan(x.Sup).Sup);
    }

    /// <summary>The tightest enclosure of the arctangent, between −π/2 and π/2.</summary>
    public static Interval Atan(Interval x) =>
        Increasing(x, Elementary.Atan, -Tightest.HalfPi.Sup, Tightest.HalfPi.Sup);

    /// <summary>The tightest enclosure of the arcsine, between −π/2 and π/2.</summary>
    /// <remarks>Domain: members outside [−1, 1] are left out.</remarks>
    public static Interval Asin(Interval x) => Increasing(Intersect(x, Between(-1, 1)), Elementary.Asin, 0, 0);

    /// <summary>The tightest enclosure of the arccosine, between 0 and π.</summary>
    /// <remarks>Domain: members outside [−1, 1] are left out.</remarks>
    public static Interval Acos(Interval x)
    {
        var inside = Intersect(x, Between(-1, 1));
        return inside.IsEmpty ? Empty : new(Elementary.Acos(inside.Sup).Inf, Elementary.Acos(inside.Inf).Sup);
    }

    /// <summary>The tightest enclosure of the angle in (−π, π] of the points (x, y) other than the origin.</summary>
    /// <remarks>Domain: [−π, π] where the box crosses the negative half-axis; empty for the origin alone.</remarks>
    public static Interval Atan2(Interval y, Interval x) => Angle.Of(y, x);

    /// <summary>The tightest enclosure of the hyperbolic sine.</summary>
    public static Interval Sinh(Interval x) => Increasing(x, Elementary.Sinh, -Infinity, Infinity);

    /// <summary>The tightest enclosure of the hyperbolic cosine.</summary>
    public static Interval Cosh(Interval x) => Increasing(Abs(x), Elementary.Cosh, 1, Infinity);

    /// <summary>The tightest enclosure of the hyperbolic tangent.</summary>
    public static Interval Tanh(Interval x) => Increasing(x, Elementary.Tanh, -1, 1);

    /// <summary>An enclosure of the error function 2/√π ∫ e^(−t²) dt from 0 to x.</summary>
    /// <remarks>
    /// Guarantee: at a point other than 0 two neighbours around the value, or one unit more: the tightest ends are not
    /// decided, since nobody has shown that erf is irrational at rational points.
    /// </remarks>
    public static Interval Erf(Interval x) => Increasing(x, Tightest.Erf, -1, 1);

    /// <summary>An enclosure of sinc x = sin(x)/x, not normalised by π, and 1 at 0.</summary>
    /// <remarks>
    /// Guarantee: tightest where no extremum other than that at 0 lies inside; the value at one of those is a few
    /// units wide. Cost: at most two values and two extrema.
    /// </remarks>
    public static Interval Sinc(Interval x) => SincRange.Of(x);

    /// <summary>The tightest enclosure of the inverse hyperbolic sine.</summary>
    public static Interval Asinh(Interval x) => Increasing(x, Tightest.Asinh, -Infinity, Infinity);

    /// <summary>The tightest enclosure of the inverse hyperbolic cosine of x ≥ 1.</summary>
    /// <remarks>Domain: members below 1 are left out.</remarks>
    public static Interval Acosh(Interval x) =>
        Increasing(Intersect(x, Between(1, Infinity)), Tightest.Acosh, 0, Infinity);

    /// <summary>The tightest enclosure of the inverse hyperbolic tangent of x in (−1, 1).</summary>
    /// <remarks>Domain: other members are left out.</remarks>
    public static Interval Atanh(Interval x)
    {
        if (x.IsEmpty || x.Sup <= -1 || x.Inf >= 1)
        {
            return Empty;
        }

        return new(
            x.Inf <= -1 ? -Infinity : Tightest.Atanh(x.Inf).Inf,
            x.Sup >= 1 ? Infinity : Tightest.Atanh(x.Sup).Sup);
    }

    /// <summary>The tightest enclosure of the cotangent.</summary>
    /// <remarks>Domain: the poles, multiples of π, are left out.</remarks>
    public static Interval Cot(Interval x) => CoFunctions.Cot(x);

    /// <summary>The tightest enclosure of the hyperbolic cotangent of x ≠ 0.</summary>
    public static Interval Coth(Interval x) => CoFunctions.Coth(x);

    /// <summary>The tightest enclosure of the inverse cotangent, between 0 and π.</summary>
    public static Interval Acot(Interval x) => CoFunctions.Acot(x);

    /// <summary>The tightest enclosure of the inverse hyperbolic cotangent of |x| &gt; 1.</summary>
    public static Interval Acoth(Interval x) => CoFunctions.Acoth(x);

    // f increases; low and high are its limits at infinity.
    private static Interval Increasing(Interval x, Func<double, Interval> f, double low, double high) => x.IsEmpty
        ? Empty
        : x.IsPoint ? f(x.Inf)
        : new(
            double.IsInfinity(x.Inf) ? low : f(x.Inf).Inf,
            double.IsInfinity(x.Sup) ? high : f(x.Sup).Sup);

    // f increases from -infinity at the pole to infinity.
    private static Interval IncreasingAbove(Interval x, double pole, Func<double, Interval> f) =>
        x.IsEmpty || x.Sup <= pole
        ? Empty
        : new(
            x.Inf <= pole ? -Infinity : f(x.Inf).Inf,
            double.IsInfinity(x.Sup) ? Infinity : f(x.Sup).Sup);

    // sin (top at quarter 1) or cos (top at quarter 0): 1 at the multiples k pi/2 with k = top mod 4, -1 two quarters
    // on.
    private static Interval Periodic(Interval x, Func<double, Interval> f, int topQuarter)
    {
        if (x.IsEmpty)
        {
            return Empty;
        }

        if (!x.IsBounded || x.Width >= 7)
        {
            return new(-1, 1);
        }

        if (x.IsPoint)
        {
            return f(x.Inf);
        }

        // Quarter turns are small integers but for huge arguments.
        bool top, bottom;
        if (FastCircular.Quarters(x.Inf, out int low) && FastCircular.Quarters(x.Sup, out int high))
        {
            (top, bottom) = (Passes(low, high, topQuarter), Passes(low, high, topQuarter + 2));
        }
        else
        {
            var (first, last) = (Elementary.Quarters(x.Inf), Elementary.Quarters(x.Sup));
            int turn = (int)(last - first), start = (int)(((first % 4) + 4) % 4);
            (top, bottom) = (Passes(start, start + turn, topQuarter), Passes(start, start + turn, topQuarter + 2));
        }

        if (top && bottom)
        {
            return new(-1, 1);
        }

        var a = f(x.Inf);
        var b = f(x.Sup);
        return new(bottom ? -1 : Math.Min(a.Inf, b.Inf), top ? 1 : Math.Max(a.Sup, b.Sup));
    }

    // Whether a quarter k = r mod 4 has first < k <= last. An end that is a multiple itself is 0, where f is exact.
    private static bool Passes(int first, int last, int r) => last - first - 1 >= ((r - first - 1) & 3);
}
