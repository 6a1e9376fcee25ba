using Xunit;

namespace Proofs.Architecture.Tests;

/// <summary>No line of a source is longer than 120 columns.</summary>
public class LineTests
{
    private const int Columns = 120;

    private static readonly string[] Folders = ["src", "tests", "benchmarks", "paper-artifacts", "examples"];

    private static readonly string[] Kinds = [".cs", ".fs", ".fsx", ".cake"];

    [Fact]
    public void Lines_have_at_most_120_columns()
    {
        char bar = Path.DirectorySeparatorChar;
        var files = Folders.SelectMany(f => Directory.EnumerateFiles(
                Path.Combine(RepositoryFiles.Root, f), "*", SearchOption.AllDirectories))
            .Append(Path.Combine(RepositoryFiles.Root, "build.cake"))
            .Where(f => Kinds.Contains(Path.GetExtension(f)) && !f.Contains($"{bar}obj{bar}", StringComparison.Ordinal)
                && !f.EndsWith(".g.cs", StringComparison.Ordinal)); // made by protoc
        var wide = files.SelectMany(f => File.ReadLines(f).Select((line, i) => (f, i, line)))
            .Where(l => l.line.Length > Columns)
            .Select(l => $"{Path.GetRelativePath(RepositoryFiles.Root, l.f)}:{l.i + 1}: {l.line.Length} columns");
        Assert.Empty(wide);
    }
}
