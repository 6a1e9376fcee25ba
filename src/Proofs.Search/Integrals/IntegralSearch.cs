using System.Diagnostics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Integrals;

// Branch and bound for ∫ |e|^p over the region: the cell whose enclosure is widest is halved first. Batches are worked on in
// parallel and merged in order, so the result does not depend on the number of threads.
internal sealed class IntegralSearch
{
    private const int LargestBatch = 512;
    private const int FirstBatchSize = 1024;
    private const int ScaleSamples = 64; // boxes whose errors say how large numbers get
    private const long FirstSteps = 400; // of the look for a point of the region
    private const long LastSteps = 20_000;

    private readonly ErrorModel _model;
    private readonly CertifyRequest _request;
    private readonly BigRational _p;
    private readonly Workers _workers;
    private readonly PriorityQueue<Node, (double, long)> _open = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _scale;
    private RegionStanding _standing;
    private bool _hasSettled; // a cell that may have a point of the region
    private Interval _settled = Interval.Zero;
    private double _low; // of the open cells, rounded: these sums steer, and Total() decides
    private double _high;
    private int _unbounded; // open cells that the sums leave out, for their bound is infinite
    private long _resumAt;
    private long _boxes;
    private long _number;

    public IntegralSearch(ErrorModel model, BigRational p)
    {
        (_model, _request, _p) = (model, model.Request, p);
        _workers = new Workers(model);
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

    // An enclosure of the norm (∫ |e|^p)^(1/p).
    public CertifyResult Run()
    {
        _standing = Survey(FirstSteps);
        if (_standing == RegionStanding.Empty)
        {
            return Result(null);
        }

        foreach (var batch in new CellSource(_model).Batches(FirstBatchSize))
        {
            if (_boxes > 0 && Interruption() is { } interruption)
            {
                Settle(Interval.Between(0, double.PositiveInfinity)); // what the cells that are left may add
                return Result(interruption);
            }

            Bound(batch);
        }

        string? why;
        while ((why = Ending()) is "")
        {
            int count = Math.Clamp(_open.Count / 8, 4, LargestBatch);
            List<(Cell, CompiledNetwork[])> parts = new(2 * count);
            for (int i = 0; i < count && _open.TryDequeue(out var node, out _); i++)
            {
                Count(node, -1);
                if (node.Split < 0)
                {
                    Settle(node.Integral);
                    continue;
                }

                parts.Add((node.Cell.Part(node.Split, upper: false), node.Networks));
                parts.Add((node.Cell.Part(node.Split, upper: true), node.Networks));
            }

            Bound([.. parts]);
            _request.Progress?.Report(new CertifyProgress(
                Norm(Guess(_low + _settled.Inf, _unbounded > 0 ? double.PositiveInfinity : _high + _settled.Sup)), _boxes, _open.Count));
        }

        return Result(why);
    }

    // "" to go on, null where the search is complete, else why it ends.
    private string? Ending()
    {
        if (_boxes >= _resumAt)
        {
            Resum(); // what a large cell leaves behind in a rounded sum can exceed all that is left
        }

        // The running sums are rounded; what they promise is checked on the rigorous ones.
        if (Closes(_low + _settled.Inf, _high + _settled.Sup) && Decision(Total()) is { } decision)
        {
            return decision.Length == 0 ? null : decision;
        }

        return _open.Count == 0 ? "no box can be split further"
            : _boxes >= _request.BoxBudget ? $"the budget of {_request.BoxBudget} boxes is spent; a larger one would help"
            : Interruption() ?? "";
    }

    private string? Interruption() =>
        _request.Timeout is { } limit && _clock.Elapsed >= limit ? _request.LimitReached
        : _request.Cancellation.IsCancellationRequested ? "the search was cancelled"
        : null;

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
        foreach (var (node, _) in _open.UnorderedItems)
        {
            Count(node, 1);
        }

        _resumAt = _boxes + Math.Max(64, _open.Count);
    }

    // null: go on; "": complete; else why the search ends.
    private string? Decision(Interval integral)
    {
        var norm = Norm(integral);
        double gap = norm.Sup - norm.Inf;
        bool close = double.IsFinite(gap) && gap <= Math.Max(_request.RelativeGap * norm.Sup, _request.AbsoluteGap);
        if (_request.AtMost is { } atMost)
        {
            bool decided = Binary64.Exact(norm.Inf) > atMost || (double.IsFinite(norm.Sup) && Binary64.Exact(norm.Sup) <= atMost);
            return decided && close ? ""
                : decided && _request.StopWhenDecided ? "the bound in question is decided"
                : null;
        }

        return close ? "" : null;
    }

    private Interval Norm(Interval integral) => Piece.Scaled(Powers.Of(integral, _p.Reciprocal()), _scale);

    private RegionStanding Survey(long steps) =>
        RegionSurvey.Of(_request.Region, _model.Members, steps, _request.Cancellation).Standing;

    // The sum of all enclosures, rounded outward.
    private Interval Total()
    {
        var total = _settled;
        foreach (var (node, _) in _open.UnorderedItems)
        {
            total += node.Integral;
        }

        return total;
    }

    private void Bound((Cell Cell, CompiledNetwork[] Networks)[] parts)
    {
        var nodes = new Node?[parts.Length];
        _workers.ForEach(parts.Length, (i, evaluator) => nodes[i] = Evaluate(parts[i].Cell, parts[i].Networks, evaluator));
        _boxes += parts.Length;
        foreach (var node in nodes)
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
            double gap = node.Integral.Sup - node.Integral.Inf;
            _open.Enqueue(node, (double.IsFinite(gap) ? -gap : double.NegativeInfinity, _number++));
        }
    }

    private Node? Evaluate(Cell cell, CompiledNetwork[] networks, ErrorEvaluator evaluator)
    {
        evaluator.Run(cell, networks);
        if (evaluator.IsOutside)
        {
            return null;
        }

        var integral = CellIntegral.Of(cell, evaluator, _p, _scale);
        int split = Splitting.Choose(cell, evaluator.Pieces, _p == 2 ? 0 : 0.3);
        return new Node(cell, evaluator.Networks, integral, split);
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
            return new CertifyResult(Interval.Empty, _boxes, Complete: true, _request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous)
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

        return new CertifyResult(bounds, _boxes, why is null, outcome)
        {
            Value = new(Binary64.Exact(bounds.Inf), double.IsFinite(bounds.Sup) ? Binary64.Exact(bounds.Sup) : null),
            Why = why,
            Region = _standing,
        };
    }

    private sealed record Node(Cell Cell, CompiledNetwork[] Networks, Interval Integral, int Split);
}
