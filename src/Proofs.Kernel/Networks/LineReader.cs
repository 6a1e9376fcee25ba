using System.Globalization;
using Proofs.Kernel.Checking;

namespace Proofs.Kernel.Networks;

/// <summary>The lines of a certificate, one after the other; what is not as expected is told with its line.</summary>
internal sealed class LineReader(string text)
{
    private int _start;
    private int _line;

    /// <summary>Where the next line starts.</summary>
    public int Position => _start;

    public bool IsAtEnd => _start >= text.Length;

    /// <summary>The next line, or null at the end.</summary>
    public string? Next
    {
        get
        {
            if (IsAtEnd)
            {
                return null;
            }

            int end = text.IndexOf('\n', _start);
            return end < 0 ? text[_start..] : text[_start..end];
        }
    }

    /// <summary>Takes a line.</summary>
    public string Take()
    {
        string line = Next ?? throw Error("another line");
        _start += line.Length + 1;
        _line++;
        return line;
    }

    /// <summary>Takes a line that starts with a word and returns the words after it.</summary>
    public string[] Words(string first, int? count)
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

    public BigRational Value(string word) => NetworkText.TryNumber(word) ?? throw Error("a number");

    public Rejection Error(string expected) => new($"line {int.Max(_line, 1)}: expected {expected}");
}
