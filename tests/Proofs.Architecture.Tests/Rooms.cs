using System.Reflection;
using ArchUnitNET.Loader;

namespace Proofs.Architecture.Tests;

/// <summary>The assemblies of the product, from the one that refers to nothing to the one that refers to all.</summary>
internal static class Rooms
{
    /// <summary>Their names; each may refer to those before it.</summary>
    public static readonly string[] InOrder =
    [
        "Proofs.Kernel", "Proofs.Numeric", "Proofs.Constructions", "Proofs.Search", "Proofs.Checks", "Proofs.Training",
        "proofs",
    ];

    /// <summary>The namespace of an assembly's types.</summary>
    public static string Namespace(string assembly) => assembly == "proofs" ? "Proofs.Cli" : assembly;

    public static System.Reflection.Assembly Load(string name) =>
        System.Reflection.Assembly.Load(new AssemblyName(name));

    /// <summary>Types and their dependencies, as ArchUnitNET reads them from the assemblies.</summary>
    public static readonly ArchUnitNET.Domain.Architecture All =
        new ArchLoader().LoadAssemblies([.. InOrder.Select(Load)]).Build();

    /// <summary>The types that sources declare outside other types.</summary>
    public static IEnumerable<System.Type> Declared(System.Reflection.Assembly assembly) => assembly.GetTypes()
        .Where(t =>
            !t.IsNested && t.Namespace?.StartsWith("Proofs", StringComparison.Ordinal) == true
                && !t.Name.Contains('<'));

    /// <summary>The sources of an assembly, by path.</summary>
    public static IEnumerable<string> Sources(string assembly)
    {
        string folder = Path.Combine(RepositoryFiles.Root, "src", Namespace(assembly));
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }
}
