using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   Φ(t) = v_0 + s_1 ρ(t − t_0) + Σ_(0<j<n) (s_(j+1) − s_j) ρ(t − t_j) interpolates (t_j, v_j) linearly on
//             [t_0, t_n], s_j the slopes: L = 2, width n, W = n + #{j < n: t_j ≠ 0} + #{slope changes ≠ 0} + [v_0 ≠ 0],
//             exact. (All n units are kept, also where the slope does not change.)                      [math/00, 5.1]

/// <summary>Linear interpolation in one variable as a network.</summary>
public static class PiecewiseLinear
{
    /// <summary>The interpolant of values at increasing knots, on n new units of the next layer.</summary>
    /// <exception cref="ArgumentException">There are fewer than two knots, they do not increase, or the counts
    /// differ.</exception>
    public static Functional Append(
        NetworkBuilder net, Functional t, IReadOnlyList<BigRational> knots, IReadOnlyList<BigRational> values)
    {
        Check(knots, values);
        var units = knots.SkipLast(1).Select(k => net.Rho(t - k)).ToArray();
        return Functional.Combine(t.Layer + 1, SlopeChanges(knots, values), units) + values[0];
    }

    /// <summary>The interpolating network on [t_0, t_n]; its target is the interpolant itself.</summary>
    /// <exception cref="ArgumentException">There are fewer than two knots, they do not increase, or the counts
    /// differ.</exception>
    public static Built Build(IReadOnlyList<BigRational> knots, IReadOnlyList<BigRational> values)
    {
        var net = new NetworkBuilder(1);
        var network = net.BuildScalar(Append(net, net.Inputs[0], knots, values));
        var changes = SlopeChanges(knots, values);
        var entries = changes.Concat(knots.SkipLast(1)).Append(values[0]).ToArray();
        return Assemble.WithError(
            "interpolation",
            "math/00, 5.1",
            network,
            Interpolant(knots, values),
            new Box([knots[0]], [knots[^1]]),
            Assemble.Parameters(
                ("n", changes.Length),
                ("nonzero", entries.Count(e => !e.IsZero)),
                ("largest", entries.Select(BigRational.Abs).Max())),
            SizeStatement.Exactly("2", "n + nonzero", "n", "max(1, largest)"),
            Expr.Zero,
            Expr.Zero);
    }

    // The interpolant as nested ifs, a balanced tree of them so that a formula with many knots stays shallow.
    internal static Expr Interpolant(IReadOnlyList<BigRational> knots, IReadOnlyList<BigRational> values)
    {
        var x = Expr.Variable("x");
        return Between(0, knots.Count - 1);

        Expr Between(int first, int last)
        {
            if (last - first == 1)
            {
                var slope = (values[last] - values[first]) / (knots[last] - knots[first]);
                return (slope * (x - knots[first])) + values[first];
            }

            int middle = (first + last) / 2;
            return Expr.If(
                new Condition.Comparison(x, RelationKind.LessOrEqual, knots[middle]),
                Between(first, middle),
                Between(middle, last));
        }
    }

    private static ImmutableArray<BigRational> SlopeChanges(
        IReadOnlyList<BigRational> knots, IReadOnlyList<BigRational> values)
    {
        var changes = ImmutableArray.CreateBuilder<BigRational>(knots.Count - 1);
        var before = BigRational.Zero;
        for (int j = 1; j < knots.Count; j++)
        {
            var slope = (values[j] - values[j - 1]) / (knots[j] - knots[j - 1]);
            changes.Add(slope - before);
            before = slope;
        }

        return changes.MoveToImmutable();
    }

    private static void Check(IReadOnlyList<BigRational> knots, IReadOnlyList<BigRational> values)
    {
        if (knots.Count < 2 || knots.Count != values.Count)
        {
            throw new ArgumentException(
                $"{knots.Count} knots with {values.Count} values; expected at least two knots and a value for each.");
        }

        for (int j = 1; j < knots.Count; j++)
        {
            if (knots[j] <= knots[j - 1])
            {
                throw new ArgumentException(
                    $"Knot {j} is {knots[j]}; expected more than {knots[j - 1]}, the one before.");
            }
        }
    }
}
