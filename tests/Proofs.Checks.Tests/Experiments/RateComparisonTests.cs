using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Checks.Theorems;
using Xunit;

namespace Proofs.Checks.Tests.Experiments;

public sealed class RateComparisonTests
{
    private static readonly RatePlan Plan = new([32, 64, 128], 3, 100);
    private static readonly RateComparison Comparison = new(
        RateProblems.Hypersurface(),
        [
            new("Nadaraya–Watson", Plan, NadarayaWatson.Estimator),
            new("nearest neighbours", Plan, NeighbourMeans.Estimator),
        ],
        7);

    private static readonly ImmutableArray<RateMeasurement> All =
        [.. Enumerable.Range(0, Comparison.Fits).Select(Comparison.Measure)];

    [Fact]
    public void The_parts_of_a_study_give_the_measurements_of_a_whole_one_in_any_order()
    {
        var study = new LearningCurves("made-up", "Nothing", (_, seed) => Comparison with { Seed = seed }, [], "", 0)
            .Study;
        var rules = new StudyRules(Profile.Full, Comparison.Seed);
        var files = study.Parts(rules).ToDictionary(
            p => p.Name, p => Assert.Single(p.Run(new(new NoTrainer(), rules))));
        Assert.Equal(Comparison.Fits, files.Values.DistinctBy(f => f.Name).Count());
        string whole = MeasurementText.Write([], All);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10),
            Prop.ForAll(Gen.Choose(1, 5).Zip(Gen.Shuffle(Enumerable.Range(1, 5))).ToArbitrary(), pair =>
            {
                var (shards, order) = pair;
                var together = order.Where(k => k <= shards)
                    .SelectMany(k => study.Shard(rules, k, shards)).Select(p => files[p.Name]);
                var file = Assert.Single(study.Assemble(rules, [.. together]));
                Assert.Equal("rates.csv", file.Name);
                Assert.StartsWith("# made-up\n", file.AsText(), StringComparison.Ordinal);
                Assert.Contains("seed 7.\n", file.AsText(), StringComparison.Ordinal);
                Assert.EndsWith(whole, file.AsText(), StringComparison.Ordinal);
            }));
    }

    [Fact]
    public void A_fit_depends_on_no_other() =>
        Assert.Equal(All.Reverse(), Enumerable.Range(0, Comparison.Fits).Reverse().Select(Comparison.Measure));

    [Fact]
    public void Measurements_read_back_as_they_were_written() => Prop.ForAll<NormalFloat, PositiveInt>((error, n) =>
    {
        RateMeasurement[] one = [new("a, b", n.Get, 0, -3, Math.Abs(error.Get) + double.Epsilon)];
        Assert.Equal(one, MeasurementText.Read(MeasurementText.Write(["made up"], one)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("cosine series,32,0,7,0.1")]
    [InlineData("Nadaraya–Watson,33,0,7,0.1")]
    [InlineData("Nadaraya–Watson,32,3,7,0.1")]
    [InlineData("Nadaraya–Watson,32,0,8,0.1")]
    public void Measurements_of_something_else_are_refused(string line)
    {
        var known = MeasurementText.Read($"estimator,n,replicate,seed,error\n{line}\n");
        _ = Assert.Throws<FormatException>(() => Comparison.CheckAnew([.. All, .. known], 128, 2));
    }

    [Theory]
    [InlineData("estimator,n,error\n")]
    [InlineData("estimator,n,replicate,seed,error\na,1,0,1\n")]
    [InlineData("estimator,n,replicate,seed,error\na,1,0,1,NaN\n")]
    [InlineData("estimator,n,replicate,seed,error\na,1,0,1,-2\n")]
    [InlineData("estimator,n,replicate,seed,error\na,1,0,1,0.5\na,1,0,1,0.4\n")]
    public void Text_that_is_no_measurements_is_refused(string text) =>
        Assert.Throws<FormatException>(() => MeasurementText.Read(text));

    [Fact]
    public void A_changed_error_of_a_cheap_estimator_is_found()
    {
        Comparison.CheckAnew(All, 128, 2);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20),
            Prop.ForAll(Gen.Choose(0, All.Length - 1).Zip(Gen.Elements(1.001, 0.999)).ToArbitrary(), pair =>
            {
                var (at, factor) = pair;
                var lie = All.SetItem(at, All[at] with { Error = All[at].Error * factor });
                var e = Assert.Throws<FormatException>(() => Comparison.CheckAnew(lie, 128, 2));
                Assert.Contains("measured anew the error is", e.Message, StringComparison.Ordinal);
                Assert.Contains(All[at].Estimator, e.Message, StringComparison.Ordinal);
            }));
    }

    [Fact]
    public void A_missing_measurement_is_found()
    {
        _ = Assert.Throws<FormatException>(() => Comparison.CheckAnew(All.RemoveAt(0), 128, 2));
        _ = Assert.Throws<FormatException>(() => Comparison.Result(All[0].Estimator, All.RemoveAt(0)));
    }

    [Fact]
    public void Without_a_trainer_errors_of_networks_are_read_and_not_made()
    {
        var comparison = Comparison with { Contenders = [.. Comparison.Contenders, new("network", Plan, null)] };
        _ = Assert.Throws<ArgumentException>(() => comparison.Measure(comparison.Fits - 1));
        comparison.CheckAnew(All, 128, 2);
    }

    [Fact]
    public void Half_the_error_has_the_logarithm_of_a_half()
    {
        var first = Comparison.Result("Nadaraya–Watson", All);
        var half = first with { Errors = [.. first.Errors.Select(e => e.Select(x => x / 2).ToImmutableArray())] };
        var ratio = half.LogRatioEstimate(first, 0.9);
        Assert.All((double[])[ratio.Value, ratio.Lower, ratio.Upper], x => Assert.Equal(Math.Log(0.5), x, 1e-12));
        _ = Assert.Throws<ArgumentException>(() => half.LogRatioEstimate(first with { Seed = 8 }, 0.9));
    }

    private sealed class NoTrainer : ITrainer
    {
        public TrainingOutcome Train(TrainingRequest request) =>
            throw new InvalidOperationException("nothing to train");
    }
}
