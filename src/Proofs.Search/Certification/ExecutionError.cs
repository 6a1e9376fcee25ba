using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Executions;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Certification;

/// <summary>Errors of what IEEE arithmetic computes from network files, in place of the real-valued networks.</summary>
public static class ExecutionError
{
    /// <summary>
    /// Encloses the largest |Φ̂ − f| over all inputs of the files' format in the region and all executions Φ̂ of the
    /// networks.
    /// </summary>
    /// <remarks>
    /// Guarantee: each node of a file on its own, its sums in any order, products fused or not, gradual underflow. |Φ̂
    /// − Φ| is bounded by intervals over parts of the region, as many as a fixed amount of work allows, and added to
    /// the supremum for the real-valued networks; the lower end is the least error of any execution at one point, and
    /// that point is the witness.
    /// </remarks>
    /// <exception cref="ArgumentException">A network has no execution, or the networks do not fit each other or the
    /// region.</exception>
    public static LargestError Of(CertifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Networks.Any(t => t.Execution is null))
        {
            throw new ArgumentException(
                "a network of the request has no execution; expected one for each, as OfExecution and "
                    + "OfExecutions make it");
        }

        var clock = request.Limits.Start();
        var real =
            request with
            {
                Networks =
                [.. request.Networks.Select(t => new NetworkTerm(t.Execution!.Network, t.Output, t.Sign))]
            };
        BigRational? moved = ExecutionDeviation.Of(request);
        if (moved is not { } by || request.AtMost is not { } atMost)
        {
            return Join(request, Real(real.Within(clock) with { AtMost = null }), moved);
        }

        var answer = Real(real.Within(clock) with { AtMost = BigRational.Max(atMost - by, BigRational.Zero) });
        var joined = Join(request, answer, by);
        return joined.Result.Outcome == Outcome.Inconclusive && answer.Result.Outcome == Outcome.Refuted
            ? Join(request, Real(real.Within(clock) with { AtMost = atMost + by }), by)
            : joined;
    }

    // Files that differ in their format alone have the same real function, and no search is needed to subtract it from
    // itself.
    private static LargestError Real(CertifyRequest real) =>
        real is { Networks: [var first, var second], Target: var target, Region.Where: null }
            && target == Expr.Zero && first.Sign == -second.Sign && first.Network.Equals(second.Network)
            ? new(new CertifyResult(Interval.Zero, 0, true, real.AtMost is null ? Outcome.NotAsked : Outcome.Certified)
            {
                Value = new(BigRational.Zero, BigRational.Zero),
                Region = RegionStanding.HasPoint,
            }, 0)
            : LargestError.Of(real, Norm.Sup);

    private static LargestError Join(CertifyRequest request, LargestError real, BigRational? moved)
    {
        var result = real.Result;
        if (result.Bounds.IsEmpty)
        {
            return real with
            {
                Result =
                result with { Outcome = request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous }
            };
        }

        BigRational? upper = result.Value.Upper + moved;
        var points = new ExecutionPoints(request);
        var found = points.Best(result.Witness?.Point);
        var lower = found?.Least ?? BigRational.Zero;
        var outcome = request.AtMost is not { } atMost ? Outcome.NotAsked
            : upper <= atMost && result.Region == RegionStanding.HasPoint && points.HasPoint ? Outcome.Certified
            : lower > atMost ? Outcome.Refuted
            : Outcome.Inconclusive;
        var allowed = BigRational.Max(
            Binary64.Exact(request.RelativeGap) * (upper ?? BigRational.Zero), Binary64.Exact(request.AbsoluteGap));
        bool isComplete = outcome == Outcome.NotAsked ? upper - lower <= allowed : outcome != Outcome.Inconclusive;
        var joined = new CertifyResult(
            Interval.Between(Binary64.RoundDown(lower), upper is { } u ? Binary64.RoundUp(u) : double.PositiveInfinity),
            result.Boxes,
            isComplete,
            outcome)
        {
            Value = new(lower, upper),
            Witness = found?.Witness,
            Region = result.Region,
            Why = isComplete ? null
                : !points.HasPoint ? "no input of the files' format was found in the domain"
                : moved is { } by
                ? $"rounding may move outputs by {by.ToDecimalRoundedUp(3)}" + (result.Why is { } why ? "; " + why : "")
                : "an execution may overflow, or a layer is too wide to say",
        };
        return new(joined, outcome == Outcome.Refuted ? found!.Output : real.Output);
    }
}
