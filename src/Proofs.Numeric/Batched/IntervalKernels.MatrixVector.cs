using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Lanes;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

// One affine map on one box: eight columns at a time, in eight partial sums on every path.
public static partial class IntervalKernels
{
    /// <summary>Enclosures of Σ_j W_rj · x_j + bias_r for one box x.</summary>
    /// <remarks>
    /// Shape: weights has rows × columns elements, row by row. Domain: weights and biases are finite and exact.
    /// Guarantee: enclosure, one rounding a term; the bits are the same on every machine.
    /// Cost: columns that are [0, 0] are skipped where they make up three quarters.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or a number is infinite or NaN.</exception>
    public static void MatrixVector(
        int rows, int columns, ReadOnlySpan<double> weights, ReadOnlySpan<double> bias, ReadOnlySpan<double> inf,
        ReadOnlySpan<double> sup, Span<double> resultInf, Span<double> resultSup)
    {
        if (weights.Length != rows * columns || bias.Length != rows || inf.Length != columns || sup.Length != columns
            || resultInf.Length != rows || resultSup.Length != rows)
        {
            throw new ArgumentException(
                $"A {rows} x {columns} map needs {rows * columns} weights, {rows} biases and bounds of that shape; got "
                + $"{weights.Length}, {bias.Length}, {inf.Length}, {sup.Length}, {resultInf.Length}, "
                    + $"{resultSup.Length}.");
        }

        RequireFinite(weights, nameof(weights));
        RequireFinite(bias, nameof(bias));
        RequireFinite(inf, nameof(inf));
        RequireFinite(sup, nameof(sup));
        int[] active = ActiveColumns(columns, inf, 1, sup);
        if (4 * active.Length > columns)
        {
            for (int r = 0; r < rows; r++)
            {
                (resultInf[r], resultSup[r]) = RowTimesBox(weights.Slice(r * columns, columns), bias[r], inf, sup);
            }

            return;
        }

        double[] packed = new double[active.Length], packedInf = new double[active.Length],
            packedSup = new double[active.Length];
        Pack(inf, active, packedInf);
        Pack(sup, active, packedSup);
        for (int r = 0; r < rows; r++)
        {
            Pack(weights.Slice(r * columns, columns), active, packed);
            (resultInf[r], resultSup[r]) = RowTimesBox(packed, bias[r], packedInf, packedSup);
        }
    }

    private static (double Inf, double Sup) RowTimesBox(
        ReadOnlySpan<double> row, double bias, ReadOnlySpan<double> inf, ReadOnlySpan<double> sup)
    {
        double low = bias, high = bias;
        int j = 0;
        if (row.Length >= Lanes)
        {
            Span<double> lows = stackalloc double[Lanes], highs = stackalloc double[Lanes];
            lows.Clear();
            highs.Clear();
            if (Avx512F.IsSupported)
            {
                Vector512<double> l = default, h = default;
                for (; j <= row.Length - Lanes; j += Lanes)
                {
                    Vector512<double> w = Load(row, j), a = Load(inf, j), b = Load(sup, j);
                    var negative = Vector512.LessThan(w, Vector512<double>.Zero);
                    var first = Vector512.ConditionalSelect(negative, b, a);
                    var second = Vector512.ConditionalSelect(negative, a, b);
                    l = Avx512F.FusedMultiplyAdd(w, first, l, FloatRoundingMode.ToNegativeInfinity);
                    h = Avx512F.FusedMultiplyAdd(w, second, h, FloatRoundingMode.ToPositiveInfinity);
                }

                l.CopyTo(lows);
                h.CopyTo(highs);
            }
            else
            {
                for (; j <= row.Length - Lanes; j += Lanes)
                {
                    AccumulateWeights(row[j..], inf[j..], sup[j..], lows, highs);
                }
            }

            for (int k = 0; k < Lanes; k++)
            {
                low = DirectedRounding.AddDown(low, lows[k]);
                high = DirectedRounding.AddUp(high, highs[k]);
            }
        }

        for (; j < row.Length; j++)
        {
            double w = row[j];
            low = DirectedRounding.FusedMultiplyAddDown(w, w < 0 ? sup[j] : inf[j], low);
            high = DirectedRounding.FusedMultiplyAddUp(w, w < 0 ? inf[j] : sup[j], high);
        }

        return (low, high);
    }

    // Eight lanes of Σ w x on software rounding.
    private static void AccumulateWeights(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> inf, ReadOnlySpan<double> sup, Span<double> lows,
        Span<double> highs)
    {
        if (SimdPath.HasFourLanes)
        {
            SoftwareKernels<FourLanes>.Accumulate(weights, inf, sup, lows, highs);
        }
        else if (SimdPath.HasTwoLanes)
        {
            SoftwareKernels<TwoLanes>.Accumulate(weights, inf, sup, lows, highs);
        }
        else
        {
            SoftwareKernels<OneLane>.Accumulate(weights, inf, sup, lows, highs);
        }
    }
}
