using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Hypersurfaces;

/// <summary>Depth and size of a hypersurface network by formula, without building it.</summary>
/// <param name="Depth">L = max(L_h + 4, L_f + 2), exact.</param>
/// <param name="SizeBound">An upper bound of W, from the exact count with every b = 1.</param>
/// <param name="SmoothDepth">L_f.</param>
/// <param name="SurfaceDepth">L_h.</param>
/// <param name="Overhead">OH = K (J (L_h + 4) + |L_f − L_h − 2| + 12).</param>
/// <param name="MagnitudeBound">An upper bound of B.</param>
/// <remarks>Source: math/01, section 2.</remarks>
public sealed record HypersurfaceSize(
    int Depth, BigInteger SizeBound, int SmoothDepth, int SurfaceDepth, BigInteger Overhead, BigRational MagnitudeBound)
{
    /// <summary>The size of the networks of <paramref name="class"/> with the given choice.</summary>
    public static HypersurfaceSize Of(HypersurfaceClass @class, HypersurfaceChoice choice)
    {
        var (f, h) = (HolderSize.Of(@class.Smooth, choice.Smooth), HolderSize.Of(@class.Surface, choice.Surface));
        var surfaces = (@class.Pieces * @class.Sides).Numerator; // Σ_k J_k, a whole number
        var overhead = (surfaces * (h.Depth + 4)) + (@class.Pieces * (BigInteger.Abs(f.Depth - h.Depth - 2) + 12));
        var magnitude = new[]
        {
            f.Magnitude,
            h.Magnitude,
            choice.Delta.Reciprocal(),
            OutputBias(@class.Smooth) + @class.M,
            OutputBias(@class.Surface) + (choice.Delta / 2),
        }.Max();
        return new(
            Math.Max(h.Depth + 4, f.Depth + 2),
            (@class.Pieces * f.Size) + (surfaces * h.Size) + overhead,
            f.Depth,
            h.Depth,
            overhead,
            magnitude);
    }

    /// <summary>c1 with W ≤ c1 eps^(−D/β) + c2 eps^(−p(D−1)/α), a closed formula.</summary>
    /// <remarks>
    /// Domain: networks of constant depth, eps/(2K) ≤ eps0(β, D, M) and eps_h ≤ eps0(α, D − 1, M).
    /// Source: math/01, 4.4.
    /// </remarks>
    public static Expr SmoothConstant(HypersurfaceClass @class, HypersurfaceChoice choice)
    {
        var k = (Expr)@class.Pieces;
        var exponent = @class.Dimension / @class.Beta;
        return (k * Expr.Power(2 * k, exponent) * Constant(@class.Smooth, choice.Smooth))
            + (BigRational)Of(@class, choice).Overhead;
    }

    /// <summary>c2 with W ≤ c1 eps^(−D/β) + c2 eps^(−p(D−1)/α), a closed formula.</summary>
    /// <remarks>Domain and source as for <see cref="SmoothConstant"/>.</remarks>
    public static Expr SurfaceConstant(HypersurfaceClass @class, HypersurfaceChoice choice)
    {
        var surfaces = @class.Pieces * @class.Sides;
        var scale = 2 * @class.Sides * BigRational.Pow(2 * @class.Pieces * @class.M, choice.Exponent);
        return surfaces * Expr.Power(scale, (@class.Dimension - 1) / @class.Alpha)
            * Constant(@class.Surface, choice.Surface);
    }

    /// <summary>
    /// c1 eps^(−D/β) + c2 eps^(−p(D−1)/α), the size bound of the theorem; null where the choice has no eps.
    /// </summary>
    public static Expr? TheoremBound(HypersurfaceClass @class, HypersurfaceChoice choice) =>
        choice.Accuracy is not { } eps
        ? null
        : (SmoothConstant(@class, choice) * Expr.Power(eps, -@class.Dimension / @class.Beta))
            + (SurfaceConstant(@class, choice)
                * Expr.Power(eps, -choice.Exponent * (@class.Dimension - 1) / @class.Alpha));

    // |bias of the output layer|: K_0 where q ≥ 1, for the coefficients are stored shifted; none where q = 0.
    internal static BigRational OutputBias(HolderClass @class) =>
        @class.Q == 0 ? 0 : @class.Scale(MultiIndex.Zero(@class.Dimension));

    private static Expr Constant(HolderClass @class, HolderChoice choice) =>
        (@class.Q > 0 ? HolderSize.Constant : HolderSize.ConstantLipschitz).Substitute(
            HolderSize.Parameters(@class, choice).ToDictionary(v => v.Key, v => (Expr)v.Value, StringComparer.Ordinal));
}
