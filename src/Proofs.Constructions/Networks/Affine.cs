using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>A sparse affine map x ↦ A x + b from R^Columns to R^Rows with exact entries.</summary>
/// <remarks>
/// Shape: compressed rows; row i holds the entries RowStart[i] ≤ k &lt; RowStart[i + 1], at columns Column[k], increasing.
/// Guarantee: <see cref="Value"/> and <see cref="Bias"/> are the nearest binary64 numbers. Where an entry is no binary64
/// number the exact rationals are kept beside them, and every exact operation reads those.
/// Invariant: no stored entry of A is zero; a zero of b is no weight.
/// </remarks>
public sealed partial record Affine
{
    private readonly ImmutableArray<BigRational> _exactValue; // default where all entries of A are binary64 numbers
    private readonly ImmutableArray<BigRational> _exactBias; // default where all entries of b are

    private Affine(
        int rows,
        int columns,
        ImmutableArray<int> rowStart,
        ImmutableArray<int> column,
        ImmutableArray<double> value,
        ImmutableArray<double> bias,
        ImmutableArray<BigRational> exactValue,
        ImmutableArray<BigRational> exactBias)
    {
        (Rows, Columns, RowStart, Column) = (rows, columns, rowStart, column);
        (Value, Bias, _exactValue, _exactBias) = (value, bias, exactValue, exactBias);
        for (int i = 0; i < rows; i++)
        {
            NonZeroBiases += BiasAt(i).IsZero ? 0 : 1;
        }
    }

    /// <summary>The number of outputs.</summary>
    public int Rows { get; }

    /// <summary>The number of inputs.</summary>
    public int Columns { get; }

    /// <summary>Where each row starts in <see cref="Column"/> and <see cref="Value"/>; one entry more than there are rows.</summary>
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

    /// <summary>Whether every entry is a binary64 number, so that <see cref="Value"/> and <see cref="Bias"/> are exact.</summary>
    public bool IsBinary64 => _exactValue.IsDefault && _exactBias.IsDefault;

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
                magnitude = Math.Abs(Value[k]) == top ? BigRational.Max(magnitude, BigRational.Abs(WeightAt(k))) : magnitude;
            }

            for (int i = 0; i < Rows; i++)
            {
                magnitude = Math.Abs(Bias[i]) == top ? BigRational.Max(magnitude, BigRational.Abs(BiasAt(i))) : magnitude;
            }

            return magnitude;
        }
    }

    /// <summary>The map with the given dense rows; zeros are dropped.</summary>
    /// <exception cref="ArgumentException">An entry is NaN or infinite, or the rows and <paramref name="bias"/> do not fit.</exception>
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
            throw new ArgumentException($"The bias has {bias.Count} entries; expected one for each of the {rows.Count} rows.");
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

    /// <summary>The exact value of the stored entry number <paramref name="index"/> of A.</summary>
    public BigRational WeightAt(int index) => _exactValue.IsDefault ? Weights.Exact(Value[index]) : _exactValue[index];

    /// <summary>The exact value of b in row <paramref name="row"/>.</summary>
    public BigRational BiasAt(int row) => _exactBias.IsDefault ? Weights.Exact(Bias[row]) : _exactBias[row];

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
        && SameExact(_exactValue, other._exactValue)
        && SameExact(_exactBias, other._exactBias);

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

    // The exact arrays are present exactly where needed, so a default one equals only a default one.
    private static bool SameExact(ImmutableArray<BigRational> a, ImmutableArray<BigRational> b) =>
        a.IsDefault ? b.IsDefault : !b.IsDefault && a.AsSpan().SequenceEqual(b.AsSpan());
}
