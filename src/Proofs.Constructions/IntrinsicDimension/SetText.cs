using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>Self-similar sets as text, one map a line.</summary>
/// <remarks>
/// <c>map 1/3 : 2/3 0</c> is x ↦ x/3 + (2/3, 0); <c>map 1/6 -1/6 ; 1/2 1/6 : 1/3 0</c> has the matrix by rows.
/// <c>box [0,1]x[0,1/2]</c> or <c>hull 0 0 , 1 0 , 1/2 1/2</c> (corners of a simplex) is taken into itself by every map; the
/// unit cube where both are missing. <c>metric 1 1/3</c> is a norm x² + y²/3 in which the maps are similarities. What follows # is a remark.
/// </remarks>
public static class SetText
{
    /// <summary>The set that <paramref name="text"/> states.</summary>
    /// <exception cref="FormatException">A line is none of the forms above; the message has its number.</exception>
    /// <exception cref="ArgumentException">A map is no contraction, or leaves the set; the message has the numbers.</exception>
    public static SelfSimilarSet Parse(string name, string text)
    {
        var maps = new List<AffineMap>();
        Box? box = null;
        ImmutableArray<BigRational>[]? corners = null;
        ImmutableArray<BigRational>? metric = null;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}");
            string rest = line[(line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var i ? i : line.Length)..].Trim();
            switch (line.Split(' ')[0])
            {
                case "map":
                    maps.Add(Map(place, rest));
                    break;
                case "box":
                    box = ReadBox(place, rest);
                    break;
                case "hull":
                    corners = [.. rest.Split(',').Select(c => Numbers(place, c))];
                    break;
                case "metric":
                    metric = Numbers(place, rest);
                    break;
                case var word:
                    throw new FormatException($"{place}: '{word}' is no keyword; expected map, box, hull or metric.");
            }
        }

        return corners is null
            ? SelfSimilarSet.Create(name, maps, box, metric)
            : SelfSimilarSet.Create(name, maps, corners, metric);
    }

    private static AffineMap Map(string place, string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2)
        {
            throw new FormatException($"{place}: 'map {text}' has no translation; expected such as 'map 1/2 : 1/2 0'.");
        }

        var translation = Numbers(place, parts[1]);
        ImmutableArray<BigRational>[] rows = [.. parts[0].Split(';').Select(r => Numbers(place, r))];
        if (rows is [[var ratio]])
        {
            return AffineMap.Homothety(ratio, translation);
        }

        return rows.Length == translation.Length && rows.All(r => r.Length == translation.Length)
            ? new AffineMap([.. rows], translation)
            : throw new FormatException(
                $"{place}: the translation has {translation.Length} numbers, the matrix rows of {string.Join(", ", rows.Select(r => r.Length))}; expected one ratio or a square matrix.");
    }

    private static Box ReadBox(string place, string text)
    {
        try
        {
            return Box.Parse(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{place}: {e.Message}");
        }
    }

    private static ImmutableArray<BigRational> Numbers(string place, string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => BigRational.TryParse(t)
            ?? throw new FormatException($"{place}: '{t}' is no number; expected such as 1/3 or 0.25.")),
    ];
}
