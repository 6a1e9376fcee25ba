namespace Proofs.Constructions.Invariance;

/// <summary>
/// A text that names no group, or none that acts on the inputs at hand; the message says what was expected and found.
/// </summary>
/// <param name="message">One line.</param>
/// <param name="line">The line of the file of generators, from 1; 0 where there is none.</param>
public sealed class GroupException(string message, int line = 0) : FormatException(message)
{
    /// <summary>The line of the file of generators, from 1; 0 where there is none.</summary>
    public int Line { get; } = line;
}
