namespace Proofs.Kernel.Certificates;

/// <summary>What a replay of a certificate found.</summary>
/// <param name="Accepted">Whether the certificate proves the statement that it carries.</param>
/// <param name="Statement">That statement, or the empty text where none could be read.</param>
/// <param name="Reason">Why it was rejected; empty where it was accepted.</param>
public sealed record CheckResult(bool Accepted, string Statement, string Reason)
{
    /// <summary>
    /// Whether it was rejected because the statement speaks of nothing: its assumptions contradict each other.
    /// </summary>
    public bool IsVacuous { get; init; }

    /// <summary>The operations that the replay spent.</summary>
    public long Work { get; init; }
}
