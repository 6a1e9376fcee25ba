using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

public sealed class PrintingTests
{
    [Theory]
    [InlineData("2/3", "0.6667", "0.6666")]
    [InlineData("-2/3", "-0.6666", "-0.6667")]
    [InlineData("12345", "12350", "12340")]
    [InlineData("1/2", "0.5", "0.5")]
    public void Bounds_are_rounded_outward(string number, string up, string down)
    {
        Assert.Equal(up, Printing.Up(BigRational.Parse(number)));
        Assert.Equal(down, Printing.Down(BigRational.Parse(number)));
    }

    [Fact]
    public void No_number_is_infinity() => Assert.Equal(("∞", "-∞"), (Printing.Up(null), Printing.Down(null)));

    [Fact]
    public void A_number_of_a_witness_is_written_exactly_with_its_decimal_beside_it()
    {
        Assert.Equal("1/3 (≈ 0.3333333333)", Printing.Whole(new BigRational(1, 3)));
        Assert.Equal("3/32 (0.09375)", Printing.Whole(new BigRational(3, 32)));
        Assert.Equal("7", Printing.Whole(7));
        Assert.Equal("3/32 (0.09375)", Printing.Both(new BigRational(3, 32)));
        Assert.Equal("7", Printing.Both(7));
        Assert.StartsWith("≈ 0.3333", Printing.Both(new BigRational(
            BigRational.Pow(10, 40).Numerator, (3 * BigRational.Pow(10, 40).Numerator) + 1)), StringComparison.Ordinal);
        Assert.True(Printing.IsShort(new BigRational(1234, 5677)));
        Assert.False(Printing.IsShort(new BigRational(12345, 56789)));
    }
}
