using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Rounding;

/// <summary>The exact passage between binary64 numbers and rationals.</summary>
public static class Binary64
{
    // A finite binary64 number is an integer below 2^53 times 2^k with k at least -1074 (and at most 971).
    private const int Bits = 53;
    private const int SmallestExponent = -1074;
    private const int LargestExponent = 971;

    /// <summary>The rational number that <paramref name="value"/> is.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite.</exception>
    public static BigRational Exact(double value)
    {
        var (mantissa, exponent) = Parts(value);
        return exponent >= 0
            ? new(mantissa << exponent)
            : new BigRational(mantissa) * BigRational.PowerOfTwo(exponent);
    }

    /// <summary>The dyadic number that <paramref name="value"/> is.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite.</exception>
    public static Dyadic ExactDyadic(double value)
    {
        var (mantissa, exponent) = Parts(value);
        return new(mantissa, exponent);
    }

    /// <summary>The largest binary64 number, −∞ included, that is at most <paramref name="value"/>.</summary>
    /// <remarks>Guarantee: correctly rounded; above the largest finite number the result is that number.</remarks>
    public static double RoundDown(BigRational value) => value.Sign < 0
        ? -Round(-value.Numerator, value.Denominator, Direction.Away)
        : Round(value.Numerator, value.Denominator, Direction.TowardsZero);

    /// <summary>The smallest binary64 number, +∞ included, that is at least <paramref name="value"/>.</summary>
    /// <remarks>Guarantee: correctly rounded; below the smallest finite number the result is that number.</remarks>
    public static double RoundUp(BigRational value) => value.Sign < 0
        ? -Round(-value.Numerator, value.Denominator, Direction.TowardsZero)
        : Round(value.Numerator, value.Denominator, Direction.Away);

    /// <summary>The binary64 number nearest to <paramref name="value"/>, ties to the even mantissa.</summary>
    /// <remarks>Guarantee: correctly rounded; infinite from 2^1024 − 2^970 on, as IEEE 754 has it.</remarks>
    public static double Nearest(BigRational value) => value.Sign < 0
        ? -Round(-value.Numerator, value.Denominator, Direction.Nearest)
        : Round(value.Numerator, value.Denominator, Direction.Nearest);

    /// <summary>The largest binary64 number that is at most the dyadic <paramref name="value"/>.</summary>
    /// <remarks>Guarantee: correctly rounded, as for rationals.</remarks>
    public static double RoundDown(Dyadic value) => RoundDown(value.Mantissa, value.Exponent);

    /// <summary>The smallest binary64 number that is at least the dyadic <paramref name="value"/>.</summary>
    /// <remarks>Guarantee: correctly rounded, as for rationals.</remarks>
    public static double RoundUp(Dyadic value) => RoundUp(value.Mantissa, value.Exponent);

    /// <summary>Whether <paramref name="value"/> is a finite binary64 number.</summary>
    public static bool IsExact(BigRational value)
    {
        double down = RoundDown(value);
        return double.IsFinite(down) && Exact(down) == value;
    }

    /// <summary>A decimal of at most 17 digits that reads back as <paramref name="value"/>, bit for bit.</summary>
    /// <remarks>
    /// Guarantee: rounding the text to the nearest binary64 number, ties to even, gives <paramref name="value"/>. It is
    /// the shortest such text that the runtime offers; the runtime prints some powers of two, 2^-25 for one, as the
    /// shortest text of a neighbour.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite.</exception>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"Only a finite binary64 number has a decimal; got {value}.", nameof(value));
        }

        // one of 17 digits does: they lie closer than half an ulp
        return Texts(value).First(text => ReadsBack(text, value));
    }

    private static IEnumerable<string> Texts(double value)
    {
        yield return value.ToString("R", CultureInfo.InvariantCulture);
        yield return value.ToString("E16", CultureInfo.InvariantCulture);
        yield return Exact(value).ToDecimalRoundedDown(17);
        yield return Exact(value).ToDecimalRoundedUp(17);
    }

    // Shortest texts go wrong at powers of two, below which numbers lie twice as close: there the reading is exact as
    // well.
    private static bool ReadsBack(string text, double value) =>
        double.Parse(text, CultureInfo.InvariantCulture) == value
        && ((BitConverter.DoubleToInt64Bits(value) & 0xF_FFFF_FFFF_FFFF) != 0
            || Nearest(BigRational.Parse(text)) == value);

    // The same three for mantissa 2^exponent, without forming a rational.
    internal static double RoundDown(BigInteger mantissa, int exponent) => mantissa.Sign < 0
        ? -RoundDyadic(-mantissa, exponent, Direction.Away)
        : RoundDyadic(mantissa, exponent, Direction.TowardsZero);

    internal static double RoundUp(BigInteger mantissa, int exponent) => mantissa.Sign < 0
        ? -RoundDyadic(-mantissa, exponent, Direction.TowardsZero)
        : RoundDyadic(mantissa, exponent, Direction.Away);

    // value = mantissa 2^exponent with |mantissa| < 2^53 and exponent at least -1074.
    internal static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"Only a finite binary64 number is a rational; got {value:R}.", nameof(value));
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        if (biased != 0)
        {
            mantissa |= 1L << 52;
        }

        return (bits < 0 ? -mantissa : mantissa, Math.Max(biased, 1) - 1075);
    }

    private static double Round(BigInteger numerator, BigInteger denominator, Direction direction)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        // 2^(k+53) < value < 2^(k+55), so the quotient at the unit 2^k has 54 or 55 bits: one below the last at least.
        long k = (long)numerator.GetBitLength() - (long)denominator.GetBitLength() - Bits - 1;
        if (k > LargestExponent)
        {
            return Overflow(direction);
        }

        k = Math.Max(k, SmallestExponent - 1);
        var (quotient, sticky) = Divide(numerator, denominator, (int)k);
        return Assemble(quotient, sticky, (int)k, direction);
    }

    private static double RoundDyadic(BigInteger mantissa, int exponent, Direction direction)
    {
        if (mantissa.IsZero)
        {
            return 0;
        }

        long k = (long)mantissa.GetBitLength() + exponent - Bits - 1; // 54 bits at the unit 2^k
        if (k > LargestExponent)
        {
            return Overflow(direction);
        }

        k = Math.Max(k, SmallestExponent - 1);
        long shift = k - exponent;
        if (shift <= 0)
        {
            return Assemble(mantissa << checked((int)-shift), false, (int)k, direction);
        }

        var quotient = shift > int.MaxValue ? BigInteger.Zero : mantissa >> (int)shift;
        bool sticky = shift > int.MaxValue || (quotient << (int)shift) != mantissa;
        return Assemble(quotient, sticky, (int)k, direction);
    }

    private static (BigInteger Quotient, bool Sticky) Divide(BigInteger numerator, BigInteger denominator, int k)
    {
        var quotient = k >= 0
            ? BigInteger.DivRem(numerator, denominator << k, out var remainder)
            : BigInteger.DivRem(numerator << -k, denominator, out remainder);
        return (quotient, !remainder.IsZero);
    }

    // The number is (quotient + fraction) 2^k with 0 <= fraction < 1, and the fraction is 0 unless sticky; quotient <
    // 2^55, and its last bit lies below the unit of the result.
    private static double Assemble(BigInteger quotient, bool sticky, int k, Direction direction)
    {
        ulong q = (ulong)quotient;
        bool half = false;
        while (q >= 1UL << Bits || k < SmallestExponent)
        {
            sticky |= half;
            half = (q & 1) != 0;
            q >>= 1;
            k++;
        }

        if (k > LargestExponent)
        {
            return Overflow(direction);
        }

        // q 2^k: the exponent field is k + 1074 for a subnormal and one more for a mantissa with its leading bit; with
        // k above -1074 the mantissa has 53 bits, so adding the fields does both, and the successor's carry too.
        ulong bits = q + ((ulong)(k - SmallestExponent) << 52);
        bool up = direction switch
        {
            Direction.TowardsZero => false,
            Direction.Away => half || sticky,
            _ => half && (sticky || (q & 1) != 0),
        };
        return BitConverter.UInt64BitsToDouble(up ? bits + 1 : bits);
    }

    private static double Overflow(Direction direction) =>
        direction == Direction.TowardsZero ? double.MaxValue : double.PositiveInfinity;

    private enum Direction
    {
        TowardsZero,
        Away,
        Nearest,
    }
}
