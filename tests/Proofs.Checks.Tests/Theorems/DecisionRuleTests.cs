using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Xunit;

namespace Proofs.Checks.Tests.Theorems;

public sealed class DecisionRuleTests
{
    private static readonly DecisionRule Equivalence = new DecisionRule.Within(-0.5, 0.1);
    private static readonly DecisionRule Discrimination = new DecisionRule.Below(-0.3, MostWidth: 0.15);

    [Theory]
    [InlineData(-0.55, -0.45, "supported")]
    [InlineData(-0.6, -0.4, "supported")] // the ends count as inside
    [InlineData(-0.61, -0.45, "inconclusive")]
    [InlineData(-0.55, -0.39, "inconclusive")]
    [InlineData(-0.9, -0.1, "inconclusive")]
    [InlineData(-0.8, -0.61, "refuted")]
    [InlineData(-0.39, -0.2, "refuted")]
    public void Equivalence_needs_both_ends_inside_and_refutes_only_from_outside(
        double lower, double upper, string rung) =>
        Assert.Equal(rung, Equivalence.Decide(Estimate(lower, upper), 1).Rung);

    [Theory]
    [InlineData(-0.45, -0.31, "supported")]
    [InlineData(-0.5, -0.31, "inconclusive")] // too wide to tell exponents apart
    [InlineData(-0.35, -0.25, "inconclusive")]
    [InlineData(-0.29, -0.2, "refuted")]
    public void Discrimination_needs_a_narrow_interval_that_leaves_the_bound_out(
        double lower, double upper, string rung) =>
        Assert.Equal(rung, Discrimination.Decide(Estimate(lower, upper), 1).Rung);

    [Fact]
    public void A_verdict_tells_rule_interval_observations_seed_and_false_alarm_rate()
    {
        var verdict = Equivalence.Decide(Estimate(-0.55, -0.45), 7);
        Assert.Equal(0.05, verdict.Finding!.Rule.FalseAlarmRate, 1e-15);
        Assert.Equal(
            "-0.500 in [-0.550, -0.450] (90 %), expected within 0.1 of -0.500 by the 90 % interval; "
                + "made up, 40 observations, seed 7, false-alarm rate 5 %",
            verdict.Finding.ToString());
    }

    [Fact]
    public void No_estimate_decides_nothing_and_an_interval_of_another_level_is_refused()
    {
        Assert.IsType<Verdict.Inconclusive>(
            Equivalence.Decide(new(double.NaN, double.NaN, double.NaN, 0.9, 4, "no error at all"), 1));
        Assert.Throws<ArgumentException>(() => Equivalence.Decide(new(-0.5, -0.5, -0.5, 0.95, 4, ""), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionRule.Within(0, 1, 1));
    }

    [Fact]
    public void A_mutant_about_random_data_may_stay_undecided_but_not_be_supported()
    {
        ClaimResult Row(double lower, double upper) =>
            new(RowKind.Mutant, "", "m", "", Equivalence.Decide(Estimate(lower, upper), 1), null, TimeSpan.Zero);
        Assert.True(Row(-0.9, -0.1).IsAsExpected);
        Assert.True(Row(-0.9, -0.8).IsAsExpected);
        Assert.False(Row(-0.55, -0.45).IsAsExpected);
        Assert.True(Row(-0.55, -0.45).IsWrong);
        var none = Equivalence.Decide(new(double.NaN, double.NaN, double.NaN, 0.9, 4, "nothing drawn"), 1);
        Assert.False(new ClaimResult(RowKind.Mutant, "", "m", "", none, null, TimeSpan.Zero).IsAsExpected);
    }

    private static IntervalEstimate Estimate(double lower, double upper) =>
        new((lower + upper) / 2, lower, upper, 0.9, 40, "made up");
}
