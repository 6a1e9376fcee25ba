using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Constructions.Tests.Holder;

public sealed class HolderMembershipTests
{
    [Theory]
    // D, beta, M, f
    [InlineData(1, "2", "1", "x^2/2")]
    [InlineData(1, "1", "1", "x^2/2")]
    [InlineData(1, "3", "1", "x^3/6")]
    [InlineData(1, "1", "1/3", "x/3")] // attained, and 1/3 is no binary64 number
    [InlineData(1, "2", "1", "sin(x)/2")]
    [InlineData(1, "4", "1/2", "sin(x)/2")]
    [InlineData(1, "1", "1", "exp(-x)")]
    [InlineData(1, "2", "1", "exp(-x)")]
    [InlineData(1, "5", "1", "exp(-x)")]
    [InlineData(1, "1", "1", "abs(x - 1/2)")]
    [InlineData(1, "1", "1", "abs(x - 1/3)")]
    [InlineData(1, "1/2", "1", "abs(x - 1/3)")]
    [InlineData(1, "1", "1", "1/(1 + x)")]
    [InlineData(1, "2", "2", "1/(1 + x)")]
    [InlineData(1, "3", "6", "1/(1 + x)")]
    [InlineData(1, "1", "1", "min(x, 1 - x)")]
    [InlineData(1, "1", "1", "if(x <= 1/2, x, 1 - x)")] // continuous, though written with a condition
    [InlineData(1, "1", "1", "if(x < 1/3, 0, x - 1/3)")]
    [InlineData(1, "1", "1", "if(x <= 1/2, x, if(x <= 3/4, 1 - x, x - 1/2))")]
    [InlineData(1, "2", "1", "if(x < 1/4, 0, if(x < 3/4, (x - 1/4)^2/2, 1/8 + (x - 3/4)/2))")]
    [InlineData(1, "1", "1", "if(x <= 2, x, 100)")] // the other branch is never taken
    [InlineData(1, "2", "1", "abs(x)/2")] // no kink inside
    [InlineData(1, "2", "1", "max(x - 1/3, 0)^2/2")]
    [InlineData(1, "2", "1", "if(x <= 1/3, 0, (x - 1/3)^2/2)")]
    [InlineData(1, "3", "6", "abs(x - 1/3)^3")]
    [InlineData(1, "1/2", "1", "sqrt(x)")]
    [InlineData(1, "1/2", "1", "x^(1/2)")]
    [InlineData(1, "1/3", "1", "sqrt(x)")]
    [InlineData(1, "3/2", "3/2", "x^(3/2)")]
    [InlineData(1, "1", "1", "sqrt(1 + x)/2")]
    [InlineData(1, "1", "1", "log(1 + x)")]
    [InlineData(1, "1", "1", "x*exp(-x)")]
    [InlineData(1, "1", "1", "atan(x)")]
    [InlineData(1, "1", "2", "tan(x/2)")]
    [InlineData(1, "1", "1", "floor(x/2)")]
    [InlineData(2, "1", "1", "max(x1, x2)/2")]
    [InlineData(2, "1", "1", "max(x1, x2)")]
    [InlineData(2, "1", "2", "x1*x2")]
    [InlineData(2, "2", "1", "x1*x2")]
    [InlineData(2, "2", "1", "sin(x1)*cos(x2)/2")]
    [InlineData(2, "1", "1", "(x1 + abs(x2 - 1/2))/2")]
    [InlineData(2, "1/2", "1", "sqrt(abs(x1 - x2)/2)")]
    [InlineData(2, "3", "1", "x1^2*x2/2")]
    [InlineData(2, "1", "1", "max(abs(max(x1, x2) - 5/8), abs(min(x1, x2) - 3/8))")]
    [InlineData(2, "1", "2", "if(x1 <= x2, x2 - x1, 0)")] // the distance is in the sup norm
    [InlineData(2, "2", "1", "exp(-x1 - x2)/2")]
    [InlineData(3, "1", "1", "max(x1, x2, x3)")]
    [InlineData(3, "1", "18", "(x1 + x2 + x3)^2")]
    [InlineData(3, "1", "4", "x1*(x2 + x3)")]
    [InlineData(4, "1", "4", "x1*x2*x3*x4")]
    [InlineData(4, "1", "2", "max(abs(x1 - x3), abs(x2 - x4))")]
    public void A_member_is_shown_to_be_one(int d, string beta, string m, string f) =>
        Assert.Equal(Standing.Shown, Check(d, beta, m, f).Standing);

    [Theory]
    [InlineData(1, "1", "1", "if(x <= 1/3, 0, 1/2)")]
    [InlineData(1, "1", "1", "if(x <= 1/3, 0, 1/1000)")]
    [InlineData(1, "1/2", "1", "if(x < 1/3, 0, 1/1000)")]
    [InlineData(1, "1", "1", "if(x < 1/3, sin(3*x)/4, sin(3*x)/4 + 1/500)")]
    [InlineData(1, "1", "1", "if(x = 1/3, 1/2, 0)")]
    [InlineData(1, "1", "1", "if(x <= 1/2, x, if(x <= 3/4, 1 - x, x - 1/3))")]
    [InlineData(1, "2", "1", "if(x < 1/4, 0, if(x < 3/4, (x - 1/4)^2/2, 1/8 + (x - 3/4)/3))")]
    [InlineData(1, "1", "1", "if(x < 1/3 or x > 1/3, 1/2, 0)")]
    [InlineData(1, "1/2", "4", "4*x^2")] // at steps near 2/3 only
    [InlineData(1, "2", "1", "abs(x - 1/3)")]
    [InlineData(1, "2", "1000", "abs(x - 1/3)")]
    [InlineData(1, "3", "2", "max(x - 1/3, 0)^2/2")]
    [InlineData(1, "3", "100", "abs(x - 1/2)^2 + x*abs(x - 1/3)")]
    [InlineData(1, "2", "1", "x^2")]
    [InlineData(1, "1", "1", "2*x")]
    [InlineData(1, "1", "1", "2")]
    [InlineData(1, "2", "1", "x^2/2 + x^3/100")]
    [InlineData(1, "1", "1", "sin(20*x)/10")]
    [InlineData(1, "2", "1", "sin(5*x)/20")]
    [InlineData(1, "3", "1", "exp(2*x)/10")]
    [InlineData(1, "1", "1", "sqrt(x)")]
    [InlineData(1, "1", "1000", "sqrt(x)")]
    [InlineData(1, "1", "5", "sqrt(abs(x - 1/3))")]
    [InlineData(1, "3/4", "1", "sqrt(x)")]
    [InlineData(1, "2", "5", "x^(3/2)")]
    [InlineData(1, "1", "1", "log(x)")]
    [InlineData(1, "1", "1000000", "1/x")]
    [InlineData(1, "1", "1000000", "1/(x - 1/3)")]
    [InlineData(1, "1", "1000", "1/(x^2 - 1/2)")]
    [InlineData(1, "1", "1", "sqrt(x - 1/4)")]
    [InlineData(1, "1", "1", "0/(x - 1/3)")] // undefined at one point
    [InlineData(1, "1", "1000", "tan(3*x)")]
    [InlineData(1, "1", "10", "floor(3*x)")]
    [InlineData(2, "1", "1", "if(x1 + x2 <= 1, 0, 1/2)")]
    [InlineData(2, "1", "1", "if(x1^2 + x2^2 <= 1/2, 0, 1/2)")]
    [InlineData(2, "1", "1", "x1*x2")]
    [InlineData(2, "1", "1", "if(x1 <= x2, x2 - x1, 0)")]
    [InlineData(2, "1", "1", "(x1 + x2)*3/5")]
    [InlineData(2, "1", "1", "abs(x1 - x2) + abs(x1 + x2 - 1)")]
    [InlineData(2, "2", "4", "max(x1, x2)")]
    [InlineData(2, "2", "1", "x1^2/2 + x1*x2/4")]
    [InlineData(2, "1", "1", "sqrt(x1*x2)")]
    [InlineData(2, "1", "1", "1/(x1 + x2)")]
    [InlineData(3, "1", "1", "if(x1 + x2 + x3 <= 3/2, 0, 1/3)")]
    public void A_function_outside_the_class_is_refused_with_a_witness(int d, string beta, string m, string f)
    {
        var error = Assert.Throws<FalsePremiseException>(() => Check(d, beta, m, f));
        Assert.NotEmpty(error.Witness);
    }

    [Theory]
    // continuous, by a symmetry that is not looked for
    [InlineData(1, "1", "1", "if(x <= 1/2, sin(x)/2, sin(1 - x)/2)")]
    public void What_is_not_decided_is_assumed_and_says_what_of(int d, string beta, string m, string f)
    {
        var condition = Check(d, beta, m, f);
        Assert.Equal(Standing.Assumed, condition.Standing);
        Assert.Contains("Lipschitz with constant 1", condition.Statement, StringComparison.Ordinal);
    }

    private static SideCondition Check(int d, string beta, string m, string f) =>
        HolderMembership.Check(
            new HolderClass(BigRational.Parse(beta), d, BigRational.Parse(m)), Expr.Parse(f), Inputs.Names(d));
}
