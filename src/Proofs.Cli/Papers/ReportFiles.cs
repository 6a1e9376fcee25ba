using System.Text;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Checks.Verification;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Papers;

/// <summary>Writes the tables and figures of a paper in every format, one file each.</summary>
/// <remarks>Same verdicts, same bytes: nothing in these files comes from the clock or the machine.</remarks>
internal static class ReportFiles
{
    private static readonly (string Extension, Func<Table, string> Render)[] TableFormats =
        [("md", TableText.Markdown), ("tex", TableText.Latex), ("json", TableText.Json), ("csv", TableText.Csv)];

    private static readonly (string Extension, Func<Figure, string> Render)[] FigureFormats =
        [("svg", FigureText.Svg), ("tikz.tex", FigureText.Pgfplots)];

    /// <summary>
    /// Writes the verdicts, and for a whole artifact its own tables and figures, into a folder of the paper's key.
    /// </summary>
    /// <returns>
    /// What went wrong with the artifact's own tables and figures, in one line; null where nothing did.
    /// </returns>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public static string? Write(string folder, Selection selection, IEnumerable<TheoremReport> reports)
    {
        string own = Path.Combine(folder, selection.Artifact.Key);
        CreateFolder(own);
        foreach (Table table in reports.Select(r => VerdictTable.Of(r, withTimes: false)))
        {
            WriteAll(own, table.Key, TableFormats, table);
        }

        if (!selection.IsWhole)
        {
            return null;
        }

        try
        {
            foreach (Table table in selection.Artifact.Tables())
            {
                WriteAll(own, table.Key, TableFormats, table);
            }

            foreach (Figure figure in selection.Artifact.Figures())
            {
                WriteAll(own, figure.Key, FigureFormats, figure);
            }

            return null;
        }
        catch (Exception e) when (e is not ToolException and not OperationCanceledException)
        {
            // tables and figures are made by an author's code
            return $"paper {selection.Artifact.Key}: its tables and figures cannot be made: {e.GetType().Name}: "
                + $"{e.Message}";
        }
    }

    /// <summary>Writes one file as UTF-8.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void WriteText(string path, string text) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes the folder, and those above it, unless they are there.</summary>
    /// <exception cref="InputException">The folder cannot be made.</exception>
    public static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"'{folder}'", $"cannot be made a folder: {InputFile.Reason(e)}");
        }
    }

    // A key that names no file here still gets one: none lands in another folder.
    private static string FileName(string key) =>
        string.Concat(key.Select(c => c is '/' or '\\' || Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));

    private static void WriteAll<T>(
        string folder, string key, (string Extension, Func<T, string> Render)[] formats, T value)
    {
        foreach ((string extension, Func<T, string> render) in formats)
        {
            WriteText(Path.Combine(folder, $"{FileName(key)}.{extension}"), render(value));
        }
    }
}
