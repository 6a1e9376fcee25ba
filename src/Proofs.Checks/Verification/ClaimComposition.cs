using System.Collections.Immutable;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Verification;

/// <summary>A step by which a budget adds up: <paramref name="Left"/> ≤ <paramref name="Right"/>.</summary>
/// <param name="Name">The lemma and which step of it.</param>
/// <param name="Statement">The step for all parameters of the theorem; null where a part speaks of parameters of its
/// own.</param>
/// <param name="Shown">The step as a reader sees it.</param>
/// <param name="Left">What the parts make, at the numbers of the instance: a closed formula.</param>
/// <param name="Right">What they may make, likewise.</param>
/// <param name="Applies">Whether the hypotheses of the statement hold on the instance, so that the statement says the
/// step.</param>
internal sealed record Obligation(string Name, string? Statement, string Shown, Expr Left, Expr Right, bool Applies);

// What a budget obliges us to: the lemmas that speak of a network, and the steps by which they add up.
internal static class ClaimComposition
{
    private static readonly Instance Numbers = new("budget", Box.Unit(1), null);

    /// <summary>The lemmas of the instance's budget that can be certified, each before its parts.</summary>
    public static IEnumerable<Budget> Lemmas(Instance instance) =>
        instance.Budget?.Nodes().Where(n => n.Instance is not null) ?? [];

    /// <summary>For every node: its rule gives at most its bound, and its bound is within its allowance.</summary>
    public static IEnumerable<Obligation> Obligations(Theorem theorem, Instance instance)
    {
        foreach (var node in instance.Budget?.Nodes() ?? [])
        {
            bool applies = node.Conditions.Where(c => c.Formula is not null)
                .All(c => c.At(node.Parameters).Standing == Standing.Shown);
            var bound = At(node, node.Bound);
            if (node.Rule is { } rule)
            {
                var parts = node.Children.ToDictionary(c => c.Lemma, c => At(c, c.Bound), StringComparer.Ordinal);
                string? statement = node.Children.All(c => Shares(node, c))
                    ? Statement(theorem, node, InParameters(node), node.Bound)
                    : null;
                if (statement is not null || rule != node.Bound)
                {
                    yield return new(
                        $"{node.Lemma}: parts", statement, $"{rule} <= {node.Bound}", At(node, rule.Substitute(parts)),
                        bound, applies);
                }
            }

            if (node.Allowance is { } allowance && allowance != node.Bound)
            {
                yield return new(
                    $"{node.Lemma}: share", Statement(theorem, node, node.Bound, allowance),
                    $"{node.Bound} <= {allowance}", bound, At(node, allowance), applies);
            }
        }
    }

    /// <summary>The obligation at the numbers of its own instance.</summary>
    public static (Verdict Verdict, RationalInterval? Budget) AtInstance(Obligation step)
    {
        var (left, right) = (Bounds.Of(Numbers, step.Left), Bounds.Of(Numbers, step.Right));
        if (step.Left == step.Right)
        {
            return (new Verdict.Certified(left, "both sides are the same formula"), right); // irrational ones too
        }

        string found = $"{left} against {right}";
        Verdict verdict = Bounds.Holds(left, RelationKind.LessOrEqual, right) switch
        {
            true => new Verdict.Certified(left, "evaluated at the parameters of the instance"),
            false => new Verdict.Refuted(new Witness([], found), left, null),
            _ => new Verdict.Inconclusive(
                $"The enclosures overlap: {found}.", left, "State the budget with rational numbers."),
        };
        return (verdict, right);
    }

    // The formula at the node's own numbers.
    private static Expr At(Budget node, Expr formula) =>
        formula.Substitute(
            node.Parameters.ToDictionary(p => p.Key, p => Expr.Constant(p.Value), StringComparer.Ordinal));

    // Whether the part's bound is in parameters that mean the same above it: those it has are those of the node.
    private static bool Shares(Budget node, Budget part) => part.Bound.Variables().All(v =>
        node.Parameters.TryGetValue(v, out var above) && part.Parameters.TryGetValue(v, out var below)
            && above == below);

    private static Expr InParameters(Budget node) =>
        node.Rule!.Substitute(node.Children.ToDictionary(c => c.Lemma, c => c.Bound, StringComparer.Ordinal));

    // Whether what is shown for the ranges of the theorem and under the hypotheses speaks of the numbers of the node: a
    // lemma may be used outside of them, such as one about surfaces of dimension D - 1.
    private static bool Covers(
        Theorem theorem, Budget node, IEnumerable<string> names, IEnumerable<Condition> hypotheses)
    {
        bool InRange(string name) => node.Parameters.TryGetValue(name, out var value)
            && ParameterRange.Read(theorem.Parameters.First(p => p.Name == name))
                .Range?.Contains(RationalInterval.Exactly(value)) == true;
        return names.All(InRange) && hypotheses.All(h => Bounds.Holds(Numbers, h.Map(e => At(node, e))) == true);
    }

    // The parameters of the theorem stay symbols; what an instance calls a constant (the S of its class, say) is put
    // in.
    private static string? Statement(Theorem theorem, Budget node, Expr left, Expr right)
    {
        var constants = node.Parameters
            .Where(p => theorem.Parameters.All(declared => declared.Name != p.Key))
            .ToDictionary(p => p.Key, p => Expr.Constant(p.Value), StringComparer.Ordinal);
        Expr Known(Expr e) => e.Substitute(constants);
        var hypotheses = node.Conditions.Where(c => c.Formula is not null).Select(c => c.Formula!.Map(Known)).ToList();
        (left, right) = (Known(left), Known(right));
        var names = left.Variables().Union(right.Variables())
            .Union(hypotheses.SelectMany(h => h.Expressions()).SelectMany(e => e.Variables()));
        if (names.Count == 0 || names.Any(n => theorem.Parameters.All(p => p.Name != n))
            || !Covers(theorem, node, names, hypotheses))
        {
            return null;
        }

        var ranges = names.Select(n => $"{n} in {theorem.Parameters.First(p => p.Name == n).Range}");
        string where = hypotheses.Count == 0 ? "" : $" where {string.Join(", ", hypotheses)}";
        return $"forall {string.Join(", ", ranges)}{where} : {left} <= {right}";
    }
}
