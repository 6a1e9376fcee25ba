using System.Text;
using Proofs.Checks;

namespace Proofs.Cli.Papers;

/// <summary>Writes the tables and figures of a paper in every format, one file each.</summary>
/// <remarks>Same verdicts, same bytes: nothing in these files comes from the clock or the machine.</remarks>
internal static class ReportFiles
{
    private static readonly (string Extension, Func<Table, string> Render)[] TableFormats =
        [("md", TableText.Markdown), ("tex", TableText.Latex), ("json", TableText.Json), ("csv", TableText.Csv)];

    private static readonly (string Extension, Func<Figure, string> Render)[] FigureFormats =
        [("svg", FigureText.Svg), ("tikz.tex", FigureText.Pgfplots)];

    /// <summary>Writes the verdicts, and for a whole artifact its own tables and figures, into a folder of the paper's key.</summary>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public static void Write(string folder, Selection selection, IEnumerable<TheoremReport> reports)
    {
        string own = Path.Combine(folder, selection.Artifact.Key);
        CreateFolder(own);
        IEnumerable<Table> verdicts = reports.Select(r => VerdictTable.Of(r, withTimes: false));
        foreach (Table table in selection.IsWhole ? verdicts.Concat(selection.Artifact.Tables()) : verdicts)
        {
            WriteAll(own, table.Key, TableFormats, table);
        }

        foreach (Figure figure in selection.IsWhole ? selection.Artifact.Figures() : [])
        {
            WriteAll(own, figure.Key, FigureFormats, figure);
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

    private static void WriteAll<T>(string folder, string key, (string Extension, Func<T, string> Render)[] formats, T value)
    {
        foreach ((string extension, Func<T, string> render) in formats)
        {
            WriteText(Path.Combine(folder, $"{key}.{extension}"), render(value));
        }
    }
}
