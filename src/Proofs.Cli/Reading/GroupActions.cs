using Proofs.Cli.Sessions;
using Proofs.Constructions.Invariance;

namespace Proofs.Cli.Reading;

/// <summary>Reads groups: a name, or @FILE with a generator a line.</summary>
internal static class GroupActions
{
    /// <summary>The group that --group gives, acting on the inputs of a network.</summary>
    /// <exception cref="UsageException">There is no group of that name, or it moves another number of
    /// coordinates.</exception>
    /// <exception cref="InputException">The file is not readable, or a line is no generator; the message names the
    /// line.</exception>
    public static GroupAction Read(string text, int inputs)
    {
        if (text is not ['@', .. var path])
        {
            return Formulas.Parse("--group", text, name => Groups.Parse(name, inputs));
        }

        string lines = InputFile.ReadText(path);
        try
        {
            return GeneratorFile.Parse(text, lines, inputs);
        }
        catch (GroupException e)
        {
            throw new InputException(e.Line > 0 ? $"{path}: line {e.Line}" : path, e.Message);
        }
    }
}
