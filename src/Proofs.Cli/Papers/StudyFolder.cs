using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Learning;
using Proofs.Checks.Reports;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Papers;

/// <summary>Where a study writes: its files, and, until all of it is done, the files of each part.</summary>
/// <remarks>
/// A part is a folder that gets its name when all its files are there: what was ended in the middle is done again.
/// Parts of other rules, or of another build of the paper, lie in other folders and are never mixed in.
/// </remarks>
internal sealed class StudyFolder(string folder, TrainingStudy study, StudyRules rules)
{
    private const string Unfinished = ".unfinished";

    private readonly string _parts = Path.Combine(
        folder, Unfinished,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{study.Name}-{Explanation.Name(rules.Profile)}-{rules.Seed}-{study.Code.ModuleVersionId:N}"));

    /// <summary>Whether a part is done.</summary>
    public bool Has(StudyPart part) => Directory.Exists(PartFolder(part));

    /// <summary>Keeps the files of a part.</summary>
    /// <exception cref="FormatException">A name is no name of a file, or is there twice.</exception>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public void Keep(StudyPart part, ImmutableArray<StudyFile> files)
    {
        Check(files);
        string begun = $"{PartFolder(part)}.{Path.GetRandomFileName()}.tmp";
        ReportFiles.CreateFolder(begun);
        // the number keeps the order of the files
        for (int i = 0; i < files.Length; i++)
        {
            WriteFile(Path.Combine(begun, i.ToString("D4", CultureInfo.InvariantCulture) + files[i].Name), files[i]);
        }

        Guard(() =>
        {
            Directory.Move(begun, PartFolder(part));
            return true;
        });
    }

    /// <summary>Makes the files of the study from those of all parts, writes them, and forgets the parts.</summary>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="FormatException">A name is no name of a file, or is there twice.</exception>
    /// <exception cref="InputException">A file cannot be read or written.</exception>
    public ImmutableArray<string> Finish(ImmutableArray<StudyPart> parts)
    {
        ImmutableArray<StudyFile> files = study.Assemble(rules, [.. parts.SelectMany(Files)]);
        Check(files);
        ReportFiles.CreateFolder(folder);
        foreach (StudyFile file in files)
        {
            WriteFile(Path.Combine(folder, file.Name), file);
        }

        return Guard(() =>
        {
            Directory.Delete(_parts, recursive: true);
            string all = Path.Combine(folder, Unfinished);
            if (!Directory.EnumerateFileSystemEntries(all).Any())
            {
                Directory.Delete(all);
            }

            return files.Select(f => Path.Combine(folder, f.Name)).ToImmutableArray();
        });
    }

    private string PartFolder(StudyPart part) => Path.Combine(_parts, part.Name);

    private IEnumerable<StudyFile> Files(StudyPart part) =>
        Guard(() => Directory.GetFiles(PartFolder(part)).Order(StringComparer.Ordinal).ToList())
            .Select(path => new StudyFile(Path.GetFileName(path)[4..], [.. InputFile.ReadBytes(path)]));

    private static void WriteFile(string path, StudyFile file) =>
        AtomicFile.Write(path, stream => stream.Write(file.Content.AsSpan()));

    private void Check(ImmutableArray<StudyFile> files)
    {
        string? wrong = files.Select(f => f.Name).FirstOrDefault(n => !StudyFile.IsName(n))
            ?? files.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (wrong is not null)
        {
            throw new FormatException(
                $"study {study.Name}, file '{wrong}': expected names of letters, digits, '-', '_' and '.', each once");
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(_parts, InputFile.Reason(e));
        }
    }
}
