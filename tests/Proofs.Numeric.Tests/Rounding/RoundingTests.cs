using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Rounding;

public class RoundingTests
{
    [Fact]
    public void Sums_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) + BigRational.Exact(b), DirectedRounding.AddDown(a, b),
                DirectedRounding.AddUp(a, b))
                .Label($"{a:R} + {b:R}")).Holds(5000);

    [Fact]
    public void Differences_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) - BigRational.Exact(b), DirectedRounding.SubtractDown(a, b),
                DirectedRounding.SubtractUp(a, b))
                .Label($"{a:R} - {b:R}")).Holds(5000);

    [Fact]
    public void Products_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            Tight(BigRational.Exact(a) * BigRational.Exact(b), DirectedRounding.MultiplyDown(a, b),
                DirectedRounding.MultiplyUp(a, b))
                .Label($"{a:R} * {b:R}")).Holds(5000);

    [Fact]
    public void Quotients_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
            (b == 0
             || Tight(
                 BigRational.Exact(a) / BigRational.Exact(b), DirectedRounding.DivideDown(a, b),
                 DirectedRounding.DivideUp(a, b)))
                .Label($"{a:R} / {b:R}")).Holds(5000);

    [Fact]
    public void Fused_products_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, Doubles.Finite, (a, b, c) =>
        {
            // Half of the cases put c near -a b, where everything cancels.
            double near = -(a * b);
            double z = (BitConverter.DoubleToInt64Bits(c) & 4) == 0 && double.IsFinite(near)
                ? Doubles.Step(near, 1)
                : c;
            return Tight(
                (BigRational.Exact(a) * BigRational.Exact(b)) + BigRational.Exact(z),
                DirectedRounding.FusedMultiplyAddDown(a, b, z),
                DirectedRounding.FusedMultiplyAddUp(a, b, z)).Label($"{a:R} * {b:R} + {z:R}");
        }).Holds(5000);

    [Fact]
    public void Roots_are_correctly_rounded_both_ways() =>
        Prop.ForAll(Doubles.Finite, x =>
        {
            double a = Math.Abs(x), down = DirectedRounding.SqrtDown(a), up = DirectedRounding.SqrtUp(a);
            BigRational q = BigRational.Exact(a), d = BigRational.Exact(down), u = BigRational.Exact(up);
            return (d * d <= q && q <= u * u && (down == up ? d * d == q : up == Math.BitIncrement(down) && d * d != q))
                .Label($"sqrt {a:R}");
        }).Holds(5000);

    [Fact]
    public void Infinite_operands_are_exact()
    {
        double inf = double.PositiveInfinity;
        Assert.Equal(inf, DirectedRounding.AddDown(inf, 1));
        Assert.Equal(-inf, DirectedRounding.AddUp(-inf, 1));
        Assert.Equal(-inf, DirectedRounding.MultiplyUp(inf, -2));
        Assert.Equal(inf, DirectedRounding.MultiplyDown(inf, 2));
        Assert.Equal(0, DirectedRounding.DivideDown(1, inf));
        Assert.Equal(0, DirectedRounding.DivideUp(1, inf));
        Assert.Equal(inf, DirectedRounding.SqrtDown(inf));
        Assert.Equal(inf, DirectedRounding.FusedMultiplyAddDown(inf, 2, -5));
        Assert.Equal(-inf, DirectedRounding.FusedMultiplyAddUp(3, 2, -inf));
        Assert.True(double.IsNaN(DirectedRounding.MultiplyDown(0, inf)));
    }

    // Whether down and up are the tightest bounds of the exact value; an exact one has both equal.
    private static bool Tight(BigRational exact, double down, double up) =>
        down == Binary64.RoundDown(exact) && up == Binary64.RoundUp(exact);
}
