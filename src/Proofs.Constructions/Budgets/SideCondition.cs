using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Budgets;

/// <summary>A fact a lemma rests on.</summary>
/// <param name="Statement">What is required, in words and symbols.</param>
/// <param name="Formula">The requirement as a formula in the parameters; null where it is about a function.</param>
/// <param name="Standing">What is known about it on this instance.</param>
public sealed record SideCondition(string Statement, Condition? Formula, Standing Standing)
{
    /// <summary>A requirement on the parameters, which whoever reads the budget can test.</summary>
    public static SideCondition OnParameters(Condition formula) => new($"{formula}", formula, Standing.ByFormula);

    /// <summary>A requirement on a function that was shown to hold.</summary>
    public static SideCondition Shown(string statement) => new(statement, null, Standing.Shown);

    /// <summary>A requirement on a function that the user answers for.</summary>
    public static SideCondition Assumed(string statement) => new(statement, null, Standing.Assumed);

    /// <summary>
    /// The condition with what its formula gives at the parameters: shown, false, or assumed where enclosures leave it
    /// open.
    /// </summary>
    public SideCondition At(IReadOnlyDictionary<string, BigRational> parameters) =>
        Formula is null || Standing != Standing.ByFormula
        ? this
        : this with
        {
            Standing = Holds(Formula, parameters) switch
            {
                true => Standing.Shown,
                false => Standing.False,
                _ => Standing.Assumed,
            },
        };

    /// <summary>The standing and the statement, as <c>assumed: …, not shown</c>.</summary>
    public override string ToString() => Standing switch
    {
        Standing.Shown => $"shown: {Statement}",
        Standing.Assumed => $"assumed: {Statement}, not shown",
        Standing.False => $"false: {Statement}",
        _ => $"on parameters: {Statement}",
    };

    // Null where a side is undefined, or enclosures overlap.
    private static bool? Holds(Condition condition, IReadOnlyDictionary<string, BigRational> parameters) =>
        condition switch
        {
            Condition.Comparison c =>
                c.Left.TryEvaluate(parameters) is { } left && c.Right.TryEvaluate(parameters) is { } right
                ? c.Relation.Holds(left.CompareTo(right))
                : Holds(Assemble.Enclose(c.Left, parameters), c.Relation, Assemble.Enclose(c.Right, parameters)),
            Condition.All a => (Holds(a.First, parameters), Holds(a.Second, parameters)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            },
            Condition.Any a => (Holds(a.First, parameters), Holds(a.Second, parameters)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            },
            _ => throw new InvalidOperationException("Condition is a closed family."),
        };

    private static bool? Holds(Interval left, RelationKind relation, Interval right) => relation switch
    {
        _ when left.IsEmpty || right.IsEmpty => null,
        RelationKind.LessOrEqual => left.Sup <= right.Inf ? true : left.Inf > right.Sup ? false : null,
        RelationKind.Less => left.Sup < right.Inf ? true : left.Inf >= right.Sup ? false : null,
        RelationKind.GreaterOrEqual => Holds(right, RelationKind.LessOrEqual, left),
        RelationKind.Greater => Holds(right, RelationKind.Less, left),
        _ => left.Sup < right.Inf || left.Inf > right.Sup ? false : null,
    };
}

/// <summary>What is known about a <see cref="SideCondition"/>.</summary>
public enum Standing
{
    /// <summary>Its formula decides it, given the parameters.</summary>
    ByFormula,

    /// <summary>It was shown rigorously when the network was built.</summary>
    Shown,

    /// <summary>It could not be decided and is assumed: the bound holds if it does.</summary>
    Assumed,

    /// <summary>It is false at the parameters of this instance: the bound says nothing.</summary>
    False,
}
