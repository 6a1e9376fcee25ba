using System.Globalization;
using System.Runtime.CompilerServices;

namespace Proofs.Kernel.Certificates;

/// <summary>What the text of a certificate may hold, so that what is printed of it reads as what was checked.</summary>
/// <remarks>
/// Printable ASCII, line feeds, and ≤, ≥, ≠. No other character: a carriage return, an escape or a mark of direction would show a
/// sentence in a terminal that is none of the certificate's.
/// </remarks>
public static class CertificateText
{
    /// <summary>Whether a character may stand within a line.</summary>
    public static bool IsShown(char c) => c is (>= ' ' and <= '~') or '≤' or '≥' or '≠';

    /// <summary>Why a text is no certificate's; null where its characters are all right.</summary>
    public static string? Refuse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int line = 1;
        foreach (char c in text)
        {
            if (c == '\n')
            {
                line++;
            }
            else if (!IsShown(c))
            {
                return Named(line, c);
            }
        }

        return null;
    }

    /// <summary>Why a line is no certificate's; null where its characters are all right.</summary>
    internal static string? RefuseLine(string text, int line)
    {
        foreach (char c in text)
        {
            if (!IsShown(c))
            {
                return Named(line, c);
            }
        }

        return null;
    }

    /// <summary>Whether a word is an integer, or a fraction of two: -?D+ or -?D+/D+.</summary>
    internal static bool IsRational(ReadOnlySpan<char> word)
    {
        int slash = word.IndexOf('/');
        return slash < 0 ? IsInteger(word) : IsInteger(word[..slash]) && IsDigits(word[(slash + 1)..]);
    }

    /// <summary>Whether a word is an integer, or one times a power of two: -?D+ or -?D+*2^-?D+.</summary>
    internal static bool IsDyadic(ReadOnlySpan<char> word)
    {
        int times = word.IndexOf("*2^", StringComparison.Ordinal);
        return times < 0 ? IsInteger(word) : IsInteger(word[..times]) && IsInteger(word[(times + 3)..]);
    }

    /// <summary>Whether a word is an integer: -?D+.</summary>
    internal static bool IsInteger(ReadOnlySpan<char> word) => IsDigits(word is ['-', ..] ? word[1..] : word);

    private static bool IsDigits(ReadOnlySpan<char> word)
    {
        foreach (char c in word)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return !word.IsEmpty;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Named(int line, char c) =>
        string.Create(CultureInfo.InvariantCulture, $"line {line}: the character U+{(int)c:X4} may not stand in a certificate");
}
