using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.IntrinsicDimension;
using Xunit;

namespace Proofs.Checks.Tests.Dimension;

public sealed class CoverageTests
{
    private const int Replicates = 60, Points = 600;

    public static TheoryData<string> Sets => [.. Laws.Keys];

    private static Dictionary<string, (PointLaw Law, double Dimension)> Laws { get; } = new()
    {
        ["Cantor set"] =
            (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.CantorDust(1)), Math.Log(2) / Math.Log(3)),
        ["Cantor dust"] =
            (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.CantorDust(2)), Math.Log(4) / Math.Log(3)),
        ["gasket"] = (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.Gasket), Math.Log(3) / Math.Log(2)),
        ["hexaflake"] = (PointLaw.On(Hexaflake), Math.Log(7) / Math.Log(3)),
        ["carpet"] = (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.Carpet), Math.Log(8) / Math.Log(3)),
        ["Koch curve"] = (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.Koch), Math.Log(4) / Math.Log(3)),
        ["tetrahedron"] = (PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.Tetrahedron), 2),
        ["quarter circle"] = (PointLaw.On(ParametrizedSet.Circle), 1),
        ["square"] = (PointLaw.Cube(2), 2),
        ["cube"] = (PointLaw.Cube(3), 3),
        ["cube of dimension 8"] = (PointLaw.Cube(8), 8),
    };

    // seven hexagons, six of them around the seventh: affine images of those on a regular grid have the same dimension
    private static SelfSimilarSet Hexaflake =>
        SelfSimilarSet.Grid("hexaflake", 3, [[0, 0], [1, 0], [0, 1], [1, 1], [2, 1], [1, 2], [2, 2]]);

    // 60 intervals of level 0.95 hold the mean at least 51 times, but for one run in two thousand; fixed seeds, so
    // always or never
    [Theory]
    [MemberData(nameof(Sets))]
    public void Intervals_hold_the_average_of_their_method_about_as_often_as_they_say(string name)
    {
        foreach (var estimates in Estimates(Laws[name].Law).GroupBy(e => e.Method))
        {
            double mean = estimates.Average(e => e.Value);
            int holding = estimates.Count(e => e.Lower <= mean && mean <= e.Upper);
            Assert.True(
                estimates.Key == "box counting" ? !estimates.Any(e => e.HasInterval) : holding >= 51,
                $"{estimates.Key}: {holding} of {Replicates}");
        }
    }

    // so that nobody takes an interval for one of the dimension again
    [Fact]
    public void Box_counting_misses_known_dimensions_by_more_than_its_scatter_and_has_no_interval()
    {
        int missed = 0;
        foreach (var (law, dimension) in Laws.Values.Where(l => l.Dimension <= 3))
        {
            double[] found = [
                .. Enumerable.Range(1, 5)
                .Select(k => ScaleEstimators.BoxCounting(law.Sample(2000, new SplitMix64((ulong)k)), new SplitMix64(1)))
                .Where(e => e.Exists).Select(e => e.Value)];
            missed += found.Max() < dimension || found.Min() > dimension ? 1 : 0;
        }

        Assert.True(missed >= 7, $"{missed} of 10");
    }

    private static List<DimensionEstimate> Estimates(PointLaw law)
    {
        var all = new List<DimensionEstimate>();
        for (int k = 1; k <= Replicates; k++)
        {
            var cloud = law.Sample(Points, new SplitMix64((ulong)k));
            double[][] distances = NearestNeighbours.Distances(cloud, 20, 2, CancellationToken.None);
            all.Add(Correlation.Estimate(cloud, new SplitMix64(1), 2, CancellationToken.None));
            all.Add(DistanceEstimators.MaximumLikelihood(distances, 20));
            all.Add(DistanceEstimators.TwoNN(distances));
            all.Add(ScaleEstimators.BoxCounting(cloud, new SplitMix64(1)));
        }

        return all;
    }
}
