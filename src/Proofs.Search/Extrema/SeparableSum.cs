using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Search.Extrema;

// A formula as a sum of parts that share no input: its extrema over a box are the sums of theirs.
internal static class SeparableSum
{
    // The parts with the numbers of their inputs, from 0, constants in the first; one part where the formula does not
    // separate.
    public static IReadOnlyList<(Expr Part, int[] Inputs)> Of(Expr formula, IReadOnlyList<string> names)
    {
        List<(Expr Part, HashSet<int> Inputs)> groups = [];
        var constant = Expr.Zero;
        foreach (var term in Terms(formula, BigRational.One))
        {
            HashSet<int> inputs = [.. term.Variables().Select(v => names.ToList().IndexOf(v))];
            if (inputs.Count == 0)
            {
                constant += term;
                continue;
            }

            // The order of the terms stays as it was.
            var met = groups.Where(g => g.Inputs.Overlaps(inputs)).ToList();
            var joined = met.Aggregate(Expr.Zero, (sum, g) => sum + g.Part) + term;
            inputs.UnionWith(met.SelectMany(g => g.Inputs));
            groups.RemoveAll(met.Contains);
            groups.Add((joined, inputs));
        }

        return groups.Count < 2
            ? [(formula, [.. Enumerable.Range(0, names.Count)])]
            : [.. groups.Select((g, i) => (i == 0 ? g.Part + constant : g.Part, g.Inputs.Order().ToArray()))];
    }

    // The terms of a sum, and those of a sum times a number.
    private static IEnumerable<Expr> Terms(Expr e, BigRational factor) => e switch
    {
        Expr.SumCase s => s.Terms.SelectMany(t => Terms(t, factor)),
        Expr.ProductCase { Factors: [Expr.ConstantCase c, Expr.SumCase s] } =>
            s.Terms.SelectMany(t => Terms(t, factor * c.Value)),
        _ => [Expr.Constant(factor) * e],
    };
}
