using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>How cells are parted into classes in which no two touch.</summary>
public enum ClassRule
{
    /// <summary>In lexicographic order, the smallest class that no touching cell before has.</summary>
    Greedy,

    /// <summary>By the parities of the index: at most 2^D classes.</summary>
    Parity,

    /// <summary>
    /// By the index modulo 5, as in the paper: at most 5^D classes, whose cells lie four cells apart.
    /// </summary>
    ModuloFive,
}

/// <summary>Classes of cells such that touching cells (index distance 1) are in different ones.</summary>
/// <remarks>Source: math/02, 3.3.</remarks>
public static class CellClasses
{
    /// <summary>The class of every cell, in the order of the cells: numbers 0, 1, ….</summary>
    public static int[] Of(CellSet cells, ClassRule rule) => rule switch
    {
        ClassRule.Parity => Residues(cells, 2),
        ClassRule.ModuloFive => Residues(cells, 5),
        _ => Greedy(cells),
    };

    // Only classes that some cell has count, in the order in which they appear.
    private static int[] Residues(CellSet cells, int modulus)
    {
        var numbers = new Dictionary<UInt128, int>();
        // so that the number of residues is at most that of cells, below 2^127
        uint digits = (uint)Math.Min(modulus, cells.Side);
        return
        [
            .. cells.Indices().Select(i =>
            {
                var residue = i.Aggregate(UInt128.Zero, (p, j) => (p * digits) + (uint)(j % modulus));
                if (!numbers.TryGetValue(residue, out int number))
                {
                    numbers.Add(residue, number = numbers.Count);
                }

                return number;
            }),
        ];
    }

    private static int[] Greedy(CellSet cells)
    {
        int[][] all = [.. cells.Indices()];
        int[] classes = new int[all.Length];
        var before = Neighbours(cells, all);
        var taken = new HashSet<int>();
        for (int i = 0; i < all.Length; i++)
        {
            taken.Clear();
            foreach (int j in before(i))
            {
                _ = taken.Add(classes[j]);
            }

            while (taken.Contains(classes[i]))
            {
                classes[i]++;
            }
        }

        return classes;
    }

    // The touching cells that come before a cell: by its (3^D − 1)/2 earlier neighbours, or by looking at all cells.
    private static Func<int, IEnumerable<int>> Neighbours(CellSet cells, int[][] all)
    {
        int dimension = cells.Dimension;
        var cube = BigInteger.Pow(3, dimension);
        if (cube * dimension < 2 * (BigInteger)all.Length)
        {
            int around = (int)(cube / 2);
            var number = new Dictionary<UInt128, int>(all.Length);
            int[][] steps =
                [.. KuhnInterpolant.Nodes(dimension, 2).Take(around).Select(l => l.Select(c => c - 1).ToArray())];
            for (int i = 0; i < all.Length; i++)
            {
                number.Add(CellSet.Key(cells.Side, all[i]), i);
            }

            return i => Around(i);

            IEnumerable<int> Around(int i)
            {
                int[] index = new int[dimension];
                foreach (int[] step in steps)
                {
                    bool inside = true;
                    for (int d = 0; d < dimension && inside; d++)
                    {
                        index[d] = all[i][d] + step[d];
                        inside = index[d] >= 0 && index[d] < cells.Side;
                    }

                    if (inside && number.TryGetValue(CellSet.Key(cells.Side, index), out int j))
                    {
                        yield return j;
                    }
                }
            }
        }

        return i => Enumerable.Range(0, i).Where(j => Touch(all[i], all[j]));
    }

    private static bool Touch(int[] a, int[] b)
    {
        for (int d = 0; d < a.Length; d++)
        {
            if (Math.Abs(a[d] - b[d]) > 1)
            {
                return false;
            }
        }

        return true;
    }
}
