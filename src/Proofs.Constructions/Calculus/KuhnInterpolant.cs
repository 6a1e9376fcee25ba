using System.Numerics;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   I_N[c](x) = Σ_l c_l φ_l(x) over l in {0 … N}^D with the spikes φ_l(x) = φ(N x − l),
//             φ(y) = ρ(1 − max(0, y_1, …, y_D) + min(0, y_1, …, y_D)): φ_l ≥ 0, Σ_l φ_l = 1 on [0, 1]^D, φ_l(l'/N) =
//             1{l = l'}, affine on each simplex of the Kuhn triangulation, exact in all of R^D.
//             L = ceil(log2 D) + 3, W = 2D(2N + 1) + (N + 1)^D w_sp(D) + #{c_l ≠ 0}, B = max(N, 1, |c|),
//             width 2D(N + 1)^D.                                                             [math/00, 5.2 and 5.3]
// Idea        max(0, y) and −min(0, y) = max(0, −y) are tournaments of the units ρ(±(N x_i − j)), which all spikes
//             share.

/// <summary>The piecewise-linear partition of unity on a grid, and interpolation with it, as networks.</summary>
public static class KuhnInterpolant
{
    /// <summary>
    /// The spikes φ_l for l in {0 … N}^D, the last coordinate fastest, as units ceil(log2 D) + 2 layers on.
    /// </summary>
    /// <exception cref="ArgumentException">There is no input, or N is below 1.</exception>
    public static Functional[] AppendSpikes(NetworkBuilder net, IReadOnlyList<Functional> x, int n) =>
        AppendSpikesAt(net, x, n, Nodes(x.Count, n));

    /// <summary>The spikes φ_l of the given nodes l, in their order, as units ceil(log2 D) + 2 layers on.</summary>
    /// <exception cref="ArgumentException">There is no input, or N is below 1.</exception>
    public static Functional[] AppendSpikesAt(
        NetworkBuilder net, IReadOnlyList<Functional> x, int n, IEnumerable<int[]> nodes)
    {
        if (x.Count == 0 || n < 1)
        {
            throw new ArgumentException(
                $"A grid with N = {n} in {x.Count} dimensions; expected N ≥ 1 and a dimension.");
        }

        // above[i][j] = ρ(N x_i − j), below[i][j] = ρ(j − N x_i)
        Functional[][] above = [.. x.Select(t => Units(j => (n * t) - j))];
        Functional[][] below = [.. x.Select(t => Units(j => j - (n * t)))];
        return [.. nodes.Select(l =>
        {
            var top = Maximum.AppendNonNegative(net, [.. l.Select((j, i) => above[i][j])]);
            var bottom = Maximum.AppendNonNegative(net, [.. l.Select((j, i) => below[i][j])]);
            return net.Rho(BigRational.One - top - bottom);
        })];

        Functional[] Units(Func<int, Functional> argument) =>
            [.. Enumerable.Range(0, n + 1).Select(j => net.Rho(argument(j)))];
    }

    /// <summary>The grid points l of {0 … N}^D, the last coordinate fastest.</summary>
    public static IEnumerable<int[]> Nodes(int dimension, int n)
    {
        int[] l = new int[dimension];
        while (true)
        {
            yield return [.. l];
            int i = dimension - 1;
            while (i >= 0 && l[i] == n)
            {
                l[i--] = 0;
            }

            if (i < 0)
            {
                yield break;
            }

            l[i]++;
        }
    }

    /// <summary>w_sp(D) = 2 wt(D) + 2 cr(D) + 1, the entries of one spike beyond the shared units.</summary>
    public static int SpikeWeights(int dimension) =>
        (2 * Maximum.WeightsNonNegative(dimension)) + (2 * Maximum.RootUnits(dimension)) + 1;

    /// <summary>The network of I_N[c] on [0, 1]^D; its target is the interpolant itself.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="n">N, the number of cells a side.</param>
    /// <param name="values">The values c_l, the last coordinate of l fastest.</param>
    /// <exception cref="ArgumentException">There are not (N + 1)^D values, or D or N is below 1.</exception>
    public static Built Build(int dimension, int n, IReadOnlyList<BigRational> values)
    {
        if (dimension < 1 || n < 1 || BigInteger.Pow(n + 1, dimension) != values.Count)
        {
            throw new ArgumentException(
                $"{values.Count} values for D = {dimension}, N = {n}; expected (N + 1)^D, both at least 1.");
        }

        var net = new NetworkBuilder(dimension);
        var spikes = AppendSpikes(net, net.Inputs, n);
        return Assemble.WithError(
            "interpolant",
            "math/00, 5.3",
            net.BuildScalar(Functional.Combine(spikes[0].Layer, values, spikes)),
            Target(dimension, n, values),
            Box.Unit(dimension),
            Assemble.Parameters(
                ("D", dimension),
                ("N", n),
                ("spike", SpikeWeights(dimension)),
                ("nonzero", values.Count(c => !c.IsZero)),
                ("largest", values.Select(BigRational.Abs).Max())),
            SizeStatement.Exactly(
                "log2(pow2ceil(D)) + 3",
                "2*D*(2*N + 1) + (N + 1)^D*spike + nonzero",
                "2*D*(N + 1)^D",
                "max(N, 1, largest)"),
            Expr.Zero,
            Expr.Zero);
    }

    // Σ c_l max(0, 1 − max(0, y) + min(0, y)) with y = N x − l.
    private static Expr Target(int dimension, int n, IReadOnlyList<BigRational> values)
    {
        Expr[] x = [.. Inputs.Names(dimension).Select(Expr.Variable)];
        return Expr.Sum(Nodes(dimension, n).Select((l, k) =>
        {
            Expr[] y = [.. x.Select((t, i) => (n * t) - l[i])];
            var top = Expr.Apply(Function.Max, [Expr.Zero, .. y]);
            var bottom = Expr.Apply(Function.Min, [Expr.Zero, .. y]);
            return values[k] * Expr.Apply(Function.Max, Expr.Zero, Expr.One - top + bottom);
        }));
    }
}
