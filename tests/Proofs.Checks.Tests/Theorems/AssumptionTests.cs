using System.Collections.Immutable;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Checks.Tests.Theorems;

public sealed class AssumptionTests
{
    // continuous, by a symmetry that nobody looks for: undecided
    private const string Undecided = "if(x <= 1/2, sin(x)/2, sin(1 - x)/2)";

    [Fact]
    public void The_steps_of_a_budget_that_rests_on_an_assumption_are_supported_and_say_what_they_assume()
    {
        var report = Report(Holder(Undecided, "1"));
        var steps = report.Rows.Where(r => r.Kind == RowKind.Composition).ToArray();
        Assert.NotEmpty(steps);
        Assert.All(steps.Where(s => s.Item.Length > 0), s =>
        {
            Assert.IsType<Verdict.Supported>(s.Verdict);
            Assert.Contains("is in H(1, 1, 1)", Assert.Single(s.Verdict.Assumptions), StringComparison.Ordinal);
        });
        Assert.Contains(
            "is in H(1, 1, 1)", Assert.Single(steps, s => s.Claim == "premises").Statement, StringComparison.Ordinal);
        Assert.Contains(
            "supported, assuming f = ", TableText.Console(VerdictTable.Of(report, withTimes: false)),
            StringComparison.Ordinal);
        Assert.Contains("assuming", JUnitText.Of([report]), StringComparison.Ordinal);

        // the error is measured on the network: it rests on nothing
        Assert.IsType<Verdict.Certified>(
            report.Rows.Single(r => r is { Kind: RowKind.Instance, Claim: "error" }).Verdict);
    }

    [Fact]
    public void A_budget_whose_premises_are_shown_is_certified()
    {
        var report = Report(Holder("abs(x - 1/3)", "1"));
        Assert.All(report.Rows, r => Assert.Empty(r.Verdict.Assumptions));
        Assert.All(
            report.Rows, r => Assert.True(r.Verdict is Verdict.Certified or Verdict.Proved, $"{r.Claim}: {r.Verdict}"));
    }

    [Fact]
    public void Every_claim_about_an_instance_with_an_assumption_of_its_own_is_supported_at_most()
    {
        var report = Report(Holder("x/2", "1").Assuming("the data are what they are said to be"));
        Assert.All(report.Rows.Where(r => r.Item.Length > 0), r =>
        {
            Assert.IsType<Verdict.Supported>(r.Verdict);
            Assert.Equal("the data are what they are said to be", Assert.Single(r.Verdict.Assumptions));
        });
    }

    [Fact]
    public void What_is_false_stays_refuted_under_an_assumption()
    {
        var verdict = new Verdict.Refuted(new Witness([], "1 > 0"), null, null).Assuming(["anything"]);
        Assert.IsType<Verdict.Refuted>(verdict);
        Assert.False(verdict.Holds);
    }

    // N is smaller than its condition asks for: what is proved where the condition holds says nothing here
    [Fact]
    public void A_step_that_is_proved_under_a_condition_does_not_count_where_the_condition_fails()
    {
        var node = Budget.Leaf("taylor", "here", Norm.Sup, Expr.Parse("1/N")) with
        {
            Allowance = Expr.Parse("eps"),
            Conditions = [SideCondition.OnParameters(Condition.Parse("N*eps >= 1"))],
        };
        Assert.All(Steps(node, n: 4, eps: new BigRational(1, 4)), s => Assert.IsType<Verdict.Proved>(s.Verdict));
        Assert.IsType<Verdict.Refuted>(Assert.Single(Steps(node, n: 2, eps: new BigRational(1, 4))).Verdict);

        static IEnumerable<ClaimResult> Steps(Budget node, int n, BigRational eps)
        {
            var budget =
                node with
                {
                    Parameters = ImmutableSortedDictionary<string, BigRational>.Empty.Add("N", n).Add("eps", eps),
                };
            var instance = new Instance("numbers", Box.Unit(1), null).WithBudget(budget);
            var theorem = new Theorem(
                "t", "t", "here", [new Parameter("N", "int [1, inf)"), new Parameter("eps", "(0, 1]")], [], [],
                [new InstanceSource("numbers", () => instance)], []);
            return new Verifier(new VerificationOptions()).Verify(theorem)
                .Rows.Where(r => r.Kind == RowKind.Composition);
        }
    }

    private static Instance Holder(string f, string beta)
    {
        var @class = new HolderClass(BigRational.Parse(beta), 1, 1);
        var choice = HolderChoice.ConstantDepth(@class, new BigRational(1, 4)).WithRoundedCoefficients(@class);
        var built = HolderApproximator.Build(@class, Expr.Parse(f), choice);
        return built.Budget.Parameters.Aggregate(
            new Instance("holder", built.Domain, built.Network).WithBudget(built.Budget).Define("f", built.Target),
            (i, p) => i.Define(p.Key, Expr.Constant(p.Value)));
    }

    private static TheoremReport Report(Instance instance) =>
        new Verifier(new VerificationOptions()).Verify(new Theorem(
        "t", "t", "here", [], [], [ClaimParser.Parse("error", "sup |Phi - f| <= eps")],
        [new InstanceSource("holder", () => instance)], []));
}
