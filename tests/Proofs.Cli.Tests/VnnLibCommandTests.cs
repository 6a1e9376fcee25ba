using Proofs.Cli.Reading;
using Proofs.Constructions;

namespace Proofs.Cli.Tests;

public sealed class VnnLibCommandTests
{
    // y = |x|
    private static readonly ReluNetwork Modulus = new([Affine.FromRows([[1], [-1]], [0, 0]), Affine.FromRows([[1, 1]], [0])]);

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

    private static ToolRun Decide(string constraint, params string[] more)
    {
        using var folder = new TemporaryFolder();
        string network = folder.File("network.json");
        Networks.Write(network, Modulus);
        string property = folder.File("property.vnnlib", $"""
            (declare-const X_0 Real)
            (declare-const Y_0 Real)
            (assert (>= X_0 -1.0))
            (assert (<= X_0 1.0))
            (assert {constraint})
            """);
        return ToolRunner.Run(["vnnlib", network, property, "--timeout", "20", .. more]);
    }
}
