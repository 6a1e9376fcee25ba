using System.Numerics;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Exact fractions against products of integers across the bar.</summary>
public sealed class BigRationalTests
{
    [Fact]
    public void A_fraction_is_in_lowest_terms_over_a_positive_denominator() => Draw.Check(
        from a in Draw.Integers from b in Draw.Integers select (a, b), x =>
        {
            if (x.b.IsZero)
            {
                Assert.Throws<DivideByZeroException>(() => new BigRational(x.a, x.b));
                return;
            }

            var q = new BigRational(x.a, x.b);
            Assert.Equal(1, q.Denominator.Sign);
            Assert.True(BigInteger.GreatestCommonDivisor(q.Numerator, q.Denominator).IsOne);
            Assert.Equal(q.Numerator * x.b, x.a * q.Denominator);
            Assert.Equal(x.a.Sign * x.b.Sign, q.Sign);
            Assert.Equal((x.a % x.b).IsZero, q.IsInteger);
        });

    [Fact]
    public void Sums_products_and_quotients_are_those_of_integers_across_the_bar() => Draw.Check(
        from a in Draw.Rationals from b in Draw.Rationals select (a, b), x =>
        {
            var (a, b) = x;
            BigInteger p = a.Numerator, q = a.Denominator, r = b.Numerator, s = b.Denominator;
            Same((p * s) + (r * q), q * s, a + b);
            Same((p * s) - (r * q), q * s, a - b);
            Same(p * r, q * s, a * b);
            Same(-p, q, -a);
            if (b.IsZero)
            {
                Assert.Throws<DivideByZeroException>(() => a / b);
                Assert.Throws<DivideByZeroException>(() => b.Reciprocal());
            }
            else
            {
                Same(p * s, q * r, a / b);
                Same(s, r, b.Reciprocal());
            }
        });

    [Fact]
    public void The_order_is_that_of_integers_across_the_bar() => Draw.Check(
        from a in Draw.Rationals from b in Draw.Rationals select (a, b), x =>
        {
            var (a, b) = x;
            int order = (a.Numerator * b.Denominator).CompareTo(b.Numerator * a.Denominator);
            Assert.Equal(int.Sign(order), int.Sign(a.CompareTo(b)));
            Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (a < b, a <= b, a > b, a >= b));
            Assert.Equal(order == 0, a == b);
            Assert.Equal(order <= 0 ? a : b, BigRational.Min(a, b));
            Assert.Equal(order <= 0 ? b : a, BigRational.Max(a, b));
            Assert.Equal(a.Sign < 0 ? -a : a, BigRational.Abs(a));
            Assert.True(a == a + b - b && (a + b).GetHashCode() == (b + a).GetHashCode());
        });

    [Fact]
    public void Floor_ceiling_and_nearest_integer_are_the_integers_beside_a_number() => Draw.Check(
        Draw.Rationals, a =>
        {
            var (floor, ceiling, nearest) = (a.Floor(), a.Ceiling(), a.RoundHalfUp());
            Assert.True(floor <= a && a < floor + 1);
            Assert.True(ceiling - 1 < a && a <= ceiling);
            Assert.True(nearest - BigRational.Half <= a && a < nearest + BigRational.Half);
        });

    [Fact]
    public void A_power_is_a_repeated_product() => Draw.Check(
        from a in Draw.Rationals from n in Gen.Choose(-6, 6) select (a, n), x =>
        {
            if (x.a.IsZero && x.n < 0)
            {
                Assert.Throws<DivideByZeroException>(() => BigRational.Pow(x.a, x.n));
                return;
            }

            var product = BigRational.One;
            for (int i = 0; i < int.Abs(x.n); i++)
            {
                product *= x.a;
            }

            Assert.Equal(x.n < 0 ? 1 / product : product, BigRational.Pow(x.a, x.n));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(20_000)]
    [InlineData(-20_000)]
    public void A_power_of_two_is_dyadic_however_far(int exponent)
    {
        var power = BigRational.PowerOfTwo(exponent);
        Assert.Equal(BigRational.One, power * BigRational.PowerOfTwo(-exponent));
        Assert.Equal(BigRational.Pow(2, exponent), power);
        Assert.True(power.IsDyadic);
        Assert.False((power / 3).IsDyadic);
    }

    [Fact]
    public void The_default_is_zero_and_equals_every_other_zero()
    {
        Assert.Equal(BigRational.Zero, new BigRational(0, -17));
        Assert.Equal(BigRational.Zero.GetHashCode(), new BigRational(0, -17).GetHashCode());
        Assert.Equal(BigInteger.One, default(BigRational).Denominator);
        Assert.True(default(BigRational).IsZero && default(BigRational).IsInteger && default(BigRational).IsDyadic);
    }

    [Fact]
    public void What_is_printed_is_read_back() => Draw.Check(
        Draw.Rationals, a => Assert.Equal(a, BigRational.Parse(a.ToString())));

    [Fact]
    public void Decimals_are_rounded_to_the_side_they_say_and_by_less_than_a_unit_of_the_last_digit() => Draw.Check(
        from a in Draw.Rationals from digits in Gen.Choose(1, 12) select (a, digits), x =>
        {
            var (a, digits) = x;
            BigRational down = BigRational.Parse(a.ToDecimalRoundedDown(digits)),
                up = BigRational.Parse(a.ToDecimalRoundedUp(digits));
            Assert.True(down <= a && a <= up);
            Assert.True((up - down) <= BigRational.Abs(a) * BigRational.Pow(10, 1 - digits), $"{down} {a} {up}");
            Assert.Equal(down == up, a == down);
        });

    [Theory]
    [InlineData("999/1000", 2, "0.99", "1")]
    [InlineData("-999/1000", 2, "-1", "-0.99")]
    [InlineData("1/3", 4, "0.3333", "0.3334")]
    [InlineData("-1/3", 4, "-0.3334", "-0.3333")]
    [InlineData("1000", 1, "1000", "1000")]
    [InlineData("1001", 1, "1000", "2000")]
    [InlineData("1/1000000", 3, "1e-6", "1e-6")]
    [InlineData("123456789012345678", 3, "1.23e17", "1.24e17")]
    [InlineData("0", 3, "0", "0")]
    public void Decimals_as_they_are_written(string number, int digits, string down, string up)
    {
        Assert.Equal(down, BigRational.Parse(number).ToDecimalRoundedDown(digits));
        Assert.Equal(up, BigRational.Parse(number).ToDecimalRoundedUp(digits));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigRational.One.ToDecimalRoundedUp(0));
    }

    private static void Same(BigInteger numerator, BigInteger denominator, BigRational number)
    {
        Assert.Equal(numerator * number.Denominator, denominator * number.Numerator);
        Assert.True(number.Denominator.Sign > 0
            && BigInteger.GreatestCommonDivisor(number.Numerator, number.Denominator).IsOne);
    }
}
