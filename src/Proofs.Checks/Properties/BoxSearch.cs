using System.Collections.Concurrent;
using System.Diagnostics;

namespace Proofs.Checks.Properties;

// Branch and bound over the boxes of one query: rounds of a fixed number of boxes in a fixed order, so that the answer depends
// on no clock and on no number of threads.
internal sealed class BoxSearch(PropertyQuery query, PropertyRequest request, Stopwatch clock)
{
    private const int Parents = 64; // divided in a round

    private readonly ConcurrentBag<BoxWorker> _workers = [];
    private readonly OpenBoxes _open = new();
    private readonly CounterexampleSearch _points = new(query);

    public long Boxes { get; private set; }

    public SearchTree? Tree { get; } = request.KeepsTree ? new SearchTree(query) : null;

    public Counterexample? Counterexample => _points.Found;

    private bool IsLate => clock.Elapsed > request.Timeout;

    /// <summary>Searches until the query is decided or the budget is spent.</summary>
    public PropertyAnswer Run(long budget)
    {
        _points.Start();
        bool stuck = false;
        if (Counterexample is null)
        {
            Round([new OpenBox(query.Lower, query.Upper, 0)]);
        }

        if (IsLate && Counterexample is null)
        {
            return PropertyAnswer.Timeout;
        }

        while (Counterexample is null && _open.Count > 0)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (Boxes >= budget)
            {
                return PropertyAnswer.Unknown;
            }

            var children = new List<OpenBox>(2 * Parents);
            for (int k = 0; k < Parents && _open.Count > 0; k++)
            {
                var box = _open.Take();
                stuck |= box.Dimension < 0; // a point, and not decided
                if (box.Dimension >= 0)
                {
                    Divide(box, children);
                }
            }

            Round([.. children]);
            if (IsLate && Counterexample is null)
            {
                return PropertyAnswer.Timeout;
            }

            request.Progress?.Report(new PropertyProgress(Boxes, _open.Count));
        }

        return Counterexample is not null ? PropertyAnswer.Satisfiable
            : stuck ? PropertyAnswer.Unknown
            : PropertyAnswer.Unsatisfiable;
    }

    private void Divide(OpenBox box, List<OpenBox> children)
    {
        double[] lower = [.. box.Lower];
        double[] upper = [.. box.Upper];
        int node = box.Node;
        foreach (var cut in box.Cuts)
        {
            // what a cut leaves may be as thin as the rounding of the next one: only cuts inside the box count
            if (cut.At <= lower[cut.Dimension] || cut.At >= upper[cut.Dimension])
            {
                continue;
            }

            int child = Tree?.Divide(node, cut.Dimension, cut.At) ?? 0;
            Tree?.Close(cut.IsAbove ? child + 1 : child, [cut.Row]);
            node = cut.IsAbove ? child : child + 1;
            (cut.IsAbove ? upper : lower)[cut.Dimension] = cut.At;
        }

        int j = box.Dimension;
        double at = OpenBoxes.Middle(lower[j], upper[j]);
        if (!(lower[j] < at && at < upper[j]))
        {
            children.Add(new OpenBox(lower, upper, node)); // a cut left nothing to divide along j
            return;
        }

        int first = Tree?.Divide(node, j, at) ?? 0;
        children.Add(new OpenBox(lower, With(upper, j, at), first));
        children.Add(new OpenBox(With(lower, j, at), upper, first + 1));
    }

    private static double[] With(double[] values, int at, double value)
    {
        double[] changed = [.. values];
        changed[at] = value;
        return changed;
    }

    private void Round(OpenBox[] boxes)
    {
        var outcomes = new BoxOutcome[boxes.Length];
        int batches = (boxes.Length + BoxWorker.Lanes - 1) / BoxWorker.Lanes;
        void Batch(int b)
        {
            if (IsLate)
            {
                return; // the round is dropped
            }

            var worker = _workers.TryTake(out var free) ? free : new BoxWorker(query);
            int start = b * BoxWorker.Lanes, count = Math.Min(BoxWorker.Lanes, boxes.Length - start);
            worker.Run(boxes.AsSpan(start, count), outcomes.AsSpan(start, count));
            _workers.Add(worker);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = request.Cancellation };
        Parallel.For(0, batches, options, Batch);
        if (IsLate)
        {
            return;
        }

        Boxes += boxes.Length;
        for (int k = 0; k < boxes.Length; k++)
        {
            var outcome = outcomes[k];
            if (outcome.Excluded)
            {
                Tree?.Close(boxes[k].Node, outcome.Rows!);
            }
            else
            {
                _points.Offer(boxes[k], outcome);
                _open.Add(boxes[k] with { Score = outcome.Score, Dimension = outcome.Dimension, PointValue = outcome.PointValue, Cuts = outcome.Cuts });
            }
        }

        _points.Descend();
    }
}
