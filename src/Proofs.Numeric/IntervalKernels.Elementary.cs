using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric;

// exp and ln of eight intervals at a time: the same reductions, tables and error claims as FastExp and FastLog, lane by lane, so
// docs/elementary-functions.md covers them. Lanes that are undecided or out of range are done again by the scalar functions.
public static partial class IntervalKernels
{
    private static readonly double[] PowersHigh = [.. FastExp.Table.Select(p => p.High)];
    private static readonly double[] PowersLow = [.. FastExp.Table.Select(p => p.Low)];

    // Four numbers a cell: c, ln(1/c) on the grid, its rest, and the exponent's step.
    private static readonly double[] LogCells = [.. FastLog.Table.SelectMany(c => (double[])[c.C, c.High, c.Low, c.Up])];

    /// <summary>The exponentials e^a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Exp(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                var a = ExpOf(low);
                var b = ExpOf(high);
                Finish(a, b, Interval.Exp, low, high, inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Exp(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    /// <summary>The natural logarithms of the positive members of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Log(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                var a = LogOf(low);
                var b = LogOf(high);
                Finish(a, b, Interval.Log, low, high, inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Log(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    // Eight evaluations; Error is infinite in a lane that is out of range.
    private readonly record struct Approximations(Vector512<double> High, Vector512<double> Low, Vector512<double> Error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        Approximations a, Approximations b, Func<Interval, Interval> scalar, Vector512<double> low, Vector512<double> high,
        Span<double> inf, Span<double> sup, int i)
    {
        // The lower bound is High where the value lies above it, its predecessor where it lies below; the upper one alike.
        var down = Vector512.ConditionalSelect(Vector512.GreaterThan(a.Low, a.Error), a.High, Beside(a.High, -1));
        var up = Vector512.ConditionalSelect(Vector512.LessThan(b.Low, -b.Error), b.High, Beside(b.High, 1));
        var decided = Vector512.GreaterThan(Vector512.Abs(a.Low), a.Error) & Vector512.GreaterThan(Vector512.Abs(b.Low), b.Error);
        ulong mask = decided.ExtractMostSignificantBits();
        down.StoreUnsafe(ref At(inf, i));
        up.StoreUnsafe(ref At(sup, i));
        for (int j = 0; mask != 0xFF && j < Lanes; j++)
        {
            if (((mask >> j) & 1) == 0)
            {
                Put(scalar(Interval.Raw(low.GetElement(j), high.GetElement(j))), inf, sup, i + j);
            }
        }
    }

    // The next binary64 number above (side 1) or below (side -1) a number that is not 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Beside(Vector512<double> x, long side)
    {
        var bits = x.AsInt64();
        var step = Vector512.ConditionalSelect(Vector512.LessThan(bits, Vector512<long>.Zero), Vector512.Create(-side), Vector512.Create(side));
        return (bits + step).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximations ExpOf(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange = Vector512.LessThan(x, Vector512.Create(700.0)) & Vector512.GreaterThan(x, Vector512.Create(-600.0))
            & Vector512.GreaterThan(size, Vector512.Create(1e-15));
        x = Vector512.ConditionalSelect(inRange, x, Vector512<double>.One);
        var k = Avx512F.RoundScale(x * Vector512.Create(FastExp.Steps), 0);
        var a = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(FastExp.L1), x);
        var l2 = Vector512.Create(FastExp.L2);
        Vector512<double> b = k * l2, bLow = Avx512F.FusedMultiplySubtract(k, l2, b);
        var (r, rLow) = Sum(a, -b);
        rLow -= bLow;

        // exp(r) - 1
        Vector512<double> s = r * r, sLow = Avx512F.FusedMultiplySubtract(r, r, s);
        var q = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 362880), Vector512.Create(1.0 / 40320));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 5040));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 720));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 120));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 24));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 6));
        var half = Vector512.Create(0.5);
        var (e, eLow) = FastSum(r, half * s);
        eLow += Avx512F.FusedMultiplyAdd(r * s, q, (half * sLow) + Avx512F.FusedMultiplyAdd(r, rLow, rLow));

        // times 2^(j/32) from four registers a table, and 2^(k >> 5) by the exponent field
        var turn = Avx512DQ.ConvertToVector512Int64(k);
        var upper = Vector512.Equals(turn & Vector512.Create(16L), Vector512.Create(16L)).AsDouble();
        Vector512<double> t = Pick(PowersHigh, turn, upper), tLow = Pick(PowersLow, turn, upper);
        Vector512<double> p = t * e, pLow = Avx512F.FusedMultiplySubtract(t, e, p);
        var (h, hLow) = FastSum(t, p);
        var (high, low) = FastSum(h, hLow + (pLow + ((t * eLow) + (tLow + (tLow * e)))));
        var scale = (((turn >> 5) + Vector512.Create(1023L)) << 52).AsDouble();
        high *= scale;
        low *= scale;
        var error = Vector512.ConditionalSelect(
            inRange, high * Vector512.Create(FastExp.Claim), Vector512.Create(double.PositiveInfinity));
        return new(high, low, error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pick(double[] table, Vector512<long> index, Vector512<double> upper)
    {
        ref double t = ref MemoryMarshal.GetArrayDataReference(table);
        var first = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref t), index, Vector512.LoadUnsafe(ref t, 8));
        var second = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref t, 16), index, Vector512.LoadUnsafe(ref t, 24));
        return Vector512.ConditionalSelect(upper, second, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximations LogOf(Vector512<double> x)
    {
        var inRange = Vector512.GreaterThanOrEqual(x, Vector512.Create(2.2250738585072014e-308))
            & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity)) & ~Vector512.Equals(x, Vector512<double>.One);
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
        var (first, firstLow) = Sum(a, z);
        var (second, secondLow) = Sum(first, -(half * s));
        var (high, low) = FastSum(second, secondLow + (firstLow + tail));
        var error = Vector512.ConditionalSelect(
            Vector512.Equals(a, Vector512<double>.Zero),
            Vector512.Abs(high) * Vector512.Create(FastLog.RelativeClaim),
            Vector512.Create(FastLog.AbsoluteClaim));
        return new(high, low, Vector512.ConditionalSelect(inRange, error, Vector512.Create(double.PositiveInfinity)));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> High, Vector512<double> Low) Sum(Vector512<double> a, Vector512<double> b)
    {
        Vector512<double> s = a + b, t = s - a;
        return (s, (a - (s - t)) + (b - t));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> High, Vector512<double> Low) FastSum(Vector512<double> a, Vector512<double> b)
    {
        var s = a + b;
        return (s, b - (s - a));
    }
}
