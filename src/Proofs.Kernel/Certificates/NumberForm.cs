using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Certificates;

/// <summary>
/// The numbers that a kind of certificate may hold: how many characters, and the exponent of m*2^e with odd m.
/// </summary>
/// <remarks>
/// <c>-?D+</c>, <c>-?D+/D+</c>, <c>-?D+*2^-?D+</c>; neither lowest terms nor odd mantissas are asked for.
/// </remarks>
internal sealed record NumberForm(int LongestText, int LargestExponent)
{
    private const int BitsOfDigit = 4;

    /// <summary>An integer or a fraction; null where the word is none or is too long.</summary>
    public BigRational? Rational(string word)
    {
        int slash = word.IndexOf('/', StringComparison.Ordinal);
        var (over, under) = slash < 0 ? (word, "1") : (word[..slash], word[(slash + 1)..]);
        return word.Length <= LongestText && IsInteger(over) && IsDigits(under)
            && Integer(under) is { IsZero: false } denominator
            ? new BigRational(Integer(over), denominator)
            : null;
    }

    /// <summary>
    /// An integer or an integer times a power of two; null where the word is none, is too long or has a large exponent.
    /// </summary>
    public Dyadic? Dyadic(string word)
    {
        int times = word.IndexOf("*2^", StringComparison.Ordinal);
        var (mantissa, power) = times < 0 ? (word, "0") : (word[..times], word[(times + 3)..]);
        if (word.Length > LongestText || !IsInteger(mantissa) || !IsInteger(power)
            || !int.TryParse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent)
            || long.Abs(exponent) > LargestExponent + ((long)BitsOfDigit * LongestText))
        {
            return null;
        }

        var value = new Dyadic(Integer(mantissa), exponent);
        return int.Abs(value.Exponent) <= LargestExponent ? value : null;
    }

    /// <summary>A number of either form; null where the word is none.</summary>
    public BigRational? Number(string word) => Rational(word) ?? Dyadic(word)?.ToRational();

    /// <summary>Whether a word is an integer: -?D+.</summary>
    public static bool IsInteger(ReadOnlySpan<char> word) => IsDigits(word is ['-', ..] ? word[1..] : word);

    private static bool IsDigits(ReadOnlySpan<char> word) => !word.IsEmpty && !word.ContainsAnyExceptInRange('0', '9');

    private static BigInteger Integer(string word) =>
        BigInteger.Parse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
