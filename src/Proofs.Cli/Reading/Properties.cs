using Proofs.Cli.Sessions;
using Proofs.Constructions.Formats.VnnLib;

namespace Proofs.Cli.Reading;

/// <summary>Reads VNN-LIB properties.</summary>
internal static class Properties
{
    /// <summary>The property in a file, packed with gzip or not.</summary>
    /// <exception cref="InputException">The file is missing or holds no property; the message names the
    /// place.</exception>
    public static VnnProperty Read(string path)
    {
        try
        {
            return InputFile.Read(path, stream => VnnLibFile.Read(stream, path));
        }
        catch (VnnLibException e)
        {
            throw new InputException(e.Message);
        }
    }
}
