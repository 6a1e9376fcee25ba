using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Certificates;

/// <summary>The lines of a certificate as they come from a stream, and a digest of those taken; one line is held at a time.</summary>
internal sealed class CertificateLines(TextReader reader) : CertificateReader, IDisposable
{
    private const int LongestLine = 1 << 26;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _text = new();

    /// <summary>The digest of the lines taken so far.</summary>
    public string Digest() => Digest(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public override string Take()
    {
        Line++;
        _text.Clear();
        int c;
        while ((c = reader.Read()) >= 0 && c != '\n')
        {
            _text.Append((char)c);
            if (_text.Length > LongestLine)
            {
                throw Error("a shorter line");
            }
        }

        if (c < 0)
        {
            throw Error("another line, ended");
        }

        string line = _text.ToString();
        if (CertificateText.RefuseLine(line, Line) is { } why)
        {
            throw new Rejection(why);
        }

        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _hash.AppendData("\n"u8);
        return line;
    }

    public bool IsAtEnd => reader.Peek() < 0 && reader.Read() < 0;

    /// <summary>Takes a line that starts with a word and returns the rest.</summary>
    public string Rest(string first)
    {
        string line = Take();
        return line.StartsWith(first + " ", StringComparison.Ordinal) ? line[(first.Length + 1)..] : throw Error($"'{first}'");
    }

    public BigRational[] Values(ReadOnlySpan<string> words)
    {
        var values = new BigRational[words.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value(words[i]);
        }

        return values;
    }

    public void Dispose() => _hash.Dispose();
}
