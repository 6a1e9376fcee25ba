namespace Proofs.Kernel.Certificates;

/// <summary>A proof or a certificate does not pass, and why.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Naming", "CA1710", Justification = "A rejection is a verdict of the checker; it never leaves a Check.")]
public sealed class Rejection : Exception
{
    /// <summary>A rejection for this reason.</summary>
    public Rejection(string reason)
        : base(reason)
    {
    }

    /// <summary>Whether the statement speaks of nothing: its assumptions contradict each other.</summary>
    public bool IsVacuous { get; init; }

    /// <summary>A rejection without a reason.</summary>
    public Rejection()
        : this("the proof does not pass")
    {
    }

    /// <summary>A rejection because of another error.</summary>
    public Rejection(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }
}
