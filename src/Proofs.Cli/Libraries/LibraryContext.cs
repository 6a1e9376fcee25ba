using System.Reflection;
using System.Runtime.Loader;

namespace Proofs.Cli.Libraries;

/// <summary>
/// Loads one library that the tool does not refer to: what the tool has comes from the tool, the rest from beside the
/// library.
/// </summary>
/// <remarks>A theorem must be the tool's own Theorem: a type loaded twice would be two types.</remarks>
internal sealed class LibraryContext(string library) : AssemblyLoadContext(library)
{
    private readonly string _library = library;
    private readonly AssemblyDependencyResolver _beside = new(library);

    /// <summary>The library itself.</summary>
    public Assembly LoadLibrary() => LoadFromAssemblyPath(_library);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string own = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
        return !File.Exists(own) && _beside.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
    }

    // What cannot be loaded is left to whoever asks to be told of it, as the training library does.
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _beside.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
            && System.Runtime.InteropServices.NativeLibrary.TryLoad(path, out nint handle)
            ? handle
            : 0;
}
