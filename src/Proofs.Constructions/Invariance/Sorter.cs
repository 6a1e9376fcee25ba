using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Invariance;

// Statement   A correct comparator network with S stages, C comparators and A wires touched in neighbouring stages
//             gives a ReLU network that equals Sort (descending) on [0, ∞)^n, with L = S + 1, W = n(S + 1) + 4C + A, B
//             = 1, all
//             biases 0, width max_s (n + C_s).                                                     [math/03, 2.2]
// Idea        For a, b ≥ 0, with h = ρ(a − b): max(a, b) = h + ρ(b), min(a, b) = ρ(a) − h. A wire at rest is one unit
//             ρ(a).

/// <summary>The families of comparator networks that sort.</summary>
public enum SorterFamily
{
    /// <summary>Odd-even transposition: n stages.</summary>
    OddEven,

    /// <summary>Batcher's odd-even merge: k(k + 1)/2 stages for n = 2^k.</summary>
    Merge,

    /// <summary>Bitonic, flip form: as many stages, more comparators.</summary>
    Bitonic,
}

/// <summary>Sorting as a network.</summary>
public static class Sorter
{
    /// <summary>The comparators of a family.</summary>
    public static ComparatorNetwork Comparators(SorterFamily family, int n) => family switch
    {
        SorterFamily.OddEven => ComparatorNetwork.OddEvenTransposition(n),
        SorterFamily.Merge => ComparatorNetwork.OddEvenMerge(n),
        _ => ComparatorNetwork.BitonicFlip(n),
    };

    /// <summary>W = n(S + 1) + 4C + A, the weights of the sorter of n numbers.</summary>
    internal static int Weights(ComparatorNetwork comparators, int n) =>
        (n * (comparators.Depth + 1)) + (4 * comparators.Count) + comparators.Adjacent;

    /// <summary>The wires after all comparators.</summary>
    /// <remarks>Domain: right only for values ≥ 0.</remarks>
    public static IReadOnlyList<Functional> Append(
        NetworkBuilder net, IReadOnlyList<Functional> values, ComparatorNetwork comparators)
    {
        Functional[] wires = [.. values];
        foreach (var stage in comparators.Stages)
        {
            Functional[] next = new Functional[wires.Length];
            foreach (var (i, j) in stage)
            {
                Functional h = net.Rho(wires[i] - wires[j]), first = net.Rho(wires[i]), second = net.Rho(wires[j]);
                (next[i], next[j]) = (h + second, first - h);
            }

            for (int i = 0; i < wires.Length; i++)
            {
                next[i] ??= net.Rho(wires[i]);
            }

            wires = next;
        }

        return wires;
    }

    /// <summary>The network of a list of comparators, one output a wire.</summary>
    public static ReluNetwork Network(ComparatorNetwork comparators)
    {
        var net = new NetworkBuilder(comparators.Wires);
        return net.Build(Append(net, net.Inputs, comparators));
    }

    /// <summary>
    /// The sorter of n numbers with its claims on [0,1]^n; it is right on [0, ∞)^n. The target is its first output, the
    /// maximum.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 2.</exception>
    public static Built Build(int n, SorterFamily family)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var comparators = Comparators(family, n);
        return Assemble.Exact(
            "sorter",
            "math/03, 2.2",
            Network(comparators),
            $"max({string.Join(", ", Inputs.Names(n))})",
            Box.Unit(n),
            Assemble.Parameters(
                ("n", n), ("S", comparators.Depth), ("C", comparators.Count), ("A", comparators.Adjacent),
                ("width", comparators.Width)),
            SizeStatement.Exactly("S + 1", "n*(S + 1) + 4*C + A", "width", "1"));
    }
}
