using Proofs.Cli.Sessions;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Reading;

/// <summary>Reads and writes network files: ONNX, or the project's own JSON.</summary>
internal static class Networks
{
    /// <summary>
    /// The network in a file of either format, packed with gzip or not; what it holds counts, not its name.
    /// </summary>
    /// <exception cref="InputException">The file is missing or holds no network; the message names the
    /// place.</exception>
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

    /// <summary>One output, from 1, of the network in a file; null for the whole network.</summary>
    /// <exception cref="InputException">As for <see cref="Read(string)"/>, or the network has no such
    /// output.</exception>
    public static ReluNetwork Read(string path, int? output)
    {
        ReluNetwork network = Read(path);
        return output is not { } k ? network
            : k <= network.OutputDimension ? network.Output(k - 1)
            : throw new InputException(
                path, $"expected a network with an output number {k}, found {network.OutputDimension} outputs");
    }

    /// <summary>
    /// What a network file of either format executes in floating-point arithmetic, or one output of it, from 1.
    /// </summary>
    /// <exception cref="InputException">As for <see cref="Read(string, int?)"/>, or a node is not modelled; the message
    /// names it.</exception>
    public static NetworkExecution ReadExecution(string path, int? output = null)
    {
        try
        {
            NetworkExecution execution = InputFile.Read(path, stream => NetworkReader.ReadExecution(stream, path));
            return output is not { } k ? execution
                : k <= execution.OutputDimension ? execution.Output(k - 1)
                : throw new InputException(
                    path, $"expected a network with an output number {k}, found {execution.OutputDimension} outputs");
        }
        catch (NetworkFileException e)
        {
            throw new InputException(e.Message);
        }
    }

    /// <summary>Whether a file of this name is written as ONNX.</summary>
    public static bool IsOnnx(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Writes the network, exactly, whole or not at all: as ONNX in float64 where the name says so, else as JSON.
    /// </summary>
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
