using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Proofs.Tests;

/// <summary>The folder of the solution, found from this file's path, and what tests read from it.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder that holds Verification.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The reference values of docs/math: the root of tests/fixtures/NAME.</summary>
    public static JsonElement Fixture(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "tests", "fixtures", name)));
        return json.RootElement.Clone();
    }

    private static string Find([CallerFilePath] string source = "")
    {
        string? folder = Path.GetDirectoryName(source);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Verification.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"expected Verification.sln above {source}");
    }
}
