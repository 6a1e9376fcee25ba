using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

// Statement   Outside the strips |x_j − s_v| < δ/2 in the cells of the splits v the network is the sum of the trees;
//             the strips have volume at most δ Σ_v area(face of v); everywhere its values are between the sum of the
//             least and of the largest leaves. L = 3, and for each tree W = 2I + #{non-zero biases of layer 1}
//             + Σ_l (2 d_l + [r_l ≠ 1]) + #{l : c_l ≠ c̄}, and one more for the sum of the c̄ if it is not 0.
//                                                                                      [math/04, 4.6 and Lemma T3]
// Idea        σ_v = ρ(t + 1/2) − ρ(t − 1/2), t = (x_j − s_v)/δ, is the side of v outside its strip; a leaf fires where
//             all d_l sides of its path agree: u_l = ρ(Σ_right σ + Σ_left (1 − σ) − (d_l − 1)).

/// <summary>Sums of regression trees as networks.</summary>
public static class TreeTransfer
{
    /// <summary>The network of a sum of trees, its entries exact rationals.</summary>
    /// <param name="trees">The trees, on [0, 1]^D.</param>
    /// <param name="delta">δ > 0, the width of the strips.</param>
    /// <param name="scale">The map of the inputs onto [0, 1]^D.</param>
    /// <exception cref="ArgumentException">There is no tree, or none of them splits.</exception>
    public static ReluNetwork Build(IReadOnlyList<RegressionTree> trees, BigRational delta, InputScale scale)
    {
        if (trees.All(t => t is RegressionTree.Leaf))
        {
            throw new ArgumentException("The trees do not split; expected a model that depends on its inputs.");
        }

        var net = new NetworkBuilder(scale.Lower.Length);
        var inputs = scale.Apply(net);
        var coefficients = new List<BigRational>();
        var units = new List<Functional>();
        var bias = BigRational.Zero;
        foreach (var tree in trees)
        {
            var leaves = tree.Leaves().ToList();
            var middle = (leaves.Min() + leaves.Max()) / 2;
            bias += middle;
            if (tree is not RegressionTree.Split)
            {
                continue;
            }

            // depth first, left before right; a path is the terms of its argument
            var open = new Stack<(RegressionTree Node, ImmutableArray<(Functional Side, bool Right)> Path)>();
            open.Push((tree, []));
            while (open.TryPop(out var next))
            {
                if (next.Node is RegressionTree.Split s)
                {
                    var t = (inputs[s.Input] - s.Threshold) / delta;
                    var side = net.Rho(t + BigRational.Half) - net.Rho(t - BigRational.Half);
                    open.Push((s.Right, next.Path.Add((side, true))));
                    open.Push((s.Left, next.Path.Add((side, false))));
                    continue;
                }

                int rights = next.Path.Count(p => p.Right);
                var argument = Functional.Combine(
                    1, [.. next.Path.Select(p => p.Right ? BigRational.One : -BigRational.One)],
                    [.. next.Path.Select(p => p.Side)]) + (1 - (BigRational)rights);
                units.Add(net.Rho(argument));
                coefficients.Add(((RegressionTree.Leaf)next.Node).Value - middle);
            }
        }

        return net.BuildScalar(Functional.Combine(2, coefficients, units) + bias);
    }

    /// <summary>An upper bound of the volume of the strips, in units of the box.</summary>
    public static BigRational StripVolume(IReadOnlyList<RegressionTree> trees, BigRational delta, int dimension) =>
        delta * trees.Aggregate(BigRational.Zero, (sum, t) => sum + t.FaceArea(dimension));
}
