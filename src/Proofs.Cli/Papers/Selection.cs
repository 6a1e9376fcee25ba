using System.Collections.Immutable;
using Proofs.Checks;

namespace Proofs.Cli.Papers;

/// <summary>Theorems of one artifact that a command was asked for.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Theorems">The theorems, in the order of the artifact.</param>
internal sealed record Selection(PaperArtifact Artifact, ImmutableArray<Theorem> Theorems)
{
    /// <summary>Whether every theorem of the artifact was asked for.</summary>
    public bool IsWhole => Theorems.Length == Artifact.Theorems.Length;

    /// <summary>The selections that names and paths ask for; everything that was built where there are none.</summary>
    /// <exception cref="UsageException">A name is neither a path nor the key of a paper or theorem.</exception>
    /// <exception cref="InputException">A path leads to no artifact.</exception>
    public static ImmutableArray<Selection> Of(IReadOnlyList<string> namesOrPaths)
    {
        if (namesOrPaths.Count == 0)
        {
            return [.. PaperLibrary.All().Select(Whole)];
        }

        var chosen = new List<Selection>();
        ImmutableArray<PaperArtifact>? built = null;
        foreach (string name in namesOrPaths)
        {
            if (Path.Exists(name) || name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".dll", StringComparison.Ordinal))
            {
                chosen.AddRange(PaperLibrary.At(name).Select(Whole));
            }
            else
            {
                built ??= PaperLibrary.All();
                chosen.AddRange(Named(name, built.Value));
            }
        }

        return
        [
            .. chosen.GroupBy(s => s.Artifact).Select(g => new Selection(
                g.Key, [.. g.Key.Theorems.Where(t => g.Any(s => s.Theorems.Contains(t)))])),
        ];
    }

    private static Selection Whole(PaperArtifact artifact) => new(artifact, artifact.Theorems);

    private static List<Selection> Named(string name, ImmutableArray<PaperArtifact> built)
    {
        List<Selection> found =
        [
            .. built.Select(a => a.Key == name ? Whole(a) : new Selection(a, [.. a.Theorems.Where(t => t.Key == name)]))
                .Where(s => s.Theorems.Length > 0),
        ];
        if (found.Count > 0)
        {
            return found;
        }

        string known = string.Join(", ", built.SelectMany(a => a.Theorems.Select(t => t.Key).Prepend(a.Key)).Distinct());
        throw new UsageException(known.Length == 0
            ? $"expected a path, got '{name}': no paper artifact is built, ./build.sh builds them"
            : $"expected a path or one of {known}, got '{name}'");
    }
}
