using Proofs.Cli.Sessions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Motifs;

namespace Proofs.Cli.Reading;

/// <summary>Reads models that somebody fitted: ONNX-ML files.</summary>
internal static class FittedModels
{
    /// <summary>Whether a file of this name is read as a model, and not as a table.</summary>
    public static bool IsModel(string path) => Networks.IsOnnx(path);

    /// <summary>The model in a file.</summary>
    /// <exception cref="InputException">The file is missing or holds no model; the message names the place.</exception>
    public static FittedModel Read(string path)
    {
        try
        {
            return InputFile.Read(path, stream => FittedModelFile.Read(stream, path));
        }
        catch (NetworkFileException e)
        {
            throw new InputException(e.Message);
        }
    }
}
