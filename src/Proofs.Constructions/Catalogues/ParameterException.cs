namespace Proofs.Constructions.Catalogues;

/// <summary>
/// A key or value that a construction cannot take: names the key, what was found and what is expected.
/// </summary>
public sealed class ParameterException : FormatException
{
    /// <summary>A problem with the value of <paramref name="key"/>.</summary>
    public ParameterException(string key, string problem)
        : base($"{key}: {problem}") => Key = key;

    /// <summary>The key, or the name of the construction where several keys are involved.</summary>
    public string Key { get; }
}
