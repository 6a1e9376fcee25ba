using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Batched;

// Eight pairs at a time: Pair, lane by lane, with AVX-512. Callers test Avx512F.IsSupported.
internal readonly record struct Pair8(Vector512<double> High, Vector512<double> Low)
{
    // a + b exactly, for |a| >= |b| or a = 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 FastSum(Vector512<double> a, Vector512<double> b)
    {
        var s = a + b;
        return new(s, b - (s - a));
    }

    // a + b exactly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Sum(Vector512<double> a, Vector512<double> b)
    {
        Vector512<double> s = a + b, t = s - a;
        return new(s, (a - (s - t)) + (b - t));
    }

    // a b exactly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Product(Vector512<double> a, Vector512<double> b)
    {
        var p = a * b;
        return new(p, Avx512F.FusedMultiplySubtract(a, b, p));
    }

    // a b with relative error at most 2^-103: the product of the low parts (2^-106) is left out, and three roundings of
    // terms of at most 2, 3 and 3 times 2^-53 are made. Exact where both low parts are 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Product(Pair8 a, Pair8 b)
    {
        var p = Product(a.High, b.High);
        var low = Avx512F.FusedMultiplyAdd(a.High, b.Low, Avx512F.FusedMultiplyAdd(a.Low, b.High, p.Low));
        return FastSum(p.High, low);
    }

    // a/b with relative error at most 2^-98, as Pair.Quotient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Quotient(Pair8 a, Pair8 b)
    {
        var q = a.High / b.High;
        var rest =
            Avx512F.FusedMultiplyAddNegated(q, b.High, a.High) + Avx512F.FusedMultiplyAddNegated(q, b.Low, a.Low);
        return FastSum(q, rest / b.High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Select(Vector512<double> mask, Pair8 a, Pair8 b) =>
        new(Vector512.ConditionalSelect(mask, a.High, b.High), Vector512.ConditionalSelect(mask, a.Low, b.Low));

    // The same sign change in both parts: bits is 0 or -0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair8 Flip(Vector512<double> bits) => new(High ^ bits, Low ^ bits);
}

// Eight evaluations, each as Approximation: the value lies within Error of High + Low. Error is infinite in a lane that
// knows nothing and negative in one where High is the value.
internal readonly record struct Approximation8(Vector512<double> High, Vector512<double> Low, Vector512<double> Error)
{
    private const double Exactly = -1;
    private const double Nothing = double.PositiveInfinity;

    // The lanes in which the value is known to be High, or to lie strictly on one side of it.
    public Vector512<double> Decided
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.GreaterThan(Vector512.Abs(Low), Error);
    }

    // The tightest bounds in the lanes that are decided: High + Low lies on the same side of High as the value, and
    // closer to it than either neighbour.
    public Vector512<double> Down
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.Add(High, Low, FloatRoundingMode.ToNegativeInfinity);
    }

    public Vector512<double> Up
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.Add(High, Low, FloatRoundingMode.ToPositiveInfinity);
    }

    public static Approximation8 Of(Pair8 value, Vector512<double> error) => new(value.High, value.Low, error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Approximation8 Only(Vector512<double> lanes) =>
        new(High, Low, Vector512.ConditionalSelect(lanes, Error, Vector512.Create(Nothing)));

    // The value is the number given in the lanes given.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Approximation8 Exact(Vector512<double> lanes, Vector512<double> value) => new(
        Vector512.ConditionalSelect(lanes, value, High),
        Vector512.AndNot(Low, lanes),
        Vector512.ConditionalSelect(lanes, Vector512.Create(Exactly), Error));

    // The value lies strictly between the number given and its neighbour on the side of the sign of side, which is so
    // small that the sum rounds to the number, in the lanes given.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Approximation8 Beside(Vector512<double> lanes, Vector512<double> value, Vector512<double> side) => new(
        Vector512.ConditionalSelect(lanes, value, High),
        Vector512.ConditionalSelect(lanes, side, Low),
        Vector512.AndNot(Error, lanes));
}

// A function evaluated at eight points, and the operation on one interval that lanes without a decision fall back to.
internal interface IFunction8
{
    static abstract Approximation8 At(Vector512<double> x);

    static abstract Interval Of(Interval x);
}
