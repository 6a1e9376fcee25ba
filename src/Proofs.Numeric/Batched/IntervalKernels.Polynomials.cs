using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;

namespace Proofs.Numeric.Batched;

public static partial class IntervalKernels
{
    /// <summary>Enclosures of Σ_k c_k a^k with exact coefficients, c_0 first, by Horner's scheme.</summary>
    /// <remarks>
    /// Domain: the coefficients are finite; none stand for the zero polynomial. The result may overwrite a.
    /// Guarantee: enclosure, one rounding a step; lane by lane the fused scheme r · a + c_k in
    /// <see cref="Interval.Fma"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The spans differ in length, or a coefficient is infinite or NaN.</exception>
    public static void Polynomial(
        ReadOnlySpan<double> coefficients, ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf,
        Span<double> sup)
    {
        int n = Length(aInf, aSup, aInf, aSup, inf, sup), i = 0;
        RequireFinite(coefficients, nameof(coefficients));
        if (coefficients.IsEmpty)
        {
            coefficients = [0];
        }

        if (Avx512F.IsSupported)
        {
            for (; i <= n - Lanes; i += Lanes)
            {
                EightPolynomials(coefficients, aInf, aSup, inf, sup, i);
            }
        }
        else if (SimdPath.HasFourLanes)
        {
            i = SoftwareKernels<FourLanes>.Polynomial(coefficients, aInf, aSup, inf, sup);
        }
        else if (SimdPath.HasTwoLanes)
        {
            i = SoftwareKernels<TwoLanes>.Polynomial(coefficients, aInf, aSup, inf, sup);
        }

        for (; i < n; i++)
        {
            Put(Horner(coefficients, Get(aInf, aSup, i)), inf, sup, i);
        }
    }

    internal static Interval Horner(ReadOnlySpan<double> coefficients, Interval x)
    {
        if (x.IsEmpty)
        {
            return x;
        }

        var r = Interval.Point(coefficients[^1]);
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            r = Interval.Fma(r, x, Interval.Point(coefficients[k]));
        }

        return r;
    }

    // A bound that overflows on the way may meet 0 and vanish as NaN in a minimum, so every step is watched.
    private static void EightPolynomials(
        ReadOnlySpan<double> coefficients, ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf,
        Span<double> sup, int i)
    {
        Vector512<double> al = Load(aInf, i), ah = Load(aSup, i), low = Vector512.Create(coefficients[^1]), high = low;
        var limit = Vector512.Create(double.PositiveInfinity);
        var bounded = Vector512.LessThan(ah - al, limit);
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            var c = Vector512.Create(coefficients[k]);
            (low, high) = FusedProduct(low, high, al, ah, c, c);
            bounded &= Vector512.LessThan(high - low, limit);
        }

        if (bounded.ExtractMostSignificantBits() == 0xFF)
        {
            low.StoreUnsafe(ref At(inf, i));
            high.StoreUnsafe(ref At(sup, i));
            return;
        }

        for (int j = i; j < i + Lanes; j++)
        {
            Put(Horner(coefficients, Get(aInf, aSup, j)), inf, sup, j);
        }
    }
}
