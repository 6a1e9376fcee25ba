using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric;

// FastLog in eight lanes: the same reduction, table and claims; docs/elementary-functions.md, sections 3 and 6.
internal static class LogLanes
{
    // Four numbers a cell: c, ln(1/c) on the grid, its rest, and the exponent's step.
    private static readonly double[] LogCells = [.. FastLog.Table.SelectMany(c => (double[])[c.C, c.High, c.Low, c.Up])];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Log(Vector512<double> x)
    {
        var isOne = Vector512.Equals(x, Vector512<double>.One);
        var inRange = Vector512.GreaterThanOrEqual(x, Vector512.Create(2.2250738585072014e-308))
            & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
        x = Vector512.ConditionalSelect(inRange, x, Vector512.Create(3.0));
        var bits = x.AsInt64();
        var (c, tableHigh, tableLow, up) = Cells((bits >> 45) & Vector512.Create(127L));
        var step = Avx512DQ.ConvertToVector512Int64(up);
        var e = Avx512DQ.ConvertToVector512Double((bits >> 52) - Vector512.Create(1023L) + step);
        var m = ((bits & Vector512.Create(0xF_FFFF_FFFF_FFFF)) | ((Vector512.Create(1023L) - step) << 52)).AsDouble();
        Vector512<double> p = m * c, zLow = Avx512F.FusedMultiplySubtract(m, c, p), z = p - Vector512<double>.One;
        var a = Avx512F.FusedMultiplyAdd(e, Vector512.Create(FastLog.Ln2High), tableHigh);
        var aLow = Avx512F.FusedMultiplyAdd(e, Vector512.Create(FastLog.Ln2Low), tableLow);

        Vector512<double> s = z * z, sLow = Avx512F.FusedMultiplySubtract(z, z, s);
        var q = Avx512F.FusedMultiplyAdd(z, Vector512.Create(-1.0 / 10), Vector512.Create(1.0 / 9));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 8));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 7));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 6));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 5));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 4));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 3));
        var half = Vector512.Create(0.5);
        var tail = Avx512F.FusedMultiplyAdd(z * s, q, (zLow * (Vector512<double>.One - z + s)) - (half * sLow)) + aLow;
        var (first, firstLow) = Pair8.Sum(a, z);
        var (second, secondLow) = Pair8.Sum(first, -(half * s));
        var (high, low) = Pair8.FastSum(second, secondLow + (firstLow + tail));
        var error = Vector512.ConditionalSelect(
            Vector512.Equals(a, Vector512<double>.Zero),
            Vector512.Abs(high) * Vector512.Create(FastLog.RelativeClaim),
            Vector512.Create(FastLog.AbsoluteClaim));
        return new Approximation8(high, low, error).Only(inRange).Exact(isOne, Vector512<double>.Zero);
    }

    // The four numbers of each lane's cell, transposed: lane k and lane k + 4 share a row, pairs of rows are interleaved, and the
    // halves are put in order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> C, Vector512<double> High, Vector512<double> Low, Vector512<double> Up) Cells(Vector512<long> index)
    {
        ref double t = ref MemoryMarshal.GetArrayDataReference(LogCells);
        Vector512<double> r0 = Row(ref t, index, 0), r1 = Row(ref t, index, 1), r2 = Row(ref t, index, 2), r3 = Row(ref t, index, 3);
        Vector512<double> a = Avx512F.UnpackLow(r0, r1), b = Avx512F.UnpackLow(r2, r3);
        Vector512<double> c = Avx512F.UnpackHigh(r0, r1), d = Avx512F.UnpackHigh(r2, r3);
        var even = Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13);
        var odd = Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15);
        return (
            Avx512F.PermuteVar8x64x2(a, even, b), Avx512F.PermuteVar8x64x2(c, even, d),
            Avx512F.PermuteVar8x64x2(a, odd, b), Avx512F.PermuteVar8x64x2(c, odd, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(ref double table, Vector512<long> index, int lane) => Vector512.Create(
        Vector256.LoadUnsafe(ref table, (nuint)(4 * index.GetElement(lane))),
        Vector256.LoadUnsafe(ref table, (nuint)(4 * index.GetElement(lane + 4))));
}
