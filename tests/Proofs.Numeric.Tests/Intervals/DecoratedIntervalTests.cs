using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests.Intervals;

public class DecoratedIntervalTests
{
    [Theory]
    [InlineData("[1, 2]", Decoration.Common)]
    [InlineData("[1, inf]", Decoration.Continuous)]
    [InlineData("[empty]", Decoration.Trivial)]
    [InlineData("[1, 2]_def", Decoration.Defined)]
    [InlineData("[nai]", Decoration.Ill)]
    public void A_literal_claims_what_its_set_allows(string text, Decoration expected)
    {
        var x = DecoratedInterval.Parse(text);
        Assert.Equal(expected, x.Decoration);
        Assert.Equal(x, DecoratedInterval.Parse(x.ToString()));
    }

    [Theory]
    [InlineData("[1, inf]_com")]
    [InlineData("[empty]_def")]
    [InlineData("[1, 2]_xyz")]
    public void A_literal_that_claims_too_much_is_refused(string text) =>
        Assert.Contains(
            "column", Assert.Throws<FormatException>(() => DecoratedInterval.Parse(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_claim_falls_with_the_worst_step_and_never_rises()
    {
        var x = DecoratedInterval.Parse("[-1, 4]");
        Assert.Equal(Decoration.Common, (x * x).Decoration);
        Assert.Equal(Decoration.Trivial, DecoratedInterval.Sqrt(x).Decoration);
        Assert.Equal(Decoration.Trivial, (DecoratedInterval.Sqrt(x) + x).Decoration);
        Assert.Equal(Decoration.Trivial, (x / x).Decoration);
        Assert.Equal(Decoration.Continuous, DecoratedInterval.Exp(DecoratedInterval.Parse("[0, 1000]")).Decoration);
        Assert.Equal(Decoration.Trivial, DecoratedInterval.Tan(DecoratedInterval.Parse("[1, 2]")).Decoration);
        Assert.True((DecoratedInterval.NotAnInterval + x).IsNotAnInterval);
        Assert.Equal(default, DecoratedInterval.NotAnInterval);
    }
}
