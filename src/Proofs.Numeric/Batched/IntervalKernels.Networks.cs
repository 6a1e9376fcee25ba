using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Lanes;

namespace Proofs.Numeric.Batched;

// Affine maps with exact weights on eight boxes at a time. A vector of bounds holds, for each input, eight lower bounds
// and then eight upper bounds (box index innermost): inf of input j in box b at 16 j + b, sup at 16 j + 8 + b.
//
// A weight w >= 0 adds w [lo, hi] = [w lo, w hi], a negative one [w hi, w lo]: the sign bit of the weight moves the
// address of the load by eight, so there is no branch and no blend.
public static partial class IntervalKernels
{
    /// <summary>The number of boxes that a batch of <see cref="AffineBatch"/> holds.</summary>
    public const int Boxes = 8;

    /// <summary>
    /// The rows [lo_r, hi_r] ⊇ Σ_j W_rj · x_j + bias_r for eight boxes x at once, cut at 0 where asked (ReLU).
    /// </summary>
    /// <remarks>
    /// Shape: weights has rows × columns elements, row by row; inputs has 16 · columns elements: for each column eight
    /// lower bounds, then eight upper bounds; outputs has 16 · rows elements laid out alike.
    /// Domain: weights and biases are finite and exact, input bounds finite.
    /// Guarantee: enclosure, one rounding a term, the terms in their order; the bits are the same on every machine.
    /// Cost: columns that are [0, 0] in every box are skipped where they make up a quarter.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or a number is infinite or NaN.</exception>
    public static void AffineBatch(
        int rows, int columns, ReadOnlySpan<double> weights, ReadOnlySpan<double> bias, ReadOnlySpan<double> inputs,
        Span<double> outputs, bool relu)
    {
        if (weights.Length != rows * columns || bias.Length != rows || inputs.Length != 2 * Boxes * columns
            || outputs.Length != 2 * Boxes * rows)
        {
            throw new ArgumentException(
                $"A {rows} x {columns} map on {Boxes} boxes needs {rows * columns} weights, {rows} biases, "
                + $"{2 * Boxes * columns} input and {2 * Boxes * rows} output bounds; "
                    + $"got {weights.Length}, {bias.Length}, "
                + $"{inputs.Length}, {outputs.Length}.");
        }

        RequireFinite(weights, nameof(weights));
        RequireFinite(bias, nameof(bias));
        RequireFinite(inputs, nameof(inputs));
        int[] active = ActiveColumns(columns, inputs, 2 * Boxes);
        if (4 * active.Length > 3 * columns)
        {
            DenseRows(rows, columns, weights, bias, inputs, outputs, relu);
            return;
        }

        // Products with [0, 0] add nothing, so the columns that hold others are brought together: eight rows at a time,
        // each weight is copied once and used for eight boxes. The bits are those of the full sum.
        double[] packed = new double[8 * active.Length], packedInputs = new double[2 * Boxes * active.Length];
        for (int k = 0; k < active.Length; k++)
        {
            inputs.Slice(2 * Boxes * active[k], 2 * Boxes).CopyTo(packedInputs.AsSpan(2 * Boxes * k));
        }

        for (int row = 0; row < rows; row += 8)
        {
            int count = Math.Min(8, rows - row);
            for (int r = 0; r < count; r++)
            {
                Pack(weights.Slice((row + r) * columns, columns), active,
                    packed.AsSpan(r * active.Length, active.Length));
            }

            DenseRows(
                count, active.Length, packed.AsSpan(0, count * active.Length), bias.Slice(row, count), packedInputs,
                outputs.Slice(2 * Boxes * row, 2 * Boxes * count), relu);
        }
    }

    private static void DenseRows(
        int rows, int columns, ReadOnlySpan<double> weights, ReadOnlySpan<double> bias, ReadOnlySpan<double> inputs,
        Span<double> outputs, bool relu)
    {
        int row = 0;
        if (Avx512F.IsSupported)
        {
            for (; row <= rows - 8; row += 8)
            {
                EightRows(row, columns, weights, bias, inputs, outputs, relu);
            }
        }

        for (; row < rows; row++)
        {
            OneRow(weights.Slice(row * columns, columns), bias[row], inputs, outputs.Slice(2 * Boxes * row, 2 * Boxes),
                relu);
        }
    }

    // The columns with a bound that is not 0.
    private static int[] ActiveColumns(
        int columns, ReadOnlySpan<double> inputs, int stride, ReadOnlySpan<double> more = default)
    {
        int count = 0;
        int[] active = new int[columns];
        for (int j = 0; j < columns; j++)
        {
            if (inputs.Slice(stride * j, stride).ContainsAnyExcept(0.0) || (!more.IsEmpty && more[j] != 0))
            {
                active[count++] = j;
            }
        }

        return active[..count];
    }

    private static void Pack(ReadOnlySpan<double> from, int[] columns, Span<double> to)
    {
        for (int k = 0; k < columns.Length; k++)
        {
            to[k] = from[columns[k]];
        }
    }

    private static void OneRow(
        ReadOnlySpan<double> weights, double bias, ReadOnlySpan<double> inputs, Span<double> output, bool relu)
    {
        if (Avx512F.IsSupported)
        {
            ref double x = ref MemoryMarshal.GetReference(inputs);
            Vector512<double> low = Vector512.Create(bias), high = low;
            for (int j = 0; j < weights.Length; j++)
            {
                Accumulate(ref Unsafe.Add(ref x, 16 * j), weights[j], ref low, ref high);
            }

            Store(low, high, relu, ref MemoryMarshal.GetReference(output));
            return;
        }

        if (SimdPath.HasFourLanes)
        {
            SoftwareKernels<FourLanes>.Row(weights, bias, inputs, output);
        }
        else if (SimdPath.HasTwoLanes)
        {
            SoftwareKernels<TwoLanes>.Row(weights, bias, inputs, output);
        }
        else
        {
            SoftwareKernels<OneLane>.Row(weights, bias, inputs, output);
        }

        if (relu)
        {
            foreach (ref double y in output)
            {
                y = Math.Max(y, 0);
            }
        }
    }

    // Sixteen accumulators: two for each of eight rows. The lengths were checked by the caller.
    private static void EightRows(
        int row, int columns, ReadOnlySpan<double> weights, ReadOnlySpan<double> bias, ReadOnlySpan<double> inputs,
        Span<double> outputs, bool relu)
    {
        ref double x = ref MemoryMarshal.GetReference(inputs);
        ref double w0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * columns);
        ref double w4 = ref Unsafe.Add(ref w0, 4 * columns);
        nint stride = columns, stride3 = 3 * stride;
        Vector512<double> l0 = Vector512.Create(bias[row]), h0 = l0, l1 = Vector512.Create(bias[row + 1]), h1 = l1;
        Vector512<double> l2 = Vector512.Create(bias[row + 2]), h2 = l2, l3 = Vector512.Create(bias[row + 3]), h3 = l3;
        Vector512<double> l4 = Vector512.Create(bias[row + 4]), h4 = l4, l5 = Vector512.Create(bias[row + 5]), h5 = l5;
        Vector512<double> l6 = Vector512.Create(bias[row + 6]), h6 = l6, l7 = Vector512.Create(bias[row + 7]), h7 = l7;
        for (nint j = 0; j < columns; j++)
        {
            Accumulate(ref x, Unsafe.Add(ref w0, 0), ref l0, ref h0);
            Accumulate(ref x, Unsafe.Add(ref w0, stride), ref l1, ref h1);
            Accumulate(ref x, Unsafe.Add(ref w0, 2 * stride), ref l2, ref h2);
            Accumulate(ref x, Unsafe.Add(ref w0, stride3), ref l3, ref h3);
            Accumulate(ref x, Unsafe.Add(ref w4, 0), ref l4, ref h4);
            Accumulate(ref x, Unsafe.Add(ref w4, stride), ref l5, ref h5);
            Accumulate(ref x, Unsafe.Add(ref w4, 2 * stride), ref l6, ref h6);
            Accumulate(ref x, Unsafe.Add(ref w4, stride3), ref l7, ref h7);
            x = ref Unsafe.Add(ref x, 16);
            w0 = ref Unsafe.Add(ref w0, 1);
            w4 = ref Unsafe.Add(ref w4, 1);
        }

        Store(l0, h0, relu, ref At(outputs, 16 * (row + 0)));
        Store(l1, h1, relu, ref At(outputs, 16 * (row + 1)));
        Store(l2, h2, relu, ref At(outputs, 16 * (row + 2)));
        Store(l3, h3, relu, ref At(outputs, 16 * (row + 3)));
        Store(l4, h4, relu, ref At(outputs, 16 * (row + 4)));
        Store(l5, h5, relu, ref At(outputs, 16 * (row + 5)));
        Store(l6, h6, relu, ref At(outputs, 16 * (row + 6)));
        Store(l7, h7, relu, ref At(outputs, 16 * (row + 7)));
    }

    // The accumulator is the second operand of the maximum, which is the one that NaN survives in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> low, Vector512<double> high, bool relu, ref double to)
    {
        if (relu)
        {
            low = Avx512F.Max(Vector512<double>.Zero, low);
            high = Avx512F.Max(Vector512<double>.Zero, high);
        }

        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref double x, double w, ref Vector512<double> low, ref Vector512<double> high)
    {
        // 8 where w is negative: its upper bounds come first
        nuint first = (nuint)(BitConverter.DoubleToUInt64Bits(w) >> 60) & 8;
        var weight = Vector512.Create(w);
        low = Avx512F.FusedMultiplyAdd(
            weight, Vector512.LoadUnsafe(ref x, first), low, FloatRoundingMode.ToNegativeInfinity);
        high = Avx512F.FusedMultiplyAdd(
            weight, Vector512.LoadUnsafe(ref x, first ^ 8), high, FloatRoundingMode.ToPositiveInfinity);
    }

    // x - x is 0 for a finite x and NaN else.
    private static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<double> sum = default;
            for (; i <= values.Length - Lanes; i += Lanes)
            {
                var x = Load(values, i);
                sum += x - x;
            }

            i = Vector512.EqualsAll(sum, Vector512<double>.Zero) ? i : 0;
        }

        for (; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Finite numbers are needed; got {values[i]:R} at index {i}.", name);
            }
        }
    }
}
