using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Constructions.Formats.Points;
using Xunit;

namespace Proofs.Checks.Tests.Experiments;

public sealed class EstimatorTests
{
    [Fact]
    public void Weighted_means_are_those_of_the_formula_at_the_bandwidth_that_was_chosen()
    {
        var problem = RateProblems.Hypersurface();
        var (sample, validation) =
            (problem.Draw(60, true, new SplitMix64(1)), problem.Draw(60, true, new SplitMix64(2)));
        var test = problem.Draw(40, false, new SplitMix64(3));
        double[] found = NadarayaWatson.Estimator.Fit(sample, validation)(test.Points);
        Assert.Contains(
            Enumerable.Range(0, 16).Select(i => Math.Pow(2, -i / 3.0)),
            h => Enumerable.Range(0, 40).All(t =>
                Math.Abs(found[t] - Mean(sample, test.Points[t].ToArray(), h)) < 1e-9));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void A_series_finds_its_own_functions(int k, int l)
    {
        // the coefficients are means over the sample: the error is that of a few means of 4000
        var problem = RegressionProblem.OfFunction(
            PointLaw.Cube(2), "cosines", x => Math.Cos(Math.PI * k * x[0]) * Math.Cos(Math.PI * l * x[1]), 2, 1, 0.1);
        double[] found = CosineSeries.Estimator.Fit(
            problem.Draw(4000, true, new SplitMix64(1)), problem.Draw(4000, true, new SplitMix64(2)))(
            problem.Draw(300, false, new SplitMix64(3)).Points);
        var test = problem.Draw(300, false, new SplitMix64(3));
        Assert.InRange(found.Zip(test.Values, (a, b) => (a - b) * (a - b)).Average(), 0, 0.01);
    }

    [Fact]
    public void A_sorted_estimator_does_not_see_the_order_of_coordinates() => Prop.ForAll<PositiveInt>(seed =>
    {
        var problem = RateProblems.MeanDifference(4);
        var random = new SplitMix64((ulong)seed.Get);
        var predict = SymmetricEstimator.Sorted(NeighbourMeans.Estimator).Fit(
            problem.Draw(50, true, random), problem.Draw(50, true, random));
        double[] point = [.. Enumerable.Range(0, 4).Select(_ => random.NextUnit())];
        double[] turned = [point[2], point[0], point[3], point[1]];
        Assert.Equal(predict(new PointCloud(4, point)), predict(new PointCloud(4, turned)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_mean_difference_is_the_mean_over_pairs() => Prop.ForAll<PositiveInt>(seed =>
    {
        var sample = RateProblems.MeanDifference(5).Draw(1, false, new SplitMix64((ulong)seed.Get));
        double[] x = sample.Points[0].ToArray();
        double sum = 0;
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Math.Abs(x[i] - x[j]);
            }
        }

        Assert.Equal(4 * sum / 10, sample.Values[0], 1e-12);
    }).QuickCheckThrowOnFailure();

    private static double Mean(Sample sample, double[] x, double h)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            double square = sample.Points[i].ToArray().Zip(x, (a, b) => (a - b) * (a - b)).Sum();
            double weight = Math.Max(1 - (square / (h * h)), 0);
            (sum, weights) = (sum + (weight * sample.Values[i]), weights + weight);
        }

        return weights > 0 ? sum / weights : sample.Values.Average();
    }
}
