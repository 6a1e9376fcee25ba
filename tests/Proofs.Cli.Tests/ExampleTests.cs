using System.Diagnostics;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

/// <summary>The scripts a reader is shown run as they stand.</summary>
public sealed class ExampleTests
{
    [FactAfterBuild]
    public async Task The_example_with_a_surface_of_ones_own_holds()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("fsi");
        start.ArgumentList.Add(Path.Combine("examples", "own-surface.fsx"));
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches(@"(\d+) of \1 claims hold", output);
    }

    [Fact]
    public void The_README_shows_the_example_as_it_is()
    {
        string script = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "examples", "own-surface.fsx"))
            .ReplaceLineEndings("\n").Trim();
        string readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains(script, readme, StringComparison.Ordinal);
    }
}

/// <summary>
/// A test that needs the libraries ./build.sh puts in out/lib; it skips and says so where they are missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactAfterBuildAttribute : FactAttribute
{
    public FactAfterBuildAttribute()
    {
        if (!File.Exists(Path.Combine(RepositoryFiles.Root, "out", "lib", "Proofs.FSharp.dll")))
        {
            Skip = "out/lib is missing: run ./build.sh first";
        }
    }
}
