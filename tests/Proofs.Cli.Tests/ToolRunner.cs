using System.Diagnostics;
using System.Runtime.CompilerServices;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

/// <summary>What one run of the tool gave.</summary>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    /// <summary>Fails unless the run ended in the one line on stderr that a failure is allowed.</summary>
    public void AssertFailedInOneLine(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, got {ExitCode}; stderr: {Error}");
        Assert.Equal("", Out);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(c => c == '\n'));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}

/// <summary>Runs the tool inside this process, or as the process a user would start.</summary>
internal static class ToolRunner
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    /// <summary>Runs the tool in this process.</summary>
    public static ToolRun Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    /// <summary>Runs the tool in this process with a way to stop it.</summary>
    public static ToolRun Run(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = Tool.Run(arguments, new Session(output, error, ShowsProgress: false, stop));
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts the tool as a process of its own, without standard input.</summary>
    public static ToolRun RunProcess(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(LongestRun))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"proofs {string.Join(' ', arguments)} did not end within {LongestRun}");
        }

        process.WaitForExit();
        return new ToolRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the tool and returns while it runs.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Tool).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("PROOFS_DEBUG");
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.StandardInput.Close();
        return process;
    }
}
