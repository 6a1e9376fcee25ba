using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

/// <summary>A closed bounded interval [Inf, Sup] of reals with dyadic bounds of any precision.</summary>
/// <remarks>
/// Invariant: Inf ≤ Sup; default is [0, 0].
/// Guarantee: sums, differences and products are exact; what rounds takes the number of bits and rounds outward.
/// </remarks>
public readonly record struct DyadicInterval
{
    private DyadicInterval(Dyadic inf, Dyadic sup) => (Inf, Sup) = (inf, sup);

    /// <summary>The lower bound.</summary>
    public Dyadic Inf { get; }

    /// <summary>The upper bound.</summary>
    public Dyadic Sup { get; }

    /// <summary>Whether the interval is one point.</summary>
    public bool IsPoint => Inf == Sup;

    /// <summary>Sup − Inf.</summary>
    public Dyadic Width => Sup - Inf;

    /// <summary>The interval [<paramref name="inf"/>, <paramref name="sup"/>].</summary>
    /// <exception cref="ArgumentException"><paramref name="inf"/> exceeds <paramref name="sup"/>.</exception>
    public static DyadicInterval Between(Dyadic inf, Dyadic sup) => inf <= sup
        ? new(inf, sup)
        : throw new ArgumentException($"An interval needs inf ≤ sup; got inf = {inf}, sup = {sup}.");

    /// <summary>The interval that holds only <paramref name="value"/>.</summary>
    public static DyadicInterval Point(Dyadic value) => new(value, value);

    /// <summary>
    /// An interval around <paramref name="value"/> with bounds of at most <paramref name="bits"/> bits.
    /// </summary>
    /// <remarks>Guarantee: tightest with that many bits; exact where the value is a dyadic number that fits.</remarks>
    public static DyadicInterval Enclose(BigRational value, int bits) =>
        new(Dyadic.RoundDown(value, bits), Dyadic.RoundUp(value, bits));

    /// <summary>The bounds of a bounded binary64 interval, exactly.</summary>
    /// <exception cref="ArgumentException"><paramref name="set"/> is empty or unbounded.</exception>
    public static DyadicInterval Exact(Interval set) =>
        new(Binary64.ExactDyadic(set.Inf), Binary64.ExactDyadic(set.Sup));

    /// <summary>The tightest binary64 interval that contains this one.</summary>
    public Interval ToInterval() => Interval.Raw(Binary64.RoundDown(Inf), Binary64.RoundUp(Sup));

    /// <summary>Whether <paramref name="value"/> is a member.</summary>
    public bool Contains(BigRational value) => Inf.ToRational() <= value && value <= Sup.ToRational();

    /// <summary>The interval with bounds rounded outward to at most <paramref name="bits"/> bits.</summary>
    public DyadicInterval Round(int bits) => new(Inf.RoundDown(bits), Sup.RoundUp(bits));

    /// <summary>The quotients x / y, with bounds of at most <paramref name="bits"/> bits.</summary>
    /// <exception cref="DivideByZeroException">The divisor contains 0.</exception>
    public DyadicInterval DividedBy(DyadicInterval divisor, int bits)
    {
        if (divisor.Inf.Sign <= 0 && divisor.Sup.Sign >= 0)
        {
            throw new DivideByZeroException($"The divisor {divisor} contains 0.");
        }

        BigRational a = Inf.ToRational(), b = Sup.ToRational(), c = divisor.Inf.ToRational(),
            d = divisor.Sup.ToRational();
        BigRational[] quotients = [a / c, a / d, b / c, b / d];
        return new(Dyadic.RoundDown(quotients.Min(), bits), Dyadic.RoundUp(quotients.Max(), bits));
    }

    /// <summary>The integer powers x^<paramref name="exponent"/>, exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is negative.</exception>
    public DyadicInterval Pow(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        if (exponent == 0)
        {
            return Point(1);
        }

        Dyadic a = Power(Inf, exponent), b = Power(Sup, exponent);
        return (exponent & 1) != 0 || Inf.Sign >= 0 ? new(a, b)
            : Sup.Sign <= 0 ? new(b, a)
            : new(0, a > b ? a : b);
    }

    /// <summary>The absolute values |x|, exactly.</summary>
    public DyadicInterval Abs() => Inf.Sign >= 0 ? this : Sup.Sign <= 0 ? -this : new(0, Sup > -Inf ? Sup : -Inf);

    /// <summary>The smallest interval that contains both.</summary>
    public static DyadicInterval Hull(DyadicInterval a, DyadicInterval b) =>
        new(a.Inf < b.Inf ? a.Inf : b.Inf, a.Sup > b.Sup ? a.Sup : b.Sup);

    /// <summary>The sums x + y, exactly.</summary>
    public static DyadicInterval operator +(DyadicInterval a, DyadicInterval b) => new(a.Inf + b.Inf, a.Sup + b.Sup);

    /// <summary>The differences x − y, exactly.</summary>
    public static DyadicInterval operator -(DyadicInterval a, DyadicInterval b) => new(a.Inf - b.Sup, a.Sup - b.Inf);

    /// <summary>The numbers −x.</summary>
    public static DyadicInterval operator -(DyadicInterval a) => new(-a.Sup, -a.Inf);

    /// <summary>The products x · y, exactly.</summary>
    public static DyadicInterval operator *(DyadicInterval a, DyadicInterval b)
    {
        if (a.IsPoint && b.IsPoint)
        {
            return Point(a.Inf * b.Inf);
        }

        Dyadic[] products = [a.Inf * b.Inf, a.Inf * b.Sup, a.Sup * b.Inf, a.Sup * b.Sup];
        return new(products.Min(), products.Max());
    }

    /// <summary>The interval as <c>[inf, sup]</c> in decimals of 20 digits rounded outward.</summary>
    public override string ToString() =>
        $"[{Inf.ToRational().ToDecimalRoundedDown(20)}, {Sup.ToRational().ToDecimalRoundedUp(20)}]";

    private static Dyadic Power(Dyadic x, int n) => new(BigInteger.Pow(x.Mantissa, n), checked(x.Exponent * n));
}
