using System.Globalization;
using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Tests;

public sealed class VnnLibCommandTests
{
    // y = |x|
    private static readonly ReluNetwork Modulus =
        new([Affine.FromRows([[1], [-1]], [0, 0]), Affine.FromRows([[1, 1]], [0])]);

    // y = 0.1x + 0.7x + 0.9x, in three units and binary32 weights, which add up to a little more than 1.7
    private static readonly ReluNetwork Order = new([
        Affine.FromRows([[1], [1], [1], [-1], [-1], [-1]], [0, 0, 0, 0, 0, 0]),
        Affine.FromRows([[0.1f, 0.7f, 0.9f, -0.1f, -0.7f, -0.9f]], [0]),
    ]);

    [Theory]
    [InlineData("(<= Y_0 -0.1)", "unsat\n")]
    [InlineData("(>= Y_0 1.0)", "sat\n((X_0 ")]
    public void The_first_line_is_the_verdict_and_a_counterexample_follows_sat(string constraint, string start)
    {
        ToolRun run = Decide(constraint);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(start, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_whose_boxes_are_empty_says_so_beside_its_answer()
    {
        Assert.Equal(
            "unsat\n; VACUOUS: no input lies in a box of the property, so this says nothing of the network\n",
            Decide("(>= X_0 5.0)").Out);
        Assert.DoesNotContain("VACUOUS", Decide("(<= Y_0 -0.1)").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counterexample_names_every_input_and_output_on_a_line()
    {
        ToolRun run = Decide("(>= Y_0 1.0)");
        Assert.Matches(@"^sat\n\(\(X_0 -?1\.0\)\n \(Y_0 1\.0\)\)\n$", run.Out);
    }

    [Theory]
    [InlineData("(<= Y_1 0.0)")]
    [InlineData("(<= Y_0")]
    public void A_property_that_does_not_fit_is_one_line_and_exit_code_65(string constraint) =>
        Decide(constraint).AssertFailedInOneLine(ExitCode.Data);

    [Theory]
    [InlineData("(<= Y_0 -0.1)", "c.txt")]
    [InlineData("(>= Y_0 1.0)", "c.txt.gz")]
    public void A_certificate_is_accepted_for_its_own_network_and_property_only(string constraint, string name)
    {
        using var folder = new TemporaryFolder();
        string network = Network(folder, Modulus), property = Property(folder, constraint),
            certificate = folder.File(name);
        Assert.Equal(
            ExitCode.Holds, ToolRunner.Run("vnnlib", network, property, "--certificate", certificate).ExitCode);
        Assert.Equal(
            name.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(certificate) is [0x1f, 0x8b, ..]);
        ToolRun check = ToolRunner.Run("check", certificate, "--network", network, "--property", property);
        Assert.Equal((ExitCode.Holds, ""), (check.ExitCode, check.Error));
        Assert.StartsWith("ACCEPTED ", check.Out, StringComparison.Ordinal);
        Assert.Contains("sha256:", check.Out, StringComparison.Ordinal);

        string other = Property(folder, "(<= Y_0 -0.125)");
        check = ToolRunner.Run("check", certificate, "--network", network, "--property", other);
        Assert.Equal((ExitCode.Refuted, ""), (check.ExitCode, check.Error));
        Assert.StartsWith(
            "REJECTED: the certificate is about another network or property", check.Out, StringComparison.Ordinal);
        network = Network(folder, new([Affine.FromRows([[1], [-1]], [0, 0]), Affine.FromRows([[1, 2]], [0])]));
        Assert.Equal(
            ExitCode.Refuted,
            ToolRunner.Run("check", certificate, "--network", network, "--property", property).ExitCode);
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("check", certificate, "--network", network).ExitCode);
        ToolRunner.Run("check", certificate, "--property", property).AssertFailedInOneLine(ExitCode.Usage);
    }

    [Fact]
    public void Many_boxes_of_one_property_cost_little_each_and_are_decided()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        int[] widths = [1, 32, 32, 1];
        ReluNetwork network = new([.. widths.Zip(widths.Skip(1), (columns, rows) => Affine.FromRows(
            [.. Enumerable.Range(0, rows)
                .Select(_ =>
                    (IReadOnlyList<double>)[.. Enumerable.Range(0, columns)
                        .Select(_ => (random.Next(-32, 32) + 0.5) / 128)])],
            new double[rows]))]);
        string Property(double bound) =>
            "(declare-const X_0 Real)(declare-const Y_0 Real)(assert (or\n"
                + string.Concat(Enumerable.Range(0, 2000).Select(k =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"(and (>= X_0 {k / 2000.0:F7}) (<= X_0 {(k + 1) / 2000.0:F7}) (>= Y_0 {bound + (k % 7):F3}))\n")))
                    + "))";
        string file = Network(folder, network);
        foreach ((double bound, string answer) in new[] { (10.0, "unsat"), (-10.0, "sat") })
        {
            string property = folder.File("many.vnnlib", Property(bound)), certificate = folder.File("c.gz");
            ToolRun run = ToolRunner.Run("vnnlib", file, property, "--certificate", certificate);
            Assert.Equal((ExitCode.Holds, "", answer), (run.ExitCode, run.Error, run.Out.Split('\n')[0]));
            Assert.StartsWith(
                "ACCEPTED ", ToolRunner.Run("check", certificate, "--network", file, "--property", property).Out,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_holds_the_exact_point()
    {
        ToolRun run = Decide("(>= Y_0 1.0)", "--json");
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("sat", json.RootElement.GetProperty("result").GetString());
        Assert.Equal("1", json.RootElement.GetProperty("outputs")[0].GetString());
    }

    [Theory]
    [InlineData("(<= Y_0 -0.1)", ExitCode.Holds, "unsat")]
    [InlineData("(>= Y_0 0.5)", ExitCode.Holds, "sat")]
    [InlineData("(>= Y_0 1.0)", ExitCode.Holds, "sat")] // at the ends nothing is rounded
    [InlineData("(<= Y_0 -1.7)", ExitCode.Inconclusive, "unknown")] // near the value that rounding decides
    public void Answers_about_binary32_executions_say_so(string constraint, int exitCode, string answer)
    {
        using var folder = new TemporaryFolder();
        string network = Network(folder, answer == "unknown" ? Order : Modulus);
        ToolRun run = ToolRunner.Run(
            "vnnlib", network, Property(folder, constraint), "--timeout", "20", "--semantics", "float32", "--json");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(answer == "unknown" ? 1 : 0, run.Error.Count(c => c == '\n'));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("float32", json.RootElement.GetProperty("semantics").GetString());
        Assert.Equal(answer, json.RootElement.GetProperty("result").GetString());
    }

    [Fact]
    public void Binary32_semantics_has_no_certificate_and_wants_binary32_weights()
    {
        Decide("(<= Y_0 -0.1)", "--semantics", "float32", "--certificate", "c.txt")
            .AssertFailedInOneLine(ExitCode.Usage);
        Decide("(<= Y_0 -0.1)", "--semantics", "float16").AssertFailedInOneLine(ExitCode.Usage);
        using var folder = new TemporaryFolder();
        string network = Network(folder, new([Affine.FromRows([[0.1]], [0])])),
            property = Property(folder, "(<= Y_0 -0.1)");
        ToolRunner.Run("vnnlib", network, property, "--semantics", "float32").AssertFailedInOneLine(ExitCode.Data);
    }

    // Mutated files: an answer or one line, never a crash or a hang; a mutated certificate of a wrong answer is
    // rejected (PropertyCertificateTests).
    [Fact]
    public void Mutated_files_give_an_answer_or_one_line()
    {
        using var folder = new TemporaryFolder();
        string onnx = folder.File("network.onnx"), property = Property(folder, "(<= Y_0 -0.1)"),
            certificate = folder.File("c.gz");
        Networks.Write(onnx, Modulus);
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("vnnlib", onnx, property, "--certificate", certificate).ExitCode);
        byte[][] sources = [File.ReadAllBytes(onnx), File.ReadAllBytes(property), File.ReadAllBytes(certificate)];
        var random = new Random(5);
        int trials = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 100_000 : 300;
        for (int n = 0; n < trials; n++)
        {
            byte[] bytes = Mutated(random, sources[n % 3]);
            string file = folder.File("mutated");
            File.WriteAllBytes(file, bytes);
            ToolRun run = (n % 3) switch
            {
                0 => ToolRunner.Run("vnnlib", file, property, "--timeout", "0.05"),
                1 => ToolRunner.Run("vnnlib", onnx, file, "--timeout", "0.05"),
                _ => ToolRunner.Run("check", file),
            };
            if (run.ExitCode is not (ExitCode.Holds or ExitCode.Refuted or ExitCode.Inconclusive))
            {
                Assert.True(run.ExitCode == ExitCode.Data, $"mutation {n}: exit code {run.ExitCode}, {run.Error}");
                run.AssertFailedInOneLine(ExitCode.Data);
            }
        }
    }

    private static byte[] Mutated(Random random, byte[] source)
    {
        byte[] bytes = [.. source];
        for (int k = random.Next(1, 6); k > 0; k--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[int.Min(bytes.Length, at + random.Next(1, 9))..], 0];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
                    break;
            }
        }

        return bytes;
    }

    private static ToolRun Decide(string constraint, params string[] more)
    {
        using var folder = new TemporaryFolder();
        return ToolRunner.Run(
            ["vnnlib", Network(folder, Modulus), Property(folder, constraint), "--timeout", "20", .. more]);
    }

    private static string Network(TemporaryFolder folder, ReluNetwork network)
    {
        string file = folder.File("network.json");
        Networks.Write(file, network);
        return file;
    }

    private static string Property(TemporaryFolder folder, string constraint) => folder.File(
        $"property{constraint.Length}.vnnlib",
        $"""
        (declare-const X_0 Real)
        (declare-const Y_0 Real)
        (assert (>= X_0 -1.0))
        (assert (<= X_0 1.0))
        (assert {constraint})
        """);
}
