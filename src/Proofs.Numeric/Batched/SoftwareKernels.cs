using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

// The interval kernels without AVX-512: software rounding in vectors of any width. Each returns how many elements it
// has done, a multiple of the width; lengths were checked by the caller. Groups with a lane that software rounding
// leaves out are done one by one.
internal static class SoftwareKernels<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    public static int Add(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            var valid = All;
            var low = SoftwareRounding<TLanes>.Add(Load(aInf, i), Load(bInf, i), ref valid).Down;
            var high = SoftwareRounding<TLanes>.Add(Load(aSup, i), Load(bSup, i), ref valid).Up;
            if (TLanes.All(valid))
            {
                Store(low, high, inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Get(aInf, aSup, j) + Get(bInf, bSup, j), inf, sup, j);
            }
        }

        return i;
    }

    public static int Subtract(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            var valid = All;
            var low = SoftwareRounding<TLanes>.Add(Load(aInf, i), -Load(bSup, i), ref valid).Down;
            var high = SoftwareRounding<TLanes>.Add(Load(aSup, i), -Load(bInf, i), ref valid).Up;
            if (TLanes.All(valid))
            {
                Store(low, high, inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Get(aInf, aSup, j) - Get(bInf, bSup, j), inf, sup, j);
            }
        }

        return i;
    }

    public static int Multiply(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes valid = All, al = Load(aInf, i), ah = Load(aSup, i), bl = Load(bInf, i), bh = Load(bSup, i);
            var p = SoftwareRounding<TLanes>.Multiply(al, bl, ref valid);
            var q = SoftwareRounding<TLanes>.Multiply(al, bh, ref valid);
            var r = SoftwareRounding<TLanes>.Multiply(ah, bl, ref valid);
            var s = SoftwareRounding<TLanes>.Multiply(ah, bh, ref valid);
            if (TLanes.All(valid))
            {
                Store(
                    TLanes.Min(TLanes.Min(p.Down, q.Down), TLanes.Min(r.Down, s.Down)),
                    TLanes.Max(TLanes.Max(p.Up, q.Up), TLanes.Max(r.Up, s.Up)), inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Get(aInf, aSup, j) * Get(bInf, bSup, j), inf, sup, j);
            }
        }

        return i;
    }

    public static int Fma(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        ReadOnlySpan<double> cInf, ReadOnlySpan<double> cSup, Span<double> inf, Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes valid = All, low = Load(cInf, i), high = Load(cSup, i);
            FusedProduct(Load(aInf, i), Load(aSup, i), Load(bInf, i), Load(bSup, i), ref low, ref high, ref valid);
            if (TLanes.All(valid))
            {
                Store(low, high, inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Interval.Fma(Get(aInf, aSup, j), Get(bInf, bSup, j), Get(cInf, cSup, j)), inf, sup, j);
            }
        }

        return i;
    }

    // Which ends of a and b give a bound is told in IntervalKernels.Divide.
    public static int Divide(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int i = 0;
        var zero = TLanes.Create(0);
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes al = Load(aInf, i), ah = Load(aSup, i), bl = Load(bInf, i), bh = Load(bSup, i);
            var negative = TLanes.Less(bh, zero);
            var valid = negative | TLanes.Less(zero, bl);
            TLanes p = TLanes.Select(negative, ah, al), q = TLanes.Select(negative, al, ah);
            var low = SoftwareRounding<TLanes>.Divide(p, TLanes.Select(TLanes.Less(p, zero), bl, bh), ref valid).Down;
            var high = SoftwareRounding<TLanes>.Divide(q, TLanes.Select(TLanes.Less(q, zero), bh, bl), ref valid).Up;
            if (TLanes.All(valid))
            {
                Store(low, high, inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Get(aInf, aSup, j) / Get(bInf, bSup, j), inf, sup, j);
            }
        }

        return i;
    }

    // Horner's scheme; see IntervalKernels.Polynomial.
    public static int Polynomial(
        ReadOnlySpan<double> coefficients, ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf,
        Span<double> sup)
    {
        int i = 0;
        for (; i <= aInf.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes al = Load(aInf, i), ah = Load(aSup, i), low = TLanes.Create(coefficients[^1]), high = low;
            var valid = TLanes.Less(ah - al, TLanes.Create(double.PositiveInfinity));
            for (int k = coefficients.Length - 2; k >= 0; k--)
            {
                TLanes l = TLanes.Create(coefficients[k]), h = l;
                FusedProduct(low, high, al, ah, ref l, ref h, ref valid);
                (low, high) = (l, h);
            }

            if (TLanes.All(valid))
            {
                Store(low, high, inf, sup, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(IntervalKernels.Horner(coefficients, Get(aInf, aSup, j)), inf, sup, j);
            }
        }

        return i;
    }

    // Eight columns of an inner product of intervals are added to eight lower and eight upper bounds, in the order of
    // the lanes of AVX-512, so that every machine has the same bits.
    public static void Accumulate(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> lows, Span<double> highs)
    {
        for (int i = 0; i < 8; i += TLanes.Count)
        {
            TLanes valid = All, low = Load(lows, i), high = Load(highs, i);
            FusedProduct(Load(aInf, i), Load(aSup, i), Load(bInf, i), Load(bSup, i), ref low, ref high, ref valid);
            if (TLanes.All(valid))
            {
                Store(low, high, lows, highs, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                Put(Interval.Fma(Get(aInf, aSup, j), Get(bInf, bSup, j), Interval.Raw(lows[j], highs[j])), lows, highs,
                    j);
            }
        }
    }

    // Exact weights w times intervals, all finite, are added to as many bounds, which may have overflowed.
    public static void Accumulate(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> inf, ReadOnlySpan<double> sup, Span<double> lows,
        Span<double> highs)
    {
        for (int i = 0; i < lows.Length; i += TLanes.Count)
        {
            TLanes low = Load(lows, i), high = Load(highs, i);
            if (Weighted(Load(weights, i), Load(inf, i), Load(sup, i), ref low, ref high))
            {
                Store(low, high, lows, highs, i);
                continue;
            }

            for (int j = i; j < i + TLanes.Count; j++)
            {
                WeightedOne(weights[j], inf[j], sup[j], ref lows[j], ref highs[j]);
            }
        }
    }

    // One row of an affine layer for the boxes of a batch.
    public static void Row(ReadOnlySpan<double> weights, double bias, ReadOnlySpan<double> inputs, Span<double> output)
    {
        for (int box = 0; box < IntervalKernels.Boxes; box += TLanes.Count)
        {
            TLanes low = TLanes.Create(bias), high = low;
            for (int j = 0; j < weights.Length; j++)
            {
                int at = (16 * j) + box;
                if (Weighted(TLanes.Create(weights[j]), Load(inputs, at), Load(inputs, at + 8), ref low, ref high))
                {
                    continue;
                }

                Store(low, high, output[..8], output[8..], box);
                for (int k = box; k < box + TLanes.Count; k++)
                {
                    WeightedOne(
                        weights[j], inputs[(16 * j) + k], inputs[(16 * j) + 8 + k], ref output[k], ref output[8 + k]);
                }

                (low, high) = (Load(output, box), Load(output, box + 8));
            }

            Store(low, high, output[..8], output[8..], box);
        }
    }

    private static TLanes All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Equal(TLanes.Create(0), TLanes.Create(0));
    }

    // low and high hold c before and a b + c after.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FusedProduct(
        TLanes al, TLanes ah, TLanes bl, TLanes bh, ref TLanes low, ref TLanes high, ref TLanes valid)
    {
        SoftwareRounding<TLanes>.Fused(al, bl, low, high, ref valid, out var p, out var t);
        SoftwareRounding<TLanes>.Fused(al, bh, low, high, ref valid, out var q, out var u);
        SoftwareRounding<TLanes>.Fused(ah, bl, low, high, ref valid, out var r, out var v);
        SoftwareRounding<TLanes>.Fused(ah, bh, low, high, ref valid, out var s, out var w);
        low = TLanes.Min(TLanes.Min(p, q), TLanes.Min(r, s));
        high = TLanes.Max(TLanes.Max(t, u), TLanes.Max(v, w));
    }

    // Adds w [l, h] where every lane is valid, else leaves the bounds alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Weighted(TLanes w, TLanes l, TLanes h, ref TLanes low, ref TLanes high)
    {
        TLanes valid = All, negative = TLanes.Less(w, TLanes.Create(0));
        var down = SoftwareRounding<TLanes>.Fused(w, TLanes.Select(negative, h, l), low, ref valid).Down;
        var up = SoftwareRounding<TLanes>.Fused(w, TLanes.Select(negative, l, h), high, ref valid).Up;
        if (!TLanes.All(valid))
        {
            return false;
        }

        (low, high) = (down, up);
        return true;
    }

    private static void WeightedOne(double w, double l, double h, ref double low, ref double high)
    {
        low = DirectedRounding.FusedMultiplyAddDown(w, w < 0 ? h : l, low);
        high = DirectedRounding.FusedMultiplyAddUp(w, w < 0 ? l : h, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load(ReadOnlySpan<double> x, int i) => TLanes.Load(ref MemoryMarshal.GetReference(x), i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes low, TLanes high, Span<double> inf, Span<double> sup, int i)
    {
        low.Store(ref MemoryMarshal.GetReference(inf), i);
        high.Store(ref MemoryMarshal.GetReference(sup), i);
    }

    private static Interval Get(ReadOnlySpan<double> inf, ReadOnlySpan<double> sup, int i) =>
        Interval.Raw(inf[i], sup[i]);

    private static void Put(Interval x, Span<double> inf, Span<double> sup, int i) => (inf[i], sup[i]) = (x.Inf, x.Sup);
}
