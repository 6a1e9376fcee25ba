using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>A network property in words: its boxes and constraints, as far as they are short.</summary>
internal static class PropertyWords
{
    private const int MostCharacters = 600;

    /// <summary>The cases, from 0; only how many where they are long.</summary>
    public static string Of(NetworkProperty property)
    {
        int empty = property.Cases.Count(c => c.IsEmpty);
        string count = Count(property.Cases.Length, "case")
            + (empty > 0 ? $", {empty.ToString(CultureInfo.InvariantCulture)} of them with an empty box" : "");
        var words = new List<string>();
        int length = 0;
        for (int n = 0; n < property.Cases.Length; n++)
        {
            if (Case(property.Cases[n], MostCharacters - length) is not { } text)
            {
                return count;
            }

            length += text.Length;
            words.Add(string.Create(CultureInfo.InvariantCulture, $"case {n}: {text}"));
        }

        return $"{count} ({string.Join("; ", words)})";
    }

    /// <summary>A box as [a,b]x[c,d].</summary>
    public static string Box(IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper) =>
        string.Join('x', lower.Zip(upper, (a, b) => $"[{NetworkText.Number(a)},{NetworkText.Number(b)}]"));

    /// <summary>A point as (a, b) after a space; empty where it is long.</summary>
    public static string Point(IReadOnlyList<BigRational> point)
    {
        const int MostCharacters = 300;
        string text = $" ({string.Join(", ", point.Select(NetworkText.Number))})";
        return text.Length <= MostCharacters ? text : "";
    }

    /// <summary>1 case, 2 cases.</summary>
    public static string Count(int n, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{n} {noun}{(n == 1 ? "" : "s")}");

    // Null where it is longer than that.
    private static string? Case(PropertyCase c, int most)
    {
        if (c.Lower.Length + c.Inputs.Length + c.Outputs.Length > most)
        {
            return null;
        }

        string[] relations = [.. c.Inputs.Select(k => Words(k, "x")), .. c.Outputs.Select(k => Words(k, "y"))];
        string text = "x in " + Box(c.Lower, c.Upper)
            + (relations.Length == 0 ? "" : " with " + string.Join(" and ", relations));
        return text.Length <= most ? text : null;
    }

    private static string Words(RowConstraint c, string name) =>
        $"{Sum(c.Terms, name)} {(c.IsStrict ? "<" : "<=")} {NetworkText.Number(c.Bound)}";

    private static string Sum(ImmutableArray<Entry> terms, string name)
    {
        var words = terms.Select(t => string.Create(
            CultureInfo.InvariantCulture,
            $"{(t.Value == BigRational.One ? "" : $"{NetworkText.Number(t.Value)}*")}{name}{t.Index + 1}"));
        return terms.IsEmpty ? "0" : string.Join(" + ", words);
    }
}
