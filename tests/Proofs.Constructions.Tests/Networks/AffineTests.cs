using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Networks;

public sealed class AffineTests
{
    [Fact]
    public void Zeros_are_dropped_and_duplicates_merged()
    {
        var builder = new Affine.Builder(3);
        builder.Add(2, 1);
        builder.Add(0, new BigRational(1, 3));
        builder.Add(2, -1);
        builder.Add(0, new BigRational(1, 6));
        builder.EndRow(0);
        builder.EndRow(BigRational.One);
        var map = builder.Build();

        Assert.Equal([0], map.Column.AsEnumerable());
        Assert.Equal([0, 1, 1], map.RowStart.AsEnumerable());
        Assert.Equal(BigRational.Half, map.WeightAt(0));
        Assert.True(map.IsBinary64);
        Assert.Equal(2, map.Size);
    }

    [Fact]
    public void An_entry_that_is_no_binary64_number_keeps_its_exact_value_beside_the_nearest_one()
    {
        var map = Affine.FromExactRows([[BigRational.Half, new BigRational(1, 3)]], [new BigRational(1, 10)]);

        Assert.False(map.IsBinary64);
        Assert.Equal([0.5, 1.0 / 3], map.Value.AsEnumerable());
        Assert.Equal([0.1], map.Bias.AsEnumerable());
        Assert.Equal(new BigRational(1, 3), map.WeightAt(1));
        Assert.Equal(BigRational.Half, map.WeightAt(0));
        Assert.Equal(new BigRational(1, 10), map.BiasAt(0));
        Assert.Equal(BigRational.Half, map.Magnitude);
    }

    [Fact]
    public void The_magnitude_tells_entries_apart_that_round_to_the_same_number()
    {
        var third = new BigRational(1, 3);
        var more = third + BigRational.PowerOfTwo(-100);
        Assert.Equal(more, Affine.FromExactRows([[third, -more]], [third]).Magnitude);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_no_number_is_refused_with_its_place(double bad)
    {
        var weight = Assert.Throws<ArgumentException>(() => Affine.FromRows([[1, 2], [3, bad]], [0, 0]));
        var bias = Assert.Throws<ArgumentException>(() => Affine.FromRows([[1, 2], [3, 4]], [0, bad]));
        Assert.Contains("row 1, column 1", weight.Message, StringComparison.Ordinal);
        Assert.Contains("row 1, bias", bias.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_beyond_the_binary64_range_is_refused_with_its_place()
    {
        var error =
            Assert.Throws<ArgumentException>(() => Affine.FromExactRows([[0, BigRational.PowerOfTwo(1024)]], [0]));
        Assert.Contains("row 0, column 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_are_equal_when_their_exact_entries_are()
    {
        var third = new BigRational(1, 3);
        Affine a = Affine.FromExactRows([[third, 1]], [0]), b = Affine.FromExactRows([[third, 1]], [0]);
        var c = Affine.FromExactRows([[BigRational.Parse("0.333333333333333333333333"), 1]], [0]);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(a.Value.AsEnumerable(), c.Value);
        Assert.NotEqual(a, c);
    }
}
