using System.Diagnostics;
using System.Globalization;
using Proofs.Cli.Reading;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Tests;

public sealed class InterruptTests
{
    private const string Network = """
        { "format": "proofs-network", "version": 1, "layers": [
          { "columns": 2, "rowStart": [0, 2], "column": [0, 1], "value": [1, 1], "bias": [-0.5] },
          { "columns": 1, "rowStart": [0, 1], "column": [0], "value": [1], "bias": [0] }] }
        """;

    [SkippableOnWindowsFact]
    public void An_interrupt_ends_a_long_search_with_what_it_found_and_exit_code_130()
    {
        using var folder = new TemporaryFolder();
        using Process search =
            ToolRunner.Start(folder.Path, "certify", folder.File("network.json", Network), "--norm", "L2",
            "--target", "sin(20*x1)*cos(30*x2)", "--domain", "[0,1]^2", "--rel-gap", "1e-9", "--timeout", "300");
        Assert.Equal((130, "proofs certify: interrupted\n"), Interrupted(search));
        Assert.StartsWith("INCONCLUSIVE\n", search.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }

    [SkippableOnWindowsTheory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 143)]
    public void A_signal_ends_a_search_for_extrema_with_what_it_found(string signal, int exitCode)
    {
        using var folder = new TemporaryFolder();
        using Process search = ToolRunner.Start(
            folder.Path, "bound", "cos(x1)^2 - cos(x2)^2 + sin(x1+x2)*sin(x1-x2)", "--domain", "[-1,1]^2",
            "--certificate", "c.txt");
        Assert.Equal((exitCode, "proofs bound: interrupted\n"), Interrupted(search, signal));
        Assert.StartsWith("INCONCLUSIVE\n", search.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [SkippableOnWindowsTheory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 143)]
    public void An_interrupt_and_a_termination_request_end_a_search_for_a_proof(string signal, int exitCode)
    {
        using var folder = new TemporaryFolder();
        using Process search = ToolRunner.Start(
            folder.Path, "prove",
            "forall x in int [1, inf), y in int [1, inf), z in int [1, inf) : (x^3 + y^3 - z^3)^2 >= 1",
            "--steps", "1000000000000", "--certificate", "c.cert");
        Assert.Equal((exitCode, "proofs prove: interrupted\n"), Interrupted(search, signal));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [SkippableOnWindowsFact]
    public void An_interrupt_ends_a_search_for_a_counterexample_and_leaves_no_part_of_a_certificate()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        int[] widths = [8, 40, 40, 40, 1];
        var network = new ReluNetwork([.. widths.Zip(widths.Skip(1), (columns, rows) => Affine.FromRows(
            [.. Enumerable.Range(0, rows)
                .Select(_ =>
                    (IReadOnlyList<double>)[.. Enumerable.Range(0, columns)
                        .Select(_ => (random.Next(-32, 32) + 0.5) / 64)])],
            new double[rows]))]);
        Networks.Write(folder.File("network.json"), network);
        string inputs = string.Concat(Enumerable.Range(0, 8).Select(i =>
            $"(declare-const X_{i} Real)(assert (>= X_{i} -1.0))(assert (<= X_{i} 1.0))\n"));
        string property = folder.File("p.vnnlib", $"{inputs}(declare-const Y_0 Real)(assert (<= Y_0 -10.0))");
        using Process search = ToolRunner.Start(
            folder.Path, "vnnlib", folder.File("network.json"), property, "--timeout", "300", "--certificate",
            folder.File("c.gz"));
        Assert.Equal((130, "proofs vnnlib: interrupted\n"), Interrupted(search));
        Assert.Equal("unknown\n", search.StandardOutput.ReadToEnd());
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length); // no certificate, and no temporary file
    }

    private static (int ExitCode, string Error) Interrupted(Process search, string signal = "-INT")
    {
        Assert.False(search.WaitForExit(TimeSpan.FromSeconds(3)), "the search ended before it could be interrupted");
        using Process kill = Process.Start("kill", [signal, search.Id.ToString(CultureInfo.InvariantCulture)]);
        bool ended = search.WaitForExit(TimeSpan.FromSeconds(15));
        if (!ended)
        {
            search.Kill();
        }

        Assert.True(ended, "the interrupt did not end the search within 15 seconds");
        return (search.ExitCode, search.StandardError.ReadToEnd());
    }
}
