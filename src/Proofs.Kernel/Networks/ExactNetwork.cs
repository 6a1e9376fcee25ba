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
    public BigRational[] Evaluate(IReadOnlyList<BigRational> point) => Evaluate(point, new WorkBudget(long.MaxValue));

    /// <summary>The outputs at a point, exactly.</summary>
    /// <param name="point">The point.</param>
    /// <param name="work">What products of machine words are counted in.</param>
    /// <exception cref="WorkExhaustedException">The values are too long for the work granted.</exception>
    internal BigRational[] Evaluate(IReadOnlyList<BigRational> point, WorkBudget work)
    {
        BigRational[] x = [.. point];
        for (int l = 0; l < Depth; l++)
        {
            work.Spend(ExactWork.Of(Layers[l], x));
            x = Layers[l].Apply(x);
            x = l < Depth - 1 ? Rectified(x) : x;
        }

        return x;
    }

    /// <summary>ρ of each value.</summary>
    public static BigRational[] Rectified(BigRational[] values) =>
        [.. values.Select(v => v.Sign > 0 ? v : BigRational.Zero)];
}
