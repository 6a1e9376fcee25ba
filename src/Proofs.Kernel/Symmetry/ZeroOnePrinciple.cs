using System.Collections.Immutable;
using System.Numerics;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// A comparator: the maximum goes to wire Upper, the minimum to wire Lower; Upper &lt; Lower as numbers.
/// </summary>
public readonly record struct Comparator(int Upper, int Lower);

/// <summary>
/// The 0-1 principle: what comparators do to all inputs of zeros and ones, they do to all real inputs.
/// </summary>
/// <remarks>
/// Comparators commute with non-decreasing maps, and so with the thresholds t ↦ [t ≥ c]. If two lists of comparators
/// agree on a wire for all zeros and ones, then [y ≥ c] = [z ≥ c] for the values y and z of that wire at every real
/// input and all c, so y = z. If they sort all zeros and ones, they sort all real inputs.                [math/03, 2.3]
/// </remarks>
public static class ZeroOnePrinciple
{
    /// <summary>The most wires: a wire has a table of 2^wires bits.</summary>
    public const int MostWires = 24;

    /// <summary>For every wire its value after the stages, as a bit for each input of zeros and ones.</summary>
    /// <param name="start">The coordinate with which each wire starts.</param>
    /// <param name="stages">The comparators.</param>
    /// <remarks>
    /// Shape: bit i of the number of an input is coordinate i; inputs count from 0 to 2^n − 1, n the number of wires,
    /// at least 64 of them.
    /// </remarks>
    /// <exception cref="ArgumentException">There are too many wires, or a comparator or a start is none of the
    /// wires.</exception>
    public static ImmutableArray<ImmutableArray<ulong>> Tables(
        IReadOnlyList<int> start, IEnumerable<ImmutableArray<Comparator>> stages)
    {
        int wires = start.Count;
        if (wires is < 1 or > MostWires)
        {
            throw new ArgumentException(
                $"{wires} wires; expected from 1 to {MostWires}, whose binary inputs can be gone through.");
        }

        if (start.Any(i => i < 0 || i >= wires))
        {
            throw new ArgumentException($"A wire starts with a coordinate that is none of 0 … {wires - 1}.");
        }

        ulong[][] tables = [.. start.Select(i => Coordinate(i, 1 << int.Max(0, wires - 6)))];
        foreach (var (upper, lower) in stages.SelectMany(s => s))
        {
            if (upper < 0 || upper >= lower || lower >= wires)
            {
                throw new ArgumentException(
                    $"A comparator is not on two of the wires 0 … {wires - 1}, the maximum first.");
            }

            ulong[] a = tables[upper], b = tables[lower];
            for (int k = 0; k < a.Length; k++)
            {
                (a[k], b[k]) = (a[k] | b[k], a[k] & b[k]);
            }
        }

        return [.. tables.Select(t => ImmutableArray.Create(t))];
    }

    /// <summary>A binary input that does not come out in descending order; null where all 2^wires do.</summary>
    /// <exception cref="ArgumentException">There are too many wires, or a comparator is none of the wires.</exception>
    public static ImmutableArray<int>? FindUnsorted(int wires, ImmutableArray<ImmutableArray<Comparator>> stages)
    {
        var tables = Tables([.. Enumerable.Range(0, wires)], stages);
        for (int i = 0; i + 1 < wires; i++)
        {
            for (int k = 0; k < tables[i].Length; k++)
            {
                if ((tables[i + 1][k] & ~tables[i][k]) is var wrong and not 0)
                {
                    int input = (64 * k) + BitOperations.TrailingZeroCount(wrong);
                    return [.. Enumerable.Range(0, wires).Select(j => (input >> j) & 1)];
                }
            }
        }

        return null;
    }

    // Bit number b of the table is bit i of b.
    private static ulong[] Coordinate(int i, int words)
    {
        const int Bits = 6; // of the number of a bit in its word
        ulong within = i >= Bits
            ? 0
            : Enumerable.Range(0, 64).Where(b => (b >> i) % 2 == 1).Aggregate(0UL, (sum, b) => sum | (1UL << b));
        ulong[] table = new ulong[words];
        for (int k = 0; k < words; k++)
        {
            table[k] = i < Bits ? within : ((k >> (i - Bits)) & 1) == 1 ? ulong.MaxValue : 0;
        }

        return table;
    }
}
