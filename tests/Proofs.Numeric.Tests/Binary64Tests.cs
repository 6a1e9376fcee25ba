namespace Proofs.Numeric.Tests;

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
}
