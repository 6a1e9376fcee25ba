using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Domains;

namespace Proofs.Cli.Tests;

/// <summary>
/// Papers that this test library declares, so that the tool can load it as it loads a paper's library.
/// </summary>
public static class SamplePapers
{
    private static readonly InstanceSource Numbers =
        new("numbers", () => new Instance("numbers", Box.Unit(1), Network: null).Define("n", 1));

    /// <summary>A paper whose claims hold and whose mutants do not.</summary>
    public static PaperArtifact Sound { get; } = Paper("sample-sound", "1 + 1 = 2");

    /// <summary>A paper with a false claim.</summary>
    public static PaperArtifact Unsound { get; } = Paper("sample-unsound", "1 + 1 = 3");

    private static PaperArtifact Paper(string key, string claim) => new(
        key,
        "A paper of the tests",
        [
            new Theorem(
                key + "-sum",
                "Numbers add up",
                "nobody, Theorem 1",
                Parameters: [new Parameter("n", "int [1, 4]")],
                General: [],
                PerInstance: [ClaimParser.Parse("sum", claim)],
                Instances: [Numbers],
                Mutants: [new Mutant(ClaimParser.Parse("sum-off-by-one", "1 + 1 = 1"), "1 + 1 is 2", Numbers)]),
        ],
        () => [Table.Of("numbers", "Numbers", "n").With(new TableCell.Exact(1))],
        () => []);
}
