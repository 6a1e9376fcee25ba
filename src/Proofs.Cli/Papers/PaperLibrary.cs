using System.Collections.Immutable;
using System.Reflection;
using Proofs.Checks;

namespace Proofs.Cli.Papers;

/// <summary>Finds and loads built paper artifacts: libraries that declare them as public static properties.</summary>
/// <remarks>
/// A build puts each folder of paper-artifacts as a library into out/paper-artifacts, under its own name. The tool looks
/// there from its own folder upwards, and then from the current folder upwards.
/// </remarks>
internal static class PaperLibrary
{
    private const string Built = "out/paper-artifacts";

    /// <summary>The artifacts of every built paper, in the order of their keys; none where nothing was built.</summary>
    /// <exception cref="InputException">A library cannot be loaded.</exception>
    public static ImmutableArray<PaperArtifact> All() =>
    [
        .. BuiltFolders().SelectMany(folder => Load(MainLibrary(folder) ?? throw NotBuilt(folder)))
            .OrderBy(a => a.Key, StringComparer.Ordinal),
    ];

    /// <summary>The artifacts at a path: a library, a folder with a built one, or the source folder of a built paper.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ImmutableArray<PaperArtifact> At(string path)
    {
        if (File.Exists(path))
        {
            return Load(path);
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(path, "cannot be read: there is no such file or folder");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string? library = MainLibrary(path) ?? BuiltFolders().Where(f => Path.GetFileName(f) == name).Select(MainLibrary).FirstOrDefault();
        return Load(library ?? throw NotBuilt(path));
    }

    private static ImmutableArray<PaperArtifact> Load(string library)
    {
        try
        {
            Assembly assembly = new PaperLoadContext(Path.GetFullPath(library)).LoadPaper();
            ImmutableArray<PaperArtifact> artifacts = PaperArtifact.In(assembly);
            return artifacts.IsEmpty
                ? throw new InputException(library, "expected a public static property of type PaperArtifact, found none")
                : artifacts;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(library, $"expected a library that declares paper artifacts: {InputFile.Reason(e)}");
        }
        catch (Exception e) when (Innermost(e) is FormatException or ArgumentException)
        {
            // a theorem whose claim does not parse fails while its module starts
            throw new InputException(library, Innermost(e).Message);
        }
    }

    private static Exception Innermost(Exception e) =>
        e is TargetInvocationException or TypeInitializationException && e.InnerException is { } inner ? Innermost(inner) : e;

    private static IEnumerable<string> BuiltFolders()
    {
        string? root = Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());
        return root is null ? [] : Directory.GetDirectories(root).Order(StringComparer.Ordinal);
    }

    private static string? Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string built = Path.Combine(at.FullName, Built);
            if (Directory.Exists(built))
            {
                return built;
            }
        }

        return null;
    }

    // A published library lies beside the list of what it depends on.
    private static string? MainLibrary(string folder) => Directory.GetFiles(folder, "*.deps.json")
        .Order(StringComparer.Ordinal)
        .Select(list => list[..^".deps.json".Length] + ".dll")
        .FirstOrDefault(File.Exists);

    private static InputException NotBuilt(string folder) =>
        new(folder, $"expected a built paper artifact; ./build.sh builds those of paper-artifacts into {Built}");
}
