using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Checks.Tests.Verification;

/// <summary>How a theorem is declared is checked before what it claims.</summary>
public sealed class DeclarationTests
{
    private static readonly (string, string)[] Error = [("error", "sup |Phi - f| <= 2^(-2*m - 2)")];

    [Theory]
    [InlineData("(0, 1[")]
    [InlineData("")]
    [InlineData("0, 1")]
    [InlineData("(0 1)")]
    [InlineData("(0, 1, 2)")]
    [InlineData("(1, 0]")]
    [InlineData("(1, 1]")]
    [InlineData("[0, inf]")]
    [InlineData("[-inf, 0]")]
    [InlineData("int (0, 1)")]
    [InlineData("int [1/3, 2/3]")]
    [InlineData("(2, sqrt(2))")]
    [InlineData("(0, a)")]
    [InlineData("(0, 1/0)")]
    [InlineData("(0, 1] where m > 2")]
    [InlineData("(0, 1], y in (0, 1]")]
    [InlineData("natural [1, 2]")]
    public void A_range_that_is_none_is_refused_in_a_line(string range)
    {
        var report = Cases.Of("t", Error, Cases.Square(1)).With("m", range).Verify();
        var faulty = Assert.IsType<Verdict.Faulty>(report.VerdictOf("parameter m"));
        Assert.Contains($"the range '{range}' of m is none", faulty.Problem, StringComparison.Ordinal);
        Assert.Contains("expected one such as (0, 1]", faulty.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', faulty.Problem);
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
        Assert.DoesNotContain(report.Rows, r => r.Verdict.Holds);
    }

    [Theory]
    [InlineData("(0, 1]", "1", true)]
    [InlineData("(0, 1]", "0", false)]
    [InlineData("[0.1, 1/2]", "1/10", true)]
    [InlineData("int [1, inf)", "3", true)]
    [InlineData("int [1, inf)", "3/2", false)]
    [InlineData("int [1, inf)", "sqrt(2)", false)]
    [InlineData("int", "-7", true)]
    [InlineData("real", "sqrt(2)", true)]
    [InlineData("(-inf, sqrt(2))", "7/5", true)]
    [InlineData("(-inf, sqrt(2))", "3/2", false)]
    [InlineData("[max(1, 2), 3)", "2", true)]
    [InlineData("[sqrt(2), 3)", "sqrt(2)", null)] // an end that enclosures cannot tell from the value
    public void A_range_knows_what_lies_in_it(string range, string value, bool? inside)
    {
        var at = new Instance("i", Proofs.Constructions.Domains.Box.Unit(1), null);
        Assert.Equal(
            inside, ParameterRange.Parse(new Parameter("p", range)).Contains(Bounds.Of(at, Expr.Parse(value))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a, b")]
    [InlineData("pi")]
    [InlineData("W")]
    [InlineData("Phi")]
    [InlineData("1a")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Throws<FormatException>(() => ParameterRange.Parse(new Parameter(name, "(0, 1]")));

    [Fact]
    public void An_instance_outside_the_declared_range_is_refused_and_not_certified()
    {
        var report = Cases.Of("t", Error, Cases.Square(1), Cases.Square(3)).With("m", "(3/2, 5]").Verify();
        var refused = Assert.Single(report.Rows, r => r.Item == "m = 1");
        Assert.Equal(
            "m = 1 lies outside the range (3/2, 5] that the theorem declares",
            Assert.IsType<Verdict.Faulty>(refused.Verdict).Problem);
        Assert.Equal("certified", Assert.Single(report.Rows, r => r.Item == "m = 3").Verdict.Rung);
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
    }

    [Fact]
    public void An_instance_that_lacks_a_declared_parameter_is_refused()
    {
        var report = Cases.Of("t", Error, Cases.Square(1)).With("m", "int [1, 4]").With("eps", "(0, 1]").Verify();
        Assert.Contains(
            report.Rows, r =>
                r.Verdict
                    is Verdict.Faulty
                {
                    Problem: "the theorem declares eps in (0, 1], and "
                        + "the instance gives it no value"
                });
        Assert.Contains(report.Rows, r => r is { Claim: "error", Verdict: Verdict.Vacuous });
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
    }

    [Fact]
    public void A_mutant_outside_the_declared_range_refutes_nothing()
    {
        var report = Cases.Of("t", Error, Cases.Square(1)).With("m", "int [1, 2]")
            .WithMutant("half", "sup |Phi - f| <= 0", Cases.Square(5)).Verify();
        Assert.All(report.Mutants, m => Assert.False(m.Verdict is Verdict.Refuted));
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
    }

    [Fact]
    public void Names_that_occur_twice_are_refused()
    {
        var sound = Cases.Of("t", Error, Cases.Square(1)).With("m", "int [1, 4]");
        Assert.Empty(Declaration.ProblemsOf(sound));
        Assert.Equal(ExitStatus.Holds, Cases.ExitOf(sound.Verify()));
        Theorem[] twice =
        [
            sound.With("m", "int [1, 4]"),
            sound with { Instances = [Cases.Square(1), Cases.Square(1)] },
            sound with { PerInstance = [.. sound.PerInstance, ClaimParser.Parse("error", "L = 2")] },
            sound with { General = [ClaimParser.Parse("error", "1 = 1")] },
            sound.WithMutant("a", "1 = 2").WithMutant("a", "1 = 3"),
        ];
        foreach (var theorem in twice)
        {
            Assert.NotEmpty(Declaration.ProblemsOf(theorem));
            Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(theorem.Verify()));
        }
    }

    [Fact]
    public void One_choice_of_parameters_under_two_names_is_one_case()
    {
        var again = Cases.Square(1) with { Name = "again" };
        var report = Cases.Of("t", Error, Cases.Square(1), again).With("m", "int [1, 4]").Verify();
        Assert.IsType<Verdict.Vacuous>(Assert.Single(report.Rows, r => r.Item == "again").Verdict);
        Assert.Equal(ExitStatus.Inconclusive, Cases.ExitOf(report));
    }

    [Fact]
    public void A_mutant_that_says_what_a_claim_says_and_a_claim_stated_twice_are_refused()
    {
        var theorem = Cases.Of("t", Error, Cases.Square(1));
        Assert.NotEmpty(
            Declaration.ProblemsOf(theorem.WithMutant("same", "sup  |Phi - f| <= 2^(-2*m - 2)", Cases.Square(1))));
        Assert.Empty(
            Declaration.ProblemsOf(theorem.WithMutant("elsewhere", "sup |Phi - f| <= 2^(-2*m - 2)", Cases.Square(7))));
        var general = Cases.General("forall x in real : x^2 >= 0");
        Assert.NotEmpty(Declaration.ProblemsOf(general.WithMutant("same", "forall x in real : x^2 >= 0")));
        Assert.NotEmpty(
            Declaration.ProblemsOf(
                general with
                {
                    General =
                    [.. general.General, ClaimParser.Parse("again", "forall x in real :  x^2 >= 0")]
                }));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("a\nb")]
    public void A_key_that_cannot_be_typed_is_refused(string key) =>
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(Cases.Of(key, Error, Cases.Square(1)).Verify()));
}
