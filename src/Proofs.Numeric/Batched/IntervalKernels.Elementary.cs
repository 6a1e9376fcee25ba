using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Batched;

// Elementary functions of eight intervals at a time: the reductions, tables and error claims of the scalar functions,
// lane by lane, so docs/elementary-functions.md covers them. Lanes that are undecided or out of range are done again by
// the scalar operation.
public static partial class IntervalKernels
{
    /// <summary>The exponentials e^a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Exp(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<ExpFunction>(aInf, aSup, inf, sup);

    /// <summary>The numbers e^a − 1.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Expm1(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<Expm1Function>(aInf, aSup, inf, sup);

    /// <summary>The natural logarithms of the positive members of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Log(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<LogFunction>(aInf, aSup, inf, sup);

    /// <summary>The hyperbolic sines of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sinh(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<SinhFunction>(aInf, aSup, inf, sup);

    /// <summary>The hyperbolic cosines of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Cosh(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        Abs(aInf, aSup, inf, sup);
        Increasing<CoshFunction>(inf, sup, inf, sup);
    }

    /// <summary>The hyperbolic tangents of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tanh(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<TanhFunction>(aInf, aSup, inf, sup);

    /// <summary>The arctangents of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Atan(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Increasing<AtanFunction>(aInf, aSup, inf, sup);

    /// <summary>The sines of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sin(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Periodic<SinFunction>(aInf, aSup, inf, sup, topQuarter: 1);

    /// <summary>The cosines of a.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Cos(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup) =>
        Periodic<CosFunction>(aInf, aSup, inf, sup, topQuarter: 0);

    /// <summary>The tangents of a; all reals where a pole lies inside.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tan(ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                Approximation8 a = CircularLanes.Tan(low), b = CircularLanes.Tan(high);
                var (first, certain) = CircularLanes.Quarters(low);
                var (last, alsoCertain) = CircularLanes.Quarters(high);

                // The poles are the odd quarters; no end is one.
                var between = last - first;
                var pole = Vector512.GreaterThan(between, Vector512<long>.One)
                    | (Vector512.Equals(between, Vector512<long>.One)
                        & Vector512.Equals(last & Vector512<long>.One, Vector512<long>.One));
                var all = pole.AsDouble();
                var done = certain & alsoCertain & ((a.Decided & b.Decided) | all);
                Vector512.ConditionalSelect(all, Vector512.Create(double.NegativeInfinity), a.Down)
                    .StoreUnsafe(ref At(inf, i));
                Vector512.ConditionalSelect(all, Vector512.Create(double.PositiveInfinity), b.Up)
                    .StoreUnsafe(ref At(sup, i));
                Redo<TanFunction>(done, low, high, inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(Interval.Tan(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    // A function that increases on its domain.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Increasing<TFunction>(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup)
        where TFunction : struct, IFunction8
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                Approximation8 a = TFunction.At(low), b = TFunction.At(high);
                a.Down.StoreUnsafe(ref At(inf, i));
                b.Up.StoreUnsafe(ref At(sup, i));
                Redo<TFunction>(a.Decided & b.Decided, low, high, inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(TFunction.Of(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    // sin or cos: 1 at the quarters k = topQuarter mod 4, -1 two on, monotone between neighbouring ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Periodic<TFunction>(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup, long topQuarter)
        where TFunction : struct, IFunction8
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                Vector512<double> low = Load(aInf, i), high = Load(aSup, i);
                Approximation8 a = TFunction.At(low), b = TFunction.At(high);
                var (first, certain) = CircularLanes.Quarters(low);
                var (last, alsoCertain) = CircularLanes.Quarters(high);
                Vector512<double> top = Passes(first, last, topQuarter), bottom = Passes(first, last, topQuarter + 2);
                var one = Vector512<double>.One;
                Vector512.ConditionalSelect(bottom, -one, Avx512F.Min(a.Down, b.Down)).StoreUnsafe(ref At(inf, i));
                Vector512.ConditionalSelect(top, one, Avx512F.Max(a.Up, b.Up)).StoreUnsafe(ref At(sup, i));
                var done = certain & alsoCertain & ((a.Decided & b.Decided) | (top & bottom));
                Redo<TFunction>(done, low, high, inf, sup, i);
            }
        }

        for (; i < n; i++)
        {
            Put(TFunction.Of(Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    // Whether a quarter k = r mod 4 has first < k <= last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Passes(Vector512<long> first, Vector512<long> last, long r) =>
        Vector512.GreaterThan(
        last - first, (Vector512.Create(r - 1) - first) & Vector512.Create(3L)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Redo<TFunction>(
        Vector512<double> done, Vector512<double> low, Vector512<double> high, Span<double> inf, Span<double> sup,
        int i)
        where TFunction : struct, IFunction8
    {
        ulong missing = ~done.ExtractMostSignificantBits() & 0xFF;
        if (missing != 0)
        {
            RedoLanes<TFunction>(missing, low, high, inf, sup, i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RedoLanes<TFunction>(
        ulong missing, Vector512<double> low, Vector512<double> high, Span<double> inf, Span<double> sup, int i)
        where TFunction : struct, IFunction8
    {
        for (int j = 0; j < Lanes; j++)
        {
            if (((missing >> j) & 1) != 0)
            {
                Put(TFunction.Of(Interval.Raw(low.GetElement(j), high.GetElement(j))), inf, sup, i + j);
            }
        }
    }

    private readonly struct ExpFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => ExpLanes.Exp(x);

        public static Interval Of(Interval x) => Interval.Exp(x);
    }

    private readonly struct Expm1Function : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => ExpLanes.Expm1(x);

        public static Interval Of(Interval x) => Interval.Expm1(x);
    }

    private readonly struct LogFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => LogLanes.Log(x);

        public static Interval Of(Interval x) => Interval.Log(x);
    }

    private readonly struct SinhFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => ExpLanes.Sinh(x);

        public static Interval Of(Interval x) => Interval.Sinh(x);
    }

    private readonly struct CoshFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => ExpLanes.Cosh(x);

        public static Interval Of(Interval x) => Interval.Cosh(x);
    }

    private readonly struct TanhFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => ExpLanes.Tanh(x);

        public static Interval Of(Interval x) => Interval.Tanh(x);
    }

    private readonly struct AtanFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => CircularLanes.Atan(x);

        public static Interval Of(Interval x) => Interval.Atan(x);
    }

    private readonly struct SinFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => CircularLanes.Sin(x);

        public static Interval Of(Interval x) => Interval.Sin(x);
    }

    private readonly struct CosFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => CircularLanes.Cos(x);

        public static Interval Of(Interval x) => Interval.Cos(x);
    }

    private readonly struct TanFunction : IFunction8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Approximation8 At(Vector512<double> x) => CircularLanes.Tan(x);

        public static Interval Of(Interval x) => Interval.Tan(x);
    }
}
