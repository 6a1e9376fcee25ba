using Proofs.Checks.Papers;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Dimension;

/// <summary>Counts over scales, and the box-counting dimension.</summary>
/// <remarks>Source: math/02, section 6.</remarks>
public static class ScaleEstimators
{
    private const int Repetitions = 20;

    /// <summary>
    /// The number of half-open boxes of side 1/n in [0, 1]^D that hold a point; the last one is closed.
    /// </summary>
    public static int OccupiedBoxes(PointCloud cloud, int n) =>
        OccupiedBoxes(cloud, n, new double[cloud.Dimension], 1, new double[cloud.Dimension]);

    /// <summary>The slope of the least-squares line.</summary>
    public static double Slope(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double mx = x.Average(), my = y.Average(), above = 0, below = 0;
        for (int i = 0; i < x.Count; i++)
        {
            above += (x[i] - mx) * (y[i] - my);
            below += (x[i] - mx) * (x[i] - mx);
        }

        return above / below;
    }

    /// <summary>The pairs of points at most as far apart as each of the radii.</summary>
    public static long[] PairsWithin(PointCloud cloud, IReadOnlyList<double> radii)
    {
        long[] pairs = new long[radii.Count];
        for (int i = 0; i < cloud.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = Math.Sqrt(Square(cloud[i], cloud[j]));
                for (int r = 0; r < pairs.Length; r++)
                {
                    pairs[r] += distance <= radii[r] ? 1 : 0;
                }
            }
        }

        return pairs;
    }

    /// <summary>
    /// The slope of log N(n) over log n for n = 2, 4, 8, … up to a quarter of the points, averaged over random shifts
    /// of the grid.
    /// </summary>
    /// <remarks>
    /// Without an interval: what the slope misses of the dimension at these scales is no noise, and no repetition shows
    /// it.
    /// </remarks>
    public static DimensionEstimate BoxCounting(PointCloud cloud, SplitMix64 random)
    {
        const string Method = "box counting";
        double[] low = [.. cloud[0]], high = [.. cloud[0]];
        for (int i = 1; i < cloud.Count; i++)
        {
            for (int d = 0; d < low.Length; d++)
            {
                (low[d], high[d]) = (Math.Min(low[d], cloud[i][d]), Math.Max(high[d], cloud[i][d]));
            }
        }

        double side = low.Zip(high, (a, b) => b - a).Max();
        if (!(side > 0) || !double.IsFinite(side))
        {
            return DimensionEstimate.None(Method, "all points are one, or too far apart");
        }

        var slopes = new List<double>();
        var counts = new List<List<double>>(); // log N over the shifts, for n = 2, 4, 8, …
        int scales = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            double[] shift = [.. Enumerable.Range(0, cloud.Dimension).Select(_ => random.NextUnit())];
            var (x, y) = (new List<double>(), new List<double>());
            for (int n = 2; n <= 1 << 24; n *= 2)
            {
                int boxes = OccupiedBoxes(cloud, n, low, side, shift);
                if (boxes > cloud.Count / 4)
                {
                    break;
                }

                x.Add(Math.Log(n));
                y.Add(Math.Log(boxes));
                if (counts.Count < x.Count)
                {
                    counts.Add([]);
                }

                counts[x.Count - 1].Add(y[^1]);
            }

            if (x.Count >= 2)
            {
                slopes.Add(Slope(x, y));
                scales = Math.Max(scales, x.Count);
            }
        }

        if (slopes.Count < Repetitions)
        {
            return DimensionEstimate.None(
                Method, $"{cloud.Count} points fill two scales of boxes too thinly; more points are needed");
        }

        double[] means = [.. counts.Where(c => c.Count == Repetitions).Select(c => c.Average())];
        return new(
            Method, slopes.Average(), double.NaN, double.NaN,
            $"{scales} scales, mean of {Repetitions} shifts of the grid; no interval: such counts are biased")
        {
            Curve = [.. Enumerable.Range(0, means.Length - 1).Select(i =>
                new FigurePoint(side / Math.ScaleB(Math.Sqrt(2), i + 1), (means[i + 1] - means[i]) / Math.Log(2)))],
        };
    }

    private static int OccupiedBoxes(PointCloud cloud, int n, double[] low, double side, double[] shift)
    {
        var boxes = new HashSet<UInt128>();
        for (int i = 0; i < cloud.Count; i++)
        {
            // 128 bits of a hash of the index: a collision among 10^8 boxes has probability 10^-22
            ulong first = 0xcbf29ce484222325, second = 0x9E3779B97F4A7C15;
            for (int d = 0; d < cloud.Dimension; d++)
            {
                double scaled = n * (side == 1 && low[d] == 0 ? cloud[i][d] : (cloud[i][d] - low[d]) / side);
                long index = shift[d] == 0
                    ? Math.Min((long)Math.Floor(scaled), n - 1)
                    : (long)Math.Floor(scaled + shift[d]);
                first = Mixed(first ^ (ulong)index);
                second = Mixed(second + (ulong)index + 0x632BE59BD9B4E019);
            }

            _ = boxes.Add(new UInt128(first, second));
        }

        return boxes.Count;
    }

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    internal static double Square(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++)
        {
            sum += (x[d] - y[d]) * (x[d] - y[d]);
        }

        return sum;
    }
}
