using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Proving;

/// <summary>The value of one variable of a counterexample.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its exact value.</param>
public readonly record struct WitnessValue(string Name, BigRational Value);

/// <summary>What the prover found out about a statement.</summary>
public abstract record ProofResult
{
    private protected ProofResult()
    {
    }

    /// <summary>The statement holds for all parameters, and all its terms are defined.</summary>
    /// <param name="Certificate">The text that <see cref="Proofs.Kernel.CertificateCheck"/> accepts.</param>
    /// <param name="Strategy">The strategy that won.</param>
    /// <param name="Vacuous">Whether the assumptions contradict each other, which was proved too: the claim speaks of
    /// nothing, and this is no success.</param>
    public sealed record Proved(string Certificate, string Strategy, bool Vacuous) : ProofResult
    {
        /// <summary>
        /// Whether parameters that satisfy all assumptions were found; where neither is so, it stays open whether there
        /// are any.
        /// </summary>
        public bool HasInstance { get; init; }
    }

    /// <summary>
    /// The statement fails at a point that satisfies the assumptions, by exact or enclosed evaluation.
    /// </summary>
    /// <param name="Witness">The exact value of every variable, in order of declaration.</param>
    /// <param name="Goal">The relation that fails.</param>
    /// <param name="Left">Its left side there, a fraction or an enclosure.</param>
    /// <param name="Right">Its right side there.</param>
    public sealed record Refuted(ImmutableArray<WitnessValue> Witness, string Goal, string Left, string Right)
        : ProofResult;

    /// <summary>Neither was found.</summary>
    /// <param name="Why">What ran out or is missing.</param>
    /// <param name="Region">Where the search got stuck: the open subgoal with its assumptions.</param>
    public sealed record Unknown(string Why, string Region) : ProofResult;
}

/// <summary>How long and how the prover searches.</summary>
public sealed record ProofOptions
{
    /// <summary>The default budget of steps, no limit of time, seed 1.</summary>
    public static ProofOptions Default { get; } = new();

    /// <summary>
    /// The elementary operations that the search may spend, so that its answer is the same on every machine and at
    /// every load.
    /// </summary>
    public long Steps { get; init; } = DefaultSteps;

    /// <summary>The steps of <see cref="Default"/>; some ten to thirty seconds of one core.</summary>
    public const long DefaultSteps = 100_000_000;

    /// <summary>
    /// The time after which the search ends with <see cref="ProofResult.Unknown"/>, whatever it would have found; none
    /// by default.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The seed of the random part of the search for counterexamples.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>These options with another budget of steps.</summary>
    public ProofOptions WithSteps(long steps) => this with { Steps = steps };

    /// <summary>These options with another time limit.</summary>
    public ProofOptions WithTimeLimit(TimeSpan limit) => this with { TimeLimit = limit };

    /// <summary>These options with another seed.</summary>
    public ProofOptions WithSeed(int seed) => this with { Seed = seed };

    /// <summary>These options with another cancellation token.</summary>
    public ProofOptions WithCancellation(CancellationToken token) => this with { Cancellation = token };
}
