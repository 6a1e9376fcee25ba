using MathNet.Numerics.Distributions;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Checks.Tests.Experiments;

public sealed class RateExperimentTests
{
    private static readonly int[] FourSizes = [256, 512, 1024, 2048];
    private static readonly RatePlan Small = new([64, 256, 1024], 4, 200);
    private static readonly RegressionProblem Gasket = RegressionProblem.Of(
        PointLaw.On(Sets.Gasket), Expr.Parse("2*(abs(x1 - 1/2) + abs(x2 - 1/2))"), 1, 4, 0.5);

    public static TheoryData<string> Estimators =>
        ["cell means", "nearest neighbours", "kernel ridge", "Nadaraya–Watson"];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Errors_fall_and_do_not_depend_on_the_number_of_threads(string name)
    {
        var estimator = Find(name);
        var plan = Small.UpTo(estimator.MostPoints);
        var one = RateExperiment.Run(Gasket, estimator, plan, Request(1));
        var two = RateExperiment.Run(Gasket, estimator, plan, Request(2));
        Assert.True(one.Equals(two));
        Assert.True(one.MeanErrors[^1] < one.MeanErrors[0]);
        Assert.InRange(one.SlopeEstimate(0.9).Value, -1.2, -0.3);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Without_noise_a_constant_is_found(string name)
    {
        var estimator = Find(name);
        var law = PointLaw.Cube(1);
        var flat = RegressionProblem.OfFunction(law, "1", _ => 1, 1, 1, 0);
        var values = estimator.Fit(flat.Draw(40, true, new SplitMix64(1)), flat.Draw(40, true, new SplitMix64(2)))(
            law.Sample(30, new SplitMix64(3)));
        Assert.All(values, v => Assert.Equal(1, v, 1e-9));
    }

    [Fact]
    public void Neighbours_in_the_tree_are_those_of_sorting()
    {
        foreach (int dimension in new[] { 1, 2, 5 })
        {
            var cloud = new PointCloud(
                dimension,
                [.. Enumerable.Range(0, 400 * dimension).Select(i => new SplitMix64((ulong)i).NextBelow(8) / 8.0)]);
            var tree = new PointTree(cloud);
            for (int q = 0; q < 40; q++)
            {
                double[] x =
                    [.. Enumerable.Range(0, dimension).Select(d => new SplitMix64((ulong)((q * 7) + d)).NextUnit())];
                int[] sorted = [
                    .. Enumerable.Range(0, 400)
                    .OrderBy(i => cloud[i].ToArray().Zip(x, (a, b) => (a - b) * (a - b)).Sum()).ThenBy(i => i)];
                Assert.Equal(sorted[..25], tree.Nearest(x, 25));
            }
        }
    }

    [Fact]
    public void Intervals_of_the_bootstrap_hold_the_slope_about_as_often_as_they_say()
    {
        // errors n^(−1/2) times a log-normal factor of mean one
        var random = new SplitMix64(11);
        int hits = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            var result = new RateResult(Gasket, "made up", new([.. FourSizes], 20, 1), trial,
                [.. FourSizes.Select(n => Enumerable.Range(0, 20)
                    .Select(_ =>
                        Math.Exp((0.3 * Normal.InvCDF(0, 1, (random.NextBelow(1 << 20) + 0.5) / (1 << 20))) - 0.045)
                            / Math.Sqrt(n))
                    .ToArray()).Select(e => System.Collections.Immutable.ImmutableArray.Create(e))]);
            var slope = result.SlopeEstimate(0.9);
            hits += slope.Lower <= -0.5 && -0.5 <= slope.Upper ? 1 : 0;
        }

        Assert.InRange(hits, 160, 195);
    }

    [Fact]
    public void The_claims_of_a_study_share_one_run_and_tell_the_exponents()
    {
        int runs = 0;
        var counting = new RegressionEstimator("counting", (sample, validation) =>
        {
            Interlocked.Increment(ref runs);
            return CellMeans.Estimator(4).Fit(sample, validation);
        }, 512);
        var study = new RateStudy(Gasket, counting);
        var reaches = (Claim.Statistical)study.Reaches("rate");
        var beats = (Claim.Statistical)study.BeatsAmbient("beats");
        var first = reaches.Measure(Request(2));
        Assert.Equal(first, beats.Measure(Request(2)));
        Assert.Equal(RatePlan.Quick.Replicates * study.Plan(Profile.Quick).Sizes.Length, runs);
        Assert.Equal(-2 / (2 + (Math.Log(3) / Math.Log(2))), Gasket.Exponent, 1e-12);
        Assert.Equal(-0.5, Gasket.AmbientExponent);
        Assert.Contains(
            "counting on gasket in R^2 within 0.1 of -0.558 by the 90 % interval", reaches.Statement,
            StringComparison.Ordinal);
        Assert.Contains(
            "below -0.500 by the 90 % interval, no wider than 0.0579", beats.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_plans_and_functions_are_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            RateExperiment.Run(Gasket, KernelRidge.Estimator, RatePlan.Full, Request(1)));
        Assert.Throws<ArgumentException>(() =>
            RateExperiment.Run(Gasket, CellMeans.Estimator(4), new([64], 4, 10), Request(1)));
        Assert.Throws<ArgumentException>(() =>
            RateExperiment.Run(Gasket, CellMeans.Estimator(4), new([64, 32], 4, 10), Request(1)));
        var pole = RegressionProblem.Of(PointLaw.Cube(1), Expr.Parse("log(x - 2)"), 1, 1, 0);
        Assert.Contains(
            "no finite value at",
            Assert.Throws<ArgumentException>(() => pole.Draw(1, false, new SplitMix64(1))).Message,
            StringComparison.Ordinal);
    }

    private static RegressionEstimator Find(string name) => name switch
    {
        "cell means" => CellMeans.Estimator(4),
        "nearest neighbours" => NeighbourMeans.Estimator,
        "Nadaraya–Watson" => NadarayaWatson.Estimator,
        _ => KernelRidge.Estimator,
    };

    private static SampleRequest Request(int jobs) => new(1, Profile.Quick, jobs, CancellationToken.None);
}
