using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Learning;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Cli.Libraries;
using Proofs.Cli.Papers;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Commands;

/// <summary>proofs train --paper: runs the studies of a paper that need a trainer, and writes what they find.</summary>
/// <param name="session">The session.</param>
/// <param name="trainer">Gives the trainer; it is asked once, and only when something is to be trained.</param>
internal sealed class TrainStudies(Session session, Func<ITrainer> trainer)
{
    /// <summary>The profile and the seed.</summary>
    public required StudyRules Rules { get; init; }

    /// <summary>The threads a part may use.</summary>
    public required int Jobs { get; init; }

    /// <summary>The shard to run, from 1, and how many there are.</summary>
    public (int Index, int Count) Shard { get; init; } = (1, 1);

    /// <summary>Runs one study of a paper, or all; the exit code.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="name">The study; null for all.</param>
    /// <param name="folder">Where files go; null for the folder trained of the paper's sources.</param>
    /// <exception cref="UsageException">There is no such study, or no such folder.</exception>
    public int Run(PaperArtifact paper, string? name, string? folder)
    {
        var studies = Chosen(paper, name);
        string target = folder ?? SourceFolder(paper);
        var known = new Lazy<ITrainer>(trainer);
        foreach (var study in studies)
        {
            try
            {
                Run(study, target, known);
            }
            catch (TrainingException e)
            {
                throw e.Fault is TrainingFault.Device ? new UsageException(e.Message)
                    : new StudyFailure($"study {study.Name}: {e.Message}");
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new InputException($"paper {paper.Key}, study {study.Name}: {e.Message}");
            }
        }

        return ExitCode.Holds;
    }

    private void Run(TrainingStudy study, string target, Lazy<ITrainer> known)
    {
        var all = study.Shard(Rules, 1, 1);
        var own = study.Shard(Rules, Shard.Index, Shard.Count);
        var folder = new StudyFolder(target, study, Rules);
        for (int i = 0; i < own.Length; i++)
        {
            var part = own[i];
            if (folder.Has(part))
            {
                continue;
            }

            session.Stop.ThrowIfCancellationRequested();
            string place = string.Create(
                CultureInfo.InvariantCulture, $"{study.Name}, part {i + 1} of {own.Length}, {part.Name}");
            session.ReportProgress(place);
            folder.Keep(part, part.Run(new(known.Value, Rules)
            {
                Jobs = Jobs,
                Progress = new Line(session, place),
                Cancellation = session.Stop,
            }));
        }

        session.ReportProgress("");
        int left = all.Count(p => !folder.Has(p));
        if (left > 0)
        {
            session.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{study.Name}: shard {Shard.Index}/{Shard.Count} is done; {left} of {all.Length} parts are left"));
            return;
        }

        foreach (string path in folder.Finish(all))
        {
            session.Out.WriteLine($"{study.Name}: {path}");
        }
    }

    private static ImmutableArray<TrainingStudy> Chosen(PaperArtifact paper, string? name)
    {
        ImmutableArray<TrainingStudy> all = [.. paper.Studies.OfType<TrainingStudy>()];
        string? wrong = all.Select(s => s.Name).FirstOrDefault(n => !StudyFile.IsName(n))
            ?? all.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (wrong is not null)
        {
            throw new InputException(
                $"paper {paper.Key}, study '{wrong}': expected names of letters, digits, '-', '_' and '.', each once");
        }

        ImmutableArray<TrainingStudy> chosen = name is null ? all : [.. all.Where(s => s.Name == name)];
        return !chosen.IsEmpty ? chosen
            : all.IsEmpty ? throw new UsageException($"paper {paper.Key} has no study that trains")
            : throw new UsageException(
                $"--study: expected one of {string.Join(", ", all.Select(s => s.Name))}, got '{name}'");
    }

    // A clone has the sources beside what is built from them.
    private static string SourceFolder(PaperArtifact paper)
    {
        const string papers = "paper-artifacts";
        string? built = BuiltFolder.Find(papers);
        string? source = built is null ? null : Path.GetFullPath(Path.Combine(built, "..", "..", papers, paper.Key));
        return source is not null && Directory.Exists(source)
            ? Path.Combine(source, "trained")
            : throw new UsageException($"expected -o DIR: there is no folder {papers}/{paper.Key} of sources here");
    }

    // Training cannot begin or go on: nothing is decided.
    private sealed class StudyFailure(string message)
        : ToolException(Proofs.Cli.Sessions.ExitCode.Inconclusive, message);

    private sealed class Line(Session session, string place) : IProgress<string>
    {
        public void Report(string value) => session.ReportProgress($"{place}: {value}");
    }
}
