using System.Runtime.CompilerServices;
using Proofs.Numeric.Lanes;

namespace Proofs.Numeric.Rounding;

// SoftwareRounding lane by lane: the nearest result, the sign of its error from an error-free transformation, and a
// step of one unit where it lies on the wrong side. Where a transformation may not be error-free, near overflow and
// underflow and for operands that are not finite, the lane is struck from valid, and the caller does it again by
// SoftwareRounding.
internal static class SoftwareRounding<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const double Huge = 8.98846567431158e307; // 2^1023
    private const double Tiny = 2.004168360008973e-292; // 2^-969
    private const double Small = 1.1830521861667747e-271; // 2^-900

    // A result and a number with the sign of its error.
    public readonly struct Rounded(TLanes nearest, TLanes error)
    {
        private readonly TLanes nearest = nearest, error = error;

        public TLanes Down
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => TLanes.Below(nearest, TLanes.Less(error, Zero));
        }

        public TLanes Up
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => TLanes.Above(nearest, TLanes.Less(Zero, error));
        }
    }

    private static TLanes Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Create(0);
    }

    // Knuth's sum is exact where the result is below 2^1023 (see SoftwareRounding). A result of 0 is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Add(TLanes a, TLanes b, ref TLanes valid)
    {
        var s = a + b;
        valid &= TLanes.Less(TLanes.Abs(s), TLanes.Create(Huge));
        return new(s, Rest(a, b, s));
    }

    // The error of a product is a multiple of 2^-1074 where the product is at least 2^-969; a product with 0 is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Multiply(TLanes a, TLanes b, ref TLanes valid)
    {
        var p = a * b;
        valid &= Regular(a, b, p, double.PositiveInfinity);
        return new(p, TLanes.Fused(a, b, -p));
    }

    // The sign of a/b - q is that of (a - q b)/b, exact where a is at least 2^-900 and q finite and not 0; 0/b is
    // exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Divide(TLanes a, TLanes b, ref TLanes valid)
    {
        var q = a / b;
        TLanes size = TLanes.Abs(q), zero = Zero;
        var usual = TLanes.Less(TLanes.Create(Small), TLanes.Abs(a))
            & TLanes.Less(size, TLanes.Create(double.PositiveInfinity))
            & TLanes.Less(zero, size);
        valid &= usual | (TLanes.Equal(a, zero) & TLanes.Equal(q, zero));
        var rest = TLanes.Fused(-q, b, a);
        return new(q, rest ^ (b & TLanes.Create(-0.0)));
    }

    // a b + low rounded down and a b + high rounded up. With a b = p + e and p + c = t + f exactly, the error of s is
    // (t - s) + (e + f). Where t - s is exact, two more exact sums bring it to w + low, whose sign is that of w where w
    // is the larger by far.
    // Compiled by itself: a product of intervals has four of these, more than the compiler inlines into one method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fused(
        in TLanes a, in TLanes b, in TLanes low, in TLanes high, ref TLanes valid, out TLanes down, out TLanes up)
    {
        TLanes p = a * b, e = TLanes.Fused(a, b, -p);
        valid &= Regular(a, b, p, Huge);
        down = Fused(a, b, low, p, e, ref valid).Down;
        up = Fused(a, b, high, p, e, ref valid).Up;
    }

    // a b + c rounded once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Fused(TLanes a, TLanes b, TLanes c, ref TLanes valid)
    {
        TLanes p = a * b, e = TLanes.Fused(a, b, -p);
        valid &= Regular(a, b, p, Huge);
        return Fused(a, b, c, p, e, ref valid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Rounded Fused(TLanes a, TLanes b, TLanes c, TLanes p, TLanes e, ref TLanes valid)
    {
        TLanes s = TLanes.Fused(a, b, c), zero = Zero;
        TLanes t = p + c, f = Rest(p, c, t);
        TLanes d = t - s, lost = Rest(t, -s, d);
        TLanes g = e + f, h = Rest(e, f, g);
        TLanes w = d + g, low = Rest(d, g, w) + h;
        var huge = TLanes.Create(Huge);
        valid &= TLanes.Less(TLanes.Abs(c), huge) & TLanes.Less(TLanes.Abs(s), huge) & TLanes.Equal(lost, zero)
            & (TLanes.Less(TLanes.Create(4) * TLanes.Abs(low), TLanes.Abs(w))
                | (TLanes.Equal(w, zero) & TLanes.Equal(low, zero)));
        return new(s, w);
    }

    // a + b - s exactly, s the rounded sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Rest(TLanes a, TLanes b, TLanes s)
    {
        var t = s - a;
        return (a - (s - t)) + (b - t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Regular(TLanes a, TLanes b, TLanes p, double limit)
    {
        TLanes size = TLanes.Abs(p), zero = Zero;
        return (TLanes.Less(TLanes.Create(Tiny), size) & TLanes.Less(size, TLanes.Create(limit)))
            | (TLanes.Equal(p, zero) & (TLanes.Equal(a, zero) | TLanes.Equal(b, zero)));
    }
}
