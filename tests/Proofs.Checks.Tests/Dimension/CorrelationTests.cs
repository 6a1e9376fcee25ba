using Proofs.Checks.Dimension;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Constructions.Formats.Points;
using Xunit;

namespace Proofs.Checks.Tests.Dimension;

public sealed class CorrelationTests
{
    [Fact]
    public void The_slope_is_that_of_counting_every_pair()
    {
        var cloud = Square(new SplitMix64(4), 600);
        var estimate = Correlation.Estimate(cloud, new SplitMix64(1), 2, CancellationToken.None);
        double[] distances = [.. Enumerable.Range(0, 600).SelectMany(i => Enumerable.Range(0, i)
            .Select(j => Math.Sqrt(ScaleEstimators.Square(cloud[i], cloud[j])))).Order()];
        double from = distances[distances.Length / 1000], to = distances[distances.Length / 10];
        double[] radii = [.. Enumerable.Range(0, 9).Select(i => from * Math.Pow(to / from, i / 8.0))];
        long[] pairs = ScaleEstimators.PairsWithin(cloud, radii);
        double slope = ScaleEstimators.Slope([.. radii.Select(r => Math.Log(r))], [.. pairs.Select(p => Math.Log(p))]);
        Assert.Equal(slope, estimate.Value, 0.005); // at the two ends a rounded square may lose a pair
        Assert.Equal(8, estimate.Curve.Length);
    }

    [Fact]
    public void The_interval_is_as_wide_as_the_estimates_scatter_or_wider()
    {
        DimensionEstimate[] all = [.. Enumerable.Range(0, 40).Select(s =>
            Correlation.Estimate(Square(new SplitMix64((ulong)s), 400), new SplitMix64(1), 2, CancellationToken.None))];
        double mean = all.Average(e => e.Value),
            scatter = Math.Sqrt(all.Sum(e => (e.Value - mean) * (e.Value - mean)) / 39);
        double told = all.Average(e => e.Upper - e.Lower) / (2 * 1.96);
        Assert.InRange(told / scatter, 0.9, 2.2);
    }

    [Fact]
    public void A_figure_in_characters_shows_marks_axes_and_legend()
    {
        var figure = new Figure("k", "t", new("x", "x", 1, 100, Scale.Log10), new("y", "y", 0, 4),
            [new Series.Line("up", [new(1, 0), new(10, 2), new(100, 4)]), new Series.Marks("one", [new(100, 0)])]);
        Assert.Equal(
            """
                   4 +         .o
                     |       ..
                   2 +    .o.
                     |  ..
                   0 +o.        x
                     +-----------
                      1   x   100
                      o up   x one
            """.ReplaceLineEndings("\n"),
            string.Join('\n', FigureConsole.Of(figure, 11, 5).TrimEnd('\n').Split('\n')));
    }

    private static PointCloud Square(SplitMix64 random, int count) =>
        new(2, [.. Enumerable.Range(0, 2 * count).Select(_ => random.NextUnit())]);
}
