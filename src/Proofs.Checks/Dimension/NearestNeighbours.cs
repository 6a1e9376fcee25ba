using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Dimension;

/// <summary>
/// Exact nearest neighbours in the Euclidean norm by comparing all pairs, in blocks and on several threads.
/// </summary>
/// <remarks>
/// Guarantee: the distances are those of binary64 arithmetic, squares added in the order of the coordinates.
/// </remarks>
public static class NearestNeighbours
{
    private const int QueryBlock = 256;

    /// <summary>The distances T_1 ≤ … ≤ T_k of every point to its k nearest other points.</summary>
    /// <remarks>Shape: n rows of k numbers. Cost: n² D operations at most.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1 or there are not more than k points.</exception>
    public static double[][] Distances(PointCloud cloud, int k, int jobs, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, cloud.Count);
        var tiles = new PointTiles(cloud);
        double[][] nearest = new double[cloud.Count][];
        int blocks = (cloud.Count + QueryBlock - 1) / QueryBlock;
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        _ = Parallel.For(0, blocks, options, block =>
        {
            int first = block * QueryBlock, last = Math.Min(cloud.Count, first + QueryBlock);
            for (int q = first; q < last; q++)
            {
                nearest[q] = new double[k];
                Array.Fill(nearest[q], double.PositiveInfinity);
            }

            // a tile stays in the cache for all queries of the block
            for (int tile = 0; tile < tiles.Count; tile++)
            {
                for (int q = first; q < last; q++)
                {
                    Compare(cloud, tiles, tile, q, nearest[q]);
                }
            }

            for (int q = first; q < last; q++)
            {
                for (int j = 0; j < k; j++)
                {
                    nearest[q][j] = Math.Sqrt(nearest[q][j]);
                }
            }
        });
        return nearest;
    }

    private static void Compare(PointCloud cloud, PointTiles tiles, int tile, int query, double[] nearest)
    {
        Span<double> squares = stackalloc double[PointTiles.Lanes];
        for (int group = 0; group < PointTiles.TilePoints; group += PointTiles.Lanes)
        {
            if (!tiles.Squares(cloud[query], tile, group, nearest[^1], squares))
            {
                continue;
            }

            for (int lane = 0; lane < PointTiles.Lanes; lane++)
            {
                int point = (tile * PointTiles.TilePoints) + group + lane;
                if (squares[lane] < nearest[^1] && point != query && point < cloud.Count)
                {
                    Insert(nearest, squares[lane]);
                }
            }
        }
    }

    private static void Insert(double[] nearest, double square)
    {
        int j = nearest.Length - 1;
        for (; j > 0 && nearest[j - 1] > square; j--)
        {
            nearest[j] = nearest[j - 1];
        }

        nearest[j] = square;
    }
}
