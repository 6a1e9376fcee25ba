using System.Text;

namespace Proofs.Constructions.Formats.Text;

// Names come from files: a message that quotes one stays a single line of bounded length.
internal static class TextLine
{
    private const int LongestName = 60;
    private const int LongestLine = 1000;

    public static string Quote(string name) =>
        name.Length <= LongestName ? $"'{Of(name)}'" : $"'{Of(name[..LongestName])}…'";

    public static string Of(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestLine));
        foreach (char c in text)
        {
            if (line.Length == LongestLine)
            {
                return line.Append('…').ToString();
            }

            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c);
        }

        return line.ToString();
    }
}
