using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Papers;

/// <summary>One value of a table, with what is known about it; renderers decide how it prints.</summary>
public abstract record TableCell
{
    private protected TableCell()
    {
    }

    /// <summary>Words.</summary>
    public sealed record Text(string Value) : TableCell;

    /// <summary>A number known exactly.</summary>
    public sealed record Exact(BigRational Value) : TableCell;

    /// <summary>An upper bound: it prints rounded up. Null prints as ∞.</summary>
    public sealed record UpperBound(BigRational? Value) : TableCell;

    /// <summary>A lower bound: it prints rounded down. Null prints as −∞.</summary>
    public sealed record LowerBound(BigRational? Value) : TableCell;

    /// <summary>An enclosure: the lower end prints rounded down, the upper end rounded up.</summary>
    public sealed record Range(RationalInterval Value) : TableCell;

    /// <summary>
    /// A measured number, and no bound: it prints rounded to so many decimals, and a fresh run may differ in the last
    /// one.
    /// </summary>
    public sealed record Measured(double Value, int Decimals) : TableCell;

    /// <summary>No value.</summary>
    public sealed record None : TableCell;

    /// <summary>Plain text of the cell, as consoles and Markdown show it.</summary>
    public string Plain => this switch
    {
        Text t => t.Value,
        Exact e => Printing.IsShort(e.Value) ? Printing.Exact(e.Value) : Printing.Both(e.Value),
        UpperBound u => Printing.Up(u.Value),
        LowerBound l => Printing.Down(l.Value),
        Range r => r.Value.ToString(),
        Measured m when double.IsFinite(m.Value) =>
            m.Value.ToString($"F{m.Decimals}", System.Globalization.CultureInfo.InvariantCulture),
        _ => "–",
    };

    /// <summary>Whether the cell is one number, which aligns at its point.</summary>
    public bool IsNumber => this is UpperBound { Value: not null } or LowerBound { Value: not null }
        || this is Exact { Value.IsInteger: true }
        || (this is Measured m && double.IsFinite(m.Value));
}

/// <summary>Rows of typed values under named columns; one value, many renderings.</summary>
/// <param name="Key">The file name without extension.</param>
/// <param name="Caption">What the table shows, with how bounds are rounded.</param>
/// <param name="Columns">The headers.</param>
/// <param name="Rows">The rows, each as long as the headers.</param>
public sealed record Table(
    string Key, string Caption, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<TableCell>> Rows)
{
    /// <summary>The same table with one more row.</summary>
    /// <exception cref="ArgumentException">The row has not one cell a column.</exception>
    public Table With(params ImmutableArray<TableCell> row) => row.Length == Columns.Length
        ? this with { Rows = Rows.Add(row) }
        : throw new ArgumentException(
            $"Table {Key} has {Columns.Length} columns; the row has {row.Length} cells.", nameof(row));

    /// <summary>Whether a cell is measured, so that a fresh table may differ in last digits.</summary>
    public bool IsMeasured => Rows.Any(r => r.Any(c => c is TableCell.Measured));

    /// <summary>An empty table.</summary>
    public static Table Of(string key, string caption, params ImmutableArray<string> columns) =>
        new(key, caption, columns, []);

    /// <summary>Whether both tables have the same columns and the same cells.</summary>
    public bool Equals(Table? other) => other is not null
        && (Key, Caption) == (other.Key, other.Caption)
        && Columns.SequenceEqual(other.Columns)
        && Rows.Length == other.Rows.Length
        && Rows.Zip(other.Rows).All(r => r.First.SequenceEqual(r.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}
