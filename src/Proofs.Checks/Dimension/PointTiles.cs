using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Dimension;

// Idea   Points lie in tiles of 64 with one coordinate after another, so that eight points fit two vectors. Squares are
//        added up a few coordinates at a time, and eight points are dropped as soon as none of them can lie within a
//        bound.

/// <summary>Squared distances from one point to many, eight at a time.</summary>
internal sealed class PointTiles
{
    public const int Lanes = 8; // points bounded together
    public const int TilePoints = 64;
    private const int Stride = 8; // coordinates between two looks at the bound

    private readonly int _dimension;
    private readonly double[] _tiles;

    // Tile after tile, in it coordinate after coordinate; what a last tile lacks is 0 and never looked at.
    public PointTiles(PointCloud cloud)
    {
        _dimension = cloud.Dimension;
        Count = (cloud.Count + TilePoints - 1) / TilePoints;
        _tiles = new double[(long)Count * TilePoints * _dimension];
        for (int i = 0; i < cloud.Count; i++)
        {
            var point = cloud[i];
            long start = (long)(i / TilePoints) * TilePoints * _dimension;
            for (int d = 0; d < _dimension; d++)
            {
                _tiles[start + (d * TilePoints) + (i % TilePoints)] = point[d];
            }
        }
    }

    public int Count { get; }

    /// <summary>Whether one of eight points lies below the bound; if so, all their squared distances from x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Squares(ReadOnlySpan<double> x, int tile, int group, double below, Span<double> squares)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double start = ref _tiles[(long)tile * TilePoints * _dimension];
        var bound = Vector256.Create(below);
        var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (int d = 0; d < _dimension;)
        {
            int end = Math.Min(_dimension, d + Stride);
            for (; d < end; d++)
            {
                var coordinate = Vector256.Create(Unsafe.Add(ref from, d));
                nuint at = (nuint)((d * TilePoints) + group);
                var a = Vector256.LoadUnsafe(ref start, at) - coordinate;
                var b = Vector256.LoadUnsafe(ref start, at + 4) - coordinate;
                low += a * a;
                high += b * b;
            }

            if (Vector256.GreaterThanOrEqualAll(Vector256.Min(low, high), bound))
            {
                return false;
            }
        }

        low.CopyTo(squares);
        high.CopyTo(squares[4..]);
        return true;
    }
}
