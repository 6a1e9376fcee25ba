using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Papers;

/// <summary>Theorems of one artifact that a command was asked for.</summary>
/// <param name="Paper">The artifact, with the path by which it was asked for.</param>
/// <param name="Theorems">The theorems, in the order of the artifact.</param>
internal sealed record Selection(LoadedPaper Paper, ImmutableArray<Theorem> Theorems)
{
    /// <summary>The artifact.</summary>
    public PaperArtifact Artifact => Paper.Artifact;

    /// <summary>Whether every theorem of the artifact was asked for.</summary>
    public bool IsWhole => Theorems.Length == Artifact.Theorems.Length;

    /// <summary>
    /// The selections that names and paths ask for, everything that was built where there are none; and what does not
    /// load.
    /// </summary>
    /// <remarks>
    /// A name is looked for in the libraries that paths name beside it, and then among the papers that are built.
    /// </remarks>
    /// <exception cref="UsageException">A name is neither a path nor the key of a paper or theorem.</exception>
    public static Selected Of(IReadOnlyList<string> namesOrPaths)
    {
        if (namesOrPaths.Count == 0)
        {
            LoadedPapers all = PaperLibrary.All();
            return Merged([.. all.Papers.Select(Whole)], [.. all.Problems]);
        }

        List<string> paths = [.. namesOrPaths.Where(Path.Exists).DistinctBy(Path.GetFullPath)];
        List<LoadedPapers> given = [.. paths.Select(PaperLibrary.At)];
        List<LoadedPaper> own = [.. given.SelectMany(l => l.Papers)];
        List<string> problems = [.. given.SelectMany(l => l.Problems)];
        var named = new List<Selection>();
        LoadedPapers? built = null;
        foreach (string name in namesOrPaths.Where(n => !Path.Exists(n)))
        {
            if (Named(name, own) is { Count: > 0 } found)
            {
                named.AddRange(found);
            }
            else if (name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".dll", StringComparison.Ordinal))
            {
                problems.AddRange(PaperLibrary.At(name).Problems);
            }
            else
            {
                built ??= PaperLibrary.All();
                named.AddRange(
                    Named(name, built.Papers) is { Count: > 0 } known
                        ? known
                        : throw Unknown(name, [.. own, .. built.Papers], [.. problems, .. built.Problems]));
            }
        }

        // a library with a name beside it stands for the theorems of that name alone
        return Merged(
            [.. own.Where(p => !named.Any(s => ReferenceEquals(s.Paper, p))).Select(Whole), .. named], problems);
    }

    /// <summary>The command that verifies a theorem of this selection again; it can be pasted into a shell.</summary>
    public string Replay(Theorem theorem, VerificationOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"proofs verify {(Paper.Path is { } path ? Quoted(path) + " " : "")}{Quoted(theorem.Key)} --profile "
            + $"{Explanation.Name(options.Profile)} --seed {options.Seed}");

    private static Selected Merged(List<Selection> chosen, List<string> problems)
    {
        ImmutableArray<Selection> selections =
        [
            .. chosen.GroupBy(s => s.Paper, ReferenceEqualityComparer.Instance).Select(g => new Selection(
                g.First().Paper, [.. g.First().Artifact.Theorems.Where(t => g.Any(s => s.Theorems.Contains(t)))])),
        ];
        foreach (IGrouping<string, Selection> twins in
            selections.GroupBy(s => s.Artifact.Key).Where(g => g.Count() > 1))
        {
            problems.Add(
                $"paper {twins.Key}: more than one library declares it "
                    + $"({string.Join(", ", twins.Select(t => t.Paper.Path ?? "a built paper"))}); "
                        + "only the first is verified");
        }

        return new([.. selections.DistinctBy(s => s.Artifact.Key)], [.. problems]);
    }

    private static Selection Whole(LoadedPaper paper) => new(paper, paper.Artifact.Theorems);

    private static List<Selection> Named(string name, IEnumerable<LoadedPaper> papers) =>
    [
        .. papers.Select(
            p => p.Artifact.Key == name
                ? Whole(p)
                : new Selection(p, [.. p.Artifact.Theorems.Where(t => t.Key == name)]))
            .Where(s => s.Theorems.Length > 0 || s.Artifact.Key == name),
    ];

    private static UsageException Unknown(string name, List<LoadedPaper> papers, List<string> problems)
    {
        string known = string.Join(
            ", ", papers.SelectMany(p => p.Artifact.Theorems.Select(t => t.Key).Prepend(p.Artifact.Key)).Distinct());
        string lost = problems.Count == 0 ? "" : $"; not loaded: {string.Join("; ", problems)}";
        return new UsageException((known.Length == 0
            ? $"expected a path, got '{name}': no paper artifact is built, ./build.sh builds them"
            : $"expected a path or one of {known}, got '{name}'") + lost);
    }

    // As a POSIX shell reads it back.
    private static string Quoted(string word) =>
        word.Length > 0
            && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./+:@,=".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What a command line asks for.</summary>
/// <param name="Selections">The theorems, paper by paper.</param>
/// <param name="Problems">What does not load, a line each.</param>
internal sealed record Selected(ImmutableArray<Selection> Selections, ImmutableArray<string> Problems);
