using System.Diagnostics;
using System.Globalization;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Fitting;
using Proofs.Checks.Learning;
using Proofs.Cli.Libraries;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>One run of `proofs mimic`: rows are parted, candidates fitted, the best one transferred and certified.
/// </summary>
internal sealed class MimicRun(Session session, string path)
{
    private const int FewRows = 10;
    private const int MostSearchedInputs = 3;
    private const long MostSearchedSize = 4000;

    /// <summary>What is fitted.</summary>
    public required Motif Motif { get; init; }

    /// <summary>The kernel asked for.</summary>
    public required string? Kernel { get; init; }

    /// <summary>The numbers asked for.</summary>
    public required MotifNumbers Numbers { get; init; }

    /// <summary>τ; null for a thousandth of the range of the target.</summary>
    public required BigRational? Error { get; init; }

    /// <summary>The most of the box that the strips of trees may take.</summary>
    public required BigRational Strips { get; init; }

    /// <summary>Where random choices start.</summary>
    public required long Seed { get; init; }

    /// <summary>What the search for the error may spend.</summary>
    public required long Boxes { get; init; }

    /// <summary>How many threads work.</summary>
    public required int Jobs { get; init; }

    /// <summary>How many layers are trained after the transfer, from the last; 0 for none.</summary>
    public required int RetrainedLayers { get; init; }

    /// <summary>Steps of that training.</summary>
    public required int RetrainingSteps { get; init; }

    /// <summary>Random starts of gradient descent to compare with; 0 for none.</summary>
    public required int Races { get; init; }

    /// <summary>Fits, transfers and certifies.</summary>
    public MimicReport Fit(Sample all)
    {
        try
        {
            return Fitted(all);
        }
        catch (FitException e)
        {
            throw new InputException(path, e.Message);
        }
    }

    private MimicReport Fitted(Sample all)
    {
        var clock = Stopwatch.StartNew();
        var whole = FitData.Of(all);
        int[] order = new SplitMix64((ulong)Seed ^ 0x0DA7_A001).Sample(all.Count, all.Count);
        int held = all.Count < FewRows ? 0 : all.Count / 5;
        FitData test = Part(order[..held]), choice = Part(order[held..(2 * held)]);
        FitData learnt = whole.Select(order[(2 * held)..]);
        var range = Binary64.Exact(whole.Values.Max()) - Binary64.Exact(whole.Values.Min());
        var tau = Error ?? range / 1000;
        double wanted = Binary64.Nearest(range / 100);

        var candidates = MotifChoice.Candidates(Motif, Kernel, learnt, Numbers);
        MotifFit? best = null;
        double least = double.PositiveInfinity;
        string? refused = null;
        for (int k = 0; k < candidates.Length; k++)
        {
            session.Stop.ThrowIfCancellationRequested();
            session.ReportProgress(string.Create(
                CultureInfo.InvariantCulture, $"{candidates[k]}: {k + 1} of {candidates.Length}"));
            try
            {
                var fit = MotifFit.Of(candidates[k], learnt, wanted, Seed);
                double loss = fit.RootMeanSquare(choice);
                (best, least) = best is null || loss < least ? (fit, loss) : (best, least);
            }
            catch (FitException e)
            {
                refused ??= e.Message;
            }
        }

        session.ReportProgress("");
        if (best is null)
        {
            throw new FitException(refused!);
        }

        double fitSeconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var transfer = best.Kernel is { } kernel
            ? MotifTransfer.OfModel(kernel.Model, whole.Scale, tau)
            : MotifTransfer.OfTrees(
                best.Trees, whole.Scale, MotifTransfer.StripsFor(best.Trees, learnt, Strips));
        double transferSeconds = clock.Elapsed.TotalSeconds;
        var report = new MimicReport(path, best, transfer, tau)
        {
            Candidates = candidates.Length,
            Rows = (learnt.Count, held, held),
            Repeated = whole.Repeated,
            TestError = best.RootMeanSquare(test),
            NetworkError = Math.Sqrt(
                TargetSample.MeanSquare(transfer.Network, Rows(held == 0 ? order : order[..held]))),
            FitSeconds = fitSeconds,
            TransferSeconds = transferSeconds,
            Searched = Search(transfer, tau),
        };
        if (RetrainedLayers == 0 && Races == 0)
        {
            return report;
        }

        ITrainer trainer = TrainerLibrary.Load();
        Sample rows = Rows(order[(2 * held)..]), tested = Rows(held == 0 ? order : order[..held]);
        return report with
        {
            Retrained = RetrainedLayers == 0 ? null : Retrain(
                trainer, transfer, rows, held == 0 ? tested : Rows(order[held..(2 * held)])),
            Tested = tested,
            Races = Races == 0 ? [] : MimicRace.Run(
                session, trainer, transfer, rows, tested, report.NetworkError, Races),
        };

        Sample Rows(int[] some) => new(all.Points.Select(some), [.. some.Select(r => all.Values[r])]);

        FitData Part(int[] rows) => rows.Length == 0 ? whole : whole.Select(rows);
    }

    private Retrained Retrain(ITrainer trainer, MotifTransfer transfer, Sample learnt, Sample choice)
    {
        try
        {
            return Retraining.Run(
                trainer, transfer, Math.Min(RetrainedLayers, transfer.Network.Depth), learnt, choice,
                request => request with
                {
                    Steps = RetrainingSteps,
                    Evaluate = Math.Max(1, RetrainingSteps / 20),
                    Batch = Math.Min(64, learnt.Count),
                    Rate = 1e-4,
                    Seed = Seed,
                    Cancellation = session.Stop,
                });
        }
        catch (TrainingException e)
        {
            throw new FitException($"retraining: {e.Message}");
        }
    }

    // A second enclosure of the same supremum, by branch and bound on the whole network, where that is not hopeless.
    private CertifyResult? Search(MotifTransfer transfer, BigRational tau)
    {
        if (transfer.Model is not { } model || model.Dimension > MostSearchedInputs
            || transfer.Network.Size > MostSearchedSize)
        {
            return null;
        }

        var request = CertifyRequest.Of(
            transfer.Network, model.Formula(transfer.Scale), Region.Of(transfer.Scale.Box)) with
        {
            AtMost = tau,
            BoxBudget = Boxes,
            Jobs = Jobs,
            Timeout = session.Deadline.Left,
            Cancellation = session.Stop,
            Progress = Searching.Progress(session),
        };
        return Searching.Run(session, () => Certifier.Sup(request));
    }
}
