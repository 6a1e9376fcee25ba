using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   From x in [0, 1]^D, units m_a ≥ 0 for all 1 ≤ |a| ≤ q with |m_a − x^a| ≤ (|a| − 1) 4^(−rp−1), m_a in [0,
//             1],
//             m_a = 0 where some x_i = 0 with a_i > 0; Q = ceil(log2 q) levels of r + 2 layers.          [math/00, 4.5]
// Idea        Level l doubles the degree: x^a = x^a' x^a'' with |a'| = ceil(|a|/2), both stored before. Where a' = a''
//             (a = 2k e_i) the difference of the factors would be 0 and its units dead, so a square takes the product's
//             place, behind one unit that copies.

/// <summary>All monomials up to a degree as parts of a network.</summary>
public static class Monomials
{
    /// <summary>Q = ceil(log2 q), 0 for q ≤ 1: the number of levels.</summary>
    public static int Levels(int q) => q <= 1 ? 0 : ExactIntegers.FloorLog2(q - 1) + 1;

    /// <summary>
    /// The monomials of degree 1 … q of values in [0, 1] that are units of one layer, Q (r + 2) layers on.
    /// </summary>
    public static IReadOnlyDictionary<MultiIndex, Functional> Append(
        NetworkBuilder net, IReadOnlyList<Functional> x, int q, int r, int p)
    {
        var stored = new Dictionary<MultiIndex, Functional>();
        for (int i = 0; i < x.Count; i++)
        {
            stored.Add(MultiIndex.Unit(x.Count, i), x[i]);
        }

        for (int level = 1; level <= Levels(q); level++)
        {
            int start = x[0].Layer + ((level - 1) * (r + 2));
            var made = new Dictionary<MultiIndex, Functional>();
            foreach (var a in Degrees(level, q).SelectMany(k => MultiIndex.OfDegree(x.Count, k)))
            {
                var (first, rest) = a.Split((a.Degree + 1) / 2);
                made.Add(a, net.Rho(first == rest
                    ? Square.Append(net, net.Rho(stored[first]), r, p)
                    : Product.AppendNonNegative(net, stored[first], stored[rest], 1, r, p)));
            }

            foreach (var (a, unit) in stored)
            {
                made.Add(a, net.Carry(unit, start + r + 2));
            }

            stored = made;
        }

        return stored;
    }

    /// <summary>
    /// n_l, s_l and v_l of math/00, 4.6: products and squares of level l, and the units stored before it.
    /// </summary>
    public static MonomialLevel Level(int dimension, int q, int level)
    {
        var degrees = Degrees(level, q).ToArray();
        var all =
            degrees.Aggregate(BigRational.Zero, (sum, k) => sum + ExactIntegers.Binomial(dimension + k - 1, k)!.Value);
        long squares = (long)dimension * degrees.Count(k => k % 2 == 0);
        return new(
            all - squares, squares, ExactIntegers.Binomial(dimension + (1 << (level - 1)), dimension)!.Value - 1);
    }

    // The degrees 2^(l−1) < k ≤ min(2^l, q) that level l makes.
    private static IEnumerable<int> Degrees(int level, int q)
    {
        int below = 1 << (level - 1);
        return Enumerable.Range(below + 1, Math.Min(2 * below, q) - below);
    }
}

/// <summary>What one level of the monomials holds.</summary>
/// <param name="Products">n_l − s_l, the monomials made by a product.</param>
/// <param name="Squares">s_l, the monomials made by a square.</param>
/// <param name="Carried">v_l, the monomials stored before the level.</param>
public sealed record MonomialLevel(BigRational Products, BigRational Squares, BigRational Carried);
