using System.Numerics;
using Proofs.Kernel.Networks;

namespace Proofs.Constructions.Invariance;

/// <summary>Counts orbits of colourings, and so cubes and balls that cover a quotient of [0,1]^d.</summary>
/// <remarks>
/// Burnside: N^c(g) colourings are fixed by g, which has c(g) cycles of coordinates, fixed points included; the orbits
/// are their mean.
/// For N = ceil(1/(2 eps)) that is the covering number of [0,1]^d / G in the metric min over g of the sup norm.
/// [math/03, 9.2]
/// </remarks>
public static class OrbitCount
{
    /// <summary>
    /// The orbits of {1 … N}^(n p) under the permutations of n points with p features, by the cycle index: binom(N^p +
    /// n − 1, n).
    /// </summary>
    public static BigInteger Symmetric(int points, int features, BigInteger colours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);

        // n Z_n = Σ_k a_k Z_(n−k) with a_k = N^p: the cycle index of S_n by the length k of the cycle of a given point.
        var a = BigInteger.Pow(colours, features);
        var index = new BigInteger[points + 1];
        index[0] = BigInteger.One;
        var sum = BigInteger.Zero;
        for (int n = 1; n <= points; n++)
        {
            sum += index[n - 1];
            index[n] = a * sum / n;
        }

        return index[points];
    }

    /// <summary>
    /// The closed cubes with side 1/N that meet the points x_1 ≥ … ≥ x_n: those with i_l ≤ i_j + 1 for j &lt; l.
    /// </summary>
    /// <remarks>Cost: n N² additions. Source: math/03, 9.1.</remarks>
    public static BigInteger ClosedCubes(int points, int cells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);

        // counts[k]: tuples so far whose smallest entry is k; the next entry is at most k + 1
        var counts = Enumerable.Repeat(BigInteger.One, cells).ToArray();
        for (int n = 1; n < points; n++)
        {
            var next = new BigInteger[cells];
            for (int k = 0; k < cells; k++)
            {
                for (int i = 0; i < cells && i <= k + 1; i++)
                {
                    next[int.Min(i, k)] += counts[k];
                }
            }

            counts = next;
        }

        return counts.Aggregate(BigInteger.Zero, (sum, c) => sum + c);
    }

    /// <summary>The orbits of {1 … N}^d under a group of permutations that can be listed.</summary>
    /// <exception cref="ArgumentException">The group changes signs or has more elements than are listed.</exception>
    public static BigInteger Of(GroupAction group, BigInteger colours)
    {
        var cycles = CycleCounts(group);
        return cycles.Aggregate(BigInteger.Zero, (sum, c) => sum + BigInteger.Pow(colours, c)) / cycles.Count;
    }

    /// <summary>For every element the number of its cycles on the coordinates, increasing.</summary>
    /// <exception cref="ArgumentException">The group changes signs or has more elements than are listed.</exception>
    public static IReadOnlyList<int> CycleCounts(GroupAction group)
    {
        if (group.Generators.IsEmpty)
        {
            return [group.Dimension];
        }

        if (group.Generators.Any(g => !g.IsMonomial || g.Map.Rows.Any(r => r.Weights[0].Value.Sign < 0)))
        {
            throw new ArgumentException($"The group {group.Name} does more than permute coordinates.", nameof(group));
        }

        var elements = GroupClosure.Elements(group.Generators) ?? throw new ArgumentException(
            $"The group {group.Name} has more than the {GroupClosure.MostElements} elements that are listed.",
            nameof(group));
        return [.. elements.Select(Cycles).Order()];
    }

    private static int Cycles(AffineMap map) => Permutation.CycleCount([.. map.Rows.Select(r => r.Weights[0].Index)]);
}
