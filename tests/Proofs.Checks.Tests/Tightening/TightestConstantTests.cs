using Proofs.Checks.Tightening;
using Proofs.Kernel.Numbers;
using Proofs.Search.Proving;
using Xunit;

namespace Proofs.Checks.Tests.Tightening;

public sealed class TightestConstantTests
{
    [Theory]
    [InlineData("forall t in (0,1] : 4*(1-t/2)^(-2)/t >= C", "0", "20", "27/2")]
    [InlineData("forall t in (0,1] : 4*(1-t/2)^(-2)/t >= C", "20", "0", "27/2")]
    [InlineData("forall x in real, y in real : x*y <= C*(x^2+y^2)", "0", "4", "1/2")]
    [InlineData("forall x in [0, 1] : log(1+x) <= C*x", "0", "2", "1")]
    [InlineData("forall x in [0, 1] : 2*x^2 <= C", "-3", "3", "2")]
    public void The_best_constant_lies_between_proof_and_counterexample(
        string text, string from, string to, string best)
    {
        var width = new BigRational(1, 500);
        var claim = new ConstantClaim(text, "C");
        var found = TightestConstant.Search(
            claim, BigRational.Parse(from), BigRational.Parse(to), width, ProofOptions.Default);
        Assert.True(found.Width <= width);
        var (proved, refuted, exact) = (found.Proved!.Value, found.Refuted!.Value, BigRational.Parse(best));
        Assert.True(BigRational.Min(proved, refuted) <= exact && exact <= BigRational.Max(proved, refuted));
        Assert.IsType<ProofResult.Proved>(Prover.Prove(claim.At(proved), ProofOptions.Default));
        Assert.IsType<ProofResult.Refuted>(Prover.Prove(claim.At(refuted), ProofOptions.Default));
    }

    [Theory]
    [InlineData("forall x in [0, 1] : x <= C", "2", "3")] // proved at both ends
    [InlineData("forall x in [0, 1] : x <= C", "-3", "0")] // refuted at both
    [InlineData("forall x in [0, 1] where x > 2 : x <= C", "0", "1")] // speaks of nothing
    public void Where_one_side_is_missing_nothing_is_tight(string text, string from, string to)
    {
        var found = TightestConstant.Search(
            new(text, "C"), BigRational.Parse(from), BigRational.Parse(to), 1, ProofOptions.Default);
        Assert.Null(found.Width);
        Assert.Equal(2, found.Tried);
    }

    [Fact]
    public void The_name_is_replaced_where_it_is_a_name_and_nowhere_else()
    {
        Assert.Equal(
            "forall Cx in [0, 1] : Cx <= (-1/2)*2 + (-1/2)",
            new ConstantClaim("forall Cx in [0, 1] : Cx <= C*2 + C", "C").At(new BigRational(-1, 2)).Text);
        foreach (var (text, name) in (ReadOnlySpan<(string, string)>)[
            ("forall x in [0, 1] : x <= 2", "C"), ("forall x in [0, 1] : x <= C", ""),
            ("forall x in [0, 1] : x <= C", "C+"), ("forall C in [0, 1] : C <= 2", "C")])
        {
            Assert.ThrowsAny<FormatException>(() => new ConstantClaim(text, name).At(1));
        }
    }
}
