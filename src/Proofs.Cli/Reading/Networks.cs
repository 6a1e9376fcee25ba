using Proofs.Constructions;
using Proofs.Constructions.Formats;

namespace Proofs.Cli.Reading;

/// <summary>Reads and writes network files: ONNX, or the project's own JSON.</summary>
internal static class Networks
{
    /// <summary>The network in a file of either format, packed with gzip or not; what it holds counts, not its name.</summary>
    /// <exception cref="InputException">The file is missing or holds no network; the message names the place.</exception>
    public static ReluNetwork Read(string path)
    {
        try
        {
            return InputFile.Read(path, stream => NetworkReader.Read(stream, path));
        }
        catch (NetworkFileException e)
        {
            throw new InputException(e.Message);
        }
    }

    /// <summary>Whether a file of this name is written as ONNX.</summary>
    public static bool IsOnnx(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the network, exactly, whole or not at all: as ONNX in float64 where the name says so, else as JSON.</summary>
    /// <exception cref="InputException">The file cannot be written, or its format cannot hold the network.</exception>
    public static void Write(string path, ReluNetwork network)
    {
        try
        {
            AtomicFile.Write(path, stream =>
            {
                if (IsOnnx(path))
                {
                    _ = OnnxFile.WriteStream(network, stream, OnnxWriteOptions.Default);
                }
                else
                {
                    NetworkFile.Write(stream, network);
                }
            });
        }
        catch (ArgumentException e)
        {
            throw new InputException(path, $"cannot be written: {e.Message}");
        }
    }
}
