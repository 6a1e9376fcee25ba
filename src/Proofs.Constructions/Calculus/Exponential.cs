using System.Numerics;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

/// <summary>The exponential exp(−t) as a network, in three ways.</summary>
public static class Exponential
{
    // Statement   With n knots at spacing h = T/n and values rounded up to multiples of 2^(−R), 0 ≤ Φ − e^(−t) ≤ h²/8 +
    //             2^(−R)
    //             on [0, T]: L = 2, W = 3n (where no slope repeats), width n.                            [math/00, 6.1]
    // Idea        The function is convex: the interpolant of values from above lies above it, and within h²/8 of that.

    /// <summary>
    /// The piecewise-linear network on [0, T] with n equal steps and values rounded up to multiples of 2^(−R).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">T is not positive, n is below 1, or R is outside [1,
    /// 1000].</exception>
    public static Built BuildUniform(BigRational t, int n, int precision)
    {
        Check(t, precision);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        BigRational[] knots = [.. Enumerable.Range(0, n + 1).Select(j => t * j / n)];
        var network = Interpolate(knots, precision);
        return Build(
            network,
            t,
            new Budget("exponential", "math/00, 6.1", Norm.Sup, Expr.Parse("T^2/(8*n^2) + 2^(-R)"))
            {
                LowerBound = Expr.Zero,
                Rule = Expr.Parse("interpolation + round"),
                Children =
                [
                    Budget.Leaf(
                        "interpolation", "math/00, 5.1", Norm.Sup,
                        Expr.Parse("T^2/(8*n^2)")) with { LowerBound = Expr.Zero },
                    Budget.Leaf(
                        "round", "math/00, 6.1", Norm.Sup, Expr.Parse("2^(-R)")) with { LowerBound = Expr.Zero },
                ],
                Parameters = Assemble.Parameters(("T", t), ("n", n), ("R", precision)),
            },
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("2")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse("3*n")),
                new(SizeQuantity.Width, RelationKind.Equal, Expr.Parse("n")),
            ]);
    }

    // Statement   With knots near t_j = −2 ln(1 − j/n), j < n, and a constant beyond the last, the error is at most
    //             9/(8 n²) + rounding for all t ≥ 0, whatever T is: W ≤ 3n.                              [math/00, 6.2]
    // Idea        Steps grow as the curvature falls. The knots are rounded, so the bound is computed from those taken:
    //             the largest h_j² e^(−t_j)/8, the last value, and 2^(−R) for the values.

    /// <summary>
    /// The piecewise-linear network on [0, ∞) with n graded knots, rounded to multiples of 2^(−R); claims on [0, T].
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">T is not positive, n is below 2, or R is outside [1,
    /// 1000].</exception>
    public static Built BuildGraded(BigRational t, int n, int precision)
    {
        Check(t, precision);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var knots = GradedKnots(n, precision);
        var unit = BigRational.PowerOfTwo(-precision);
        BigRational[] values = [.. knots.Select(k => ExponentialValue.RoundedUp(k, precision))];
        var interpolation = BigRational.Zero;
        for (int j = 1; j < knots.Length; j++)
        {
            var h = knots[j] - knots[j - 1];
            interpolation = BigRational.Max(interpolation, h * h * values[j - 1] / 8);
        }

        var net = new NetworkBuilder(1);
        BigRational[] ends = [.. knots, knots[^1] + 1]; // one step more, of slope 0: the constant beyond the last knot
        var network = net.BuildScalar(PiecewiseLinear.Append(net, net.Inputs[0], ends, [.. values, values[^1]]));
        return Build(
            network,
            t,
            new Budget("exponential", "math/00, 6.2", Norm.Sup, Expr.Parse("max(step, tail) + 2^(-R)"))
            {
                LowerBound = Expr.Zero,
                Rule = Expr.Parse("max(interpolation, beyond) + round"),
                Children =
                [
                    Budget.Leaf(
                        "interpolation", "math/00, 5.1", Norm.Sup, Expr.Parse("step")) with { LowerBound = Expr.Zero },
                    Budget.Leaf("beyond", "math/00, 6.2", Norm.Sup, Expr.Parse("tail")) with { LowerBound = Expr.Zero },
                    Budget.Leaf(
                        "round", "math/00, 6.2", Norm.Sup, Expr.Parse("2^(-R)")) with { LowerBound = Expr.Zero },
                ],
                Parameters = Assemble.Parameters(
                    ("T", t), ("n", n), ("R", precision), ("step", interpolation), ("tail", values[^1])),
            },
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("2")),
                new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse("3*n")),
                new(SizeQuantity.Width, RelationKind.LessOrEqual, Expr.Parse("n")),
            ]);
    }

    // Statement   For T ≤ 2^k, y_0 = 1 − t/2^k and y_(i+1) = f_(rp)(y_i), k times:
    //             −(4/e²) 2^(−k) ≤ Φ − e^(−t) ≤ (2^k − 1) 4^(−rp−1) on [0, T]; L = k (r + 1), W = k W_SQ + 1.
    //                                                                                                     [math/00,
    //                                                                                                     6.3]
    // Idea        (1 − t/2^k)^(2^k) is within (4/e²) 2^(−k) below e^(−t); a square from above doubles the error and
    //             adds e.

    /// <summary>The network on [0, T] by k squarings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">T is outside (0, 2^k], k is outside [1, 500], or r, p are out of
    /// range.</exception>
    public static Built BuildSquaring(BigRational t, int k, int r, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 500);
        if (t.Sign <= 0 || t > BigRational.PowerOfTwo(k))
        {
            throw new ArgumentOutOfRangeException(nameof(t), $"The end T is {t}; expected 0 < T ≤ 2^{k}.");
        }

        var net = new NetworkBuilder(1);
        var y = Square.Append(net, BigRational.One - (BigRational.PowerOfTwo(-k) * net.Inputs[0]), r, p);
        for (int i = 1; i < k; i++)
        {
            y = Square.Append(net, net.Rho(y), r, p);
        }

        return Build(
            net.BuildScalar(y),
            t,
            new Budget(
                "exponential", "math/00, 6.3", Norm.Sup, Expr.Parse("max((2^k - 1)*4^(-r*p - 1), 4*exp(-2)*2^(-k))"))
            {
                LowerBound = Expr.Parse("-4*exp(-2)*2^(-k)"),
                Rule = Expr.Parse("max((2^k - 1)*square, limit)"),
                Children =
                [
                    Square.Build(r, p).Budget,
                    Budget.Leaf("limit", "math/00, 6.3", Norm.Sup, Expr.Parse("4*exp(-2)*2^(-k)")),
                ],
                Parameters = Assemble.Parameters(("T", t), ("k", k), ("r", r), ("p", p)),
            },
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("k*(r + 1)")),
                new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse($"k*({Square.Weights}) + 1")),
                new(SizeQuantity.Width, RelationKind.Equal, Expr.Parse(Square.Units)),
                new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Parse(Square.Largest)),
            ]);
    }

    private static ReluNetwork Interpolate(BigRational[] knots, int precision)
    {
        var net = new NetworkBuilder(1);
        BigRational[] values = [.. knots.Select(k => ExponentialValue.RoundedUp(k, precision))];
        return net.BuildScalar(PiecewiseLinear.Append(net, net.Inputs[0], knots, values));
    }

    // −2 ln(1 − j/n) to a multiple of 2^(−R), found by bisection on e^(−t/2) = 1 − j/n.
    private static BigRational[] GradedKnots(int n, int precision)
    {
        var knots = new List<BigRational> { 0 };
        for (int j = 1; j < n; j++)
        {
            var wanted = new BigRational(n - j, n);
            var low = knots[^1].Numerator * (BigInteger.One << precision) / knots[^1].Denominator;
            var high = (BigInteger)(2 * n) << precision; // ln n < n
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                var half = new BigRational(middle, BigInteger.One << (precision + 1));
                (low, high) = ExponentialValue.RoundedUp(half, precision + 8) > wanted ? (middle, high) : (low, middle);
            }

            var knot = new BigRational(high, BigInteger.One << precision);
            if (knot > knots[^1])
            {
                knots.Add(knot);
            }
        }

        return [.. knots];
    }

    private static Built Build(
        ReluNetwork network,
        BigRational t,
        Budget budget,
        System.Collections.Immutable.ImmutableArray<SizeStatement> sizes)
    {
        var (target, domain) = (Expr.Parse("exp(-x)"), new Box([0], [t]));
        var tree = budget.WithParameters(budget.Parameters) with
        {
            Instance = new LemmaInstance(network, target, domain, region: null),
        };
        return new Built(network, tree, target, domain) { Sizes = sizes };
    }

    private static void Check(BigRational t, int precision)
    {
        if (t.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(t), $"The end T is {t}; expected a positive number.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 1000);
    }
}
