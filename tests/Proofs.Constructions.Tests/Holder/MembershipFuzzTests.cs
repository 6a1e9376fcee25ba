using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Constructions.Tests.Holder;

/// <summary>
/// Random formulas against values at many points: what is shown is never seen to fail, and what is refused is no clear
/// member.
/// </summary>
public sealed class MembershipFuzzTests
{
    private const int Grid = 240;

    [Theory]
    [InlineData("1")]
    [InlineData("1/2")]
    [InlineData("2")]
    public void A_standing_agrees_with_values_on_a_fine_grid(string beta)
    {
        var (random, counts) =
            (new Random(5), new Dictionary<string, int> { ["shown"] = 0, ["false"] = 0, ["assumed"] = 0 });
        for (int k = 0; k < 60; k++)
        {
            var f = Formula(random, 3);
            var @class =
                new HolderClass(BigRational.Parse(beta), 1, new BigRational(random.Next(1, 9), random.Next(1, 4)));
            double worst = Worst(f, @class);
            string standing;
            try
            {
                standing = HolderMembership.Check(@class, f, ["x"]).Standing == Standing.Shown ? "shown" : "assumed";
            }
            catch (FalsePremiseException e)
            {
                standing = "false";

                // a clear member stays well below its bounds at every scale down to 2^-30 around every point, seams
                // included
                Assert.True(
                    worst > 0.5 || double.IsNaN(worst) || Steep(f, @class),
                    $"{f} in {@class}: {e.Witness}, though the worst ratio seen is {worst}");
            }

            Assert.False(
                standing == "shown" && !(worst <= 1 + 1e-6),
                $"{f} in {@class} is shown, and a ratio of {worst} is seen");
            counts[standing]++;
        }

        Assert.True(counts["shown"] >= 8 && counts["false"] >= 8, string.Join(", ", counts));
        Assert.True(counts["assumed"] <= 12, string.Join(", ", counts));
    }

    // The largest ratio of a difference to what a member allows, at steps 1/240 … 1; NaN where f is undefined at a grid
    // point.
    private static double Worst(Expr f, HolderClass @class)
    {
        double[] v = [.. Enumerable.Range(0, Grid + 1).Select(j => At(f, j / (double)Grid))];
        double m = (double)@class.M.Numerator / (double)@class.M.Denominator,
            b = (double)@class.Beta.Numerator / (double)@class.Beta.Denominator;
        double worst = v.Any(double.IsNaN) ? double.NaN : v.Max(Math.Abs) / m;
        for (int step = 1; step <= Grid; step++)
        {
            double h = step / (double)Grid;
            for (int j = 0; j + step <= Grid; j++)
            {
                worst = Math.Max(worst, @class.Q == 0 ? Math.Abs(v[j + step] - v[j]) / (m * Math.Pow(h, b))
                    : j + (2 * step) <= Grid
                    ? Math.Max(
                        Math.Abs(v[j + step] - v[j]) / (m * h),
                        (Math.Abs(v[j + (2 * step)] - (2 * v[j + step]) + v[j]) - 1e-14) / (m * Math.Pow(h, b))) : 0);
            }
        }

        return worst;
    }

    // Whether small steps somewhere show more than the grid does: around each point of a fine grid of their own.
    private static bool Steep(Expr f, HolderClass @class)
    {
        double m = (double)@class.M.Numerator / (double)@class.M.Denominator,
            b = (double)@class.Beta.Numerator / (double)@class.Beta.Denominator;
        for (int j = 0; j <= 40_000; j++)
        {
            double h = 1.0 / 40_000, x = j * h * (1 - (2 * h));
            double change = @class.Q == 0
                ? Math.Abs(At(f, x + h) - At(f, x))
                : Math.Abs(At(f, x) - (2 * At(f, x + h)) + At(f, x + (2 * h)));
            if (!(change <= 0.5 * m * Math.Pow(h, b)))
            {
                return true;
            }
        }

        return false;
    }

    private static double At(Expr f, double x)
    {
        var value = f.Evaluate(new Dictionary<string, Interval> { ["x"] = Interval.Point(Math.Min(x, 1)) });
        return value.IsEmpty || !value.IsBounded ? double.NaN : value.Midpoint;
    }

    private static Expr Formula(Random random, int depth)
    {
        Expr Number() => Expr.Constant(new BigRational(random.Next(-6, 7), random.Next(1, 7)));
        if (depth == 0)
        {
            return random.Next(3) == 0 ? Number() : Expr.Variable("x");
        }

        Expr Part() => Formula(random, depth - 1);
        return random.Next(13) switch
        {
            0 or 1 => Part() + Part(),
            2 => Part() - Number(),
            3 or 4 => Part() * Part(),
            5 => Expr.Apply(Function.Abs, Part()),
            6 => Expr.Apply(Function.Max, Part(), Part()),
            7 => Expr.Apply(Function.Min, Part(), Part()),
            8 => Expr.Apply(random.Next(2) == 0 ? Function.Sin : Function.Atan, Part()),
            9 => Expr.Apply(Function.Exp, -Expr.Apply(Function.Abs, Part())),
            10 => Expr.Apply(Function.Sqrt, Part()),
            11 => Expr.If(new Condition.Comparison(Part(), RelationKind.LessOrEqual, Number()), Part(), Part()),
            _ => Expr.Power(Part(), random.Next(2) == 0 ? 2 : -1),
        };
    }
}
