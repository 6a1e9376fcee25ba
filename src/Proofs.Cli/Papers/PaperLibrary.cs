using System.Collections.Immutable;
using System.Reflection;
using Proofs.Checks.Papers;
using Proofs.Cli.Libraries;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Papers;

/// <summary>One paper that was found.</summary>
/// <param name="Artifact">The paper.</param>
/// <param name="Path">The path by which it was asked for; null where it is one of the built papers, which go by their
/// names.</param>
internal sealed record LoadedPaper(PaperArtifact Artifact, string? Path);

/// <summary>Papers, and what could not be loaded, a line each: a bad library takes no other down.</summary>
/// <param name="Papers">The papers, in the order of their keys.</param>
/// <param name="Problems">What is wrong with the others, with the place.</param>
internal sealed record LoadedPapers(ImmutableArray<LoadedPaper> Papers, ImmutableArray<string> Problems);

/// <summary>Finds and loads built paper artifacts: libraries that declare them as public static properties.</summary>
/// <remarks>
/// A build puts each folder of paper-artifacts as a library into out/paper-artifacts, under its own name. The tool
/// looks there from its own folder upwards, and then from the current folder upwards.
/// </remarks>
internal static class PaperLibrary
{
    private const string Built = "paper-artifacts";

    /// <summary>The artifacts of every built paper; none where nothing was built.</summary>
    public static LoadedPapers All()
    {
        List<LoadedPapers> loaded =
            [.. BuiltFolders().Select(f => MainLibrary(f) is { } library ? Load(library, null) : NotBuilt(f))];
        return new(
            [.. loaded.SelectMany(l => l.Papers).OrderBy(p => p.Artifact.Key, StringComparer.Ordinal)],
            [.. loaded.SelectMany(l => l.Problems)]);
    }

    /// <summary>
    /// The artifacts at a path: a library, a folder with a built one, or the source folder of a built paper.
    /// </summary>
    public static LoadedPapers At(string path)
    {
        if (File.Exists(path))
        {
            return Load(path, path);
        }

        if (!Directory.Exists(path))
        {
            return Problem(path, "cannot be read: there is no such file or folder");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string? library = MainLibrary(path)
            ?? BuiltFolders().Where(f => Path.GetFileName(f) == name).Select(MainLibrary).FirstOrDefault();
        return library is null ? NotBuilt(path) : Load(library, path);
    }

    private static LoadedPapers Load(string library, string? path)
    {
        try
        {
            DeclaredPapers declared = PaperArtifact.Read(new LibraryContext(Path.GetFullPath(library)).LoadLibrary());
            return declared is { Artifacts.IsEmpty: true, Problems.IsEmpty: true }
                ? Problem(library, "expected a public static property of type PaperArtifact, found none")
                : new(
                    [.. declared.Artifacts.Select(a => new LoadedPaper(a, path))],
                    [.. declared.Problems.Select(p => $"{library}: {p}")]);
        }
        catch (BadImageFormatException)
        {
            return Problem(library, "expected a library that declares paper artifacts: it is no .NET library (.dll)");
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or TypeLoadException or ReflectionTypeLoadException)
        {
            return Problem(library, $"expected a library that declares paper artifacts: {InputFile.Reason(e)}");
        }
    }

    private static IEnumerable<string> BuiltFolders()
    {
        string? root = BuiltFolder.Find(Built);
        return root is null ? [] : Directory.GetDirectories(root).Order(StringComparer.Ordinal);
    }

    // A published library lies beside the list of what it depends on.
    private static string? MainLibrary(string folder) => Directory.GetFiles(folder, "*.deps.json")
        .Order(StringComparer.Ordinal)
        .Select(list => list[..^".deps.json".Length] + ".dll")
        .FirstOrDefault(File.Exists);

    private static LoadedPapers NotBuilt(string folder) =>
        Problem(
            folder, $"expected a built paper artifact; ./build.sh builds those of paper-artifacts into out/{Built}");

    private static LoadedPapers Problem(string place, string problem) => new([], [$"{place}: {problem}"]);
}
