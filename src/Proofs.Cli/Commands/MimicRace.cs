using System.Diagnostics;
using System.Globalization;
using Proofs.Checks.Experiments;
using Proofs.Checks.Fitting;
using Proofs.Checks.Learning;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Cli.Commands;

/// <summary>Gradient descent of one architecture from random starts until it has the transferred network's test error.
/// </summary>
/// <param name="Name">The architecture.</param>
/// <param name="Size">The entries that may differ from 0.</param>
/// <param name="Seconds">The seconds of each seed; null where the error was not reached.</param>
internal sealed record MimicRace(string Name, long Size, IReadOnlyList<double?> Seconds)
{
    private const int MostSteps = 4000;
    private const int Batch = 64;

    /// <summary>How many seeds reached it.</summary>
    public int Reached => Seconds.Count(s => s is not null);

    /// <summary>The median time; null where half of the seeds or more did not reach it.</summary>
    public double? Median
    {
        get
        {
            double[] sorted = [.. Seconds.Select(s => s ?? double.PositiveInfinity).Order()];
            double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            return double.IsFinite(median) ? median : null;
        }
    }

    /// <summary>One line for a reader.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}, W <= {Size}: {(Median is { } m ? $"median {m:g4} s" : "not reached")} ({Reached} of {Seconds.Count} "
            + $"seeds, at most {MostSteps} steps of Adam)");

    /// <summary>Runs both races: the transferred architecture, and a plain network of its size.</summary>
    /// <param name="session">Progress and the wish to stop.</param>
    /// <param name="trainer">What trains.</param>
    /// <param name="transfer">The transferred network.</param>
    /// <param name="learnt">The observations to train on; inputs are mapped onto the cube, as the fit has them.</param>
    /// <param name="test">The observations whose error counts.</param>
    /// <param name="error">The root mean squared test error to reach.</param>
    /// <param name="seeds">How many seeds.</param>
    public static MimicRace[] Run(
        Session session, ITrainer trainer, MotifTransfer transfer, Sample learnt, Sample test, double error, int seeds)
    {
        var (points, held) = (Unit(learnt, transfer), Unit(test, transfer));
        long size = transfer.Network.Size;
        int inputs = learnt.Points.Dimension;
        ParametricNetwork[] networks =
        [
            Architectures.Like(transfer.Network),
            Architectures.OfSize(inputs, 2, Math.Max(size, inputs + 8)),
        ];
        string[] names = ["same architecture", "fully connected, two hidden layers"];
        return [.. networks.Select((network, k) => new MimicRace(
            names[k], network.LargestSize,
            [
                .. Enumerable.Range(1, seeds).Select(seed =>
                    One(session, trainer, network, points, held, error, seed)),
            ]))];
    }

    private static double? One(
        Session session, ITrainer trainer, ParametricNetwork network, Sample learnt, Sample test, double error,
        int seed)
    {
        session.Stop.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Stop);
        var watch = new Watch(stop, error * error);
        try
        {
            trainer.Train(new TrainingRequest(network, learnt)
            {
                Validation = test,
                Steps = MostSteps,
                Evaluate = 20,
                Batch = Math.Min(Batch, learnt.Count),
                Rate = 3e-3,
                Schedule = new Schedule.Constant(),
                Seed = seed,
                Progress = watch,
                Cancellation = stop.Token,
            });
        }
        catch (TrainingException e) when (e.Fault == TrainingFault.Divergence)
        {
            return null; // this seed does not get there
        }

        return watch.Seconds;
    }

    private static Sample Unit(Sample sample, MotifTransfer transfer)
    {
        var cube = FitData.Of(sample, transfer.Scale);
        double[] values = new double[sample.Count * cube.Dimension];
        for (int i = 0; i < sample.Count; i++)
        {
            cube.Point(i).CopyTo(values.AsSpan(i * cube.Dimension));
        }

        return new(new PointCloud(cube.Dimension, values), sample.Values);
    }

    private sealed class Watch(CancellationTokenSource stop, double loss) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        public double? Seconds { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (Seconds is null && value.ValidationLoss <= loss)
            {
                Seconds = _clock.Elapsed.TotalSeconds;
                stop.Cancel();
            }
        }
    }
}
