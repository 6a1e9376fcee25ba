using System.Collections.Immutable;

namespace Proofs.Kernel.Symmetry;

/// <summary>A comparator: the maximum goes to wire Upper, the minimum to wire Lower; Upper &lt; Lower as numbers.</summary>
public readonly record struct Comparator(int Upper, int Lower);

/// <summary>The 0-1 principle: comparators sort all real inputs if they sort all inputs of zeros and ones.</summary>
/// <remarks>
/// Comparators commute with non-decreasing maps. If an output had y_i &lt; y_(i+1), the map t ↦ [t ≥ y_(i+1)] would give an
/// input of zeros and ones that is not sorted.                                                      [math/03, 2.3]
/// </remarks>
public static class ZeroOnePrinciple
{
    /// <summary>The most wires.</summary>
    public const int MostWires = 20;

    /// <summary>A binary input that does not come out in descending order; null where all 2^wires do.</summary>
    /// <exception cref="ArgumentException">There are too many wires, or a comparator is none of the wires.</exception>
    public static ImmutableArray<int>? FindUnsorted(int wires, ImmutableArray<ImmutableArray<Comparator>> stages)
    {
        if (wires is < 1 or > MostWires)
        {
            throw new ArgumentException($"{wires} wires; expected from 1 to {MostWires}, whose binary inputs can be gone through.");
        }

        Comparator[] comparators = [.. stages.SelectMany(s => s)];
        if (comparators.Any(c => c.Upper < 0 || c.Upper >= c.Lower || c.Lower >= wires))
        {
            throw new ArgumentException($"A comparator is not on two of the wires 0 … {wires - 1}, the maximum first.");
        }

        for (int input = 0; input < 1 << wires; input++)
        {
            int values = input; // bit i is wire i
            foreach (var (upper, lower) in comparators)
            {
                int exchange = (values >> lower) & ~(values >> upper) & 1;
                values ^= (exchange << lower) | (exchange << upper);
            }

            if ((values & (values + 1)) != 0) // ones first: 2^k − 1
            {
                return [.. Enumerable.Range(0, wires).Select(i => (input >> i) & 1)];
            }
        }

        return null;
    }
}
