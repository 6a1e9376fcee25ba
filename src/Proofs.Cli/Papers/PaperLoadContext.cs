using System.Reflection;
using System.Runtime.Loader;

namespace Proofs.Cli.Papers;

/// <summary>
/// Loads one paper's library: what the tool has comes from the tool, the rest from beside the library.
/// </summary>
/// <remarks>A theorem must be the tool's own Theorem: a type loaded twice would be two types.</remarks>
internal sealed class PaperLoadContext(string library) : AssemblyLoadContext(library)
{
    private readonly string _library = library;
    private readonly AssemblyDependencyResolver _beside = new(library);

    /// <summary>The paper's library itself.</summary>
    public Assembly LoadPaper() => LoadFromAssemblyPath(_library);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string own = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
        return !File.Exists(own) && _beside.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
    }
}
