using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric.Intervals;

// Products and quotients of two intervals in one AVX-512 operation, rounded up throughout: where a lane is to give
// minus a lower bound, the operand is negated before. What comes out, a pair (−inf, sup), is turned by 0 − inf and 0 +
// sup, which is exact, makes every zero +0 and is out of reach of the folding described in EmbeddedRounding: no result
// is negated, nor its sign flipped.
internal static class EmbeddedProducts
{
    // Even lanes hold the four products of bounds with a negated, odd lanes the same four as they are.
    private static readonly Vector512<long> OfA = Vector512.Create(0L, 0, 0, 0, 1, 1, 1, 1);
    private static readonly Vector512<long> OfB = Vector512.Create(0L, 0, 1, 1, 0, 0, 1, 1);
    private static readonly Vector512<double> EvenSigns = Vector512.Create(-0.0, 0, -0.0, 0, -0.0, 0, -0.0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Multiply(Interval a, Interval b)
    {
        Vector512<double> x = Avx512F.PermuteVar8x64(Wide(Pair(a)), OfA) ^ EvenSigns,
            y = Avx512F.PermuteVar8x64(Wide(Pair(b)), OfB);
        var p = Avx512F.Multiply(x, y, FloatRoundingMode.ToPositiveInfinity);
        return Vector512.EqualsAll(p, p) ? Bounds(Largest(p)) : MultiplyUnordered(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Fma(Interval a, Interval b, Interval c)
    {
        Vector512<double> x = Avx512F.PermuteVar8x64(Wide(Pair(a)), OfA) ^ EvenSigns,
            y = Avx512F.PermuteVar8x64(Wide(Pair(b)), OfB);
        var z = Wide(Pair(c) ^ EvenSigns.GetLower().GetLower());
        var p = Avx512F.FusedMultiplyAdd(x, y, Avx512F.Shuffle4x128(z, z, 0), FloatRoundingMode.ToPositiveInfinity);
        return Vector512.EqualsAll(p, p) ? Bounds(Largest(p)) : FmaUnordered(a, b, c);
    }

    // Domain: b has no zero; a may be empty. The bounds of a / b are those of a in their order, or exchanged where b is
    // negative, each over a bound of b: for the lower one over b.Inf where the numerator is negative and else b.Sup,
    // for the upper one the other way round. Infinite bounds of a stand over the bound of b next to 0, so that no lane
    // divides two infinities.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval Divide(Interval a, Interval b)
    {
        Vector128<double> x = Pair(a), y = Pair(b), signs = EvenSigns.GetLower().GetLower();
        var numerators = Sse41.BlendVariable(x, Avx.Permute(x, 1), y);
        var divisors = Sse41.BlendVariable(Avx.Permute(y, 1), y, numerators);
        return Bounds(
            Avx512F.Divide(Wide(numerators ^ signs), Wide(divisors), FloatRoundingMode.ToPositiveInfinity).GetLower()
                .GetLower());
    }

    // Some product is NaN: an operand is empty, or 0 meets an infinite bound and their product is 0.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Interval MultiplyUnordered(Interval a, Interval b) => SoftwareProducts.Multiply(a, b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Interval FmaUnordered(Interval a, Interval b, Interval c) => SoftwareProducts.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Pair(Interval x) => Vector128.Create(x.Inf, x.Sup);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Wide(Vector128<double> x) => x.ToVector256Unsafe().ToVector512Unsafe();

    // The largest even and the largest odd lane; none is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Largest(Vector512<double> p)
    {
        var half = Avx.Max(p.GetLower(), p.GetUpper());
        return Sse2.Max(half.GetLower(), half.GetUpper());
    }

    // From the pair (−inf, sup).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Interval Bounds(Vector128<double> x)
    {
        x = Sse3.AddSubtract(Vector128<double>.Zero, x);
        return Interval.Raw(x.ToScalar(), x.GetElement(1));
    }
}
