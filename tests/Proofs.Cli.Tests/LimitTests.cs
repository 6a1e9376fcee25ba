using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Proofs.Cli.Tests;

/// <summary>
/// A time limit is kept whatever a command is at: reading, searching, writing a certificate or at a huge number.
/// </summary>
public sealed class LimitTests
{
    private const int Limit = 2; // seconds
    // the runs share a machine, and the process has to start: what is told apart is seconds from minutes
    private const int Late = 30;

    private const string Identity = """
        {"format":"proofs-network","version":1,"layers":[
        {"columns":1,"rowStart":[0,1],"column":[0],"value":[1],"bias":[0]}]}
        """;

    [Theory]
    [InlineData("cos(x1)^2 - cos(x2)^2 + sin(x1+x2)*sin(x1-x2)", "[-1,1]^2", "c.txt")]
    [InlineData("sin(x)^2 + cos(x)^2 - 1", "[-100,100]", "c.txt")]
    [InlineData("sin(10^1000*x)", "[0,1]", null)]
    [InlineData("sin(x1*x2*x3*x4) - cos(x1)*x2/(1 + x3^2 + x4^4)", "[-5,5]^4", "c.txt")]
    public void Bound_keeps_it(string formula, string domain, string? certificate)
    {
        string[] file = certificate is null ? [] : ["--certificate", certificate];
        ToolRun run = Within(folder => ["bound", formula, "--domain", domain, "--rel-gap", "1e-12", .. file]);
        AssertEndedByTheLimitOrDone(run);
    }

    [Theory]
    [InlineData("sup")]
    [InlineData("L2")]
    public void Certify_keeps_it_with_many_boxes(string norm)
    {
        ToolRun run = Within(folder =>
        {
            var boxes = new StringBuilder();
            for (int k = 0; k < 300_000; k++)
            {
                boxes.Append(CultureInfo.InvariantCulture, $"[{k}/300000,{k + 1}/300000]\n");
            }

            return ["certify", folder.File("n.json", Identity), "--target", "sin(30*x)", "--domain",
                $"@{folder.File("boxes.txt", boxes.ToString())}", "--norm", norm, "--rel-gap", "1e-9"];
        });
        AssertEndedByTheLimitOrDone(run);
    }

    [Fact]
    public void Certify_keeps_it_while_a_certificate_is_written()
    {
        ToolRun run =
            Within(folder => ["certify", folder.File("n.json", Identity), "--target", "sin(30*x)", "--domain", "[0,1]",
            "--at-most", "1.60000000001", "--rel-gap", "1e-9", "--certificate", folder.File("c.txt")]);
        Assert.True(
            run.Out.StartsWith("CERTIFIED\n", StringComparison.Ordinal)
                || run.Out.StartsWith("REFUTED\n", StringComparison.Ordinal)
            || run.Out.StartsWith("INCONCLUSIVE\n", StringComparison.Ordinal), run.Out);
    }

    [Fact]
    public void Vnnlib_keeps_it_between_many_boxes()
    {
        ToolRun run = Within(folder =>
        {
            // |x| is bounded from below by x on each of these boxes, which does not exclude it at once
            var property = new StringBuilder("(declare-const X_0 Real)(declare-const Y_0 Real)(assert (or\n");
            for (int k = 0; k < 60_000; k++)
            {
                property.Append(
                    CultureInfo.InvariantCulture, $"(and (>= X_0 -{k + 1}.0) (<= X_0 {2 * (k + 1)}.0) (< Y_0 0.0))\n");
            }

            const string Modulus = """
                {"format":"proofs-network","version":1,"layers":[
                  {"columns":1,"rowStart":[0,1,2],"column":[0,0],"value":[1,-1],"bias":[0,0]},
                  {"columns":2,"rowStart":[0,2],"column":[0,1],"value":[1,1],"bias":[0]}]}
                """;
            return ["vnnlib", folder.File("n.json", Modulus),
                folder.File("p.vnnlib", property.Append("))").ToString())];
        });
        Assert.True(run.Out is "timeout\n" or "unsat\n", run.Out); // a machine may be fast enough
    }

    // A fast machine may be done before; where the limit ended the search, it is said, with or without a bound.
    private static void AssertEndedByTheLimitOrDone(ToolRun run)
    {
        if (!run.Out.StartsWith("ENCLOSED\n", StringComparison.Ordinal))
        {
            Assert.StartsWith("INCONCLUSIVE\n", run.Out, StringComparison.Ordinal);
            Assert.Contains($"ended: the time limit of {Limit} s is reached", run.Out, StringComparison.Ordinal);
        }
    }

    private static ToolRun Within(Func<TemporaryFolder, string[]> arguments)
    {
        using var folder = new TemporaryFolder();
        string[] command = arguments(folder);
        var clock = Stopwatch.StartNew();
        ToolRun run = ToolRunner.RunProcess(
            folder.Path, [.. command, "--timeout", Limit.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(
            clock.Elapsed < TimeSpan.FromSeconds(Limit + Late), $"took {clock.Elapsed}: {string.Join(' ', command)}");
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
        return run;
    }
}
