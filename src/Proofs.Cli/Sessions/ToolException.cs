namespace Proofs.Cli.Sessions;

/// <summary>Ends a command with an exit code and one line on stderr.</summary>
internal abstract class ToolException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>The command line asks for something that does not exist; exit code 64.</summary>
internal sealed class UsageException(string message) : ToolException(Proofs.Cli.Sessions.ExitCode.Usage, message);

/// <summary>A file or a formula cannot be used; exit code 65.</summary>
/// <param name="message">The file, the position in it where known, what was expected there, and what was found.</param>
internal sealed class InputException(string message) : ToolException(Proofs.Cli.Sessions.ExitCode.Data, message)
{
    /// <summary>A problem at a place.</summary>
    public InputException(string place, string problem)
        : this($"{place}: {problem}")
    {
    }
}
