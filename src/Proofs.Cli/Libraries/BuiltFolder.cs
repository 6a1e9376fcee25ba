namespace Proofs.Cli.Libraries;

/// <summary>Finds what a build put into the folder out, beside the tool or where the user is.</summary>
/// <remarks>The tool looks from its own folder upwards, and then from the current folder upwards.</remarks>
internal static class BuiltFolder
{
    /// <summary>The folder out/<paramref name="name"/>; null where there is none.</summary>
    public static string? Find(string name) =>
        Above(AppContext.BaseDirectory, name) ?? Above(Directory.GetCurrentDirectory(), name);

    private static string? Above(string folder, string name)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string built = Path.Combine(at.FullName, "out", name);
            if (Directory.Exists(built))
            {
                return built;
            }
        }

        return null;
    }
}
