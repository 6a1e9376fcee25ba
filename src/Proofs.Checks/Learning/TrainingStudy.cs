using System.Collections.Immutable;
using System.Reflection;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Learning;

/// <summary>A study that trains networks. It knows a trainer by its interface alone.</summary>
public sealed record TrainingStudy : Study
{
    /// <summary>A study made of parts.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="summary">What it does, in one line.</param>
    /// <param name="parts">Its parts for a profile and a seed; each has a name of its own. Parts do not depend on each
    /// other, so that they can be run in any order and on several machines.</param>
    /// <param name="assemble">Makes the files of the study from those of its parts, in the order of the parts: the same
    /// files give the same bytes.</param>
    public TrainingStudy(
        string name, string summary, Func<StudyRules, ImmutableArray<StudyPart>> parts,
        Func<StudyRules, ImmutableArray<StudyFile>, ImmutableArray<StudyFile>> assemble)
        : base(name, summary) => (Parts, Assemble, Code) = (parts, assemble, parts.Method.Module);

    /// <summary>What says what the parts are: parts of another build of it are not of this study.</summary>
    public Module Code { get; init; }

    /// <summary>Its parts for a profile and a seed.</summary>
    public Func<StudyRules, ImmutableArray<StudyPart>> Parts { get; }

    /// <summary>Makes its files from those of its parts.</summary>
    public Func<StudyRules, ImmutableArray<StudyFile>, ImmutableArray<StudyFile>> Assemble { get; }

    /// <summary>The study whose files are those of its parts.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="summary">What it does, in one line.</param>
    /// <param name="parts">Its parts for a profile and a seed.</param>
    public static TrainingStudy Of(string name, string summary, Func<StudyRules, ImmutableArray<StudyPart>> parts) =>
        new(name, summary, parts, (_, files) => files);

    /// <summary>The parts of shard <paramref name="index"/> of <paramref name="count"/>: every count-th one.</summary>
    /// <param name="rules">What the parts depend on.</param>
    /// <param name="index">From 1 to <paramref name="count"/>.</param>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    /// <exception cref="FormatException">Two parts have one name, or a name is no name of a folder.</exception>
    public ImmutableArray<StudyPart> Shard(StudyRules rules, int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, count);
        var parts = Parts(rules);
        string? wrong = parts.Select(p => p.Name).FirstOrDefault(n => !StudyFile.IsName(n))
            ?? parts.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
        return wrong is null
            ? [.. parts.Where((_, i) => i % count == index - 1)]
            : throw new FormatException(
                $"study {Name}, part '{wrong}': expected names of letters, digits, '-', '_' and '.', each once");
    }
}

/// <summary>What the result of a study depends on.</summary>
/// <param name="Profile">The size of the study.</param>
/// <param name="Seed">Where random choices start.</param>
public readonly record struct StudyRules(Profile Profile, long Seed);

/// <summary>A part of a study, which is done as a whole or not at all.</summary>
/// <param name="Name">A name within the study; letters, digits, '-', '_' and '.'.</param>
/// <param name="Run">Does it.</param>
public sealed record StudyPart(string Name, Func<StudyRequest, ImmutableArray<StudyFile>> Run);

/// <summary>What a part is given to work with.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Rules">The profile and the seed.</param>
public sealed record StudyRequest(ITrainer Trainer, StudyRules Rules)
{
    /// <summary>The threads it may use.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Is told what it is at, in a line; null for nobody.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>Ends the part, which then throws <see cref="OperationCanceledException"/>: nothing of it is
    /// kept.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Trains by the trainer, with the cancellation of this request.</summary>
    /// <param name="request">What to train.</param>
    /// <exception cref="OperationCanceledException">
    /// Training was ended: a network that is half trained is no result of a study.
    /// </exception>
    /// <exception cref="TrainingException">Training cannot begin or go on.</exception>
    public TrainingOutcome Train(TrainingRequest request)
    {
        var outcome = Trainer.Train(request with { Cancellation = Cancellation });
        return outcome.End == TrainingEnd.Cancelled ? throw new OperationCanceledException(Cancellation) : outcome;
    }
}

/// <summary>A file that a study writes.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">Its bytes.</param>
public sealed record StudyFile(string Name, ImmutableArray<byte> Content)
{
    /// <summary>A text as UTF-8.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="text">Its text.</param>
    public static StudyFile Text(string name, string text) =>
        new(name, [.. System.Text.Encoding.UTF8.GetBytes(text)]);

    /// <summary>The text, read as UTF-8.</summary>
    public string AsText() => System.Text.Encoding.UTF8.GetString(Content.AsSpan());

    /// <summary>Whether a name can be one of a file on every system, and leads into no other folder.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => name.Length is > 0 and <= 100 && name[0] != '.' && name[^1] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether both have one name and the same bytes.</summary>
    /// <param name="other">Another file.</param>
    public bool Equals(StudyFile? other) =>
        other is not null && Name == other.Name && Content.AsSpan().SequenceEqual(other.Content.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Content.Length);
}
