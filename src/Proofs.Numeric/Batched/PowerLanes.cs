using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Batched;

// Powers in eight lanes; docs/elementary-functions.md, sections 3 and 6. A power that is a binary64 number never seems
// decided, as the claimed error reaches from high + low to it; such lanes find it elsewhere, but for exact chains of
// products.
internal static class PowerLanes
{
    public const int LargestExponent = 64;

    // x^(y + yLow) for x > 0, |yLow| at most half a unit of y. Compiled by itself, as two of it exceed what is inlined
    // into one method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Approximation8 Real(Vector512<double> x, Vector512<double> y, Vector512<double> yLow)
    {
        var size = Vector512.Abs(y);
        var log = LogLanes.Log(x);
        var w = Pair8.Product(y, log.High);
        var low = w.Low + ((y * log.Low) + (yLow * log.High));
        var inRange = Vector512.LessThanOrEqual(size, Vector512.Create(1e6))
            & Vector512.GreaterThanOrEqual(size, Vector512.Create(1e-12))
            & Vector512.LessThan(w.High, Vector512.Create(700.0))
                & Vector512.GreaterThan(w.High, Vector512.Create(-600.0))
            & Vector512.GreaterThan(Vector512.Abs(w.High), Vector512.Create(1e-10))
            & Vector512.LessThan(log.Error, Vector512.Create(1.0));
        var normal = Pair8.FastSum(
            Vector512.ConditionalSelect(inRange, w.High, Vector512<double>.One),
            Vector512.ConditionalSelect(inRange, low, Vector512<double>.Zero));
        var power = ExpLanes.KernelOfPair(normal.High, normal.Low);

        // The logarithm's error times y, and 2^-102 for the roundings of low and the products left out: doubled as
        // relative errors.
        var error = (size * log.Error) + (Vector512.Abs(w.High) * Vector512.Create(1.9721522630525295e-31));
        var relative = (error + error) + Vector512.Create(FastExp.Claim);
        var isOne = Vector512.Equals(y, Vector512<double>.Zero) | Vector512.Equals(x, Vector512<double>.One);
        return Approximation8.Of(power, power.High * relative).Only(inRange).Exact(isOne, Vector512<double>.One);
    }

    // x^n for 1 <= |n| <= 64 by repeated squaring in pairs. Each product adds at most 2^-103 and a squaring doubles
    // what is there, so the relative error stays below (|n| - 1) 2^-102; the reciprocal adds 2^-98. In range every
    // partial power lies between x and x^n, far from underflow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Integer(Vector512<double> x, int n)
    {
        int m = Math.Abs(n);
        var zero = Vector512<double>.Zero;
        Pair8 p = new(x, zero), factor = p;
        var inexact = zero;
        for (int bit = 30 - BitOperations.LeadingZeroCount((uint)m); bit >= 0; bit--)
        {
            p = Pair8.Product(p, p);
            inexact |= p.Low;
            if (((m >> bit) & 1) != 0)
            {
                p = Pair8.Product(p, factor);
                inexact |= p.Low;
            }
        }

        var size = Vector512.Abs(p.High);
        var inRange =
            Vector512.GreaterThan(size, Vector512.Create(1e-270)) & Vector512.LessThan(size, Vector512.Create(1e300));
        var exact = inRange & Vector512.Equals(inexact, zero);
        if (n < 0)
        {
            exact &= Vector512.Equals(size, Vector512<double>.One);
            p = Pair8.Quotient(new(Vector512<double>.One, zero), p);
        }
        else
        {
            exact |= Vector512.Equals(x, zero);
        }

        var error = Vector512.Abs(p.High) * Vector512.Create((m - 1) * 1.9721522630525295e-31 + (n < 0 ? 3.2e-30 : 0));
        return Approximation8.Of(p, error).Only(inRange).Exact(exact, p.High);
    }
}
