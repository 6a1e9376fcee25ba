using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Hypersurfaces;

/// <summary>
/// The class F(α, β, D, M, K, J): sums of K smooth functions, each on a region bounded by J smooth surfaces.
/// </summary>
/// <remarks>
/// f = Σ_k f_k 1_(R_k) with f_k in H(β, D, M) and R_k the intersection of J sets σ (h(x_(−d)) − x_d) ≥ 0 with h in
/// H(α, D − 1, M). Where the regions have different numbers of surfaces, J is their mean.
/// Source: imaizumi2019; math/01, section 1.
/// </remarks>
public sealed record HypersurfaceClass
{
    /// <summary>F(α, β, D, M, K, J).</summary>
    /// <exception cref="ArgumentOutOfRangeException">D is below 2, K or J or M below 1, or α or β out of
    /// range.</exception>
    public HypersurfaceClass(
        int dimension, BigRational alpha, BigRational beta, BigRational m, int pieces, BigRational sides)
    {
        if (dimension < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimension),
                $"The dimension D is {dimension}; expected at least 2, since a surface needs another coordinate.");
        }

        if (m < BigRational.One)
        {
            throw new ArgumentOutOfRangeException(nameof(m), $"The bound M is {m}; expected at least 1.");
        }

        if (pieces < 1 || sides < BigRational.One)
        {
            throw new ArgumentOutOfRangeException(
                nameof(pieces), $"K = {pieces} pieces with J = {sides} surfaces; expected at least 1 of each.");
        }

        (Dimension, Alpha, Beta, M, Pieces, Sides) = (dimension, alpha, beta, m, pieces, sides);
        Smooth = new HolderClass(beta, dimension, m);
        Surface = new HolderClass(alpha, dimension - 1, m);
    }

    /// <summary>D, the number of variables.</summary>
    public int Dimension { get; }

    /// <summary>α, the smoothness of the surfaces.</summary>
    public BigRational Alpha { get; }

    /// <summary>β, the smoothness on the pieces.</summary>
    public BigRational Beta { get; }

    /// <summary>M, the bound of functions and surfaces.</summary>
    public BigRational M { get; }

    /// <summary>K, the number of pieces.</summary>
    public int Pieces { get; }

    /// <summary>J, the number of surfaces of a piece, or its mean.</summary>
    public BigRational Sides { get; }

    /// <summary>H(β, D, M), the class of the functions on the pieces.</summary>
    public HolderClass Smooth { get; }

    /// <summary>H(α, D − 1, M), the class of the surfaces.</summary>
    public HolderClass Surface { get; }

    /// <summary>The class as papers write it, <c>F(2, 2, 2, 1, 1, 1)</c>.</summary>
    public override string ToString() => $"F({Alpha}, {Beta}, {Dimension}, {M}, {Pieces}, {Sides})";
}
