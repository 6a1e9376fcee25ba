using System.Globalization;
using System.Text;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>Linear maps in words: a permutation by its cycles, any other by what it makes of x.</summary>
public static class GeneratorText
{
    /// <summary>
    /// The whole map: (1 2 3) moves coordinate 1 to place 2, 2 to 3, 3 to 1; () moves none; else x -> (x2, -x1).
    /// </summary>
    /// <param name="map">The map, without a bias.</param>
    /// <param name="name">The name of what it moves, as x.</param>
    public static string Of(AffineMap map, string name = "x")
    {
        ArgumentNullException.ThrowIfNull(map);
        return Places(map) is { } places ? Cycles(places)
            : $"{name} -> ({string.Join(", ", map.Rows.Select(r => Sum(r, name)))})";
    }

    /// <summary>Whether the map is the identity.</summary>
    internal static bool IsIdentity(AffineMap map) => Enumerable.Range(0, map.Count)
        .All(k => map.Rows[k].Weights is [var only] && only.Index == k && only.Value == BigRational.One);

    // Where each coordinate goes; null for a map that is no permutation.
    private static int[]? Places(AffineMap map)
    {
        int[] places = new int[map.Count];
        Array.Fill(places, -1);
        for (int k = 0; k < places.Length; k++)
        {
            if (map.Rows[k].Weights is not [var only] || only.Value != BigRational.One || places[only.Index] >= 0)
            {
                return null;
            }

            places[only.Index] = k;
        }

        return places;
    }

    private static string Cycles(int[] places)
    {
        var text = new StringBuilder();
        bool[] isSeen = new bool[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (isSeen[i] || places[i] == i)
            {
                continue;
            }

            char before = '(';
            for (int j = i; !isSeen[j]; j = places[j])
            {
                isSeen[j] = true;
                text.Append(before).Append(CultureInfo.InvariantCulture, $"{j + 1}");
                before = ' ';
            }

            text.Append(')');
        }

        return text.Length == 0 ? "()" : text.ToString();
    }

    private static string Sum(Row row, string name)
    {
        var text = new StringBuilder();
        foreach (var (index, value) in row.Weights)
        {
            text.Append(text.Length == 0 ? value.Sign < 0 ? "-" : "" : value.Sign < 0 ? " - " : " + ");
            var size = BigRational.Abs(value);
            text.Append(size == BigRational.One ? "" : $"{NetworkText.Number(size)}*").Append(name);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}");
        }

        return text.Length == 0 ? "0" : text.ToString();
    }
}
