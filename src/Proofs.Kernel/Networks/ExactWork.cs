using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>
/// What exact arithmetic costs, in products of machine words: a sum of fractions costs the square of their length, for
/// its gcd.
/// </summary>
internal static class ExactWork
{
    /// <summary>The words of a number.</summary>
    public static long Words(BigRational value) =>
        1 + ((value.Numerator.GetBitLength() + value.Denominator.GetBitLength()) / 64);

    /// <summary>The words of the longest of some numbers.</summary>
    public static long Longest(IEnumerable<BigRational> values)
    {
        long longest = 1;
        foreach (var value in values)
        {
            longest = long.Max(longest, Words(value));
        }

        return longest;
    }

    /// <summary>What a layer costs at a point.</summary>
    public static long Of(AffineMap layer, IEnumerable<BigRational> x)
    {
        long longest = Longest(x), cost = 0;
        foreach (var row in layer.Rows)
        {
            foreach (var entry in row.Weights)
            {
                long words = longest + Words(entry.Value);
                cost += words * words;
            }
        }

        return cost;
    }

    /// <summary>The weights and biases of layers.</summary>
    public static long Entries(IEnumerable<AffineMap> layers) =>
        layers.Sum(l => l.Count + l.Rows.Sum(r => (long)r.Weights.Length));
}
