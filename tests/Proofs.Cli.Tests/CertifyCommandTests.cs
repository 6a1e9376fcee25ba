using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Kernel;

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

    [Theory]
    [InlineData("--target 'x +': column 4", "--target", "x +", "--domain", "[0,1]")]
    [InlineData("expected the inputs x only, found y", "--target", "y", "--domain", "[0,1]")]
    [InlineData("--domain 'box': 'box' is not a box at column 1", "--target", "x", "--domain", "box")]
    [InlineData("--domain has 2 sides, expected 1", "--target", "x1", "--domain", "[0,1]^2")]
    [InlineData("--norm: expected sup, L1, L2", "--target", "x", "--domain", "[0,1]", "--norm", "L0")]
    [InlineData("--at-most: expected a non-negative number, got '-1'", "--target", "x", "--domain", "[0,1]", "--at-most", "-1")]
    [InlineData("--rel-gap: expected a number between 0 and 1, got '0'", "--target", "x", "--domain", "[0,1]", "--rel-gap", "0")]
    [InlineData("--where 'x': column 2", "--target", "x", "--domain", "[0,1]", "--where", "x")]
    public void Bad_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        ToolRun run = Certify(arguments);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_network_is_told_in_one_line()
    {
        ToolRun run = ToolRunner.Run("certify", "no-such.onnx", "--target", "x", "--domain", "[0,1]");
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Equal("proofs certify: no-such.onnx: cannot be read: there is no such file\n", run.Error);
    }

    private static ToolRun Certify(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("interpolant.json");
        Networks.Write(file, Interpolant);
        return ToolRunner.Run(["certify", file, .. arguments]);
    }
}
