using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Certificates;

/// <summary>The lengths up to which numbers of a symbolic proof are computed.</summary>
internal static class NumberLimits
{
    private const int LargestBits = 60_000;

    /// <summary>The number itself.</summary>
    /// <exception cref="Rejection">It is too long.</exception>
    public static BigRational Moderate(BigRational value) =>
        IsModerate(value) ? value : throw new Rejection("a number of the proof is too large");

    /// <summary>Whether a number is short enough.</summary>
    public static bool IsModerate(BigRational value) =>
        value.Numerator.GetBitLength() + value.Denominator.GetBitLength() <= LargestBits;

    /// <summary>The n-th power, judged by its length before it is computed.</summary>
    /// <exception cref="Rejection">It is too long.</exception>
    public static BigRational Power(BigRational value, int n)
    {
        long bits = value.Numerator.GetBitLength() + value.Denominator.GetBitLength();
        return bits <= 2 || bits * long.Abs(n) <= 2 * LargestBits
            ? Moderate(BigRational.Pow(value, n))
            : throw new Rejection("a power of the proof is too large");
    }
}
