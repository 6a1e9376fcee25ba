using Proofs.Constructions;

namespace Proofs.Checks.Dimension;

/// <summary>Estimators from counts over scales: box counting and correlation dimension.</summary>
/// <remarks>Source: Grassberger, Procaccia 1983; math/02, section 6.</remarks>
public static class ScaleEstimators
{
    private const double Normal975 = 1.959963984540054;
    private const int Repetitions = 20;
    private const int MostPairPoints = 4000;

    /// <summary>The number of half-open boxes of side 1/n in [0, 1]^D that hold a point; the last one is closed.</summary>
    public static int OccupiedBoxes(PointCloud cloud, int n) => OccupiedBoxes(cloud, n, new double[cloud.Dimension], 1, new double[cloud.Dimension]);

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

    /// <summary>The slope of log N(n) over log n for n = 2, 4, 8, … up to a quarter of the points, averaged over random shifts of the grid.</summary>
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
            }

            if (x.Count >= 2)
            {
                slopes.Add(Slope(x, y));
                scales = Math.Max(scales, x.Count);
            }
        }

        if (slopes.Count < Repetitions)
        {
            return DimensionEstimate.None(Method, $"{cloud.Count} points fill two scales of boxes too thinly; more points are needed");
        }

        slopes.Sort();
        return new(Method, slopes.Average(), slopes[0], slopes[^1], $"{scales} scales; spread over {Repetitions} shifts of the grid");
    }

    /// <summary>The slope of log C(r) over log r where 0.1 % to 10 % of the pairs lie within r; intervals by halves of the points.</summary>
    /// <remarks>At most 4000 points count, chosen at random where there are more.</remarks>
    public static DimensionEstimate Correlation(PointCloud cloud, SplitMix64 random, int jobs, CancellationToken cancellation)
    {
        const string Method = "correlation";
        const int Scales = 8;
        if (cloud.Count > MostPairPoints)
        {
            cloud = cloud.Select(random.Sample(cloud.Count, MostPairPoints));
        }

        float[] squares = Squares(cloud, jobs, cancellation);
        float[] sorted = [.. squares];
        Array.Sort(sorted);
        double from = Math.Sqrt(sorted[sorted.Length / 1000]), to = Math.Sqrt(sorted[sorted.Length / 10]);
        if (!(from > 0) || !(to > from))
        {
            return DimensionEstimate.None(Method, $"{cloud.Count} points have too few different distances");
        }

        double[] radii = [.. Enumerable.Range(0, Scales).Select(i => from * Math.Pow(to / from, i / (Scales - 1.0)))];
        double[] logs = [.. radii.Select(r => Math.Log(r))];
        int[] everyone = [.. Enumerable.Range(0, cloud.Count)];
        double value = SlopeOf(everyone);

        // a half of the points, without replacement, is as variable given the whole as the whole is
        double[] halves = [.. Enumerable.Range(0, Repetitions).Select(_ => SlopeOf(random.Sample(cloud.Count, cloud.Count / 2)))];
        double mean = halves.Average(), spread = Math.Sqrt(halves.Sum(h => (h - mean) * (h - mean)) / (Repetitions - 1));
        return double.IsFinite(value) && double.IsFinite(spread)
            ? new(Method, value, value - (Normal975 * spread), value + (Normal975 * spread),
                FormattableString.Invariant($"r in [{from:G3}, {to:G3}]; interval from {Repetitions} halves of {cloud.Count} points"))
            : DimensionEstimate.None(Method, $"{cloud.Count} points have too few pairs at small distances");

        double SlopeOf(int[] points)
        {
            cancellation.ThrowIfCancellationRequested();
            long[] pairs = new long[Scales];
            float[] limits = [.. radii.Select(r => (float)(r * r))];
            for (int i = 0; i < points.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    var (a, b) = points[i] > points[j] ? (points[i], points[j]) : (points[j], points[i]);
                    float square = squares[((long)a * (a - 1) / 2) + b];
                    for (int r = Scales - 1; r >= 0 && square <= limits[r]; r--)
                    {
                        pairs[r]++;
                    }
                }
            }

            return Slope(logs, [.. pairs.Select(c => Math.Log(c))]);
        }
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
                long index = shift[d] == 0 ? Math.Min((long)Math.Floor(scaled), n - 1) : (long)Math.Floor(scaled + shift[d]);
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

    // All squared distances, pair (i, j), j < i, at i (i − 1)/2 + j.
    private static float[] Squares(PointCloud cloud, int jobs, CancellationToken cancellation)
    {
        float[] squares = new float[(long)cloud.Count * (cloud.Count - 1) / 2];
        _ = Parallel.For(1, cloud.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
        {
            for (int j = 0; j < i; j++)
            {
                squares[((long)i * (i - 1) / 2) + j] = (float)Square(cloud[i], cloud[j]);
            }
        });
        return squares;
    }

    private static double Square(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++)
        {
            sum += (x[d] - y[d]) * (x[d] - y[d]);
        }

        return sum;
    }
}
