using Proofs.Kernel.Numbers;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// A certificate with the bounds it proves, or why there is none.
internal readonly record struct ProvedBounds(string? Text, RationalInterval Bounds, string Why)
{
    public static ProvedBounds Not(string why) => new(null, default, why);

    public static ProvedBounds By(string text, BigRational lower, BigRational upper) =>
        new(text, new(lower, upper), "");
}

// How the certificate of a search is made, once that is wanted.
internal sealed record BoundProof(Func<CancellationToken, ProvedBounds> Make)
{
    public static BoundProof None(string why) => new(_ => ProvedBounds.Not(why));

    // Ended by the token, there is none.
    public ProvedBounds Certify(CancellationToken stop)
    {
        try
        {
            return Make(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ProvedBounds.Not("the proof was interrupted");
        }
    }

    // The bounds to try to prove: first as they are, where a bound may hold with equality in the kernel's arithmetic
    // too; then moved outward by a fraction of the gap asked for, which pays for its rounding.
    public static IEnumerable<(BigRational Lower, BigRational Upper)> Candidates(
        CertifyRequest request, CertifyResult minimum, CertifyResult maximum, BigRational lower, BigRational upper,
        BigRational norm)
    {
        bool isLeast = minimum.Value.IsExact, isMost = maximum.Value.IsExact;
        foreach (var (keepsLower, keepsUpper) in new[] { (true, true), (true, false), (false, true) })
        {
            if ((isLeast || !keepsLower) && (isMost || !keepsUpper))
            {
                yield return (keepsLower ? lower : Below(lower, 8), keepsUpper ? upper : -Below(-upper, 8));
            }
        }

        foreach (int part in new[] { 8, 2 })
        {
            yield return (Below(lower, part), -Below(-upper, part));
        }

        // A bound less a part of the gap, with about as many digits as tell them apart.
        BigRational Below(BigRational bound, int part)
        {
            var gap = Proofs.Numeric.Rounding.Binary64.Exact(request.RelativeGap);
            var size = BigRational.Max(BigRational.Abs(bound), gap * norm);
            var slack = size.IsZero ? BigRational.PowerOfTwo(-64) : gap * size / part;
            int bits = 4 + (int)(BigRational.Abs(bound) / slack).Ceiling().GetBitLength();
            return Dyadic.RoundDown(bound - slack, bits).ToRational();
        }
    }
}
