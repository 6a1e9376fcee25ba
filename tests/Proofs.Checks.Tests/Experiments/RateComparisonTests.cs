using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
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

    private static readonly ImmutableArray<RateMeasurement> All = Run(Comparison, [], 1, 1);

    [Fact]
    public void Parts_of_a_run_and_an_ended_run_give_the_measurements_of_a_whole_one() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10),
        Prop.ForAll(Gen.Choose(1, 5).Zip(Gen.Choose(0, All.Length)).ToArbitrary(), pair =>
        {
            var (shards, kept) = pair;
            var known = All.Take(kept).ToImmutableArray();
            var together = Enumerable.Range(1, shards)
                .SelectMany(k => Run(Comparison, known, k, shards)).Distinct();
            Assert.Equal(MeasurementText.Write([], All), MeasurementText.Write([], together));
        }));

    [Fact]
    public void What_is_known_is_not_made_again()
    {
        int made = 0;
        _ = Comparison.Run(All, 1, 1, 2, _ => made++, default);
        Assert.Equal(0, made);
    }

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
        _ = Assert.Throws<FormatException>(() => Run(Comparison, known, 1, 1));
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
        _ = Assert.Throws<ArgumentException>(() => Run(comparison, All, 1, 1));
        comparison.CheckAnew(All, 128, 2);
    }

    [Fact]
    public void Files_join_parts_and_mend_a_half_written_line()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"proofs-rates-{Guid.NewGuid():N}");
        try
        {
            foreach (int k in (int[])[1, 2])
            {
                _ = MeasurementFile.Complete(Comparison, folder, "rates", ["made up"], k, 2, 2, null, default);
            }

            string part = Path.Combine(folder, "rates.2-of-2.csv");
            File.WriteAllText(part, File.ReadAllText(part)[..^5]);
            string whole = MeasurementFile.Complete(Comparison, folder, "rates", ["made up"], 1, 1, 2, null, default);
            Assert.Equal(MeasurementText.Write(["made up"], All), File.ReadAllText(whole));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

    private static ImmutableArray<RateMeasurement> Run(
        RateComparison comparison, ImmutableArray<RateMeasurement> known, int shard, int shards) =>
        comparison.Run(known, shard, shards, 2, _ => { }, default);
}
