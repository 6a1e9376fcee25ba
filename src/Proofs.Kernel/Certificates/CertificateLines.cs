using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Certificates;

/// <summary>
/// The lines of a certificate as they come, of which one is held at a time; what is not as expected is told with its
/// line.
/// </summary>
/// <param name="reader">The text after the first line.</param>
/// <param name="first">The first line, which was taken before; null where there is none.</param>
/// <param name="numbers">The numbers that the certificate may hold.</param>
/// <param name="work">What reading is counted in: a unit for each character.</param>
internal sealed class CertificateLines(TextReader reader, string? first, NumberForm numbers, WorkBudget work)
    : IDisposable
{
    private const int LongestLine = 1 << 26;
    private const int MostShown = 20;

    private readonly IncrementalHash _hash = Begun(first);
    private readonly StringBuilder _text = new();
    private string? _ahead;

    /// <summary>How many lines were taken.</summary>
    public int Line { get; private set; } = first is null ? 0 : 1;

    /// <summary>The line to come; null at the end.</summary>
    /// <exception cref="Rejection">It is too long, has a character that none may have, or does not end.</exception>
    public string? Next => _ahead ??= Read();

    /// <summary>Whether no line is left.</summary>
    public bool IsAtEnd => Next is null;

    /// <summary>The text of a SHA-256 hash.</summary>
    public static string Digest(ReadOnlySpan<byte> hash) => "sha256:" + Convert.ToHexStringLower(hash);

    /// <summary>The digest of the lines taken since the start, or since <see cref="StartDigest"/>.</summary>
    public string Digest() => Digest(_hash.GetCurrentHash());

    /// <summary>Begins a new digest with the line to come.</summary>
    public void StartDigest() => _ = _hash.GetHashAndReset();

    /// <summary>Takes a line.</summary>
    public string Take()
    {
        string? line = Next;
        Line++;
        _ahead = null;
        if (line is null)
        {
            throw Error("another line");
        }

        Add(_hash, line);
        return line;
    }

    /// <summary>Takes a line that starts with a word and returns the rest.</summary>
    public string Rest(string first)
    {
        string line = Take();
        return line.StartsWith(first + " ", StringComparison.Ordinal)
            ? line[(first.Length + 1)..]
            : throw Error($"'{first}'");
    }

    /// <summary>Takes a line that starts with a word and returns the words after it.</summary>
    public string[] Words(string first, int? count = null)
    {
        string[] words = Take().Split(' ');
        return words[0] == first && (count is null || words.Length == count + 1)
            ? words[1..]
            : throw Error($"'{first}'{(count is null ? "" : $" and {count} words")}");
    }

    /// <summary>A number of things from 0 on.</summary>
    public int Count(string word) => Small(word, 0, int.MaxValue);

    /// <summary>A whole number in a range.</summary>
    public int Small(string word, int least, int most) =>
        NumberForm.IsInteger(word)
            && int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n)
        && n >= least && n <= most && (least < 0 || word[0] != '-')
            ? n
            : throw NoNumber(word);

    /// <summary>An integer or a fraction.</summary>
    public BigRational Rational(string word) => numbers.Rational(word) ?? throw NoNumber(word);

    /// <summary>An integer or an integer times a power of two.</summary>
    public Dyadic Dyadic(string word) => numbers.Dyadic(word) ?? throw NoNumber(word);

    /// <summary>A number of either form.</summary>
    public BigRational Value(string word) => numbers.Number(word) ?? throw NoNumber(word);

    /// <summary>Integers and fractions.</summary>
    public BigRational[] Rationals(ReadOnlySpan<string> words) => Each(words, Rational);

    /// <summary>Numbers of either form.</summary>
    public BigRational[] Values(ReadOnlySpan<string> words) => Each(words, Value);

    /// <summary>That the line last taken is not what was expected.</summary>
    public Rejection Error(string expected) => Refused($"expected {expected}");

    /// <summary>What is wrong with the line last taken.</summary>
    public Rejection Refused(string why) => At(int.Max(Line, 1), why);

    public void Dispose() => _hash.Dispose();

    private static IncrementalHash Begun(string? first)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (first is not null)
        {
            Add(hash, first);
        }

        return hash;
    }

    private static void Add(IncrementalHash hash, string line)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(line));
        hash.AppendData("\n"u8);
    }

    private static Rejection At(int line, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {line}: {why}"));

    private static BigRational[] Each(ReadOnlySpan<string> words, Func<string, BigRational> read)
    {
        var values = new BigRational[words.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(words[i]);
        }

        return values;
    }

    private Rejection NoNumber(string word) =>
        Refused($"'{(word.Length > MostShown ? word[..MostShown] : word)}' is not a number that this file may hold "
            + "there");

    private string? Read()
    {
        _text.Clear();
        int c;
        while ((c = reader.Read()) >= 0 && c != '\n')
        {
            if (!CertificateText.IsShown((char)c))
            {
                throw At(
                    Line + 1,
                    string.Create(
                        CultureInfo.InvariantCulture, $"the character U+{c:X4} may not stand in a certificate"));
            }

            if (_text.Length == LongestLine)
            {
                throw At(Line + 1, "the line is too long");
            }

            _text.Append((char)c);
        }

        work.Spend(_text.Length + 1);
        return c == '\n' ? _text.ToString()
            : _text.Length == 0 ? null
            : throw new Rejection("the last line does not end with a line feed");
    }
}
