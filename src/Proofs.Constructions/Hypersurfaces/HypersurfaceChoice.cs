using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Hypersurfaces;

// Statement   For 0 < eps ≤ 1 and a whole p ≥ 1, eps_f = eps/(2K), eps_h = (eps/(2KM))^p/(2J) and δ = the largest power
//             of two ≤ 2 (eps/(2KM))^p/J make the L^p error at most eps/2 + eps/2. For p = 2: eps_h = eps²/(8K²M²J),
//             δ ≤ eps²/(2K²M²J).                                                                        [math/01, 4.3]

/// <summary>
/// What fixes a hypersurface network: the choices of its Hölder networks and the width δ of the ramps.
/// </summary>
/// <param name="Smooth">The choice for the functions on the pieces.</param>
/// <param name="Surface">The choice for the surfaces.</param>
/// <param name="Delta">δ, the width of the ramps.</param>
public sealed record HypersurfaceChoice(HolderChoice Smooth, HolderChoice Surface, BigRational Delta)
{
    /// <summary>eps, the error asked for; null where the choices were given one by one.</summary>
    public BigRational? Accuracy { get; private init; }

    /// <summary>p of the L^p norm in which the error is bounded.</summary>
    public int Exponent { get; init; } = 2;

    /// <summary>eps_f, the accuracy asked of the functions.</summary>
    public BigRational? SmoothTarget { get; private init; }

    /// <summary>eps_h, the accuracy asked of the surfaces.</summary>
    public BigRational? SurfaceTarget { get; private init; }

    /// <summary>The choice for the L^p error eps with networks of constant depth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">eps is outside (0, 1], or p is below 1.</exception>
    public static HypersurfaceChoice ConstantDepth(HypersurfaceClass @class, BigRational eps, int p) =>
        For(@class, eps, p, HolderChoice.ConstantDepth);

    /// <summary>The choice for the L^p error eps with deep networks of small magnitude.</summary>
    /// <exception cref="ArgumentOutOfRangeException">eps is outside (0, 1], or p is below 1.</exception>
    public static HypersurfaceChoice Deep(HypersurfaceClass @class, BigRational eps, int p) =>
        For(@class, eps, p, HolderChoice.Deep);

    /// <summary>The same choice with all coefficients rounded, so that the network is one of dyadic weights.</summary>
    /// <exception cref="InvalidOperationException">The choice was not made for an accuracy.</exception>
    public HypersurfaceChoice WithRoundedCoefficients(HypersurfaceClass @class) => this with
    {
        Smooth = Smooth.WithRoundedCoefficients(@class.Smooth),
        Surface = Surface.WithRoundedCoefficients(@class.Surface),
    };

    private static HypersurfaceChoice For(
        HypersurfaceClass @class, BigRational eps, int p, Func<HolderClass, BigRational, HolderChoice> choose)
    {
        if (eps.Sign <= 0 || eps > BigRational.One)
        {
            throw new ArgumentOutOfRangeException(nameof(eps), $"The accuracy eps is {eps}; expected 0 < eps ≤ 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        var share = BigRational.Pow(eps / (2 * @class.Pieces * @class.M), p);
        var smooth = eps / (2 * @class.Pieces);
        var surface = share / (2 * @class.Sides);
        return new(
            choose(@class.Smooth, smooth),
            choose(@class.Surface, surface),
            ExactIntegers.PowerOfTwoAtMost(2 * share / @class.Sides))
        {
            Accuracy = eps,
            Exponent = p,
            SmoothTarget = smooth,
            SurfaceTarget = surface,
        };
    }
}
