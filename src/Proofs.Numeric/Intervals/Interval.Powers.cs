using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Intervals;

// Integer, rational and real powers are three functions: x^3 and the cube root take negative x, e^(y ln x) does not.
public readonly partial record struct Interval
{
    /// <summary>
    /// The tightest enclosure of the real powers x^y = e^(y ln x) for x &gt; 0, and of 0^y = 0 for y &gt; 0.
    /// </summary>
    /// <remarks>Domain: other pairs are left out; empty where there are none inside.</remarks>
    public static Interval Pow(Interval x, Interval y)
    {
        var bases = Intersect(x, Between(0, Infinity));
        if (bases.IsEmpty || y.IsEmpty)
        {
            return Empty;
        }

        if (bases.Sup == 0)
        {
            return y.Sup > 0 ? Zero : Empty;
        }

        // y ln x is extreme at corners of the box, so x^y is; on one side of x = 1 the signs of y say at which.
        if (bases.Inf >= 1)
        {
            return new(
                Corner(y.Inf >= 0 ? bases.Inf : bases.Sup, y.Inf).Inf,
                Corner(y.Sup >= 0 ? bases.Sup : bases.Inf, y.Sup).Sup);
        }

        if (bases.Sup <= 1)
        {
            return new(
                Corner(y.Sup >= 0 ? bases.Inf : bases.Sup, y.Sup).Inf,
                Corner(y.Inf <= 0 ? bases.Inf : bases.Sup, y.Inf).Sup);
        }

        Interval a = Corner(bases.Inf, y.Inf), b = Corner(bases.Inf, y.Sup);
        Interval c = Corner(bases.Sup, y.Inf), d = Corner(bases.Sup, y.Sup);
        return new(
            Math.Min(Math.Min(a.Inf, b.Inf), Math.Min(c.Inf, d.Inf)),
            Math.Max(Math.Max(a.Sup, b.Sup), Math.Max(c.Sup, d.Sup)));
    }

    /// <summary>The tightest enclosure of the powers x^<paramref name="exponent"/> with a rational exponent.</summary>
    /// <remarks>
    /// Domain: an integer exponent is an integer power, defined for every x (but 0 where it is negative); any other is
    /// a real power, defined for x &gt; 0, and at 0 where it is positive. For odd roots of negative numbers see
    /// <see cref="Root"/>.
    /// </remarks>
    public static Interval Pow(Interval x, BigRational exponent)
    {
        if (exponent.IsInteger && exponent.Numerator >= int.MinValue + 1 && exponent.Numerator <= int.MaxValue)
        {
            return Pow(x, (int)exponent.Numerator);
        }

        if (exponent.IsInteger && exponent.Numerator.IsEven)
        {
            x = Abs(x);
        }
        else if (exponent.IsInteger && x.Inf < 0)
        {
            return Hull(
                -Pow(-Intersect(x, Between(-Infinity, 0)), exponent),
                Pow(Intersect(x, Between(0, Infinity)), exponent));
        }

        var bases = Intersect(x, Between(0, Infinity));
        if (bases.IsEmpty || (bases.Sup == 0 && exponent.Sign < 0))
        {
            return Empty;
        }

        return exponent.Sign > 0
            ? new(At(bases.Inf).Inf, At(bases.Sup).Sup)
            : new(At(bases.Sup).Inf, At(bases.Inf).Sup);

        Interval At(double v) => v == 0 || double.IsInfinity(v)
            ? ((v == 0) == (exponent.Sign > 0) ? Zero : new(Infinity, Infinity))
            : Tightest.Pow(v, exponent);
    }

    /// <summary>The tightest enclosure of the real n-th root; an odd root takes negative x too.</summary>
    /// <remarks>Domain: negative members are left out of an even root, 0 out of one with n &lt; 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is 0.</exception>
    public static Interval Root(Interval x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfZero(n);
        var exponent = new BigRational(1, n);
        if ((n & 1) == 0)
        {
            return Pow(x, exponent);
        }

        Interval left = Intersect(x, Between(-Infinity, 0)), right = Intersect(x, Between(0, Infinity));
        return n == 1 ? x : Hull(-Pow(-left, exponent), Pow(right, exponent));
    }

    // x^y for 0 <= x <= infinity and any y, with limits at the ends of the range. Where y ln x has no limit
    // (1^infinity, 0^0 and infinity^0) it is 0: the values near by are covered by the other corners of a box that is
    // not a point.
    private static Interval Corner(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return One;
        }

        if (x == 0 || double.IsInfinity(x) || double.IsInfinity(y))
        {
            return (x > 1) == (y > 0) ? new(Infinity, Infinity) : Zero;
        }

        return Elementary.Pow(x, y);
    }
}
