using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Batched;

// FastCircular in eight lanes, with its claims; docs/elementary-functions.md, sections 4 to 6. The angle k pi/64 is
// split into quarters and j pi/64 with |j| <= 16, so that a table has seventeen entries: two registers, entry 16 in the
// place of entry 0.
internal static class CircularLanes
{
    private const double Tiny = 3.725290298461914e-09; // 2^-28
    private const double Nudge = 8.673617379884035e-19; // 2^-60
    private static readonly double[] SineHigh = Folded(j => FastCircular.SineTable[j].High);
    private static readonly double[] SineLow = Folded(j => FastCircular.SineTable[j].Low);
    private static readonly double[] CosineHigh = Folded(j => FastCircular.SineTable[32 + j].High);
    private static readonly double[] CosineLow = Folded(j => FastCircular.SineTable[32 + j].Low);
    private static readonly double[] ArctangentHigh = [.. FastCircular.ArctangentTable.Select(p => p.High)];
    private static readonly double[] ArctangentLow = [.. FastCircular.ArctangentTable.Select(p => p.Low)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Sin(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange = InRange(size);
        var r = Reduce(
            Vector512.ConditionalSelect(inRange, x, Vector512<double>.One), out var sine, out var cosine,
            out var quarter);
        return Turn(r, sine, cosine, quarter).Only(inRange)
            .Beside(Near(size), x, x * Vector512.Create(-Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Cos(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange = InRange(size);
        var r = Reduce(
            Vector512.ConditionalSelect(inRange, x, Vector512<double>.One), out var sine, out var cosine,
            out var quarter);
        return Turn(r, sine, cosine, quarter + Vector512<long>.One).Only(inRange)
            .Beside(Vector512.LessThan(size, Vector512.Create(Tiny)), Vector512<double>.One, Vector512.Create(-Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.One);
    }

    // Errors as in FastCircular.Tan. Compiled by itself: two of it are more than the compiler inlines into one method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Approximation8 Tan(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var inRange = InRange(size);
        var r = Reduce(
            Vector512.ConditionalSelect(inRange, x, Vector512<double>.One), out var sine, out var cosine,
            out var quarter);
        Approximation8 s = Turn(r, sine, cosine, quarter), c = Turn(r, sine, cosine, quarter + Vector512<long>.One);
        var q = Pair8.Quotient(new(s.High, s.Low), new(c.High, c.Low));
        var t = Vector512.Abs(q.High);
        var relative = (s.Error / Vector512.Abs(s.High)) + (c.Error / Vector512.Abs(c.High));
        var error = (Vector512.Create(1.01) * t * relative) + (t * Vector512.Create(3.2e-30));
        return Approximation8.Of(q, error).Only(inRange)
            .Beside(Near(size), x, x * Vector512.Create(Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    // The number of quarter turns below x, and the lanes where plain arithmetic decides it: as FastCircular.Quarters,
    // and at 0 and beside it, where the sign of x decides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<long> Quarters, Vector512<double> Certain) Quarters(Vector512<double> x)
    {
        var turns = x * Vector512.Create(FastCircular.Turns);
        var floor = Avx512F.RoundScale(turns, 1);
        var rest = turns - floor;
        var certain =
            Vector512.GreaterThan(rest, Vector512.Create(1e-9)) & Vector512.LessThan(rest, Vector512.Create(1 - 1e-9));
        certain |= Vector512.LessThan(Vector512.Abs(turns), Vector512.Create(0.5));
        certain &= Vector512.LessThanOrEqual(Vector512.Abs(x), Vector512.Create(FastCircular.Largest));
        return (Avx512DQ.ConvertToVector512Int64(floor), certain);
    }

    // atan(c) + atan(z) with c = j/32 near |x| and z = (|x| - c)/(1 + |x| c), or beyond 1 the rest of pi/2 with c near
    // 1/|x| and z = (1 - c |x|)/(|x| + c). Beyond 10^300 the bounds are those at infinity, so arguments are cut there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Atan(Vector512<double> x)
    {
        Vector512<double> size = Vector512.Abs(x), sign = x & Vector512.Create(-0.0), one = Vector512<double>.One;
        var inRange = Vector512.GreaterThanOrEqual(size, Vector512.Create(Tiny)); // false for NaN
        var y = Avx512F.Min(Vector512.ConditionalSelect(inRange, size, one), Vector512.Create(1e300));
        var beyond = Vector512.GreaterThan(y, one);
        var nearest = Vector512.ConditionalSelect(beyond, Vector512.Create(32.0) / y, Vector512.Create(32.0) * y);
        Vector512<double> j = Avx512F.RoundScale(nearest, 0), c = j * Vector512.Create(0.03125);
        var product = Pair8.Product(y, c);
        var direct = y - c; // exact
        var inverse = Pair8.FastSum(one - product.High, -product.Low); // the difference is exact
        var over = new Pair8(
            Vector512.ConditionalSelect(beyond, inverse.High, direct), Vector512.AndNot(inverse.Low, ~beyond));
        var sum1 = Pair8.FastSum(one, product.High);
        sum1 = Pair8.FastSum(sum1.High, sum1.Low + product.Low);
        var under = Pair8.Select(beyond, Pair8.FastSum(y, c), sum1);
        var z = Pair8.Quotient(over, under);

        var s = z.High * z.High;
        var q = Avx512F.FusedMultiplyAdd(s, Vector512.Create(-1.0 / 11), Vector512.Create(1.0 / 9));
        q = Avx512F.FusedMultiplyAdd(q, s, Vector512.Create(-1.0 / 7));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(1.0 / 5));
        q = Avx512F.FusedMultiplyAdd(s, q, Vector512.Create(-1.0 / 3));
        var tail = Avx512F.FusedMultiplyAdd(z.High * s, q, z.Low);
        var table = Arctangent(j);
        var sum = Pair8.Sum(table.High, z.High);
        var angle = Pair8.FastSum(sum.High, sum.Low + (table.Low + tail));
        var rest = Pair8.FastSum(Vector512.Create(FastCircular.HalfPi.High), -angle.High);
        rest = Pair8.FastSum(rest.High, rest.Low + (Vector512.Create(FastCircular.HalfPi.Low) - angle.Low));
        var value = Pair8.Select(beyond, rest, angle).Flip(sign);

        // In the cell of 0 the series stands alone, as in FastOdd.
        var odd = Vector512.LessThan(y, Vector512.Create(0.015625));
        var error = Vector512.ConditionalSelect(
            // 2^-63, 2^-69
            odd, y * Vector512.Create(1.0842021724855044e-19), Vector512.Create(1.6940658945086007e-21));
        return Approximation8.Of(value, error).Only(inRange)
            .Beside(Near(size), x, x * Vector512.Create(-Nudge))
            .Exact(Vector512.Equals(x, Vector512<double>.Zero), Vector512<double>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair8 Reduce(Vector512<double> x, out Pair8 sine, out Pair8 cosine, out Vector512<long> quarter)
    {
        var k = Avx512F.RoundScale(x * Vector512.Create(FastCircular.Steps), 0);
        var a = Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(FastCircular.P1), x);
        var r = Pair8.Sum(a, -(k * Vector512.Create(FastCircular.P2)));
        r = Pair8.Sum(r.High, Avx512F.FusedMultiplyAddNegated(k, Vector512.Create(FastCircular.P3), r.Low));

        // k = 32 quarter + j with |j| <= 16
        var quarters = Avx512F.RoundScale(k * Vector512.Create(0.03125), 0);
        var j = Avx512F.FusedMultiplyAddNegated(quarters, Vector512.Create(32.0), k);
        var index = Avx512DQ.ConvertToVector512Int64(Vector512.Abs(j));
        var zero = Vector512.Equals(j, Vector512<double>.Zero);
        var sign = j & Vector512.Create(-0.0);
        sine = new(
            Vector512.AndNot(Table8.Of16(SineHigh, index), zero) ^ sign,
            Vector512.AndNot(Table8.Of16(SineLow, index), zero) ^ sign);
        cosine = new(
            Vector512.ConditionalSelect(zero, Vector512<double>.One, Table8.Of16(CosineHigh, index)),
            Vector512.AndNot(Table8.Of16(CosineLow, index), zero));
        quarter = Avx512DQ.ConvertToVector512Int64(quarters);
        return r;
    }

    // sin of quarter turns and j pi/64 + r: S cos r + C sin r, where the quarter chooses S and C.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximation8 Turn(Pair8 angle, Pair8 sineOfJ, Pair8 cosineOfJ, Vector512<long> quarter)
    {
        var odd = Vector512.Equals(quarter & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var flip = ((quarter & Vector512.Create(2L)) << 62).AsDouble();
        var minus = Vector512.Create(-0.0);
        var sine = Pair8.Select(odd, cosineOfJ, sineOfJ).Flip(flip);
        var cosine = Pair8.Select(odd, sineOfJ.Flip(minus), cosineOfJ).Flip(flip);
        Vector512<double> r = angle.High, rLow = angle.Low;
        var s = Pair8.Product(r, r);

        var p = Avx512F.FusedMultiplyAdd(s.High, Vector512.Create(1.0 / 362880), Vector512.Create(-1.0 / 5040));
        p = Avx512F.FusedMultiplyAdd(s.High, p, Vector512.Create(1.0 / 120));
        p = Avx512F.FusedMultiplyAdd(s.High, p, Vector512.Create(-1.0 / 6));
        var even = Vector512.Create(-0.5) * s.High;
        var oddTail = Avx512F.FusedMultiplyAdd(r * s.High, p, Avx512F.FusedMultiplyAdd(even, rLow, rLow));
        var high = Avx512F.FusedMultiplyAdd(s.High, Vector512.Create(1.0 / 40320), Vector512.Create(-1.0 / 720));
        high = Avx512F.FusedMultiplyAdd(s.High, high, Vector512.Create(1.0 / 24));
        var evenTail =
            Avx512F.FusedMultiplySubtract(s.High * s.High, high, (Vector512.Create(0.5) * s.Low) + (r * rLow));

        Pair8 first = Pair8.Product(cosine.High, r), second = Pair8.Product(sine.High, even);
        Pair8 sum = Pair8.Sum(sine.High, first.High), total = Pair8.Sum(sum.High, second.High);
        var low = (sine.Low + Avx512F.FusedMultiplyAdd(cosine.Low, r, sine.Low * even)) + (first.Low + second.Low);
        low += Avx512F.FusedMultiplyAdd(sine.High, evenTail, cosine.High * oddTail);
        var result = Pair8.Sum(total.High, (sum.Low + total.Low) + low);
        var error = Vector512.ConditionalSelect(
            Vector512.Equals(sine.High, Vector512<double>.Zero),
            // 2^-63 of it, 2^-99
            (Vector512.Abs(result.High) * Vector512.Create(1.0842021724855044e-19)) + Vector512.Create(1.6e-30),
            Vector512.Create(3.3881317890172014e-21)); // 2^-68
        return Approximation8.Of(result, error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> InRange(Vector512<double> size) =>
        Vector512.LessThanOrEqual(size, Vector512.Create(FastCircular.Largest))
        & Vector512.GreaterThanOrEqual(size, Vector512.Create(Tiny));

    // Where x (1 + 2^-60) and x (1 - 2^-60) stand for the two sides of x in functions that differ from it by a cube.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Near(Vector512<double> size) =>
        Vector512.LessThan(size, Vector512.Create(Tiny)) & Vector512.GreaterThan(size, Vector512.Create(1e-290));

    // atan(j/32), j = 0 ... 32: four registers and the last entry by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair8 Arctangent(Vector512<double> j)
    {
        var index = Avx512DQ.ConvertToVector512Int64(j);
        var upper = Vector512.GreaterThanOrEqual(j, Vector512.Create(16.0));
        var last = Vector512.Equals(j, Vector512.Create(32.0));
        return new(Entry(ArctangentHigh, index, upper, last), Entry(ArctangentLow, index, upper, last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Entry(
        double[] table, Vector512<long> index, Vector512<double> upper, Vector512<double> last) =>
        Vector512.ConditionalSelect(last, Vector512.Create(table[32]), Table8.Of32(table, index, upper));

    private static double[] Folded(Func<int, double> entry) => [entry(16), .. Enumerable.Range(1, 15).Select(entry)];
}
