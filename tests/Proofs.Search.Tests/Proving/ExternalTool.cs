using System.Diagnostics;

namespace Proofs.Search.Tests.Proving;

/// <summary>Runs a program of the system, where it is installed.</summary>
internal static class ExternalTool
{
    /// <summary>The path of the program, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>What the program prints on both streams, and its exit code.</summary>
    public static (int ExitCode, string Output) Run(string program, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {limit}");
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}

internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string program, bool longProfile = false) =>
        Skip = ToolTheoryAttribute.Why(program, longProfile);
}

internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string program) => Skip = Why(program, longProfile: false);

    public static string? Why(string program, bool longProfile) =>
        ExternalTool.Find(program) is null ? $"{program} is not installed"
        : longProfile && Environment.GetEnvironmentVariable("PROOFS_PROFILE") != "full"
        ? "runs in the long profile only"
        : null;
}
