using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

public sealed class RationalIntervalTests
{
    [Theory]
    [InlineData("0", "1", "1/2", true)]
    [InlineData("0", "1", "0", true)]
    [InlineData("0", "1", "1", true)]
    [InlineData("0", "1", "-1/1000", false)]
    [InlineData("0", "1", "1001/1000", false)]
    [InlineData(null, "1", "-1000", true)]
    [InlineData(null, "1", "2", false)]
    [InlineData("0", null, "1000", true)]
    [InlineData("0", null, "-1", false)]
    [InlineData(null, null, "7", true)]
    public void Ends_belong_to_it_and_a_missing_end_is_infinite(string? low, string? high, string at, bool isInside)
    {
        var interval = new RationalInterval(Number(low), Number(high));
        Assert.Equal(isInside, interval.Contains(BigRational.Parse(at)));
        Assert.False(interval.IsExact);
    }

    [Fact]
    public void Ends_in_the_wrong_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RationalInterval(1, 0));
        Assert.True(new RationalInterval(1, 1).IsExact);
        Assert.Equal(new RationalInterval(1, 1), RationalInterval.Exactly(1));
    }

    [Fact]
    public void A_missing_end_is_no_number()
    {
        var all = default(RationalInterval);
        Assert.Throws<InvalidOperationException>(() => all.Low);
        Assert.Throws<InvalidOperationException>(() => all.High);
        Assert.Equal("[-∞, ∞]", all.ToString());
    }

    [Fact]
    public void It_is_printed_outward()
    {
        var third = new BigRational(1, 3);
        Assert.Equal("1/3", RationalInterval.Exactly(third).ToString());
        var text = new RationalInterval(-third, third).ToString();
        Assert.Equal("[-0.3334, 0.3334]", text);
        Assert.Equal("[0.3333, 0.6667]", new RationalInterval(third, third * 2).ToString());
    }

    private static BigRational? Number(string? text) => text is null ? null : BigRational.Parse(text);
}
