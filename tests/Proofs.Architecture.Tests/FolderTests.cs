using System.Text.RegularExpressions;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using Xunit;

namespace Proofs.Architecture.Tests;

/// <summary>A folder is a namespace, folders form no circle, and a name is declared once.</summary>
public partial class FolderTests
{
    public static TheoryData<string> All => [.. Rooms.InOrder];

    [Theory]
    [MemberData(nameof(All))]
    public void The_namespace_is_the_folder(string assembly)
    {
        string source = Path.Combine(RepositoryFiles.Root, "src");
        var wrong = new List<string>();
        foreach (string file in Rooms.Sources(assembly))
        {
            string text = File.ReadAllText(file);
            string folder =
                Path.GetRelativePath(source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            string? declared = Namespace().Match(text) is { Success: true } m ? m.Groups[1].Value : null;
            if (declared is null ? Type().IsMatch(text) : declared != folder)
            {
                wrong.Add($"{Path.GetRelativePath(source, file)}: {declared ?? "no namespace"}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_form_no_circle()
    {
        string found = string.Join('\n', Circles("Proofs.(**)", Rooms.All));
        Assert.True(found.Length == 0, found);
    }

    [Fact]
    public void A_circle_of_folders_is_found() => Assert.NotEmpty(Circles(
        "Proofs.Architecture.Tests.Circle.(**)",
        new ArchLoader().LoadAssembly(typeof(Circle.Here.First).Assembly).Build()));

    [Fact]
    public void A_name_is_declared_once()
    {
        var twice = Rooms.InOrder.SelectMany(a => Rooms.Declared(Rooms.Load(a)))
            .GroupBy(t => t.Name.Split('`')[0], StringComparer.Ordinal)
            .Where(g => g.Select(t => t.Namespace).Distinct().Count() > 1);
        Assert.Empty(twice.Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => t.FullName))}"));
    }

    [Fact]
    public void Tests_stand_where_the_sources_stand()
    {
        // What tests are about where they are about no one folder.
        string[] own = ["Fixtures", "Forgeries"];
        var wrong = new List<string>();
        foreach (string assembly in Rooms.InOrder.Select(Rooms.Namespace))
        {
            string tests = Path.Combine(RepositoryFiles.Root, "tests", assembly + ".Tests");
            foreach (string file in Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories))
            {
                string folder = Path.GetRelativePath(tests, Path.GetDirectoryName(file)!);
                string first = folder.Split(Path.DirectorySeparatorChar)[0];
                if (first is not ("." or "obj" or "bin") && !own.Contains(first)
                    && !Directory.Exists(Path.Combine(RepositoryFiles.Root, "src", assembly, folder)))
                {
                    wrong.Add(Path.GetRelativePath(RepositoryFiles.Root, file));
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Circles(string folders, ArchUnitNET.Domain.Architecture architecture) =>
        SliceRuleDefinition.Slices().Matching(folders).Should().BeFreeOfCycles()
            .Evaluate(architecture).Where(r => !r.Passed).Select(r => r.Description);

    [GeneratedRegex(@"^namespace ([\w.]+)\s*[;{]", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(public|internal)?\s*((static|sealed|abstract|readonly|partial) )*(class|struct|record|interface|enum) \w",
        RegexOptions.Multiline)]
    private static partial Regex Type();
}
