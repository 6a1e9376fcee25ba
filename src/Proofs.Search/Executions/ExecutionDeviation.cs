using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Properties;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Executions;

// How far any output of executions may be from its real value on a region: the most of its boxes, which are halved, the
// worst one first, as long as there is work left. Smaller boxes know more zeros and smaller sums. The clock only ends
// it.
internal static class ExecutionDeviation
{
    private const long Work = 40_000_000; // weights passed, about
    private const int MostParts = 20_000;

    /// <summary>The sum over the networks; null where an execution may overflow.</summary>
    public static BigRational? Of(CertifyRequest request)
    {
        ExecutionPass[] passes = [.. request.Networks.Select(t => new ExecutionPass(t.Execution!))];
        long parts = Math.Min(MostParts, Work / (passes.Sum(p => p.Size) + 1));
        var meter = (request.Limits with { Boxes = parts }).Start();
        var open = new PriorityQueue<Interval[], double>();
        int dimension = request.Region.Dimension;
        foreach (var box in request.Region.Boxes.Length <= parts ? request.Region.Boxes : [Hull(request.Region)])
        {
            Add([.. box.Lower.Zip(box.Upper, (a, b) => Interval.Enclose(a, b))]);
        }

        while (meter.Spent is null)
        {
            open.TryPeek(out var box, out _);
            int widest = Enumerable.Range(0, dimension).MaxBy(j => box![j].Width);
            double middle = box![widest].Midpoint;
            if (!(box[widest].Inf < middle && middle < box[widest].Sup))
            {
                break;
            }

            meter.CountBoxes(2);
            open.Dequeue();
            Add(With(box, widest, Interval.Between(box[widest].Inf, middle)));
            Add(With(box, widest, Interval.Between(middle, box[widest].Sup)));
        }

        return open.TryPeek(out _, out double most) && double.IsFinite(most) ? Binary64.Exact(-most) : null;

        void Add(Interval[] box) => open.Enqueue(box, -Deviation(passes, box));
    }

    private static double Deviation(ExecutionPass[] passes, Interval[] box)
    {
        double[]? sums = null;
        foreach (var pass in passes)
        {
            if (pass.Deviation(box) is not { } deviation)
            {
                return double.PositiveInfinity;
            }

            sums = sums is null ? deviation : [.. sums.Zip(deviation, DirectedRounding.AddUp)];
        }

        return sums?.Max() ?? 0;
    }

    private static Box Hull(Region region) => new(
        [.. Enumerable.Range(0, region.Dimension)
            .Select(j => region.Boxes.Select(b => b.Lower[j]).Aggregate(BigRational.Min))],
        [.. Enumerable.Range(0, region.Dimension)
            .Select(j => region.Boxes.Select(b => b.Upper[j]).Aggregate(BigRational.Max))]);

    private static Interval[] With(Interval[] box, int at, Interval side)
    {
        Interval[] changed = [.. box];
        changed[at] = side;
        return changed;
    }
}
