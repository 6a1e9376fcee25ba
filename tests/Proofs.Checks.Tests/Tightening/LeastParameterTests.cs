using Proofs.Checks.Tightening;
using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Checks.Tests.Tightening;

public sealed class LeastParameterTests
{
    // The error of Square(r) is exactly 4^(-r-1).
    [Theory]
    [InlineData("1/16", 1)]
    [InlineData("1/1000", 4)]
    [InlineData("1/1024", 4)]
    [InlineData("1/1025", 5)]
    public void The_least_square_is_found(string atMost, int expected)
    {
        var found = LeastParameter.Search(r => Square.Build(r, 1), 1, 10, BigRational.Parse(atMost), r => r);
        Assert.Equal(expected, found.Least?.Value);
        Assert.Equal(expected, found.ByTheorem);
        Assert.All(found.Tried[..^1], t => Assert.Equal(Outcome.Refuted, t.Error.Outcome));
    }

    // A target that the square does not have: the promise is a lie and the certified error is not.
    [Fact]
    public void A_false_promise_is_not_believed()
    {
        var found = LeastParameter.Search(
            r => Square.Build(r, 1) is var b ? b with { Target = Expr.Parse("x^2 + 1/8") } : b, 1, 4,
            new BigRational(1, 16), r => r);
        Assert.Null(found.Least);
        Assert.Equal(1, found.ByTheorem);
        Assert.Equal(4, found.Tried.Length);
    }

    [Fact]
    public void Nothing_is_least_after_a_value_that_is_undecided()
    {
        var found = LeastParameter.Search(
            r => Square.Build(r + 8, 1), 1, 4, BigRational.PowerOfTwo(-24), r => r with { BoxBudget = 1 });
        Assert.True(found.Least is null || found.Tried.Length == 1 || found.Tried[^2].Error.Outcome == Outcome.Refuted);
    }
}
