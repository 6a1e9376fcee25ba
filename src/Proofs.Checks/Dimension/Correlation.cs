using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Proofs.Checks.Papers;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Dimension;

// Statement   C(r) is the part of the pairs of points at most r apart, and the slope of log C over log r estimates the
//             correlation dimension. With h_i(r) the part of the other points within r of point i, a slope Σ w_r log
//             C(r) has the influence g_i = Σ w_r h_i(r)/C(r), and the variance 4 Var(g)/n to first order (Hájek's
//             projection of a U-statistic); where few pairs lie within the smallest radius this is up to twice too
//             much, and the interval wider than need be.
// Idea        Up to 4·10^8 pairs are all looked at; where there are more, some of the points, drawn by seed, with all
//             others.

/// <summary>The correlation dimension of Grassberger and Procaccia.</summary>
/// <remarks>Source: Grassberger, Procaccia 1983; math/02, section 6.</remarks>
public static class Correlation
{
    private const string Method = "correlation";
    private const double Normal975 = 1.959963984540054;
    private const int Scales = 9;
    private const long MostPairs = 400_000_000;
    private const int SampledPairs = 1_000_000;

    /// <summary>
    /// The slope of log C(r) over log r between the radii within which about 0.1 % and 10 % of the pairs lie.
    /// </summary>
    /// <remarks>Cost: min(n², 4·10^8) D operations.</remarks>
    public static DimensionEstimate Estimate(
        PointCloud cloud, SplitMix64 random, int jobs, CancellationToken cancellation)
    {
        double[] squares = SomeSquares(cloud, random);
        double from = Math.Sqrt(squares[squares.Length / 1000]), to = Math.Sqrt(squares[squares.Length / 10]);
        if (!(from > 0) || !(to > from))
        {
            return DimensionEstimate.None(
                Method, string.Create(
                    CultureInfo.InvariantCulture, $"{cloud.Count} points have too few different distances"));
        }

        int n = cloud.Count, centres = (int)Math.Min(n, Math.Max(1, MostPairs / n));
        int[] chosen = centres == n ? [.. Enumerable.Range(0, n)] : random.Sample(n, centres);
        double[] radii = [.. Enumerable.Range(0, Scales).Select(i => from * Math.Pow(to / from, i / (Scales - 1.0)))];
        int[][] counts = Counts(cloud, chosen, radii, jobs, cancellation);
        double[] part =
            [.. Enumerable.Range(0, Scales).Select(r => counts.Sum(c => (double)c[r]) / ((double)centres * (n - 1)))];
        if (!(part[0] > 0))
        {
            return DimensionEstimate.None(
                Method, string.Create(
                    CultureInfo.InvariantCulture, $"{n} points have too few pairs at small distances"));
        }

        double[] x = [.. radii.Select(r => Math.Log(r))], y = [.. part.Select(p => Math.Log(p))];
        double mean = x.Average(), spread = x.Sum(t => (t - mean) * (t - mean));
        double[] influence = [
            .. counts.Select(
                c => Enumerable.Range(0, Scales).Sum(r => (x[r] - mean) / spread * c[r] / ((n - 1) * part[r])))];
        double deviation = Math.Sqrt(influence.Variance() * ((1.0 / centres) + (3.0 / n)));
        double slope = ScaleEstimators.Slope(x, y);
        string pairs = centres == n ? $"all pairs of {n} points" : $"{centres} points drawn by seed with all {n}";
        return new(Method, slope, slope - (Normal975 * deviation), slope + (Normal975 * deviation),
            string.Create(CultureInfo.InvariantCulture, $"r in [{from:G4}, {to:G4}]; {pairs}"))
        {
            Curve = [.. Enumerable.Range(0, Scales - 1).Select(r =>
                new FigurePoint(Math.Sqrt(radii[r] * radii[r + 1]), (y[r + 1] - y[r]) / (x[r + 1] - x[r])))],
        };
    }

    // For each of the chosen points, how many others lie within each radius.
    private static int[][] Counts(
        PointCloud cloud, int[] chosen, double[] radii, int jobs, CancellationToken cancellation)
    {
        var tiles = new PointTiles(cloud);
        double[] limits = [.. radii.Select(r => r * r)];
        double bound = Math.BitIncrement(limits[^1]);
        int[][] counts = new int[chosen.Length][];
        const int Block = 64;
        _ = Parallel.For(
            0, (chosen.Length + Block - 1) / Block,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, block =>
        {
            int first = block * Block, last = Math.Min(chosen.Length, first + Block);
            Span<double> squares = stackalloc double[PointTiles.Lanes];
            for (int c = first; c < last; c++)
            {
                counts[c] = new int[limits.Length];
            }

            for (int tile = 0; tile < tiles.Count; tile++)
            {
                for (int c = first; c < last; c++)
                {
                    for (int group = 0; group < PointTiles.TilePoints; group += PointTiles.Lanes)
                    {
                        if (!tiles.Squares(cloud[chosen[c]], tile, group, bound, squares))
                        {
                            continue;
                        }

                        for (int lane = 0; lane < PointTiles.Lanes; lane++)
                        {
                            int other = (tile * PointTiles.TilePoints) + group + lane;
                            if (other < cloud.Count && other != chosen[c])
                            {
                                for (int r = limits.Length - 1; r >= 0 && squares[lane] <= limits[r]; r--)
                                {
                                    counts[c][r]++;
                                }
                            }
                        }
                    }
                }
            }
        });
        return counts;
    }

    // Squared distances in order: of all pairs, or of a million pairs at random.
    private static double[] SomeSquares(PointCloud cloud, SplitMix64 random)
    {
        long pairs = (long)cloud.Count * (cloud.Count - 1) / 2;
        double[] squares = new double[Math.Min(pairs, SampledPairs)];
        for (int k = 0, i = 1, j = 0; k < squares.Length; k++)
        {
            if (pairs > SampledPairs)
            {
                i = random.NextBelow(cloud.Count);
                j = random.NextBelow(cloud.Count - 1);
                j += j >= i ? 1 : 0;
            }

            squares[k] = ScaleEstimators.Square(cloud[i], cloud[j]);
            if (pairs <= SampledPairs)
            {
                (i, j) = j + 1 < i ? (i, j + 1) : (i + 1, 0);
            }
        }

        Array.Sort(squares);
        return squares;
    }
}
