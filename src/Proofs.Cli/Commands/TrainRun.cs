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
    private readonly Lock _gate = new();
    private ImmutableArray<TrainReport.Row> _rows = [];
    private string? _written; // the name of the network in the file
    private bool _isOver;

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
    public void Given(string path, ReluNetwork network) => Add(new(new(Path.GetFileName(path), network), null));

    /// <summary>What is known when the process ends without the command; nothing is written after it.</summary>
    public string Abandoned(string why)
    {
        lock (_gate)
        {
            _isOver = true;
            return Report(why).Print(AsJson);
        }
    }

    /// <summary>
    /// Trains what is planned, writes the best of it, certifies all and prints; the exit code. The network that is best
    /// so far is in the file from the end of training on, so that no end of the certification loses it.
    /// </summary>
    public int Run(ImmutableArray<Counterparts.Plan> plans, Sample learnt, Sample validation)
    {
        if (subject?.Built is { } built)
        {
            Add(new(new("built", built.Network) { Bound = Counterparts.BoundOf(built) }, null));
        }

        foreach (var plan in plans)
        {
            var clock = Stopwatch.StartNew();
            var outcome = Train(plan, learnt, validation, clock);
            var row = new Counterpart(plan.Name, outcome.Network) { Training = outcome };
            Add(new(row, clock.Elapsed.TotalSeconds));
            if (outcome.End == TrainingEnd.Cancelled)
            {
                return Ended(plan.Name, outcome);
            }
        }

        WriteBest();
        for (int r = 0; r < _rows.Length; r++)
        {
            var row = Measured(_rows[r], validation);
            lock (_gate)
            {
                _rows = _rows.SetItem(r, row);
            }

            WriteBest();
        }

        var report = Report(null);
        session.Out.Write(report.Print(AsJson));
        if (report.ExitCode == ExitCode.Inconclusive)
        {
            session.Stop.ThrowIfCancellationRequested();
        }

        return report.ExitCode;
    }

    private void Add(TrainReport.Row row)
    {
        lock (_gate)
        {
            _rows = _rows.Add(row);
        }
    }

    // What the file has and what the report says of it change together.
    private void WriteBest()
    {
        lock (_gate)
        {
            var best = Best().Counterpart;
            if (File is { } file && _written != best.Name && !_isOver)
            {
                Networks.Write(file, best.Network);
                _written = best.Name;
            }
        }
    }

    private TrainReport Report(string? why)
    {
        string? best = _rows.Any(r => r.Counterpart.Training is not null) ? Best().Counterpart.Name : null;
        return new(subject, _rows, _written ?? best, why)
        {
            Written = _written,
            File = File,
            AtMost = subject is null ? null : Limits(CertifyRequest.OfFormula(subject.Target, subject.Region)).AtMost,
        };
    }

    // The trained network whose certified error is least; without one, the one whose validation loss is.
    private TrainReport.Row Best() => _rows.Where(r => r.Counterpart.Training is not null)
        .OrderBy(r => r.Counterpart.Error?.Value.Upper is { } upper ? Binary64.RoundUp(upper) : double.PositiveInfinity)
        .ThenBy(r => r.Counterpart.Training!.ValidationLoss).First();

    // Training was told to end: by the time limit, or by an interrupt.
    private int Ended(string plan, TrainingOutcome outcome)
    {
        bool isInterrupted = session.Stop.IsCancellationRequested;
        WriteBest();
        string kept = File is null ? "nothing is written"
            : _written == plan ? $"{File} has its best so far, of step {outcome.BestStep}, not certified"
            : $"{File} has '{_written}', which is better so far, not certified";
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{(isInterrupted ? "interrupted" : session.Deadline.Why)}: '{plan}' after step {outcome.Steps}, "
                + $"validation loss {outcome.ValidationLoss:g6}; {kept}");
        session.ReportProgress("");
        session.Out.Write(Report(line).Print(AsJson));
        if (!isInterrupted)
        {
            return ExitCode.Inconclusive;
        }

        session.Error.WriteLine(Message.OneLine($"proofs train: {line}"));
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Stop);
        if (session.Deadline.Left is { } left && left.TotalMilliseconds < int.MaxValue)
        {
            stop.CancelAfter(left); // a longer limit ends the process, as every limit would
        }

        var request = Options(new(plan.Network, learnt)
        {
            Validation = validation,
            Start = plan.Start,
            Seed = Seed,
            Cancellation = stop.Token,
            Progress = new Line(session, plan.Name, clock),
        });
        if (request.Checkpoint is { } path && subject?.Built is not null)
        {
            throw new UsageException($"--checkpoint {path}: expected one network to train, not all of --constructed");
        }

        if (request.Checkpoint is { } state)
        {
            AtomicFile.Require(state);
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
