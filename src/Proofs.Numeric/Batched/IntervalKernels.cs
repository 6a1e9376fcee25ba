using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

/// <summary>Interval operations over arrays of intervals, kept as one span of lower and one of upper bounds.</summary>
/// <remarks>
/// Shape: spans of one operation have the same length; the result may be one of the operands.
/// Guarantee: lane by lane the same set as the scalar operation of <see cref="Interval"/>.
/// Cost: eight intervals at a time with AVX-512; without it sums, products, quotients and layers run four (AVX2) or two
/// (Arm64) at a time on software rounding, everything else one at a time.
/// </remarks>
public static partial class IntervalKernels
{
    private const int Lanes = 8;

    /// <summary>The sums a + b.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Add(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Avx512F.Add(Load(aInf, i), Load(bInf, i), FloatRoundingMode.ToNegativeInfinity)
                    .StoreUnsafe(ref At(inf, i));
                Avx512F.Add(Load(aSup, i), Load(bSup, i), FloatRoundingMode.ToPositiveInfinity)
                    .StoreUnsafe(ref At(sup, i));
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Add(aInf, aSup, bInf, bSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Add(aInf, aSup, bInf, bSup, inf, sup);
        }

        for (; i < n; i++)
        {
            (inf[i], sup[i]) = (DirectedRounding.AddDown(aInf[i], bInf[i]), DirectedRounding.AddUp(aSup[i], bSup[i]));
        }
    }

    /// <summary>The differences a − b.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Subtract(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                var low = Avx512F.Subtract(Load(aInf, i), Load(bSup, i), FloatRoundingMode.ToNegativeInfinity);
                var high = Avx512F.Subtract(Load(aSup, i), Load(bInf, i), FloatRoundingMode.ToPositiveInfinity);
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Subtract(aInf, aSup, bInf, bSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Subtract(aInf, aSup, bInf, bSup, inf, sup);
        }

        for (; i < n; i++)
        {
            Put(Get(aInf, aSup, i) - Get(bInf, bSup, i), inf, sup, i);
        }
    }

    /// <summary>The products a · b.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Multiply(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> al = Load(aInf, i), ah = Load(aSup, i), bl = Load(bInf, i), bh = Load(bSup, i);
                if (!AllBounded(al, ah, bl, bh))
                {
                    for (int j = i; j < i + Lanes; j++)
                    {
                        Put(Get(aInf, aSup, j) * Get(bInf, bSup, j), inf, sup, j);
                    }

                    continue;
                }

                var (low, high) = Product(al, ah, bl, bh);
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Multiply(aInf, aSup, bInf, bSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Multiply(aInf, aSup, bInf, bSup, inf, sup);
        }

        for (; i < n; i++)
        {
            Put(Get(aInf, aSup, i) * Get(bInf, bSup, i), inf, sup, i);
        }
    }

    /// <summary>The fused products a · b + c.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Fma(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        ReadOnlySpan<double> cInf, ReadOnlySpan<double> cSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        Length(cInf, cSup, cInf, cSup, inf, sup);
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> al = Load(aInf, i), ah = Load(aSup, i), bl = Load(bInf, i), bh = Load(bSup, i);
                Vector512<double> cl = Load(cInf, i), ch = Load(cSup, i);
                if (!Vector512.LessThanAll((ah - al) + (bh - bl) + (ch - cl),
                    Vector512.Create(double.PositiveInfinity)))
                {
                    for (int j = i; j < i + Lanes; j++)
                    {
                        Put(Interval.Fma(Get(aInf, aSup, j), Get(bInf, bSup, j), Get(cInf, cSup, j)), inf, sup, j);
                    }

                    continue;
                }

                var (low, high) = FusedProduct(al, ah, bl, bh, cl, ch);
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Fma(aInf, aSup, bInf, bSup, cInf, cSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Fma(aInf, aSup, bInf, bSup, cInf, cSup, inf, sup);
        }

        for (; i < n; i++)
        {
            Put(Interval.Fma(Get(aInf, aSup, i), Get(bInf, bSup, i), Get(cInf, cSup, i)), inf, sup, i);
        }
    }

    /// <summary>The quotients a / b.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Divide(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> al = Load(aInf, i), ah = Load(aSup, i), bl = Load(bInf, i), bh = Load(bSup, i);
                var negative = Vector512.LessThan(bh, Vector512<double>.Zero);
                var apart = negative | Vector512.GreaterThan(bl, Vector512<double>.Zero);
                if ((apart & Bounded(al, ah, bl, bh)).ExtractMostSignificantBits() != 0xFF)
                {
                    for (int j = i; j < i + Lanes; j++)
                    {
                        Put(Get(aInf, aSup, j) / Get(bInf, bSup, j), inf, sup, j);
                    }

                    continue;
                }

                // The lower bound divides the lower end of a where b > 0, its upper end where b < 0; that by the lower
                // end of b where it is negative, and by the upper one where it is not, whatever the sign of b. The
                // upper bound the other way round.
                var p = Vector512.ConditionalSelect(negative, ah, al);
                var q = Vector512.ConditionalSelect(negative, al, ah);
                var pd = Vector512.ConditionalSelect(Vector512.LessThan(p, Vector512<double>.Zero), bl, bh);
                var qd = Vector512.ConditionalSelect(Vector512.LessThan(q, Vector512<double>.Zero), bh, bl);
                Avx512F.Divide(p, pd, FloatRoundingMode.ToNegativeInfinity).StoreUnsafe(ref At(inf, i));
                Avx512F.Divide(q, qd, FloatRoundingMode.ToPositiveInfinity).StoreUnsafe(ref At(sup, i));
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Divide(aInf, aSup, bInf, bSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Divide(aInf, aSup, bInf, bSup, inf, sup);
        }

        for (; i < n; i++)
        {
            Put(Get(aInf, aSup, i) / Get(bInf, bSup, i), inf, sup, i);
        }
    }

    // Bounds of the eight products; every operand is finite, so no product is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Low, Vector512<double> High) Product(
        Vector512<double> al, Vector512<double> ah, Vector512<double> bl, Vector512<double> bh)
    {
        var low = Avx512F.Min(
            Avx512F.Min(
                Avx512F.Multiply(al, bl, FloatRoundingMode.ToNegativeInfinity),
                Avx512F.Multiply(al, bh, FloatRoundingMode.ToNegativeInfinity)),
            Avx512F.Min(
                Avx512F.Multiply(ah, bl, FloatRoundingMode.ToNegativeInfinity),
                Avx512F.Multiply(ah, bh, FloatRoundingMode.ToNegativeInfinity)));
        var high = Avx512F.Max(
            Avx512F.Max(
                Avx512F.Multiply(al, bl, FloatRoundingMode.ToPositiveInfinity),
                Avx512F.Multiply(al, bh, FloatRoundingMode.ToPositiveInfinity)),
            Avx512F.Max(
                Avx512F.Multiply(ah, bl, FloatRoundingMode.ToPositiveInfinity),
                Avx512F.Multiply(ah, bh, FloatRoundingMode.ToPositiveInfinity)));
        return (low, high);
    }

    // The same with c added before the rounding. c may have overflowed to an infinite bound, which stays: -inf below,
    // +inf above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Low, Vector512<double> High) FusedProduct(
        Vector512<double> al, Vector512<double> ah, Vector512<double> bl, Vector512<double> bh,
        Vector512<double> cl, Vector512<double> ch)
    {
        var low = Avx512F.Min(
            Avx512F.Min(
                Avx512F.FusedMultiplyAdd(al, bl, cl, FloatRoundingMode.ToNegativeInfinity),
                Avx512F.FusedMultiplyAdd(al, bh, cl, FloatRoundingMode.ToNegativeInfinity)),
            Avx512F.Min(
                Avx512F.FusedMultiplyAdd(ah, bl, cl, FloatRoundingMode.ToNegativeInfinity),
                Avx512F.FusedMultiplyAdd(ah, bh, cl, FloatRoundingMode.ToNegativeInfinity)));
        var high = Avx512F.Max(
            Avx512F.Max(
                Avx512F.FusedMultiplyAdd(al, bl, ch, FloatRoundingMode.ToPositiveInfinity),
                Avx512F.FusedMultiplyAdd(al, bh, ch, FloatRoundingMode.ToPositiveInfinity)),
            Avx512F.Max(
                Avx512F.FusedMultiplyAdd(ah, bl, ch, FloatRoundingMode.ToPositiveInfinity),
                Avx512F.FusedMultiplyAdd(ah, bh, ch, FloatRoundingMode.ToPositiveInfinity)));
        return (low, high);
    }

    // Where the widths of two intervals add to a finite number. False for an unbounded or empty one, and for widths
    // that overflow, which only costs time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Bounded(
        Vector512<double> al, Vector512<double> ah, Vector512<double> bl, Vector512<double> bh) =>
        Vector512.LessThan((ah - al) + (bh - bl), Vector512.Create(double.PositiveInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllBounded(
        Vector512<double> al, Vector512<double> ah, Vector512<double> bl, Vector512<double> bh)
    {
        var width = (ah - al) + (bh - bl);
        return Vector512.LessThanAll(width, Vector512.Create(double.PositiveInfinity));
    }

    private static Interval Get(ReadOnlySpan<double> inf, ReadOnlySpan<double> sup, int i) =>
        Interval.Raw(inf[i], sup[i]);

    private static void Put(Interval x, Span<double> inf, Span<double> sup, int i) => (inf[i], sup[i]) = (x.Inf, x.Sup);

    // Callers have checked that i + 8 elements are there (Length).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> x, int i) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(Span<double> x, int i) => ref Unsafe.Add(ref MemoryMarshal.GetReference(x), i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Length(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        ReadOnlySpan<double> inf, ReadOnlySpan<double> sup)
    {
        int n = aInf.Length;
        if (aSup.Length != n || bInf.Length != n || bSup.Length != n || inf.Length != n || sup.Length != n)
        {
            ThrowLengths(n, aSup.Length, bInf.Length, bSup.Length, inf.Length, sup.Length);
        }

        return n;
    }

    // By itself, so that the text of the message doesn't use up what the compiler is ready to inline into a kernel.
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowLengths(int n, int aSup, int bInf, int bSup, int inf, int sup) =>
        throw new ArgumentException(
        $"Spans of one operation have one length; got {n}, {aSup}, {bInf}, {bSup}, {inf}, {sup}.");
}
