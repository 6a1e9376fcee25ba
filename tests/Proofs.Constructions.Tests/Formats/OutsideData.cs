using System.Runtime.CompilerServices;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>Data that are not in the repository: in the folder PROOFS_DATA names, or ../shared/data beside the repository.</summary>
internal static class OutsideData
{
    /// <summary>A folder of the data, or null where it is absent.</summary>
    public static string? Folder(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("PROOFS_DATA");
        folder = Path.Combine(string.IsNullOrEmpty(folder) ? Path.Combine(Repository(), "..", "shared", "data") : folder, name);
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    private static string Repository([CallerFilePath] string path = "")
    {
        var folder = new FileInfo(path).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Verification.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? ".";
    }
}

/// <summary>A test that needs the ACAS Xu networks; it skips where they are absent.</summary>
internal sealed class AcasXuFactAttribute : Xunit.FactAttribute
{
    public AcasXuFactAttribute() =>
        Skip = OutsideData.Folder("acasxu") is null ? "needs the folder acasxu in PROOFS_DATA or ../shared/data" : null;
}
