using System.Collections.Immutable;
using System.Reflection;

namespace Proofs.Checks;

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
    /// <summary>Every artifact that <paramref name="assembly"/> declares as a public static property, in the order of the keys.</summary>
    public static ImmutableArray<PaperArtifact> In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly.GetExportedTypes()
                .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static))
                .Where(p => p.PropertyType == typeof(PaperArtifact))
                .Select(p => (PaperArtifact)p.GetValue(null)!)
                .OrderBy(a => a.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether both artifacts have the same key.</summary>
    public bool Equals(PaperArtifact? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}
