using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>A sparse affine map x ↦ A x + b with exact entries, by rows.</summary>
public sealed record AffineMap(int Columns, ImmutableArray<Row> Rows)
{
    /// <summary>The number of outputs.</summary>
    public int Count => Rows.Length;

    /// <summary>A x + b, exactly.</summary>
    public BigRational[] Apply(IReadOnlyList<BigRational> x)
    {
        var y = new BigRational[Count];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Rows[i].Bias;
            foreach (var (index, value) in Rows[i].Weights)
            {
                y[i] = x[index].IsZero ? y[i] : y[i] + (value * x[index]);
            }
        }

        return y;
    }

    /// <summary>x ↦ (weights·A) x + (bias·b), both factors other than 0.</summary>
    internal AffineMap Scaled(BigRational weights, BigRational bias) => weights == 1 && bias == 1
        ? this
        : new(Columns, [.. Rows.Select(r => r.Scaled(weights, bias))]);
}
