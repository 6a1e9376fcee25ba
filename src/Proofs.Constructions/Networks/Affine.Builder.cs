using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

public sealed partial record Affine
{
    /// <summary>Collects the rows of an <see cref="Affine"/> map one after another.</summary>
    /// <remarks>Cost: linear in the entries added where each row comes in increasing columns, else a sort a row.</remarks>
    public sealed class Builder
    {
        private readonly List<int> _rowStart = [0];
        private readonly List<int> _column = [];
        private readonly List<double> _value = [];
        private readonly List<double> _bias = [];
        private readonly List<(int Column, BigRational Value)> _row = [];
        private List<BigRational>? _exactValue;
        private List<BigRational>? _exactBias;

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
                _row.Add((column, value));
            }
        }

        /// <summary>Ends the row begun, which may be empty, with the entry <paramref name="bias"/> of b.</summary>
        /// <exception cref="ArgumentException">An entry is beyond the binary64 range.</exception>
        public void EndRow(BigRational bias)
        {
            if (!IsIncreasing())
            {
                _row.Sort((a, b) => a.Column.CompareTo(b.Column));
                MergeDuplicates();
            }

            foreach (var (column, value) in _row)
            {
                _column.Add(column);
                Store(value, column, _value, ref _exactValue);
            }

            _row.Clear();
            _rowStart.Add(_column.Count);
            Store(bias, column: -1, _bias, ref _exactBias);
        }

        /// <summary>The map made of the rows ended so far.</summary>
        public Affine Build() => Build(Columns);

        internal Affine Build(int columns) => new(
            Rows,
            columns,
            [.. _rowStart],
            [.. _column],
            [.. _value],
            [.. _bias],
            _exactValue is null ? default : [.. _exactValue],
            _exactBias is null ? default : [.. _exactBias]);

        private void Store(BigRational value, int column, List<double> nearest, ref List<BigRational>? exact)
        {
            double rounded = Weights.Nearest(value);
            if (!double.IsFinite(rounded))
            {
                string place = column < 0 ? "bias" : $"column {column}";
                throw new ArgumentException(
                    $"The weight in row {Rows}, {place} is {value}; expected a number of the binary64 range, below 2^1024.");
            }

            if (exact is null && Weights.Exact(rounded) != value)
            {
                exact = [.. nearest.Select(Weights.Exact)];
            }

            exact?.Add(value);
            nearest.Add(rounded);
        }

        private bool IsIncreasing()
        {
            for (int k = 1; k < _row.Count; k++)
            {
                if (_row[k - 1].Column >= _row[k].Column)
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
                while (k < _row.Count && _row[k].Column == column)
                {
                    sum += _row[k++].Value;
                }

                if (!sum.IsZero)
                {
                    _row[kept++] = (column, sum);
                }
            }

            _row.RemoveRange(kept, _row.Count - kept);
        }
    }
}
