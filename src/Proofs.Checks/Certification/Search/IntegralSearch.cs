using System.Diagnostics;
using Proofs.Kernel;
using Proofs.Numeric;
using Proofs.Numeric.Tapes;

namespace Proofs.Checks.Certification;

// Branch and bound for ∫ |e|^p over the region: the cell whose enclosure is widest is halved first. Batches are worked on in
// parallel and merged in order, so the result does not depend on the number of threads.
internal sealed class IntegralSearch
{
    private const int LargestBatch = 512;
    private const int FirstBatchSize = 1024;

    private readonly ErrorModel _model;
    private readonly CertifyRequest _request;
    private readonly BigRational _p;
    private readonly Workers _workers;
    private readonly PriorityQueue<Node, (double, long)> _open = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Interval _settled = Interval.Zero;
    private double _low;
    private double _high;
    private long _boxes;
    private long _number;

    public IntegralSearch(ErrorModel model, BigRational p)
    {
        (_model, _request, _p) = (model, model.Request, p);
        _workers = new Workers(model);
    }

    // An enclosure of the norm (∫ |e|^p)^(1/p).
    public CertifyResult Run()
    {
        foreach (var batch in new CellSource(_model).Batches(FirstBatchSize))
        {
            if (_boxes > 0 && Interruption() is { } interruption)
            {
                _settled += Interval.Between(0, double.PositiveInfinity); // what the cells that are left may add
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
                if (node.Split < 0)
                {
                    _settled += node.Integral;
                    continue;
                }

                _low -= node.Integral.Inf;
                _high -= node.Integral.Sup;
                parts.Add((node.Cell.Part(node.Split, upper: false), node.Networks));
                parts.Add((node.Cell.Part(node.Split, upper: true), node.Networks));
            }

            Bound([.. parts]);
            _request.Progress?.Report(new CertifyProgress(Norm(Interval.Between(Math.Max(0, _low), Math.Max(_low, _high))), _boxes, _open.Count));
        }

        return Result(why);
    }

    // "" to go on, null where the search is complete, else why it ends.
    private string? Ending()
    {
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
        _request.Timeout is { } limit && _clock.Elapsed >= limit ? $"the time limit of {limit.TotalSeconds} s is reached; a longer one would help"
        : _request.Cancellation.IsCancellationRequested ? "the search was cancelled"
        : null;

    private bool Closes(double low, double high)
    {
        if (!double.IsFinite(high))
        {
            _high = double.IsFinite(_high) ? _high : RunningHigh();
            return false;
        }

        double factor = (double.IsFinite(high) ? high : 0) * 1e-12;
        return Decision(Interval.Between(Math.Max(0, low - factor), Math.Max(0, high + factor))) is not null
            || Decision(Interval.Between(Math.Max(0, low), Math.Max(0, Math.Max(low, high)))) is not null;
    }

    private double RunningHigh() => _open.UnorderedItems.Sum(x => x.Element.Integral.Sup);

    // null: go on; "": complete; else why the search ends.
    private string? Decision(Interval integral)
    {
        var norm = Norm(integral);
        double gap = norm.Sup - norm.Inf;
        bool close = gap <= Math.Max(_request.RelativeGap * norm.Sup, _request.AbsoluteGap);
        if (_request.AtMost is { } atMost)
        {
            bool decided = Binary64.Exact(norm.Inf) > atMost || (double.IsFinite(norm.Sup) && Binary64.Exact(norm.Sup) <= atMost);
            return decided && close ? ""
                : decided && _request.StopWhenDecided ? "the bound in question is decided"
                : null;
        }

        return close ? "" : null;
    }

    private Interval Norm(Interval integral) => Powers.Of(integral, _p.Reciprocal());

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
                _settled += node.Integral;
                continue;
            }

            _low += node.Integral.Inf;
            _high += node.Integral.Sup;
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

        var integral = CellIntegral.Of(cell, evaluator, _p);
        int split = Splitting.Choose(cell, evaluator.Pieces, _p == 2 ? 0 : 0.3);
        return new Node(cell, evaluator.Networks, integral, split);
    }

    private CertifyResult Result(string? why)
    {
        var bounds = Norm(Total());
        var outcome = Outcome.NotAsked;
        if (_request.AtMost is { } atMost)
        {
            outcome = double.IsFinite(bounds.Sup) && Binary64.Exact(bounds.Sup) <= atMost ? Outcome.Certified
                : Binary64.Exact(bounds.Inf) > atMost ? Outcome.Refuted
                : Outcome.Inconclusive;
        }

        return new CertifyResult(bounds, _boxes, why is null, outcome)
        {
            Value = new(Binary64.Exact(bounds.Inf), double.IsFinite(bounds.Sup) ? Binary64.Exact(bounds.Sup) : null),
            Why = why,
        };
    }

    private sealed record Node(Cell Cell, CompiledNetwork[] Networks, Interval Integral, int Split);
}
