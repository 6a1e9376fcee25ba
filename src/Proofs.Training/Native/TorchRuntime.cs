using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Proofs.Checks.Learning;
using TorchSharp;

namespace Proofs.Training.Native;

/// <summary>
/// The native half of TorchSharp: loaded once, before anything of TorchSharp runs, or refused in one line.
/// </summary>
/// <remarks>
/// libLibTorchSharp.so asks for GLIBCXX_3.4.32 for one symbol that nothing refers to, and Debian 12 has 3.4.30 at most.
/// Where the system's own loading of it fails, a copy that asks for it weakly is loaded; it lies in the user's folder
/// of application data under the hash of its bytes, or in the temporary folder where that cannot be written.
/// </remarks>
public static class TorchRuntime
{
    private const string Bridge = "LibTorchSharp", Unneeded = "GLIBCXX_3.4.32";

    private static readonly Lazy<string?> Loaded = new(Load);

    /// <summary>Loads the native libraries.</summary>
    /// <exception cref="TrainingException">They are not there or cannot be loaded; the message is one line.</exception>
    public static void Require()
    {
        if (Loaded.Value is { } problem)
        {
            throw new TrainingException(TrainingFault.Library, problem);
        }
    }

    /// <summary>The device of a name: cpu, cuda, cuda:N, or auto.</summary>
    /// <exception cref="TrainingException">There is no such device; the message is one line.</exception>
    public static torch.Device Device(string name)
    {
        Require();
        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        int gpu = name switch
        {
            "cpu" => -1,
            "auto" => gpus > 0 ? 0 : -1,
            "cuda" => 0,
            _ when name.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(5), System.Globalization.NumberStyles.None, null, out int n) => n,
            _ => throw new TrainingException(
                TrainingFault.Device, $"device '{name}': expected cpu, cuda, cuda:N or auto"),
        };
        return gpu < 0 ? torch.CPU
            : gpu < gpus ? torch.device(DeviceType.CUDA, gpu)
            : throw new TrainingException(
                TrainingFault.Device,
                $"device '{name}': expected a GPU that CUDA knows, found {(gpus == 0 ? "none" : $"{gpus}")}; "
                    + "cpu trains everywhere");
    }

    private static string? Load()
    {
        try
        {
            // The type alone does not load anything; its first use does.
            var assembly = typeof(torch).Assembly;
            var context = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
            string? folder = Folder(assembly.Location);
            if (folder is null)
            {
                return "TorchSharp's native libraries are not beside it: this build is for another system, "
                    + "or was made with -p:ProofsTorch=none";
            }

            // Each finds the others beside itself.
            foreach (string library in (string[])["c10", "torch_cpu", "torch"])
            {
                _ = NativeLibrary.Load(Path.Combine(folder, FileName(library)));
            }

            nint bridge = LoadBridge(Path.Combine(folder, FileName(Bridge)));
            context.ResolvingUnmanagedDll += (_, name) => name == Bridge ? bridge : 0;
            torch.random.manual_seed(0);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or IOException or FormatException
            or UnauthorizedAccessException or TypeInitializationException or NotSupportedException)
        {
            string why = (e.InnerException ?? e).Message.Split('\n')[0].Trim();
            return $"TorchSharp's native libraries cannot be loaded: {why}";
        }
    }

    private static nint LoadBridge(string path)
    {
        if (NativeLibrary.TryLoad(path, out nint handle))
        {
            return handle;
        }

        if (!OperatingSystem.IsLinux())
        {
            return NativeLibrary.Load(path); // says what is wrong
        }

        byte[] library = File.ReadAllBytes(path);
        return VersionNeeds.Weaken(library, Unneeded)
            ? NativeLibrary.Load(Copy(library))
            : NativeLibrary.Load(path);
    }

    private static string Copy(byte[] library)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(library))[..32];
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        string[] roots = data.Length > 0 ? [data, Path.GetTempPath()] : [Path.GetTempPath()];
        for (int r = 0; ; r++)
        {
            try
            {
                string folder = Path.Combine(roots[r], "proofs", name);
                string path = Path.Combine(folder, FileName(Bridge));
                if (!File.Exists(path) || !SHA256.HashData(File.ReadAllBytes(path)).AsSpan().SequenceEqual(
                    SHA256.HashData(library)))
                {
                    Directory.CreateDirectory(folder);
                    string temporary = Path.Combine(folder, Path.GetRandomFileName());
                    File.WriteAllBytes(temporary, library);
                    File.Move(temporary, path, overwrite: true);
                }

                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && r + 1 < roots.Length)
            {
                // the next folder may be one that can be written
            }
        }
    }

    private static string? Folder(string assembly)
    {
        string beside = Path.GetDirectoryName(assembly) ?? "";
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string? search = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string;
        return new[] { Path.Combine(beside, "runtimes", $"{system}-{architecture}", "native"), beside }
            .Concat((search ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(f => File.Exists(Path.Combine(f, FileName("torch_cpu")))
                && File.Exists(Path.Combine(f, FileName(Bridge))));
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
        : $"lib{library}.so";
}
