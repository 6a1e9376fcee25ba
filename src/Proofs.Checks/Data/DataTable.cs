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
    /// <exception cref="DataTableException">It is empty, ragged, has no or repeated names, or a value that is missing
    /// or no finite number.</exception>
    public static DataTable Read(Stream stream, string name)
    {
        try
        {
            if (stream.CanSeek && stream.Length > MostBytes)
            {
                throw new DataTableException($"{name}: has {stream.Length} bytes; expected at most {MostBytes}");
            }

            using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var reader = Sep.Reader(o => o with { Unescape = true }).From(text);
            ImmutableArray<string> columns = [.. reader.Header.ColNames.Select(c => c.Trim())];
            CheckNames(columns, name);
            var values = new List<double>();
            foreach (var row in reader)
            {
                for (int c = 0; c < columns.Length; c++)
                {
                    var written = row[c].Span.Trim();
                    values.Add(
                        double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                            && double.IsFinite(value)
                        ? value
                        : throw new DataTableException(
                            $"{name}: line {row.LineNumberFrom}, column '{columns[c]}': expected a finite number, "
                                + $"found '{Short(written)}'"));
                }
            }

            return values.Count > 0
                ? new(columns, [.. values])
                : throw new DataTableException($"{name}: expected rows of numbers below the names, found none");
        }
        catch (InvalidDataException e)
        {
            throw new DataTableException($"{name}: {string.Join(' ', e.Message.Split(['\r', '\n']))}");
        }
        catch (DecoderFallbackException)
        {
            throw new DataTableException($"{name}: expected text in UTF-8, found other bytes");
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
                ? $"{name}: expected names of columns on the first line, found the number {number}"
                : $"{name}: expected names of columns that differ, found '{repeated}' twice");
        }
    }

    private static string Short(ReadOnlySpan<char> text) => text.Length > 40 ? $"{text[..40]}…" : text.ToString();
}
