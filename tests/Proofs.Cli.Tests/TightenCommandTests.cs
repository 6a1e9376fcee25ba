using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class TightenCommandTests
{
    private const string Claim = "forall t in (0,1] : 4*(1 - t/2)^(-2)/t >= C";

    [Fact]
    public void The_least_parameter_is_certified_and_those_before_it_are_refuted()
    {
        ToolRun run = ToolRunner.Run("tighten", "square", "--parameter", "r", "--at-most", "1/1000", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("LEAST", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("least").GetInt32());
        Assert.Equal(4, json.RootElement.GetProperty("tried").GetArrayLength());
        ToolRun few = ToolRunner.Run("tighten", "square", "--parameter", "r", "--at-most", "1/1000", "--to", "3");
        Assert.Equal(ExitCode.Inconclusive, few.ExitCode);
        Assert.StartsWith("UNDECIDED", few.Out, StringComparison.Ordinal);
        Assert.Contains("none up to r = 3 is certified", few.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_is_proved_on_one_side_and_refuted_on_the_other()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("best.cert");
        ToolRun run = ToolRunner.Run(
            "tighten", "--claim", Claim, "--from", "0", "--to", "20", "--published", "27/2", "--certificate", file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("TIGHT\nproved at C = 27/2 (13.5): ", run.Out, StringComparison.Ordinal);
        Assert.Contains("published C = 27/2 (13.5): proved; it is 1 times", run.Out, StringComparison.Ordinal);
        ToolRun check = ToolRunner.Run("check", file);
        Assert.Equal(ExitCode.Holds, check.ExitCode);
        Assert.Contains("27/2", check.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Refuted,
            ToolRunner.Run("tighten", "--claim", Claim, "--from", "0", "--to", "20", "--published", "16").ExitCode);
    }

    [Theory]
    [InlineData("expected --claim STATEMENT, or a construction", "tighten", "square")]
    [InlineData("does not occur", "tighten", "--claim", "forall x in [0,1] : x <= 2", "--from", "0", "--to", "1")]
    [InlineData("expected --from A and --to B", "tighten", "--claim", Claim)]
    [InlineData("expected two values", "tighten", "--claim", Claim, "--from", "1", "--to", "1")]
    [InlineData("no construction", "tighten", "square", "--claim", Claim, "--from", "0", "--to", "1")]
    [InlineData("--width: expected a number above 0", "tighten", "--claim", Claim, "--width", "0")]
    [InlineData("expected r, p", "tighten", "square", "--parameter", "q", "--at-most", "1")]
    [InlineData("expected a whole number", "tighten", "square", "--parameter", "r", "--at-most", "1", "--from", "1/2")]
    [InlineData("expected the smaller one first", "tighten", "square", "--parameter", "r", "--at-most", "1", "--from",
        "100")]
    [InlineData("column", "tighten", "--claim", "forall x in [0,1] : x <= C +", "--from", "0", "--to", "1")]
    [InlineData("--split optimal: square has no accuracy", "build", "square", "--split", "optimal")]
    [InlineData("'equal'", "build", "holder", "--split", "best")]
    public void What_does_not_fit_is_one_line(string expected, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(arguments);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_for_the_fewest_weights_is_built_and_certified()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("least.json");
        ToolRun run = ToolRunner.Run(
            "build", "holder", "D=1", "beta=2", "eps=1/64", "f=sin(x)/2", "depth=deep", "--split", "optimal", "-o",
            file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Contains("split       N = 10, m = 3\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("counted size 164, the least of all integers", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Holds,
            ToolRunner.Run(
                "certify", file, "--target", "sin(x)/2", "--domain", "[0,1]", "--at-most", "1/64").ExitCode);
    }
}
