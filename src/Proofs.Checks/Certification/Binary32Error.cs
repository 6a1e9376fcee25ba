using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Checks.Properties;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

/// <summary>Errors of what IEEE binary32 arithmetic computes, in place of the real-valued network.</summary>
public static class Binary32Error
{
    /// <summary>Encloses the largest |Φ̂ − f| over all binary32 inputs in the region and all executions Φ̂ of the networks.</summary>
    /// <remarks>
    /// Guarantee: sums in any order, products fused or not, gradual underflow, each layer as it was read. |Φ̂ − Φ| is bounded by one pass of
    /// intervals over the box around the region and added to the supremum for the real-valued networks, so the upper end is coarse where the
    /// region is large; the lower end is the least error of an execution at one binary32 point.
    /// </remarks>
    /// <exception cref="ArgumentException">A weight is no binary32 number, or the networks do not fit each other or the region.</exception>
    public static LargestError Of(CertifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Networks.Select(t => Refuse(t.Network)).FirstOrDefault(odd => odd is not null) is { } refusal)
        {
            throw new ArgumentException(refusal);
        }

        var clock = Stopwatch.StartNew();
        BigRational? moved = Deviation(request.Networks, Hull(request.Region));
        if (moved is not { } by || request.AtMost is not { } atMost)
        {
            return Join(request, LargestError.Of(request with { AtMost = null }, Norm.Sup), moved);
        }

        var answer = LargestError.Of(request with { AtMost = BigRational.Max(atMost - by, BigRational.Zero) }, Norm.Sup);
        var joined = Join(request, answer, by);
        return joined.Result.Outcome == Outcome.Inconclusive && answer.Result.Outcome == Outcome.Refuted
            ? Join(request, LargestError.Of(request with { AtMost = atMost + by, Timeout = Left() }, Norm.Sup), by)
            : joined;

        TimeSpan? Left() => request.Timeout is not { } limit ? null : limit > clock.Elapsed ? limit - clock.Elapsed : TimeSpan.FromTicks(1);
    }

    /// <summary>Why nothing can be said of binary32 executions of a network; null where something can.</summary>
    public static string? Refuse(ReluNetwork network) => Binary32Execution.Refuse(network);

    private static LargestError Join(CertifyRequest request, LargestError real, BigRational? moved)
    {
        var result = real.Result;
        if (result.Bounds.IsEmpty)
        {
            return real with { Result = result with { Outcome = request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous } };
        }

        BigRational? upper = result.Value.Upper + moved;
        var (lower, witness) = AtBinary32(request.WithOutput(real.Output), result.Witness);
        var outcome = request.AtMost is not { } atMost ? Outcome.NotAsked
            : upper <= atMost && result.Region == RegionStanding.HasPoint ? Outcome.Certified
            : lower > atMost ? Outcome.Refuted
            : Outcome.Inconclusive;
        var allowed = BigRational.Max(
            Binary64.Exact(request.RelativeGap) * (upper ?? BigRational.Zero), Binary64.Exact(request.AbsoluteGap));
        bool isComplete = outcome == Outcome.NotAsked ? upper - lower <= allowed : outcome != Outcome.Inconclusive;
        return real with
        {
            Result = new CertifyResult(
                Interval.Between(Binary64.RoundDown(lower), upper is { } u ? Binary64.RoundUp(u) : double.PositiveInfinity),
                result.Boxes,
                isComplete,
                outcome)
            {
                Value = new(lower, upper),
                Witness = witness,
                Region = result.Region,
                Why = isComplete ? null
                    : moved is { } by ? $"rounding may move outputs by {by.ToDecimalRoundedUp(3)}" + (result.Why is { } why ? "; " + why : "")
                    : "an execution may overflow, or a layer is too wide to say",
            },
        };
    }

    // The least error of any execution at the binary32 point next to the witness, if that point is in the region.
    private static (BigRational Lower, PointWitness? Witness) AtBinary32(CertifyRequest request, PointWitness? witness)
    {
        var nothing = (BigRational.Zero, (PointWitness?)null);
        if (witness is null || request.Region.Boxes.FirstOrDefault(b => b.Contains(witness.Point)) is not { } box)
        {
            return nothing;
        }

        var near = witness.Point.Select((x, j) => Binary32Execution.Near(x, box.Lower[j], box.Upper[j])).ToArray();
        if (near.Any(x => x is null))
        {
            return nothing;
        }

        ImmutableArray<BigRational> point = [.. near.Select(x => x!.Value)];
        Box alone = new(point, point);
        var region = request.Region.Where is { } where ? Region.Of(alone).WithWhere(where) : Region.Of(alone);
        var there = Certifier.Sup(request with { Region = region, AtMost = null });
        return there.Witness is { } exact && there.Value.Lower is { } least && Deviation(request.Networks, alone) is { } by
            ? (BigRational.Max(least - by, BigRational.Zero), exact)
            : nothing;
    }

    private static Box Hull(Region region) => new(
        [.. Enumerable.Range(0, region.Dimension).Select(j => region.Boxes.Select(b => b.Lower[j]).Aggregate(BigRational.Min))],
        [.. Enumerable.Range(0, region.Dimension).Select(j => region.Boxes.Select(b => b.Upper[j]).Aggregate(BigRational.Max))]);

    // How far any output of executions of the networks together may be from its real value on a box; null where one may overflow.
    private static BigRational? Deviation(ImmutableArray<NetworkTerm> networks, Box box)
    {
        var sum = BigRational.Zero;
        foreach (var term in networks)
        {
            if (Binary32Execution.Deviation(term.Network, [.. box.Lower.Zip(box.Upper, (a, b) => Interval.Between(Binary64.RoundDown(a), Binary64.RoundUp(b)))])
                is not { } deviation)
            {
                return null;
            }

            sum += Binary64.Exact(deviation.Max());
        }

        return sum;
    }
}
