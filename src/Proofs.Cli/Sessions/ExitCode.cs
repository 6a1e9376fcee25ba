namespace Proofs.Cli.Sessions;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>What was asked holds, or was done.</summary>
    public const int Holds = 0;

    /// <summary>A claim is refuted, a certificate rejected.</summary>
    public const int Refuted = 1;

    /// <summary>Not decided within the budget given.</summary>
    public const int Inconclusive = 2;

    /// <summary>The command line is wrong (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>An input cannot be read, or an output cannot be written (EX_DATAERR).</summary>
    public const int Data = 65;

    /// <summary>A defect of the tool itself (EX_SOFTWARE).</summary>
    public const int Internal = 70;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by a termination request: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
