using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Xunit;

namespace Proofs.Checks.Tests.Verification;

/// <summary>Nothing that speaks of nothing counts as success.</summary>
public sealed class VacuityTests
{
    private static readonly (string, string)[] Error = [("error", "sup |Phi - f| <= 2^(-2*m - 2)")];

    [Fact]
    public void A_claim_without_an_instance_was_never_checked()
    {
        var report = Cases.Of("t", [("error", "sup |Phi - f| <= eps")]).Verify();
        Assert.Contains(
            "never checked", Assert.IsType<Verdict.Vacuous>(report.VerdictOf("error")).Why, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
        Assert.StartsWith(
            "VACUOUS: 0 of 1 claims hold: 0 proved, 0 certified, 0 supported, 1 vacuous;",
            VerdictTable.Summary([report]), StringComparison.Ordinal);
        Assert.Contains("VACUOUS t: claim \"error\" vacuous", Explanation.Console(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_theorem_that_states_nothing_is_no_success()
    {
        foreach (var theorem in new[] { Cases.Of("t", []), Cases.Of("t", []).WithMutant("m", "1 = 2"),
            new("t", "", "", default, default, default, default, default) })
        {
            var report = theorem.Verify();
            Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
            Assert.Contains(report.Rows, r => r.Verdict is Verdict.Vacuous);
        }

        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf());
    }

    [Fact]
    public void An_open_claim_alone_is_no_success()
    {
        var open = Cases.Of(
            "t", []) with
        {
            Open =
                [new OpenClaim(ClaimParser.Read("open", "forall x in real : x^2 >= 0"), "nothing")]
        };
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(open.Verify()));
    }

    [Fact]
    public void Large_instances_alone_are_not_checked_in_the_quick_profile_and_that_is_said()
    {
        var theorem = Cases.Of("t", Error, Cases.Square(2).InFullProfile());
        var quick = theorem.Verify();
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(quick));
        var vacuous = Assert.IsType<Verdict.Vacuous>(quick.VerdictOf("error"));
        Assert.Contains(
            "never checked: in this profile no instance is checked, for m = 2 is large", vacuous.Why,
            StringComparison.Ordinal);
        Assert.Contains("--profile full", vacuous.WouldHelp, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Holds, Cases.ExitOf(theorem.Verify(Profile.Full)));
        Assert.Equal(
            ExitStatus.Inconclusive, Cases.ExitOf(Cases.Of("t", [], Cases.Square(2).InFullProfile()).Verify()));
    }

    [Theory]
    [InlineData("sup |Phi - f| <= 1 where x >= 2")]
    [InlineData("max (Phi - f) <= 1 where x > 1/2 and x < 1/2")]
    [InlineData("min (Phi - f) >= -1 where f < 0")]
    [InlineData("L2 |Phi - f| <= 1 where x >= 2")]
    [InlineData("L1 |Phi - f| <= 1 where x < -1/3")]
    public void A_condition_that_holds_nowhere_makes_a_claim_vacuous(string statement)
    {
        var report = Cases.Of("t", [("error", statement)], Cases.Square(2)).Verify();
        Assert.IsType<Verdict.Vacuous>(report.VerdictOf("error"));
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
    }

    [Theory]
    [InlineData("sup |Phi - f| <= 1 where x >= 1/3 and x <= 1/3 - 1e-30")]
    [InlineData("L2 |Phi - f| <= 1 where x = 1/2")]
    public void A_condition_without_a_known_point_is_no_success(string statement) =>
        Assert.Equal(
            ExitStatus.Inconclusive, Cases.ExitOf(Cases.Of("t", [("error", statement)], Cases.Square(2)).Verify()));

    [Theory]
    [InlineData("sup |Phi - f| <= 1 where x = 1/2")]
    [InlineData("sup |Phi - f| <= 1 where x >= 1")]
    [InlineData("L2 |Phi - f| <= 1 where x >= 1/2")]
    [InlineData("volume {x >= 2} <= 0")]
    public void A_claim_about_something_is_not_vacuous(string statement) =>
        Assert.Equal(
            "certified", Cases.Of("t", [("error", statement)], Cases.Square(2)).Verify().VerdictOf("error").Rung);

    [Theory]
    [InlineData("forall x in real where x > 1, x < 0 : 1 = 2")]
    [InlineData("forall x in real where x > 1, x < 0 : x <= x")]
    [InlineData("forall x in real where x^2 < 0 : x = 7")]
    [InlineData("forall x in [0, 1] where x >= 2 : x <= 1")]
    [InlineData("forall x in real, y in real where x = y + 1, y = x + 1 : x = 3")]
    [InlineData("forall x in real where exp(x) <= 0 : 0 <= 1")]
    public void Contradictory_hypotheses_make_a_claim_vacuous(string statement)
    {
        var report = Cases.General(statement).Verify();
        Assert.IsType<Verdict.Vacuous>(report.VerdictOf("claim"));
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
    }

    [Theory]
    [InlineData("forall x in real where x^2 = 2 : x^4 = 4")]
    [InlineData("forall x in (0, inf), y in real where x^2 = 3, y = x + 1 : (y - 1)^2 = 3")]
    [InlineData("forall x in real where x > 1, x < 1 + 1/1000000 : x^2 > 1")]
    public void Hypotheses_that_irrational_parameters_satisfy_are_no_contradiction(string statement) =>
        Assert.IsType<Verdict.Proved>(Cases.General(statement).Verify().VerdictOf("claim"));

    [Fact]
    public void A_false_variant_that_speaks_of_nothing_is_not_refuted_by_that()
    {
        var report = Cases.Of("t", Error, Cases.Square(2))
            .WithMutant("empty", "forall x in real where x > 1, x < 0 : 1 = 2")
            .WithMutant("nowhere", "sup |Phi - f| <= 0 where x >= 2", Cases.Square(2))
            .WithMutant("no instance", "sup |Phi - f| <= 0")
            .Verify();
        Assert.All(report.Mutants, m => Assert.IsType<Verdict.Vacuous>(m.Verdict));
        Assert.All(report.Mutants, m => Assert.False(m.IsAsExpected));
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
    }

    [Fact]
    public void A_search_without_trials_supports_nothing_and_none_certifies()
    {
        Verdict Of(Verdict verdict) =>
            (Cases.Of("t", []) with { General = [new Claim.Searched("s", "s", _ => verdict)] }).Verify().VerdictOf("s");
        Assert.IsType<Verdict.Vacuous>(Of(new Verdict.Supported(0, 1, null, "nothing")));
        Assert.IsType<Verdict.Supported>(Of(new Verdict.Supported(1, 1, null, "one")));
        Assert.IsType<Verdict.Faulty>(Of(new Verdict.Certified(null, "trust me")));
        Assert.IsType<Verdict.Faulty>(Of(new Verdict.Proved("trust me", "")));
    }

    [Fact]
    public void A_paper_without_a_theorem_is_no_success_and_a_key_is_given_once()
    {
        var empty = new PaperArtifact("empty", "Nothing", [], () => [], () => []);
        var nothing = new Verifier(new VerificationOptions()).VerifyPaper(empty, empty.Theorems).ToList();
        Assert.IsType<Verdict.Vacuous>(Assert.Single(Assert.Single(nothing).Rows).Verdict);
        Assert.Equal(ExitStatus.Inconclusive, ExitStatus.Of(nothing));

        var theorem = Cases.Of("same", [("sum", "1 + 1 = 2")], Cases.Square(1));
        var twice = new PaperArtifact("twice", "Twice", [theorem, theorem], () => [], () => []);
        Assert.Equal(
            ExitStatus.Faulty,
            ExitStatus.Of(new Verifier(new VerificationOptions()).VerifyPaper(twice, twice.Theorems).ToList()));
    }

    [Fact]
    public void Reports_show_a_vacuous_claim_in_no_green()
    {
        var report = Cases.Of("t", Error).Verify();
        string junit = JUnitText.Of([report]);
        Assert.Contains("failures=\"1\"", junit, StringComparison.Ordinal);
        Assert.Contains("<failure type=\"vacuous\"", junit, StringComparison.Ordinal);
        Assert.DoesNotContain("skipped", junit, StringComparison.Ordinal);
        var table = VerdictTable.Of(report, withTimes: false);
        foreach (string text in new[] { TableText.Markdown(table), TableText.Latex(table), TableText.Json(table),
            TableText.Csv(table), TableText.Console(table) })
        {
            Assert.Contains("vacuous", text, StringComparison.Ordinal);
            Assert.Contains("no instance", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_undecided_claim_is_not_green_either()
    {
        var report = Cases.Of(
            "t", []) with
        {
            General =
                [new Claim.Searched("s", "s", _ => new Verdict.Inconclusive("no", null, "more"))]
        };
        Assert.Contains("<failure type=\"inconclusive\"", JUnitText.Of([report.Verify()]), StringComparison.Ordinal);
    }
}
