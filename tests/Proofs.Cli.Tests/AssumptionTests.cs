using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

/// <summary>What a budget rests on is shown, assumed and said so, or false and refused.</summary>
public sealed class AssumptionTests
{
    [Theory]
    [InlineData("f(", "holder", "D=1", "beta=1", "M=1", "eps=1/10", "f=if(x <= 1/3, 0, 1/2)")]
    [InlineData("difference of order (1)", "holder", "D=1", "beta=2", "eps=1/100", "f=abs(x-1/3)")]
    [InlineData("f(", "invariant-interpolant", "n=2", "beta=1", "M=1", "N=4", "f=if(x1+x2<=1,0,1/2)")]
    [InlineData("f(", "deep-sets", "n=2", "beta=1", "M=1", "N=2", "N1=2", "f=if(x1+x2<=1,0,1/2)")]
    [InlineData("f(", "inf-convolution", "n=2", "beta=1", "M=1", "N=2", "f=if(x1+x2<=1,0,1/2)")]
    [InlineData("f(", "group-mean", "D=2", "group=S2", "beta=1", "M=1", "N=2", "f=if(x1+x2<=1,0,1/2)")]
    [InlineData("f(", "equivariant-interpolant", "n=2", "beta=1", "M=1", "N=2", "f=if(x1<=1/3,0,1/2)")]
    [InlineData("difference of order", "invariant-holder", "n=2", "beta=2", "M=1", "eps=1/4", "f=max(x1,x2)/4")]
    [InlineData("f(", "intrinsic", "set=gasket", "n=4", "beta=1", "f=if(x1 <= 1/3, 0, 1/2)")]
    [InlineData(
        "difference of order", "hypersurface", "D=2", "alpha=2", "beta=2", "eps=1/4", "f=1/2", "h=abs(x1 - 1/3)")]
    [InlineData("changes its value", "invariant-interpolant", "n=2", "beta=1", "M=2", "N=4", "f=x1 + x2/2")]
    [InlineData("not defined at (1/3)", "holder", "D=1", "beta=1", "eps=1/10", "f=0/(x - 1/3)")]
    public void A_false_premise_is_an_error_with_a_witness_and_nothing_is_written(
        string witness, string name, params string[] parameters)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(["build", name, .. parameters, "-o", folder.File("network.json")]);
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains($"{name}: false: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("; witness: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(witness, run.Error.Split("; witness: ")[1], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("holder", "D=1", "beta=2", "eps=1/4", "f=x^2/2")]
    [InlineData("holder", "D=1", "beta=1", "eps=1/4", "f=abs(x - 1/2)")]
    [InlineData("invariant-interpolant", "n=2", "beta=1", "M=1", "N=2", "f=max(x1, x2)")]
    [InlineData("intrinsic", "set=gasket", "n=4", "beta=1/2", "f=sqrt(abs(x1 - x2)/2)")]
    [InlineData("hypersurface", "D=2", "alpha=2", "beta=2", "eps=1", "f=1/2", "h=1/2 + x1/4")]
    [InlineData("square", "r=2")]
    public void A_budget_whose_premises_are_shown_is_stated_without_condition(string name, params string[] parameters)
    {
        ToolRun run = ToolRunner.Run(["build", name, .. parameters]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("assum", run.Out, StringComparison.Ordinal);
        Assert.Equal(name != "square", run.Out.Contains("\n  shown: ", StringComparison.Ordinal));
    }

    // continuous, by a symmetry that is not looked for
    private static readonly string[] Undecided =
        ["holder", "D=1", "beta=1", "M=1", "eps=1/2", "f=if(x <= 1/2, sin(x)/2, sin(1 - x)/2)"];

    [Fact]
    public void A_budget_with_a_premise_that_is_not_decided_is_conditional_in_every_line()
    {
        ToolRun run = ToolRunner.Run(["build", .. Undecided]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        string[] lines = run.Out.Split('\n');
        Assert.All(
            lines.Where(l => l.Contains("error <=", StringComparison.Ordinal)), l =>
                Assert.Contains("if the assumptions hold, ", l, StringComparison.Ordinal));
        string assumed = Assert.Single(lines, l => l.StartsWith("  assumed: ", StringComparison.Ordinal));
        Assert.EndsWith(", on [0,1], not shown", assumed, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_carries_the_standing_of_every_condition()
    {
        using JsonDocument assumed = JsonDocument.Parse(ToolRunner.Run(["build", .. Undecided, "--json"]).Out);
        Assert.True(assumed.RootElement.GetProperty("conditional").GetBoolean());
        Assert.Contains(
            "Lipschitz with constant 1",
            Assert.Single(assumed.RootElement.GetProperty("assumptions").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
        var budget = assumed.RootElement.GetProperty("budget");
        Assert.True(budget.GetProperty("conditional").GetBoolean());
        Assert.Equal("assumed", budget.GetProperty("conditions")[0].GetProperty("standing").GetString());
        Assert.Equal(
            "shown", budget.GetProperty("children")[0].GetProperty("conditions")[0].GetProperty("standing")
                .GetString());

        using JsonDocument shown =
            JsonDocument.Parse(ToolRunner.Run("build", "holder", "D=1", "beta=1", "eps=1/2", "f=x/2", "--json").Out);
        Assert.False(shown.RootElement.GetProperty("conditional").GetBoolean());
        Assert.Empty(shown.RootElement.GetProperty("assumptions").EnumerateArray());
        Assert.Equal(
            "shown", shown.RootElement.GetProperty("budget").GetProperty("conditions")[0].GetProperty("standing")
                .GetString());
    }
}
