using System.IO.Compression;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Numeric.Expressions;
using Proofs.Training.Trainers;
using Xunit;

namespace Proofs.Training.Tests.Trainers;

/// <summary>Training finds small losses, the same ones each time, and says when it cannot.</summary>
public sealed class TorchTrainerTests
{
    private static readonly RegressionProblem Parabola =
        RegressionProblem.Of(PointLaw.Cube(1), Expr.Parse("x^2"), 2, 1, 0);

    private static Sample Draw(int count, ulong seed) => Parabola.Draw(count, noisy: false, new SplitMix64(seed));

    private static TrainingRequest Request(int steps = 600) =>
        new(Architectures.FullyConnected([1, 16, 16, 1]), Draw(2048, 1))
        {
            Validation = Draw(512, 2),
            Rate = 1e-2,
            Steps = steps,
            Evaluate = 50,
        };

    [Theory]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.Float32)]
    public void A_parabola_is_learnt(Precision precision)
    {
        var outcome = new TorchTrainer().Train(Request() with { Precision = precision });
        Assert.True(outcome.ValidationLoss < 1e-4, $"{outcome.ValidationLoss}");
        Assert.Equal(TrainingEnd.Steps, outcome.End);
        Assert.Equal(outcome.Network, Request().Network.At(outcome.Parameters.AsSpan()));
    }

    [Fact]
    public void The_same_request_gives_the_same_bits()
    {
        var first = new TorchTrainer().Train(Request(200));
        var second = new TorchTrainer().Train(Request(200));
        Assert.Equal(first, second);
        Assert.NotEqual(first, new TorchTrainer().Train(Request(200) with { Seed = 2 }));
    }

    public static TheoryData<Optimizer> Kept => new(
        new Optimizer.Adam(), new Optimizer.AdamW(), new Optimizer.Sgd(0.9), new Optimizer.RmsProp(),
        new Optimizer.GaussianSgd(0.01), new Optimizer.Langevin(1e-6));

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_training_that_goes_on_from_a_checkpoint_ends_with_the_same_bits(Optimizer optimizer)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var request = Request(300) with { Optimizer = optimizer, Schedule = new Schedule.Stepwise(70, 0.5) };
            var whole = new TorchTrainer().Train(request);
            string path = Path.Combine(folder, "state");
            using var stop = new CancellationTokenSource();
            var part = new TorchTrainer().Train(request with
            {
                Checkpoint = path,
                Cancellation = stop.Token,
                Progress = new At(150, stop),
            });
            Assert.Equal(TrainingEnd.Cancelled, part.End);
            Assert.Equal(150, part.Steps);
            Assert.Equal(whole, new TorchTrainer().Train(request with { Checkpoint = path }));
            string another = Assert.Throws<TrainingException>(
                () => new TorchTrainer().Train(request with { Checkpoint = path, Rate = 0.02 })).Message;
            Assert.Contains("another training", another, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_checkpoint_that_is_damaged_is_refused_in_one_line_or_goes_on_with_the_same_bits()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "state");
            var request = new TrainingRequest(Architectures.FullyConnected([1, 3, 1]), Draw(64, 1))
            {
                Steps = 20,
                Evaluate = 10,
                Checkpoint = path,
            };
            var whole = new TorchTrainer().Train(request);
            byte[] kept = File.ReadAllBytes(path);
            Assert.Equal(whole, new TorchTrainer().Train(request));
            for (int length = 0; length < kept.Length; length += 1 + (kept.Length / 40))
            {
                File.WriteAllBytes(path, kept[..length]);
                Refused(request);
            }

            var random = new SplitMix64(11);
            int refused = 0;
            for (int k = 0; k < 300; k++)
            {
                byte[] damaged = [.. kept];
                damaged[random.NextBelow(kept.Length)] ^= (byte)(1 << random.NextBelow(8));
                File.WriteAllBytes(path, damaged);
                try
                {
                    Assert.Equal(whole, new TorchTrainer().Train(request)); // a bit that no part of the state has
                }
                catch (TrainingException e)
                {
                    OneLine(e, path);
                    refused++;
                }
            }

            Assert.True(refused > 100, $"{refused} of 300 damaged checkpoints were refused");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Parts_of_two_checkpoints_do_not_make_one()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "state"), other = Path.Combine(folder, "other");
            var request = new TrainingRequest(Architectures.FullyConnected([1, 3, 1]), Draw(64, 1))
            {
                Steps = 20,
                Evaluate = 10,
                Checkpoint = path,
            };
            _ = new TorchTrainer().Train(request);
            _ = new TorchTrainer().Train(request with { Seed = 2, Checkpoint = other });
            byte[] kept = File.ReadAllBytes(path);
            foreach (string part in (string[])["best", "parameters", "optimizer", "noise", "digest", "state.json"])
            {
                File.WriteAllBytes(path, kept);
                using (var from = ZipFile.OpenRead(other))
                using (var to = ZipFile.Open(path, ZipArchiveMode.Update))
                {
                    to.GetEntry(part)!.Delete();
                    using var source = from.GetEntry(part)!.Open();
                    using var target = to.CreateEntry(part).Open();
                    source.CopyTo(target);
                }

                Refused(request);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Refused(TrainingRequest request) =>
        OneLine(Assert.Throws<TrainingException>(() => new TorchTrainer().Train(request)), request.Checkpoint!);

    private static void OneLine(TrainingException refused, string path)
    {
        Assert.Equal(TrainingFault.Checkpoint, refused.Fault);
        Assert.StartsWith($"{path}: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_training_that_ends_at_once_has_the_network_it_starts_from()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var request = Request() with { Cancellation = stop.Token };
        var outcome = new TorchTrainer().Train(request);
        Assert.Equal((TrainingEnd.Cancelled, 0, 0), (outcome.End, outcome.Steps, outcome.BestStep));
        Assert.Equal(request.Network.At(request.Network.Draw(1).AsSpan()), outcome.Network);
    }

    [Fact]
    public void A_rate_that_is_too_large_is_said_with_step_and_loss()
    {
        var request = Request() with { Optimizer = new Optimizer.Sgd(0), Rate = 1e6 };
        string message = Assert.Throws<TrainingException>(() => new TorchTrainer().Train(request)).Message;
        Assert.Matches(
            "^training diverged: the loss at step [0-9]+ is (NaN|Infinity|∞); .*rate below 1000000", message);
    }

    private sealed class At(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                stop.Cancel();
            }
        }
    }
}
