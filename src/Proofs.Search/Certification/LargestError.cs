using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Certification;

/// <summary>The largest error among the outputs of vector-valued networks.</summary>
/// <param name="Result">An enclosure of the largest of the outputs' norms.</param>
/// <param name="Output">The output whose enclosure reaches highest, or that refutes the bound in question, from
/// 0.</param>
public sealed record LargestError(CertifyResult Result, int Output)
{
    // What the searches halved, if CertifyRequest.KeepsTree; none of an output that was decided without boxes.
    internal ImmutableArray<HalvingTree> Trees { get; init; } = [];

    /// <summary>Encloses max_i ‖e_i‖ over the outputs i that all networks of the request have.</summary>
    /// <remarks>Guarantee: as <see cref="Certifier"/>. The time left is shared evenly among the outputs left.</remarks>
    /// <exception cref="ArgumentException">The networks do not fit each other or the region.</exception>
    public static LargestError Of(CertifyRequest request, Norm norm)
    {
        ArgumentNullException.ThrowIfNull(request);
        int outputs = request.Networks.Length == 0 ? 1 : request.Networks[0].Network.OutputDimension;
        if (request.Networks.FirstOrDefault(n => n.Network.OutputDimension != outputs) is { } other)
        {
            throw new ArgumentException(
                $"The networks have {outputs} and {other.Network.OutputDimension} outputs; expected as many.");
        }

        var clock = request.Limits.Start();
        LargestError? largest = null;
        var trees = ImmutableArray.CreateBuilder<HalvingTree>();
        for (int i = 0; i < outputs; i++)
        {
            var part = request.WithOutput(i).Within(clock, 1.0 / (outputs - i));

            var result = Certifier.Error(part, norm);
            if (result.Tree is { } tree)
            {
                trees.Add(tree);
            }

            largest = largest is null ? new(result, i) : Larger(largest, new(result, i));
            bool isDecided = result.Outcome == Outcome.Refuted && request.StopWhenDecided;
            if (isDecided || result.Region == RegionStanding.Empty)
            {
                break; // a region without points has none for the other outputs either
            }
        }

        return largest! with { Trees = trees.ToImmutable() };
    }

    private static LargestError Larger(LargestError a, LargestError b)
    {
        var (first, second) = (a.Result, b.Result);
        bool isSecond = (first.Outcome, second.Outcome) switch
        {
            (Outcome.Refuted, _) => false,
            (_, Outcome.Refuted) => true,
            _ => second.Bounds.Sup > first.Bounds.Sup,
        };
        var top = isSecond ? second : first;
        if (second.Region == RegionStanding.Empty)
        {
            return b; // which a look at the first output did not show
        }

        bool empty = first.Bounds.IsEmpty;
        var bounds = empty ? second.Bounds : Interval.Between(
            Math.Max(first.Bounds.Inf, second.Bounds.Inf), Math.Max(first.Bounds.Sup, second.Bounds.Sup));
        BigRational? low = !(first.Value.Lower > second.Value.Lower)
            ? second.Value.Lower ?? first.Value.Lower
            : first.Value.Lower;
        BigRational? high = first.Value.Upper is { } u && second.Value.Upper is { } v ? BigRational.Max(u, v) : null;
        var outcome = first.Outcome == second.Outcome ? first.Outcome
            : top.Outcome == Outcome.Refuted ? Outcome.Refuted
            : Outcome.Inconclusive;
        var joined = new CertifyResult(bounds, first.Boxes + second.Boxes, first.Complete && second.Complete, outcome)
        {
            Value = empty ? second.Value : new(low, high),
            Witness = low == second.Value.Lower && !(outcome == Outcome.Refuted && !isSecond)
                ? second.Witness ?? first.Witness
                : first.Witness,
            Why = first.Why ?? second.Why,
            Region = first.Region == RegionStanding.HasPoint ? first.Region : second.Region,
        };
        return new(joined, isSecond ? b.Output : a.Output);
    }
}
