using System.Text.Json;
using System.Text.RegularExpressions;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

/// <summary>Answers about executions in binary32, and printed witnesses, that were wrong once.</summary>
public sealed class ExecutionCaseTests
{
    private static readonly string Cases = Path.Combine(RepositoryFiles.Root, "tests", "cases");
    private static readonly string AddSub = Path.Combine(Cases, "truth", "addsub.onnx");
    private static readonly string Third = Path.Combine(Cases, "networks", "F_third.onnx");

    // (x + 2^24) - 2^24 is x, and in binary32 it is 0 or 1.
    [Fact]
    public void An_error_of_executions_is_refuted_where_nodes_cancel()
    {
        string[] request = ["certify", AddSub, "--target", "x", "--domain", "[1/8,3/4]"];
        Assert.StartsWith("CERTIFIED\n", ToolRunner.Run([.. request, "--at-most", "0"]).Out, StringComparison.Ordinal);
        ToolRun run = ToolRunner.Run([.. request, "--semantics", "float32", "--at-most", "1/1000"]);
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("REFUTED\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("every execution in binary32: nodes one after another", run.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(
            ToolRunner.Run([.. request, "--semantics", "float32", "--at-most", "1/1000", "--json"]).Out);
        float x = (float)Binary64.Nearest(
            BigRational.Parse(json.RootElement.GetProperty("witness").GetProperty("x").GetString()!));
        Assert.True(Math.Abs(Executed(x) - x) > 1e-3f);
        Assert.InRange(x, 0.125f, 0.75f);
    }

    [Fact]
    public void A_property_of_executions_is_sat_where_nodes_cancel()
    {
        string property = Path.Combine(Cases, "truth", "addsub.vnnlib");
        Assert.StartsWith("unsat\n", ToolRunner.Run("vnnlib", AddSub, property).Out, StringComparison.Ordinal);
        ToolRun run = ToolRunner.Run("vnnlib", AddSub, property, "--semantics", "float32");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("sat\n((X_0 ", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\n; at this input for every execution in binary32: nodes one after another", run.Out,
            StringComparison.Ordinal);
        float x = (float)Binary64.Nearest(Printed(run.Out, "X_0")),
            y = (float)Binary64.Nearest(Printed(run.Out, "Y_0"));
        Assert.Equal(Executed(x), y);
        Assert.True(x is >= 0.125f and <= 0.75f && y <= 0.0625f);
    }

    [Fact]
    public void A_sum_of_outputs_of_rho_is_never_negative_in_an_execution()
    {
        ToolRun run = ToolRunner.Run(
            "vnnlib", Third, Path.Combine(Cases, "networks", "F3.vnnlib"), "--semantics", "float32", "--timeout", "60");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("unsat\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_that_no_decimal_is_stands_beside_its_fraction()
    {
        ToolRun run = ToolRunner.Run("vnnlib", Third, Path.Combine(Cases, "networks", "F1.vnnlib"));
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("sat\n((X_0 0.33333", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\n; X_0 = 1/3 exactly; the decimal above is rounded and is no witness\n", run.Out,
            StringComparison.Ordinal);
    }

    // |3x - 1| <= b for x in [0, 1]: the vertices of the regions are thirds.
    [Theory]
    [InlineData("0.1")]
    [InlineData("0.0000000001")]
    [InlineData("0.0000000000000002")]
    public void A_decimal_that_is_a_witness_is_printed_in_place_of_a_fraction(string bound)
    {
        using var folder = new TemporaryFolder();
        string text =
            "(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0.0))(assert (<= X_0 1.0))(assert (<= "
                + $"Y_0 {bound}))";
        ToolRun run = ToolRunner.Run("vnnlib", Third, folder.File("p.vnnlib", text));
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("no witness", run.Out, StringComparison.Ordinal);
        BigRational x = Printed(run.Out, "X_0");
        Assert.True(
            x >= BigRational.Zero && x <= BigRational.One && BigRational.Abs((3 * x) - 1) <= BigRational.Parse(bound),
            run.Out);
    }

    [Fact]
    public void A_witness_of_an_error_is_printed_exactly_however_long_it_is()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.json");
        var tiny = BigRational.PowerOfTwo(-160) + new BigRational(1, 3);
        Networks.Write(file, new ReluNetwork([Affine.FromRows([[1]], [0])]));
        ToolRun run = ToolRunner.Run("certify", file, "--target", "0", "--domain", $"[0,{tiny}]", "--at-most", "1/4");
        Assert.Equal(ExitCode.Refuted, run.ExitCode);
        BigRational x = BigRational.Parse(Regex.Match(run.Out, @"witness: x = ([0-9/]+)").Groups[1].Value);
        Assert.True(x > new BigRational(1, 4) && x <= tiny, run.Out);
    }

    [Fact]
    public void A_file_without_a_known_execution_is_one_line_that_names_the_node()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(AddSub);
        int type = bytes.AsSpan().IndexOf("Z\x13\n\x01x\x12\x0e\n\x0c\x08"u8) + 10;
        bytes[type] = 10; // the input's element type becomes float16
        string file = folder.File("half.onnx");
        File.WriteAllBytes(file, bytes);
        string[] request = ["certify", file, "--target", "x", "--domain", "[1/8,3/4]", "--at-most", "1/1000"];
        Assert.Equal(ExitCode.Holds, ToolRunner.Run(request).ExitCode);
        ToolRun run = ToolRunner.Run([.. request, "--semantics", "float32"]);
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains("input 'x': no execution is known", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_are_executed_each_in_its_own_format()
    {
        using var folder = new TemporaryFolder();
        var network = new ReluNetwork(
            [Affine.FromRows([[0.5f], [0.3f]], [0.1f, -0.2f]), Affine.FromRows([[0.7f, -0.9f]], [0.25])]);
        string single = folder.File("single.onnx"), wide = folder.File("wide.onnx");
        OnnxFile.Write(network, single, OnnxWriteOptions.Default.WithFormat(WeightFormat.Float32));
        OnnxFile.Write(network, wide, OnnxWriteOptions.Default);
        ToolRun run = ToolRunner.Run(
            "certify", single, "--minus", wide, "--domain", "[0,1]", "--at-most", "1e-6", "--semantics", "float32");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Contains("Phi in binary32: nodes", run.Out, StringComparison.Ordinal);
        Assert.Contains("Psi in binary64: nodes", run.Out, StringComparison.Ordinal);
    }

    // Binary32 executions of this network differ from binary64 ones by 6.8e-7 where it was tried.
    [Fact]
    public void A_file_and_its_wider_twin_differ_by_little()
    {
        using var folder = new TemporaryFolder();
        string single = folder.File("single.json"), wide = folder.File("wide.onnx");
        foreach (string file in (string[])[single, wide])
        {
            Assert.Equal(
                ExitCode.Holds,
                ToolRunner.Run("build", "holder", "D=1", "beta=2", "M=1", "eps=1/100", "f=x^2/4", "-o", file).ExitCode);
        }

        ToolRun run = ToolRunner.Run(
            "certify", single, "--minus", wide, "--domain", "[0,1]", "--at-most", "6.8e-6", "--semantics", "float32");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
    }

    private static float Executed(float x)
    {
        float sum = x + 16777216f;
        return sum - 16777216f;
    }

    private static BigRational Printed(string text, string name) =>
        BigRational.Parse(Regex.Match(text, $@"\({name} (-?[0-9.]+)\)").Groups[1].Value);
}
