using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Statement   For f in H(β, n, M), β ≤ 1, invariant under S_n, Φ = (Σ over sorted k of f(k/N) φ_k) ∘ Sort is exactly
//             invariant on [0, ∞)^n and sup |Φ − f| ≤ M (3/(4N))^β, with K = binom(N + n, n) nodes, L = S + ceil(log2
//             n) + 3,
//             W = W_sort + (2N + 1) w_S + 2nN + K w_sp(n) + #{f(k/N) ≠ 0}, B = max(N, |f(k/N)|). [math/03, 8.1, 8.2,
//             Theorem A]
//             Behind quasi-sorting with N1 thresholds instead: L = ceil(log2 n) + 6 and M ((1 − 1/n)/N1)^β more.
//             [math/03, 4.3]
// Idea        On sorted points all hats of nodes that are not sorted vanish, so binom(N + n, n) of (N + 1)^n nodes are
//             enough.

/// <summary>
/// Invariant functions of n numbers as networks: hats on sorted nodes behind a sorter, or behind quasi-sorting.
/// </summary>
public static class InvariantInterpolant
{
    /// <summary>The network for f on the grid with N cells a side, behind a sorter.</summary>
    /// <param name="class">H(β, n, M) with β at most 1.</param>
    /// <param name="f">f in the variables <see cref="Inputs"/> names.</param>
    /// <param name="cells">N.</param>
    /// <param name="family">The sorter.</param>
    /// <param name="round">Whether values are rounded to binary64 numbers: yes, no, or auto where they are
    /// none.</param>
    /// <exception cref="ArgumentException">f is shown not to be invariant or not in the class, β is above 1, or there
    /// are too many nodes.</exception>
    public static Built Build(
        HolderClass @class, Expr f, int cells, SorterFamily family = SorterFamily.Merge, string round = "auto") =>
        Build(@class, f, cells, family, round, eps: null);

    /// <summary>The network for f within eps, N being the least that the theorem allows.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Build(HolderClass, Expr, int, SorterFamily, string)"/>, or
    /// eps is too small.</exception>
    public static Built BuildFor(
        HolderClass @class, Expr f, BigRational eps, SorterFamily family = SorterFamily.Merge, string round = "auto")
    {
        var share = BigRational.PowerOfTwo(-20) * eps; // rounding takes at most this share
        return Build(@class, f, SortedNodes.Grid(new BigRational(3, 4), @class, eps - share), family, round, eps);
    }

    /// <summary>The network for f behind quasi-sorting: its depth does not depend on N and N1.</summary>
    /// <param name="class">H(β, n, M) with β at most 1.</param>
    /// <param name="f">f in the variables <see cref="Inputs"/> names.</param>
    /// <param name="cells">N.</param>
    /// <param name="thresholds">N1.</param>
    /// <param name="round">Whether values are rounded to binary64 numbers: yes, no, or auto where they are
    /// none.</param>
    /// <exception cref="ArgumentException">As for
    /// <see cref="Build(HolderClass, Expr, int, SorterFamily, string)"/>.</exception>
    public static Built BuildPooled(HolderClass @class, Expr f, int cells, int thresholds, string round = "auto")
    {
        int n = @class.Dimension;
        var net = new NetworkBuilder(n);
        var head = Head.Of(@class, f, cells, round);
        Functional[] ranks = [.. QuasiSort.Append(net, net.Inputs, thresholds).Select(net.Rho)];
        var network = net.BuildScalar(head.Append(net, ranks));
        return Assemble(
            network, head,
            Parameters(head, n, cells).AddRange(Proofs.Constructions.Budgets.Assemble.Parameters(("N1", thresholds))),
            [
                Leaf("quasi_sort", "math/03, 4.2", "M*((1 - 1/n)/N1)^beta",
                    "The pooled ranks are within (1 - 1/n)/N1 of the sorted points."),
                .. head.Leaves(),
            ],
            "deep_sets",
            "math/03, 4.3",
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("log2(pow2ceil(n)) + 6")),
                new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse(
                    "n*(n + 1)*(2*N1 - 1) + (3*n - 2)*N1 + 2*(N + 1)*n + 2*n*N + K*spike + nonzero")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse(
                    "n*(n + 1)*(2*N1 - 1) + (3*n - 2)*N1 + 2*n + 6*n*N + (12*n - 6)*K")),
                new(SizeQuantity.Magnitude, RelationKind.LessOrEqual, Expr.Parse("max(N, N1, n - 1, largest)")),
            ],
            eps: null);
    }

    // The hats on sorted nodes with the values of f there.
    internal sealed record Head(
        SymmetricFunction F, int Cells, ImmutableArray<int[]> Nodes, ImmutableArray<BigRational> Values,
        BigRational Rounding)
    {
        public static Head Of(HolderClass @class, Expr f, int cells, string round)
        {
            int n = @class.Dimension;
            SortedNodes.CheckRough(@class);
            if (n < 2 || cells < 1)
            {
                throw new ArgumentException($"n = {n}, N = {cells}; expected n at least 2 and N at least 1.");
            }

            SortedNodes.CheckCount(ExactIntegers.Binomial(cells + n, n), "sorted nodes");
            var function = SymmetricFunction.Of(f, @class, Groups.Parse($"S{n}", n));
            ImmutableArray<int[]> nodes = [.. SortedNodes.Descending(n, cells)];
            var (values, rounding) =
                function.Stored(nodes.Select(k => k.Select(j => new BigRational(j, cells)).ToArray()), round);
            return new(function, cells, nodes, values, rounding);
        }

        public Functional Append(NetworkBuilder net, IReadOnlyList<Functional> sorted)
        {
            var spikes = KuhnInterpolant.AppendSpikesAt(net, sorted, Cells, Nodes);
            return Functional.Combine(spikes[0].Layer, Values, spikes);
        }

        public IEnumerable<Budget> Leaves()
        {
            yield return Leaf(
                "sorted_nodes", "math/03, 8.1", "0", "On sorted points the hats of nodes that are not sorted vanish.");
            yield return Leaf(
                "interpolation", "math/03, 8.2", "M*(3/(4*N))^beta",
                "The mean distance to the nodes is at most 3/(4 N).");
            if (!Rounding.IsZero)
            {
                yield return Leaf("round", "math/03, A4", "rounding", "The hats add up to 1.");
            }
        }
    }

    private static Built Build(
        HolderClass @class, Expr f, int cells, SorterFamily family, string round, BigRational? eps)
    {
        int n = @class.Dimension;
        var head = Head.Of(@class, f, cells, round);
        var comparators = Sorter.Comparators(family, n);
        var net = new NetworkBuilder(n);
        var sorted = Sorter.Append(net, net.Inputs, comparators);
        var network = net.BuildScalar(head.Append(net, sorted));
        int width = sorted.Sum(z => z.Count);
        var parameters = Parameters(head, n, cells).AddRange(Proofs.Constructions.Budgets.Assemble.Parameters(
            ("S", comparators.Depth), ("w_S", width),
            ("W_sort", Sorter.Weights(comparators, n))));
        return Assemble(network, head, parameters,
            [Leaf("sort", "math/03, 2.2", "0", "Comparators sort numbers that are not negative, by the 0-1 principle."),
                .. head.Leaves()],
            "invariant",
            "math/03, Theorem A",
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("S + log2(pow2ceil(n)) + 3")),
                new(SizeQuantity.Size, RelationKind.Equal,
                    Expr.Parse("W_sort - w_S + 2*(N + 1)*w_S + 2*n*N + K*spike + nonzero")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse("4*n*S + 6*n*N + 4*n + (12*n - 6)*K")),
                new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Parse("max(N, largest)")),
            ],
            eps);
    }

    private static Budget Leaf(string lemma, string source, string bound, string statement) =>
        Budget.Leaf(lemma, source, Norm.Sup, Expr.Parse(bound)) with { Statement = statement };

    private static ImmutableSortedDictionary<string, BigRational> Parameters(Head head, int n, int cells) =>
        Proofs.Constructions.Budgets.Assemble.Parameters(
        ("n", n),
        ("N", cells),
        ("M", head.F.Class.M),
        ("beta", head.F.Class.Beta),
        ("K", head.Nodes.Length),
        ("spike", KuhnInterpolant.SpikeWeights(n)),
        ("nonzero", head.Values.Count(v => !v.IsZero)),
        ("largest", head.Values.Select(BigRational.Abs).Max()),
        ("rounding", head.Rounding));

    private static Built Assemble(
        ReluNetwork network,
        Head head,
        ImmutableSortedDictionary<string, BigRational> parameters,
        ImmutableArray<Budget> leaves,
        string lemma,
        string source,
        ImmutableArray<SizeStatement> sizes,
        BigRational? eps)
    {
        var domain = Box.Unit(network.InputDimension);
        if (eps is { } accuracy)
        {
            parameters = parameters.Add("eps", accuracy);
            leaves = [.. leaves.Select(l => l.Lemma != "interpolation" ? l : l with
            {
                Allowance = Expr.Parse("eps - rounding"),
                Conditions = [SideCondition.OnParameters(Condition.Parse("N >= 3/4*(M/(eps - rounding))^(1/beta)"))],
            })];
        }

        var budget = new Budget(lemma, source, Norm.Sup, SortedNodes.Bound(leaves))
        {
            Statement =
                $"A network that is exactly invariant, within the bound of f, for every invariant f in {head.F.Class}.",
            Allowance = eps is null ? null : Expr.Variable("eps"),
            Rule = SortedNodes.Rule(leaves),
            Children = leaves,
            Conditions = head.F.Conditions,
            Instance = new LemmaInstance(network, head.F.Formula, domain, region: null),
        };
        return new Built(network, budget.WithParameters(parameters), head.F.Formula, domain) { Sizes = sizes };
    }
}
