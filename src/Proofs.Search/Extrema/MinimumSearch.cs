using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Relaxations;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// Branch and bound for the infimum or the supremum of a formula over boxes, over the points at which it is defined: the
// box of the least bound is halved first.
internal sealed class MinimumSearch : ISearchSpace<MinimumSearch.Node>
{
    private const int LargestBatch = 32;
    private const int FirstBatch = 256; // domains
    private const int Starts = 64;
    private const int MostStarts = 1 << 13; // on all domains
    private const int Descents = 4;

    private readonly CertifyRequest _request;
    private readonly ErrorModel _model;
    private readonly ExprTape _tape;
    private readonly int _sign;
    private readonly BestFirst<Node, double> _open = new(node => node.Bound.Lower);
    private readonly LocalDescent _descent;
    private readonly Func<BoxBounds> _newBounds;
    private readonly BoxBounds _bounds; // of points, between batches
    private readonly SearchTree?[] _roots;
    private readonly Limits.Meter _meter;
    private double _upper = double.PositiveInfinity;
    private double _settled = double.PositiveInfinity;
    private (Domain Domain, double[] Point)? _best;
    private long _processed;

    public MinimumSearch(ErrorModel model, Objective objective)
    {
        (_model, _request, _roots) = (model, model.Request, new SearchTree?[model.Domains.Length]);
        _meter = _request.Limits.Start();
        _sign = objective == Objective.Minimum ? 1 : -1;
        var formula = _request.Formula;
        _tape = ExprTape.Compile([_sign > 0 ? formula : -formula], Inputs.Names(model.Dimension));
        _descent = new(_tape);
        _newBounds = () => new BoxBounds(_tape, formula, _sign, new ErrorEvaluator(model), model.Domains[0]);
        _bounds = _newBounds();
    }

    // The absolute gap within which the search may end.
    public double AbsoluteGap { get; init; }

    // Whether the trees of boxes are kept, for a certificate.
    public bool KeepsTrees { get; init; }

    public ImmutableArray<Domain> Domains => _model.Domains;

    // The tree of each domain, once the search has run.
    public IReadOnlyList<SearchTree?> Trees => _roots;

    // What bounds boxes of a domain.
    public BoxBounds Bounds(int domain) => _bounds.On(_model.Domains[domain]);

    // The largest |f| at the points tried so far, rounded down; the square of the relative gap times it is close enough
    // to 0.
    public double Norm { get; set; }

    // The domains, once points of all of them have been tried.
    public IEnumerable<Node[]> Roots
    {
        get
        {
            int domains = _model.Domains.Length;
            for (int d = 0; d < domains && _meter.Interruption is null; d++)
            {
                Sample(d);
            }

            foreach (var batch in _model.Domains.Chunk(FirstBatch))
            {
                yield return [.. batch.Select(d => new Node(
                    d.Number, [.. d.Outer.Low.Zip(d.Outer.High, Interval.Between)], tree => _roots[d.Number] = tree))];
            }
        }
    }

    public CertifyResult Run()
    {
        var workers = new Workers<Bounder>(_request.Jobs, () => new Bounder(this));
        var ending = new BranchAndBound<Node>(this, _open, workers, _meter).Run();
        return Result(ending == Ending.TargetReached ? null
            : ending == Ending.Exhausted && double.IsPositiveInfinity(Lower)
            ? "the formula is defined nowhere on the domain"
            : _request.Why(ending));
    }

    public bool IsDone()
    {
        double lower = Lower, gap = _upper - lower, size = Math.Max(Math.Abs(_upper), Math.Abs(lower));
        double enough = Math.Max(_request.RelativeGap * Math.Max(size, _request.RelativeGap * Norm), AbsoluteGap);
        return (lower == _upper && double.IsFinite(lower)) || (double.IsFinite(gap) && gap <= enough);
    }

    public int BatchSize(int open) => Math.Clamp(open / 8, 1, LargestBatch);

    public void Divide(Node node, List<Node> parts)
    {
        if (node.Bound.Lower >= _upper)
        {
            return;
        }

        if (node.Bound.Split < 0)
        {
            _settled = Math.Min(_settled, node.Bound.Lower);
            return;
        }

        Visit(node);
        Split(node, parts);
    }

    public void Merge(ReadOnlySpan<Node> parts, ReadOnlySpan<Node?> bounded)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            var node = bounded[i]!;
            if (KeepsTrees)
            {
                node.Keep(node.Tree);
            }

            if (!node.Bound.IsEmpty && node.Bound.Lower < _upper)
            {
                Try(node.Domain, node.Bound.Point);
                _open.Add(node);
            }
        }
    }

    public void LeaveRoots() => _settled = double.NegativeInfinity; // of the domains that are left nothing is known

    public void Report(bool areRootsBounded) => _request.Progress?.Report(
        new CertifyProgress(areRootsBounded ? Reported() : Interval.Entire, _meter.Boxes, _open.Count));

    private double Lower => Math.Min(Math.Min(_settled, _upper), _open.Top?.Bound.Lower ?? double.PositiveInfinity);

    // The first nodes, and some of the later ones, are where a descent starts.
    private void Visit(Node node)
    {
        _processed++;
        if (_processed <= 8 || (_processed & (_processed - 1)) == 0 || _processed % 64 == 0)
        {
            Descend(node.Domain, node.Bound.Point);
        }
    }

    // Points spread evenly (Halton's sequence), and descents from the best of them.
    private void Sample(int domain)
    {
        int[] primes = [2, 3, 5, 7, 11, 13, 17, 19];
        var outer = _model.Domains[domain].Outer;
        List<(double Value, double[] Point)> found = [];
        int starts = Math.Max(1, Math.Min(Starts, MostStarts / _model.Domains.Length));
        for (int k = 0; k <= starts; k++)
        {
            double[] point =
                [.. outer.Low.Select((low, i) => Along(low, outer.High[i], k == 0 ? 0.5 : Halton(k, primes[i])))];
            if (Bounds(domain).At(point) is { } value)
            {
                found.Add((value.Sup, point));
                Try(domain, point);
            }
        }

        // An extremum may be attained at a vertex alone, as that of ceil at a lower end.
        for (int k = 0; k < 1 << outer.Dimension; k++)
        {
            Try(domain, [.. outer.Low.Select((low, i) => ((k >> i) & 1) == 0 ? low : outer.High[i])]);
        }

        foreach (var (_, point) in found.OrderBy(f => f.Value).Take(starts == Starts ? Descents : 0))
        {
            Descend(domain, point);
        }
    }

    private static double Along(double low, double high, double part) => (low * (1 - part)) + (high * part);

    private static double Halton(int k, int radix)
    {
        double sum = 0, unit = 1;
        for (; k > 0; k /= radix)
        {
            unit /= radix;
            sum += k % radix * unit;
        }

        return sum;
    }

    private void Descend(int domain, double[] point)
    {
        var outer = _model.Domains[domain].Outer;
        double before = _upper;
        double[] end = _descent.From(point, outer.Low, outer.High);
        Try(domain, end);
        if (_upper < before || _best?.Point.SequenceEqual(end) == true)
        {
            // The point may be meant to be a simple one.
            foreach (double scale in (ReadOnlySpan<double>)[1, 8, 1024, 1 << 20])
            {
                Try(domain, [.. end.Select(x => Math.Round(x * scale) / scale)]);
            }
        }
    }

    private void Try(int domain, double[] point)
    {
        var outer = _model.Domains[domain].Outer;
        if (!point.Select((x, i) => x >= outer.Low[i] && x <= outer.High[i]).All(b => b)
            || Bounds(domain).At(point) is not { } value)
        {
            return;
        }

        Norm = Math.Max(Norm, value.Mignitude);
        if (value.Sup < _upper || (value.Sup == _upper && _best is { Point: var p } && Bits(point) < Bits(p)))
        {
            _upper = value.Sup;
            _best = (_model.Domains[domain], point);
        }
    }

    // How long a point is to write down.
    private static long Bits(double[] point) =>
        point.Sum(
            x => 53L - System.Numerics.BitOperations.TrailingZeroCount(BitConverter.DoubleToInt64Bits(x) | (1L << 52)));

    private static void Split(Node node, List<Node> parts)
    {
        var (box, split, tree) = (node.Bound.Box, node.Bound.Split, node.Tree);
        double at = Middle(box[split]);
        Interval[] first = [.. box], second = [.. box];
        first[split] = Interval.Between(box[split].Inf, at);
        second[split] = Interval.Between(at, box[split].Sup);
        tree.Cut = at;
        parts.Add(new(node.Domain, first, part => tree.First = part));
        parts.Add(new(node.Domain, second, part => tree.Second = part));
    }

    // The middle; 0, or the middle of the exponents, of a side that spans many of them.
    public static double Middle(Interval side)
    {
        const double Long = 1 << 24;
        double low = side.Inf, high = side.Sup;
        if (side.Magnitude > Long && low < 0 && high > 0)
        {
            return 0;
        }

        double near = Math.Max(1, side.Mignitude);
        if (side.Magnitude / near > Long)
        {
            double middle = Math.Sqrt(near) * Math.Sqrt(side.Magnitude);
            middle = high > 0 ? middle : -middle;
            return middle > low && middle < high ? middle : side.Midpoint;
        }

        return side.Midpoint;
    }

    private Interval Reported()
    {
        double lower = Lower;
        var bounds = double.IsPositiveInfinity(lower) ? Interval.Empty : Interval.Between(lower, _upper);
        return _sign > 0 ? bounds : -bounds;
    }

    private CertifyResult Result(string? why)
    {
        PointWitness? witness = null;
        if (_best is { } best)
        {
            witness = new PointOracle(_model).Exact(PointOracle.Inside(best.Domain, best.Point));
        }

        double lower = Lower;
        BigRational? low = double.IsInfinity(lower) ? null : Binary64.Exact(lower);
        BigRational? high = double.IsInfinity(_upper) ? null : Binary64.Exact(_upper);
        if (witness?.Value is { } exact && !((_sign * exact) > high))
        {
            high = _sign * exact;
        }

        low = low > high ? high : low;
        return new CertifyResult(Reported(), _meter.Boxes, why is null, Outcome.NotAsked)
        {
            Value = _sign > 0 ? new(low, high) : new(-high, -low),
            Witness = witness,
            Why = why,
        };
    }

    // A box of a domain; once it is bounded, also what is known of it, and its place in the tree, which `Keep` puts
    // there.
    internal sealed record Node(int Domain, Interval[] Box, Action<SearchTree> Keep)
    {
        public BoxBound Bound { get; init; } = null!;

        public SearchTree Tree { get; init; } = null!;
    }

    private sealed class Bounder(MinimumSearch search) : IBounder<Node>
    {
        private readonly BoxBounds _bounds = search._newBounds();

        public void Bound(ReadOnlySpan<Node> parts, Span<Node?> bounded)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                var bound = _bounds.On(search._model.Domains[parts[i].Domain])
                    .Of(parts[i].Box, search._upper, search._best?.Point);
                bounded[i] = parts[i] with { Bound = bound, Tree = new SearchTree(bound) };
            }
        }
    }
}

// A box of a search and its halves; null where it was not divided.
internal sealed class SearchTree(BoxBound bound)
{
    public BoxBound Bound { get; } = bound;

    public double Cut { get; set; }

    public SearchTree? First { get; set; }

    public SearchTree? Second { get; set; }
}
