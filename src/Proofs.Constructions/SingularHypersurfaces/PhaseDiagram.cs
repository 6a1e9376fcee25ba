using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.SingularHypersurfaces;

/// <summary>The part of the (α, β) plane a choice of smoothness lies in.</summary>
public enum PhaseRegion
{
    /// <summary>β ≤ β_low: the smooth part dominates for both; no advantage of networks is shown.</summary>
    Tie = 1,

    /// <summary>
    /// β_low &lt; β ≤ β_high: the smooth part dominates the network's rate, every linear estimator is slower.
    /// </summary>
    SmoothDominates = 2,

    /// <summary>
    /// β &gt; β_high: the singular part dominates the network's rate, every linear estimator is slower.
    /// </summary>
    SingularDominates = 3,
}

/// <summary>
/// Rate exponents of squared L2 risk for pieces of smoothness β jumping along surfaces of smoothness α in R^D.
/// </summary>
/// <param name="Alpha">α &gt; 0, the smoothness of the surfaces.</param>
/// <param name="Beta">β &gt; 0, the smoothness of the pieces.</param>
/// <param name="Dimension">D ≥ 2.</param>
/// <remarks>Guarantee: exact. Source: math/01, section 7.</remarks>
public sealed record PhaseDiagram(BigRational Alpha, BigRational Beta, int Dimension)
{
    /// <summary>S = 2β/(2β + D), the exponent of the smooth part.</summary>
    public BigRational Smooth => 2 * Beta / ((2 * Beta) + Dimension);

    /// <summary>H = α/(α + D − 1), the exponent of the singular part.</summary>
    public BigRational Singular => Alpha / (Alpha + (Dimension - 1));

    /// <summary>Lin = α/(2α + D − 1): no linear estimator has a larger exponent on the singular part.</summary>
    public BigRational LinearSingular => Alpha / ((2 * Alpha) + (Dimension - 1));

    /// <summary>min(S, H), the exponent networks attain up to a logarithm.</summary>
    public BigRational Network => BigRational.Min(Smooth, Singular);

    /// <summary>min(S, Lin): no linear estimator has a larger exponent.</summary>
    public BigRational LinearUpperBound => BigRational.Min(Smooth, LinearSingular);

    /// <summary>1/(D + 1), the exponent expected of linear estimators for α ≥ 1; a remark, not a theorem.</summary>
    public BigRational LinearTilt => new(1, Dimension + 1);

    /// <summary>
    /// 1/D, the exponent of isotropic wavelet thresholding on the singular part, as its literature has it.
    /// </summary>
    public BigRational Wavelet => new(1, Dimension);

    /// <summary>β_low = αD/(2(α + D − 1)): above it networks beat every linear estimator.</summary>
    public BigRational LowerBoundary => Alpha * Dimension / (2 * (Alpha + (Dimension - 1)));

    /// <summary>β_high = αD/(2(D − 1)): above it the singular part dominates the network's rate.</summary>
    public BigRational UpperBoundary => Alpha * Dimension / new BigRational(2 * (Dimension - 1));

    /// <summary>Whether min(S, H) exceeds min(S, Lin).</summary>
    public bool NetworkBeatsLinear => Network > LinearUpperBound;

    /// <summary>The region of the phase diagram.</summary>
    public PhaseRegion Region => Beta <= LowerBoundary ? PhaseRegion.Tie
        : Beta <= UpperBoundary ? PhaseRegion.SmoothDominates
        : PhaseRegion.SingularDominates;

    /// <summary>The diagram's values at one choice of smoothness.</summary>
    /// <exception cref="ArgumentOutOfRangeException">α or β is not positive, or D is below 2.</exception>
    public static PhaseDiagram At(BigRational alpha, BigRational beta, int dimension)
    {
        if (alpha.Sign <= 0 || beta.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(alpha), $"α = {alpha} and β = {beta}; expected both to be positive.");
        }

        return dimension >= 2
            ? new(alpha, beta, dimension)
            : throw new ArgumentOutOfRangeException(nameof(dimension), $"D = {dimension}; surfaces need D ≥ 2.");
    }
}
