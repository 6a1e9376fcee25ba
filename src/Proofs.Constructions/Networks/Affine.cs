using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>
/// The kernel's affine map x ↦ A x + b, <see cref="Exact"/>, with the nearest binary64 numbers beside it.
/// </summary>
/// <remarks>
/// Shape: compressed rows; row i holds the entries RowStart[i] ≤ k &lt; RowStart[i + 1], at columns Column[k],
/// increasing.
/// Guarantee: <see cref="Value"/> and <see cref="Bias"/> are the nearest binary64 numbers, which searches compute with.
/// Where all entries are such numbers the exact map is made of them on first use: a large network is rarely needed
/// exactly.
/// Invariant: no stored entry of A is zero; a zero of b is no weight.
/// </remarks>
public sealed partial record Affine
{
    private AffineMap? _exact; // null before its first use where the binary64 numbers say it all

    private Affine(
        int columns,
        ImmutableArray<int> rowStart,
        ImmutableArray<int> column,
        ImmutableArray<double> value,
        ImmutableArray<double> bias,
        bool isBinary64,
        AffineMap? exact)
    {
        (Columns, RowStart, Column, Value, Bias) = (columns, rowStart, column, value, bias);
        (IsBinary64, _exact) = (isBinary64, exact);
        for (int i = 0; i < Rows; i++)
        {
            NonZeroBiases += BiasAt(i).IsZero ? 0 : 1;
        }
    }

    /// <summary>The number of outputs.</summary>
    public int Rows => Bias.Length;

    /// <summary>The number of inputs.</summary>
    public int Columns { get; }

    /// <summary>
    /// Where each row starts in <see cref="Column"/> and <see cref="Value"/>; one entry more than there are rows.
    /// </summary>
    public ImmutableArray<int> RowStart { get; }

    /// <summary>The column of each stored entry of A.</summary>
    public ImmutableArray<int> Column { get; }

    /// <summary>The stored entries of A, each rounded to the nearest binary64 number.</summary>
    public ImmutableArray<double> Value { get; }

    /// <summary>The entries of b, zeros included, each rounded to the nearest binary64 number.</summary>
    public ImmutableArray<double> Bias { get; }

    /// <summary>The number of non-zero entries of A.</summary>
    public int NonZeroWeights => Value.Length;

    /// <summary>The number of non-zero entries of b.</summary>
    public int NonZeroBiases { get; }

    /// <summary>The number of non-zero entries of A and b.</summary>
    public int Size => NonZeroWeights + NonZeroBiases;

    /// <summary>
    /// Whether every entry is a binary64 number, so that <see cref="Value"/> and <see cref="Bias"/> are exact.
    /// </summary>
    public bool IsBinary64 { get; }

    /// <summary>The map itself: what is proved is proved about it.</summary>
    public AffineMap Exact => _exact ??= new(Columns, RowsOf(RowStart, Column, Value, Bias));

    /// <summary>The largest absolute value of an entry of A or b; 0 for the zero map.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public BigRational Magnitude
    {
        get
        {
            // Rounding to nearest is monotone, so only the entries with the largest rounded value can be the largest.
            double top = 0;
            foreach (double v in Value)
            {
                top = Math.Max(top, Math.Abs(v));
            }

            foreach (double v in Bias)
            {
                top = Math.Max(top, Math.Abs(v));
            }

            var magnitude = BigRational.Zero;
            if (IsBinary64)
            {
                return Weights.Exact(top);
            }

            for (int k = 0; k < Value.Length; k++)
            {
                magnitude = Math.Abs(Value[k]) == top
                    ? BigRational.Max(magnitude, BigRational.Abs(WeightAt(k)))
                    : magnitude;
            }

            for (int i = 0; i < Rows; i++)
            {
                magnitude = Math.Abs(Bias[i]) == top
                    ? BigRational.Max(magnitude, BigRational.Abs(BiasAt(i)))
                    : magnitude;
            }

            return magnitude;
        }
    }

    /// <summary>The map with the given dense rows; zeros are dropped.</summary>
    /// <exception cref="ArgumentException">An entry is NaN or infinite, or the rows and <paramref name="bias"/> do not
    /// fit.</exception>
    public static Affine FromRows(IReadOnlyList<IReadOnlyList<double>> rows, IReadOnlyList<double> bias)
    {
        var exact = rows.Select((row, i) => (IReadOnlyList<BigRational>)
            [.. row.Select((v, j) => Weights.Checked(v, $"row {i}, column {j}"))]).ToArray();
        return FromExactRows(exact, [.. bias.Select((v, i) => Weights.Checked(v, $"row {i}, bias"))]);
    }

    /// <summary>The map with the given dense rows of exact numbers; zeros are dropped.</summary>
    /// <exception cref="ArgumentException">The rows and <paramref name="bias"/> do not fit each other.</exception>
    public static Affine FromExactRows(IReadOnlyList<IReadOnlyList<BigRational>> rows, IReadOnlyList<BigRational> bias)
    {
        if (rows.Count != bias.Count)
        {
            throw new ArgumentException(
                $"The bias has {bias.Count} entries; expected one for each of the {rows.Count} rows.");
        }

        int columns = rows.Count == 0 ? 0 : rows[0].Count;
        var builder = new Builder(columns);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != columns)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Count} entries; expected {columns}, as row 0 has.");
            }

            for (int j = 0; j < columns; j++)
            {
                builder.Add(j, rows[i][j]);
            }

            builder.EndRow(bias[i]);
        }

        return builder.Build();
    }

    /// <summary>The map with the given binary64 entries in compressed rows, taken as exact numbers.</summary>
    /// <param name="columns">The number of inputs.</param>
    /// <param name="rowStart">Where each row starts in <paramref name="column"/>, and their number at the end.</param>
    /// <param name="column">The column of each entry, increasing in a row.</param>
    /// <param name="value">The entries; zeros are dropped.</param>
    /// <param name="bias">The entries of b.</param>
    /// <remarks>Cost: linear in the entries.</remarks>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an entry is NaN or infinite.</exception>
    public static Affine FromBinary64(
        int columns,
        ReadOnlySpan<int> rowStart,
        ReadOnlySpan<int> column,
        ReadOnlySpan<double> value,
        ReadOnlySpan<double> bias)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int rows = bias.Length;
        if (rowStart.Length != rows + 1 || rowStart[0] != 0 || rowStart[rows] != value.Length
            || column.Length != value.Length)
        {
            throw new ArgumentException(
                $"{rowStart.Length} starts of rows, {column.Length} columns and {value.Length} values; "
                    + $"expected {rows + 1} starts from 0 to the number of values, for a bias of {rows} entries.");
        }

        var starts = ImmutableArray.CreateBuilder<int>(rows + 1);
        var places = ImmutableArray.CreateBuilder<int>(value.Length);
        var values = ImmutableArray.CreateBuilder<double>(value.Length);
        var biases = ImmutableArray.CreateBuilder<double>(rows);
        starts.Add(0);
        for (int i = 0; i < rows; i++)
        {
            if (rowStart[i] > rowStart[i + 1])
            {
                throw new ArgumentException($"Row {i} starts at {rowStart[i]}, the next at {rowStart[i + 1]}.");
            }

            for (int k = rowStart[i], last = -1; k < rowStart[i + 1]; last = column[k], k++)
            {
                if (column[k] <= last || column[k] >= columns)
                {
                    throw new ArgumentException(
                        $"Row {i} has an entry at column {column[k]}; expected increasing ones of 0 … {columns - 1}.");
                }

                if (!double.IsFinite(value[k]))
                {
                    throw Weights.NotFinite(value[k], $"row {i}, column {column[k]}");
                }

                if (value[k] != 0)
                {
                    places.Add(column[k]);
                    values.Add(value[k]);
                }
            }

            starts.Add(places.Count);
            biases.Add(double.IsFinite(bias[i])
                ? bias[i] + 0.0 // −0 is the same number
                : throw Weights.NotFinite(bias[i], $"row {i}, bias"));
        }

        return new(
            columns, starts.MoveToImmutable(), places.DrainToImmutable(), values.DrainToImmutable(),
            biases.MoveToImmutable(), isBinary64: true, exact: null);
    }

    /// <summary>The kernel's map, with the nearest binary64 numbers of its entries.</summary>
    /// <exception cref="ArgumentException">An entry is beyond the binary64 range.</exception>
    public static Affine Of(AffineMap exact)
    {
        var builder = new Builder(exact.Columns);
        foreach (var row in exact.Rows)
        {
            builder.AddRow(row);
        }

        return builder.Build();
    }

    /// <summary>The exact value of the stored entry number <paramref name="index"/> of A.</summary>
    /// <remarks>Cost: where an entry is no binary64 number, that of finding its row.</remarks>
    public BigRational WeightAt(int index)
    {
        if (IsBinary64)
        {
            return Weights.Exact(Value[index]);
        }

        int row = RowOf(index);
        return Exact.Rows[row].Weights[index - RowStart[row]].Value;
    }

    /// <summary>The exact value of b in row <paramref name="row"/>.</summary>
    public BigRational BiasAt(int row) => IsBinary64 ? Weights.Exact(Bias[row]) : Exact.Rows[row].Bias;

    /// <summary>The map to one row alone.</summary>
    internal Affine Row(int row)
    {
        var builder = new Builder(Columns);
        for (int k = RowStart[row]; k < RowStart[row + 1]; k++)
        {
            builder.Add(Column[k], WeightAt(k));
        }

        builder.EndRow(BiasAt(row));
        return builder.Build();
    }

    /// <summary>Whether both maps have the same shape and the same exact entries.</summary>
    public bool Equals(Affine? other) => other is not null
        && Rows == other.Rows
        && Columns == other.Columns
        && RowStart.AsSpan().SequenceEqual(other.RowStart.AsSpan())
        && Column.AsSpan().SequenceEqual(other.Column.AsSpan())
        && Value.AsSpan().SequenceEqual(other.Value.AsSpan())
        && Bias.AsSpan().SequenceEqual(other.Bias.AsSpan())
        && IsBinary64 == other.IsBinary64
        && (IsBinary64 || Exact.Rows.AsSpan().SequenceEqual(other.Exact.Rows.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Rows);
        hash.Add(Columns);
        hash.Add(Value.Length);
        for (int k = 0; k < Math.Min(Value.Length, 64); k++)
        {
            hash.Add(Value[k]);
        }

        return hash.ToHashCode();
    }

    /// <summary>The shape and size of the map, for a reader.</summary>
    public override string ToString() => $"R^{Columns} → R^{Rows}, {NonZeroWeights} weights, {NonZeroBiases} biases";

    // The last row that starts at the entry or before it; rows without entries start where the next one does.
    private int RowOf(int index)
    {
        int low = 0, high = Rows;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = RowStart[middle] <= index ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static ImmutableArray<Row> RowsOf(
        IReadOnlyList<int> rowStart, IReadOnlyList<int> column, IReadOnlyList<double> value, IReadOnlyList<double> bias)
    {
        var rows = ImmutableArray.CreateBuilder<Row>(bias.Count);
        for (int i = 0; i < bias.Count; i++)
        {
            var weights = ImmutableArray.CreateBuilder<Entry>(rowStart[i + 1] - rowStart[i]);
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++)
            {
                weights.Add(new Entry(column[k], Weights.Exact(value[k])));
            }

            rows.Add(new Row(weights.MoveToImmutable(), Weights.Exact(bias[i])));
        }

        return rows.MoveToImmutable();
    }
}
