using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>A ReLU network A_L ∘ ρ ∘ … ∘ ρ ∘ A_1 with exact entries: what certificates are about.</summary>
/// <remarks>Shape: A_(i+1) has as many columns as A_i has rows. No ρ after A_L.</remarks>
public sealed record ExactNetwork(ImmutableArray<AffineMap> Layers)
{
    /// <summary>L, the number of affine layers.</summary>
    public int Depth => Layers.Length;

    /// <summary>The number of inputs.</summary>
    public int InputCount => Layers[0].Columns;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => Layers[^1].Count;

    /// <summary>The outputs at a point, exactly.</summary>
    public BigRational[] Evaluate(IReadOnlyList<BigRational> point) => Evaluate(point, long.MaxValue);

    /// <summary>The outputs at a point, exactly.</summary>
    /// <param name="point">The point.</param>
    /// <param name="work">How many products of machine words to spend.</param>
    /// <exception cref="Rejection">That is not enough.</exception>
    internal BigRational[] Evaluate(IReadOnlyList<BigRational> point, long work)
    {
        BigRational[] x = [.. point];
        for (int l = 0; l < Depth; l++)
        {
            work -= work == long.MaxValue ? 0 : Cost(Layers[l], x);
            x = work >= 0
                ? Layers[l].Apply(x)
                : throw new Rejection("the exact values of the network are too long to compute");
            x = l < Depth - 1 ? Rectified(x) : x;
        }

        return x;
    }

    /// <summary>ρ of each value.</summary>
    public static BigRational[] Rectified(BigRational[] values) =>
        [.. values.Select(v => v.Sign > 0 ? v : BigRational.Zero)];

    // A sum of fractions costs the square of their length in words, for its gcd.
    private static long Cost(AffineMap layer, BigRational[] x)
    {
        long longest = x.Select(Words).DefaultIfEmpty().Max(), cost = 0;
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

    private static long Words(BigRational value) =>
        1 + ((value.Numerator.GetBitLength() + value.Denominator.GetBitLength()) / 64);
}
