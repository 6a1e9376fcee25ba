using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Invariance;

/// <summary>Permutations of 0 … n − 1 as lists of images.</summary>
internal static class Permutation
{
    /// <summary>The cycles, numbered from 1; () for the identity.</summary>
    public static string Cycles(ImmutableArray<int> image)
    {
        const int MostShown = 60;
        var text = new System.Text.StringBuilder();
        var isSeen = new bool[image.Length];
        for (int i = 0; i < image.Length && text.Length < MostShown; i++)
        {
            if (isSeen[i] || image[i] == i)
            {
                continue;
            }

            var cycle = new List<string>();
            for (int j = i; !isSeen[j]; j = image[j])
            {
                isSeen[j] = true;
                cycle.Add((j + 1).ToString(CultureInfo.InvariantCulture));
            }

            text.Append('(').AppendJoin(' ', cycle).Append(')');
        }

        string all = text.Length == 0 ? "()" : text.ToString();
        return all.Length <= MostShown ? all : all[..MostShown] + "…";
    }

    /// <summary>The lengths of all cycles, fixed points included.</summary>
    public static int CycleCount(ImmutableArray<int> image)
    {
        var isSeen = new bool[image.Length];
        int count = 0;
        for (int i = 0; i < image.Length; i++)
        {
            count += isSeen[i] ? 0 : 1;
            for (int j = i; !isSeen[j]; j = image[j])
            {
                isSeen[j] = true;
            }
        }

        return count;
    }

    /// <summary>The matrix that moves coordinate f of point i to coordinate f of point image[i].</summary>
    public static AffineMap Matrix(ImmutableArray<int> image, int features)
    {
        int n = image.Length * features;
        var rows = new Row[n];
        for (int i = 0; i < image.Length; i++)
        {
            for (int f = 0; f < features; f++)
            {
                var from = new Entry((i * features) + f, BigRational.One);
                rows[(image[i] * features) + f] = new Row([from], BigRational.Zero);
            }
        }

        return new AffineMap(n, [.. rows]);
    }

    /// <summary>The exchange of the first two of n.</summary>
    public static ImmutableArray<int> Exchange(int n) => [.. Enumerable.Range(0, n).Select(i => i < 2 ? 1 - i : i)];

    /// <summary>i ↦ i + 1 modulo n.</summary>
    public static ImmutableArray<int> Cycle(int n) => [.. Enumerable.Range(0, n).Select(i => (i + 1) % n)];

    /// <summary>i ↦ n − 1 − i.</summary>
    public static ImmutableArray<int> Reversal(int n) => [.. Enumerable.Range(0, n).Select(i => n - 1 - i)];
}
