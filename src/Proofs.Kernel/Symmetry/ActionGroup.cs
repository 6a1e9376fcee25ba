using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Kernel.Networks;

namespace Proofs.Kernel.Symmetry;

/// <summary>Products of generators, with what they do to inputs and to outputs.</summary>
/// <remarks>
/// Φ(g x) = h Φ(x) for all x, and Φ(g' x) = h' Φ(x) for all x, give Φ(g g' x) = h Φ(g' x) = h h' Φ(x).
/// </remarks>
public static class ActionGroup
{
    /// <summary>The most elements that are listed.</summary>
    public const int MostElements = 5_000;

    private const long MostEntries = 4_000_000;

    /// <summary>All products of the generators, the identity first; null where they are too many to list.</summary>
    /// <remarks>For generators of finite groups: the inverse of an element is a power of it.</remarks>
    public static ImmutableArray<GeneratorAction>? Elements(IReadOnlyList<GeneratorAction> generators)
    {
        ArgumentNullException.ThrowIfNull(generators);
        if (generators.Count == 0)
        {
            return [];
        }

        var identity = new GeneratorAction(
            SymmetryClaim.Identity(generators[0].Input.Count), SymmetryClaim.Identity(generators[0].Output.Count));
        var known = new HashSet<string>(StringComparer.Ordinal) { Key(identity) };
        List<GeneratorAction> elements = [identity];
        long entries = 0;
        for (int at = 0; at < elements.Count; at++)
        {
            foreach (var generator in generators)
            {
                var product = new GeneratorAction(
                    Product(generator.Input, elements[at].Input), Product(generator.Output, elements[at].Output));
                entries += product.Input.Rows.Sum(r => r.Weights.Length)
                    + product.Output.Rows.Sum(r => r.Weights.Length);
                if (known.Add(Key(product)))
                {
                    elements.Add(product);
                }

                if (elements.Count > MostElements || entries > MostEntries)
                {
                    return null;
                }
            }
        }

        return [.. elements];
    }

    /// <summary>A text that is the same for equal actions alone.</summary>
    internal static string Key(GeneratorAction action)
    {
        var text = new StringBuilder();
        foreach (var map in (ReadOnlySpan<AffineMap>)[action.Input, action.Output])
        {
            foreach (var row in map.Rows)
            {
                foreach (var (index, value) in row.Weights)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{index}:{value} ");
                }

                text.Append(';');
            }

            text.Append('|');
        }

        return text.ToString();
    }

    // left ∘ right
    private static AffineMap Product(AffineMap left, AffineMap right) => left with
    {
        Rows = [.. left.Rows.Select(r => SymmetryClaim.Moved(r, right))],
    };
}
