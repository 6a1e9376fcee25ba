namespace Proofs.Checks.Theorems;

/// <summary>How much work a verification may spend.</summary>
public enum Profile
{
    /// <summary>Minutes: what a build runs.</summary>
    Quick,

    /// <summary>As long as it takes: what precedes a submission.</summary>
    Full,
}
