using Proofs.Cli.Commands;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands() =>
        [.. CommandList.Create(new Session(TextWriter.Null, TextWriter.Null, false, CancellationToken.None))
            .Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_explains_itself_and_takes_JSON(string command)
    {
        ToolRun run = ToolRunner.Run(command, "--help");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Contains("--json", run.Out, StringComparison.Ordinal);
        Assert.Contains(command, ToolRunner.Run("--help").Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_option_that_a_command_does_not_have_is_bad_usage(string command) =>
        ToolRunner.Run(command, "--no-such-option").AssertFailedInOneLine(ExitCode.Usage);
}
