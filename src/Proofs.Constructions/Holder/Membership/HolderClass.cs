using System.Collections.Immutable;
using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Holder.Membership;

/// <summary>The class H(β, D, M) of functions on [0, 1]^D, and the constants of its approximation.</summary>
/// <remarks>
/// β = q + s with a whole q ≥ 0 and 0 &lt; s ≤ 1. f is a member when |D^a f| ≤ M for |a| ≤ q, and
/// |D^a f(x) − D^a f(y)| ≤ M ‖x − y‖_∞^s for |a| = q.
/// Source: math/00, section 7.
/// </remarks>
public sealed record HolderClass
{
    private const int LargestDegree = 32;
    private readonly ImmutableArray<MultiIndex> _indices;

    /// <summary>H(β, D, M).</summary>
    /// <exception cref="ArgumentOutOfRangeException">β or M is not positive, β is above 32, or D is below
    /// 1.</exception>
    public HolderClass(BigRational beta, int dimension, BigRational m)
    {
        if (beta.Sign <= 0 || beta > LargestDegree)
        {
            throw new ArgumentOutOfRangeException(
                nameof(beta), $"The smoothness is {beta}; expected 0 < β ≤ {LargestDegree}.");
        }

        if (m.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(m), $"The bound M is {m}; expected a positive number.");
        }

        if (dimension < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimension), $"The dimension D is {dimension}; expected at least 1.");
        }

        (Beta, Dimension, M) = (beta, dimension, m);
        Q = (int)beta.Ceiling() - 1; // an integer β has q = β − 1, s = 1
        _indices = MultiIndex.UpTo(dimension, Q);
    }

    /// <summary>β, the smoothness.</summary>
    public BigRational Beta { get; }

    /// <summary>D, the number of variables.</summary>
    public int Dimension { get; }

    /// <summary>M, the bound of the derivatives and of the Hölder quotient.</summary>
    public BigRational M { get; }

    /// <summary>q, the order of the derivatives that are Hölder continuous.</summary>
    public int Q { get; }

    /// <summary>s = β − q in (0, 1].</summary>
    public BigRational S => Beta - Q;

    /// <summary>The multi-indices of degree at most q, P in number.</summary>
    public ImmutableArray<MultiIndex> Indices => _indices;

    /// <summary>P = binom(D + q, q).</summary>
    public int Monomials => _indices.Length;

    /// <summary>T = ceil(log2 D).</summary>
    public int TournamentLevels => Dimension == 1 ? 0 : ExactIntegers.FloorLog2(Dimension - 1) + 1;

    /// <summary>Q = ceil(log2 q), 0 for q ≤ 1.</summary>
    public int MonomialLevels => Proofs.Constructions.Calculus.Monomials.Levels(Q);

    /// <summary>t0 = M D^q/q!, so that |f − f_N| ≤ t0 N^(−β).</summary>
    public BigRational TaylorConstant => M * BigRational.Pow(Dimension, Q) / ExactIntegers.Factorial(Q)!.Value;

    /// <summary>S = Σ_(a≠0) |a| K_a, so that the products add at most S 4^(−rp−1).</summary>
    public BigRational ProductConstant => Sum(a => a.Degree * Scale(a));

    /// <summary>Σ_a K_a, so that rounding to multiples of 2^(−R) adds at most (Σ K_a) 2^(−R).</summary>
    public BigRational ScaleSum => Sum(Scale);

    /// <summary>eps0 = min(2 t0, S), or 2 t0 where q = 0: up to it the size bound of the theorem holds.</summary>
    public BigRational Threshold => Q == 0 ? 2 * TaylorConstant : BigRational.Min(2 * TaylorConstant, ProductConstant);

    /// <summary>M A_a, a bound of the coefficients c_(l,a) of the re-expanded Taylor polynomials.</summary>
    /// <remarks>A_a = (1/a!) Σ_(j ≤ q−|a|) D^j/j!. Source: math/00, 7.3.</remarks>
    public BigRational CoefficientBound(MultiIndex a)
    {
        var sum = BigRational.Zero;
        for (int j = 0; j <= Q - a.Degree; j++)
        {
            sum += BigRational.Pow(Dimension, j) / ExactIntegers.Factorial(j)!.Value;
        }

        return M * sum / a.Factorial;
    }

    /// <summary>K_a, the smallest power of two at least M A_a.</summary>
    public BigRational Scale(MultiIndex a) => ExactIntegers.PowerOfTwoAtLeast(CoefficientBound(a));

    /// <summary>Whether both are the same class.</summary>
    public bool Equals(HolderClass? other) =>
        other is not null && (Beta, Dimension, M) == (other.Beta, other.Dimension, other.M);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Beta, Dimension, M);

    /// <summary>The class as papers write it, <c>H(2, 3, 1)</c>.</summary>
    public override string ToString() => $"H({Beta}, {Dimension}, {M})";

    private BigRational Sum(Func<MultiIndex, BigRational> term) =>
        _indices.Aggregate(BigRational.Zero, (sum, a) => sum + term(a));
}
