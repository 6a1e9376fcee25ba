using System.Numerics;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

// Statement   With N cells of side 1/m that cover the set, the mean of Y over the cell, clipped to [−M, M] and 0 on
//             empty cells, has
//             risk at most M² m^(−2β) + (2σ² + M²/e) N/n for β ≤ 1.                               [math/02, Theorem G1]

/// <summary>The mean of the values in each cell of a grid, its side chosen on the validation sample.</summary>
public static class CellMeans
{
    private const double Step = 1.25; // between one grid and the next
    private const int Patience = 4;

    /// <summary>The estimator for |f| ≤ M.</summary>
    /// <remarks>
    /// The grids have 1, 2, 3, … sides, each a quarter more than the one before, while there are two points to a cell,
    /// and until four in a row are a tenth worse than the best.
    /// </remarks>
    public static RegressionEstimator Estimator(double magnitude) => new("cell means", (sample, validation) =>
    {
        var best = new Grid(1, sample, magnitude);
        double least = best.Error(validation);
        int worse = 0;
        foreach (int side in Sides())
        {
            var grid = new Grid(side, sample, magnitude);
            if (2 * grid.Count > sample.Count || worse == Patience)
            {
                break;
            }

            double error = grid.Error(validation);
            (best, worse) = (error < least ? grid : best, error > 1.1 * least ? worse + 1 : 0);
            least = Math.Min(error, least);
        }

        return best.Predict;
    });

    private static IEnumerable<int> Sides()
    {
        for (double side = 2; side < 1 << 20; side = Math.Max(side + 1, side * Step))
        {
            yield return (int)side;
        }
    }

    // The means of the cells that hold a point, in a table with open addresses: an entry's key is 0 where it is free.
    private sealed class Grid
    {
        private readonly int _side;
        private readonly ulong[] _keys;
        private readonly double[] _values;

        public Grid(int side, Sample sample, double magnitude)
        {
            _side = side;
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * sample.Count));
            (_keys, _values) = (new ulong[size], new double[size]);
            int[] counts = new int[size];
            for (int i = 0; i < sample.Count; i++)
            {
                ulong key = Key(sample.Points[i]);
                int at = Find(key);
                Count += _keys[at] == 0 ? 1 : 0;
                _keys[at] = key;
                _values[at] += sample.Values[i];
                counts[at]++;
            }

            for (int at = 0; at < size; at++)
            {
                _values[at] = counts[at] == 0 ? 0 : Math.Clamp(_values[at] / counts[at], -magnitude, magnitude);
            }
        }

        public int Count { get; }

        public double[] Predict(PointCloud points)
        {
            double[] values = new double[points.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = _values[Find(Key(points[i]))];
            }

            return values;
        }

        public double Error(Sample sample) => RegressionEstimator.SquaredError(Predict(sample.Points), sample);

        // The entry of a key, or the free one where it would stand.
        private int Find(ulong key)
        {
            int mask = _keys.Length - 1;
            int at = (int)((key * 0x9E3779B97F4A7C15) >> 32) & mask;
            while (_keys[at] != 0 && _keys[at] != key)
            {
                at = (at + 1) & mask;
            }

            return at;
        }

        // One more than the index of the cell, exact where D indices fit 63 bits; else mixed, and two cells meet with
        // probability 2^(−63).
        private ulong Key(ReadOnlySpan<double> point)
        {
            bool fits = point.Length * (BitOperations.Log2((uint)_side) + 1) <= 63;
            ulong key = 0;
            foreach (double x in point)
            {
                ulong index = (ulong)Math.Clamp((long)(_side * x), 0, _side - 1);
                key = fits ? (key * (ulong)_side) + index : new SplitMix64(key ^ index).Next() >> 1;
            }

            return key + 1;
        }
    }
}
