using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Proofs.Constructions;

namespace Proofs.Checks.Dimension;

// Idea   Candidates lie in tiles of 64 points with one coordinate after another, so that eight points fit two vectors. A
//        query adds up squares a few coordinates at a time and drops eight points as soon as none can be among its nearest.

/// <summary>Exact nearest neighbours in the Euclidean norm by comparing all pairs, in blocks and on several threads.</summary>
/// <remarks>Guarantee: the distances are those of binary64 arithmetic, squares added in the order of the coordinates.</remarks>
public static class NearestNeighbours
{
    private const int Lanes = 8; // points bounded together
    private const int TilePoints = 64;
    private const int Stride = 8; // coordinates between two looks at the bound
    private const int QueryBlock = 256;

    /// <summary>The distances T_1 ≤ … ≤ T_k of every point to its k nearest other points.</summary>
    /// <remarks>Shape: n rows of k numbers. Cost: n² D operations at most.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1 or there are not more than k points.</exception>
    public static double[][] Distances(PointCloud cloud, int k, int jobs, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, cloud.Count);
        double[] tiles = Tiles(cloud);
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
            int tileCount = (cloud.Count + TilePoints - 1) / TilePoints;
            for (int tile = 0; tile < tileCount; tile++)
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

    private static void Compare(PointCloud cloud, double[] tiles, int tile, int query, double[] nearest)
    {
        int dimension = cloud.Dimension;
        ref double x = ref MemoryMarshal.GetReference(cloud[query]);
        ref double start = ref tiles[(long)tile * TilePoints * dimension];
        Span<double> squares = stackalloc double[Lanes];
        for (int group = 0; group < TilePoints; group += Lanes)
        {
            var bound = Vector256.Create(nearest[^1]);
            var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
            bool dropped = false;
            for (int d = 0; d < dimension && !dropped;)
            {
                int end = Math.Min(dimension, d + Stride);
                for (; d < end; d++)
                {
                    var coordinate = Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref x, d));
                    nuint at = (nuint)((d * TilePoints) + group);
                    var a = Vector256.LoadUnsafe(ref start, at) - coordinate;
                    var b = Vector256.LoadUnsafe(ref start, at + 4) - coordinate;
                    low += a * a;
                    high += b * b;
                }

                dropped = Vector256.GreaterThanOrEqualAll(Vector256.Min(low, high), bound);
            }

            if (dropped)
            {
                continue;
            }

            low.CopyTo(squares);
            high.CopyTo(squares[4..]);
            for (int lane = 0; lane < Lanes; lane++)
            {
                int point = (tile * TilePoints) + group + lane;
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

    // Tile after tile, in it coordinate after coordinate; what a last tile lacks is 0 and never looked at.
    private static double[] Tiles(PointCloud cloud)
    {
        int dimension = cloud.Dimension, count = (cloud.Count + TilePoints - 1) / TilePoints;
        double[] tiles = new double[(long)count * TilePoints * dimension];
        for (int i = 0; i < cloud.Count; i++)
        {
            var point = cloud[i];
            long start = (long)(i / TilePoints) * TilePoints * dimension;
            for (int d = 0; d < dimension; d++)
            {
                tiles[start + (d * TilePoints) + (i % TilePoints)] = point[d];
            }
        }

        return tiles;
    }
}
