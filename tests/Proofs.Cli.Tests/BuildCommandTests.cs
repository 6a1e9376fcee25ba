using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Tests;

public sealed class BuildCommandTests
{
    [Theory]
    [InlineData("square.json", '{')]
    [InlineData("square.onnx", '\b')]
    [InlineData("square.ONNX", '\b')]
    public void A_built_network_is_written_as_its_name_says_and_reads_back_equal(string name, char first)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File(name);
        ToolRun run = ToolRunner.Run("build", "square", "r=4", "-o", file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Equal(Square.Build(4, 1).Network, Networks.Read(file));
        // a model starts with its version, field 1 of an integer: 8
        Assert.Equal(first, (char)File.ReadAllBytes(file)[0]);
        Assert.Contains("budget\n  ", run.Out, StringComparison.Ordinal);
    }

    // 2^-25 and 2^-29 are weights of this network, and the first prints as its neighbour where a runtime prints
    // carelessly
    [Fact]
    public void A_network_written_as_JSON_keeps_the_error_it_was_built_with()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("sq14.json");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=14", "p=1", "-o", file).ExitCode);
        Assert.Equal(Square.Build(14, 1).Network, Networks.Read(file));
        ToolRun run =
            ToolRunner.Run("certify", file, "--target", "x^2", "--domain", "[0,1]", "--at-most", "1/1073741824");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("CERTIFIED", run.Out, StringComparison.Ordinal);
    }

    // 1/3 is no binary64 number: the coefficients are rounded, and the budget of what is written counts the rounding.
    [Theory]
    [InlineData("holder", "D=1", "beta=1", "eps=1/5", "f=x/3")]
    [InlineData("hypersurface", "D=2", "alpha=1", "beta=1", "eps=1/2", "f=1/3", "h=1/3 + x1/5")]
    public void A_network_for_ONNX_has_binary64_weights_and_a_budget_with_their_rounding(
        string name, params string[] parameters)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("network.onnx");
        ToolRun run = ToolRunner.Run(["build", name, .. parameters, "-o", file, "--json"]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Built built = Catalogue.Find(name)!.Build(parameters);
        ReluNetwork written = Networks.Read(file);
        Assert.True(written.IsBinary64);
        Assert.Equal(built.Network, written);
        Assert.NotNull(built.Budget.Find("round"));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(file, json.RootElement.GetProperty("file").GetString());
        Assert.Contains("\"lemma\": \"round\"", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            built.Budget.TryEvaluate(built.Budget.Bound)?.ToString(),
            json.RootElement.GetProperty("budget").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("leave out round=no", "holder", "D=1", "beta=1", "eps=1/5", "f=x/3", "round=no")]
    // dense matrices are too large
    [InlineData("expected at most 268435456. Write it as a JSON network file", "max", "n=4096")]
    [InlineData("write a .json file, which is exact", "interpolation", "knots=0,1/3,1", "values=0,1/7,1")]
    public void ONNX_is_refused_for_a_network_that_it_cannot_hold(
        string advice, string name, params string[] parameters)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(["build", name, .. parameters, "-o", folder.File("network.onnx")]);
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(
            ExitCode.Holds, ToolRunner.Run(["build", name, .. parameters, "-o", folder.File("network.json")]).ExitCode);
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
    public void Bad_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(["build", .. arguments]);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_in_one_line() =>
        ToolRunner.Run("build", "square", "-o", "/no/such/folder/square.json").AssertFailedInOneLine(ExitCode.Data);

    [Fact]
    public void A_set_in_five_lines_gives_network_cells_and_figure()
    {
        using var folder = new TemporaryFolder();
        string set = folder.File(
            "mine.ifs", "map 1/4 : 0 0\nmap 1/4 : 3/4 0\nmap 1/4 : 0 3/4\nmap 1/4 : 3/4 3/4\nmap 1/2 : 1/4 1/4\n");
        string cells = folder.File("cells.boxes"), figure = folder.File("figure.svg");
        ToolRun run = ToolRunner.Run(
            "build", "intrinsic", $"set={set}", "beta=2", "f=x1*x2", "eps=1/64", "variant=paper",
            "-o", folder.File("network.onnx"), "--cells", cells, "--figure", figure, "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(
            json.RootElement.GetProperty("cells").GetInt32(), BoxFile.Read(cells, File.ReadAllText(cells)).Length);
        Assert.StartsWith("<svg", File.ReadAllText(figure), StringComparison.Ordinal);
        ToolRunner.Run("build", "square", "r=3", "--cells", cells).AssertFailedInOneLine(ExitCode.Usage);
    }
}
