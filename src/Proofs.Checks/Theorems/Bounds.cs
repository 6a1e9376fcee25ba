using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Theorems;

// Constants of an instance, and comparisons of enclosures with them.
internal static class Bounds
{
    private static readonly ImmutableDictionary<string, BigRational> NoPoint =
        ImmutableDictionary<string, BigRational>.Empty;

    private static readonly ImmutableDictionary<string, Interval> NoBox = ImmutableDictionary<string, Interval>.Empty;

    /// <summary>The constant as an enclosure: exact where it is rational.</summary>
    /// <exception cref="InvalidOperationException">A name is not defined.</exception>
    public static RationalInterval Of(Instance instance, Expr formula)
    {
        var resolved = instance.Resolve(formula);
        if (resolved.Variables() is { Count: > 0 } unknown)
        {
            throw InputNames.NotDefined(instance, unknown, formula, []);
        }

        if (resolved.TryEvaluate(NoPoint) is { } exact)
        {
            return RationalInterval.Exactly(exact);
        }

        var value = resolved.Evaluate(NoBox);
        return value.IsEmpty
            ? throw new InvalidOperationException($"'{formula}' has no value at the parameters of the instance")
            : FromInterval(value);
    }

    public static RationalInterval FromInterval(Interval value) => new(
        double.IsFinite(value.Inf) ? Binary64.Exact(value.Inf) : null,
        double.IsFinite(value.Sup) ? Binary64.Exact(value.Sup) : null);

    /// <summary>Whether every value relates to every bound (true), none to any (false), or it is open (null).</summary>
    public static bool? Holds(RationalInterval value, RelationKind relation, RationalInterval bound) => relation switch
    {
        RelationKind.LessOrEqual => value.Upper <= bound.Lower ? true : value.Lower > bound.Upper ? false : null,
        RelationKind.Less => value.Upper < bound.Lower ? true : value.Lower >= bound.Upper ? false : null,
        RelationKind.GreaterOrEqual => Holds(bound, RelationKind.LessOrEqual, value),
        RelationKind.Greater => Holds(bound, RelationKind.Less, value),
        _ => value.IsExact && bound.IsExact ? value.Lower == bound.Lower
            : value.Lower > bound.Upper || value.Upper < bound.Lower ? false : null,
    };

    /// <summary>
    /// Whether a condition between constants of the instance holds; null where enclosures leave it open.
    /// </summary>
    public static bool? Holds(Instance instance, Condition condition) => condition switch
    {
        Condition.Comparison c => Holds(Of(instance, c.Left), c.Relation, Of(instance, c.Right)),
        Condition.All a => (Holds(instance, a.First), Holds(instance, a.Second)) switch
        {
            (false, _) or (_, false) => false,
            (true, true) => true,
            _ => null,
        },
        Condition.Any a => (Holds(instance, a.First), Holds(instance, a.Second)) switch
        {
            (true, _) or (_, true) => true,
            (false, false) => false,
            _ => null,
        },
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };
}
