using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Holder;

/// <summary>Depth, size, width and magnitude of a Hölder network by formula, without building it.</summary>
/// <param name="Depth">L.</param>
/// <param name="Size">W, for coefficients none of which is stored as 0.</param>
/// <param name="Width">The most units in a hidden layer.</param>
/// <param name="Magnitude">B; where q = 0 the values of f are at most M.</param>
/// <remarks>
/// Guarantee: exact for q ≥ 1 except that each stored coefficient C' = 0 takes one off the size; for q = 0 the size is
/// the same with values 0, and the magnitude a bound.
/// Source: math/00, 7.5.
/// </remarks>
public sealed record HolderSize(int Depth, BigInteger Size, BigInteger Width, BigRational Magnitude)
{
    /// <summary>c1(β, D, M) in D, beta, P, Q, T, r, t0, S, eps0 (q ≥ 1): W ≤ c1 eps^(−D/β) at constant depth.</summary>
    /// <remarks>Source: math/00, 7.7.</remarks>
    public static Expr Constant { get; } = Expr.Parse(
        "3^D*(20*D + P)*(2*t0)^(D/beta) + 56*P*r*S^(D/beta) + (2*P*Q*(r + 2) + D*(T + 3) + r + 3)*eps0^(D/beta)");

    /// <summary>c1(β, D, M) for q = 0, in D, beta and t0 = M.</summary>
    /// <remarks>Source: math/00, 7.7.</remarks>
    public static Expr ConstantLipschitz { get; } = Expr.Parse("3^D*(20*D + 1)*(2*t0)^(D/beta)");

    /// <summary>
    /// W in D, N, r, p, P, Q, T, spike = w_sp(D), levels = the monomials' share, zeros = #{C' = 0}, for q ≥ 1.
    /// </summary>
    public static Expr SizeFormula { get; } = Expr.Parse(
        "2*D*(2*N + 1) + D*(T + 3) + (N + 1)^D*(spike + P) + levels"
        + " + (P - 1)*(10 + 8*2^p + 2*(r - 1)*(4^p + 2^(p + 1))) + r + 3 - zeros");

    /// <summary>W in D, N, spike and zeros, for q = 0.</summary>
    public static Expr SizeFormulaLipschitz { get; } = Expr.Parse("2*D*(2*N + 1) + (N + 1)^D*(spike + 1) - zeros");

    /// <summary>The names the formulas above speak of, with their values.</summary>
    public static ImmutableSortedDictionary<string, BigRational> Parameters(HolderClass @class, HolderChoice choice) =>
        HolderBudget.Parameters(@class, choice, zeros: 0);

    /// <summary>The size of the network of <paramref name="class"/> with the given integers.</summary>
    public static HolderSize Of(HolderClass @class, HolderChoice choice)
    {
        var (d, n) = (@class.Dimension, choice.N);
        int t = @class.TournamentLevels;
        var nodes = BigInteger.Pow(n + 1, d);
        var shared = 2 * d * ((2 * n) + 1);
        int spike = KuhnInterpolant.SpikeWeights(d);
        if (@class.Q == 0)
        {
            return new(
                t + 3,
                shared + (nodes * (spike + 1)),
                2 * d * nodes,
                BigRational.Max(BigRational.Max(n, BigRational.One), @class.M));
        }

        var (r, p, monomials) = (choice.R, choice.P, @class.Monomials);
        BigInteger signed = 10 + (8 * Knots(p)) + SquareTail(r, p);
        var size = shared + (d * (t + 3)) + (nodes * (spike + monomials)) + Levels(@class, r, p)
            + ((monomials - 1) * signed) + r + 3;
        return new(
            t + r + 5 + (@class.MonomialLevels * (r + 2)), size, WidthOf(@class, choice), MagnitudeOf(@class, choice));
    }

    // The weights of the monomial levels: products, squares and carried channels.
    internal static BigInteger Levels(HolderClass @class, int r, int p)
    {
        var total = BigInteger.Zero;
        var product = 4 + (7 * Knots(p)) + SquareTail(r, p);
        var square = (3 * Knots(p)) - 1 + (SquareTail(r, p) / 2);
        for (int l = 1; l <= @class.MonomialLevels; l++)
        {
            var level = Monomials.Level(@class.Dimension, @class.Q, l);
            total += (level.Products.Numerator * product) + (level.Squares.Numerator * (square + 1))
                + ((r + 2) * (@class.Monomials + level.Carried.Numerator));
        }

        return total;
    }

    private static BigInteger Knots(int p) => BigInteger.One << p;

    private static BigInteger SquareTail(int r, int p) => 2 * (r - 1) * ((Knots(p) * Knots(p)) + (2 * Knots(p)));

    private static BigRational MagnitudeOf(HolderClass @class, HolderChoice choice)
    {
        var (r, p) = (choice.R, choice.P);
        var largest = BigRational.Max(choice.N, 2);
        largest = BigRational.Max(largest, r >= 2 ? BigRational.PowerOfTwo(p + 1) : 1);
        foreach (var a in @class.Indices)
        {
            var factor = a.Degree == 0 ? 2 : r >= 2 ? 1 : BigRational.PowerOfTwo(1 - p); // 2 K_0, or o_p K_a
            largest = BigRational.Max(largest, factor * @class.Scale(a));
        }

        return largest;
    }

    private static BigInteger WidthOf(HolderClass @class, HolderChoice choice)
    {
        var (r, p, d) = (choice.R, choice.P, @class.Dimension);
        var nodes = BigInteger.Pow(choice.N + 1, d);
        var square = Knots(p) + (r >= 2 ? 1 : 0);
        var widest = BigInteger.Max((2 * d * nodes) + d, @class.Monomials + d); // tournaments (first layer for D = 1)
        for (int l = 1; l <= @class.MonomialLevels; l++)
        {
            var level = Monomials.Level(d, @class.Q, l);
            var (products, squares) = (level.Products.Numerator, level.Squares.Numerator);
            var carried = @class.Monomials + level.Carried.Numerator;
            widest = BigInteger.Max(widest, carried + (3 * products) + squares);
            widest = BigInteger.Max(widest, carried + (((2 * products) + squares) * square));
        }

        widest = BigInteger.Max(widest, (4 * (@class.Monomials - 1)) + 1);
        return BigInteger.Max(widest, (2 * square * (@class.Monomials - 1)) + 1);
    }
}
