using Proofs.Checks.Theorems;
using Proofs.Search.Proving;

namespace Proofs.Checks.Verification;

// How much a statement is worth to the prover.
internal enum ProofEffort
{
    /// <summary>A claim, which its author holds for true.</summary>
    Claim,

    /// <summary>A step that numbers decide where the prover does not.</summary>
    Step,

    /// <summary>A claim that its author calls open.</summary>
    Open,
}

/// <summary>How claims are to be checked.</summary>
/// <remarks>
/// The same options give the same verdicts, on any machine, at any load and for any number of threads: what a check may
/// spend is counted in boxes, steps and trials.
/// </remarks>
public sealed record VerificationOptions
{
    /// <summary>How much work to spend.</summary>
    public Profile Profile { get; init; } = Profile.Quick;

    /// <summary>The seed of every random search.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many threads to use; results do not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The relative gap at which an enclosure is narrow enough, where its claim is decided.</summary>
    public double RelativeGap => Profile == Profile.Quick ? 0.1 : 0.05;

    /// <summary>The boxes a search over one claim may visit.</summary>
    public long BoxBudget => Profile == Profile.Quick ? 200_000 : 5_000_000;

    /// <summary>The trials of one random search.</summary>
    public int Trials => Profile == Profile.Quick ? 100 : 10_000;

    // What the prover may spend on one statement: elementary steps, and no clock.
    internal ProofOptions Limits(ProofEffort effort) => ProofOptions.Default.WithSteps((effort, Profile) switch
    {
        (ProofEffort.Claim, Profile.Quick) => ProofOptions.DefaultSteps,
        (ProofEffort.Claim, _) => 20 * ProofOptions.DefaultSteps,
        (ProofEffort.Step, _) => ProofOptions.DefaultSteps / 5,
        (_, Profile.Quick) => ProofOptions.DefaultSteps / 10,
        _ => ProofOptions.DefaultSteps,
    });
}
