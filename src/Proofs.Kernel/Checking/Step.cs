using System.Collections.Immutable;

namespace Proofs.Kernel.Checking;

/// <summary>One rule of a proof.</summary>
/// <param name="Rule">The rule with its arguments.</param>
/// <param name="Branches">Proofs of all sequents the rule leaves but the last, which the following steps prove.</param>
public sealed record Step(Rule Rule, ImmutableArray<ImmutableArray<Step>> Branches)
{
    /// <summary>A rule without branches.</summary>
    public Step(Rule rule)
        : this(rule, [])
    {
    }

    /// <summary>A rule without branches, read from name and arguments as they stand in a certificate.</summary>
    /// <exception cref="Rejection">There is no such rule.</exception>
    public Step(string rule, params ImmutableArray<string> arguments)
        : this(RuleText.Read(rule, arguments), [])
    {
    }

    /// <summary>A rule with branches, read from name and arguments as they stand in a certificate.</summary>
    /// <exception cref="Rejection">There is no such rule.</exception>
    public Step(string rule, ImmutableArray<string> arguments, ImmutableArray<ImmutableArray<Step>> branches)
        : this(RuleText.Read(rule, arguments), branches)
    {
    }
}
