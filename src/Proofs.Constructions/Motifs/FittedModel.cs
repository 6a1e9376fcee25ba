using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

/// <summary>A model that somebody fitted, with its numbers taken as exact reals.</summary>
/// <param name="Offset">What is subtracted from each input first.</param>
/// <param name="Factor">What each input is multiplied by then, positive; 1 where nothing is scaled.</param>
public abstract record FittedModel(ImmutableArray<BigRational> Offset, ImmutableArray<BigRational> Factor)
{
    /// <summary>The number of inputs.</summary>
    public int Dimension => Offset.Length;

    /// <summary>Whether inputs are scaled before the model reads them.</summary>
    public bool IsScaled => Offset.Any(o => !o.IsZero) || Factor.Any(f => f != BigRational.One);

    /// <summary>b + Σ a_i exp(−γ ‖v − z_i‖²) of the scaled inputs v.</summary>
    public sealed record Gaussian(
        ImmutableArray<BigRational> Offset, ImmutableArray<BigRational> Factor, BigRational Gamma,
        ImmutableArray<ImmutableArray<BigRational>> Centres, ImmutableArray<BigRational> Coefficients,
        BigRational Constant) : FittedModel(Offset, Factor);

    /// <summary>c + a·v of the scaled inputs v.</summary>
    public sealed record Linear(
        ImmutableArray<BigRational> Offset, ImmutableArray<BigRational> Factor,
        ImmutableArray<BigRational> Coefficients, BigRational Constant) : FittedModel(Offset, Factor);

    /// <summary>A sum of regression trees of the scaled inputs.</summary>
    public sealed record Trees(
        ImmutableArray<BigRational> Offset, ImmutableArray<BigRational> Factor,
        ImmutableArray<RegressionTree> Members) : FittedModel(Offset, Factor);
}
