using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>One run of proofs train: trains, writes, certifies, prints.</summary>
internal sealed class TrainRun(Session session, TrainingSubject? subject, ITrainer trainer)
{
    private readonly List<TrainReport.Row> _rows = [];

    /// <summary>Where the trained network goes; null for nowhere.</summary>
    public string? File { get; init; }

    /// <summary>Whether to print JSON.</summary>
    public bool AsJson { get; init; }

    /// <summary>Where random choices start.</summary>
    public long Seed { get; init; }

    /// <summary>Gives a request to certify the limits of the command line.</summary>
    public required Func<CertifyRequest, CertifyRequest> Limits { get; init; }

    /// <summary>Gives a request to train the options of the command line.</summary>
    public required Func<TrainingRequest, TrainingRequest> Options { get; init; }

    /// <summary>Puts a network that was read beside the trained ones.</summary>
    public void Given(string path, ReluNetwork network) => _rows.Add(new(new(Path.GetFileName(path), network), null));

    /// <summary>What is known when the command has to end.</summary>
    public string Unfinished(string why) => Report(_rows, why).Print(AsJson);

    /// <summary>Trains what is planned, writes the best of it, certifies all and prints; the exit code.</summary>
    public int Run(ImmutableArray<Counterparts.Plan> plans, Sample learnt, Sample validation)
    {
        if (subject?.Built is { } built)
        {
            _rows.Add(new(new("built", built.Network) { Bound = Counterparts.BoundOf(built) }, null));
        }

        foreach (var plan in plans)
        {
            var clock = Stopwatch.StartNew();
            var outcome = Train(plan, learnt, validation, clock);
            var row = new Counterpart(plan.Name, outcome.Network) { Training = outcome };
            _rows.Add(new(row, clock.Elapsed.TotalSeconds));
            if (outcome.End == TrainingEnd.Cancelled)
            {
                return Interrupted(outcome);
            }
        }

        for (int r = 0; r < _rows.Count; r++)
        {
            _rows[r] = Measured(_rows[r], validation);
            var found = _rows.ToImmutableArray();
            session.Deadline.Know(why => new(Report(found, why).Print(AsJson), ExitCode.Inconclusive));
        }

        var best = Best();
        if (File is { } file)
        {
            Networks.Write(file, best.Counterpart.Network);
        }

        var report = Report(_rows, null);
        session.Out.Write(report.Print(AsJson));
        return report.ExitCode;
    }

    private TrainReport Report(IReadOnlyList<TrainReport.Row> rows, string? why)
    {
        string? best = rows.Any(r => r.Counterpart.Training is not null) ? Best().Counterpart.Name : null;
        return new(subject, [.. rows], best, File, why)
        {
            AtMost = subject is null ? null : Limits(CertifyRequest.OfFormula(subject.Target, subject.Region)).AtMost,
        };
    }

    // The trained network whose certified error is least; without one, the one whose validation loss is.
    private TrainReport.Row Best() => _rows.Where(r => r.Counterpart.Training is not null)
        .OrderBy(r => r.Counterpart.Error?.Value.Upper is { } upper ? Binary64.RoundUp(upper) : double.PositiveInfinity)
        .ThenBy(r => r.Counterpart.Training!.ValidationLoss).First();

    private int Interrupted(TrainingOutcome outcome)
    {
        string kept = "nothing is written";
        if (File is { } file)
        {
            Networks.Write(file, outcome.Network);
            kept = $"{file} has the best so far, of step {outcome.BestStep}, not certified";
        }

        session.ReportProgress("");
        session.Error.WriteLine(Message.OneLine(string.Create(
            CultureInfo.InvariantCulture,
            $"proofs train: interrupted after step {outcome.Steps}: {kept}; "
                + $"its validation loss is {outcome.ValidationLoss:g6}")));
        return ExitCode.Interrupted;
    }

    private TrainReport.Row Measured(TrainReport.Row row, Sample validation)
    {
        var network = row.Counterpart.Network;
        double sampled = TargetSample.LargestError(network, validation);
        if (subject is null)
        {
            return row with { Counterpart = row.Counterpart with { Sampled = sampled } };
        }

        var clock = Stopwatch.StartNew();
        var request = Limits(CertifyRequest.Of(network, subject.Target, subject.Region));
        // the bound in question is one about what was trained
        request = row.Counterpart.Training is null ? request with { AtMost = null } : request;
        var result = Searching.Run(session, () => LargestError.Of(request, subject.Norm)).Result;
        return row with
        {
            Counterpart = row.Counterpart with { Error = result, Sampled = sampled },
            CertificationSeconds = clock.Elapsed.TotalSeconds,
        };
    }

    private TrainingOutcome Train(Counterparts.Plan plan, Sample learnt, Sample validation, Stopwatch clock)
    {
        var request = Options(new(plan.Network, learnt)
        {
            Validation = validation,
            Start = plan.Start,
            Seed = Seed,
            Cancellation = session.Stop,
            Progress = new Line(session, plan.Name, clock),
        });
        if (request.Checkpoint is { } path && subject?.Built is not null)
        {
            throw new UsageException($"--checkpoint {path}: expected one network to train, not all of --constructed");
        }

        try
        {
            return trainer.Train(request);
        }
        catch (TrainingException e)
        {
            throw e.Fault switch
            {
                TrainingFault.Device => new UsageException(e.Message),
                TrainingFault.Checkpoint => new InputException(e.Message),
                _ => new TrainingFailure(e.Message),
            };
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(request.Checkpoint ?? "", $"cannot be written: {InputFile.Reason(e)}");
        }
        finally
        {
            session.ReportProgress("");
        }
    }

    // Training cannot begin or go on: nothing is decided.
    private sealed class TrainingFailure(string message)
        : ToolException(Proofs.Cli.Sessions.ExitCode.Inconclusive, message);

    private sealed class Line(Session session, string name, Stopwatch clock) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            double left = clock.Elapsed.TotalSeconds / value.Step * (value.Steps - value.Step);
            session.ReportProgress(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: step {value.Step} of {value.Steps}, loss {value.TrainingLoss:e2}, "
                    + $"validation {value.ValidationLoss:e2}, about {left:f0} s left"));
        }
    }
}
