using System.Collections.Concurrent;
using System.Diagnostics;

namespace Proofs.Search.Properties;

// Branch and bound over the boxes of one query: rounds of a fixed number of boxes in a fixed order, so that the answer depends
// on no clock and on no number of threads.
internal sealed class BoxSearch(PropertyQuery query, PropertyRequest request, Stopwatch clock)
{
    private const int Parents = 64; // divided in a round

    private readonly ConcurrentBag<BoxWorker> _workers = [];
    private readonly OpenBoxes _open = new();
    private readonly CounterexampleSearch _points = new(query);

    private readonly SplitChoice _choice = new();

    public long Boxes { get; private set; }

    public SplitTree? Tree { get; } = request.KeepsTree ? new SplitTree(query) : null;

    public Counterexample? Counterexample => _points.Found;

    /// <summary>Whether an input satisfies the property in real arithmetic or in one execution, but perhaps not in every one.</summary>
    public bool IsUncertain => _points.IsUncertain;

    private bool IsLate => clock.Elapsed > request.Timeout;

    /// <summary>Whether the first bound of the whole box excludes it, as it does for most of the many small boxes of some properties.</summary>
    public bool IsExcludedAtOnce()
    {
        var worker = new BoxWorker(query);
        var outcome = new BoxOutcome[1];
        worker.Run([new OpenBox(query.Lower, query.Upper, [], 0)], outcome);
        if (!outcome[0].Excluded)
        {
            _workers.Add(worker);
            return false;
        }

        Boxes = 1;
        Tree?.Close(0, outcome[0].Rows!);
        return true;
    }

    /// <summary>Searches until the query is decided or the budget is spent.</summary>
    public PropertyAnswer Run(long budget)
    {
        _points.Start();
        bool stuck = false;
        if (Counterexample is null)
        {
            Round([new Division(new OpenBox(query.Lower, query.Upper, [], 0), [])]);
        }

        if (Interrupted() is { } interrupted)
        {
            return interrupted;
        }

        while (Counterexample is null && _open.Count > 0)
        {
            if (request.Cancellation.IsCancellationRequested || Boxes >= budget || Boxes >= _points.Deadline)
            {
                return PropertyAnswer.Unknown;
            }

            var divisions = new List<Division>(Parents);
            for (int k = 0; k < Parents && _open.Count > 0; k++)
            {
                var box = _open.Take();
                bool isPoint = box.Side.Dimension < 0 && box.Sign.Layer < 0;
                stuck |= isPoint; // and not decided
                if (!isPoint)
                {
                    Divide(box, divisions);
                }
            }

            Round(divisions);
            if (Interrupted() is { } late)
            {
                return late;
            }

            _points.Boxes = Boxes;
            request.Progress?.Report(new PropertyProgress(Boxes, _open.Count));
        }

        return Counterexample is not null ? PropertyAnswer.Satisfiable
            : stuck ? PropertyAnswer.Unknown
            : PropertyAnswer.Unsatisfiable;
    }

    // What is answered where a round was dropped, for nothing is known of its boxes then.
    private PropertyAnswer? Interrupted() => Counterexample is not null ? null
        : IsLate ? PropertyAnswer.Timeout
        : request.Cancellation.IsCancellationRequested ? PropertyAnswer.Unknown
        : null;

    // The ways to divide a box, after what its bound cuts off.
    private void Divide(OpenBox box, List<Division> divisions)
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

        var rest = box with { Lower = lower, Upper = upper, Node = node };
        if (box.Phases.Length == 0 && box.Side.Dimension >= 0)
        {
            rest = rest with { Side = box.Side with { At = OpenBoxes.Middle(lower[box.Side.Dimension], upper[box.Side.Dimension]) } };
        }

        divisions.Add(new Division(rest, _choice.Of(rest)));
    }

    private static OpenBox[] Children(OpenBox box, PhaseSplit split)
    {
        if (split.Layer >= 0)
        {
            var phase = new Phase(split.Layer, split.Unit, false);
            return [new OpenBox(box.Lower, box.Upper, [.. box.Phases, phase], 0), new OpenBox(box.Lower, box.Upper, [.. box.Phases, phase with { IsOn = true }], 0)];
        }

        int j = split.Dimension;
        return box.Lower[j] < split.At && split.At < box.Upper[j]
            ? [new OpenBox(box.Lower, With(box.Upper, j, split.At), box.Phases, 0), new OpenBox(With(box.Lower, j, split.At), box.Upper, box.Phases, 0)]
            : [new OpenBox(box.Lower, box.Upper, box.Phases, 0)]; // a cut left nothing to divide along j
    }

    private static double[] With(double[] values, int at, double value)
    {
        double[] changed = [.. values];
        changed[at] = value;
        return changed;
    }

    private sealed record Division(OpenBox Box, PhaseSplit[] Splits);

    private void Round(List<Division> divisions)
    {
        OpenBox[][][] children = [.. divisions.Select(d => d.Splits.Length == 0 ? new[] { new[] { d.Box } } : [.. d.Splits.Select(s => Children(d.Box, s))])];
        OpenBox[] boxes = [.. children.SelectMany(c => c).SelectMany(c => c)];
        var outcomes = new BoxOutcome[boxes.Length];
        int batches = (boxes.Length + BoxWorker.Lanes - 1) / BoxWorker.Lanes;
        void Batch(int b)
        {
            if (IsLate || request.Cancellation.IsCancellationRequested)
            {
                return; // the round is dropped
            }

            var worker = _workers.TryTake(out var free) ? free : new BoxWorker(query);
            int start = b * BoxWorker.Lanes, count = Math.Min(BoxWorker.Lanes, boxes.Length - start);
            worker.Run(boxes.AsSpan(start, count), outcomes.AsSpan(start, count));
            _workers.Add(worker);
        }

        Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = request.Jobs }, Batch);
        if (IsLate || request.Cancellation.IsCancellationRequested)
        {
            return;
        }

        Boxes += boxes.Length;
        int at = 0;
        for (int d = 0; d < divisions.Count; d++)
        {
            var (box, splits) = divisions[d];
            var results = new List<ArraySegment<BoxOutcome>>();
            foreach (var attempt in children[d])
            {
                results.Add(new ArraySegment<BoxOutcome>(outcomes, at, attempt.Length));
                at += attempt.Length;
            }

            int best = _choice.Better(box, results);
            int node = box.Node;
            if (splits.Length > 0 && results[best].Count == 2)
            {
                var split = splits[best];
                node = (split.Layer >= 0 ? Tree?.DividePhase(node, split.Layer, split.Unit) : Tree?.Divide(node, split.Dimension, split.At)) ?? 0;
            }

            for (int k = 0; k < results[best].Count; k++)
            {
                Take(children[d][best][k] with { Node = node + k }, results[best][k]);
            }
        }

        _points.Descend();
    }

    private void Take(OpenBox box, BoxOutcome outcome)
    {
        if (outcome.Excluded)
        {
            Tree?.Close(box.Node, outcome.Rows!);
            return;
        }

        _points.Offer(box, outcome);
        _open.Add(box with
        {
            Score = outcome.Score, Side = outcome.Side, Sign = outcome.Sign, Unstable = outcome.Unstable,
            PointValue = outcome.PointValue, Cuts = outcome.Cuts,
        });
    }
}
