using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Formats;

/// <summary>Reads networks in any format that is known, by what the file holds and not by its name.</summary>
public static class NetworkReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>
    /// The network in the file at <paramref name="path"/>: ONNX or the project's JSON, either packed with gzip or not.
    /// </summary>
    /// <exception cref="NetworkFileException">It holds no network that is understood; the message is one line and names
    /// the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReluNetwork Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>The network in a stream, read to its end; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="NetworkFileException">It holds no network that is understood; the message is one line and names
    /// the place.</exception>
    public static ReluNetwork Read(Stream stream, string name)
    {
        try
        {
            var bytes = SourceBytes.Read(stream);
            return IsJson(bytes)
                ? NetworkFile.Read(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), name)
                : OnnxFile.Parse(bytes);
        }
        catch (NetworkFormatException e)
        {
            throw e.In(name);
        }
    }

    /// <summary>
    /// What the file at <paramref name="path"/> computes in floating-point arithmetic: the nodes of a graph, or layers
    /// of binary32 numbers.
    /// </summary>
    /// <exception cref="NetworkFileException">As for <see cref="Read(string)"/>, or a node computes what is not
    /// modelled; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkExecution ReadExecution(string path)
    {
        using var file = File.OpenRead(path);
        return ReadExecution(file, path);
    }

    /// <summary>
    /// What a network in a stream computes in floating-point arithmetic; <paramref name="name"/> is what messages call
    /// it.
    /// </summary>
    /// <exception cref="NetworkFileException">As for <see cref="ReadExecution(string)"/>.</exception>
    public static NetworkExecution ReadExecution(Stream stream, string name)
    {
        try
        {
            var bytes = SourceBytes.Read(stream);
            return IsJson(bytes)
                ? NetworkExecution.OfLayers(
                    NetworkFile.Read(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), name))
                : OnnxFile.ParseExecution(bytes);
        }
        catch (NetworkFormatException e)
        {
            throw e.In(name);
        }
        catch (ArgumentException e)
        {
            throw new NetworkFileException(name, "its weights", e.Message);
        }
    }

    // No protocol buffer starts with '{' or white space where a model's first field is its version or its graph.
    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        bytes = bytes.TrimStart(" \t\r\n"u8);
        return !bytes.IsEmpty && bytes[0] == (byte)'{';
    }
}
