using System.Globalization;
using System.Text;

namespace Proofs.Cli.Sessions;

/// <summary>Makes text safe to print on one line of a terminal.</summary>
internal static class Message
{
    private const int MostCharacters = 400;

    /// <summary>
    /// The text on one line: control characters are spelled out, and a very long text is cut in its middle.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => line.Append(' '),
                '\r' => line,
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' =>
                    line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => line.Append(c),
            };
        }

        return line.Length <= MostCharacters
            ? line.ToString()
            : $"{line.ToString(0, MostCharacters / 2)} … "
                + $"{line.ToString(line.Length - (MostCharacters / 2), MostCharacters / 2)}";
    }
}
