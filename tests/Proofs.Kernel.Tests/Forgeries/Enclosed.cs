using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>A real number known to lie between two rationals; exact where they are equal.</summary>
internal readonly record struct Enclosed(BigRational Low, BigRational High)
{
    private const int Fraction = 160;
    private const int LongestExact = 900;
    private const int LargestWhole = 600;

    public static Enclosed Exactly(BigRational value) => new(value, value);

    public bool IsExact => Low == High;

    public bool IsPositive => Low.Sign > 0;

    public bool IsZero => Low.IsZero && High.IsZero;

    public bool IsNonZero => Low.Sign > 0 || High.Sign < 0;

    public bool IsNegative => High.Sign < 0;

    /// <summary>The integer that this is for certain, where it is a small one.</summary>
    public int? Integer => IsExact && Low.IsInteger && BigRational.Abs(Low) <= 10_000 ? (int)Low.Numerator : null;

    public static Enclosed operator +(Enclosed a, Enclosed b) => new(a.Low + b.Low, a.High + b.High);

    public static Enclosed operator -(Enclosed a) => new(-a.High, -a.Low);

    public static Enclosed operator -(Enclosed a, Enclosed b) => a + (-b);

    public static Enclosed operator *(Enclosed a, Enclosed b)
    {
        if (a.IsExact && b.IsExact)
        {
            return Exactly(a.Low * b.Low);
        }

        BigRational[] ends = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        return new(ends.Min(), ends.Max());
    }

    /// <summary>1/x of a number that is not 0 for certain.</summary>
    public Enclosed Reciprocal() => new(High.Reciprocal(), Low.Reciprocal());

    /// <summary>The enclosure with ends of moderate length, or null where the number is very large.</summary>
    public Enclosed? Moderate()
    {
        if (Length(Low) <= LongestExact && Length(High) <= LongestExact)
        {
            return this;
        }

        return BigRational.Max(BigRational.Abs(Low), BigRational.Abs(High)) > BigRational.PowerOfTwo(LargestWhole)
            ? null
            : Rounded();
    }

    private Enclosed Rounded()
    {
        var unit = BigRational.PowerOfTwo(Fraction);
        return new(new BigRational((Low * unit).Floor()) / unit, new BigRational((High * unit).Ceiling()) / unit);
    }

    private static long Length(BigRational x) =>
        BigInteger.Abs(x.Numerator).GetBitLength() + x.Denominator.GetBitLength();

    /// <summary>x^n for an integer n ≥ 0.</summary>
    public Enclosed Power(int n)
    {
        if (IsExact)
        {
            return Exactly(BigRational.Pow(Low, n));
        }

        var power = Exactly(1);
        for (int i = 0; i < n; i++)
        {
            power *= this;
        }

        return power;
    }

    /// <summary>x^(p/q) exactly, where x ≥ 0 is exact and a perfect power.</summary>
    public Enclosed? Root(BigRational exponent)
    {
        if (!IsExact || Low.Sign <= 0 || exponent.Denominator > 64 || BigInteger.Abs(exponent.Numerator) > 64)
        {
            return null;
        }

        int q = (int)exponent.Denominator, p = (int)exponent.Numerator;
        return Root(Low.Numerator, q) is { } a && Root(Low.Denominator, q) is { } b
            ? Exactly(BigRational.Pow(new BigRational(a, b), p))
            : null;
    }

    private static BigInteger? Root(BigInteger n, int q)
    {
        if (n.GetBitLength() > 900)
        {
            return null;
        }

        var guess = new BigInteger(Math.Round(Math.Exp(BigInteger.Log(n) / q)));
        return BigInteger.Pow(guess, q) == n ? guess : null;
    }

    public Enclosed? Exp() => BigRational.Abs(Low) > 300 || BigRational.Abs(High) > 300 ? null
        : new Enclosed(Elementary.Exp(Low).Low, Elementary.Exp(High).High).Rounded();

    /// <summary>sin or cos, whose slopes are at most 1.</summary>
    public Enclosed? Trigonometric(bool isCosine)
    {
        if (BigRational.Abs(Low) > 40 || BigRational.Abs(High) > 40)
        {
            return null;
        }

        var value = Elementary.Trigonometric(Low, isCosine);
        return new Enclosed(value.Low - (High - Low), value.High + (High - Low)).Rounded();
    }

    public Enclosed Log() => new Enclosed(Elementary.Log(Low).Low, Elementary.Log(High).High).Rounded();
}
