using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Verification;

// Relations between numbers of an instance, decided by exact arithmetic.
internal static class ExactClaims
{
    /// <summary>
    /// The verdict; where the claim is one relation, the left side is its value and the right side its bound.
    /// </summary>
    public static (Verdict Verdict, RationalInterval? Budget) Check(Instance instance, Condition condition)
    {
        var comparisons = Comparisons(condition).ToList();
        var (value, bound) = comparisons is [var only]
            ? ((RationalInterval?)Bounds.Of(instance, only.Left), (RationalInterval?)Bounds.Of(instance, only.Right))
            : (null, null);
        string Shown(bool? which) => string.Join(", ", comparisons
            .Where(c => Bounds.Holds(instance, c) == which)
            .Select(c => Written(instance, c, which)));
        Verdict verdict = Bounds.Holds(instance, condition) switch
        {
            true => new Verdict.Certified(value, Shown(true)),
            false => new Verdict.Refuted(new Witness([], Shown(false)), value, null),
            _ => new Verdict.Inconclusive(
                $"The enclosures overlap: {Shown(null)}.", value, "State the claim with exact numbers."),
        };
        return (verdict, bound);
    }

    private static IEnumerable<Condition.Comparison> Comparisons(Condition condition) => condition switch
    {
        Condition.Comparison c => [c],
        Condition.All a => Comparisons(a.First).Concat(Comparisons(a.Second)),
        Condition.Any a => Comparisons(a.First).Concat(Comparisons(a.Second)),
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    // W = 2 > 1; L = 3 != 4 = m + 1.
    private static string Written(Instance instance, Condition.Comparison c, bool? holds)
    {
        string relation = holds is false ? Negated(c.Relation) : c.Relation.Symbol();
        string left = $"{Bounds.Of(instance, c.Left)}", right = $"{Bounds.Of(instance, c.Right)}";
        return $"{(c.Left is Expr.ConstantCase ? "" : $"{c.Left} = ")}{left} {relation} "
            + $"{right}{(c.Right is Expr.ConstantCase ? "" : $" = {c.Right}")}";
    }

    private static string Negated(RelationKind relation) => relation switch
    {
        RelationKind.LessOrEqual => ">",
        RelationKind.Less => ">=",
        RelationKind.GreaterOrEqual => "<",
        RelationKind.Greater => "<=",
        _ => "!=",
    };
}
