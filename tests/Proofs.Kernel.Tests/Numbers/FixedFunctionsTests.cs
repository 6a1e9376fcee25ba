using System.Numerics;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Balls around values contain what mpmath says and what identities demand, and are narrow.</summary>
public sealed class FixedFunctionsTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(190)]
    [InlineData(400)]
    public void Values_known_to_60_digits_are_inside(int bits)
    {
        foreach (var known in ElementaryValue.All)
        {
            var (low, high) = known.Ends;
            var ball = Value(known.Function, FixedBall.Of(BigRational.Parse(known.At), bits));
            Assert.True(Low(ball) <= high && low <= High(ball), $"{known.Function}({known.At}) in {ball}");
        }
    }

    // A number moved by 2^-bits at its place changes the value by f' of that, and rounding adds some hundred units.
    [Theory]
    [InlineData(128)]
    [InlineData(190)]
    [InlineData(400)]
    public void The_balls_are_narrow(int bits)
    {
        foreach (var known in ElementaryValue.All)
        {
            var x = FixedBall.Of(BigRational.Parse(known.At), bits);
            var ball = Value(known.Function, x);
            var size = BigRational.Max(1, BigRational.Max(BigRational.Abs(Low(ball)), BigRational.Abs(High(ball))));
            // exp and its like grow with the value, log with the reciprocal of the argument
            var slope = known.Function == "log" ? BigRational.Max(1, 1 / BigRational.Parse(known.At)) : size * 3;
            Assert.True(
                High(ball) - Low(ball) <= 4096 * slope * BigRational.PowerOfTwo(-bits),
                $"{known.Function}({known.At}) in {ball}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(1000)]
    public void At_a_ball_the_values_of_its_members_are_inside(int bits)
    {
        // A ball at low precision has the fine balls at its ends and its middle inside.
        const int Fine = 1100;
        string[] functions = ["exp", "log", "sin", "cos", "atan", "exp2", "exp10", "expm1", "erf"];
        Draw.Check(
            from name in Gen.Elements(functions)
            from middle in Gen.Choose(1, 1 << 20)
            from radius in Gen.Elements(0, 1, 7, 1000)
            from isNegative in Gen.Elements(false, true)
            select (name, middle, radius, isNegative), x =>
            {
                var at = new BigRational(x.middle, 1 << 18) * (x.isNegative && x.name != "log" ? -1 : 1);
                var around = FixedBall.Of(at, bits).Widen(x.radius);
                FixedBall ball;
                try
                {
                    ball = Value(x.name, around);
                }
                catch (PrecisionException)
                {
                    Assert.True(bits == 4, $"{x.name} at {around}");
                    return;
                }

                foreach (var units in new[] { around.Low, around.Mid, around.High })
                {
                    var point = new FixedBall(units, 0, bits).AtBits(Fine);
                    if (x.name == "log" && point.Low.Sign <= 0)
                    {
                        continue;
                    }

                    var value = Value(x.name, point);
                    Assert.True(
                        Low(ball) <= High(value) && Low(value) <= High(ball), $"{x.name} at {around} gave {ball}");
                }
            }, bits > 500 ? 30 : 150);
    }

    [Fact]
    public void Identities_between_functions_hold_with_every_ball() => Draw.Check(
        from n in Gen.Choose(-1 << 22, 1 << 22) from m in Gen.Choose(-1 << 20, 1 << 20) select (n, m), x =>
        {
            const int Bits = 160;
            FixedBall a = FixedBall.Of(new BigRational(x.n, 1 << 18), Bits),
                b = FixedBall.Of(new BigRational(x.m, 1 << 18), Bits), one = FixedBall.Integer(1, Bits);
            var (sin, cos) = FixedFunctions.SinCos(a);
            var (other, otherCos) = FixedFunctions.SinCos(b);
            Meet((sin * sin) + (cos * cos), one);
            Meet((sin * otherCos) + (cos * other), FixedFunctions.SinCos(a + b).Sin);
            Meet((cos * otherCos) - (sin * other), FixedFunctions.SinCos(a + b).Cos);
            Meet(Exp(a) * Exp(b), Exp(a + b));
            Meet(FixedFunctions.Log(Exp(a).Widen(1)), a);
            Meet(FixedFunctions.Expm1(a) + one, Exp(a));
            var atan = FixedFunctions.Atan(a);
            var (s, c) = FixedFunctions.SinCos(atan);
            Meet(s, c * a);
        }, 150);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 2)]
    [InlineData(-5, 1)]
    public void The_logarithm_of_what_may_not_be_positive_is_refused(int mid, int rad)
    {
        Assert.Throws<PrecisionException>(() => FixedFunctions.Log(new FixedBall(mid, rad, 64)));
        _ = FixedFunctions.Log(new FixedBall(BigInteger.One << 64, rad, 64));
    }

    // exp of 2^20 and of its negative, whose exponents are a million bits away.
    [Theory]
    [InlineData(1 << 20)]
    [InlineData(-1 << 20)]
    public void Extreme_exponents_are_followed(int x)
    {
        var ball = FixedFunctions.Exp(FixedBall.Integer(x, 128));
        var power = FixedFunctions.Exp2(FixedBall.Integer(x, 128));
        Assert.True(ball.Low.Sign > 0);
        Assert.Equal(BigRational.PowerOfTwo(x), Mid(power));
        Assert.True(Low(power) < High(power) || power.Rad.IsZero);

        // ln e^x = x: e^x = m 2^k with k = -Bits of its units
        var log = FixedFunctions.Log(new FixedBall(ball.Mid, ball.Rad, 128).Scaled(0));
        var shift = FixedConstants.Ln2(192).Times(128 - ball.Bits).AtBits(128);
        Meet(log + shift, FixedBall.Integer(x, 128));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(333)]
    public void Small_sines_are_their_arguments(int bits)
    {
        var tiny = new FixedBall(1, 0, bits);
        var (sin, cos) = FixedFunctions.SinCos(tiny);
        Assert.True(sin.Low <= 1 && sin.High >= 1 && sin.Rad < 16);
        Assert.True(cos.High >= (BigInteger.One << bits) - 1 && cos.Rad < 16);
        Assert.True(FixedFunctions.Atan(tiny) is { Rad: var rad } atan && atan.Low <= 1 && atan.High >= 1 && rad < 16);
    }

    [Theory]
    [InlineData(1, 16, 300)]
    [InlineData(2, 40, 300)]
    [InlineData(0, 8, 200)]
    public void A_quarter_and_the_rest_add_up(int sign, int size, int count) => Draw.Check(
        from n in Draw.Integers select n, n =>
        {
            const int Bits = 96;
            var x = new FixedBall((sign == 0 ? -1 : 1) * (n >> (200 - Bits - size)), 1, Bits);
            var (quarters, rest) = FixedFunctions.Quarter(x);
            var again = FixedConstants.Pi(Bits + 128).Times(quarters).Half() + rest.AtBits(Bits + 128);
            Meet(again.AtBits(Bits), x);
            Assert.True(BigInteger.Abs(rest.Mid) <= BigInteger.One << Bits, $"{x}: the rest is {rest}");
        }, count);

    [Fact]
    public void Constants_and_tables_agree_with_each_other_at_every_precision()
    {
        foreach (int bits in new[] { 5, 16, 64, 200, 1000 })
        {
            Meet(FixedConstants.AtanOf16ths(16, bits).Times(4), FixedConstants.Pi(bits));
            Meet(FixedConstants.LogOf32nds(64, bits), FixedConstants.Ln2(bits));
            Meet(FixedConstants.LogOf32nds(16, bits), -FixedConstants.Ln2(bits));
            Meet(FixedConstants.LogOf32nds(40, bits) + FixedConstants.Ln2(bits).Times(3), FixedConstants.Ln10(bits));
            for (int k = 0; k <= 16; k++)
            {
                var (sin, cos) = FixedFunctions.SinCos(FixedConstants.AtanOf16ths(k, bits + 16));
                Meet(sin.Times(16), cos.Times(k));
            }

            for (int k = 16; k <= 64 && bits <= 200; k++)
            {
                Meet(Exp(FixedConstants.LogOf32nds(k, bits + 16)).Times(32), FixedBall.Integer(k, bits + 16));
            }
        }
    }

    [Fact]
    public void A_series_outside_its_circle_is_refused()
    {
        var far = FixedBall.Of(new BigRational(3, 4), 64);
        Assert.Throws<PrecisionException>(() => FixedFunctions.OddSeries(far, 1));
        Meet(
            FixedFunctions.OddSeries(FixedBall.Of(new BigRational(1, 3), 64), 1).Times(2), FixedConstants.Ln2(64));
    }

    private static FixedBall Exp(FixedBall x) => FixedFunctions.Exp(x).AtBits(x.Bits);

    private static FixedBall Value(string function, FixedBall x) => function switch
    {
        "exp" => FixedFunctions.Exp(x),
        "exp2" => FixedFunctions.Exp2(x),
        "exp10" => FixedFunctions.Exp10(x),
        "expm1" => FixedFunctions.Expm1(x),
        "log" => FixedFunctions.Log(x),
        "sin" => FixedFunctions.SinCos(x).Sin,
        "cos" => FixedFunctions.SinCos(x).Cos,
        "atan" => FixedFunctions.Atan(x),
        "erf" => FixedFunctions.Erf(x),
        "pi" => FixedConstants.Pi(x.Bits),
        "ln2" => FixedConstants.Ln2(x.Bits),
        "ln10" => FixedConstants.Ln10(x.Bits),
        _ => throw new ArgumentException(function),
    };

    private static void Meet(FixedBall a, FixedBall b) =>
        Assert.True(Low(a) <= High(b) && Low(b) <= High(a), $"{a} and {b} have nothing in common");

    private static BigRational Mid(FixedBall x) => x.Mid * BigRational.PowerOfTwo(-x.Bits);

    private static BigRational Low(FixedBall x) => x.Low * BigRational.PowerOfTwo(-x.Bits);

    private static BigRational High(FixedBall x) => x.High * BigRational.PowerOfTwo(-x.Bits);
}
