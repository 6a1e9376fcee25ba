using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using nietras.SeparatedValues;
using Proofs.Checks.Experiments;

namespace Proofs.Checks.Data;

/// <summary>A file is no table of numbers with named columns; the message names the file and the place.</summary>
public sealed class DataTableException(string message) : FormatException(message);

/// <summary>Observations: rows of numbers under named columns.</summary>
/// <remarks>
/// Shape: the first line has the names, separated by comma, semicolon or tabulator; names and values may stand in
/// quotation marks. Every value is a finite binary64 number in the form of the invariant culture, the nearest to what
/// is written.
/// </remarks>
public sealed class DataTable
{
    private const long MostBytes = 1L << 31;

    private readonly double[] _values; // row by row

    private DataTable(ImmutableArray<string> columns, double[] values) => (Columns, _values) = (columns, values);

    /// <summary>The names of the columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _values.Length / Columns.Length;

    /// <summary>The table in a stream, read to its end.</summary>
    /// <param name="stream">The text, in UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataTableException">It is empty, ragged, has no or repeated names, a blank line, a quotation
    /// mark that is not closed on its line, or a value that is missing or no finite number.</exception>
    public static DataTable Read(Stream stream, string name)
    {
        try
        {
            if (stream.CanSeek && stream.Length > MostBytes)
            {
                throw new DataTableException($"{name}: has {stream.Length} bytes; expected at most {MostBytes}");
            }

            using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            // names, widths and quotation marks are looked at here, so that each fault has its place
            using var reader = Sep.Reader(o => o with { HasHeader = false, DisableColCountCheck = true }).From(text);
            ImmutableArray<string> columns = [];
            var values = new List<double>();
            foreach (var row in reader)
            {
                int line = columns.IsEmpty ? 1 : row.LineNumberFrom; // the reader's first row has the number of its end
                string place = $"{name}: line {line.ToString(CultureInfo.InvariantCulture)}";
                if (row.Span.Count('"') % 2 != 0)
                {
                    throw new DataTableException(
                        $"{place}: expected a second quotation mark, found the end of the file");
                }

                if (columns.IsEmpty)
                {
                    columns = Names(row, place);
                    CheckNames(columns, name);
                    continue;
                }

                if (row.ColCount == 1 && row.Span.IsWhiteSpace())
                {
                    throw new DataTableException($"{place}: expected {Numbers(columns.Length)}, found a blank line");
                }

                if (row.ColCount != columns.Length)
                {
                    throw new DataTableException(
                        $"{place}: expected {Numbers(columns.Length)}, as there are names, found {row.ColCount}");
                }

                for (int c = 0; c < columns.Length; c++)
                {
                    var written = Unquoted(row[c].Span, place);
                    values.Add(
                        double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                            && double.IsFinite(value)
                        ? value
                        : throw new DataTableException(
                            $"{place}, column '{Short(columns[c])}': expected a finite number, "
                                + $"found '{Short(written)}'"));
                }
            }

            if (columns.IsEmpty)
            {
                CheckNames(columns, name);
            }

            return values.Count > 0
                ? new(columns, [.. values])
                : throw new DataTableException($"{name}: expected rows of numbers below the names, found none");
        }
        catch (DecoderFallbackException)
        {
            throw new DataTableException($"{name}: expected text in UTF-8, found other bytes");
        }
        catch (NotSupportedException)
        {
            // the reader's own bound on a row, which a quotation mark that is not closed runs into
            throw new DataTableException(
                $"{name}: expected rows of at most 16 million characters, found a longer one: "
                    + "is a quotation mark not closed?");
        }
    }

    /// <summary>The values of a column as what is to be learnt from all other columns.</summary>
    /// <exception cref="DataTableException">There is no such column, it is the only one, or all its values are
    /// equal.</exception>
    public Sample Target(string column, string name)
    {
        int target = Columns.IndexOf(column);
        if (target < 0 || Columns.Length == 1)
        {
            throw new DataTableException(target < 0
                ? $"{name}: expected a column '{column}', found {string.Join(", ", Columns.Select(c => $"'{c}'"))}"
                : $"{name}: expected a column beside '{column}' to learn it from");
        }

        double[] values = [.. Enumerable.Range(0, Rows).Select(r => _values[(r * Columns.Length) + target])];
        return values.Any(v => v != values[0])
            ? new(new(Columns.Length - 1, [.. _values.Where((_, k) => k % Columns.Length != target)]), values)
            : throw new DataTableException(
                $"{name}: column '{column}' is {values[0].ToString(CultureInfo.InvariantCulture)} in every row: "
                    + "there is nothing to learn");
    }

    private static ImmutableArray<string> Names(SepReader.Row row, string place)
    {
        var names = ImmutableArray.CreateBuilder<string>(row.ColCount);
        for (int c = 0; c < row.ColCount; c++)
        {
            names.Add(Unquoted(row[c].Span, place).ToString());
        }

        return names.MoveToImmutable();
    }

    private static void CheckNames(ImmutableArray<string> columns, string name)
    {
        string? repeated = columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
        string? number = columns.FirstOrDefault(c => double.TryParse(
            c, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        if (columns.All(c => c.Length == 0))
        {
            throw new DataTableException($"{name}: expected names of columns on the first line, found none");
        }

        if ((number ?? repeated) is not null)
        {
            throw new DataTableException(number is not null
                ? $"{name}: expected names of columns on the first line, found the number {Short(number)}"
                : $"{name}: expected names of columns that differ, found '{Short(repeated!)}' twice");
        }
    }

    private static string Numbers(int count) =>
        count == 1 ? "1 number" : string.Create(CultureInfo.InvariantCulture, $"{count} numbers");

    // What stands between quotation marks, a doubled one inside being one; other text as it is, without its margins.
    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> written, string place)
    {
        var text = written.Trim();
        if (text.IndexOfAny('\n', '\r') >= 0)
        {
            throw new DataTableException($"{place}: expected a second quotation mark on this line, found its end");
        }

        if (!text.Contains('"'))
        {
            return text;
        }

        string inner = text is ['"', _, ..] && text[^1] == '"' ? text[1..^1].ToString() : "\"";
        return inner.Replace("\"\"", "", StringComparison.Ordinal).Contains('"', StringComparison.Ordinal)
            ? throw new DataTableException(
                $"{place}: expected quotation marks around all of a value and doubled inside it, "
                    + $"found {Short(text)}")
            : inner.Replace("\"\"", "\"", StringComparison.Ordinal).AsSpan().Trim();
    }

    private static string Short(ReadOnlySpan<char> text) => text.Length > 40 ? $"{text[..40]}…" : text.ToString();
}
