using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

public sealed partial record Affine
{
    /// <summary>Collects the rows of an <see cref="Affine"/> map one after another.</summary>
    /// <remarks>
    /// Cost: linear in the entries added where each row comes in increasing columns, else a sort a row.
    /// </remarks>
    public sealed class Builder
    {
        private readonly List<int> _rowStart = [0];
        private readonly List<int> _column = [];
        private readonly List<double> _value = [];
        private readonly List<double> _bias = [];
        private readonly List<Entry> _row = [];
        private List<Row>? _exact; // null as long as all entries are binary64 numbers

        /// <summary>A builder of maps with <paramref name="columns"/> inputs.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is negative.</exception>
        public Builder(int columns)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(columns);
            Columns = columns;
        }

        // Columns that are not known before the rows: the caller answers for the columns it adds to.
        internal Builder() => Columns = int.MaxValue;

        /// <summary>The number of inputs.</summary>
        public int Columns { get; }

        /// <summary>The number of rows ended so far.</summary>
        public int Rows => _bias.Count;

        /// <summary>Adds <paramref name="value"/> to the entry at <paramref name="column"/> of the row begun.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="column"/> is no column of the map.</exception>
        public void Add(int column, BigRational value)
        {
            if ((uint)column >= (uint)Columns)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(column), $"Row {Rows} has an entry at column {column}; expected one of 0 … {Columns - 1}.");
            }

            if (!value.IsZero)
            {
                _row.Add(new Entry(column, value));
            }
        }

        /// <summary>Ends the row begun, which may be empty, with the entry <paramref name="bias"/> of b.</summary>
        /// <exception cref="ArgumentException">An entry is beyond the binary64 range.</exception>
        public void EndRow(BigRational bias)
        {
            if (!IsIncreasing())
            {
                _row.Sort((a, b) => a.Index.CompareTo(b.Index));
                MergeDuplicates();
            }

            bool isBinary64 = true;
            double[] nearest = [.. _row.Select(e => Nearest(e.Value, e.Index))];
            double nearestBias = Nearest(bias, column: -1);
            if (_exact is null && !isBinary64)
            {
                _exact = [.. RowsOf(_rowStart, _column, _value, _bias)];
            }

            _exact?.Add(new Row([.. _row], bias));
            _column.AddRange(_row.Select(e => e.Index));
            _value.AddRange(nearest);
            _bias.Add(nearestBias);
            _rowStart.Add(_column.Count);
            _row.Clear();

            double Nearest(BigRational value, int column)
            {
                double rounded = Weights.Nearest(value);
                if (!double.IsFinite(rounded))
                {
                    // its digits would take the whole line
                    string place = column < 0 ? "bias" : $"column {column}", sign = value.Sign < 0 ? "-" : "";
                    long bits = value.Numerator.GetBitLength() - value.Denominator.GetBitLength();
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                        $"The weight in row {Rows}, {place} is about {sign}2^{bits}; "
                            + $"expected a number of the binary64 range, below 2^1024."));
                }

                isBinary64 = isBinary64 && (_exact is not null || Weights.Exact(rounded) == value);
                return rounded;
            }
        }

        /// <summary>Adds a row as it is; entries that are zero are dropped.</summary>
        /// <exception cref="ArgumentException">An entry is beyond the binary64 range.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An entry is at no column of the map.</exception>
        public void AddRow(Row row)
        {
            foreach (var (column, value) in row.Weights)
            {
                Add(column, value);
            }

            EndRow(row.Bias);
        }

        /// <summary>The map made of the rows ended so far.</summary>
        public Affine Build() => Build(Columns);

        internal Affine Build(int columns) => new(
            columns,
            [.. _rowStart],
            [.. _column],
            [.. _value],
            [.. _bias],
            _exact is null,
            _exact is null ? null : new AffineMap(columns, [.. _exact]));

        private bool IsIncreasing()
        {
            for (int k = 1; k < _row.Count; k++)
            {
                if (_row[k - 1].Index >= _row[k].Index)
                {
                    return false;
                }
            }

            return true;
        }

        // The row is sorted; entries of one column become their sum, and a sum of 0 disappears.
        private void MergeDuplicates()
        {
            int kept = 0;
            for (int k = 0; k < _row.Count;)
            {
                var (column, sum) = _row[k++];
                while (k < _row.Count && _row[k].Index == column)
                {
                    sum += _row[k++].Value;
                }

                if (!sum.IsZero)
                {
                    _row[kept++] = new Entry(column, sum);
                }
            }

            _row.RemoveRange(kept, _row.Count - kept);
        }
    }
}
