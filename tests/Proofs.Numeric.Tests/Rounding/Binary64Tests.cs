using System.Globalization;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Tests;

namespace Proofs.Numeric.Tests.Rounding;

public class Binary64Tests
{
    private static readonly Arbitrary<BigRational> Rationals =
        (from x in Doubles.AnyFinite
         from y in Doubles.AnyFinite
         from n in Gen.Choose(1, 99)
         from kind in Gen.Choose(0, 3)
         select kind switch
         {
             0 => BigRational.Exact(x),
             1 => BigRational.Exact(x) + (BigRational.Exact(y) / n),
             2 => (BigRational.Exact(x) + BigRational.Exact(Doubles.Step(x, 1))) / 2, // a tie
             _ => BigRational.Exact(x) * BigRational.Exact(y),
         }).ToArbitrary();

    [Fact]
    public void The_rational_of_a_double_rounds_back_to_it() =>
        Prop.ForAll(Doubles.Finite, x =>
        {
            var exact = Binary64.Exact(x);
            return Binary64.RoundDown(exact) == x && Binary64.RoundUp(exact) == x && Binary64.Nearest(exact) == x
                && Binary64.IsExact(exact) && Binary64.ExactDyadic(x).ToRational() == exact;
        }).Holds();

    [Fact]
    public void Rounding_down_gives_the_largest_double_below() =>
        Prop.ForAll(Rationals, q =>
        {
            double d = Binary64.RoundDown(q), next = Math.BitIncrement(d);
            return (double.IsNegativeInfinity(d) || Binary64.Exact(d) <= q)
                && (double.IsPositiveInfinity(next) || Binary64.Exact(next) > q);
        }).Holds();

    [Fact]
    public void Rounding_up_mirrors_rounding_down() =>
        Prop.ForAll(Rationals, q => Binary64.RoundUp(q) == -Binary64.RoundDown(-q)).Holds();

    [Fact]
    public void A_dyadic_rounds_as_its_rational_does() =>
        Prop.ForAll(Rationals, q => Dyadic.FromRational(q) is not { } d
            || (Binary64.RoundDown(d) == Binary64.RoundDown(q) && Binary64.RoundUp(d) == Binary64.RoundUp(q))).Holds();

    [Fact]
    public void The_nearest_double_is_nearest_and_ties_go_to_even() =>
        Prop.ForAll(Rationals, q =>
        {
            double d = Binary64.RoundDown(q), u = Binary64.RoundUp(q), n = Binary64.Nearest(q);
            if (!double.IsFinite(d) || !double.IsFinite(u))
            {
                return n == d || n == u;
            }

            BigRational below = q - Binary64.Exact(d), above = Binary64.Exact(u) - q;
            bool even = (BitConverter.DoubleToInt64Bits(n) & 1) == 0;
            return below < above ? n == d : below > above ? n == u : (n == d || n == u) && (d == u || even);
        }).Holds();

    [Fact]
    public void Numbers_beyond_the_range_round_to_the_last_double_or_to_infinity()
    {
        var huge = BigRational.PowerOfTwo(1024);
        var tie = huge - BigRational.PowerOfTwo(970);
        Assert.Equal(double.MaxValue, Binary64.RoundDown(huge));
        Assert.Equal(double.PositiveInfinity, Binary64.RoundUp(huge));
        Assert.Equal(double.NegativeInfinity, Binary64.RoundDown(-huge));
        Assert.Equal(double.PositiveInfinity, Binary64.Nearest(tie));
        Assert.Equal(double.MaxValue, Binary64.Nearest(tie - 1));
        Assert.Equal(double.Epsilon, Binary64.RoundUp(BigRational.PowerOfTwo(-5000)));
        Assert.Equal(0, Binary64.RoundDown(BigRational.PowerOfTwo(-5000)));
        Assert.Equal(0, Binary64.Nearest(BigRational.PowerOfTwo(-1075)));
        Assert.False(Binary64.IsExact(huge));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Only_finite_doubles_are_rationals(double x) =>
        Assert.Contains(
            x.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            Assert.Throws<ArgumentException>(() => BigRational.Exact(x)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_text_reads_back_bit_for_bit()
    {
        foreach (double x in Binary64Numbers.PowersOfTwoAndNeighbours().Concat(Binary64Numbers.RandomBits(20_000)))
        {
            string text = Binary64.Text(x);
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(x),
                BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
            // whoever else rounds correctly
            Assert.True(x == 0 || Binary64.Nearest(BigRational.Parse(text)) == x, text);
        }
    }

    [Theory]
    [InlineData(-25)]
    [InlineData(-958)]
    public void A_power_of_two_that_the_runtime_prints_as_its_neighbour_has_a_text_of_its_own(int exponent)
    {
        double x = Math.ScaleB(1, exponent);
        Assert.Equal(Binary64.Exact(x), Binary64.Exact(double.Parse(Binary64.Text(x), CultureInfo.InvariantCulture)));
        Assert.Equal(Binary64.Exact(-x), Binary64.Exact(double.Parse(Binary64.Text(-x), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_text_of_an_interval_with_a_power_of_two_leaves_its_ends_by_a_unit_of_the_17th_digit_at_most()
    {
        foreach (double x in Binary64Numbers.PowersOfTwoAndNeighbours().Where(x => x > 0))
        {
            var read = Interval.Parse(Interval.Point(x).ToString());
            Assert.True(read.Contains(x) && read.Width <= 4 * (Math.BitIncrement(x) - x));
        }
    }
}
