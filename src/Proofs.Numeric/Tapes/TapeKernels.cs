using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// Operations over arrays of intervals that only tapes need, in the manner of IntervalKernels: spans of one length, the
// result may be the operand, lane by lane the same set as the scalar operation. Directed products are never negated
// (see Rounding).
internal static class TapeKernels
{
    private const int Lanes = 8;

    public static void Negate(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - Lanes; i += Lanes)
        {
            Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
            (-high).StoreUnsafe(ref At(inf, i));
            (-low).StoreUnsafe(ref At(sup, i));
        }

        for (; i < aInf.Length; i++)
        {
            (inf[i], sup[i]) = (-aSup[i], -aInf[i]);
        }
    }

    // a · c for a bounded c of one sign.
    public static void Scale(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Interval c, Span<double> inf, Span<double> sup)
    {
        int i = 0;
        if (Avx512F.IsSupported)
        {
            // Each bound is one product by either bound of c, the smaller or the larger of the two.
            Vector512<double> cl = Vector512.Create(c.Inf), ch = Vector512.Create(c.Sup);
            bool flip = c.Sup < 0;
            for (; i <= aInf.Length - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(flip ? aSup : aInf, i), high = Load(flip ? aInf : aSup, i);
                Avx512F.Min(
                    Avx512F.Multiply(low, cl, FloatRoundingMode.ToNegativeInfinity),
                    Avx512F.Multiply(low, ch, FloatRoundingMode.ToNegativeInfinity)).StoreUnsafe(ref At(inf, i));
                Avx512F.Max(
                    Avx512F.Multiply(high, cl, FloatRoundingMode.ToPositiveInfinity),
                    Avx512F.Multiply(high, ch, FloatRoundingMode.ToPositiveInfinity)).StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < aInf.Length; i++)
        {
            Put(Interval.Raw(aInf[i], aSup[i]) * c, inf, sup, i);
        }
    }

    // a + c · b for a bounded c of one sign. No bound is NaN but of an empty operand: below, no summand is +∞, above,
    // none is −∞.
    public static void AddScaled(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Interval c,
        Span<double> inf, Span<double> sup)
    {
        int i = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<double> cl = Vector512.Create(c.Inf), ch = Vector512.Create(c.Sup);
            bool flip = c.Sup < 0, isPoint = c.IsPoint;
            for (; i <= aInf.Length - Lanes; i += Lanes)
            {
                Vector512<double> al = Load(aInf, i), ah = Load(aSup, i);
                Vector512<double> bl = Load(flip ? bSup : bInf, i), bh = Load(flip ? bInf : bSup, i);
                var low = Avx512F.FusedMultiplyAdd(bl, cl, al, FloatRoundingMode.ToNegativeInfinity);
                var high = Avx512F.FusedMultiplyAdd(bh, ch, ah, FloatRoundingMode.ToPositiveInfinity);
                if (!isPoint)
                {
                    low = Avx512F.Min(low, Avx512F.FusedMultiplyAdd(bl, ch, al, FloatRoundingMode.ToNegativeInfinity));
                    high = Avx512F.Max(
                        high, Avx512F.FusedMultiplyAdd(bh, cl, ah, FloatRoundingMode.ToPositiveInfinity));
                }

                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < aInf.Length; i++)
        {
            Put(Interval.Fma(Interval.Raw(bInf[i], bSup[i]), c, Interval.Raw(aInf[i], aSup[i])), inf, sup, i);
        }
    }

    // Powers.Whole for n ≥ 0.
    public static void WholePower(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, int n, Span<double> inf, Span<double> sup)
    {
        int i = 0;
        if (Avx512F.IsSupported && n >= 2 && (n & 1) == 0)
        {
            for (; i <= aInf.Length - Lanes; i += Lanes)
            {
                var (least, most) = Magnitudes(Load(aInf, i), Load(aSup, i));
                Vector512<double> low = least, high = most;
                for (int k = 1; k < n; k++)
                {
                    low = Avx512F.Multiply(low, least, FloatRoundingMode.ToNegativeInfinity);
                    high = Avx512F.Multiply(high, most, FloatRoundingMode.ToPositiveInfinity);
                }

                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }
        else if (Avx512F.IsSupported && n >= 3)
        {
            for (; i <= aInf.Length - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                OddDown(low, n).StoreUnsafe(ref At(inf, i));
                OddUp(high, n).StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < aInf.Length; i++)
        {
            Put(Powers.Whole(Interval.Raw(aInf[i], aSup[i]), n), inf, sup, i);
        }
    }

    // The last factor has the sign: on the negative side the magnitude is rounded the other way until then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OddDown(Vector512<double> x, int n)
    {
        Vector512<double> size = Vector512.Abs(x), down = size, up = size;
        for (int k = 1; k < n - 1; k++)
        {
            down = Avx512F.Multiply(down, size, FloatRoundingMode.ToNegativeInfinity);
            up = Avx512F.Multiply(up, size, FloatRoundingMode.ToPositiveInfinity);
        }

        var power = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), up, down);
        return Avx512F.Multiply(power, x, FloatRoundingMode.ToNegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OddUp(Vector512<double> x, int n)
    {
        Vector512<double> size = Vector512.Abs(x), down = size, up = size;
        for (int k = 1; k < n - 1; k++)
        {
            down = Avx512F.Multiply(down, size, FloatRoundingMode.ToNegativeInfinity);
            up = Avx512F.Multiply(up, size, FloatRoundingMode.ToPositiveInfinity);
        }

        var power = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), down, up);
        return Avx512F.Multiply(power, x, FloatRoundingMode.ToPositiveInfinity);
    }

    // The least and the largest absolute value of each interval; NaN stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Least, Vector512<double> Most) Magnitudes(
        Vector512<double> low, Vector512<double> high)
    {
        var crosses = Vector512.LessThanOrEqual(low, Vector512<double>.Zero)
            & Vector512.GreaterThanOrEqual(high, Vector512<double>.Zero);
        Vector512<double> a = Vector512.Abs(low), b = Vector512.Abs(high);
        return (Vector512.ConditionalSelect(crosses, Vector512<double>.Zero, Vector512.Min(a, b)), Vector512.Max(a, b));
    }

    private static void Put(Interval x, Span<double> inf, Span<double> sup, int i) => (inf[i], sup[i]) = (x.Inf, x.Sup);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> x, int i) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(Span<double> x, int i) => ref Unsafe.Add(ref MemoryMarshal.GetReference(x), i);
}
