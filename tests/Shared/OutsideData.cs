namespace Proofs.Tests;

/// <summary>
/// Data that are not in the repository: in the folder PROOFS_DATA names, or ../shared/data beside the repository.
/// </summary>
internal static class OutsideData
{
    /// <summary>A folder of the data, or null where it is absent.</summary>
    public static string? Folder(string name)
    {
        string? data = Environment.GetEnvironmentVariable("PROOFS_DATA");
        string folder = Path.Combine(
            string.IsNullOrEmpty(data) ? Path.Combine(RepositoryFiles.Root, "..", "shared", "data") : data, name);
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}

/// <summary>A test that needs the ACAS Xu networks; it skips where they are absent.</summary>
internal sealed class AcasXuFactAttribute : Xunit.FactAttribute
{
    public AcasXuFactAttribute() =>
        Skip = OutsideData.Folder("acasxu") is null ? "needs the folder acasxu in PROOFS_DATA or ../shared/data" : null;
}
