using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Statement   F(x)_i = φ(x_i; the others sorted) with one network φ is exactly S_n-equivariant on [0, ∞)^n. With hats
//             on the K_E = (N + 1) binom(N + n − 1, n − 1) nodes whose last n − 1 coordinates are sorted, sup |F_i −
//             f_i| ≤ M (3/(4N))^β,
//             L = S_(n−1) + ceil(log2 n) + 3 and W = n W(φ) ≤ n (4 n S_(n−1) + 6nN + 4n + (12n − 6) K_E). [math/03,
//             7.1, 7.2]
// Idea        f_1 is invariant under the permutations that fix 1; the others are f_1 with x_i in front.

/// <summary>
/// Equivariant functions of n numbers as networks: n copies of one network, each with its own number in front.
/// </summary>
public static class EquivariantInterpolant
{
    /// <summary>The network with n outputs; f is the first of them, and the target.</summary>
    /// <param name="class">H(β, n, M) with β at most 1.</param>
    /// <param name="f">The first output in x1, …, xn, invariant under permutations of x2, …, xn.</param>
    /// <param name="cells">N.</param>
    /// <param name="round">Whether values are rounded to binary64 numbers: yes, no, or auto where they are
    /// none.</param>
    /// <exception cref="ArgumentException">f is shown not to be invariant or not in the class, β is above 1, or there
    /// are too many nodes.</exception>
    public static Built Build(HolderClass @class, Expr f, int cells, string round = "auto")
    {
        int n = @class.Dimension;
        SortedNodes.CheckRough(@class);
        if (n < 2 || cells < 1)
        {
            throw new ArgumentException($"n = {n}, N = {cells}; expected n at least 2 and N at least 1.");
        }

        var perOutput = (cells + 1) * ExactIntegers.Binomial(cells + n - 1, n - 1);
        SortedNodes.CheckCount(perOutput * n, "nodes");
        var function = SymmetricFunction.Of(f, @class, FixingFirst(n));
        int[][] nodes = [.. Enumerable.Range(0, cells + 1).SelectMany(first =>
            SortedNodes.Descending(n - 1, cells).Select(rest => rest.Prepend(first).ToArray()))];
        var (values, rounding) =
            function.Stored(nodes.Select(k => k.Select(j => new BigRational(j, cells)).ToArray()), round);
        var comparators = ComparatorNetwork.OddEvenMerge(n - 1);
        var net = new NetworkBuilder(n);
        Functional[] outputs = [.. Enumerable.Range(0, n).Select(i =>
        {
            var others = Sorter.Append(net, [.. net.Inputs.Where((_, j) => j != i)], comparators);
            var spikes = KuhnInterpolant.AppendSpikesAt(
                net, [net.Carry(net.Inputs[i], comparators.Depth), .. others], cells, nodes);
            return Functional.Combine(spikes[0].Layer, values, spikes);
        })];
        var network = net.Build(outputs);
        var leaves = ImmutableArray.Create(
            Leaf("sort", "math/03, 2.2", "0", "The other numbers are sorted exactly."),
            Leaf("sorted_nodes", "math/03, 8.1", "0", "The hats of other nodes vanish there."),
            Leaf("interpolation", "math/03, 8.2", "M*(3/(4*N))^beta",
                "The mean distance to the nodes is at most 3/(4 N)."));
        leaves = rounding.IsZero
            ? leaves
            : leaves.Add(Leaf("round", "math/03, A4", "rounding", "The hats add up to 1."));
        var domain = Box.Unit(n);
        var budget = new Budget("equivariant", "math/03, 7.2", Norm.Sup, SortedNodes.Bound(leaves))
        {
            Statement =
                $"A network that is exactly equivariant, each output within the bound of its function, in {@class}.",
            Rule = SortedNodes.Rule(leaves),
            Children = leaves,
            Conditions = function.Conditions,
            Instance = LemmaInstance.Deferred(() => First(network), f, domain),
        };
        var parameters = Assemble.Parameters(
            ("n", n), ("N", cells), ("M", @class.M), ("beta", @class.Beta), ("S", comparators.Depth),
            ("K", nodes.Length),
            ("largest", values.Select(BigRational.Abs).Max()), ("rounding", rounding));
        return new Built(network, budget.WithParameters(parameters), f, domain)
        {
            Sizes =
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("S + log2(pow2ceil(n)) + 3")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse("n*(4*n*S + 6*n*N + 4*n + (12*n - 6)*K)")),
                new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Parse("max(N, largest)")),
            ],
        };
    }

    // The permutations of the coordinates 2 … n.
    private static GroupAction FixingFirst(int n)
    {
        var rest = n == 2 ? [] : Groups.Parse($"S{n - 1}", n - 1).Points;
        return rest.IsDefaultOrEmpty
            ? new GroupAction("S1", n, [], 1)
            : GroupAction.OfPermutations(
                $"permutations of x2 … x{n}", [.. rest.Select(g => g.Select(i => i + 1).Prepend(0).ToImmutableArray())],
                1, null);
    }

    private static ReluNetwork First(ReluNetwork network)
    {
        var net = new NetworkBuilder(network.InputDimension);
        return net.BuildScalar(net.Append(network, net.Inputs)[0]);
    }

    private static Budget Leaf(string lemma, string source, string bound, string statement) =>
        Budget.Leaf(lemma, source, Norm.Sup, Expr.Parse(bound)) with { Statement = statement };
}
