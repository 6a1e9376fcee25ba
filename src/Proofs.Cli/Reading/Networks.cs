using Proofs.Constructions;

namespace Proofs.Cli.Reading;

/// <summary>Reads and writes network files.</summary>
internal static class Networks
{
    /// <summary>The network in a file.</summary>
    /// <exception cref="InputException">The file is missing or holds no network; the message names the place.</exception>
    public static ReluNetwork Read(string path)
    {
        using var stream = new MemoryStream(InputFile.ReadBytes(path));
        try
        {
            return NetworkFile.Read(stream, path);
        }
        catch (NetworkFileException e)
        {
            throw new InputException(e.Message);
        }
    }

    /// <summary>Writes the network file, whole or not at all.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, ReluNetwork network) => AtomicFile.Write(path, stream => NetworkFile.Write(stream, network));
}
