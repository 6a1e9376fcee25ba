using System.Globalization;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Proofs.Constructions.Formats.Text;

// The bytes of a file, unpacked where they are gzip data; never more of them than the limit.
internal static class SourceBytes
{
    public const int Limit = 1 << 30;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>All bytes of the stream, unpacked when they start with gzip's two.</summary>
    /// <exception cref="NetworkFormatException">There are too many, or the gzip data are damaged.</exception>
    public static ArraySegment<byte> Read(Stream stream, int limit = Limit)
    {
        var packed = ReadAll(stream, limit, "the file");
        if (!packed.AsSpan().StartsWith(GzipMagic))
        {
            return packed;
        }

        try
        {
            using var source = new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            var bytes = ReadAll(gzip, limit, "the unpacked file");

            // a file cut short may unpack without complaint; its last four bytes are the length of what was packed
            return packed.Count >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan()[^4..]) == bytes.Count
                ? bytes
                : throw Damaged();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }

        static NetworkFormatException Damaged() =>
            new("the file", "expected one complete gzip member, as it starts like one; it is damaged or cut short");
    }

    public static ArraySegment<byte> Read(string path, int limit = Limit)
    {
        using var file = File.OpenRead(path);
        return Read(file, limit);
    }

    private static ArraySegment<byte> ReadAll(Stream stream, int limit, string what)
    {
        // a file tells its length: then no copy is made while it grows
        int capacity = stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position + 1, 0, (long)limit + 1) : 0;
        var memory = new MemoryStream(capacity);
        byte[] buffer = new byte[1 << 16];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            if (memory.Length + n > limit)
            {
                throw new NetworkFormatException(
                    what, string.Create(
                        CultureInfo.InvariantCulture, $"expected at most {limit} bytes, the most that is read"));
            }

            memory.Write(buffer, 0, n);
        }

        return memory.TryGetBuffer(out var bytes) ? bytes : memory.ToArray();
    }
}
