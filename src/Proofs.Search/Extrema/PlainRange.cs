using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// What plain interval arithmetic over the region's boxes says of a formula: coarse, and never given up for something
// coarser.
internal sealed class PlainRange
{
    private const int MostBoxes = 4096;

    private PlainRange(Interval values) => Values = values;

    // Contains every value of the formula; everything where there are networks or too many boxes.
    public Interval Values { get; }

    public static PlainRange Of(CertifyRequest request)
    {
        var boxes = request.Region.Boxes;
        if (!request.Networks.IsEmpty || boxes.Length > MostBoxes || HugeNumbers.In(request))
        {
            return new(Interval.Entire);
        }

        var names = Inputs.Names(request.Region.Dimension);
        var hull = Interval.Empty;
        foreach (var box in boxes)
        {
            var sides = new Dictionary<string, Interval>(StringComparer.Ordinal);
            for (int j = 0; j < names.Length; j++)
            {
                sides[names[j]] = Interval.Between(Binary64.RoundDown(box.Lower[j]), Binary64.RoundUp(box.Upper[j]));
            }

            hull = Interval.Hull(hull, request.Formula.Evaluate(sides));
        }

        return new(hull.IsEmpty ? Interval.Entire : hull);
    }

    // The result with its outer end cut to the plain range, and complete where that makes it narrow enough.
    public CertifyResult Narrow(CertifyRequest request, CertifyResult result, bool isMinimum)
    {
        double end = isMinimum ? Values.Inf : Values.Sup;
        if (!double.IsFinite(end) || result.Bounds.IsEmpty)
        {
            return result;
        }

        var plain = Binary64.Exact(end);
        var (lower, upper) = (result.Value.Lower, result.Value.Upper);
        if (isMinimum ? lower >= plain : upper <= plain)
        {
            return result;
        }

        // Rounding aside, the plain range cannot cut off a value that is taken.
        (lower, upper) = isMinimum
            ? (upper < plain ? upper : plain, upper)
            : (lower, lower > plain ? lower : plain);
        bool isClose = lower is { } l && upper is { } u && u - l <= BigRational.Max(
            Binary64.Exact(request.AbsoluteGap),
            Binary64.Exact(request.RelativeGap) * BigRational.Max(BigRational.Abs(l), BigRational.Abs(u)));
        return result with
        {
            Value = new(lower, upper),
            Bounds = Interval.Between(
                lower is { } low ? Binary64.RoundDown(low) : double.NegativeInfinity,
                upper is { } high ? Binary64.RoundUp(high) : double.PositiveInfinity),
            Complete = result.Complete || isClose,
            Why = isClose ? null : result.Why,
        };
    }
}
