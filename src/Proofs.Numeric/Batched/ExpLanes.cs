using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Batched;

// FastExp in eight lanes: the same reduction, table and claims; docs/elementary-functions.md, sections 2 and 6.
internal static class ExpLanes
{
    private const double Minute = 5.551115123125783e-17; // 2^-54
    private const double Tiny = 3.725290298461914e-09; // 2^-28
    private const double Nudge = 8.673617379884035e-19; // 2^-60
    private const double Largest = 700;
    private static readonly double[] PowersHigh = [.. FastExp.Table.Select(p => p.High)];
    private static readonly double[] PowersLow = [.. FastExp.Table.Select(p => p.Low)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Exp(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange =
            Vector512.LessThan(x, Vector512.Create(Largest)) & Vector512.GreaterThan(x, Vector512.Create(-600.0));
        var minute = Vector512.LessThan(size, Vector512.Create(Minute));
        var e = Kernel(Vector512.ConditionalSelect(inRange, x, Vector512<double>.One), Vector512<double>.Zero);

        // Within 2^-54 of 0 the value lies beside 1, on the side of x.
        return Approximation8.Of(e, e.High * Vector512.Create(FastExp.Claim)).Only(inRange)
            .Beside(minute, Vector512<double>.One, (x & Vector512.Create(-0.0)) | Vector512.Create(Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.One);
    }

    // exp(x + low), scaled by its power of two; |x| <= 700 and |low| <= 2^-43.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 Kernel(Vector512<double> x, Vector512<double> low)
    {
        var k = Avx512F.RoundScale(x * Vector512.Create(FastExp.Steps), 0);
        var a = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(FastExp.L1), x);
        var b = Pair8.Product(k, Vector512.Create(FastExp.L2));
        var r = Pair8.Sum(a, -b.High);
        r = new(r.High, r.Low + (low - b.Low));
        return Combine(k, r);
    }

    // The same for a low part that may exceed half a unit of the reduced argument, which is made normal first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair8 KernelOfPair(Vector512<double> x, Vector512<double> low)
    {
        var k = Avx512F.RoundScale(x * Vector512.Create(FastExp.Steps), 0);
        var a = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(FastExp.L1), x);
        var b = Pair8.Product(k, Vector512.Create(FastExp.L2));
        var r = Pair8.Sum(a, -b.High);
        return Combine(k, Pair8.Sum(r.High, r.Low + (low - b.Low)));
    }

    // 2^(k/32) exp(r): four registers a table, and 2^(k >> 5) by the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair8 Combine(Vector512<double> k, Pair8 r)
    {
        var e = Minus1(r.High, r.Low);
        var turn = Avx512DQ.ConvertToVector512Int64(k);
        var upper = Table8.Upper(turn);
        Vector512<double> t = Table8.Of32(PowersHigh, turn, upper), tLow = Table8.Of32(PowersLow, turn, upper);
        var p = Pair8.Product(t, e.High);
        var h = Pair8.FastSum(t, p.High);
        var result = Pair8.FastSum(h.High, h.Low + (p.Low + ((t * e.Low) + (tLow + (tLow * e.High)))));
        var scale = (((turn >> 5) + Vector512.Create(1023L)) << 52).AsDouble();
        return new(result.High * scale, result.Low * scale);
    }

    // exp(r + rLow) - 1, not normalised.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair8 Minus1(Vector512<double> r, Vector512<double> rLow)
    {
        var s = Pair8.Product(r, r);
        var q = Avx512F.FusedMultiplyAdd(r, Vector512.Create(1.0 / 362880), Vector512.Create(1.0 / 40320));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 5040));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 720));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 120));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 24));
        q = Avx512F.FusedMultiplyAdd(r, q, Vector512.Create(1.0 / 6));
        var half = Vector512.Create(0.5);
        var sum = Pair8.FastSum(r, half * s.High);
        var tail = Avx512F.FusedMultiplyAdd(r * s.High, q, (half * s.Low) + Avx512F.FusedMultiplyAdd(r, rLow, rLow));
        return new(sum.High, sum.Low + tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Expm1(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange =
            Vector512.LessThan(x, Vector512.Create(Largest)) & Vector512.GreaterThan(x, Vector512.Create(-35.0));
        var small = Vector512.LessThanOrEqual(size, Vector512.Create(0.0108));
        var e = Kernel(Vector512.ConditionalSelect(inRange, x, Vector512<double>.One), Vector512<double>.Zero);
        var difference = Pair8.Sum(e.High, -Vector512<double>.One);
        var large = Pair8.FastSum(difference.High, difference.Low + e.Low);
        var largeError = (e.High * Vector512.Create(2 * FastExp.Claim))
            + (Vector512.Abs(large.High) * Vector512.Create(4.930380657631324e-32));
        var near = Minus1(Vector512.ConditionalSelect(small, x, Vector512<double>.Zero), Vector512<double>.Zero);
        near = Pair8.FastSum(near.High, near.Low);
        var error = Vector512.ConditionalSelect(
            small, Vector512.Abs(near.High) * Vector512.Create(5.421010862427522e-20), largeError);

        // x < exp(x) - 1 < x + x^2 within 2^-54 of 0.
        var minute =
            Vector512.LessThan(size, Vector512.Create(Minute)) & Vector512.GreaterThan(size, Vector512.Create(1e-290));
        return Approximation8.Of(Pair8.Select(small, near, large), error)
            .Only(inRange & Vector512.GreaterThanOrEqual(size, Vector512.Create(Minute)))
            .Beside(minute, x, size * Vector512.Create(Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    // (e - 1/e)/2 with e = exp|x|.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Sinh(Vector512<double> x)
    {
        Vector512<double> size = Vector512.Abs(x), sign = x & Vector512.Create(-0.0);
        var inRange = Vector512.LessThanOrEqual(size, Vector512.Create(Largest))
            & Vector512.GreaterThanOrEqual(size, Vector512.Create(Tiny));
        var argument = Vector512.ConditionalSelect(inRange, size, Vector512<double>.One);
        var (large, error) = Hyperbolic(argument, -Vector512<double>.One);
        var s = argument * argument;
        var q = Avx512F.FusedMultiplyAdd(s, Vector512.Create(1.0 / 362880), Vector512.Create(1.0 / 5040));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(1.0 / 120));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(1.0 / 6));
        return Odd(argument, argument * s * q, large, error).Signed(sign).Only(inRange)
            .Beside(Near(size), x, x * Vector512.Create(Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    // (e + 1/e)/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Cosh(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange = Vector512.LessThanOrEqual(size, Vector512.Create(Largest));
        var (value, error) =
            Hyperbolic(Vector512.ConditionalSelect(inRange, size, Vector512<double>.One), Vector512<double>.One);
        return Approximation8.Of(value, error).Only(inRange)
            .Beside(Vector512.LessThan(size, Vector512.Create(Tiny)), Vector512<double>.One, Vector512.Create(Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.One);
    }

    // (u - 1)/(u + 1) with u = exp 2|x|. From 19.9 on the value lies between 1 - 2^-53 and 1, at infinity it is 1: the
    // same bounds outwards, so arguments are cut there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Tanh(Vector512<double> x)
    {
        Vector512<double> size = Vector512.Abs(x), sign = x & Vector512.Create(-0.0), one = Vector512<double>.One;
        var inRange = Vector512.GreaterThanOrEqual(size, Vector512.Create(Tiny)); // false for NaN
        var argument = Avx512F.Min(Vector512.ConditionalSelect(inRange, size, one), Vector512.Create(19.9));
        var u = Kernel(argument + argument, Vector512<double>.Zero);
        Pair8 over = Pair8.FastSum(u.High, -one), under = Pair8.FastSum(u.High, one);
        var large = Pair8.Quotient(
            Pair8.FastSum(over.High, over.Low + u.Low), Pair8.FastSum(under.High, under.Low + u.Low));
        var s = argument * argument;
        var q = Avx512F.FusedMultiplyAdd(s, Vector512.Create(-1382.0 / 155925), Vector512.Create(62.0 / 2835));
        q = Avx512F.FusedMultiplyAdd(q, s, Vector512.Create(-17.0 / 315));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(2.0 / 15));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(-1.0 / 3));
        return Odd(argument, argument * s * q, large, Vector512.Create(FastExp.Claim)).Signed(sign).Only(inRange)
            .Beside(Near(size), x, x * Vector512.Create(-Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Pair8 Value, Vector512<double> Error) Hyperbolic(Vector512<double> size, Vector512<double> sign)
    {
        var e = Kernel(size, Vector512<double>.Zero);
        var inverse = Pair8.Quotient(new(Vector512<double>.One, Vector512<double>.Zero), e);
        var sum = Pair8.FastSum(e.High, sign * inverse.High);
        var result = Pair8.FastSum(sum.High, sum.Low + (e.Low + (sign * inverse.Low)));
        var half = Vector512.Create(0.5);
        return (new(half * result.High, half * result.Low), e.High * Vector512.Create(2 * FastExp.Claim));
    }

    // x + correction below 1/64 (FastOdd), the value given from there on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximation8 Odd(
        Vector512<double> x, Vector512<double> correction, Pair8 large, Vector512<double> error)
    {
        var small = Vector512.LessThan(x, Vector512.Create(0.015625));
        return Approximation8.Of(
            Pair8.Select(small, Pair8.FastSum(x, correction), large),
            Vector512.ConditionalSelect(small, x * Vector512.Create(1.0842021724855044e-19), error)); // 2^-63
    }

    // Where x (1 + 2^-60) and x (1 - 2^-60) stand for the two sides of x in functions that differ from it by a cube.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Near(Vector512<double> size) =>
        Vector512.LessThan(size, Vector512.Create(Tiny)) & Vector512.GreaterThan(size, Vector512.Create(1e-290));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximation8 Signed(this Approximation8 a, Vector512<double> sign) =>
        new(a.High ^ sign, a.Low ^ sign, a.Error);
}
