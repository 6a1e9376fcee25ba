using System.Collections.Immutable;
using Proofs.Kernel.Certificates;

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

    /// <summary>A rule without branches, read from name and arguments as they stand in a certificate.</summary>
    /// <exception cref="Rejection">There is no such rule.</exception>
    public ProofStep(string rule, params ImmutableArray<string> arguments)
        : this(RuleText.Read(rule, arguments), [])
    {
    }

    /// <summary>A rule with branches, read from name and arguments as they stand in a certificate.</summary>
    /// <exception cref="Rejection">There is no such rule.</exception>
    public ProofStep(string rule, ImmutableArray<string> arguments, ImmutableArray<ImmutableArray<ProofStep>> branches)
        : this(RuleText.Read(rule, arguments), branches)
    {
    }
}
