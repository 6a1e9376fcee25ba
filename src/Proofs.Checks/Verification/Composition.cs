using Proofs.Constructions;
using Proofs.Numeric;

namespace Proofs.Checks;

// What a budget obliges us to: the lemmas that speak of a network, and the steps by which they add up.
internal static class Composition
{
    /// <summary>The lemmas of the instance's budget that can be certified, each before its parts.</summary>
    public static IEnumerable<Budget> Lemmas(Instance instance) =>
        instance.Budget?.Nodes().Where(n => n.Instance is not null) ?? [];

    /// <summary>For every node: its rule gives at most its bound, and its bound is within its allowance.</summary>
    public static IEnumerable<(string Name, string Statement)> Obligations(Theorem theorem, Instance instance)
    {
        foreach (var node in instance.Budget?.Nodes() ?? [])
        {
            if (node.RuleInParameters() is { } rule && rule != node.Bound)
            {
                yield return ($"{node.Lemma}: parts", Statement(theorem, node, rule, node.Bound));
            }

            if (node.Allowance is { } allowance && allowance != node.Bound)
            {
                yield return ($"{node.Lemma}: share", Statement(theorem, node, node.Bound, allowance));
            }
        }
    }

    private static string Statement(Theorem theorem, Budget node, Expr left, Expr right)
    {
        var hypotheses = node.Conditions.Where(c => c.Formula is not null).Select(c => c.Formula!).ToList();
        var names = left.Variables().Union(right.Variables())
            .Union(hypotheses.SelectMany(h => h.Expressions()).SelectMany(e => e.Variables()));
        var ranges = names.Select(n => theorem.Parameters.FirstOrDefault(p => p.Name == n) is { } p
            ? $"{p.Name} in {p.Range}"
            : throw new InvalidOperationException(
                $"{theorem.Key}: the budget node {node.Lemma} uses {n}, which is no parameter of the theorem."));
        string where = hypotheses.Count == 0 ? "" : $" where {string.Join(", ", hypotheses)}";
        string forall = names.Count == 0 ? "" : $"forall {string.Join(", ", ranges)}{where} : ";
        return $"{forall}{left} <= {right}";
    }
}
