using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Tests;

public sealed class CertifyCommandTests
{
    // Phi(x) = rho(x)/2 + rho(x - 1/2) interpolates x^2 at 0, 1/2 and 1: the error is 1/16, at 1/4 and 3/4.
    private static readonly ReluNetwork Interpolant = new(
    [
        Affine.FromRows([[1], [1]], [0, -0.5]),
        Affine.FromRows([[0.5, 1]], [0]),
    ]);

    [Theory]
    [InlineData("1/15", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("0.0624", ExitCode.Refuted, "REFUTED\n")]
    public void A_bound_is_certified_or_refuted(string bound, int exitCode, string verdict)
    {
        ToolRun run = Certify("--target", "x^2", "--domain", "[0,1]", "--at-most", bound);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(verdict, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0,1/2]\n# a remark\n\n [1/4,1]  # overlaps\n", "sup", "0.0626", ExitCode.Holds)]
    [InlineData("[0,1/2]\n[1/4,1]\n[0,1]\n", "L1", "0.0417", ExitCode.Holds)] // the integral of the error is 1/24, once
    [InlineData("[0,1/2]\n[1/4,1]\n[0,1]\n", "L1", "0.0416", ExitCode.Refuted)]
    [InlineData("[1/4,1/4]\n", "sup", "0.0624", ExitCode.Refuted)]
    [InlineData("[1/4,1/4]\n[1/2,1/2]\n", "L2", "0", ExitCode.Holds)]
    public void Boxes_of_a_file_are_one_domain(string boxes, string norm, string bound, int exitCode)
    {
        using var folder = new TemporaryFolder();
        string plain = folder.File("boxes.txt"), packed = folder.File("boxes.gz");
        File.WriteAllText(plain, boxes);
        using (var gzip = new GZipStream(File.Create(packed), CompressionMode.Compress))
        {
            gzip.Write(File.ReadAllBytes(plain));
        }

        foreach (string file in (string[])[plain, packed])
        {
            ToolRun run = Certify("--target", "x^2", "--domain", "@" + file, "--norm", norm, "--at-most", bound);
            Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        }
    }

    [Theory]
    [InlineData("[0,1]\n[0,1]^2\n", ": line 2: the box [0,1]^2 has 2 sides")]
    [InlineData("[0,1]\n\n[1,0]\n", ": line 3: '[1,0]' is not a box")]
    [InlineData("# nothing\n", ": has no box")]
    [InlineData("[0,1]\n[0,1/0]\n", ": line 2: ")]
    public void A_file_of_boxes_that_is_none_is_refused_with_its_line(string boxes, string error)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("boxes.txt"), boxes);
        ToolRun run = Certify("--target", "x^2", "--domain", "@" + folder.File("boxes.txt"));
        Assert.Equal((ExitCode.Data, ""), (run.ExitCode, run.Out));
        Assert.Contains("boxes.txt" + error, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    // The square with r = 3, p = 1 has the error 1/256, attained at 1/16 and elsewhere.
    [Theory]
    [InlineData("square.json", "1/256", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("square.onnx", "1/256", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("square.onnx.gz", "1/256", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("square.onnx", "0.0039", ExitCode.Refuted, "REFUTED\n")]
    public void A_bound_that_is_attained_is_certified_and_a_smaller_one_refuted(
        string name, string bound, int exitCode, string verdict)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File(name.Replace(".gz", "", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=3", "p=1", "-o", file).ExitCode);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(File.Create(folder.File(name)), CompressionMode.Compress);
            gzip.Write(File.ReadAllBytes(file));
        }

        ToolRun run =
            ToolRunner.Run("certify", folder.File(name), "--target", "x^2", "--domain", "[0,1]", "--at-most", bound);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(verdict, run.Out, StringComparison.Ordinal);
        Assert.Matches(@"witness: x = [0-9]+/[0-9]+ \(.*\), where Phi - f is 1/256 \(0.00390625\)\n", run.Out);
    }

    // Two squares with r = 3 and r = 4 refinements: the coarser one is off by 1/256 where the finer one is off by
    // 1/1024, at most.
    [Theory]
    [InlineData("1/256", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("1/1000", ExitCode.Refuted, "REFUTED\n")]
    public void The_difference_of_two_networks_is_certified_or_refuted(string bound, int exitCode, string verdict)
    {
        using var folder = new TemporaryFolder();
        string coarse = folder.File("coarse.onnx"), fine = folder.File("fine.onnx");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=3", "p=1", "-o", coarse).ExitCode);
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=4", "p=1", "-o", fine).ExitCode);
        ToolRun run = ToolRunner.Run("certify", coarse, "--minus", fine, "--domain", "[0,1]", "--at-most", bound);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(verdict, run.Out, StringComparison.Ordinal);
        Assert.Contains("sup |Phi - Psi| in [", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void One_output_of_several_is_certified_and_its_certificate_is_about_that_one()
    {
        using var folder = new TemporaryFolder();
        string sorter = folder.File("sorter.onnx"), certificate = folder.File("sorter.cert");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "sorter", "n=3", "-o", sorter).ExitCode);
        string[] request =
            ["certify", sorter, "--domain", "[0,1]^3", "--target", "max(x1, x2, x3)", "--at-most", "1/100"];
        ToolRun whole = ToolRunner.Run(request);
        Assert.Equal(ExitCode.Data, whole.ExitCode);
        Assert.Contains(
            "expected a network with one output, or --output K, found 3", whole.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Data, ToolRunner.Run([.. request, "--output", "4"]).ExitCode);
        Assert.Equal(ExitCode.Usage, ToolRunner.Run([.. request, "--output", "0"]).ExitCode);
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run([.. request, "--output", "2"]).ExitCode);

        ToolRun run = ToolRunner.Run([.. request, "--output", "1", "--certificate", certificate]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ExitCode.Holds, ToolRunner.Run("check", certificate, "--network", sorter, "--output", "1").ExitCode);
        Assert.Equal(
            ExitCode.Refuted, ToolRunner.Run("check", certificate, "--network", sorter, "--output", "2").ExitCode);
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("check", certificate, "--network", sorter).ExitCode);
        Assert.Equal(ExitCode.Usage, ToolRunner.Run("check", certificate, "--output", "1").ExitCode);
    }

    // The real error is 1/256, and rounding to binary32 moves it by less than 1e-5.
    [Theory]
    [InlineData("1/255", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("1/256", ExitCode.Inconclusive, "INCONCLUSIVE\n")]
    [InlineData("1/257", ExitCode.Refuted, "REFUTED\n")]
    public void Errors_of_binary32_executions_are_certified_or_refuted(string bound, int exitCode, string verdict)
    {
        using var folder = new TemporaryFolder();
        string square = folder.File("square.onnx");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=3", "p=1", "-o", square).ExitCode);
        string[] request =
            ["certify", square, "--target", "x^2", "--domain", "[0,1]", "--at-most", bound, "--semantics", "float32"];
        ToolRun run = ToolRunner.Run(request);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(verdict, run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\"semantics\": \"float32\"", ToolRunner.Run([.. request, "--json"]).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, ToolRunner.Run([.. request, "--certificate", folder.File("c")]).ExitCode);
        Assert.Equal(ExitCode.Usage, ToolRunner.Run([.. request, "--norm", "L2"]).ExitCode);
    }

    [Fact]
    public void Binary32_semantics_need_binary32_weights()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("third.json");
        Networks.Write(file, new ReluNetwork([Affine.FromRows([[0.1]], [0])]));
        ToolRun run =
            ToolRunner.Run("certify", file, "--target", "x/10", "--domain", "[0,1]", "--semantics", "float32");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("no binary32 number", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_zero_is_enclosed()
    {
        using var folder = new TemporaryFolder();
        string square = folder.File("square.onnx");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "square", "r=3", "p=1", "-o", square).ExitCode);
        ToolRun run = ToolRunner.Run("certify", square, "--target", "x^2", "--domain", "[0,0]");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("ENCLOSED\n", run.Out, StringComparison.Ordinal);
    }

    // (x, 2x) and (x, 2x + rho(x - 1/2)) differ in the second output alone, by 1/2 at x = 1.
    [Fact]
    public void Of_several_outputs_the_largest_difference_counts()
    {
        using var folder = new TemporaryFolder();
        string first = folder.File("first.onnx"), second = folder.File("second.onnx");
        Affine hidden = Affine.FromRows([[1], [-1], [1]], [0, 0, -0.5]);
        Networks.Write(first, new ReluNetwork([hidden, Affine.FromRows([[1, -1, 0], [2, -2, 0]], [0, 0])]));
        Networks.Write(second, new ReluNetwork([hidden, Affine.FromRows([[1, -1, 0], [2, -2, 1]], [0, 0])]));
        ToolRun run = ToolRunner.Run("certify", first, "--minus", second, "--domain", "[-1,1]", "--at-most", "0.499");
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.Contains("\noutput: 2 of 2\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Holds,
            ToolRunner.Run("certify", first, "--minus", second, "--domain", "[-1,1]", "--at-most", "1/2").ExitCode);
        Assert.Equal(
            ExitCode.Holds,
            ToolRunner.Run("certify", first, "--minus", first, "--domain", "[-1,1]", "--at-most", "0").ExitCode);
        ToolRun run2 = ToolRunner.Run("certify", first, "--minus", second, "--target", "x", "--domain", "[-1,1]");
        run2.AssertFailedInOneLine(ExitCode.Usage);
    }

    [Theory]
    [InlineData("x^2")]
    [InlineData("x1^2")]
    public void The_enclosure_contains_the_exact_error(string target)
    {
        ToolRun run = Certify("--target", target, "--domain", "[0,1]", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        BigRational End(string name) => BigRational.Parse(json.RootElement.GetProperty(name).GetString()!);
        Assert.True(End("lower") <= new BigRational(1, 16) && new BigRational(1, 16) <= End("upper"));
        Assert.True(End("upper") - End("lower") <= new BigRational(1, 1000));
    }

    [Fact]
    public void A_condition_narrows_the_region()
    {
        ToolRun run = Certify("--target", "x^2", "--domain", "[0,1]", "--where", "x1 <= 1/16", "--at-most", "1/32");
        Assert.Equal(ExitCode.Holds, run.ExitCode);
    }

    // A bounded function of something undefined is undefined.
    [Theory]
    [InlineData("max(-1, min(1, sqrt(-1 - x)))")]
    [InlineData("0/x")]
    [InlineData("0*log(-1 - x)")]
    [InlineData("atan(1/(x - 1/3))")]
    [InlineData("if(atan(1/(x - 1/3)) <= 2, 0, 1)")]
    public void A_target_that_is_not_defined_everywhere_is_never_certified(string target)
    {
        ToolRun run = Certify("--target", target, "--domain", "[0,1]", "--at-most", "5", "--timeout", "0.2");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("INCONCLUSIVE\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_counts_only_on_the_branch_that_is_taken()
    {
        ToolRun run = Certify("--target", "if(x <= 1, x, atan(log(-x)))", "--domain", "[0,1]", "--at-most", "1");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_condition_that_no_point_fulfils_is_told()
    {
        ToolRun run = Certify("--target", "x^2", "--domain", "[0,1]", "--where", "x1 >= 2", "--at-most", "0");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("VACUOUS\nno point of the domain fulfils the condition\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sup")]
    [InlineData("L1")]
    [InlineData("L2")]
    public void A_condition_that_holds_nowhere_is_vacuous_in_text_and_JSON(string norm)
    {
        ToolRun run = Certify(
            "--target", "x^2", "--domain", "[0,1]", "--where", "x >= 1/3 and x <= 1/3 - 1e-30", "--norm", norm,
            "--json");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("VACUOUS", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("empty", json.RootElement.GetProperty("region").GetString());
        Assert.True(json.RootElement.GetProperty("vacuous").GetBoolean());
    }

    [Fact]
    public void A_bound_on_points_of_which_none_is_known_is_not_certified()
    {
        ToolRun run = Certify(
            "--target", "x^2", "--domain", "[1/4,1/2]", "--where", "sin(x)^2 + cos(x)^2 <= 1", "--at-most", "5");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("INCONCLUSIVE\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("ended: no point that fulfils the condition was found", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_budget_of_boxes_can_be_asked_for()
    {
        string[] request = ["--target", "sin(50*x)", "--domain", "[0,1]", "--norm", "L1", "--rel-gap", "1e-6"];
        ToolRun few = Certify([.. request, "--boxes", "100"]);
        Assert.Equal(ExitCode.Inconclusive, few.ExitCode);
        Assert.Contains(
            "ended: the budget of 100 boxes is spent; a larger one would help", few.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Holds, Certify([.. request, "--boxes", "200000"]).ExitCode);
        Certify([.. request, "--boxes", "0"]).AssertFailedInOneLine(ExitCode.Usage);
    }

    [Theory]
    [InlineData("--target 'x +': column 4", "--target", "x +", "--domain", "[0,1]")]
    [InlineData("expected the inputs x only, found y", "--target", "y", "--domain", "[0,1]")]
    [InlineData("--domain 'box': 'box' is not a box at column 1", "--target", "x", "--domain", "box")]
    [InlineData(
        "--domain '[0,1]x[2,1]': '[0,1]x[2,1]' is not a box at column 7", "--target", "x", "--domain", "[0,1]x[2,1]")]
    [InlineData("A region is a union of boxes of one dimension", "--target", "x", "--domain", "[0,1] or [0,1]^2")]
    [InlineData("expected the inputs x1, x2 only, found x3", "--target", "x3", "--domain", "[0,1]^2")]
    [InlineData("expected a number of seconds from 0.001", "--target", "x", "--domain", "[0,1]", "--timeout=-1")]
    [InlineData("expected a number of seconds from 0.001", "--target", "x", "--domain", "[0,1]", "--timeout", "-1")]
    [InlineData(
        "--at-most: expected a non-negative number, got '٣'", "--target", "x", "--domain", "[0,1]", "--at-most", "٣")]
    [InlineData("--domain has 2 sides, expected 1", "--target", "x1", "--domain", "[0,1]^2")]
    [InlineData("--norm: expected sup, L1, L2", "--target", "x", "--domain", "[0,1]", "--norm", "L0")]
    [InlineData(
        "--at-most: expected a non-negative number, got '-1'", "--target", "x", "--domain", "[0,1]", "--at-most", "-1")]
    [InlineData(
        "--rel-gap: expected a number between 0 and 1, got '0'", "--target", "x", "--domain", "[0,1]", "--rel-gap",
        "0")]
    [InlineData("--where 'x': column 2", "--target", "x", "--domain", "[0,1]", "--where", "x")]
    public void Bad_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        ToolRun run = Certify(arguments);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_inputs_are_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("max.onnx");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "max", "n=9", "-o", file).ExitCode);
        ToolRun run = ToolRunner.Run("certify", file, "--target", "x1", "--domain", "[0,1]^9");
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains("The region has dimension 9; expected 1 to 8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_network_is_told_in_one_line()
    {
        ToolRun run = ToolRunner.Run("certify", "no-such.onnx", "--target", "x", "--domain", "[0,1]");
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Equal("proofs certify: no-such.onnx: cannot be read: there is no such file\n", run.Error);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("\"NaN\"")]
    [InlineData("1e999")]
    [InlineData("-Infinity")]
    public void A_weight_that_is_no_number_is_told_in_one_line(string weight)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File(
            "bad.json",
            $$"""
            {"format":"proofs-network","version":1,"layers":[
            {"columns":1,"rowStart":[0,1],"column":[0],"value":[{{weight}}],"bias":[0]}]}
            """);
        ToolRun run = ToolRunner.Run("certify", file, "--target", "x", "--domain", "[0,1]");
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_of_an_ONNX_file_that_is_not_finite_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("bad.onnx");
        Networks.Write(file, Interpolant);
        byte[] bytes = File.ReadAllBytes(file);
        byte[] half = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(half, -0.5);
        int at = bytes.AsSpan().IndexOf(half);
        Assert.True(at > 0);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), double.NaN);
        File.WriteAllBytes(file, bytes);
        ToolRun run = ToolRunner.Run("certify", file, "--target", "x", "--domain", "[0,1]");
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains($"{file}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected finite numbers, found NaN", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_network_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.File("whole.onnx");
        Networks.Write(whole, Interpolant);
        File.WriteAllBytes(folder.File("cut.onnx"), File.ReadAllBytes(whole)[..100]);
        ToolRunner.Run("certify", folder.File("cut.onnx"), "--target", "x", "--domain", "[0,1]")
            .AssertFailedInOneLine(ExitCode.Data);
        ToolRunner.Run("certify", folder.File("text.onnx", "no network"), "--target", "x", "--domain", "[0,1]")
            .AssertFailedInOneLine(ExitCode.Data);
        ToolRunner.Run("certify", folder.Path, "--target", "x", "--domain", "[0,1]")
            .AssertFailedInOneLine(ExitCode.Data);
    }

    private static ToolRun Certify(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("interpolant.json");
        Networks.Write(file, Interpolant);
        return ToolRunner.Run(["certify", file, .. arguments]);
    }
}
