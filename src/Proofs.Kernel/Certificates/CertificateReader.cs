using System.Globalization;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Certificates;

/// <summary>The lines of a certificate, one after the other; what is not as expected is told with its line.</summary>
internal abstract class CertificateReader
{
    private const int LargestExponent = 2200; // binary64 numbers need 1074
    private const int LongestNumber = 1500;

    /// <summary>How many lines were taken.</summary>
    protected int Line { get; set; }

    /// <summary>Takes a line.</summary>
    public abstract string Take();

    /// <summary>Takes a line that starts with a word and returns the words after it.</summary>
    public string[] Words(string first, int? count = null)
    {
        string[] words = Take().Split(' ');
        return words[0] == first && (count is null || words.Length == count + 1)
            ? words[1..]
            : throw Error($"'{first}'{(count is null ? "" : $" and {count} words")}");
    }

    /// <summary>A number of things from 0 on.</summary>
    public int Count(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        ? n
        : throw Error("a whole number");

    public BigRational Value(string word) => TryNumber(word) ?? throw Error("a number");

    public Rejection Error(string expected) => new(string.Create(CultureInfo.InvariantCulture, $"line {int.Max(Line, 1)}: expected {expected}"));

    /// <summary>The text of a SHA-256 hash.</summary>
    internal static string Digest(ReadOnlySpan<byte> hash) => "sha256:" + Convert.ToHexStringLower(hash);

    /// <summary>A rational or dyadic number; null where the word is none or is too long.</summary>
    internal static BigRational? TryNumber(string word)
    {
        if (word.Length > LongestNumber || !(CertificateText.IsRational(word) || CertificateText.IsDyadic(word)))
        {
            return null;
        }

        int at = word.IndexOf("*2^", StringComparison.Ordinal);
        if (at < 0)
        {
            return BigRational.TryParse(word);
        }

        return BigRational.TryParse(word[..at]) is { IsInteger: true } mantissa
            && int.TryParse(word.AsSpan(at + 3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent)
            && exponent is >= -LargestExponent and <= LargestExponent
                ? mantissa * BigRational.PowerOfTwo(exponent)
                : null;
    }
}
