using System.Collections.Immutable;

namespace Proofs.Kernel.Symbolic;

/// <summary>One rule of a proof.</summary>
/// <param name="Rule">The rule with its arguments.</param>
/// <param name="Branches">Proofs of all sequents the rule leaves but the last, which the following steps prove.</param>
public sealed record ProofStep(Rule Rule, ImmutableArray<ImmutableArray<ProofStep>> Branches)
{
    /// <summary>A rule without branches.</summary>
    public ProofStep(Rule rule)
        : this(rule, [])
    {
    }
}
