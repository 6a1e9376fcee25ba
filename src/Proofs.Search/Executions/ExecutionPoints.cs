using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Errors;
using Proofs.Search.Properties;
using Proofs.Search.Requests;

namespace Proofs.Search.Executions;

// Points at which executions have a large error. One execution at each of some points, always the same ones, orders
// them; the errors of all executions at the best few are enclosed, and only that counts.
internal sealed class ExecutionPoints(CertifyRequest request)
{
    private const int MostBoxes = 64, MostCornerBits = 4, RandomPoints = 128, Enclosed = 12;

    private readonly ExecutionPass[] _passes = [.. request.Networks.Select(t => new ExecutionPass(t.Execution!))];

    // f alone: its errors are −f
    private readonly PointOracle _target = new(new ErrorModel(request with { Networks = [], AtMost = null }));

    public sealed record Found(BigRational Least, PointWitness Witness, int Output);

    private sealed record Candidate(ImmutableArray<BigRational> Point, PointWitness Target, double Estimate);

    /// <summary>Whether one of the points tried is in the region, and an input of the files' format.</summary>
    public bool HasPoint { get; private set; }

    /// <summary>
    /// The point with the largest least error of any execution; null where none of those tried is in the region, or has
    /// a known error.
    /// </summary>
    public Found? Best(ImmutableArray<BigRational>? hint)
    {
        Found? best = null;
        var candidates =
            Points(hint).Select(Estimated).OfType<Candidate>().OrderByDescending(c => c.Estimate).Take(Enclosed);
        foreach (var candidate in candidates)
        {
            best = Judge(candidate) is { } found && !(found.Least <= best?.Least) ? found : best;
        }

        return best;
    }

    private NumberFormat Format =>
        request.Networks.All(t => t.Execution!.Format == NumberFormat.Binary64)
            ? NumberFormat.Binary64
            : NumberFormat.Binary32;

    private IEnumerable<ImmutableArray<BigRational>> Points(ImmutableArray<BigRational>? hint)
    {
        var boxes = request.Region.Boxes;
        if (hint is { } near && boxes.FirstOrDefault(b => b.Contains(near)) is { } around
            && Rounded(around, near) is { } there)
        {
            yield return there;
        }

        int bits = Math.Min(request.Region.Dimension, MostCornerBits);
        foreach (var box in boxes.Take(MostBoxes))
        {
            for (int corner = 0; corner < 1 << bits; corner++)
            {
                if (Rounded(box, [.. box.Lower.Select((a, j) => (corner >> (j % bits) & 1) == 0 ? a : box.Upper[j])])
                    is { } point)
                {
                    yield return point;
                }
            }
        }

        var random = new Random(20240103); // the same points in every run
        for (int n = 0; n < RandomPoints; n++)
        {
            var box = boxes[random.Next(boxes.Length)];
            if (Rounded(
                box, [.. box.Lower.Select((a, j) => a + ((box.Upper[j] - a) * Binary64.Exact(random.NextDouble())))])
                    is { } point)
            {
                yield return point;
            }
        }
    }

    private ImmutableArray<BigRational>? Rounded(Box box, ImmutableArray<BigRational> point)
    {
        var rounded = point.Select((x, j) => Format.Near(x, box.Lower[j], box.Upper[j])).ToArray();
        return rounded.All(x => x is not null) ? [.. rounded.Select(x => x!.Value)] : null;
    }

    private Candidate? Estimated(ImmutableArray<BigRational> point)
    {
        if (_target.Exact(point) is not { } target)
        {
            return null; // not in the region, or f has no value there
        }

        HasPoint = true;

        double least = double.PositiveInfinity;
        double[] sums = new double[request.Networks[0].Network.OutputDimension];
        foreach (var term in request.Networks)
        {
            double[] run = term.Execution!.Run(point);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += term.Sign * run[i];
            }
        }

        least = sums.Select(s => Math.Abs(s + target.Enclosure.Midpoint)).Max();
        return double.IsFinite(least) ? new(point, target, least) : null;
    }

    private Found? Judge(Candidate candidate)
    {
        var outputs = new Interval[request.Networks.Length][];
        for (int n = 0; n < outputs.Length; n++)
        {
            if (_passes[n].Outputs(candidate.Point) is not { } enclosed)
            {
                return null;
            }

            outputs[n] = enclosed;
        }

        Found? best = null;
        for (int i = 0; i < outputs[0].Length; i++)
        {
            var error = Error(outputs, i, candidate.Target);
            best = !(error.Least <= best?.Least) ? error : best;
        }

        return best;

        Found Error(Interval[][] values, int output, PointWitness target)
        {
            BigRational low = target.Value ?? Binary64.Exact(target.Enclosure.Inf),
                high = target.Value ?? Binary64.Exact(target.Enclosure.Sup);
            for (int n = 0; n < values.Length; n++)
            {
                var value = request.Networks[n].Sign > 0 ? values[n][output] : -values[n][output];
                (low, high) = (low + Binary64.Exact(value.Inf), high + Binary64.Exact(value.Sup));
            }

            var least = low.Sign > 0 ? low : high.Sign < 0 ? -high : BigRational.Zero;
            return new(
                least, new PointWitness(candidate.Point, low == high ? low : null, Interval.Enclose(low, high)),
                output);
        }
    }
}
