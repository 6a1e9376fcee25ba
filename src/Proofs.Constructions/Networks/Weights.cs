using System.Numerics;
using Proofs.Kernel;

namespace Proofs.Constructions;

// A weight is an exact rational with the nearest binary64 number beside it.
internal static class Weights
{
    private const int SignificandBits = 53;

    // The rational equal to a finite binary64 number.
    public static BigRational Exact(double value)
    {
        if (Math.Abs(value) <= 1L << SignificandBits && value == Math.Truncate(value))
        {
            return (long)value;
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & ((1L << 52) - 1);
        BigRational significand = exponent == 0 ? fraction : fraction | (1L << 52);
        significand *= BigRational.PowerOfTwo(Math.Max(exponent, 1) - 1075);
        return bits < 0 ? -significand : significand;
    }

    // The nearest binary64 number, infinite beyond the range; a tie goes to the even one.
    public static double Nearest(BigRational value)
    {
        if (value.Denominator.IsPowerOfTwo && BigInteger.Abs(value.Numerator) <= 1L << SignificandBits
            && value.Denominator.GetBitLength() <= 900)
        {
            return Math.ScaleB((double)(long)value.Numerator, 1 - (int)value.Denominator.GetBitLength());
        }

        // q holds 55 bits of |value| or more (fewer where the result is subnormal), and a last bit that is 1 when bits were cut.
        var numerator = BigInteger.Abs(value.Numerator);
        long have = (long)numerator.GetBitLength() - (long)value.Denominator.GetBitLength();
        int s = (int)Math.Clamp(56 - have, -2000, 1076);
        var q = BigInteger.DivRem(
            s >= 0 ? numerator << s : numerator, s >= 0 ? value.Denominator : value.Denominator << -s, out var rest);
        int excess = (int)Math.Max(0, (long)q.GetBitLength() - SignificandBits);
        if (s == 1076)
        {
            excess = Math.Max(excess, 2); // units of 2^-1074, the smallest binary64 number
        }

        var cut = q >> excess;
        var tail = q - (cut << excess);
        int half = excess == 0 ? -1 : tail.CompareTo(BigInteger.One << (excess - 1));
        bool up = half > 0 || (half == 0 && (!rest.IsZero || !cut.IsEven));
        double rounded = Math.ScaleB((double)(up ? cut + 1 : cut), excess - s);
        return value.Sign < 0 ? -rounded : rounded;
    }

    public static BigRational Checked(double value, string place) => double.IsFinite(value)
        ? Exact(value)
        : throw new ArgumentException(FormattableString.Invariant(
            $"The weight at {place} is {value}; expected a finite number."));
}
