using System.Numerics;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Dyadic numbers against fractions; rounding to bits against the neighbours on the grid.</summary>
public sealed class DyadicTests
{
    [Fact]
    public void The_mantissa_is_odd_or_the_number_is_zero() => Draw.Check(
        Draw.Dyadics, a => Assert.True(a.Mantissa.IsZero ? a.Exponent == 0 : !a.Mantissa.IsEven));

    [Fact]
    public void Sums_differences_products_and_order_are_those_of_fractions() => Draw.Check(
        from a in Draw.Dyadics from b in Draw.Dyadics select (a, b), x =>
        {
            var (a, b) = x;
            BigRational p = a.ToRational(), q = b.ToRational();
            Assert.Equal(p + q, (a + b).ToRational());
            Assert.Equal(p - q, (a - b).ToRational());
            Assert.Equal(p * q, (a * b).ToRational());
            Assert.Equal(-p, (-a).ToRational());
            Assert.Equal((p < q, p <= q, p > q, p >= q), (a < b, a <= b, a > b, a >= b));
            Assert.Equal(p == q, a == b);
            Assert.Equal(a, Dyadic.FromRational(p));
            Assert.Equal(p.Sign, a.Sign);
        });

    [Fact]
    public void Rounding_a_fraction_gives_the_nearest_number_of_so_many_bits_on_that_side() => Draw.Check(
        from a in Draw.Rationals from bits in Gen.Choose(1, 70) select (a, bits), x =>
        {
            var (a, bits) = x;
            Dyadic down = Dyadic.RoundDown(a, bits), up = Dyadic.RoundUp(a, bits);
            Assert.True(down.Precision <= bits && up.Precision <= bits);
            Assert.True(down.ToRational() <= a && a <= up.ToRational());
            if (a.IsZero || down == up)
            {
                Assert.Equal(a, down.ToRational());
                return;
            }

            // No number of so many bits lies between: the middle of the two needs one more.
            var middle = (down + up) * new Dyadic(1, -1);
            Assert.True(middle.Precision > bits, $"{a} is between {down} and {up} at {bits} bits");
        });

    [Fact]
    public void Rounding_a_dyadic_number_is_rounding_its_fraction() => Draw.Check(
        from a in Draw.Dyadics from bits in Gen.Choose(1, 70) select (a, bits), x =>
        {
            var (a, bits) = x;
            Assert.Equal(Dyadic.RoundDown(a.ToRational(), bits), a.RoundDown(bits));
            Assert.Equal(Dyadic.RoundUp(a.ToRational(), bits), a.RoundUp(bits));
            Assert.True(a.Precision > bits || a.RoundUp(bits) == a);
        });

    [Fact]
    public void What_is_printed_is_read_back() => Draw.Check(
        Draw.Dyadics, a => Assert.Equal(a, Dyadic.Parse(a.ToString())));

    [Theory]
    [InlineData("3*2^-4", 3, -4)]
    [InlineData("-6*2^2", -3, 3)]
    [InlineData("0*2^5", 0, 0)]
    [InlineData("0.375", 3, -3)]
    [InlineData("-12", -3, 2)]
    [InlineData("5/8", 5, -3)]
    public void Each_way_of_writing_is_read(string text, int mantissa, int exponent)
    {
        var number = Dyadic.Parse(text);
        Assert.Equal((mantissa, exponent), (number.Mantissa, number.Exponent));
    }

    [Theory]
    [InlineData("1/3")]
    [InlineData("0.1")]
    [InlineData("*2^3")]
    [InlineData("1*2^")]
    [InlineData("1*2^1.5")]
    [InlineData("1*3^2")]
    [InlineData("1*2^99999999999")]
    [InlineData("")]
    public void What_is_not_dyadic_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Dyadic.Parse(text));

    [Fact]
    public void An_exponent_that_leaves_the_machine_is_an_error_and_no_other_number()
    {
        var far = new Dyadic(1, int.MaxValue);
        Assert.Throws<OverflowException>(() => far * far);
        Assert.Throws<OverflowException>(() => new Dyadic(2, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => far.RoundDown(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dyadic.RoundDown(BigRational.One, 0));
    }

    [Fact]
    public void Zeros_at_the_end_of_long_mantissas_are_counted() => Assert.All(
        Enumerable.Range(0, 300), shift =>
            Assert.Equal((BigInteger.MinusOne, shift), (new Dyadic(-BigInteger.One << shift, 0).Mantissa,
                new Dyadic(-BigInteger.One << shift, 0).Exponent)));
}
