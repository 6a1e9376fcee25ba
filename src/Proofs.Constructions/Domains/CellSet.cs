using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Domains;

/// <summary>A set of closed cells Π [i_d/n, (i_d + 1)/n] of the grid n on [0, 1]^D, in lexicographic order.</summary>
/// <remarks>Cost: 16 bytes a cell; the cells themselves are made as they are asked for.</remarks>
public sealed class CellSet
{
    /// <summary>The most cells a set may have: two gigabytes of keys would not be far.</summary>
    public const long MostCells = 20_000_000;

    private readonly UInt128[] _keys;

    private CellSet(int side, int dimension, UInt128[] keys) => (Side, Dimension, _keys) = (side, dimension, keys);

    /// <summary>n, the number of cells along a side of the cube.</summary>
    public int Side { get; }

    /// <summary>D, the number of coordinates.</summary>
    public int Dimension { get; }

    /// <summary>N, the number of cells.</summary>
    public int Count => _keys.Length;

    /// <summary>The indices of the cells, in lexicographic order.</summary>
    /// <remarks>Shape: each D numbers in 0 … n − 1.</remarks>
    public IEnumerable<int[]> Indices() => _keys.Select(IndexOf);

    /// <summary>The cells as boxes, in the same order.</summary>
    public IEnumerable<Box> Boxes() => Indices().Select(i => new Box(
        [.. i.Select(j => new BigRational(j, Side))], [.. i.Select(j => new BigRational(j + 1, Side))]));

    /// <summary>Whether the cell of this index is in the set.</summary>
    public bool Contains(IReadOnlyList<int> index) =>
        index.All(j => j >= 0 && j < Side) && Array.BinarySearch(_keys, Key(Side, index)) >= 0;

    /// <summary>The cells of all the given sets.</summary>
    /// <exception cref="ArgumentException">There is no set, or they lie on different grids.</exception>
    public static CellSet Union(IReadOnlyList<CellSet> sets)
    {
        if (sets.Count == 0
            || sets.FirstOrDefault(s => (s.Side, s.Dimension) != (sets[0].Side, sets[0].Dimension)) is not null)
        {
            throw new ArgumentException(
                $"The sets lie on the grids {string.Join(", ", sets.Select(s => $"{s.Side}^{s.Dimension}"))}; "
                    + "expected one grid.");
        }

        CheckCount(sets.Sum(s => (long)s.Count), "a union", sets[0].Side);
        return sets.Count == 1
            ? sets[0]
            : FromKeys(sets[0].Side, sets[0].Dimension, [.. sets.SelectMany(s => s._keys)]);
    }

    /// <summary>The set of the cells with the given indices; the same cell may come several times.</summary>
    /// <exception cref="ArgumentException">An index is outside the grid, or n^D is above 2^127.</exception>
    public static CellSet Of(int side, int dimension, IEnumerable<IReadOnlyList<int>> indices)
    {
        CheckGrid(side, dimension);
        return FromKeys(side, dimension, [.. indices.Select(i => i.Count == dimension && i.All(j => j >= 0 && j < side)
            ? Key(side, i)
            : throw new ArgumentException(
                $"({string.Join(", ", i)}) is no cell of the grid {side} in dimension {dimension}."))]);
    }

    // The index as one number; linear in the index, and its order is the lexicographic one.
    internal static UInt128 Key(int side, IReadOnlyList<int> index)
    {
        UInt128 key = 0;
        for (int d = 0; d < index.Count; d++)
        {
            key = (key * (uint)side) + (uint)index[d];
        }

        return key;
    }

    // Takes the array over: it is sorted in place.
    internal static CellSet FromKeys(int side, int dimension, UInt128[] keys) =>
        FromSortedKeys(side, dimension, keys, SortDistinct(keys, keys.Length));

    internal static CellSet FromSortedKeys(int side, int dimension, UInt128[] keys, int count) =>
        new(side, dimension, count == keys.Length ? keys : keys[..count]);

    // Sorts the first keys in place and moves each to the front once; returns how many there are.
    internal static int SortDistinct(UInt128[] keys, int count)
    {
        Array.Sort(keys, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                keys[kept++] = keys[i];
            }
        }

        return kept;
    }

    internal static void CheckGrid(int side, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (side > 1 && (dimension > 127 || BigInteger.Pow(side, dimension) > BigInteger.One << 127))
        {
            throw new ArgumentException(
                $"The grid {side} in dimension {dimension} has {side}^{dimension} cells, more than 2^127; "
                    + "take a coarser grid.");
        }
    }

    internal static void CheckCount(BigInteger count, string set, int side)
    {
        if (count > MostCells)
        {
            throw new ArgumentException(
                $"The cover of {set} by cells of the grid {side} has {count} cells or more; "
                    + $"at most {MostCells} are held. Take a coarser grid.");
        }
    }

    private int[] IndexOf(UInt128 key)
    {
        int[] index = new int[Dimension];
        for (int d = Dimension - 1; d >= 0; d--)
        {
            (key, var digit) = UInt128.DivRem(key, (uint)Side);
            index[d] = (int)digit;
        }

        return index;
    }
}
