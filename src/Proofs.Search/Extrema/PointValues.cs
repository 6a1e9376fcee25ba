using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Errors;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// The extrema of a formula on finitely many points, each a box without width: the values there, exact where they are
// rational.
internal static class PointValues
{
    public static (CertifyResult Minimum, CertifyResult Maximum)? Of(CertifyRequest request)
    {
        var boxes = request.Region.Boxes;
        if (!request.Networks.IsEmpty || request.Region.Where is not null || boxes.Length > 4096
            || boxes.Any(b => b.Lower.Zip(b.Upper).Any(side => side.First != side.Second)))
        {
            return null;
        }

        var oracle = new PointOracle(new ErrorModel(request));
        List<PointWitness> values = [];
        foreach (var box in boxes)
        {
            if (oracle.Exact(box.Lower) is not { } value)
            {
                return null; // not known to be defined there
            }

            values.Add(value);
        }

        return (Extremum(request, values, -1), Extremum(request, values, 1));
    }

    private static CertifyResult Extremum(CertifyRequest request, List<PointWitness> values, int sign)
    {
        var ends = values.Select(
            v => v.Value is { } exact
                ? (exact, exact)
                : (Binary64.Exact(v.Enclosure.Inf), Binary64.Exact(v.Enclosure.Sup))).ToArray();
        var (lower, upper) = sign > 0
            ? (ends.Max(e => e.Item1), ends.Max(e => e.Item2))
            : (ends.Min(e => e.Item1), ends.Min(e => e.Item2));
        int at = Array.FindIndex(ends, e => sign > 0 ? e.Item1 == lower : e.Item2 == upper);
        bool isClose = upper - lower <= BigRational.Max(
            Binary64.Exact(request.AbsoluteGap),
            Binary64.Exact(request.RelativeGap) * BigRational.Max(BigRational.Abs(lower), BigRational.Abs(upper)));
        return new CertifyResult(
            Interval.Between(Binary64.RoundDown(lower), Binary64.RoundUp(upper)), values.Count, isClose,
            Outcome.NotAsked)
        {
            Value = new(lower, upper),
            Witness = values[at],
            Why = isClose ? null : "the value at the point is not known more precisely",
        };
    }
}
