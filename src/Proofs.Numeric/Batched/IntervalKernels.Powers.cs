using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

// Squares, roots, powers, absolute values, minima and maxima of eight intervals at a time.
public static partial class IntervalKernels
{
    /// <summary>The squares a².</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sqr(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                var (low, high) = Magnitudes(Load(aInf, i), Load(aSup, i));
                Avx512F.Multiply(low, low, FloatRoundingMode.ToNegativeInfinity).StoreUnsafe(ref At(inf, i));
                Avx512F.Multiply(high, high, FloatRoundingMode.ToPositiveInfinity).StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Sqr(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    /// <summary>The square roots of the members of a that are not negative.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sqrt(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                // A negative upper bound has the root NaN, and then both bounds are.
                var high = Avx512F.Sqrt(Load(aSup, i), FloatRoundingMode.ToPositiveInfinity);
                var low = Avx512F.Sqrt(
                    Avx512F.Max(Load(aInf, i), Vector512<double>.Zero), FloatRoundingMode.ToNegativeInfinity);
                Vector512.ConditionalSelect(Vector512.Equals(high, high), low, high).StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Sqrt(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    /// <summary>The sets of the numbers |a|.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Abs(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                var (low, high) = Magnitudes(Load(aInf, i), Load(aSup, i));
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Abs(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    /// <summary>The sets of the numbers min(a, b).</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Min(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Vector512.Min(Load(aInf, i), Load(bInf, i)),
                    high = Vector512.Min(Load(aSup, i), Load(bSup, i));
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Min(Get(aInf, aSup, i), Get(bInf, bSup, i)), inf, sup, i);
        }
    }

    /// <summary>The sets of the numbers max(a, b).</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Max(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Vector512.Max(Load(aInf, i), Load(bInf, i)),
                    high = Vector512.Max(Load(aSup, i), Load(bSup, i));
                low.StoreUnsafe(ref At(inf, i));
                high.StoreUnsafe(ref At(sup, i));
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Max(Get(aInf, aSup, i), Get(bInf, bSup, i)), inf, sup, i);
        }
    }

    /// <summary>The integer powers a^<paramref name="exponent"/>.</summary>
    /// <remarks>
    /// Cost: a few nanoseconds an interval for exponents up to 64 in size, and 0 outside a where they are negative.
    /// </remarks>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Pow(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, int exponent, Span<double> inf, Span<double> sup)
    {
        if (exponent == 2)
        {
            Sqr(aInf, aSup, inf, sup);
            return;
        }

        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported
            && exponent is not 0 and >= -PowerLanes.LargestExponent and <= PowerLanes.LargestExponent)
        {
            bool even = (exponent & 1) == 0;
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i), first = low, last = high;
                if (even)
                {
                    (first, last) = Magnitudes(low, high);
                }

                if (exponent < 0)
                {
                    (first, last) = (last, first); // falls on either side of 0
                }

                Approximation8 a = PowerLanes.Integer(first, exponent), b = PowerLanes.Integer(last, exponent);
                var done = a.Decided & b.Decided;
                if (exponent < 0)
                {
                    done &= Vector512.GreaterThan(low, Vector512<double>.Zero)
                        | Vector512.LessThan(high, Vector512<double>.Zero);
                }

                a.Down.StoreUnsafe(ref At(inf, i));
                b.Up.StoreUnsafe(ref At(sup, i));
                for (ulong missing = ~done.ExtractMostSignificantBits() & 0xFF; missing != 0; missing &= missing - 1)
                {
                    int j = BitOperations.TrailingZeroCount(missing);
                    Put(Interval.Pow(Interval.Raw(low.GetElement(j), high.GetElement(j)), exponent), inf, sup, i + j);
                }
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Pow(Get(aInf, aSup, i), exponent), inf, sup, i);
        }
    }

    /// <summary>
    /// The powers a^<paramref name="exponent"/>, defined as <see cref="Interval.Pow(Interval, BigRational)"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Pow(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, BigRational exponent, Span<double> inf, Span<double> sup)
    {
        if (exponent.IsInteger && exponent.Numerator >= int.MinValue + 1 && exponent.Numerator <= int.MaxValue)
        {
            Pow(aInf, aSup, (int)exponent.Numerator, inf, sup);
            return;
        }

        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        double y = Binary64.Nearest(exponent);
        if (Avx512F.IsSupported && !exponent.IsInteger && Math.Abs(y) is > 1e-12 and < 1e6)
        {
            double rest = Binary64.Nearest(exponent - BigRational.Exact(y));
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                // negative members are left out
                Vector512<double> first = Avx512F.Max(low, Vector512<double>.Zero), last = high;
                if (y < 0)
                {
                    (first, last) = (last, first);
                }

                var a = PowerLanes.Real(first, Vector512.Create(y), Vector512.Create(rest));
                var b = PowerLanes.Real(last, Vector512.Create(y), Vector512.Create(rest));
                if (y > 0)
                {
                    a = a.Exact(Vector512.Equals(first, Vector512<double>.Zero), Vector512<double>.Zero);
                }

                var done = a.Decided & b.Decided & Vector512.LessThanOrEqual(low, high);
                a.Down.StoreUnsafe(ref At(inf, i));
                b.Up.StoreUnsafe(ref At(sup, i));
                for (ulong missing = ~done.ExtractMostSignificantBits() & 0xFF; missing != 0; missing &= missing - 1)
                {
                    int j = BitOperations.TrailingZeroCount(missing);
                    Put(Interval.Pow(Interval.Raw(low.GetElement(j), high.GetElement(j)), exponent), inf, sup, i + j);
                }
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Pow(Get(aInf, aSup, i), exponent), inf, sup, i);
        }
    }

    /// <summary>The real powers a^b = e^(b ln a) for a &gt; 0, and 0^b = 0 for b &gt; 0.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Pow(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, bInf, bSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                EightPowers(Load(aInf, i), Load(aSup, i), Load(bInf, i), Load(bSup, i), inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Pow(Get(aInf, aSup, i), Get(bInf, bSup, i)), inf, sup, i);
        }
    }

    // b ln a is extreme at corners: where a lies on one side of 1 the signs of b say at which (see Interval.Pow); where
    // it lies on both, the least power is that of the lower base to the upper exponent or of the upper base to the
    // lower exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightPowers(
        Vector512<double> al, Vector512<double> ah, Vector512<double> bl, Vector512<double> bh, Span<double> inf,
        Span<double> sup, int i)
    {
        Vector512<double> zero = Vector512<double>.Zero, one = Vector512<double>.One;
        var positive = Vector512.GreaterThan(al, zero); // all a > 0, and neither is empty
        var small = Vector512.LessThan(al, one);
        Vector512<double> rising = Vector512.GreaterThanOrEqual(bl, zero),
            risingAbove = Vector512.GreaterThanOrEqual(bh, zero);
        var falling = Vector512.LessThanOrEqual(bl, zero);

        // a >= 1: the least power has the lower exponent; a <= 1: the upper one.
        Vector512<double> lowExponent = Vector512.ConditionalSelect(small, bh, bl),
            highExponent = Vector512.ConditionalSelect(small, bl, bh);
        var lowBase = Vector512.ConditionalSelect(Vector512.ConditionalSelect(small, risingAbove, rising), al, ah);
        var highBase = Vector512.ConditionalSelect(
            small, Vector512.ConditionalSelect(falling, al, ah), Vector512.ConditionalSelect(risingAbove, ah, al));
        var both = small & Vector512.GreaterThan(ah, one);
        bool anyBoth = both.ExtractMostSignificantBits() != 0;
        if (anyBoth)
        {
            lowBase = Vector512.ConditionalSelect(both, al, lowBase); // al^bh
            highBase = Vector512.ConditionalSelect(both, al, highBase); // al^bl
        }

        var a = PowerLanes.Real(lowBase, lowExponent, zero);
        var b = PowerLanes.Real(highBase, highExponent, zero);
        var done =
            a.Decided & b.Decided & positive & Vector512.LessThanOrEqual(bl, bh) & Vector512.LessThanOrEqual(al, ah);
        Vector512<double> low = a.Down, high = b.Up;
        if (anyBoth)
        {
            var c = PowerLanes.Real(ah, bl, zero);
            var d = PowerLanes.Real(ah, bh, zero);
            low = Vector512.ConditionalSelect(both, Avx512F.Min(low, c.Down), low);
            high = Vector512.ConditionalSelect(both, Avx512F.Max(high, d.Up), high);
            done &= ~both | (c.Decided & d.Decided);
        }

        low.StoreUnsafe(ref At(inf, i));
        high.StoreUnsafe(ref At(sup, i));
        for (ulong missing = ~done.ExtractMostSignificantBits() & 0xFF; missing != 0; missing &= missing - 1)
        {
            int j = BitOperations.TrailingZeroCount(missing);
            var power = Interval.Pow(
                Interval.Raw(al.GetElement(j), ah.GetElement(j)), Interval.Raw(bl.GetElement(j), bh.GetElement(j)));
            Put(power, inf, sup, i + j);
        }
    }

    // The least and the largest absolute value of a member; NaN for an empty set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Low, Vector512<double> High) Magnitudes(
        Vector512<double> low, Vector512<double> high)
    {
        Vector512<double> a = Vector512.Abs(low), b = Vector512.Abs(high);
        var zero = Vector512.LessThanOrEqual(low, Vector512<double>.Zero)
            & Vector512.GreaterThanOrEqual(high, Vector512<double>.Zero);
        return (Vector512.AndNot(Avx512F.Min(a, b), zero), Avx512F.Max(a, b));
    }
}
