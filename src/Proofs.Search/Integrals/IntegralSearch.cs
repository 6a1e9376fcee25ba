using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Integrals;

// Branch and bound for ∫ |e|^p over the region: the cell whose enclosure is widest is halved first.
internal sealed class IntegralSearch : ISearchSpace<IntegralSearch.Node>
{
    private const int LargestBatch = 512;
    private const int FirstBatchSize = 1024;
    private const int ScaleSamples = 64; // boxes whose errors say how large numbers get
    private const long FirstSteps = 400; // of the look for a point of the region
    private const long LastSteps = 20_000;

    private readonly ErrorModel _model;
    private readonly CertifyRequest _request;
    private readonly BigRational _p;
    private readonly BestFirst<Node, double> _open = new(node => -node.Gap);
    private readonly Limits.Meter _meter;
    private readonly int _scale;
    private RegionStanding _standing;
    private bool _hasSettled; // a cell that may have a point of the region
    private Interval _settled = Interval.Zero;
    private double _low; // of the open cells, rounded: these sums steer, and Total() decides
    private double _high;
    private int _unbounded; // open cells that the sums leave out, for their bound is infinite
    private long _resumAt;
    private bool _isDecidedEarly;

    public IntegralSearch(ErrorModel model, BigRational p)
    {
        (_model, _request, _p) = (model, model.Request, p);
        _meter = _request.Limits.Start();
        _scale = ScaleOf(model, p);
    }

    // What is integrated is |e / 2^k|^p, where powers of e itself would leave the range of binary64.
    private static int ScaleOf(ErrorModel model, BigRational p)
    {
        const int Unscaled = 250; // the exponent of a power that does no harm
        var evaluator = new ErrorEvaluator(model);
        double largest = 0;
        for (int i = 0; i < Math.Min(ScaleSamples, model.Domains.Length); i++)
        {
            evaluator.Run(model.Domains[i].Outer, model.Networks);
            foreach (var piece in evaluator.Pieces)
            {
                double size = PieceBounds.UpperMagnitude(piece);
                largest = double.IsFinite(size) ? Math.Max(largest, size) : largest;
            }
        }

        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        return BigRational.Abs(exponent * p) <= Unscaled ? 0 : exponent;
    }

    public IEnumerable<Node[]> Roots => new CellSource(_model).Batches(FirstBatchSize)
        .Select(batch => batch.Select(root => new Node(root.Cell, root.Networks)).ToArray());

    // An enclosure of the norm (∫ |e|^p)^(1/p).
    public CertifyResult Run()
    {
        _standing = Survey(FirstSteps);
        if (_standing == RegionStanding.Empty)
        {
            return Result(null);
        }

        var workers = new Workers<Bounder>(_request.Jobs, () => new Bounder(this));
        var ending = new BranchAndBound<Node>(this, _open, workers, _meter).Run();
        return Result(ending != Ending.TargetReached ? _request.Why(ending)
            : _isDecidedEarly ? "the bound in question is decided"
            : null);
    }

    public int BatchSize(int open) => Math.Clamp(open / 8, 4, LargestBatch);

    public void Divide(Node node, List<Node> parts)
    {
        Count(node, -1);
        if (node.Split < 0)
        {
            Settle(node.Integral);
            return;
        }

        parts.Add(new(node.Cell.Part(node.Split, upper: false), node.Networks));
        parts.Add(new(node.Cell.Part(node.Split, upper: true), node.Networks));
    }

    public void Merge(ReadOnlySpan<Node> parts, ReadOnlySpan<Node?> bounded)
    {
        foreach (var node in bounded)
        {
            if (node is null)
            {
                continue;
            }

            if (node.Integral.IsPoint)
            {
                Settle(node.Integral);
                continue;
            }

            Count(node, 1);
            _open.Add(node);
        }
    }

    // What the cells that are left may add.
    public void LeaveRoots() => Settle(Interval.Between(0, double.PositiveInfinity));

    public void Report(bool areRootsBounded)
    {
        double high = _unbounded > 0 || !areRootsBounded ? double.PositiveInfinity : _high + _settled.Sup;
        var norm = Norm(Guess(_low + _settled.Inf, high));
        _request.Progress?.Report(new CertifyProgress(norm, _meter.Boxes, _open.Count));
    }

    public bool IsDone()
    {
        if (_meter.Boxes >= _resumAt)
        {
            Resum(); // what a large cell leaves behind in a rounded sum can exceed all that is left
        }

        // The running sums are rounded; what they promise is checked on the rigorous ones.
        if (Closes(_low + _settled.Inf, _high + _settled.Sup) && Decision(Total()) is { } decision)
        {
            _isDecidedEarly = decision == Decided.Early;
            return true;
        }

        return false;
    }

    private bool Closes(double low, double high)
    {
        if (_unbounded > 0 || !double.IsFinite(high))
        {
            return false;
        }

        double slack = high * 1e-12;
        return Decision(Guess(low - slack, high + slack)) is not null || Decision(Guess(low, high)) is not null;
    }

    private static Interval Guess(double low, double high)
    {
        double least = Math.Clamp(low, 0, double.MaxValue);
        return Interval.Between(least, Math.Max(least, high));
    }

    private void Settle(Interval integral)
    {
        _settled += integral;
        _hasSettled = true;
    }

    private void Count(Node node, int sign)
    {
        _low += sign * node.Integral.Inf;
        if (double.IsFinite(node.Integral.Sup))
        {
            _high += sign * node.Integral.Sup;
        }
        else
        {
            _unbounded += sign;
        }
    }

    // As often as the number of open cells allows at a constant cost a box.
    private void Resum()
    {
        (_low, _high, _unbounded) = (0, 0, 0);
        foreach (var node in _open.Nodes)
        {
            Count(node, 1);
        }

        _resumAt = _meter.Boxes + Math.Max(64, _open.Count);
    }

    // null to go on.
    private Decided? Decision(Interval integral)
    {
        var norm = Norm(integral);
        double gap = norm.Sup - norm.Inf;
        bool close = double.IsFinite(gap) && gap <= Math.Max(_request.RelativeGap * norm.Sup, _request.AbsoluteGap);
        if (_request.AtMost is { } atMost)
        {
            bool decided = Binary64.Exact(norm.Inf) > atMost
                || (double.IsFinite(norm.Sup) && Binary64.Exact(norm.Sup) <= atMost);
            return decided && close ? Decided.Closely
                : decided && _request.StopWhenDecided ? Decided.Early
                : null;
        }

        return close ? Decided.Closely : null;
    }

    private Interval Norm(Interval integral) => Piece.Scaled(Powers.Of(integral, _p.Reciprocal()), _scale);

    private RegionStanding Survey(long steps) =>
        RegionSurvey.Of(_request.Region, _model.Members, steps, _request.Cancellation).Standing;

    // The sum of all enclosures, rounded outward.
    private Interval Total()
    {
        var total = _settled;
        foreach (var node in _open.Nodes)
        {
            total += node.Integral;
        }

        return total;
    }

    private Node? Evaluate(Node part, ErrorEvaluator evaluator)
    {
        evaluator.Run(part.Cell, part.Networks);
        if (evaluator.IsOutside)
        {
            return null;
        }

        var integral = CellIntegral.Of(part.Cell, evaluator, _p, _scale);
        int split = Splitting.Choose(part.Cell, evaluator.Pieces, _p == 2 ? 0 : 0.3);
        return new Node(part.Cell, evaluator.Networks) { Integral = integral, Split = split };
    }

    private CertifyResult Result(string? why)
    {
        var bounds = Norm(Total());
        bool isRuledOut = _open.Count == 0 && !_hasSettled; // every cell
        _standing = isRuledOut ? RegionStanding.Empty
            : _standing == RegionStanding.Unknown ? Survey(LastSteps)
            : _standing;
        if (_standing == RegionStanding.Empty)
        {
            var vacuous = _request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous;
            return new CertifyResult(Interval.Empty, _meter.Boxes, Complete: true, vacuous)
            {
                Region = _standing,
            };
        }

        const string Nothing = "no point that fulfils the condition was found: the bounds hold, but perhaps of nothing";
        bool hasPoint = _standing == RegionStanding.HasPoint;
        var outcome = Outcome.NotAsked;
        if (_request.AtMost is { } atMost)
        {
            bool certified = double.IsFinite(bounds.Sup) && Binary64.Exact(bounds.Sup) <= atMost;
            outcome = Binary64.Exact(bounds.Inf) > atMost ? Outcome.Refuted
                : certified && hasPoint ? Outcome.Certified
                : Outcome.Inconclusive;
            why = certified && !hasPoint ? Nothing : why;
        }
        else if (!hasPoint)
        {
            why ??= Nothing;
        }

        return new CertifyResult(bounds, _meter.Boxes, why is null, outcome)
        {
            Value = new(Binary64.Exact(bounds.Inf), double.IsFinite(bounds.Sup) ? Binary64.Exact(bounds.Sup) : null),
            Why = why,
            Region = _standing,
        };
    }

    private enum Decided
    {
        Closely, Early, // with a gap that is still wider than was asked for
    }

    // A cell, with the networks cut down to what matters there; once it is bounded, also what it adds.
    internal sealed record Node(Cell Cell, CompiledNetwork[] Networks)
    {
        public Interval Integral { get; init; }

        public int Split { get; init; } = -1;

        public double Gap => Integral.Sup - Integral.Inf is var gap && double.IsFinite(gap)
            ? gap
            : double.PositiveInfinity;
    }

    private sealed class Bounder(IntegralSearch search) : IBounder<Node>
    {
        private readonly ErrorEvaluator _evaluator = new(search._model);

        public void Bound(ReadOnlySpan<Node> parts, Span<Node?> bounded)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                bounded[i] = search.Evaluate(parts[i], _evaluator);
            }
        }
    }
}
