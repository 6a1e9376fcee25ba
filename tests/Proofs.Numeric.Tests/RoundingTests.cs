namespace Proofs.Numeric.Tests;

public class RoundingTests
{
    [Fact]
    public void Sums_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) + BigRational.Exact(b), Rounding.AddDown(a, b), Rounding.AddUp(a, b))
                .Label($"{a:R} + {b:R}")).Holds(5000);

    [Fact]
    public void Differences_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) - BigRational.Exact(b), Rounding.SubtractDown(a, b), Rounding.SubtractUp(a, b))
                .Label($"{a:R} - {b:R}")).Holds(5000);

    [Fact]
    public void Products_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) * BigRational.Exact(b), Rounding.MultiplyDown(a, b), Rounding.MultiplyUp(a, b))
                .Label($"{a:R} * {b:R}")).Holds(5000);

    [Fact]
    public void Quotients_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            (b == 0
             || Tight(BigRational.Exact(a) / BigRational.Exact(b), Rounding.DivideDown(a, b), Rounding.DivideUp(a, b)))
                .Label($"{a:R} / {b:R}")).Holds(5000);

    [Fact]
    public void Fused_products_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, Doubles.Finite, (a, b, c) =>
        {
            // Half of the cases put c near -a b, where everything cancels.
            double near = -(a * b);
            double z = (BitConverter.DoubleToInt64Bits(c) & 4) == 0 && double.IsFinite(near) ? Doubles.Step(near, 1) : c;
            return Tight(
                (BigRational.Exact(a) * BigRational.Exact(b)) + BigRational.Exact(z),
                Rounding.FusedMultiplyAddDown(a, b, z),
                Rounding.FusedMultiplyAddUp(a, b, z)).Label($"{a:R} * {b:R} + {z:R}");
        }).Holds(5000);

    [Fact]
    public void Roots_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, x =>
        {
            double a = Math.Abs(x), down = Rounding.SqrtDown(a), up = Rounding.SqrtUp(a);
            BigRational q = BigRational.Exact(a), d = BigRational.Exact(down), u = BigRational.Exact(up);
            return (d * d <= q && q <= u * u && (down == up ? d * d == q : up == Math.BitIncrement(down) && d * d != q))
                .Label($"sqrt {a:R}");
        }).Holds(5000);

    [Fact]
    public void Infinite_operands_are_exact()
    {
        double inf = double.PositiveInfinity;
        Assert.Equal(inf, Rounding.AddDown(inf, 1));
        Assert.Equal(-inf, Rounding.AddUp(-inf, 1));
        Assert.Equal(-inf, Rounding.MultiplyUp(inf, -2));
        Assert.Equal(inf, Rounding.MultiplyDown(inf, 2));
        Assert.Equal(0, Rounding.DivideDown(1, inf));
        Assert.Equal(0, Rounding.DivideUp(1, inf));
        Assert.Equal(inf, Rounding.SqrtDown(inf));
        Assert.Equal(inf, Rounding.FusedMultiplyAddDown(inf, 2, -5));
        Assert.Equal(-inf, Rounding.FusedMultiplyAddUp(3, 2, -inf));
        Assert.True(double.IsNaN(Rounding.MultiplyDown(0, inf)));
    }

    // Whether down and up are the tightest bounds of the exact value; an exact one has both equal.
    private static bool Tight(BigRational exact, double down, double up) =>
        down == Binary64.RoundDown(exact) && up == Binary64.RoundUp(exact);
}
