using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class VerifyCommandTests
{
    private static readonly string Library = typeof(SamplePapers).Assembly.Location;

    [Fact]
    public void A_library_with_a_false_claim_is_refuted_and_the_claim_is_explained()
    {
        ToolRun run = ToolRunner.Run("verify", Library);
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.Contains("claim \"sum\" refuted", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "1 of 2 claims hold: 0 proved, 1 certified, 0 supported, 1 refuted; 2 of 2 mutants refuted\n", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_one_object_with_every_row()
    {
        ToolRun run = ToolRunner.Run("verify", Library, "--json", "--seed", "7");
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(7, json.RootElement.GetProperty("seed").GetInt64());
        Assert.Equal(
            ["certified", "refuted", "refuted", "refuted"], json.RootElement.GetProperty("theorems").EnumerateArray()
            .SelectMany(t => t.GetProperty("rows").EnumerateArray())
            .Select(r => r.GetProperty("verdict").GetString()));
    }

    [Fact]
    public void Reports_are_the_same_bytes_each_time()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["a/b", "c"])
        {
            Assert.Equal(ExitCode.Refuted, ToolRunner.Run("verify", Library, "--out", folder.File(name)).ExitCode);
        }

        string[] files = [.. Directory.GetFiles(folder.File("c"), "*", SearchOption.AllDirectories)];
        Assert.Contains(files, f => f.EndsWith("sample-sound/numbers.tex", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith("junit.xml", StringComparison.Ordinal));
        Assert.All(files, f => Assert.Equal(
            File.ReadAllText(f),
            File.ReadAllText(f.Replace(folder.File("c"), folder.File("a/b"), StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--profile: expected quick or full, got 'slow'", "--profile", "slow")]
    [InlineData(ExitCode.Usage, "--seed: expected a whole number", "--seed", "-1")]
    [InlineData(ExitCode.Usage, "--jobs: expected a whole number from 1", "--jobs", "0")]
    [InlineData(ExitCode.Usage, "no-such-theorem", "no-such-theorem")]
    [InlineData(ExitCode.Data, "no/such/folder: cannot be read", "no/such/folder")]
    public void What_cannot_be_verified_is_told(int exitCode, string message, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(["verify", .. arguments]);
        run.AssertFailedInOneLine(exitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_told()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("verify", folder.File("paper.dll", "no library"));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(
            "paper.dll: expected a library that declares paper artifacts", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_verification_ends_with_the_code_of_an_interrupt()
    {
        ToolRun run = ToolRunner.Run(new CancellationToken(canceled: true), "verify", Library);
        run.AssertFailedInOneLine(ExitCode.Interrupted);
        Assert.Equal("proofs verify: interrupted\n", run.Error);
    }
}
