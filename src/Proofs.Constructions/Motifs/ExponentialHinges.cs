using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Motifs;

// Statement   E(t) = 1 + Σ_(k<N) c_k ρ(t − t_k) with t_k = −(2/γ) ln u_k has 0 ≤ E(t) − exp(−γt) ≤ e for t ≥ 0:
//             u_k = 1 − k/N           e = N^(−2)               [math/04, Lemma E]
//             u_k = 1 − 32k/(32N − 9) e = 529/(32N − 9)²       [math/04, Lemma E']
//             L = 2, W = 3N for N ≥ 2.
// Idea        Linear between the knots, where it is exp(−γ t_k) = u_k², constant beyond the last.
//             Knots are stored as binary64 numbers and slopes are exact rationals of the stored knots, so that no
//             slope change loses digits; what the rounding of a knot costs is for the certificate to say.

/// <summary>A decreasing exponential as N hinges.</summary>
public sealed class ExponentialHinges
{
    private ExponentialHinges(
        BigRational gamma, ImmutableArray<BigRational> knots, ImmutableArray<BigRational> values, BigRational bound)
    {
        (Gamma, Knots, ErrorBound) = (gamma, knots, bound);
        var changes = ImmutableArray.CreateBuilder<BigRational>(knots.Length);
        var before = BigRational.Zero;
        for (int k = 0; k < knots.Length; k++)
        {
            var slope = k + 1 < knots.Length
                ? (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])
                : BigRational.Zero;
            changes.Add(slope - before);
            before = slope;
        }

        Changes = changes.MoveToImmutable();
    }

    /// <summary>γ.</summary>
    public BigRational Gamma { get; }

    /// <summary>The t_k, binary64 numbers.</summary>
    public ImmutableArray<BigRational> Knots { get; }

    /// <summary>The c_k.</summary>
    public ImmutableArray<BigRational> Changes { get; }

    /// <summary>e, for exact knots.</summary>
    public BigRational ErrorBound { get; }

    /// <summary>The knots of Lemma E.</summary>
    /// <exception cref="ArgumentOutOfRangeException">N is below 2 or above 2^20, or γ is not positive.</exception>
    public static ExponentialHinges Even(int n, BigRational gamma) =>
        Of(n, gamma, new BigRational(1, n), new BigRational(1, (System.Numerics.BigInteger)n * n));

    /// <summary>The sharper knots, with about 0.517 of the error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">N is below 2 or above 2^20, or γ is not positive.</exception>
    public static ExponentialHinges Sharp(int n, BigRational gamma) =>
        Of(n, gamma, new BigRational(32, (32L * n) - 9), SharpError(n));

    internal static BigRational EvenError(long n) => new(1, (System.Numerics.BigInteger)n * n);

    internal static BigRational SharpError(long n)
    {
        System.Numerics.BigInteger d = (32 * n) - 9;
        return new(529, d * d);
    }

    private static ExponentialHinges Of(int n, BigRational gamma, BigRational step, BigRational bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, 1 << 20);
        if (gamma.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), $"γ is {gamma}; expected a positive number.");
        }

        var rate = Interval.Enclose(-2 / gamma);
        BigRational[] u = [.. Enumerable.Range(0, n).Select(k => BigRational.One - (k * step))];
        return new(
            gamma,
            [.. u.Select(v => BigRational.Exact((rate * Interval.Log(Interval.Enclose(v))).Midpoint))],
            [.. u.Select(v => v * v)],
            bound);
    }
}
