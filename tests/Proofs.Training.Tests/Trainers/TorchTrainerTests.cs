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
