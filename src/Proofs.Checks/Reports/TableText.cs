using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Proofs.Checks.Papers;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Reports;

/// <summary>Tables as Markdown, LaTeX, JSON, CSV and console text.</summary>
/// <remarks>Same table, same bytes: line ends are LF, numbers are invariant, nothing comes from the clock.</remarks>
public static class TableText
{
    private static readonly JsonWriterOptions JsonOptions =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The table as a Markdown pipe table under its caption.</summary>
    public static string Markdown(Table table)
    {
        var text = new StringBuilder();
        text.Append(table.Caption).Append("\n\n");
        AppendRow(text, table.Columns.Select(Escape));
        AppendRow(text, table.Columns.Select((_, i) => IsNumeric(table, i) ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            AppendRow(text, row.Select(c => Escape(c.Plain)));
        }

        return text.ToString();

        static string Escape(string s) => s.Replace("|", "\\|", StringComparison.Ordinal);
        static void AppendRow(StringBuilder to, IEnumerable<string> cells) =>
            to.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    /// <summary>
    /// The body of a booktabs table with siunitx columns, for <c>\input</c>; the first line says what it is.
    /// </summary>
    public static string Latex(Table table)
    {
        string columns = string.Concat(
            Enumerable.Range(0, table.Columns.Length).Select(i => IsNumeric(table, i) ? SColumn(table, i) : "l"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"% {table.Key}: {LatexText.OneLine(table.Caption)}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{columns}}}\n\\toprule\n");
        text.AppendJoin(" & ", table.Columns.Select(c => $"{{{LatexText.Escape(c)}}}")).Append(" \\\\\n\\midrule\n");
        foreach (var row in table.Rows)
        {
            text.AppendJoin(" & ", row.Select((c, i) => LatexText.Render(c, IsNumeric(table, i)))).Append(" \\\\\n");
        }

        return text.Append("\\bottomrule\n\\end{tabular}\n").ToString();
    }

    /// <summary>The table as one JSON object with exact values as text.</summary>
    public static string Json(Table table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            WriteJson(json, table);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The table as comma-separated values after RFC 4180, with LF line ends.</summary>
    public static string Csv(Table table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(Quote)).Append('\n');
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', row.Select(c => Quote(c is TableCell.None ? "" : c.Plain))).Append('\n');
        }

        return text.ToString();

        static string Quote(string s) => s.AsSpan().IndexOfAny(",\"\n") < 0
            ? s
            : $"\"{s.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The table in aligned columns for a console.</summary>
    public static string Console(Table table)
    {
        string[][] cells = [[.. table.Columns], .. table.Rows.Select(r => r.Select(c => c.Plain).ToArray())];
        int[] widths = [.. table.Columns.Select((_, i) => cells.Max(r => r[i].Length))];
        bool[] right = [.. table.Columns.Select((_, i) => IsNumeric(table, i))];
        var text = new StringBuilder();
        for (int r = 0; r < cells.Length; r++)
        {
            text.AppendJoin("  ", cells[r].Select((c, i) => right[i] ? c.PadLeft(widths[i]) : c.PadRight(widths[i])));
            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
            if (r == 0)
            {
                text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsNumeric(Table table, int column) =>
        table.Rows.Any(r => r[column].IsNumber)
            && table.Rows.All(r => r[column].IsNumber || r[column] is TableCell.None);

    // table-format from the widest integer part, fraction and exponent that occur.
    private static string SColumn(Table table, int column)
    {
        int whole = 1, fraction = 0, exponent = 0;
        bool negative = false;
        foreach (string number in table.Rows.Where(r => r[column].IsNumber).Select(r => r[column].Plain))
        {
            string[] parts = number.Split('e');
            string[] digits = parts[0].TrimStart('-').Split('.');
            negative |= number.StartsWith('-');
            whole = Math.Max(whole, digits[0].Length);
            fraction = Math.Max(fraction, digits.Length > 1 ? digits[1].Length : 0);
            exponent = Math.Max(exponent, parts.Length > 1 ? parts[1].TrimStart('-').Length : 0);
        }

        string format = string.Create(
            CultureInfo.InvariantCulture,
            $"{(negative ? "-" : "")}{whole}.{fraction}{(exponent > 0 ? $"e-{exponent}" : "")}");
        return $"S[table-format={format}]";
    }

    private static void WriteJson(Utf8JsonWriter json, Table table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Key);
        json.WriteString("caption", table.Caption);
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            for (int i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(table.Columns[i]);
                WriteCell(json, row[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, TableCell cell)
    {
        switch (cell)
        {
            case TableCell.Exact e:
                json.WriteStringValue(e.Value.ToString());
                break;
            case TableCell.Range r:
                json.WriteStartArray();
                json.WriteStringValue(Printing.Down(r.Value.Lower));
                json.WriteStringValue(Printing.Up(r.Value.Upper));
                json.WriteEndArray();
                break;
            case TableCell.None:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(cell.Plain);
                break;
        }
    }
}
