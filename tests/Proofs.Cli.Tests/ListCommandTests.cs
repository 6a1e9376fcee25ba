using System.Text.Json;
using Proofs.Cli.Commands;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class ListCommandTests
{
    [Fact]
    public void Theorems_are_listed_with_source_and_parameters()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var session = new Session(output, TextWriter.Null, ShowsProgress: false, CancellationToken.None);
        Assert.Equal(ExitCode.Holds, ListCommand.Run(session, [SamplePapers.Sound], asJson: false));
        Assert.EndsWith(
            "  sample-sound: A paper of the tests\n    sample-sound-sum: "
                + "Numbers add up [nobody, Theorem 1]\n      n in int [1, 4]\n",
            output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  square: x^2 on [0,1] [math/00, 4.1]\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_one_object_and_nothing_else()
    {
        ToolRun run = ToolRunner.Run("list", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("papers").ValueKind);
    }
}
