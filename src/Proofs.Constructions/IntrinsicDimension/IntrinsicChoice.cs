using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   c_T = M D^q/Π_(j ≤ q)(s + j) bounds the Taylor remainder: |f − T_q f| ≤ c_T ‖x − x0‖^β.        [math/02, section 2]

/// <summary>What fixes the network on a set of cells, next to the cells: classes, bits of coefficients, refinements of squares.</summary>
/// <param name="Classes">How cells are parted into classes.</param>
/// <param name="Refinements">m, the refinements of the squares that make monomials; counts for q ≥ 2 only.</param>
public sealed record IntrinsicChoice(ClassRule Classes, int Refinements)
{
    /// <summary>Coefficients are multiples of 2^(−Bits).</summary>
    public int Bits { get; init; } = 40;

    /// <summary>eps, the error asked for; null where n was chosen.</summary>
    public BigRational? Accuracy { get; init; }

    /// <summary>The choice for a grid: the monomials err by at most 1/64 of the Taylor error.</summary>
    public static IntrinsicChoice ForGrid(HolderClass @class, int n, ClassRule classes)
    {
        var taylor = TaylorError(@class, n);
        return new(classes, Refined(@class, Binary64.Exact(taylor.Inf) / 64));
    }

    /// <summary>The least natural n = b^k, k ≥ 1, and the choice with which the error is at most eps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">eps is not positive, or so small that rounding alone exceeds it.</exception>
    public static (int N, IntrinsicChoice Choice) ForAccuracy(HolderClass @class, int @base, BigRational eps, ClassRule classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 2);
        if (eps.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(eps), $"The accuracy eps is {eps}; expected a positive number.");
        }

        var choice = new IntrinsicChoice(classes, Refined(@class, eps / 64)) { Accuracy = eps };
        var left = eps - choice.RoundingError(@class) - choice.MonomialError(@class);
        for (long n = @base; n <= 1 << 30; n *= @base)
        {
            if (IsAtMost(TaylorFormula(@class, (int)n), left))
            {
                return ((int)n, choice);
            }
        }

        throw new ArgumentOutOfRangeException(
            nameof(eps), $"The accuracy eps = {eps} needs cells smaller than 2^(-30), or is below the rounding error {choice.RoundingError(@class)}.");
    }

    /// <summary>The same choice with coefficients that are multiples of 2^(−<paramref name="bits"/>).</summary>
    public IntrinsicChoice WithBits(int bits) => this with { Bits = bits };

    /// <summary>c_T = M D^q/Π_(j ≤ q)(s + j).</summary>
    public static BigRational TaylorConstant(HolderClass @class)
    {
        var c = @class.M * BigRational.Pow(@class.Dimension, @class.Q);
        for (int j = 1; j <= @class.Q; j++)
        {
            c /= @class.S + j;
        }

        return c;
    }

    /// <summary>An enclosure of c_T (1/(2n))^β.</summary>
    public static Interval TaylorError(HolderClass @class, int n) =>
        Assemble.Enclose(TaylorFormula(@class, n), new Dictionary<string, BigRational>());

    /// <summary>S_q(z) = Σ_(j ≤ q) z^j/j!.</summary>
    public static BigRational ExponentialSum(int q, BigRational z)
    {
        BigRational sum = 1, term = 1;
        for (int j = 1; j <= q; j++)
        {
            term *= z / j;
            sum += term;
        }

        return sum;
    }

    /// <summary>binom(D + q, D) 2^(−p−1), the rounding error of exact coefficients.</summary>
    public BigRational RoundingError(HolderClass @class) => @class.Monomials * BigRational.PowerOfTwo(-Bits - 1);

    /// <summary>M S_q(2D) (q − 1) 4^(−m−1), 0 for q ≤ 1.</summary>
    public BigRational MonomialError(HolderClass @class) => @class.Q <= 1
        ? 0
        : MonomialScale(@class) * BigRational.PowerOfTwo(-2 * (Refinements + 1));

    private static BigRational MonomialScale(HolderClass @class) =>
        @class.M * ExponentialSum(@class.Q, 2 * @class.Dimension) * (@class.Q - 1);

    // The least m ≥ 1 with which the monomials err by at most the share.
    private static int Refined(HolderClass @class, BigRational share)
    {
        int m = 1;
        while (@class.Q > 1 && MonomialScale(@class) * BigRational.PowerOfTwo(-2 * (m + 1)) > share)
        {
            m++;
        }

        return m;
    }

    private static Expr TaylorFormula(HolderClass @class, int n) =>
        TaylorConstant(@class) * Expr.Power(new BigRational(1, 2L * n), @class.Beta);

    private static bool IsAtMost(Expr closed, BigRational bound) =>
        closed.TryEvaluate(new Dictionary<string, BigRational>()) is { } exact
            ? exact <= bound
            : closed.Evaluate(new Dictionary<string, Interval>()) is var value && double.IsFinite(value.Sup) && Binary64.Exact(value.Sup) <= bound;
}
