using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Statement   For f in H(β, n, M), β = q + s > 1, invariant under S_n: H ∘ Sort, H the network of math/00 with every
//             sum over the grid restricted to sorted nodes, is exactly invariant on [0, ∞)^n and has the error bound of
//             math/00, 7.6;
//             L = S + 1 + L_H, W = W_sort + W_H with (N + 1)^n replaced by binom(N + n, n), B = max(B_H, 1). [math/03,
//             Theorem B]
// Idea        As for rough functions: the dropped hats vanish on sorted points, and the sorted ones add up to 1 there.

/// <summary>Smooth invariant functions as networks: local Taylor polynomials at sorted nodes behind a sorter.</summary>
public static class InvariantHolder
{
    /// <summary>The network of f with its budget.</summary>
    /// <param name="class">H(β, n, M) with β above 1.</param>
    /// <param name="f">f in the variables <see cref="Inputs"/> names.</param>
    /// <param name="choice">The integers N, r, p and R.</param>
    /// <param name="family">The sorter.</param>
    /// <exception cref="ArgumentException">f is shown not to be invariant or not in the class, β is at most 1, or there
    /// are too many nodes.</exception>
    public static Built Build(HolderClass @class, Expr f, HolderChoice choice, SorterFamily family = SorterFamily.Merge)
    {
        int n = @class.Dimension;
        if (@class.Q == 0 || n < 2)
        {
            throw new ArgumentException(
                $"beta = {@class.Beta}, n = {n}; expected beta above 1 (invariant-interpolant takes others) and "
                    + "n at least 2.");
        }

        SortedNodes.CheckCount(
            choice.N < int.MaxValue ? ExactIntegers.Binomial(choice.N + n, n) : null, "sorted nodes");
        var names = Inputs.Names(n);
        var function = SymmetricFunction.Of(f, @class, Groups.Parse($"S{n}", n));
        var comparators = Sorter.Comparators(family, n);
        var net = new NetworkBuilder(n);
        Functional[] sorted = [.. Sorter.Append(net, net.Inputs, comparators).Select(net.Rho)];
        int[][] nodes = [.. SortedNodes.Descending(n, (int)choice.N)];
        var output =
            HolderApproximator.AppendAt(net, sorted, @class, TaylorSource.Of(f, names), choice, nodes, out int zeros);
        var network = net.BuildScalar(output);
        var inner = HolderBudget.Of(@class, choice, zeros);
        var domain = Box.Unit(n);
        var zero = ImmutableArray.Create(
            Budget.Leaf(
                "sort", "math/03, 2.2", Norm.Sup, Expr.Zero) with
            {
                Statement = "Comparators sort numbers that are not negative.",
            },
            Budget.Leaf(
                "sorted_nodes", "math/03, 8.1", Norm.Sup, Expr.Zero) with
            {
                Statement = "On sorted points the hats of other nodes vanish.",
            });
        var parameters = Assemble.Parameters(
            ("sorter", comparators.Depth),
            ("W_sort", Sorter.Weights(comparators, n)),
            ("K", nodes.Length));
        var budget = new Budget("invariant_holder", "math/03, Theorem B", Norm.Sup, inner.Bound)
        {
            Statement =
                $"A network that is exactly invariant, within the bound of f, for every invariant f in {@class}.",
            Allowance = inner.Allowance,
            Rule = Expr.Parse("sort + sorted_nodes + holder"),
            Children = [.. zero, inner],
            Conditions = function.Conditions,
            Instance = new LemmaInstance(network, f, domain, region: null),
        };
        budget = budget.WithParameters(parameters.AddRange(HolderBudget.Parameters(@class, choice, zeros)));
        return new Built(network, budget, f, domain)
        {
            Sizes =
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("sorter + 1 + T + r + 5 + Q*(r + 2)")),
                new(SizeQuantity.Size, RelationKind.Equal,
                    HolderSize.SizeFormula + Expr.Parse("W_sort - ((N + 1)^D - K)*(spike + P)")),
                new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Constant(HolderSize.Of(@class, choice).Magnitude)),
            ],
        };
    }
}
