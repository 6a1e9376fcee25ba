using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   τ(x) = ρ(1 − (1/δ) Σ_i (ρ(a_i − x_i) + ρ(x_i − b_i))) is 1 on the box Π [a_i, b_i], 0 where some x_i is
//             outside [a_i − δ, b_i + δ], in [0, 1]. L = 3, W = 4D + #{a_i ≠ 0} + #{b_i ≠ 0} + 2,
//             B = max(1, 1/δ, |a_i|, |b_i|). With the largest of the 2D units in place of the sum,
//             τ(x) = ρ(1 − dist_∞(x, box)/δ) and L = 3 + ceil(log2 2D).                                 [math/00, 3.5]

/// <summary>Trapezoidal bumps, 1 on a box and 0 a margin away from it, as networks.</summary>
public static class Plateau
{
    /// <summary>The bump with the sum of the distances, two layers on.</summary>
    public static Functional Append(NetworkBuilder net, IReadOnlyList<Functional> x, Box box, BigRational delta)
    {
        var distances = Distances(net, x, box, delta);
        BigRational[] slopes = [.. Enumerable.Repeat(-delta.Reciprocal(), distances.Length)];
        return net.Rho(Functional.Combine(distances[0].Layer, slopes, distances) + 1);
    }

    /// <summary>The bump with the largest distance, 2 + ceil(log2 2D) layers on.</summary>
    public static Functional AppendMinimum(NetworkBuilder net, IReadOnlyList<Functional> x, Box box, BigRational delta)
    {
        var largest = Maximum.AppendNonNegative(net, Distances(net, x, box, delta));
        return net.Rho(BigRational.One - (largest / delta));
    }

    /// <summary>The network of the bump with the sum, its claims on the box widened by 2δ.</summary>
    /// <exception cref="ArgumentException">δ is not positive, or the box has no side.</exception>
    public static Built Build(Box box, BigRational delta)
    {
        var net = new NetworkBuilder(box.Dimension);
        var network = net.BuildScalar(Append(net, net.Inputs, box, delta));
        int biases = box.Lower.Concat(box.Upper).Count(a => !a.IsZero);
        return Build(
            network, box, delta, "+", SizeStatement.Exactly("3", "4*D + biases + 2", "2*D", "max(1, 1/delta, reach)"),
            biases);
    }

    /// <summary>The network of ρ(1 − dist_∞(x, box)/δ), its claims on the box widened by 2δ.</summary>
    /// <exception cref="ArgumentException">δ is not positive, or the box has no side.</exception>
    public static Built BuildMinimum(Box box, BigRational delta)
    {
        var net = new NetworkBuilder(box.Dimension);
        var network = net.BuildScalar(AppendMinimum(net, net.Inputs, box, delta));
        int n = 2 * box.Dimension;
        int entries = n + box.Lower.Concat(box.Upper).Count(a => !a.IsZero)
            + Maximum.WeightsNonNegative(n) + Maximum.RootUnits(n);
        return Build(
            network,
            box,
            delta,
            ",",
            SizeStatement.Exactly("3 + log2(pow2ceil(2*D))", "biases + 2", "2*D", "max(1, 1/delta, reach)"),
            entries);
    }

    private static Functional[] Distances(NetworkBuilder net, IReadOnlyList<Functional> x, Box box, BigRational delta)
    {
        if (delta.Sign <= 0 || box.Dimension == 0 || x.Count != box.Dimension)
        {
            throw new ArgumentException(
                $"A bump with margin {delta} on {box} for {x.Count} inputs; "
                    + "expected a positive margin and one input a side.");
        }

        return [.. x.SelectMany((t, i) => (Functional[])[net.Rho(box.Lower[i] - t), net.Rho(t - box.Upper[i])])];
    }

    private static Built Build(
        ReluNetwork network,
        Box box,
        BigRational delta,
        string join,
        System.Collections.Immutable.ImmutableArray<SizeStatement> sizes,
        int biases)
    {
        string[] distances = [.. Inputs.Names(box.Dimension).SelectMany((x, i) => (string[])
            [$"max({Assemble.Text(box.Lower[i])} - {x}, 0)", $"max({x} - {Assemble.Text(box.Upper[i])}, 0)"])];
        string total = join == "+" ? string.Join(" + ", distances) : $"max({string.Join(", ", distances)})";
        return Assemble.Exact(
            "plateau",
            "math/00, 3.5",
            network,
            $"max(0, 1 - ({total})/{Assemble.Text(delta)})",
            new Box([.. box.Lower.Select(a => a - (2 * delta))], [.. box.Upper.Select(b => b + (2 * delta))]),
            Assemble.Parameters(
                ("D", box.Dimension),
                ("delta", delta),
                ("biases", biases),
                ("reach", box.Lower.Concat(box.Upper).Select(BigRational.Abs).Max())),
            sizes);
    }
}
