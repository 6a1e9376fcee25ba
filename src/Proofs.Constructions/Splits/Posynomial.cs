using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Splits;

// Statement   Over e_i > 0 with Σ c_i e_i ≤ eps, Σ A_i e_i^(−p_i) is least at e_i(μ) = (A_i p_i/(μ c_i))^(1/(p_i + 1))
//             for the μ at which Σ c_i e_i(μ) = eps; and for every μ > 0 it is at least
//             Σ (1 + p_i) A_i e_i(μ)^(−p_i) − μ eps. A leaf A log2(1/e) has e(μ) = A/(μ c ln 2) and the dual term
//             A log2(1/e(μ)) + A/ln 2.                                                                   [math/07, A7]
// Idea        The multiplier is searched for in binary64 and may be a little off: the split is scaled to meet the
//             constraint exactly, and the lower bound holds for whatever multiplier was found.

/// <summary>The cheapest way to spend an error budget on parts whose costs are powers or logarithms.</summary>
/// <param name="Shares">The error of each leaf; Σ c_i e_i = eps exactly.</param>
/// <param name="Multiplier">μ, the price of error that the lower bound uses.</param>
/// <param name="Cost">An enclosure of the cost of the shares.</param>
/// <param name="LowerBound">A number that no split costs less than, rounded down.</param>
/// <param name="EqualCost">An enclosure of the cost of c_i e_i = eps/k.</param>
public sealed record Posynomial(
    ImmutableArray<BigRational> Shares, BigRational Multiplier, Interval Cost, double LowerBound, Interval EqualCost)
{
    private const int MostHalvings = 200;

    /// <summary>The split of <paramref name="eps"/> among the leaves.</summary>
    /// <remarks>
    /// Guarantee: the shares meet the constraint exactly, and the lower bound is one whatever rounding did; that cost
    /// and bound are near each other is what the search achieves. Complexity: 200 evaluations of each leaf.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no leaf, or eps is not positive.</exception>
    public static Posynomial Split(ImmutableArray<SplitLeaf> leaves, BigRational eps)
    {
        if (leaves.IsEmpty)
        {
            throw new ArgumentException("There is no leaf to give a share to.", nameof(leaves));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(eps.Sign, 1, nameof(eps));
        var multiplier = Root(leaves, eps);
        BigRational[] found = [.. leaves.Select(l => Middle(l.ShareAt(multiplier)))];
        var spent = Sum(leaves, found);
        ImmutableArray<BigRational> shares = [.. found.Select(e => e * eps / spent)];
        ImmutableArray<BigRational> equal = [.. leaves.Select(l => eps / (leaves.Length * l.Weight))];
        var dual = leaves.Aggregate(-(Interval.Enclose(multiplier) * Interval.Enclose(eps)),
            (sum, l) => sum + l.LeastAt(multiplier));
        return new(shares, multiplier, CostOf(leaves, shares), dual.Inf, CostOf(leaves, equal));
    }

    private static Interval CostOf(ImmutableArray<SplitLeaf> leaves, ImmutableArray<BigRational> shares) => leaves
        .Zip(shares, (l, e) => l.At((Expr)e).Evaluate(new Dictionary<string, Interval>()))
        .Aggregate(Interval.Zero, (sum, c) => sum + c);

    private static BigRational Sum(ImmutableArray<SplitLeaf> leaves, BigRational[] shares) =>
        leaves.Zip(shares, (l, e) => l.Weight * e).Aggregate(BigRational.Zero, (a, b) => a + b);

    // Σ c_i e_i(μ) falls from infinity to 0: powers of two around the root, then halves.
    private static BigRational Root(ImmutableArray<SplitLeaf> leaves, BigRational eps)
    {
        BigRational low = 1, high = 1;
        while (!IsBelow(high))
        {
            high *= 1024;
        }

        while (IsBelow(low))
        {
            low /= 1024;
        }

        for (int i = 0; i < MostHalvings && high - low > low * BigRational.PowerOfTwo(-56); i++)
        {
            // between numbers far apart the geometric mean is the middle
            var middle = high > 4 * low
                ? BigRational.PowerOfTwo((ExactIntegers.FloorLog2(low) + ExactIntegers.FloorLog2(high) + 1) / 2)
                : (low + high) / 2;
            middle = middle <= low || middle >= high ? (low + high) / 2 : middle;
            (low, high) = IsBelow(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool IsBelow(BigRational mu) => Sum(leaves, [.. leaves.Select(l => Middle(l.ShareAt(mu)))]) <= eps;
    }

    private static BigRational Middle(Interval x) => double.IsFinite(x.Inf) && double.IsFinite(x.Sup) && x.Inf > 0
        ? (Binary64.Exact(x.Inf) + Binary64.Exact(x.Sup)) / 2
        : throw new ArgumentException($"A share of the budget is {x}, outside the range of binary64.");
}
