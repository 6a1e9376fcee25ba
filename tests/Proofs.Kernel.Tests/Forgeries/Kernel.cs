using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// All that the forger knows of the inside of the kernel: the sequents of a statement, and what a rule leaves of one.
/// </summary>
internal static class Kernel
{
    // For a statement and all that is tried on it: the enclosures that a budget remembers are shared.
    private const long Work = 20_000_000;

    /// <summary>
    /// The sequents that a certificate of the statement must prove, in order; null where the statement is refused.
    /// </summary>
    public static ImmutableArray<SequentView>? Obligations(string statement) =>
        Granted(() => Statement.Parse(statement).Obligations(new(Work)));

    /// <summary>What the rule leaves; null where it does not apply.</summary>
    public static ImmutableArray<SequentView>? Apply(SequentView sequent, ForgedStep step) =>
        Granted(() => AsPrinted(RuleText.Read(step.Rule, [.. step.Arguments])).Apply(sequent.Inner));

    // A rule is applied as it was read, or as it reads again once it is printed: what it is must not depend on that.
    private static Rule AsPrinted(Rule rule)
    {
        var again = RuleText.Read(rule.Name, rule.Arguments);
        Xunit.Assert.Equal(rule.ToString(), again.ToString());
        return rule.ToString().Length % 2 == 0 ? rule : again;
    }

    private static ImmutableArray<SequentView>? Granted(Func<ImmutableArray<Sequent>> work)
    {
        try
        {
            return [.. work().Select(s => new SequentView(s))];
        }
        catch (Exception e) when (
            e is Rejection or FormatException or ArithmeticException or InsufficientExecutionStackException
            or WorkExhaustedException)
        {
            return null;
        }
    }
}

/// <summary>A sequent of the kernel, read back from what it prints.</summary>
internal sealed class SequentView(Sequent inner)
{
    private ImmutableArray<Comparing>? _facts;
    private Comparing? _goal;

    public Sequent Inner => inner;

    public IReadOnlyCollection<string> Variables => inner.Variables;

    public IReadOnlyCollection<string> Integers => inner.Integers;

    public ImmutableArray<Comparing> Facts =>
        _facts ??= [.. inner.Facts.Select(f => ExpressionReader.Relation(f.ToString(), inner.Variables))];

    public Comparing Goal => _goal ??= ExpressionReader.Relation(inner.Goal.ToString(), inner.Variables);

    public override string ToString() => inner.ToString();
}
