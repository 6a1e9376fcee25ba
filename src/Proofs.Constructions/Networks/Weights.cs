using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Networks;

// A weight is an exact rational with the nearest binary64 number beside it. Almost all weights of a construction are
// small integers or dyadic numbers; those take the short way, the others the general one.
internal static class Weights
{
    private const long ExactIntegers = 1L << 53;
    private const int DeepestDenominator = 900; // bits; keeps the quotient a normal number

    public static BigRational Exact(double value) => Math.Abs(value) <= ExactIntegers && value == Math.Truncate(value)
        ? (long)value
        : Binary64.Exact(value);

    public static double Nearest(BigRational value)
    {
        var denominator = value.Denominator;
        return denominator.IsPowerOfTwo
            && denominator.GetBitLength() <= DeepestDenominator
            && BigInteger.Abs(value.Numerator) <= ExactIntegers
                ? Math.ScaleB((double)(long)value.Numerator, 1 - (int)denominator.GetBitLength())
                : Binary64.Nearest(value);
    }

    public static BigRational Checked(double value, string place) => double.IsFinite(value)
        ? Exact(value)
        : throw NotFinite(value, place);

    public static ArgumentException NotFinite(double value, string place) => new(string.Create(
        CultureInfo.InvariantCulture, $"The weight at {place} is {value}; expected a finite number."));
}
