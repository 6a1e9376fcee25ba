using System.Globalization;
using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class MimicCommandTests
{
    private static readonly string Rows = "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(k =>
    {
        double a = k % 7 / 7.0, b = k % 5 / 4.0;
        return string.Create(CultureInfo.InvariantCulture, $"{a},{b},{(a * a) + (b / 2)}\n");
    }));

    [Theory]
    [InlineData("svr", "gauss")]
    [InlineData("krr", "laplace")]
    [InlineData("krr", "poly")]
    [InlineData("spline", "hat")]
    [InlineData("tree", null)]
    [InlineData("forest", null)]
    public void Every_motif_is_carried_over_and_certified(string motif, string? kernel)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("net.onnx");
        string[] arguments =
        [
            "mimic", folder.File("d.csv", Rows), "--target", "y", "--motif", motif, "--error", "1/100", "--boxes", "50",
            .. kernel is null ? Array.Empty<string>() : ["--kernel", kernel], "-o", file, "--json",
        ];
        ToolRun run = ToolRunner.Run(arguments);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("CERTIFIED", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(kernel is not null, json.RootElement.GetProperty("everywhere").GetBoolean());
        Assert.True(File.Exists(file));
    }

    [Theory]
    [InlineData("a,y\n1,2\n2,2\n3,2\n", "y", "there is nothing to learn")]
    [InlineData("a,y\n1,2\n", "y", "in every row")]
    [InlineData("a,y\n1,2\n2,\n", "y", "line 3")]
    [InlineData("a,y\n1,2\nred,3\n", "y", "found 'red'")]
    [InlineData("a,y\n1,2\n2,3\n", "z", "expected a column 'z'")]
    public void Bad_tables_are_refused_in_one_line(string table, string column, string why)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(
            "mimic", folder.File("d.csv", table), "--target", column, "-o", folder.File("net.onnx"));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("net.onnx")));
    }

    [Fact]
    public void Of_few_rows_none_is_said_to_be_held_out()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(
            "mimic", folder.File("d.csv", "a,y\n0,0\n0.5,1\n1,0\n"), "--target", "y", "--motif", "svr", "--kernel",
            "gauss", "--error", "1/100", "-o", folder.File("net.json"));
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Contains("; the best of 6 on the rows of the fit\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("held out", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_place_for_the_network_is_refused_before_the_table_is_read()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(
            "mimic", folder.File("none.csv"), "--target", "y", "-o", Path.Combine(folder.Path, "no", "net.json"));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pyramid_is_refused_with_its_witness()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(
            "mimic", folder.File("d.csv", Rows), "--target", "y", "--motif", "svr", "--kernel", "pyramid", "-o",
            folder.File("net.onnx"));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains("quadratic form is -2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_at_one_place_are_counted()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run(
            "mimic", folder.File("d.csv", "a,y\n0,1\n0,2\n1,3\n"), "--target", "y", "--motif", "spline", "-o",
            folder.File("net.json"));
        Assert.Equal(ExitCode.Holds, run.ExitCode);
        Assert.Contains("note: 1 rows repeat", run.Out, StringComparison.Ordinal);
    }
}
