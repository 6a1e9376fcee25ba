using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Tests;

public sealed class InvarianceCommandTests
{
    private static readonly ReluNetwork Symmetric = new(
        [Affine.FromRows([[1, 0.5], [0.5, 1]], [0.1, 0.1]), Affine.FromRows([[0.3, 0.3]], [0])]);

    private static readonly ReluNetwork Other = new(
        [Affine.FromRows([[1, 0.5], [0.5, 1]], [0.1, 0.1]), Affine.FromRows([[0.3, Math.BitIncrement(0.3)]], [0])]);

    [Fact]
    public void An_invariant_network_gets_a_certificate_that_check_accepts()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("c.txt");
        ToolRun run = Decide(Symmetric, folder, "S2", "--certificate", certificate);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("EXACTLY INVARIANT\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("all real x", run.Out, StringComparison.Ordinal);
        Assert.Contains("for the whole group", run.Out, StringComparison.Ordinal);
        ToolRun check = ToolRunner.Run("check", certificate);
        Assert.Equal(ExitCode.Holds, check.ExitCode);
        File.WriteAllText(
            certificate,
            File.ReadAllText(certificate).Replace("units 1:1 0:1", "units 0:1 1:1", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("check", certificate).ExitCode);
    }

    [Fact]
    public void A_certificate_is_bound_to_its_network()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("c.txt"), network = folder.File("network.onnx"),
            other = folder.File("other.onnx");
        Assert.Equal(ExitCode.Holds, Decide(Symmetric, folder, "S2", "--certificate", certificate).ExitCode);
        Networks.Write(other, Other);
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("check", certificate, "--network", network).ExitCode);
        ToolRun rejected = ToolRunner.Run("check", certificate, "--network", other);
        Assert.Equal(ExitCode.Refuted, rejected.ExitCode);
        Assert.Contains("another network", rejected.Out, StringComparison.Ordinal);
        ToolRunner.Run("check", certificate, "--property", network).AssertFailedInOneLine(ExitCode.Usage);
    }

    [Fact]
    public void A_sorter_of_16_numbers_is_exactly_invariant_and_its_certificate_is_accepted()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("c.txt"), network = folder.File("sorter.onnx");
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("build", "sorter", "n=16", "-o", network).ExitCode);
        ToolRun run = ToolRunner.Run("invariance", network, "--group", "S16", "--certificate", certificate);
        Assert.Equal(ExitCode.Holds, run.ExitCode);
        Assert.StartsWith("EXACTLY INVARIANT\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("0-1 principle", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("check", certificate, "--network", network).ExitCode);
        ToolRunner.Run("invariance", network, "--group", "S15").AssertFailedInOneLine(ExitCode.Usage);
        Assert.Equal(
            ExitCode.Refuted,
            ToolRunner.Run("invariance", network, "--group", "S16", "--domain", "[-1,1]^16").ExitCode);
    }

    [Fact]
    public void A_refutation_names_generator_witness_and_violation()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("c.txt");
        ToolRun run = Decide(Other, folder, "S2", "--certificate", certificate);
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("REFUTED\n", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"generator: \(1 2\)\nwitness: x1 = .*\nPhi\(g x\) = .*\nPhi\(x\) = .*\nviolation: ", run.Out);
        Assert.False(File.Exists(certificate));
    }

    [Fact]
    public void Json_holds_the_exact_witness()
    {
        using var folder = new TemporaryFolder();
        using JsonDocument json = JsonDocument.Parse(Decide(Other, folder, "S2", "--json").Out);
        Assert.Equal("refuted", json.RootElement.GetProperty("verdict").GetString());
        JsonElement generator = json.RootElement.GetProperty("generators")[0];
        Assert.Equal(2, generator.GetProperty("point").GetArrayLength());
        Assert.Contains("/", generator.GetProperty("violation").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S3")]
    [InlineData("round")]
    [InlineData("signs 3")]
    public void A_group_that_does_not_fit_is_bad_usage_in_one_line(string group)
    {
        using var folder = new TemporaryFolder();
        Decide(Symmetric, folder, group).AssertFailedInOneLine(ExitCode.Usage);
    }

    [Theory]
    [InlineData("(1 3)")]
    [InlineData("1 1; 0 1")]
    [InlineData("3/5 -4/5; 4/5 3/5")]
    public void A_generator_that_does_not_fit_is_told_with_its_file(string generator)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Decide(Symmetric, folder, "@" + folder.File("g.txt", generator + "\n"));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains("g.txt", run.Error, StringComparison.Ordinal);
        Decide(Symmetric, folder, "@" + folder.File("missing")).AssertFailedInOneLine(ExitCode.Data);
    }

    [Fact]
    public void A_domain_that_does_not_fit_is_bad_usage()
    {
        using var folder = new TemporaryFolder();
        Decide(Symmetric, folder, "S2", "--domain", "[0,1]^3").AssertFailedInOneLine(ExitCode.Usage);
        Decide(Symmetric, folder, "S2", "--equivariant").AssertFailedInOneLine(ExitCode.Usage);
    }

    private static ToolRun Decide(ReluNetwork network, TemporaryFolder folder, string group, params string[] more)
    {
        string file = folder.File("network.onnx");
        Networks.Write(file, network);
        return ToolRunner.Run(["invariance", file, "--group", group, .. more]);
    }
}
