using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Search.Proving;

namespace Proofs.Checks.Tightening;

/// <summary>What is known of a claim for one value of its constant.</summary>
/// <param name="Value">The constant.</param>
/// <param name="Result">A proof, an exact counterexample, or neither.</param>
public sealed record ConstantVerdict(BigRational Value, ProofResult Result)
{
    /// <summary>Whether it is proved, and speaks of something.</summary>
    public bool IsProved => Result is ProofResult.Proved { Vacuous: false };

    /// <summary>Whether it is refuted.</summary>
    public bool IsRefuted => Result is ProofResult.Refuted;
}

/// <summary>Two values of a constant near each other: for one the claim is proved, for the other it is false.</summary>
/// <remarks>
/// Guarantee: each of the two verdicts stands on its own, on a proof and on an exact counterexample. That the claim
/// fails, or holds, for all values beyond them follows where it gets weaker as the constant grows (or falls), as
/// LEFT &lt;= C * RIGHT with RIGHT ≥ 0 does; it is not checked.
/// Complexity: about log2((to − from)/width) proofs, twice as many where some stay undecided.
/// </remarks>
public sealed record TightestConstant
{
    private const int MostProofs = 400;

    private TightestConstant()
    {
    }

    /// <summary>The proved value nearest to the refuted one; null where none of those tried is proved.</summary>
    public ConstantVerdict? Proved { get; private init; }

    /// <summary>The refuted value nearest to the proved one; null where none of those tried is refuted.</summary>
    public ConstantVerdict? Refuted { get; private init; }

    /// <summary>The values between the two that stayed undecided, in order.</summary>
    public ImmutableArray<BigRational> Undecided { get; private init; } = [];

    /// <summary>How many values were tried.</summary>
    public int Tried { get; private init; }

    /// <summary>|proved − refuted|; null where one of them is missing.</summary>
    public BigRational? Width => Proved is { } p && Refuted is { } r ? BigRational.Abs(p.Value - r.Value) : null;

    /// <summary>Halves the way from one end to the other until proof and counterexample are near.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="from">One end.</param>
    /// <param name="to">The other.</param>
    /// <param name="width">How near they have to be, above 0.</param>
    /// <param name="options">What each proof may spend; verdicts depend on its steps, never on speed.</param>
    /// <param name="report">Called with what is known after each proof; null for nobody.</param>
    /// <exception cref="FormatException">The claim is no statement.</exception>
    /// <exception cref="ArgumentException">The ends are equal, or the width is not positive.</exception>
    public static TightestConstant Search(
        ConstantClaim claim, BigRational from, BigRational to, BigRational width, ProofOptions options,
        Action<TightestConstant>? report = null)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (from == to || width.Sign <= 0)
        {
            throw new ArgumentException(
                $"The ends are {from} and {to}, the width {width}; expected two ends, width > 0.");
        }

        var found = new TightestConstant();
        foreach (var end in (BigRational[])[from, to])
        {
            Try(end);
        }

        while (found.Tried < MostProofs && !options.Cancellation.IsCancellationRequested
            && Next(found, width) is { } value)
        {
            Try(value);
        }

        return found;

        void Try(BigRational value)
        {
            found = found.With(new(value, Prover.Prove(claim.At(value), options)));
            report?.Invoke(found);
        }
    }

    private TightestConstant With(ConstantVerdict verdict)
    {
        var next = this with
        {
            Tried = Tried + 1,
            Proved = verdict.IsProved ? verdict : Proved,
            Refuted = verdict.IsRefuted ? verdict : Refuted,
            Undecided = verdict.IsProved || verdict.IsRefuted ? Undecided : [.. Undecided.Add(verdict.Value).Order()],
        };
        return next with
        {
            Undecided = next.Proved is { } p && next.Refuted is { } r
                ? [.. next.Undecided.Where(u => IsBetween(u, p.Value, r.Value))]
                : next.Undecided,
        };
    }

    // The middle of the widest of the two gaps: from the proved value to the nearest undecided one, and from the
    // refuted value to that nearest to it; of the gap between them where nothing is undecided.
    private static BigRational? Next(TightestConstant found, BigRational width)
    {
        if (found is not { Proved: { } proved, Refuted: { } refuted })
        {
            return null;
        }

        var (p, r) = (proved.Value, refuted.Value);
        var near = found.Undecided.OrderBy(u => BigRational.Abs(u - p)).ToArray();
        var (a, b) = near.Length == 0 ? (p, r)
            : BigRational.Abs(p - near[0]) >= BigRational.Abs(r - near[^1]) ? (p, near[0])
            : (near[^1], r);
        var gap = BigRational.Abs(a - b);
        return gap <= width ? null : Simplest(BigRational.Min(a, b) + (gap / 4), BigRational.Max(a, b) - (gap / 4));
    }

    private static bool IsBetween(BigRational x, BigRational a, BigRational b) =>
        BigRational.Min(a, b) < x && x < BigRational.Max(a, b);

    // The rational of the least denominator in [a, b], by continued fractions.
    private static BigRational Simplest(BigRational a, BigRational b)
    {
        if (a.Sign <= 0 && b.Sign >= 0)
        {
            return 0;
        }

        if (b.Sign < 0)
        {
            return -Simplest(-b, -a);
        }

        BigInteger floor = a.Floor();
        return floor == a || floor + 1 <= b
            ? a.Ceiling()
            : floor + Simplest((b - floor).Reciprocal(), (a - floor).Reciprocal()).Reciprocal();
    }
}
