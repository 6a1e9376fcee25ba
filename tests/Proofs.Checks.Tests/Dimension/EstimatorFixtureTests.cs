using System.Numerics;
using System.Text.Json;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Formats.Points;
using Proofs.Tests;
using Xunit;

namespace Proofs.Checks.Tests.Dimension;

/// <summary>The estimator values of 02-intrinsic.json are reproduced on the same points.</summary>
public sealed class EstimatorFixtureTests
{
    private static readonly Lazy<JsonElement> All = new(() => RepositoryFiles.Fixture("02-intrinsic.json"));

    public static TheoryData<string> Names =>
        [.. All.Value.GetProperty("estimators").EnumerateArray().Select(e => e.GetProperty("set").GetString()!)];

    [Fact]
    public void The_generator_is_SplitMix64()
    {
        var random = new SplitMix64(1);
        Assert.All(
            All.Value.GetProperty("splitmix64_seed1_first4").EnumerateArray(),
            e => Assert.Equal(
                e.GetString(), random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_estimates_on_the_points_of_a_set_agree(string name)
    {
        var e = All.Value.GetProperty("estimators").EnumerateArray()
            .Single(c => c.GetProperty("set").GetString() == name);
        var cloud = Points(name, e.GetProperty("n").GetInt32(), (ulong)e.GetProperty("seed").GetInt64());
        Assert.Equal(Numbers(e, "first_point"), cloud[0].ToArray());
        Assert.Equal(Numbers(e, "last_point"), cloud[cloud.Count - 1].ToArray());

        double[][] distances = NearestNeighbours.Distances(cloud, 20, 2, CancellationToken.None);
        var two = DistanceEstimators.TwoNN(distances);
        Close(e, "twonn_mle", two.Value);
        Close(e, "twonn_unbiased", two.Value * (cloud.Count - 1) / cloud.Count);
        // the interval of the fixture takes all points for independent; ours is wider
        double independent = 2.0 * cloud.Count;
        Assert.Equal(
            Numbers(e, "twonn_ci95")[0], two.Value * ChiSquared.Quantile(independent, 0.025) / independent,
            1e-9 * two.Value);
        Assert.Equal(
            Numbers(e, "twonn_ci95")[1], two.Value * ChiSquared.Quantile(independent, 0.975) / independent,
            1e-9 * two.Value);
        Assert.True(two.Lower < Numbers(e, "twonn_ci95")[0] && two.Upper > Numbers(e, "twonn_ci95")[1]);
        Close(e, "twonn_linear_fit_keep_0.9", DistanceEstimators.TwoNNFit(distances, 0.9));
        foreach (int k in new[] { 10, 20 })
        {
            Close(e, $"lb_mean_k{k}", DistanceEstimators.LevinaBickel(distances, k));
            var ml = DistanceEstimators.MaximumLikelihood(distances, k);
            Close(e, $"mg_k{k}", ml.Value);
            Assert.Equal(
                1.959963984540054 * Math.Sqrt(k / ((double)cloud.Count * (k - 1))), (ml.Upper / ml.Value) - 1, 1e-12);
        }

        double[] radii = Numbers(e, "corr_radii");
        long[] pairs = ScaleEstimators.PairsWithin(cloud, radii);
        Assert.Equal(Numbers(e, "corr_pairs"), pairs.Select(p => (double)p));
        Close(e, "corr_slope",
            ScaleEstimators.Slope([.. radii.Select(r => Math.Log(r))], [.. pairs.Select(p => Math.Log(p))]));
        if (e.TryGetProperty("box_n", out _))
        {
            double[] n = Numbers(e, "box_n");
            double[] boxes = [.. n.Select(side => (double)ScaleEstimators.OccupiedBoxes(cloud, (int)side))];
            Assert.Equal(Numbers(e, "box_counts"), boxes);
            Close(e, "box_slope",
                ScaleEstimators.Slope([.. n.Select(x => Math.Log(x))], [.. boxes.Select(x => Math.Log(x))]));
        }
    }

    [Fact]
    public void Neighbours_agree_with_sorting_all_distances()
    {
        var random = new SplitMix64(7);
        foreach (int dimension in new[] { 1, 3, 8, 17 })
        {
            double[] values = [.. Enumerable.Range(0, 150 * dimension).Select(_ => random.NextUnit())];
            var cloud = new PointCloud(dimension, values);
            double[][] found = NearestNeighbours.Distances(cloud, 5, 2, CancellationToken.None);
            for (int i = 0; i < cloud.Count; i++)
            {
                double[] x = cloud[i].ToArray();
                double[] sorted = [.. Enumerable.Range(0, cloud.Count).Where(j => j != i)
                    .Select(j => Math.Sqrt(cloud[j].ToArray().Zip(x, (a, b) => (a - b) * (a - b)).Sum())).Order()
                    .Take(5)];
                Assert.All(sorted.Zip(found[i]), p => Assert.Equal(p.First, p.Second, 1e-14));
            }
        }
    }

    [Fact]
    public void Estimates_of_a_plane_in_space_are_near_two()
    {
        var random = new SplitMix64(3);
        var cloud = new PointCloud(3, [.. Enumerable.Range(0, 4000).SelectMany(_ =>
        {
            double u = random.NextUnit(), v = random.NextUnit();
            return new[] { u, v, (u + v) / 2 };
        })]);
        // few scales bias it down
        Assert.InRange(ScaleEstimators.BoxCounting(cloud, new SplitMix64(1)).Value, 1.5, 2.1);
        var correlation = Correlation.Estimate(cloud, new SplitMix64(1), 2, CancellationToken.None);
        Assert.InRange(correlation.Value, 1.8, 2.05);
        Assert.InRange(correlation.Upper - correlation.Lower, 1e-4, 0.2);
    }

    private static void Close(JsonElement e, string name, double found)
    {
        double expected = e.GetProperty(name).GetDouble();
        Assert.Equal(expected, found, 1e-9 * expected);
    }

    private static double[] Numbers(JsonElement e, string name) =>
        [.. e.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];

    // The points of math/02, section 6.
    private static PointCloud Points(string name, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var points = Enumerable.Range(0, count).Select(_ => name switch
        {
            "cube3in8" => Cube(random.NextUnit(), random.NextUnit(), random.NextUnit()),
            "circle_rat" => Circle(random.NextUnit()),
            "paraboloid5" => Paraboloid(random.NextUnit(), random.NextUnit(), random.NextUnit(), random.NextUnit()),
            "moment3" => Moment(random.NextUnit()),
            "sphere_rat" => Sphere(random.NextUnit(), random.NextUnit()),
            _ => OfSet(random, name),
        }).ToArray();
        return new(points[0].Length, [.. points.SelectMany(p => p)]);
    }

    private static double[] OfSet(SplitMix64 random, string name)
    {
        int[][] digits = [
            .. All.Value.GetProperty("box_counts").EnumerateArray()
            .Single(c => c.GetProperty("set").GetString() == name)
            .GetProperty("digits").EnumerateArray()
            .Select(t => t.EnumerateArray().Select(j => j.GetInt32()).ToArray())];
        int b = All.Value.GetProperty("box_counts").EnumerateArray()
            .Single(c => c.GetProperty("set").GetString() == name).GetProperty("base").GetInt32();
        int length = b switch { 2 => 52, 3 => 32, 4 => 26, _ => 22 };
        long[] numerators = new long[digits[0].Length];
        for (int k = 0; k < length; k++)
        {
            int[] t = digits[random.NextBelow(digits.Length)];
            for (int d = 0; d < t.Length; d++)
            {
                numerators[d] = (numerators[d] * b) + t[d];
            }
        }

        return [.. numerators.Select(x => x / (double)BigInteger.Pow(b, length))];
    }

    private static double[] Cube(double u, double v, double w) =>
        [u, v, w, (u + v) / 2, (v + w) / 2, (u + w) / 2, ((u + v) / 4) + (w / 2), (u / 4) + ((v + w) / 4)];

    private static double[] Circle(double t) => [(1 - (t * t)) / (1 + (t * t)), 2 * t / (1 + (t * t))];

    private static double[] Paraboloid(double a, double b, double c, double d) =>
        [a, b, c, d, ((a * a) + (b * b) + (c * c) + (d * d)) / 4];

    private static double[] Moment(double t) => [t, t * t, t * t * t];

    private static double[] Sphere(double a, double b)
    {
        double w = 1 + (a * a) + (b * b);
        return [2 * a / w, 2 * b / w, (w - 2) / w];
    }
}
