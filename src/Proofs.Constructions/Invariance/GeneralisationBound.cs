using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Invariance;

// Statement   m independent samples, X in [0,1]^(np), S_n-invariant f, |f| ≤ B, Λ-Lipschitz in the sup norm, a loss in
//             [0, b], λ-Lipschitz: with probability at least 1 − δ, for all such f
//                 R(f) ≤ R_m(f) + 2 λ (B m^(−1/2) + Ent) + b (log(1/δ)/(2m))^(1/2),
//                 Ent = Λ min over J of 2^(−J) + 6 (log 3/m)^(1/2) Σ_(1≤j≤J) 2^(−j) K_j^(1/2), K_j = binom(2^(jp) + n −
//                 1, n);
//             and there are such f with E sup (R − R_m) at least binom(N^p, n) q (1 − q)^m Λ/(2N(np + 1)), q =
//             n!/N^(np).
//                                                                               [math/03, Theorem G, Corollary G1,
//                                                                               Theorem G3]
// Idea        Covering numbers of the quotient are counts of orbits of cubes, so chaining sees n! m in the place of m.

/// <summary>
/// The setting of a generalisation bound for functions that are invariant under permutations of points.
/// </summary>
/// <param name="Points">n.</param>
/// <param name="Features">p, with n p at least 3.</param>
/// <param name="Samples">m.</param>
public sealed record GeneralisationBound(int Points, int Features, BigInteger Samples)
{
    /// <summary>Λ, the Lipschitz constant of the functions in the sup norm.</summary>
    public BigRational Lipschitz { get; init; } = BigRational.One;

    /// <summary>λ, the Lipschitz constant of the loss.</summary>
    public BigRational LossLipschitz { get; init; } = BigRational.One;

    /// <summary>B, the bound of the functions.</summary>
    public BigRational Bound { get; init; } = BigRational.One;

    /// <summary>b, the bound of the loss.</summary>
    public BigRational LossBound { get; init; } = BigRational.One;

    /// <summary>δ, the probability with which the bound may fail.</summary>
    public BigRational Failure { get; init; } = new(1, 20);

    /// <summary>J, the levels of chaining that make Ent least.</summary>
    /// <remarks>
    /// Level j makes the sum smaller as long as 6 (log 3/m)^(1/2) K_j^(1/2) is below 1; K_j grows with j.
    /// </remarks>
    public int Levels()
    {
        int j = 0;
        while (Of("36*log(3)*K/m", ("K", Orbits(j + 1))).Sup < 1)
        {
            j++;
        }

        return j;
    }

    /// <summary>An enclosure of Ent.</summary>
    public Interval Entropy()
    {
        int levels = Levels();
        var sum = Enumerable.Range(1, levels).Aggregate(
            Interval.Zero, (s, j) => s + Of("2^(-j)*sqrt(K)", ("j", j), ("K", Orbits(j))));
        return Of("Lambda", []) * (Of("2^(-J)", ("J", levels)) + (Of("6*sqrt(log(3)/m)", []) * sum));
    }

    /// <summary>
    /// An enclosure of the bound of Corollary G1 on Ent, with all constants explicit; d = n p is at least 3.
    /// </summary>
    public Interval EntropyClosed() => Of(
        "Lambda*((2 + 6*sqrt(exp(1)*log(3))/(1 - 2^(1 - n*p/2)))*(factorial(n)*m)^(-1/(n*p)))", [])
        + (Of("6*Lambda*sqrt(log(3)/m)", []) * Coarse());

    /// <summary>D_(n,p), the levels before the orbits of cubes are about their volume.</summary>
    public Interval Coarse() => Enumerable.Range(1, Math.Max(0, FirstFine() - 1)).Aggregate(
        Interval.Zero, (s, j) => s + Of("2^(-j)*sqrt(K)", ("j", j), ("K", Orbits(j))));

    /// <summary>j0, the least j ≥ 0 with 2^(jp) ≥ n(n − 1)/2.</summary>
    public int FirstFine()
    {
        int j = 0;
        while (BigInteger.Pow(2, j * Features) * 2 < (BigInteger)Points * (Points - 1))
        {
            j++;
        }

        return j;
    }

    /// <summary>An enclosure of the bound of R − R_m for a given Ent.</summary>
    public Interval Gap(Interval entropy) =>
        (Of("2*lambda", []) * (Of("B*m^(-1/2)", []) + entropy)) + Of("b*sqrt(log(1/delta)/(2*m))", []);

    /// <summary>The least N with N^(np) ≥ n! m and N^p ≥ n, with which the lower bound is taken.</summary>
    public BigInteger LowerBoundCells()
    {
        var factorial = ExactIntegers.Factorial(Points)!.Value.Numerator;
        BigInteger high = 1;
        while (!IsEnough(high))
        {
            high *= 2;
        }

        var low = high / 2;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = IsEnough(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool IsEnough(BigInteger n) =>
            BigInteger.Pow(n, Points * Features) >= factorial * Samples && BigInteger.Pow(n, Features) >= Points;
    }

    /// <summary>An enclosure of the lower bound of E sup (R − R_m) over a class of such functions.</summary>
    public Interval LowerBound() => LowerBoundAt(LowerBoundCells());

    /// <summary>The same with another N that fulfils both conditions.</summary>
    public Interval LowerBoundAt(BigInteger cells)
    {
        var share = ExactIntegers.Factorial(Points)!.Value / BigRational.Pow(cells, Points * Features);
        var empty = Interval.Exp(Of("m", []) * Interval.Log1p(-Interval.Enclose(share))); // (1 - q)^m
        return empty * Of(
            "C*q*Lambda/(2*N*(n*p + 1))",
            ("N", cells), ("C", ExactIntegers.Binomial(BigRational.Pow(cells, Features), Points)!.Value), ("q", share));
    }

    /// <summary>
    /// What an n-free constant c in R ≤ R_m + (c/(n! m^(2/n)))^(1/2) + … would have to be at least, for p = 1:
    /// Λ²(n!)^(1−2/n)/(64(n + 1)²).
    /// </summary>
    /// <remarks>Source: math/03, section 10, relation to the published theorem, 2.</remarks>
    public static Interval ConstantAtLeast(int points, BigRational lipschitz) =>
        Evaluate("Lambda^2*factorial(n)^(1 - 2/n)/(64*(n + 1)^2)", ("Lambda", lipschitz), ("n", points));

    private BigRational Orbits(int level) => OrbitCount.Symmetric(Points, Features, BigInteger.One << level);

    private Interval Of(string formula, params (string Name, BigRational Value)[] more) => Evaluate(
        formula,
        [
            ("n", Points), ("p", Features), ("m", Samples), ("Lambda", Lipschitz), ("lambda", LossLipschitz),
            ("B", Bound), ("b", LossBound), ("delta", Failure), .. more,
        ]);

    private static Interval Evaluate(string formula, params (string Name, BigRational Value)[] values) =>
        Expr.Parse(formula).Evaluate(
        values.ToDictionary(v => v.Name, v => Interval.Enclose(v.Value), StringComparer.Ordinal));
}
