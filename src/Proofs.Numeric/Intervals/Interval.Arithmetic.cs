using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Rounding;
using static Proofs.Numeric.Rounding.DirectedRounding;

namespace Proofs.Numeric.Intervals;

public readonly partial record struct Interval
{
    /// <summary>The tightest enclosure of the sums x + y.</summary>
    public static Interval operator +(Interval a, Interval b) => new(AddDown(a.Inf, b.Inf), AddUp(a.Sup, b.Sup));

    /// <summary>The tightest enclosure of the differences x − y.</summary>
    public static Interval operator -(Interval a, Interval b) =>
        new(SubtractDown(a.Inf, b.Sup), SubtractUp(a.Sup, b.Inf));

    /// <summary>The set of the numbers −x.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public static Interval operator -(Interval a) => new(-a.Sup, -a.Inf);

    /// <summary>The tightest enclosure of the products x · y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator *(Interval a, Interval b) =>
        Avx512F.IsSupported ? EmbeddedProducts.Multiply(a, b) : SoftwareProducts.Multiply(a, b);

    /// <summary>The tightest enclosure of the quotients x / y with y ≠ 0.</summary>
    /// <remarks>
    /// Domain: empty where the divisor is [0, 0]; a half-line or all reals where it contains 0 and other numbers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator /(Interval a, Interval b) =>
        Avx512F.IsSupported && (b.Inf > 0 | b.Sup < 0) ? EmbeddedProducts.Divide(a, b) : DivideByCases(a, b);

    /// <summary>The tightest enclosure of x · y + z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Fma(Interval x, Interval y, Interval z) =>
        Avx512F.IsSupported ? EmbeddedProducts.Fma(x, y, z) : SoftwareProducts.Fma(x, y, z);

    /// <summary>The tightest enclosure of 1/x, x ≠ 0.</summary>
    /// <remarks>Domain: as for division; empty for [0, 0].</remarks>
    public static Interval Reciprocal(Interval x) => One / x;

    /// <summary>The tightest enclosure of x².</summary>
    public static Interval Sqr(Interval x)
    {
        if (x.IsEmpty)
        {
            return Empty;
        }

        double low = x.Mignitude, high = x.Magnitude;
        return new(MultiplyDown(low, low), MultiplyUp(high, high));
    }

    /// <summary>The tightest enclosure of √x for x ≥ 0.</summary>
    /// <remarks>Domain: negative members are left out; empty where there are no others.</remarks>
    public static Interval Sqrt(Interval x) => x.IsEmpty || x.Sup < 0
        ? Empty
        : new(x.Inf <= 0 ? 0 : SqrtDown(x.Inf), SqrtUp(x.Sup));

    /// <summary>The set of the numbers |x|.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public static Interval Abs(Interval x) => new(x.Mignitude, x.Magnitude);

    /// <summary>The set of the numbers min(x, y).</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public static Interval Min(Interval x, Interval y) => new(Math.Min(x.Inf, y.Inf), Math.Min(x.Sup, y.Sup));

    /// <summary>The set of the numbers max(x, y).</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public static Interval Max(Interval x, Interval y) => new(Math.Max(x.Inf, y.Inf), Math.Max(x.Sup, y.Sup));

    /// <summary>The tightest enclosure of the integer powers x^<paramref name="exponent"/>; x^0 is 1.</summary>
    /// <remarks>Domain: 0 is left out where the exponent is negative.</remarks>
    public static Interval Pow(Interval x, int exponent)
    {
        if (x.IsEmpty || exponent == 0)
        {
            return x.IsEmpty ? Empty : One;
        }

        if (exponent == 1)
        {
            return x;
        }

        if (exponent < 0 && x.Inf == 0 && x.Sup == 0)
        {
            return Empty;
        }

        bool even = (exponent & 1) == 0;
        if (even)
        {
            // |x|^n grows with |x| for n > 0 and falls for n < 0.
            return exponent > 0
                ? new(IntegerPower.Down(x.Mignitude, exponent), IntegerPower.Up(x.Magnitude, exponent))
                : new(IntegerPower.Down(x.Magnitude, exponent), IntegerPower.Up(x.Mignitude, exponent));
        }

        if (exponent > 0)
        {
            return new(IntegerPower.Down(x.Inf, exponent), IntegerPower.Up(x.Sup, exponent));
        }

        if (x.Inf < 0 && x.Sup > 0)
        {
            return Entire;
        }

        // An odd negative power falls on each side of 0; a zero end is approached from inside.
        double inf = x.Sup == 0 ? double.NegativeInfinity : IntegerPower.Down(x.Sup, exponent);
        double sup = x.Inf == 0 ? double.PositiveInfinity : IntegerPower.Up(x.Inf, exponent);
        return new(inf, sup);
    }

    // Every divisor, bound by bound.
    internal static Interval DivideByCases(Interval a, Interval b)
    {
        if (a.IsEmpty || b.IsEmpty || (b.Inf == 0 && b.Sup == 0))
        {
            return Empty;
        }

        if (a.Inf == 0 && a.Sup == 0)
        {
            return Zero;
        }

        if (b.Inf < 0 && b.Sup > 0)
        {
            return Entire;
        }

        if (b.Sup <= 0)
        {
            a = -a;
            b = -b;
        }

        // Now 0 <= b.Inf and 0 < b.Sup; a bound over 0 is infinite of its sign, and 0 stays 0.
        double inf = a.Inf switch
        {
            0 => 0,
            > 0 => DivideDown(a.Inf, b.Sup),
            _ => b.Inf == 0 ? double.NegativeInfinity : DivideDown(a.Inf, b.Inf),
        };
        double sup = a.Sup switch
        {
            0 => 0,
            < 0 => DivideUp(a.Sup, b.Sup),
            _ => b.Inf == 0 ? double.PositiveInfinity : DivideUp(a.Sup, b.Inf),
        };
        return new(inf, sup);
    }
}
