using System.Security.Cryptography;

namespace Proofs.Search.BranchAndBound;

/// <summary>Where a search stands: its open boxes and the best that it has found, enough to go on elsewhere.</summary>
/// <remarks>
/// Guarantee: a search that goes on from a checkpoint ends as one that was never ended. A checkpoint is no certificate:
/// what it says of boxes is believed, so it is to be trusted as the program is that wrote it. Damage, and another
/// question, are noticed.
/// </remarks>
public sealed class SearchCheckpoint
{
    private const int DigestLength = SHA256.HashSizeInBytes;

    private readonly byte[] _question;
    private readonly byte[] _state;

    private SearchCheckpoint(byte[] question, byte[] state) => (_question, _state) = (question, state);

    private static ReadOnlySpan<byte> Header => "proofs-checkpoint 1\n"u8;

    // Of a search that answers the question of this text.
    internal static SearchCheckpoint Of(string question, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var output = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            write(output);
        }

        return new(Digest(question), stream.ToArray());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">This is no checkpoint, or it is damaged.</exception>
    public static SearchCheckpoint Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        ReadOnlySpan<byte> all = copy.ToArray();
        if (all.Length < Header.Length + (2 * DigestLength) || !all.StartsWith(Header))
        {
            throw new FormatException("expected a checkpoint of a search");
        }

        var body = all[..^DigestLength];
        return SHA256.HashData(body).AsSpan().SequenceEqual(all[^DigestLength..])
            ? new(body.Slice(Header.Length, DigestLength).ToArray(), body[(Header.Length + DigestLength)..].ToArray())
            : throw new FormatException("the checkpoint is damaged: its digest does not fit");
    }

    /// <summary>Writes the checkpoint.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        byte[] body = [.. Header, .. _question, .. _state];
        output.Write(body);
        output.Write(SHA256.HashData(body));
    }

    // Hands the state to the search that answers the same question.
    internal void Restore(string question, Action<BinaryReader> read)
    {
        if (!_question.AsSpan().SequenceEqual(Digest(question)))
        {
            throw new ArgumentException(
                "the checkpoint is of another question: expected the same networks, formula, region, bound and gaps");
        }

        using var input = new BinaryReader(new MemoryStream(_state));
        read(input);
    }

    private static byte[] Digest(string question) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(question));
}
