using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Invariance;

// Statement   For f on n points with p features, invariant under S_n, |f| ≤ M, |f(x) − f(y)| ≤ M ‖x − y‖^β, β ≤ 1, r =
//             1/(2N), a = β M r^(β−1): Φ(x) = min over multisets mu of n centres of the N^p cells of f(mu) + a
//             delta_mu(x), less β M r^β, is exactly invariant and sup |Φ − f| ≤ M r^β; K = binom(N^p + n − 1, n)
//             multisets. delta_mu is the
//             bottleneck distance, the sup norm of sorted points for p = 1.                        [math/03, Theorem C]
// Idea        The inf-convolution of f with a multiple of the quotient metric, sampled at one centre per orbit of
//             cells.

/// <summary>Invariant functions of points with features as networks, by inf-convolution.</summary>
public static class InfConvolution
{
    /// <summary>The network for f on the grid with N cells a side.</summary>
    /// <param name="points">n.</param>
    /// <param name="features">p.</param>
    /// <param name="class">H(β, n p, M) with β at most 1.</param>
    /// <param name="f">f in the variables <see cref="Inputs"/> names, the features of a point next to each
    /// other.</param>
    /// <param name="cells">N.</param>
    /// <param name="family">The sorter, for p = 1.</param>
    /// <param name="round">Whether numbers are rounded to binary64 numbers: yes, no, or auto where they are
    /// none.</param>
    /// <exception cref="ArgumentException">f is shown not to be invariant or not in the class, β is above 1, or there
    /// are too many multisets.</exception>
    public static Built Build(
        int points, int features, HolderClass @class, Expr f, int cells, SorterFamily family = SorterFamily.Merge,
        string round = "auto")
    {
        int n = points, p = features;
        SortedNodes.CheckRough(@class);
        if (n < 2 || p < 1 || cells < 1 || @class.Dimension != n * p)
        {
            throw new ArgumentException(
                $"n = {n}, p = {p}, N = {cells}, dimension {@class.Dimension}; "
                    + "expected n ≥ 2, p ≥ 1, N ≥ 1 and n p variables.");
        }

        var cubes = BigRational.Pow(cells, p);
        var subsets = p > 1 ? n * BigRational.PowerOfTwo(n - 1) : 1;
        SortedNodes.CheckCount(
            cubes <= SortedNodes.MostNodes ? ExactIntegers.Binomial(cubes + n - 1, n) * subsets : null,
            "multisets of centres and subsets of them");
        var function = SymmetricFunction.Of(f, @class, Groups.Parse(p == 1 ? $"S{n}" : $"S{n} on {n}x{p}", n * p));
        BigRational[][] centres = [
            .. KuhnInterpolant.Nodes(p, cells - 1)
            .Select(c => c.Select(j => new BigRational((2 * j) + 1, 2 * cells)).ToArray())];
        ImmutableArray<int[]> multisets = [.. SortedNodes.Ascending(n, 0, centres.Length - 1)];
        var (values, rounding) =
            function.Stored(multisets.Select(mu => mu.SelectMany(c => centres[c]).ToArray()), round);
        var slope =
            Slope.Of(@class, cells, isRounded: round == "yes" || (round == "auto" && !Binary64.IsExact(@class.M)));

        var net = new NetworkBuilder(n * p);
        var comparators = Sorter.Comparators(family, n);
        var distances = p == 1
            ? Sorted(net, Sorter.Append(net, net.Inputs, comparators), centres, multisets)
            : Bottleneck(net, p, centres, multisets);
        var least = values.Min();
        Functional[] terms = [.. distances.Zip(values, (d, v) => (slope.A * d) + (v - least))];
        var network = net.BuildScalar(Maximum.AppendMinimumNonNegative(net, terms) + (least - slope.Shift));
        return Assembled(
            network, function, points, features, cells, p == 1 ? comparators : null, slope, values, rounding);
    }

    // max_i |z_i − c_i| for sorted z and c descending, one unit each for ρ(±(z_i − c)).
    private static Functional[] Sorted(
        NetworkBuilder net, IReadOnlyList<Functional> z, BigRational[][] centres, ImmutableArray<int[]> multisets)
    {
        Functional[][] away = [.. z.Select(t => centres.Select(c => net.Rho(t - c[0]) + net.Rho(c[0] - t)).ToArray())];
        return [.. multisets.Select(
            mu => Maximum.AppendNonNegative(net, [.. mu.Reverse().Select((c, i) => away[i][c])]))];
    }

    // The bottleneck distance by subsets: D(S) = min over j in S of max(D(S less j), ‖x_|S| − c_j‖).     [math/03, 6.2]
    private static Functional[] Bottleneck(
        NetworkBuilder net, int p, BigRational[][] centres, ImmutableArray<int[]> multisets)
    {
        int n = net.Inputs.Length / p;
        BigRational[] sides = [.. centres.Select(c => c[0]).Distinct()];
        var away = net.Inputs.Select(x => sides.ToDictionary(c => c, c => net.Rho(x - c) + net.Rho(c - x))).ToArray();
        Functional[][] distance = [.. Enumerable.Range(0, n).Select(t => centres.Select(c => Maximum.AppendNonNegative(
            net, [.. c.Select((side, q) => away[(t * p) + q][side])])).ToArray())];
        var found = multisets.Select(
            mu => mu.Select((c, j) => KeyValuePair.Create(1 << j, distance[0][c])).ToDictionary()).ToArray();
        for (int t = 1; t < n; t++)
        {
            int layer = found[0].First().Value.Layer;
            Functional[] waiting = [.. distance[t].Select(d => net.Carry(d, layer))];
            for (int m = 0; m < found.Length; m++)
            {
                found[m] = Enumerable.Range(1, (1 << n) - 1)
                    .Where(s => System.Numerics.BitOperations.PopCount((uint)s) == t + 1)
                    .ToDictionary(s => s, s => Maximum.AppendMinimumNonNegative(net, [.. Enumerable.Range(0, n)
                        .Where(j => (s >> j) % 2 == 1)
                        .Select(j =>
                            Maximum.AppendNonNegative(net, [found[m][s & ~(1 << j)], waiting[multisets[m][j]]]))]));
            }
        }

        return [.. found.Select(d => d[(1 << n) - 1])];
    }

    // a = β M r^(β−1), stored no smaller, and the shift β M r^β; slack bounds what both are off, times r for a.
    private sealed record Slope(BigRational A, BigRational Shift, BigRational Slack)
    {
        public static Slope Of(HolderClass @class, int cells, bool isRounded)
        {
            BigRational r = new(1, 2 * cells);
            if (@class.Beta == BigRational.One && !isRounded)
            {
                return new(@class.M, @class.M * r, BigRational.Zero);
            }

            var values = Assemble.Parameters(("beta", @class.Beta), ("M", @class.M), ("r", r));
            var slope = Assemble.Enclose(Expr.Parse("beta*M*r^(beta - 1)"), values);
            var shift = Assemble.Enclose(Expr.Parse("beta*M*r^beta"), values);
            var unit =
                BigRational.PowerOfTwo(HolderChoice.CeilingLog2(BigRational.Max(@class.M, BigRational.One)) - 52);
            BigRational a = Binary64.Exact(slope.Sup), low = Binary64.Exact(shift.Inf),
                high = Binary64.Exact(shift.Sup);
            var stored = ((low + high) / (2 * unit)).RoundHalfUp() * unit;
            return new(a, stored, (r * (a - Binary64.Exact(slope.Inf))) + BigRational.Max(high - stored, stored - low));
        }
    }

    private static Built Assembled(
        ReluNetwork network,
        SymmetricFunction function,
        int n,
        int p,
        int cells,
        ComparatorNetwork? comparators,
        Slope slope,
        ImmutableArray<BigRational> values,
        BigRational rounding)
    {
        var leaves = ImmutableArray.Create(
            Leaf("assignment", comparators is null ? "math/03, 6.2" : "math/03, 1.2", Expr.Zero,
                "The distance of orbits, by subsets or by sorting."),
            Leaf("covering", "math/03, 9.2", Expr.Zero, "Every orbit is within r = 1/(2 N) of a centre."),
            Leaf("envelope", "math/03, Theorem C", Expr.Parse("M*(2*N)^(-beta)"),
                "The error lies in [-M r^beta, M r^beta]: (1 + beta) - beta above, (1 - beta) + beta below."));
        leaves = (rounding + slope.Slack).IsZero ? leaves : leaves.Add(Leaf(
            "round", "math/03, C4 and C5", Expr.Variable("rounding"),
            "Values of f, the slope and the shift as they are stored."));
        int stages = Enumerable.Range(2, n - 1).Sum(t => 1 + Levels(t));
        var parameters = Assemble.Parameters(
            ("n", n), ("p", p), ("N", cells), ("M", function.Class.M), ("beta", function.Class.Beta),
            ("K", values.Length),
            ("S", comparators?.Depth ?? stages), ("a", slope.A), ("rounding", rounding + slope.Slack),
            ("largest", values.Select(BigRational.Abs).Max()), ("shift", slope.Shift));
        var domain = Box.Unit(n * p);
        var budget = new Budget("inf_convolution", "math/03, Theorem C", Norm.Sup, SortedNodes.Bound(leaves))
        {
            Statement =
                "A network that is exactly invariant, within the bound of f, "
                    + $"for every invariant f in {function.Class}.",
            Rule = SortedNodes.Rule(leaves),
            Children = leaves,
            Conditions = function.Conditions,
            Instance = new LemmaInstance(network, function.Formula, domain, region: null),
        };
        return new Built(network, budget.WithParameters(parameters), function.Formula, domain)
        {
            Sizes =
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse(comparators is null
                    ? "2 + log2(pow2ceil(p)) + S + log2(pow2ceil(K))"
                    : "S + log2(pow2ceil(n)) + log2(pow2ceil(K)) + 2")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse(comparators is null
                    ? "6*n*p*N + 7*(p - 1)*n*N^p + 2*n*N^p*S + K*(13*n*2^(n - 1) + 8) + 3"
                    : "4*n*S + 6*n*N + 3 + (7*n + 1)*K")),
                new(SizeQuantity.Magnitude, RelationKind.LessOrEqual, Expr.Parse("max(1, a, 2*largest + shift)")),
            ],
        };
    }

    private static Budget Leaf(string lemma, string source, Expr bound, string statement) =>
        Budget.Leaf(lemma, source, Norm.Sup, bound) with { Statement = statement };

    private static int Levels(int count) => HolderChoice.CeilingLog2(count);
}
