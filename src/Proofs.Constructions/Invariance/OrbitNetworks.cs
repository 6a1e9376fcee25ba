using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Statement   For a finite group G of matrices: the mean of Ψ(g x) over G is invariant, with |G| (W(Ψ) − [b ≠ 0]) + [b
//             ≠ 0] entries where G permutes coordinates or changes signs and L(Ψ) ≥ 2; max over G of ⟨g x, c⟩ is
//             invariant; so is
//             min over G of ‖x − g c‖ where G does that.                                         [math/03, 5.1 and 6.1]
// Idea        Sums, maxima and minima over an orbit do not see where in the orbit one starts.

/// <summary>Networks that are invariant because they go through the whole group.</summary>
public static class OrbitNetworks
{
    /// <summary>The most elements of a group that are gone through.</summary>
    public const int MostElements = 5040;

    /// <summary>The mean of Ψ(g x) over the group, the output layer shared.</summary>
    /// <exception cref="ArgumentException">The group is too large or acts on another number of coordinates.</exception>
    public static ReluNetwork Mean(ReluNetwork network, GroupAction group)
    {
        var elements = Elements(group, network.InputDimension);
        var net = new NetworkBuilder(network.InputDimension);
        var share = new BigRational(1, elements.Length);
        return net.Build([.. elements
            .Select(g => net.Append(network, Moved(net, g)))
            .Aggregate((a, b) => [.. a.Zip(b, (s, t) => s + t)])
            .Select(y => share * y)]);
    }

    /// <summary>The mean over the group of the interpolant of an invariant function, with its claims.</summary>
    /// <param name="class">H(β, d, M) with β at most 1.</param>
    /// <param name="f">A formula that is invariant under the group.</param>
    /// <param name="group">The group, of permutations of the coordinates.</param>
    /// <param name="cells">N.</param>
    /// <param name="round">Whether values are rounded to binary64 numbers: yes, no, or auto where they are
    /// none.</param>
    /// <exception cref="ArgumentException">f is shown not to be invariant or not in the class, or the network is too
    /// large.</exception>
    public static Built BuildMean(HolderClass @class, Expr f, GroupAction group, int cells, string round = "auto")
    {
        int d = @class.Dimension;
        SortedNodes.CheckRough(@class);
        var elements = Elements(group, d);
        if (group.Generators.Any(g => !g.Preserves(Box.Unit(d))))
        {
            throw new ArgumentException(
                $"The group {group.Name} does not map [0,1]^{d} into itself; "
                    + "expected permutations of the coordinates.");
        }

        SortedNodes.CheckCount(BigRational.Pow(cells + 1, d) * elements.Length, "nodes, times the order of the group");
        var function = SymmetricFunction.Of(f, @class, group);
        var (values, rounding) = function.Stored(
            KuhnInterpolant.Nodes(d, cells).Select(k => k.Select(j => new BigRational(j, cells)).ToArray()), round);
        var interpolant = KuhnInterpolant.Build(d, cells, values).Network;
        var network = Mean(interpolant, group);
        var leaves = ImmutableArray.Create(
            Budget.Leaf(
                "interpolation", "math/03, 8.2", Norm.Sup,
                Expr.Parse("M*(3/(4*N))^beta")) with
            {
                Statement =
                    "The mean distance to the nodes is at most 3/(4 N)."
            },
            Budget.Leaf(
                "mean", "math/03, 5.1", Norm.Sup, Expr.Zero) with
            {
                Statement = "A mean over the group is no further from an invariant function.",
            });
        leaves = rounding.IsZero
            ? leaves
            : leaves.Add(Budget.Leaf("round", "math/03, A4", Norm.Sup, Expr.Variable("rounding")));
        var domain = Box.Unit(d);
        var budget = new Budget("mean_over_group", "math/03, 5.1", Norm.Sup, SortedNodes.Bound(leaves))
        {
            Statement = $"A network that is exactly invariant under {group.Name}, within the bound of f.",
            Rule = SortedNodes.Rule(leaves),
            Children = leaves,
            Conditions = function.Conditions,
            Instance = new LemmaInstance(network, f, domain, region: null),
        };
        var parameters = Assemble.Parameters(
            ("D", d), ("N", cells), ("M", @class.M), ("beta", @class.Beta), ("order", elements.Length),
            ("W_one", interpolant.Size), ("B_one", interpolant.Magnitude), ("rounding", rounding));
        return new Built(network, budget.WithParameters(parameters), f, domain)
        {
            Sizes =
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("log2(pow2ceil(D)) + 3")),
                new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse("order*W_one")),
                new(SizeQuantity.Magnitude, RelationKind.LessOrEqual, Expr.Parse("B_one")),
            ],
        };
    }

    /// <summary>max over the group of ⟨g x, c⟩, exact.</summary>
    /// <exception cref="ArgumentException">The group is too large, or c has another number of coordinates.</exception>
    public static Built BuildMaxFilter(GroupAction group, ImmutableArray<BigRational> template)
    {
        int d = template.Length;
        var elements = Elements(group, d);
        var net = new NetworkBuilder(d);
        Functional[] products = [.. elements
            .Select(g => Functional.Combine(0, template, Moved(net, g)))
            .Select(y => (Value: y, Key: Row(y, d)))
            .DistinctBy(y => y.Key, StringComparer.Ordinal)
            .Select(y => y.Value)];
        var names = Inputs.Names(d);
        var target = Expr.Apply(Function.Max, [.. elements.Select(g => Expr.Sum(g.Rows.Select((row, i) =>
            Expr.Sum(row.Weights.Select(e => template[i] * e.Value * Expr.Variable(names[e.Index])))))).Distinct()]);
        return Assemble.Exact(
            "max_filter",
            "math/03, 6.1",
            net.BuildScalar(Maximum.Append(net, products)),
            $"{target}",
            Domain(group, d),
            Assemble.Parameters(("D", d), ("order", elements.Length), ("K", products.Length)),
            [new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("log2(pow2ceil(K)) + 1"))]);
    }

    /// <summary>min over the group of the sup norm of x − g c, exact.</summary>
    /// <exception cref="ArgumentException">The group is too large or does more than permute and change signs, or c has
    /// another number of coordinates.</exception>
    public static Built BuildOrbitDistance(GroupAction group, ImmutableArray<BigRational> template)
    {
        int d = template.Length;
        var elements = Elements(group, d);
        if (group.Generators.Any(g => !g.IsMonomial))
        {
            throw new ArgumentException(
                $"The group {group.Name} is not one of permutations and changes of sign, which the sup norm needs.");
        }

        BigRational[][] orbit =
            [.. elements.Select(g => g.Apply(template)).DistinctBy(c => string.Join(' ', c), StringComparer.Ordinal)];
        var net = new NetworkBuilder(d);
        var away =
            net.Inputs.Select((x, i) =>
                orbit.Select(c => c[i]).Distinct().ToDictionary(c => c, c => net.Rho(x - c) + net.Rho(c - x)))
                    .ToArray();
        Functional[] distances =
            [.. orbit.Select(c => Maximum.AppendNonNegative(net, [.. c.Select((v, i) => away[i][v])]))];
        var names = Inputs.Names(d);
        var target = Expr.Apply(Function.Min, [.. orbit.Select(c => Expr.Apply(
            Function.Max, [.. c.Select((v, i) => Expr.Apply(Function.Abs, Expr.Variable(names[i]) - v))]))]);
        return Assemble.Exact(
            "orbit_distance",
            "math/03, 6.1",
            net.BuildScalar(Maximum.AppendMinimumNonNegative(net, distances)),
            $"{target}",
            Domain(group, d),
            Assemble.Parameters(("D", d), ("order", elements.Length), ("K", orbit.Length)),
            [new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("2 + log2(pow2ceil(D)) + log2(pow2ceil(K))"))]);
    }

    private static Box Domain(GroupAction group, int d) =>
        group.Generators.All(g => g.Preserves(Box.Unit(d))) ? Box.Unit(d) : Box.Cube(d, -1, 1);

    private static ImmutableArray<AffineMap> Elements(GroupAction group, int dimension)
    {
        if (group.Dimension != dimension)
        {
            throw new ArgumentException(
                $"The group {group.Name} acts on {group.Dimension} coordinates; expected {dimension}.");
        }

        if (group.Generators.IsEmpty)
        {
            return [SymmetryClaim.Identity(dimension)];
        }

        return group.Order <= MostElements && GroupClosure.Elements(group.Generators) is { } elements
            ? [.. elements]
            : throw new ArgumentException(
                $"The group {group.Name} has {group.Order?.ToString() ?? "too many"} elements; "
                    + $"expected at most {MostElements} to go through.");
    }

    // g x as functionals of the inputs.
    private static ImmutableArray<Functional> Moved(NetworkBuilder net, AffineMap g) =>
        [.. g.Rows.Select(r => Functional.Combine(
            0, [.. r.Weights.Select(e => e.Value)], [.. r.Weights.Select(e => net.Inputs[e.Index])]))];

    private static string Row(Functional y, int inputs)
    {
        var net = new NetworkBuilder(inputs);
        var map = net.BuildScalar(y).Layers[0];
        return string.Join(
            ' ', Enumerable.Range(0, map.Column.Length).Select(k => $"{map.Column[k]}:{map.WeightAt(k)}"));
    }
}
