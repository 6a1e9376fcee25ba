using System.Numerics;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Invariance;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Splits;

// Statement   Over all N and m with t0 N^(−β) + S 4^(−rp−1) ≤ (1 − 2^(−10)) eps, the plan returned has the least count
//             W(N, m) of math/00, 7.5. What rounding the coefficients costs is bits, not weights: it gets 2^(−10) eps.
//                                                                                              [math/07, A7 and A9]
// Idea        For each m the least N is exact. W grows in both, so that the search ends where the m alone, with the N
//             that an error of 0 in the products would leave, costs as much as the best plan so far.

/// <summary>The Hölder network of the fewest weights for an accuracy.</summary>
/// <param name="Choice">The integers of the network, with the bits of its coefficients.</param>
/// <param name="Report">What it costs, beside the shares of the theorem and a lower bound.</param>
public sealed record HolderSplit(HolderChoice Choice, SplitReport Report)
{
    internal static readonly BigRational RoundingShare = BigRational.PowerOfTwo(-10);

    /// <summary>The least plan for the class and the accuracy.</summary>
    /// <param name="class">The class of the function.</param>
    /// <param name="eps">The error allowed in the sup norm.</param>
    /// <param name="isDeep">Whether squares have layers of one bit, m of them; else their number is fixed, and m counts
    /// the bits of a layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">eps is not positive, or below what the finest squares
    /// reach.</exception>
    public static HolderSplit Least(HolderClass @class, BigRational eps, bool isDeep) =>
        Least(@class, new HolderParts(@class, isDeep), eps, isDeep, constant: 0);

    /// <summary>The least plan for an invariant function behind a sorter, at sorted nodes alone.</summary>
    /// <inheritdoc cref="Least(HolderClass, BigRational, bool)"/>
    /// <param name="class">The class of the function.</param>
    /// <param name="eps">The error allowed in the sup norm.</param>
    /// <param name="isDeep">As for the other.</param>
    /// <param name="family">The sorter.</param>
    public static HolderSplit LeastInvariant(HolderClass @class, BigRational eps, bool isDeep, SorterFamily family) =>
        Least(
            @class, new HolderParts(@class, isDeep, isSorted: true), eps, isDeep,
            Sorter.Weights(Sorter.Comparators(family, @class.Dimension), @class.Dimension));

    private static HolderSplit Least(
        HolderClass @class, HolderParts parts, BigRational eps, bool isDeep, BigInteger constant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(eps.Sign, 1, nameof(eps));
        var left = eps * (1 - RoundingShare);
        (BigInteger Size, BigInteger N, int M)? best = null;
        var fewest = parts.LeastGrid(left)!.Value;
        for (int m = 1; m <= parts.MostRefinement && !(parts.Size(fewest, m) >= best?.Size); m++)
        {
            if (parts.LeastGrid(left - parts.ProductError(m)) is { } n
                && !(parts.Size(n, m) >= best?.Size))
            {
                best = (parts.Size(n, m), n, m);
            }
        }

        var (size, grid, refinement) = best ?? throw new ArgumentOutOfRangeException(
            nameof(eps),
            $"The accuracy eps = {eps} is below what squares of {parts.MostRefinement} refinements reach.");
        int bits = parts.Precision(eps * RoundingShare);
        var equal = isDeep ? HolderChoice.Deep(@class, eps) : HolderChoice.ConstantDepth(@class, eps);
        return new(
            parts.Choice(grid, refinement) with { Precision = bits },
            new(
                eps,
                size + constant,
                parts.Size(equal.N, @class.Q == 0 ? 1 : isDeep ? equal.R : equal.P) + constant,
                LowerBound(parts, eps) + constant,
                IsLeast: true,
                @class.Q == 0 ? [("N", grid)] : [("N", grid), ("m", refinement)],
                [
                    ("taylor", parts.GridError(grid).High),
                    .. @class.Q == 0 ? [] : new[] { ("products", parts.ProductError(refinement)) },
                    ("rounding, where coefficients are rounded", eps * RoundingShare),
                ]));
    }

    private static BigRational LowerBound(HolderParts parts, BigRational eps)
    {
        var (grid, products, rest) = parts.Leaves(count: 1, weight: 1, power: 1);
        var split = Posynomial.Split(products is null ? [grid] : [grid, products], eps);
        return rest + Binary64.Exact(split.LowerBound);
    }
}
