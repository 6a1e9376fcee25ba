using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   SQ(r, p) has 0 ≤ Φ(x) − x² ≤ 4^(−rp−1) on [0, 1], Φ(0) = 0 and Φ(1) = 1, with L = r + 1,
//             W = 3·2^p − 1 + (r − 1)(4^p + 2^(p+1)), B = 2^(p+1) (1 for r = 1), all weights dyadic.
//             p = 1 is the deep version; fixed r and growing p is the version of constant depth.     [math/00, 4.1]
// Idea        Φ interpolates x² at j/2^m, m = rp: f_m(t) = t − Σ_(s≤m) g^(s)(t)/4^s with the sawtooth g^(s). A layer
//             makes p steps at once: with q_p(u) = u − f_p(u), f_(rp)(t) = t − Σ_(i<r) 4^(−pi) q_p(g^(pi)(t)).
//             Every partial sum is f_(ip)(t) ≥ t² ≥ 0, so one unit carries it.

/// <summary>The square as a network.</summary>
public static class Square
{
    internal const string Weights = "3*2^p - 1 + (r - 1)*(4^p + 2^(p + 1))";
    internal const string Units = "if(r >= 2, 2^p + 1, 2^p)";
    internal const string Largest = "if(r >= 2, 2^(p + 1), 1)";
    internal const string LargestOutput = "if(r >= 2, 1, 2^(1 - p))"; // o_p of math/00, 4.3

    private const int DeepestPrecision = 500; // rp beyond this leaves the normal binary64 numbers
    private const int WidestGroup = 14;

    /// <summary>f_(rp)(t) for t in [0, 1], on r new layers.</summary>
    public static Functional Append(NetworkBuilder net, Functional t, int r, int p)
    {
        Check(r, p);
        var knots = Sawtooth.Knots(net, t, p);
        var sum = Combination(knots, BigRational.PowerOfTwo(-p), BigRational.PowerOfTwo(1 - p));
        for (int i = 1; i < r; i++)
        {
            var tooth = Sawtooth.OfKnots(knots, p);
            var carried = net.Rho(sum);
            knots = Sawtooth.Knots(net, tooth, p);
            var scale = BigRational.PowerOfTwo(-2 * p * i); // 4^(−pi)
            sum = carried + Combination(
                knots, -scale * (1 - BigRational.PowerOfTwo(-p)), scale * BigRational.PowerOfTwo(1 - p));
        }

        return sum;
    }

    /// <summary>K² f_(rp)(|t|/K) for t in [−K, K], on r + 1 new layers.</summary>
    public static Functional AppendSymmetric(NetworkBuilder net, Functional t, BigRational k, int r, int p)
    {
        CheckRadius(k);
        return k * k * Append(net, AbsoluteValue.Append(net, t) / k, r, p);
    }

    /// <summary>The network SQ(r, p) of x² on [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">r or p is below 1, p above 14, or rp above 500.</exception>
    public static Built Build(int r, int p)
    {
        var net = new NetworkBuilder(1);
        return Assemble.WithError(
            "square",
            "math/00, 4.1",
            net.BuildScalar(Append(net, net.Inputs[0], r, p)),
            Expr.Parse("x^2"),
            Box.Unit(1),
            Assemble.Parameters(("r", r), ("p", p)),
            SizeStatement.Exactly("r + 1", Weights, Units, Largest),
            Expr.Parse("4^(-r*p - 1)"),
            lower: Expr.Zero);
    }

    /// <summary>The network of x² on [−K, K].</summary>
    /// <remarks>Source: math/00, 4.2: 0 ≤ Φ(x) − x² ≤ K² 4^(−rp−1), exact at 0 and ±K.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">K is not positive, or r, p are out of range.</exception>
    public static Built BuildSymmetric(BigRational k, int r, int p)
    {
        var net = new NetworkBuilder(1);
        return Assemble.WithError(
            "square",
            "math/00, 4.2",
            net.BuildScalar(AppendSymmetric(net, net.Inputs[0], k, r, p)),
            Expr.Parse("x^2"),
            Box.Cube(1, -k, k),
            Assemble.Parameters(("K", k), ("r", r), ("p", p)),
            SizeStatement.Exactly(
                "r + 2", $"2 + 2^p + {Weights}", Units, $"max(1, 1/K, {Largest}, K^2*{LargestOutput})"),
            Expr.Parse("K^2*4^(-r*p - 1)"),
            lower: Expr.Zero);
    }

    internal static void CheckRadius(BigRational k)
    {
        if (k.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"The radius K is {k}; expected a positive number.");
        }
    }

    internal static void Check(int r, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(r, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, WidestGroup);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)r * p, DeepestPrecision);
    }

    private static Functional Combination(Functional[] knots, BigRational first, BigRational others)
    {
        var coefficients = new BigRational[knots.Length];
        Array.Fill(coefficients, others);
        coefficients[0] = first;
        return Functional.Combine(knots[0].Layer, coefficients, knots);
    }
}
