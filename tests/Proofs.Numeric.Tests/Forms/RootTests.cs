using Proofs.Numeric.Expressions;
using Proofs.Numeric.Forms;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Numeric.Tests.Forms;

public class RootTests
{
    [Theory]
    [InlineData("x^2 - 2", -3, 3, 2)]
    [InlineData("sin(x)", 1, 20, 6)]
    [InlineData("x^5 - 3*x + 1", -10, 10, 3)]
    [InlineData("exp(x) - 1/2 - x^2", -2, 2, 1)]
    [InlineData("x^2 + 1", -10, 10, 0)]
    [InlineData("abs(x) - 1", -4, 5, 2)]
    [InlineData("max(x, -1/2) - 1/3", -4, 5, 1)]
    public void All_simple_zeros_are_found_and_known_to_be_unique(string f, double low, double high, int count)
    {
        var roots = new RootFinder(Expr.Parse(f), "x").Roots(Interval.Between(low, high));
        Assert.Equal(count, roots.Count);
        Assert.All(roots, r => Assert.True(r.IsUnique && r.Set.Width < 1e-12, r.ToString()));
    }

    // (x - a)(x - b)(x - c) with exact rational zeros: none is lost, wherever they lie and however they meet.
    [Fact]
    public void No_zero_is_ever_lost() => Prop.ForAll(
        Gen.Three(Gen.Choose(-20, 20)).ToArbitrary(),
        zeros =>
        {
            int[] all = [zeros.Item1, zeros.Item2, zeros.Item3];
            var f = Expr.Parse(string.Join("*", all.Select(z => $"(x - ({z})/8)")));
            var roots = new RootFinder(f, "x").Roots(Interval.Between(-2, 2), 1e-9);
            foreach (int z in all.Where(z => Math.Abs(z) <= 16))
            {
                var holder = roots.Where(r => r.Set.Contains(z / 8.0)).ToList();
                Assert.True(holder.Count > 0, $"{z}/8 of {f} is in none of {string.Join(", ", roots)}");
                Assert.True(
                    all.Count(y => y == z) == 1 || holder.TrueForAll(r => !r.IsUnique),
                    $"a double zero {z}/8 is called unique");
            }
        }).Holds(300);

    [Fact]
    public void A_zero_where_the_function_is_not_continuous_stays_undecided()
    {
        var roots = new RootFinder(Expr.Parse("floor(x) + 1/2 - x/2"), "x").Roots(Interval.Between(0.5, 1.5), 1e-6);
        Assert.All(roots, r => Assert.False(r.IsUnique && r.Set.Contains(1)));
    }

    [Fact]
    public void Krawczyk_proves_a_zero_of_a_system_and_refutes_boxes_without_one()
    {
        var circle = new KrawczykOperator([Expr.Parse("x^2 + y^2 - 1"), Expr.Parse("x - y^3")], ["x", "y"]);
        var step = circle.Step([Interval.Between(0.5, 0.65), Interval.Between(0.75, 0.9)]);
        Assert.Equal(RootVerdict.Unique, step.Verdict);
        for (int i = 0; i < 6; i++)
        {
            step = circle.Step(step.Box.AsSpan());
        }

        // y^6 + y^2 = 1: y^2 = 0.6823278…, the real root of z^3 + z = 1
        Assert.True(
            step.Box[1].Width < 1e-14 && Interval.Sqr(step.Box[1]).Contains(0.68232780382801932),
            step.Box[1].ToString());
        Assert.Equal(RootVerdict.None, circle.Step([Interval.Between(0.8, 0.9), Interval.Between(0.8, 0.9)]).Verdict);
    }

    [Fact]
    public void Krawczyk_never_drops_a_zero() => Prop.ForAll(
        Gen.Four(Gen.Choose(-8, 8)).ToArbitrary(),
        c =>
        {
            // zero at (a, b)/4 by construction, in a box around it that need not be centred
            double a = c.Item1 / 4.0, b = c.Item2 / 4.0;
            var system = new KrawczykOperator(
                [Expr.Parse($"(x - ({c.Item1})/4)*(y + 3) + (y - ({c.Item2})/4)"),
                    Expr.Parse($"(y - ({c.Item2})/4)*(x^2 + 1) + sin(x - ({c.Item1})/4)/2")], ["x", "y"]);
            double left = (9 + c.Item3) / 16.0, down = (9 + c.Item4) / 16.0;
            var step = system.Step([Interval.Between(a - left, a + 0.5), Interval.Between(b - down, b + 0.25)]);
            Assert.NotEqual(RootVerdict.None, step.Verdict);
            Assert.True(step.Box[0].Contains(a) && step.Box[1].Contains(b));
        }).Holds(500);

    [Fact]
    public void Bad_input_is_refused_with_the_numbers()
    {
        Assert.Contains(
            "y too", Assert.Throws<ArgumentException>(() => new RootFinder(Expr.Parse("x + y"), "x")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RootFinder(Expr.Parse("x"), "x").Roots(Interval.Entire));
        Assert.Contains(
            "got 1 and 2",
            Assert.Throws<ArgumentException>(() => new KrawczykOperator([Expr.Parse("x")], ["x", "y"])).Message,
            StringComparison.Ordinal);
    }
}
