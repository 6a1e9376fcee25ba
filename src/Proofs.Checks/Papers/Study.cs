namespace Proofs.Checks.Papers;

/// <summary>
/// An experiment of a paper that takes too long to be run whenever the paper is checked: what it finds is kept beside
/// the paper, and read by its tables.
/// </summary>
public abstract record Study
{
    private protected Study(string name, string summary) => (Name, Summary) = (name, summary);

    /// <summary>The name on the command line; one of its own within the paper.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Summary { get; }
}
