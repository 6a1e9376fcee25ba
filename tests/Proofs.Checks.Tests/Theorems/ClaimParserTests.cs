using Proofs.Checks.Theorems;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Checks.Tests.Theorems;

public sealed class ClaimParserTests
{
    [Fact]
    public void A_supremum_claim_has_subject_region_and_bound()
    {
        var claim = Assert.IsType<Claim.Error>(
            ClaimParser.Parse("off tube", "sup |Phi - f| <= kappa*eps_f where dist >= delta/2"));
        Assert.Equal(new Quantity.Supremum(), claim.Quantity);
        Assert.Same(Expr.Parse("Phi - f"), claim.Subject);
        Assert.Same(Expr.Parse("kappa*eps_f"), claim.Bound);
        Assert.Equal(RelationKind.LessOrEqual, claim.Relation);
        Assert.Equal("dist >= 1/2*delta", claim.Where!.ToString());
    }

    [Fact]
    public void Claims_are_read_as_people_write_them()
    {
        var claim =
            Assert.IsType<Claim.Error>(ClaimParser.Parse("c", "sup |Phi − |2x|| ≤ κ·ε² where |x| < 1 or x = 2"));
        Assert.Same(Expr.Parse("Phi - abs(2*x)"), claim.Subject);
        Assert.Same(Expr.Parse("kappa*eps^2"), claim.Bound);
        Assert.Equal("abs(x) < 1 or x = 2", claim.Where!.ToString());
        Assert.IsType<Claim.Symbolic>(ClaimParser.Parse("c", "∀ ε ∈ (0, 1] : ε² ≤ 1"));
        Assert.Throws<ExprSyntaxException>(() => ClaimParser.Parse("c", "sup |Phi - f| - |g| <= 1"));
    }

    [Theory]
    [InlineData("L2 |Phi - f| <= eps", "L2")]
    [InlineData("L3/2 |Phi - f| <= eps", "L3/2")]
    [InlineData("max (Phi - max(x1, (x2))) <= 0", "max")]
    [InlineData("min(Phi - exp(-x)) >= -1/4", "min")]
    public void Quantities(string statement, string expected) =>
        Assert.Equal(expected, Assert.IsType<Claim.Error>(ClaimParser.Parse("c", statement)).Quantity.ToString());

    [Fact]
    public void A_volume_claim_has_a_region() =>
        Assert.Equal(
            "dist < 1/4",
            Assert.IsType<Claim.Volume>(ClaimParser.Parse("v", "volume {dist < 1/4} <= 1/2")).Region.ToString());

    [Fact]
    public void A_claim_about_sizes_is_exact() =>
        Assert.IsType<Claim.Exact>(ClaimParser.Parse("size", "L = m + 1 and W <= 8*m - 1"));

    [Fact]
    public void A_claim_for_all_parameters_is_symbolic() =>
        Assert.IsType<Claim.Symbolic>(ClaimParser.Parse("P1", "forall x in (0, 1] : x <= 1"));

    [Theory]
    [InlineData("sup |Phi - | <= 1", 12)]
    [InlineData("sup |Phi - f| <= 1 +", 21)]
    [InlineData("L = m +", 8)]
    [InlineData("volume {dist <} <= 1/2", 15)]
    public void An_error_names_the_column_in_the_whole_claim(string statement, int column) =>
        Assert.Equal(column, Assert.Throws<ExprSyntaxException>(() => ClaimParser.Parse("c", statement)).Column);

    [Theory]
    [InlineData("sup (Phi - f) <= 1")]
    [InlineData("max |Phi - f| <= 1")]
    public void Bars_and_parentheses_are_not_exchanged(string statement) =>
        Assert.Throws<FormatException>(() => ClaimParser.Parse("c", statement));
}
