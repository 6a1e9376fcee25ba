using System.Diagnostics;
using System.Globalization;

namespace Proofs.Cli.Tests;

public sealed class InterruptTests
{
    private const string Network = """
        { "format": "proofs-network", "version": 1, "layers": [
          { "columns": 2, "rowStart": [0, 2], "column": [0, 1], "value": [1, 1], "bias": [-0.5] },
          { "columns": 1, "rowStart": [0, 1], "column": [0], "value": [1], "bias": [0] }] }
        """;

    [SkippableOnWindowsFact]
    public void An_interrupt_ends_a_long_search_with_one_line_and_exit_code_130()
    {
        using var folder = new TemporaryFolder();
        using Process search = ToolRunner.Start(folder.Path, "certify", folder.File("network.json", Network), "--norm", "L2",
            "--target", "sin(20*x1)*cos(30*x2)", "--domain", "[0,1]^2", "--rel-gap", "1e-9", "--timeout", "300");
        Assert.False(search.WaitForExit(TimeSpan.FromSeconds(3)), "the search ended before it could be interrupted");
        using Process kill = Process.Start("kill", ["-INT", search.Id.ToString(CultureInfo.InvariantCulture)]);
        bool ended = search.WaitForExit(TimeSpan.FromSeconds(30));
        if (!ended)
        {
            search.Kill();
        }

        Assert.True(ended, "the interrupt did not end the search within 30 seconds");
        Assert.Equal((130, "proofs certify: interrupted\n"), (search.ExitCode, search.StandardError.ReadToEnd()));
    }
}
