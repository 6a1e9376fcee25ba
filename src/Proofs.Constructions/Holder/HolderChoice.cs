using System.Numerics;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Holder;

// Statement   For 0 < eps ≤ eps0 the choices below give sup |Φ − f| ≤ eps/2 + eps/4 + eps/4:
//             N = the smallest power of two ≥ (2 t0/eps)^(1/β), 4^(rp) ≥ S/eps, 2^R ≥ 4 Σ K_a/eps,
//             with r = max(1, ceil(β/D)) (constant depth) or p = 1 (deep).                      [math/00, 7.7 and 7.8]

/// <summary>
/// The integers that fix a Hölder network: grid N, square depth r, square group p, coefficient precision R.
/// </summary>
/// <param name="N">The number of grid cells a side.</param>
/// <param name="R">r, the layers of a square; 0 where q = 0 and there is none.</param>
/// <param name="P">p, the bits a layer of a square resolves; 0 where q = 0.</param>
/// <param name="Precision">R: coefficients are rounded to multiples of 2^(−R); null keeps them exact.</param>
public sealed record HolderChoice(BigInteger N, int R, int P, int? Precision)
{
    /// <summary>
    /// The accuracy asked for, after it was brought down to the threshold eps0; null where N, r, p were given.
    /// </summary>
    public BigRational? Accuracy { get; private init; }

    /// <summary>The choice with depth independent of eps; coefficients exact.</summary>
    /// <remarks>An eps above the threshold eps0 of the class is replaced by eps0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="eps"/> is not positive.</exception>
    public static HolderChoice ConstantDepth(HolderClass @class, BigRational eps) => For(@class, eps, e =>
    {
        int r = (int)BigInteger.Max(1, (@class.Beta / @class.Dimension).Ceiling());
        return (r, Math.Max(1, CeilingOf(Log4(@class, e), r)));
    });

    /// <summary>
    /// The choice with p = 1, whose magnitude stays small and whose depth grows like log(1/eps); coefficients exact.
    /// </summary>
    /// <remarks>An eps above the threshold eps0 of the class is replaced by eps0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="eps"/> is not positive.</exception>
    public static HolderChoice Deep(HolderClass @class, BigRational eps) =>
        For(@class, eps, e => (Math.Max(1, Log4(@class, e)), 1));

    /// <summary>
    /// The same choice with coefficients rounded so that rounding adds at most eps/4 (eps/2 where q = 0).
    /// </summary>
    /// <exception cref="InvalidOperationException">The choice was not made for an accuracy.</exception>
    public HolderChoice WithRoundedCoefficients(HolderClass @class)
    {
        var eps = Accuracy
            ?? throw new InvalidOperationException("The precision follows from an accuracy; this choice has none.");
        int precision = @class.Q == 0
            ? Math.Max(0, CeilingLog2(2 / eps))
            : CeilingLog2(4 * @class.ScaleSum / eps);
        return this with { Precision = precision };
    }

    // The smallest integer at least log2 x.
    internal static int CeilingLog2(BigRational x)
    {
        int floor = ExactIntegers.FloorLog2(x);
        return BigRational.PowerOfTwo(floor) == x ? floor : floor + 1;
    }

    private static HolderChoice For(HolderClass @class, BigRational eps, Func<BigRational, (int R, int P)> square)
    {
        if (eps.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(eps), $"The accuracy eps is {eps}; expected a positive number.");
        }

        eps = BigRational.Min(eps, @class.Threshold);

        // With β = a/b, 2^(k β) ≥ τ if and only if k a ≥ log2 τ^b.
        var tau = 2 * @class.TaylorConstant / eps;
        var power = BigRational.Pow(tau, (int)@class.Beta.Denominator);
        int k = CeilingOf(CeilingLog2(power), (int)@class.Beta.Numerator);
        var (r, p) = @class.Q == 0 ? (0, 0) : square(eps);
        return new HolderChoice(BigInteger.One << k, r, p, Precision: null) { Accuracy = eps };
    }

    // The smallest integer n with 4^n ≥ S/eps.
    private static int Log4(HolderClass @class, BigRational eps) =>
        CeilingOf(CeilingLog2(@class.ProductConstant / eps), 2);

    private static int CeilingOf(int numerator, int denominator) =>
        (int)new BigRational(numerator, denominator).Ceiling();
}
