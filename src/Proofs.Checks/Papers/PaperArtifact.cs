using System.Collections.Immutable;
using System.Reflection;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Papers;

/// <summary>What the suite has of one paper: theorems, and the tables and figures made from them.</summary>
/// <param name="Key">The folder's name and the name on the command line.</param>
/// <param name="Title">The paper in a few words.</param>
/// <param name="Theorems">The theorems.</param>
/// <param name="Tables">Makes the tables; the same bytes each time.</param>
/// <param name="Figures">Makes the figures; the same bytes each time.</param>
public sealed record PaperArtifact(
    string Key,
    string Title,
    ImmutableArray<Theorem> Theorems,
    Func<ImmutableArray<Table>> Tables,
    Func<ImmutableArray<Figure>> Figures)
{
    /// <inheritdoc cref="Theorems" path="/summary"/>
    public ImmutableArray<Theorem> Theorems { get; init; } = Theorems.IsDefault ? [] : Theorems;

    /// <summary>Experiments of the paper that are run by a command of their own; each has a name of its own.</summary>
    public ImmutableArray<Study> Studies { get; init; } = [];

    /// <summary>
    /// Every artifact that <paramref name="assembly"/> declares as a public static property, in the order of the keys.
    /// </summary>
    /// <exception cref="FormatException">A declaration throws or is wrong; the message names it.</exception>
    public static ImmutableArray<PaperArtifact> In(Assembly assembly)
    {
        var (artifacts, problems) = Read(assembly);
        return problems.IsEmpty ? artifacts : throw new FormatException(problems[0]);
    }

    /// <summary>
    /// The artifacts that <see cref="In"/> finds and that can be used, and what is wrong with the others, a line each.
    /// </summary>
    /// <remarks>
    /// A declaration that throws takes none of the others down, nor do two papers of one key: both are left out.
    /// </remarks>
    public static DeclaredPapers Read(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var found = new List<PaperArtifact>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var property in assembly.GetExportedTypes().Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(p => p.PropertyType == typeof(PaperArtifact) && p.GetIndexParameters().Length == 0))
        {
            string place = $"{property.DeclaringType?.FullName}.{property.Name}";
            try
            {
                if (property.GetValue(null) is not PaperArtifact artifact)
                {
                    problems.Add($"{place} is null; expected a paper artifact");
                }
                else if (Declaration.KeyProblem("paper", artifact.Key) is [var problem, ..])
                {
                    problems.Add($"{place}, {problem.Place}: {problem.Problem}");
                }
                else
                {
                    found.Add(artifact);
                }
            }
            catch (Exception e)
            {
                problems.Add($"{place} throws {Faults.Describe(e)}"); // an author's code: anything may come out of it
            }
        }

        var twins = found.GroupBy(a => a.Key, StringComparer.Ordinal)
            .Where(g => g.Distinct(ReferenceEqualityComparer.Instance).Count() > 1).ToList();
        problems.AddRange(twins.Select(g => $"{g.Count()} papers have the key '{g.Key}'; expected a key for each"));
        return new DeclaredPapers(
            [.. found.Where(a => twins.All(g => g.Key != a.Key)).DistinctBy(a => a.Key)
                .OrderBy(a => a.Key, StringComparer.Ordinal)],
            problems.ToImmutable());
    }

    /// <summary>Whether both artifacts have the same key.</summary>
    public bool Equals(PaperArtifact? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}

/// <summary>What an assembly declares of papers.</summary>
/// <param name="Artifacts">The artifacts that can be used, in the order of the keys.</param>
/// <param name="Problems">What is wrong with the others, a line each.</param>
public readonly record struct DeclaredPapers(ImmutableArray<PaperArtifact> Artifacts, ImmutableArray<string> Problems);
