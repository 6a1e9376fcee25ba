using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

// Affine maps whose weights are stored by row without the zeros (CSR): the entries of row r are rowStarts[r] to
// rowStarts[r + 1] - 1, each a column and a weight.
public static partial class IntervalKernels
{
    /// <summary>The rows of <see cref="AffineBatch"/> for a map given by its non-zero weights.</summary>
    /// <remarks>
    /// Shape: rowStarts has rows + 1 elements, from 0 to the number of entries; inputs and outputs as in
    /// <see cref="AffineBatch"/>.
    /// Domain: weights and biases are finite and exact, input bounds finite.
    /// Guarantee: enclosure, one rounding an entry, the entries in their order. Cost: linear in the entries.
    /// </remarks>
    /// <exception cref="ArgumentException">A length or an index does not fit, or a number is infinite or
    /// NaN.</exception>
    public static void SparseAffineBatch(
        int columns, ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> entryColumns, ReadOnlySpan<double> weights,
        ReadOnlySpan<double> bias,
        ReadOnlySpan<double> inputs, Span<double> outputs, bool relu)
    {
        int rows = bias.Length;
        RequireRows(columns, rows, rowStarts, entryColumns, weights);
        if (inputs.Length != 2 * Boxes * columns || outputs.Length != 2 * Boxes * rows)
        {
            throw new ArgumentException(
                $"A sparse {rows} x {columns} map on {Boxes} boxes needs {2 * Boxes * columns} input and "
                    + $"{2 * Boxes * rows} output bounds; "
                + $"got {inputs.Length} and {outputs.Length}.");
        }

        RequireFinite(weights, nameof(weights));
        RequireFinite(bias, nameof(bias));
        RequireFinite(inputs, nameof(inputs));
        for (int r = 0; r < rows; r++)
        {
            var entries = entryColumns[rowStarts[r]..rowStarts[r + 1]];
            var row = weights[rowStarts[r]..rowStarts[r + 1]];
            var output = outputs.Slice(2 * Boxes * r, 2 * Boxes);
            if (Avx512F.IsSupported)
            {
                ref double x = ref MemoryMarshal.GetReference(inputs);
                Vector512<double> low = Vector512.Create(bias[r]), high = low;
                for (int k = 0; k < row.Length; k++)
                {
                    Accumulate(ref Unsafe.Add(ref x, 2 * Boxes * entries[k]), row[k], ref low, ref high);
                }

                Store(low, high, relu, ref MemoryMarshal.GetReference(output));
                continue;
            }

            double[] gathered = new double[2 * Boxes * row.Length];
            for (int k = 0; k < row.Length; k++)
            {
                inputs.Slice(2 * Boxes * entries[k], 2 * Boxes).CopyTo(gathered.AsSpan(2 * Boxes * k));
            }

            OneRow(row, bias[r], gathered, output, relu);
        }
    }

    /// <summary>The rows of <see cref="MatrixVector"/> for a map given by its non-zero weights.</summary>
    /// <remarks>
    /// Shape: rowStarts has rows + 1 elements, from 0 to the number of entries. Domain: weights and biases are finite
    /// and exact.
    /// Guarantee: enclosure, one rounding an entry, the entries in their order. Cost: linear in the entries.
    /// </remarks>
    /// <exception cref="ArgumentException">A length or an index does not fit, or a number is infinite or
    /// NaN.</exception>
    public static void SparseMatrixVector(
        ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> entryColumns, ReadOnlySpan<double> weights,
        ReadOnlySpan<double> bias,
        ReadOnlySpan<double> inf, ReadOnlySpan<double> sup, Span<double> resultInf, Span<double> resultSup)
    {
        int rows = bias.Length;
        RequireRows(inf.Length, rows, rowStarts, entryColumns, weights);
        if (sup.Length != inf.Length || resultInf.Length != rows || resultSup.Length != rows)
        {
            throw new ArgumentException(
                $"A sparse {rows} x {inf.Length} map needs bounds of that shape; "
                    + $"got {sup.Length}, {resultInf.Length}, {resultSup.Length}.");
        }

        RequireFinite(weights, nameof(weights));
        RequireFinite(bias, nameof(bias));
        RequireFinite(inf, nameof(inf));
        RequireFinite(sup, nameof(sup));
        for (int r = 0; r < rows; r++)
        {
            double low = bias[r], high = bias[r];
            for (int k = rowStarts[r]; k < rowStarts[r + 1]; k++)
            {
                int j = entryColumns[k];
                double w = weights[k];
                low = DirectedRounding.FusedMultiplyAddDown(w, w < 0 ? sup[j] : inf[j], low);
                high = DirectedRounding.FusedMultiplyAddUp(w, w < 0 ? inf[j] : sup[j], high);
            }

            (resultInf[r], resultSup[r]) = (low, high);
        }
    }

    private static void RequireRows(
        int columns, int rows, ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> entryColumns,
        ReadOnlySpan<double> weights)
    {
        bool fits = rowStarts.Length == rows + 1 && rowStarts[0] == 0 && rowStarts[^1] == weights.Length
            && entryColumns.Length == weights.Length;
        for (int r = 0; fits && r < rows; r++)
        {
            fits = rowStarts[r] <= rowStarts[r + 1];
        }

        foreach (int j in entryColumns)
        {
            fits &= (uint)j < (uint)columns;
        }

        if (!fits)
        {
            throw new ArgumentException(
                $"The {rows} rows of a sparse map start at increasing entries from 0 to {weights.Length}, "
                    + $"each in a column below {columns}; "
                + $"got {rowStarts.Length} starts and {entryColumns.Length} columns for {weights.Length} weights.");
        }
    }
}
