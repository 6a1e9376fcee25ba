using Proofs.Cli.Sessions;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

public sealed class UsageTests
{
    [Fact]
    public void Help_is_printed_on_stdout_and_is_no_failure()
    {
        ToolRun run = ToolRunner.Run("--help");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Contains("--version", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_line_without_a_commit()
    {
        ToolRun run = ToolRunner.Run("--version");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", run.Out);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("--nonsense")]
    [InlineData("nonsense", "--help-me")]
    [InlineData("[suggest]")]
    [InlineData("@arguments")]
    [InlineData("--json")]
    [InlineData("-abc")]
    public void A_command_that_does_not_exist_is_bad_usage(params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(arguments);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains("expected a command", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_shows_control_characters_instead_of_sending_them_to_the_terminal()
    {
        ToolRun run = ToolRunner.Run("a\nb\u001b[2Jc\u2028d");
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(@"a b\u001B[2Jc\u2028d", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_ends_with_the_exit_code_of_the_tool()
    {
        ToolRunner.RunProcess(RepositoryFiles.Root, "nonsense").AssertFailedInOneLine(ExitCode.Usage);
        Assert.Equal(ExitCode.Holds, ToolRunner.RunProcess(RepositoryFiles.Root, "--help").ExitCode);
    }
}
