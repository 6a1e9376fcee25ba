using System.Numerics;
using Proofs.Constructions.Domains;

namespace Proofs.Constructions.IntrinsicDimension;

// The cells that boxes meet, each held once: an array of keys that is sorted, and rid of duplicates, whenever it is
// full.
internal sealed class CellCollector(int side, int dimension, string set)
{
    private UInt128[] _keys = new UInt128[1024];
    private int _count;

    /// <summary>
    /// Adds the cells floor(n lo) … max(floor(n lo), ceil(n hi) − 1), clipped to the grid, in each coordinate.
    /// </summary>
    /// <exception cref="ArgumentException">There are more cells than can be held.</exception>
    public void AddMeeting(Box box)
    {
        Span<int> first = stackalloc int[dimension], last = stackalloc int[dimension];
        int[] index = new int[dimension];
        var count = BigInteger.One;
        for (int d = 0; d < dimension; d++)
        {
            var low = (box.Lower[d] * side).Floor();
            first[d] = Clipped(low);
            last[d] = Clipped(BigInteger.Max(low, (box.Upper[d] * side).Ceiling() - 1));
            index[d] = first[d];
            count *= last[d] - first[d] + 1;
        }

        CellSet.CheckCount(count, set, side);
        while (true)
        {
            Add(CellSet.Key(side, index));
            int d = dimension - 1;
            while (d >= 0 && index[d] == last[d])
            {
                index[d] = first[d--];
            }

            if (d < 0)
            {
                return;
            }

            index[d]++;
        }
    }

    /// <summary>The cells; the collector is empty afterwards.</summary>
    public CellSet ToCells()
    {
        Compact();
        CellSet.CheckCount(_count, set, side);
        var cells = CellSet.FromSortedKeys(side, dimension, _keys, _count);
        (_keys, _count) = ([], 0);
        return cells;
    }

    /// <summary>Whether one cell contains the box.</summary>
    public bool IsInOne(Box box)
    {
        for (int d = 0; d < dimension; d++)
        {
            if ((box.Upper[d] * side).Ceiling() > (box.Lower[d] * side).Floor() + 1)
            {
                return false;
            }
        }

        return true;
    }

    private void Add(UInt128 key)
    {
        if (_count == _keys.Length)
        {
            Compact();
            CellSet.CheckCount(_count, set, side);
            if (_count > _keys.Length / 2)
            {
                Array.Resize(ref _keys, 2 * _keys.Length);
            }
        }

        _keys[_count++] = key;
    }

    private void Compact() => _count = CellSet.SortDistinct(_keys, _count);

    private int Clipped(BigInteger i) => i < 0 ? 0 : i >= side ? side - 1 : (int)i;
}
