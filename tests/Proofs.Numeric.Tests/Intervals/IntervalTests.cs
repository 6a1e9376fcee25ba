using System.Globalization;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Intervals;

public class IntervalTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void Bounds_that_make_no_interval_are_refused_with_their_values(double inf, double sup)
    {
        string message = Assert.Throws<ArgumentException>(() => Interval.Between(inf, sup)).Message;
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"inf = {inf:R}, sup = {sup:R}"), message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Points_are_finite()
    {
        Assert.Throws<ArgumentException>(() => Interval.Point(double.NaN));
        Assert.Throws<ArgumentException>(() => Interval.Point(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => Interval.Enclose(1, 0));
        Assert.Throws<ArgumentException>(() => Interval.FromMidpointRadius(0, -1));
    }

    [Fact]
    public void The_default_is_zero_and_empty_sets_are_equal()
    {
        Assert.Equal(Interval.Point(0), default);
        Assert.Equal(Interval.Empty, Interval.Intersect(Interval.Zero, Interval.One));
        Assert.NotEqual(Interval.Empty, Interval.Entire);
        Assert.Equal(Interval.Point(-0.0).GetHashCode(), Interval.Zero.GetHashCode());
    }

    [Fact]
    public void A_rational_lies_in_its_enclosure_which_is_tightest() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
        {
            var q = BigRational.Exact(a) / (b == 0 ? 3 : BigRational.Exact(b));
            var set = Interval.Enclose(q);
            return set.Contains(q) && (set.IsPoint || Math.BitIncrement(set.Inf) == set.Sup);
        }).Holds();

    [Fact]
    public void Midpoint_and_radius_cover_the_interval() =>
        Prop.ForAll(Doubles.Members, x =>
        {
            double m = x.Set.Midpoint, r = x.Set.Radius;
            return x.Set.Contains(m) && x.Set.IsSubsetOf(Interval.FromMidpointRadius(m, r))
                && (double.IsInfinity(r) || BigRational.Abs(x.Point - BigRational.Exact(m)) <= BigRational.Exact(r));
        }).Holds();

    [Fact]
    public void The_midpoint_is_the_double_nearest_to_the_middle() =>
        Prop.ForAll(Doubles.Members, x =>
            x.Set.Midpoint == Binary64.Nearest((BigRational.Exact(x.Set.Inf) + BigRational.Exact(x.Set.Sup)) / 2))
                .Holds();

    [Fact]
    public void Width_magnitude_and_mignitude_bound_every_member() =>
        Prop.ForAll(Doubles.Members, x =>
        {
            var size = BigRational.Abs(x.Point);
            double width = x.Set.Width;
            return BigRational.Exact(x.Set.Magnitude) >= size && BigRational.Exact(x.Set.Mignitude) <= size
                && width == Binary64.RoundUp(BigRational.Exact(x.Set.Sup) - BigRational.Exact(x.Set.Inf));
        }).Holds();

    [Fact]
    public void Unbounded_and_empty_intervals_have_the_measures_of_the_standard()
    {
        var half = Interval.Between(1, double.PositiveInfinity);
        Assert.Equal(double.MaxValue, half.Midpoint);
        Assert.Equal(double.PositiveInfinity, half.Radius);
        Assert.Equal(0, Interval.Entire.Midpoint);
        Assert.Equal(double.PositiveInfinity, Interval.Entire.Width);
        Assert.True(double.IsNaN(Interval.Empty.Midpoint));
        Assert.True(double.IsNaN(Interval.Empty.Radius));
        Assert.True(double.IsNaN(Interval.Empty.Magnitude));
        Assert.True(double.IsNaN(Interval.Empty.Mignitude));
        Assert.False(Interval.Entire.Contains(double.PositiveInfinity));
        Assert.False(Interval.Empty.Contains(0));
    }

    [Fact]
    public void The_text_of_an_interval_encloses_it() =>
        Prop.ForAll(Doubles.Members, x =>
        {
            var decimals = Interval.Parse(x.Set.ToString());
            return x.Set.IsSubsetOf(decimals)
                && decimals.Inf >= Math.BitDecrement(x.Set.Inf) && decimals.Sup <= Math.BitIncrement(x.Set.Sup)
                && Interval.Parse(x.Set.ToHexString()) == x.Set;
        }).Holds();

    [Fact]
    public void A_typed_literal_is_the_number_it_says()
    {
        Assert.True(Interval.Parse("0.7").Contains(new BigRational(7, 10)));
        Assert.False(Interval.Parse("0.7").IsPoint);
        Assert.Equal(Interval.Parse("0.7"), Interval.Enclose(new BigRational(7, 10)));
        Assert.Equal(Interval.Between(0.5, double.PositiveInfinity), Interval.Parse(" [ 1/2 , ] "));
        Assert.Equal(Interval.Between(-10.5, -9.5), Interval.Parse("-10?"));
        Assert.Equal(Interval.Between(355, 357), Interval.Parse("3.56?1e2"));
        Assert.Equal(Interval.Between(-10, -9.5), Interval.Parse("-10?u"));
        Assert.Equal(Interval.Entire, Interval.Parse("7??"));
        Assert.Equal(Interval.Empty, Interval.Parse("[EMPTY]"));
        Assert.Equal(Interval.Entire, Interval.Parse("[-inf, Infinity]"));
        Assert.Equal(Interval.Between(1.5, 8), Interval.Parse("[0x1.8p0, 0x1p+3]"));
    }

    [Theory]
    [InlineData("[2, 1]", 2)]
    [InlineData("[1, 2", 6)]
    [InlineData("[1; 2]", 3)]
    [InlineData("abc", 1)]
    [InlineData("", 1)]
    [InlineData("[1, 2] x", 8)]
    [InlineData("[1/0]", 5)]
    [InlineData("[inf, inf]", 2)]
    [InlineData("[nan]", 2)]
    [InlineData("1e999999999", 3)]
    public void A_bad_literal_is_refused_with_its_column(string text, int column)
    {
        string message = Assert.Throws<FormatException>(() => Interval.Parse(text)).Message;
        Assert.Contains($"'{text}', column {column}: expected", message, StringComparison.Ordinal);
    }
}
