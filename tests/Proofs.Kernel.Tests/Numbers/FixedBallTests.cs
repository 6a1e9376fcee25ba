using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>What is done to members of balls lies in the ball of the results, and that is no wider than said.</summary>
public sealed class FixedBallTests
{
    private static readonly int[] Precisions = [0, 1, 5, 40, 64, 130];

    [Fact]
    public void Sums_differences_and_products_of_members_are_members() => Draw.Check(
        Pairs(), x =>
        {
            var (a, b) = x;
            Inside(a.Inside + b.Inside, a.Ball + b.Ball);
            Inside(a.Inside - b.Inside, a.Ball - b.Ball);
            Inside(a.Inside * b.Inside, a.Ball * b.Ball);
            Inside(-a.Inside, -a.Ball);
            Assert.Equal(a.Ball.Rad + b.Ball.Rad, (a.Ball + b.Ball).Rad);
            Assert.Equal(a.Ball.Rad + b.Ball.Rad, (a.Ball - b.Ball).Rad);

            // the corners of both are members, and the product is wider by three units at most on either side
            var product = a.Ball * b.Ball;
            BigRational[] corners = [.. from p in Ends(a.Ball) from q in Ends(b.Ball) select p * q];
            Assert.All(corners, corner => Inside(corner, product));
            var exact = (BigInteger.Abs(a.Ball.Mid) * b.Ball.Rad) + (BigInteger.Abs(b.Ball.Mid) * a.Ball.Rad)
                + (a.Ball.Rad * b.Ball.Rad);
            Assert.True(product.Rad * BigRational.One
                <= (exact * BigRational.PowerOfTwo(-a.Ball.Bits)) + 2, $"{a.Ball} * {b.Ball} = {product}");
        });

    [Fact]
    public void Quotients_of_members_are_members_or_the_divisor_may_be_zero() => Draw.Check(
        Pairs(), x =>
        {
            var (a, b) = x;
            if (BigInteger.Abs(b.Ball.Mid) <= b.Ball.Rad)
            {
                Assert.True(b.Ball.ContainsZero);
                Assert.Throws<PrecisionException>(() => a.Ball / b.Ball);
                Assert.Throws<PrecisionException>(() => b.Ball.Reciprocal());
                return;
            }

            Assert.False(b.Ball.ContainsZero);
            var quotient = a.Ball / b.Ball;
            Inside(a.Inside / b.Inside, quotient);
            Inside(b.Inside.Reciprocal(), b.Ball.Reciprocal());
            Assert.All(
                from p in Ends(a.Ball) from q in Ends(b.Ball) select p / q, corner => Inside(corner, quotient));
        });

    [Fact]
    public void Multiples_parts_halves_and_other_units_keep_the_members() => Draw.Check(
        from a in Balls()
        from n in Draw.Integers
        from bits in Gen.Choose(0, 150)
        from k in Gen.Choose(-90, 90)
        select (a, n, bits, k), x =>
        {
            var ((ball, inside), n, bits, k) = x;
            Inside(inside * n, ball.Times(n));
            Inside(inside / 2, ball.Half());
            Inside(inside, ball.AtBits(bits));
            Inside(inside * BigRational.PowerOfTwo(k), ball.Scaled(k));
            Inside(BigRational.Abs(inside), ball.Abs());
            Inside(inside, ball.Widen(1));
            if (!n.IsZero)
            {
                Inside(inside / n, ball.Over(n));
                Assert.All(Ends(ball), end => Inside(end / n, ball.Over(n)));
            }

            Assert.All(Ends(ball), end => Inside(end, ball.AtBits(bits)));
            Assert.All(Ends(ball), end => Inside(end / 2, ball.Half()));
            Assert.True(ball.Half().Rad <= (ball.Rad / 2) + 1);
        });

    [Fact]
    public void Roots_of_members_are_members() => Draw.Check(
        Balls(), x =>
        {
            var ball = x.Ball with { Mid = BigInteger.Abs(x.Ball.Mid) + 1 };
            var root = ball.Sqrt();
            foreach (var end in Ends(ball).Where(e => e.Sign >= 0))
            {
                // low^2 <= end <= high^2, the lower end of the root counting where it is positive
                var (low, high) = (Ends(root)[0], Ends(root)[2]);
                Assert.True(high.Sign >= 0 && high * high >= end, $"sqrt {ball} = {root}");
                Assert.True(low.Sign <= 0 || low * low <= end, $"sqrt {ball} = {root}");
            }
        });

    [Fact]
    public void A_number_is_in_its_ball_which_is_exact_where_the_units_allow_it() => Draw.Check(
        from a in Draw.Rationals from b in Draw.Dyadics from bits in Gen.Choose(-20, 130) select (a, b, bits), x =>
        {
            FixedBall a = FixedBall.Of(x.a, x.bits), b = FixedBall.Of(x.b, x.bits);
            Inside(x.a, a);
            Inside(x.b.ToRational(), b);
            Assert.Equal(x.bits >= 0 && (x.a * BigRational.PowerOfTwo(x.bits)).IsInteger, a.Rad.IsZero);
            Assert.Equal((x.b.ToRational() * BigRational.PowerOfTwo(x.bits)).IsInteger, b.Rad.IsZero);
            Assert.True(a.Rad <= 1 && b.Rad <= 2);
        });

    [Fact]
    public void The_ball_between_two_ends_has_these_ends_within_a_unit() => Draw.Check(
        from a in Draw.Integers from b in Draw.Integers select (a, b), x =>
        {
            if (x.a > x.b)
            {
                Assert.Throws<PrecisionException>(() => FixedBall.Between(x.a, x.b, 8));
                return;
            }

            var ball = FixedBall.Between(x.a, x.b, 8);
            Assert.Equal(x.b, ball.High);
            Assert.True(ball.Low <= x.a && x.a <= ball.Low + 1);
        });

    [Fact]
    public void The_ball_between_two_dyadic_numbers_has_both() => Draw.Check(
        from a in Draw.Dyadics from b in Draw.Dyadics from bits in Gen.Choose(0, 130) select (a, b, bits), x =>
        {
            var (low, high) = x.a <= x.b ? (x.a, x.b) : (x.b, x.a);
            var ball = FixedBall.Of(low, high, x.bits);
            Inside(low.ToRational(), ball);
            Inside(high.ToRational(), ball);
        });

    [Fact]
    public void Balls_of_other_units_do_not_combine()
    {
        FixedBall a = FixedBall.Integer(1, 8), b = FixedBall.Integer(1, 9);
        Assert.Throws<InvalidOperationException>(() => a + b);
        Assert.Throws<InvalidOperationException>(() => a - b);
        Assert.Throws<InvalidOperationException>(() => a * b);
        Assert.Throws<InvalidOperationException>(() => a / b);
    }

    [Theory]
    [InlineData(15, 1, true)]
    [InlineData(16, 0, true)]
    [InlineData(16, 1, false)]
    [InlineData(-15, 1, true)]
    [InlineData(-16, 1, false)]
    [InlineData(0, 17, false)]
    public void A_ball_is_within_a_power_of_two_with_its_ends_or_not_at_all(int mid, int rad, bool isWithin)
    {
        var ball = new FixedBall(mid, rad, 3);
        if (isWithin)
        {
            Assert.Equal(ball, ball.Within(1));
        }
        else
        {
            Assert.Throws<PrecisionException>(() => ball.Within(1));
        }
    }

    [Fact]
    public void Numbers_of_millions_of_bits_are_refused_rather_than_multiplied()
    {
        var far = new FixedBall(BigInteger.One << (1 << 21), 0, 10);
        Assert.Throws<PrecisionException>(() => far.Moderate());
        Assert.Throws<PrecisionException>(() => far * far);
        Assert.Throws<PrecisionException>(() => new FixedBall(0, far.Mid, 10).Moderate());
        var near = new FixedBall(BigInteger.One << 1000, 3, 10);
        Assert.Equal(near, near.Moderate());
        Assert.True((far * FixedBall.Zero(10)).IsZero);
    }

    [Fact]
    public void Floor_division_is_the_largest_integer_at_most_the_quotient() => Draw.Check(
        from a in Draw.Integers from b in Draw.Integers where !b.IsZero select (a, b), x =>
            Assert.Equal(new BigRational(x.a, x.b).Floor(), FixedBall.FloorDivide(x.a, x.b)));

    private static Gen<(FixedBall Ball, BigRational Inside)> Balls() =>
        from bits in Gen.Elements(Precisions)
        from size in Gen.Elements(-20, 2, 40)
        from ball in Draw.Balls(bits, size)
        select ball;

    private static Gen<((FixedBall Ball, BigRational Inside) A, (FixedBall Ball, BigRational Inside) B)> Pairs() =>
        from bits in Gen.Elements(Precisions)
        from size in Gen.Elements(-20, 2, 40)
        from a in Draw.Balls(bits, size)
        from b in Draw.Balls(bits, 2)
        select (a, b);

    private static BigRational[] Ends(FixedBall ball)
    {
        var unit = BigRational.PowerOfTwo(-ball.Bits);
        return [ball.Low * unit, ball.Mid * unit, ball.High * unit];
    }

    private static void Inside(BigRational number, FixedBall ball)
    {
        var units = number * BigRational.PowerOfTwo(ball.Bits);
        Assert.True(ball.Rad.Sign >= 0 && ball.Low <= units && units <= ball.High, $"{number} is not in {ball}");
    }
}
