using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   c_T = M D^q/Π_(j ≤ q)(s + j) bounds the Taylor remainder: |f − T_q f| ≤ c_T ‖x − x0‖^β. [math/02, section
//             2]

/// <summary>
/// What fixes the network on a set of cells, next to the cells: its design, bits of coefficients, refinements of
/// squares.
/// </summary>
/// <param name="Design">The kind of gates and classes.</param>
/// <param name="Groups">r, the layers of the squares that make monomials; counts for q ≥ 2 only.</param>
/// <param name="GroupBits">p, the bits each of them resolves.</param>
public sealed record IntrinsicChoice(IntrinsicDesign Design, int Groups, int GroupBits)
{
    private const int MostGroups = 250;
    private const int MostGroupBits = 12;

    /// <summary>Coefficients are multiples of 2^(−Bits).</summary>
    public int Bits { get; init; } = 40;

    /// <summary>eps, the error asked for; null where n was chosen.</summary>
    public BigRational? Accuracy { get; init; }

    /// <summary>m = r p, the refinements of a square.</summary>
    public int Refinements => Groups * GroupBits;

    /// <summary>The choice for a grid: the monomials err by at most 1/64 of the Taylor error.</summary>
    public static IntrinsicChoice ForGrid(HolderClass @class, int n, IntrinsicDesign design)
    {
        var taylor = TaylorError(@class, n);
        return Refined(@class, design, Binary64.Exact(taylor.Inf) / 64);
    }

    /// <summary>The least natural n = b^k, k ≥ 1, and the choice with which the error is at most eps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">eps is not positive, or so small that rounding alone exceeds
    /// it.</exception>
    public static (int N, IntrinsicChoice Choice) ForAccuracy(
        HolderClass @class, int @base, BigRational eps, IntrinsicDesign design)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 2);
        if (eps.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(eps), $"The accuracy eps is {eps}; expected a positive number.");
        }

        var choice = Refined(@class, design, eps / 64) with { Accuracy = eps };
        var left = eps - choice.RoundingError(@class) - choice.MonomialError(@class);
        for (long n = @base; n <= 1 << 30; n *= @base)
        {
            if (IsAtMost(design.IsCrude ? CrudeFormula(@class, (int)n) : TaylorFormula(@class, (int)n), left))
            {
                return ((int)n, choice);
            }
        }

        throw new ArgumentOutOfRangeException(
            nameof(eps),
            $"The accuracy eps = {eps} needs cells smaller than 2^(-30), or "
                + $"is below the rounding error {choice.RoundingError(@class)}.");
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

    // The least refinement with which the monomials err by at most the share: more layers of one bit, or more bits in
    // given layers.
    private static IntrinsicChoice Refined(HolderClass @class, IntrinsicDesign design, BigRational share)
    {
        var choice = new IntrinsicChoice(design, design.Groups ?? 1, 1);
        while (@class.Q > 1 && choice.MonomialError(@class) > share)
        {
            choice = design.Groups is null
                ? choice with { Groups = choice.Groups + 1 }
                : choice with { GroupBits = choice.GroupBits + 1 };
            if (choice.Groups > MostGroups || choice.GroupBits > MostGroupBits)
            {
                string most = design.Groups is null
                    ? $"{MostGroups} layers"
                    : $"{MostGroupBits} bits in {design.Groups} layers";
                throw new ArgumentOutOfRangeException(
                    nameof(share),
                    $"Monomials within {share.ToDecimalRoundedDown(6)} need squares of more than {most}; "
                    + "take a larger eps or a coarser grid.");
            }
        }

        return choice;
    }

    // M D^q/q! (3/(2n))^β, the error of a Taylor polynomial a whole cell away.
    private static Expr CrudeFormula(HolderClass @class, int n) =>
        (@class.M * BigRational.Pow(@class.Dimension, @class.Q) / ExactIntegers.Factorial(@class.Q)!.Value)
            * Expr.Power(new BigRational(3, 2L * n), @class.Beta);

    private static Expr TaylorFormula(HolderClass @class, int n) =>
        TaylorConstant(@class) * Expr.Power(new BigRational(1, 2L * n), @class.Beta);

    private static bool IsAtMost(Expr closed, BigRational bound) =>
        closed.TryEvaluate(new Dictionary<string, BigRational>()) is { } exact
            ? exact <= bound
            : closed.Evaluate(new Dictionary<string, Interval>()) is var value && double.IsFinite(value.Sup)
                && Binary64.Exact(value.Sup) <= bound;
}
