using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;

namespace Proofs.Numeric.Batched;

// Eight partial sums on every path: lane j adds the terms j, j + 8, ... in turn, and the lanes are added in order at
// the end.
public static partial class IntervalKernels
{
    /// <summary>An enclosure of the inner product Σ a_i · b_i.</summary>
    /// <remarks>
    /// Guarantee: enclosure; the order of the terms is fixed, so the bits are the same on every machine.
    /// </remarks>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static Interval Dot(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup)
    {
        int n = Length(aInf, aSup, bInf, bSup, aInf, aSup), i = 0;
        var sum = Interval.Zero;
        Span<double> lows = stackalloc double[Lanes], highs = stackalloc double[Lanes];
        lows.Clear();
        highs.Clear();
        Vector512<double> low = default, high = default;
        for (; i <= n - Lanes; i += Lanes)
        {
            if (!AreBounded(aInf, aSup, bInf, bSup, i))
            {
                for (int j = i; j < i + Lanes; j++)
                {
                    sum = Interval.Fma(Get(aInf, aSup, j), Get(bInf, bSup, j), sum);
                }
            }
            else if (Avx512F.IsSupported)
            {
                (low, high) = FusedProduct(Load(aInf, i), Load(aSup, i), Load(bInf, i), Load(bSup, i), low, high);
            }
            else if (SimdPath.HasFourLanes)
            {
                SoftwareKernels<FourLanes>.Accumulate(aInf[i..], aSup[i..], bInf[i..], bSup[i..], lows, highs);
            }
            else if (SimdPath.HasTwoLanes)
            {
                SoftwareKernels<TwoLanes>.Accumulate(aInf[i..], aSup[i..], bInf[i..], bSup[i..], lows, highs);
            }
            else
            {
                SoftwareKernels<OneLane>.Accumulate(aInf[i..], aSup[i..], bInf[i..], bSup[i..], lows, highs);
            }
        }

        if (Avx512F.IsSupported)
        {
            low.CopyTo(lows);
            high.CopyTo(highs);
        }

        for (int j = 0; j < Lanes; j++)
        {
            sum += Get(lows, highs, j);
        }

        for (; i < n; i++)
        {
            sum = Interval.Fma(Get(aInf, aSup, i), Get(bInf, bSup, i), sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreBounded(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        int i)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return AllBounded(Load(aInf, i), Load(aSup, i), Load(bInf, i), Load(bSup, i));
        }

        bool bounded = true;
        for (int j = i; j < i + Lanes; j++)
        {
            bounded &= (aSup[j] - aInf[j]) + (bSup[j] - bInf[j]) < double.PositiveInfinity;
        }

        return bounded;
    }
}
