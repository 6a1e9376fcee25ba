using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;

namespace Proofs.Constructions.Invariance;

/// <summary>
/// Stages of disjoint comparators on wires 0 … Wires − 1; comparator (i, j), i &lt; j, puts the maximum on wire i.
/// </summary>
public sealed record ComparatorNetwork(int Wires, ImmutableArray<ImmutableArray<Comparator>> Stages)
{
    /// <summary>S, the number of stages.</summary>
    public int Depth => Stages.Length;

    /// <summary>C, the number of comparators.</summary>
    public int Count => Stages.Sum(s => s.Length);

    /// <summary>A, the number of wires that are touched in a stage and in the one before it, over all stages.</summary>
    public int Adjacent => Stages.Zip(Stages.Skip(1), (a, b) => Touched(a).Intersect(Touched(b)).Count()).Sum();

    /// <summary>The most units of a hidden layer of the network: n and the comparators of a stage.</summary>
    public int Width => Stages.Select(s => Wires + s.Length).DefaultIfEmpty(0).Max();

    /// <summary>The wires after all stages.</summary>
    public BigRational[] Apply(IReadOnlyList<BigRational> values)
    {
        BigRational[] wires = [.. values];
        foreach (var (i, j) in Stages.SelectMany(s => s))
        {
            (wires[i], wires[j]) = (BigRational.Max(wires[i], wires[j]), BigRational.Min(wires[i], wires[j]));
        }

        return wires;
    }

    /// <summary>
    /// A binary input that is not sorted; null where all are, and then all real inputs are (0-1 principle).
    /// </summary>
    /// <remarks>Guarantee: exact. Cost: all 2^Wires binary inputs.</remarks>
    /// <exception cref="ArgumentException">There are more wires than can be gone through.</exception>
    public ImmutableArray<int>? FindUnsorted() => ZeroOnePrinciple.FindUnsorted(Wires, Stages);

    /// <summary>Odd-even transposition: stage s compares neighbours (i, i + 1) with i = s mod 2, i + 2, …</summary>
    /// <param name="n">The number of wires.</param>
    /// <param name="stages">How many stages; n sort.</param>
    public static ComparatorNetwork OddEvenTransposition(int n, int? stages = null) => Of(
        n, Enumerable.Range(0, stages ?? n)
            .Select(s => Enumerable.Range(0, n - 1).Where(i => i % 2 == s % 2).Select(i => new Comparator(i, i + 1))));

    /// <summary>
    /// Batcher's odd-even merge sort; for n that is no power of two, that of the next one less what touches further
    /// wires.
    /// </summary>
    public static ComparatorNetwork OddEvenMerge(int n)
    {
        int m = PowerAbove(n);
        var stages = new List<IEnumerable<Comparator>>();
        for (int p = 1; p < m; p *= 2)
        {
            for (int q = p; q >= 1; q /= 2)
            {
                stages.Add(MergeStage(m, p, q));
            }
        }

        return Of(n, stages);
    }

    /// <summary>
    /// The bitonic sorter in its flip form, in which all comparators point the same way, so that wires can be left out.
    /// </summary>
    public static ComparatorNetwork BitonicFlip(int n)
    {
        int m = PowerAbove(n);
        var stages = new List<IEnumerable<Comparator>>();
        for (int block = 2; block <= m; block *= 2)
        {
            int size = block;
            stages.Add(Enumerable.Range(0, m).Where(i => i % size < size / 2)
                .Select(i => new Comparator(i, (i / size * size) + size - 1 - (i % size))));
            for (int distance = block / 4; distance >= 1; distance /= 2)
            {
                int d = distance;
                stages.Add(Enumerable.Range(0, m).Where(i => i / d % 2 == 0).Select(i => new Comparator(i, i + d)));
            }
        }

        return Of(n, stages);
    }

    private static IEnumerable<Comparator> MergeStage(int m, int p, int q)
    {
        for (int j = q % p; j < m - q; j += 2 * q)
        {
            for (int i = 0; i < Math.Min(q, m - j - q); i++)
            {
                if ((i + j) / (2 * p) == (i + j + q) / (2 * p))
                {
                    yield return new Comparator(i + j, i + j + q);
                }
            }
        }
    }

    private static ComparatorNetwork Of(int n, IEnumerable<IEnumerable<Comparator>> stages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return new(n, [.. stages.Select(s => s.Where(c => c.Lower < n).ToImmutableArray()).Where(s => !s.IsEmpty)]);
    }

    private static int PowerAbove(int n)
    {
        int m = 1;
        while (m < n)
        {
            m *= 2;
        }

        return m;
    }

    private static IEnumerable<int> Touched(ImmutableArray<Comparator> stage) =>
        stage.SelectMany(c => new[] { c.Upper, c.Lower });
}
