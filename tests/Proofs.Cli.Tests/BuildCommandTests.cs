using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Constructions;

namespace Proofs.Cli.Tests;

public sealed class BuildCommandTests
{
    [Fact]
    public void A_built_network_is_written_and_reads_back_equal()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("square.json");
        ToolRun run = ToolRunner.Run("build", "square", "r=4", "-o", file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Equal(Square.Build(4, 1).Network, Networks.Read(file));
        Assert.Contains("budget\n  ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_tells_the_numbers_of_the_network_exactly()
    {
        ToolRun run = ToolRunner.Run("build", "square", "r=4", "p=1", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        ReluNetwork network = Square.Build(4, 1).Network;
        Assert.Equal(network.Depth, json.RootElement.GetProperty("depth").GetInt32());
        Assert.Equal(network.Size, json.RootElement.GetProperty("size").GetInt64());
        Assert.Equal(network.Width, json.RootElement.GetProperty("width").GetInt32());
        Assert.Equal(network.Magnitude.ToString(), json.RootElement.GetProperty("magnitude").GetString());
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("budget").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("file").ValueKind);
    }

    [Theory]
    [InlineData("expected a construction (", "no-such-construction")]
    [InlineData("Required argument missing")]
    [InlineData("r: is '0'; expected a whole number", "square", "r=0")]
    [InlineData("n: is missing", "max")]
    [InlineData("depth: is no parameter of square", "square", "depth=3")]
    [InlineData("r: is given twice", "square", "r=3", "r=4")]
    [InlineData("square-root: has no value", "square", "square-root")]
    [InlineData("delta: is 'NaN'; expected a number", "ramp", "delta=NaN")]
    [InlineData("network.onnx: expected a name such as network.json", "square", "-o", "network.onnx")]
    public void Bad_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(["build", .. arguments]);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_in_one_line() =>
        ToolRunner.Run("build", "square", "-o", "/no/such/folder/square.json").AssertFailedInOneLine(ExitCode.Data);
}
