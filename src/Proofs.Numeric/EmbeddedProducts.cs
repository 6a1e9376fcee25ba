using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric;

// Products of two intervals in one AVX-512 multiplication: lanes 4 to 7 hold the four products of bounds rounded up, lanes 0 to 3
// the four products of the negated bounds of a, rounded up too, whose largest is minus the lower bound. The negation of the
// result comes after the maximum, out of reach of the folding described in EmbeddedRounding.
internal static class EmbeddedProducts
{
    private static readonly Vector512<long> First = Vector512.Create(0L, 0, 1, 1, 0, 0, 1, 1);
    private static readonly Vector512<long> Second = Vector512.Create(0L, 1, 0, 1, 0, 1, 0, 1);
    private static readonly Vector512<long> Third = Vector512.Create(0L, 0, 0, 0, 1, 1, 1, 1);
    private static readonly Vector512<double> Signs = Vector512.Create(-0.0, -0.0, -0.0, -0.0, 0, 0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Multiply(Interval a, Interval b)
    {
        Vector512<double> x = Spread(a, First) ^ Signs, y = Spread(b, Second);
        var p = Avx512F.Multiply(x, y, FloatRoundingMode.ToPositiveInfinity);
        return Extremes(Vector512.ConditionalSelect(Vector512.Equals(p, p), p, Vector512<double>.Zero)); // 0 times infinity is 0
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Fma(Interval a, Interval b, Interval c)
    {
        Vector512<double> x = Spread(a, First) ^ Signs, y = Spread(b, Second), z = Spread(c, Third) ^ Signs;
        var p = Avx512F.FusedMultiplyAdd(x, y, z, FloatRoundingMode.ToPositiveInfinity);

        // NaN where the product is 0 times infinity, or where it meets an infinite z of the other sign: z is the bound in both.
        return Extremes(Vector512.ConditionalSelect(Vector512.Equals(p, p), p, z));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Spread(Interval x, Vector512<long> lanes) => Avx512F.PermuteVar8x64(
        Vector128.Create(x.Inf, x.Sup).ToVector256Unsafe().ToVector512Unsafe(), lanes);

    // Minus the largest of lanes 0 to 3, and the largest of lanes 4 to 7; none is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Interval Extremes(Vector512<double> p)
    {
        p = Avx512F.Max(p, Avx512F.Permute2x64(p, 0b0101_0101));
        p = Avx512F.Max(p, Avx512F.Permute4x64(p, 0b0100_1110));
        return Interval.Raw(-p.ToScalar(), p.GetUpper().ToScalar());
    }
}
