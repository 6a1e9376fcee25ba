namespace Proofs.Kernel.Certificates;

/// <summary>The lines of a certificate that is held as one text.</summary>
internal sealed class LineReader(string text) : CertificateReader
{
    private int _start;

    /// <summary>The lines of a text that may be a certificate.</summary>
    /// <exception cref="Rejection">It has a character that none may have, or its last line does not end.</exception>
    public static LineReader Of(string text) =>
        CertificateText.Refuse(text) is { } why ? throw new Rejection(why)
        : text.EndsWith('\n') ? new(text)
        : throw new Rejection("the last line does not end with a line feed");

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

    /// <inheritdoc/>
    public override string Take()
    {
        string line = Next ?? throw Error("another line");
        _start += line.Length + 1;
        Line++;
        return line;
    }
}
