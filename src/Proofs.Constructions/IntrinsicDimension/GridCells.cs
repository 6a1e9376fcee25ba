using System.Numerics;
using Proofs.Kernel;

namespace Proofs.Constructions.IntrinsicDimension;

// The cells whose union contains a box.
internal static class GridCells
{
    /// <summary>Adds the cells floor(n lo) … max(floor(n lo), ceil(n hi) − 1), clipped to the grid, in each coordinate.</summary>
    /// <exception cref="ArgumentException">There are more cells than can be held.</exception>
    public static void AddMeeting(HashSet<UInt128> cells, int n, Box box, string set)
    {
        int dimension = box.Dimension;
        Span<int> first = stackalloc int[dimension], last = stackalloc int[dimension];
        int[] index = new int[dimension];
        var count = BigInteger.One;
        for (int d = 0; d < dimension; d++)
        {
            var low = (box.Lower[d] * n).Floor();
            first[d] = Clipped(low, n);
            last[d] = Clipped(BigInteger.Max(low, (box.Upper[d] * n).Ceiling() - 1), n);
            index[d] = first[d];
            count *= last[d] - first[d] + 1;
        }

        CellSet.CheckCount(count, set, n);
        CellSet.CheckCount(cells.Count, set, n);
        while (true)
        {
            _ = cells.Add(CellSet.Key(n, index));
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

    /// <summary>Whether one cell contains the box.</summary>
    public static bool IsInOne(int n, Box box)
    {
        for (int d = 0; d < box.Dimension; d++)
        {
            if ((box.Upper[d] * n).Ceiling() > (box.Lower[d] * n).Floor() + 1)
            {
                return false;
            }
        }

        return true;
    }

    private static int Clipped(BigInteger i, int n) => i < 0 ? 0 : i >= n ? n - 1 : (int)i;
}
