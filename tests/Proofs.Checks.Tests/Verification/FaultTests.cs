using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Checks.Tests.Verification;

/// <summary>One bad claim takes no other down.</summary>
public sealed class FaultTests
{
    private static readonly (string, string) Good = ("good", "sup |Phi - f| <= 2^(-2*m - 2)");

    [Theory]
    [InlineData("sup |Phi - g| <= 1", "g in 'Phi - g' is not defined; defined are f, m, L, W, B, width, x, Phi")]
    [InlineData("sup |Phi - f| <= eps", "eps in 'eps' is not defined; defined are f, m, L, W, B, width")]
    [InlineData("sup |Phi - f| <= 1 where dist >= 1", "dist in 'dist' is not defined")]
    [InlineData("L2 |Phi - g| <= 1", "g in 'Phi - g' is not defined")]
    [InlineData("volume {y <= 1} <= 1", "y in 'y' is not defined")]
    [InlineData("sup |Phi - x2| <= 1", "x2 in 'Phi - x2' is not defined")]
    [InlineData("L = k + 1", "k in 'k + 1' is not defined")]
    [InlineData("sup |2*Phi - f| <= 1", "expected Phi less a formula")]
    [InlineData("sup |floor(Phi) - f| <= 1", "")]
    [InlineData("L1/2 |Phi - f| <= 1", "expected at least 1")]
    [InlineData("sup |Phi - f| <= 1/(m - m)", "has no value at the parameters of the instance")]
    [InlineData("sup |Phi - | <= 1", "column 12")]
    [InlineData("forall x in real : x >", "column")]
    [InlineData("forall x in real : g(x) > 0", "column")]
    [InlineData("it is obvious", "a claim is 'forall")]
    public void A_claim_that_cannot_be_checked_is_named_and_the_others_are_checked(string statement, string expected)
    {
        var report = Cases.Of("t", [("bad", statement), Good], Cases.Square(2), Cases.Square(3)).Verify();
        Assert.All(report.Rows.Where(r => r.Claim == "good"), r => Assert.Equal("certified", r.Verdict.Rung));
        Assert.All(report.Rows.Where(r => r.Claim == "bad"), r =>
        {
            string line = Explanation.Line(report, r);
            Assert.IsType<Verdict.Faulty>(r.Verdict);
            Assert.StartsWith("theorem t", line, StringComparison.Ordinal);
            Assert.Contains("claim \"bad\": ", line, StringComparison.Ordinal);
            Assert.Contains(expected, line, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', line);
        });
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
        Assert.Contains("<error type=\"error\"", JUnitText.Of([report]), StringComparison.Ordinal);
    }

    public static TheoryData<Type> Exceptions => new(
        typeof(NotSupportedException), typeof(IndexOutOfRangeException), typeof(DivideByZeroException),
        typeof(InvalidCastException),
        typeof(NullReferenceException), typeof(KeyNotFoundException), typeof(OverflowException),
        typeof(OperationCanceledException),
        typeof(InsufficientExecutionStackException), typeof(OutOfMemoryException), typeof(IOException),
        typeof(Exception));

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_construction_or_a_search_that_throws_is_a_row(Type type)
    {
        Exception Thrown() => (Exception)Activator.CreateInstance(type)!;
        var broken = new InstanceSource("broken", () => throw Thrown());
        var theorem =
            Cases.Of("t", [Good], broken, Cases.Square(2)).WithMutant("mutant", "sup |Phi - f| <= 0", broken) with
            {
                General = [new Claim.Searched("search", "s", _ => throw Thrown())],
            };
        var report = theorem.Verify();
        Assert.Equal("certified", report.VerdictOf("good").Rung);
        Assert.Contains(
            type.Name, Assert.IsType<Verdict.Faulty>(report.VerdictOf("search")).Problem, StringComparison.Ordinal);
        Assert.Contains(report.Rows, r => r is { Item: "broken", Claim: "construction", Verdict: Verdict.Faulty });
        Assert.Contains(report.Mutants, r => r is { Claim: "mutant", Verdict: Verdict.Vacuous });
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf(report));
    }

    [Fact]
    public void What_is_null_or_in_a_circle_is_a_row()
    {
        var circle = new InstanceSource(
            "circle", () => Cases.Square(2).Build().Define("a", Expr.Parse("b + 1")).Define("b", Expr.Parse("a + 1")));
        var report = Cases.Of("t", [("bad", "L = a"), Good], circle, new InstanceSource("null", () => null!)).Verify();
        Assert.Contains(
            "refer to each other in a circle", Assert.IsType<Verdict.Faulty>(report.VerdictOf("bad")).Problem,
            StringComparison.Ordinal);
        Assert.Equal("certified", report.VerdictOf("good").Rung);
        Assert.Contains(report.Rows, r => r is { Item: "null", Verdict: Verdict.Faulty });
        Assert.Equal(ExitStatus.Faulty, Cases.ExitOf((Cases.Of("t", []) with { General = [null!] }).Verify()));
    }

    [Fact]
    public void A_formula_nested_deeply_is_checked_on_any_thread()
    {
        var deep = Expr.Variable("x");
        for (int i = 0; i < 20_000; i++)
        {
            deep = Expr.Apply(Function.Abs, [deep - Expr.Constant(new BigRational(1, i + 2))]);
        }

        var instance = new InstanceSource("deep", () => Cases.Square(1).Build().Define("deep", deep));
        var report = Cases.Of("t", [Good, ("deep", "W <= deep")], instance).Verify();
        Assert.Equal("certified", report.VerdictOf("good").Rung);
        Assert.IsType<Verdict.Faulty>(report.VerdictOf("deep"));
    }

    [Fact]
    public void A_refuted_claim_about_numbers_says_how_they_compare()
    {
        var report = Cases.Of(
            "t", [("one", "L <= 1"), ("two", "L = m and B <= 100"), ("three", "L <= 7")], Cases.Square(2)).Verify();
        Assert.Equal("L = 3 > 1", Assert.IsType<Verdict.Refuted>(report.VerdictOf("one")).Witness.Finding);
        Assert.Equal("L = 3 != 2 = m", Assert.IsType<Verdict.Refuted>(report.VerdictOf("two")).Witness.Finding);
        var row = Assert.Single(report.Rows, r => r.Claim == "three");
        Assert.Equal((RationalInterval.Exactly(3), RationalInterval.Exactly(7)), (row.Value!.Value, row.Budget!.Value));
        Assert.Equal("L = 3 <= 7", Assert.IsType<Verdict.Certified>(row.Verdict).Evidence);
        Assert.Contains("witness   L = 3 > 1", Explanation.Console(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_of_a_paper_that_throws_takes_no_other_down()
    {
        var declared = PaperArtifact.Read(typeof(Papers).Assembly);
        Assert.Equal(["fine"], declared.Artifacts.Select(a => a.Key));
        Assert.Contains(
            declared.Problems, p => p.Contains("Papers.Broken throws DivideByZeroException", StringComparison.Ordinal));
        Assert.Contains(declared.Problems, p => p.Contains("Papers.Nothing is null", StringComparison.Ordinal));
        Assert.Contains(declared.Problems, p => p.Contains("2 papers have the key 'twin'", StringComparison.Ordinal));
        Assert.Contains(declared.Problems, p => p.Contains("paper '../up'", StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => PaperArtifact.In(typeof(Papers).Assembly));
    }
}

/// <summary>Papers of this test library, most of them broken.</summary>
public static class Papers
{
    /// <summary>A paper as it should be.</summary>
    public static PaperArtifact Fine { get; } = Paper("fine");

    /// <summary>Throws.</summary>
    public static PaperArtifact Broken => throw new DivideByZeroException("by an author");

    /// <summary>Not there.</summary>
    public static PaperArtifact Nothing => null!;

    /// <summary>One of two with its key.</summary>
    public static PaperArtifact Twin { get; } = Paper("twin");

    /// <summary>The other one.</summary>
    public static PaperArtifact OtherTwin { get; } = Paper("twin");

    /// <summary>Would be written into another folder.</summary>
    public static PaperArtifact Up { get; } = Paper("../up");

    private static PaperArtifact Paper(string key) => new(key, key, [], () => [], () => []);
}
