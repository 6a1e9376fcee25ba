namespace Proofs.Checks;

/// <summary>How much work a verification may spend.</summary>
public enum Profile
{
    /// <summary>Minutes: what a build runs.</summary>
    Quick,

    /// <summary>As long as it takes: what precedes a submission.</summary>
    Full,
}

/// <summary>How claims are to be checked.</summary>
/// <remarks>The same options give the same verdicts; the clock only ends a check that has found nothing yet.</remarks>
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

    /// <summary>The longest time for one claim.</summary>
    public TimeSpan Timeout => Profile == Profile.Quick ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(10);

    /// <summary>The trials of one random search.</summary>
    public int Trials => Profile == Profile.Quick ? 100 : 10_000;
}
