using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Properties;

// Branch and bound over the boxes of one query: rounds of a fixed number of boxes in a fixed order.
internal sealed class BoxSearch(PropertyQuery query, PropertyRequest request, Limits.Meter clock)
    : ISearchSpace<OpenBox>
{
    private const int Parents = 64; // divided in a round

    private readonly Workers<BoxWorker> _workers = new(request.Jobs, () => new BoxWorker(query)) { LeastShared = 2 };
    private readonly OpenBoxes _open = new();
    private readonly CounterexampleSearch _points = new(query);
    private readonly SplitChoice _choice = new();
    private readonly List<Division> _round = [];
    private Limits.Meter _meter = clock.WithBoxes(long.MaxValue);
    private bool _isStuck; // at a point that is not decided

    public long Boxes => _meter.Boxes;

    public SplitTree? Tree { get; } = request.KeepsTree ? new SplitTree(query) : null;

    public Counterexample? Counterexample => _points.Found;

    /// <summary>
    /// Whether an input satisfies the property in real arithmetic or in one execution, but perhaps not in every one.
    /// </summary>
    public bool IsUncertain => _points.IsUncertain;

    /// <summary>The whole box, where no point tried before it is a counterexample.</summary>
    public IEnumerable<OpenBox[]> Roots
    {
        get
        {
            _points.Start();
            if (Counterexample is null)
            {
                yield return Planned(new OpenBox(query.Lower, query.Upper, [], 0), []);
            }
        }
    }

    /// <summary>
    /// Whether the first bound of the whole box excludes it, as it does for most of the many small boxes of some
    /// properties.
    /// </summary>
    public bool IsExcludedAtOnce()
    {
        var outcome = new BoxOutcome[1];
        _workers.ForEach(1, (_, worker) => worker.Run([new OpenBox(query.Lower, query.Upper, [], 0)], outcome));
        if (!outcome[0].Excluded)
        {
            return false;
        }

        _workers.Release();
        _meter.CountBoxes(1);
        Tree?.Close(0, outcome[0].Rows!);
        return true;
    }

    /// <summary>Searches until the query is decided or the budget is spent.</summary>
    public PropertyAnswer Run(long budget)
    {
        _meter = clock.WithBoxes(budget);
        var search = new BranchAndBound<OpenBox>(this, _open, _workers, _meter)
        {
            Lanes = BoxWorker.Lanes,
            MayDropBatch = true,
        };
        var ending = search.Run();
        return Counterexample is not null ? PropertyAnswer.Satisfiable
            : ending == Ending.Exhausted && !_isStuck ? PropertyAnswer.Unsatisfiable
            : Answer(ending);
    }

    /// <summary>What is answered where a search ends before it is decided.</summary>
    public static PropertyAnswer Answer(Ending ending) => ending is Ending.Clock or Ending.CpuTime
        ? PropertyAnswer.Timeout
        : PropertyAnswer.Unknown;

    public bool IsDone() => Counterexample is not null || Boxes >= _points.Deadline;

    public int BatchSize(int open) => Parents;

    public void Divide(OpenBox node, List<OpenBox> parts)
    {
        if (node.Side.Dimension < 0 && node.Sign.Layer < 0)
        {
            _isStuck = true;
            return;
        }

        var rest = AfterCuts(node);
        parts.AddRange(Planned(rest, _choice.Of(rest)));
    }

    public void Merge(ReadOnlySpan<OpenBox> parts, ReadOnlySpan<OpenBox?> bounded)
    {
        var outcomes = new BoxOutcome[bounded.Length];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = bounded[i]!.Outcome;
        }

        int at = 0;
        foreach (var (box, splits, children) in _round)
        {
            var results = new List<ArraySegment<BoxOutcome>>();
            foreach (var attempt in children)
            {
                results.Add(new ArraySegment<BoxOutcome>(outcomes, at, attempt.Length));
                at += attempt.Length;
            }

            int best = _choice.Better(box, results);
            int node = box.Node;
            if (splits.Length > 0 && results[best].Count == 2)
            {
                var split = splits[best];
                int? child = split.Layer >= 0 ? Tree?.DividePhase(node, split.Layer, split.Unit)
                    : Tree?.Divide(node, split.Dimension, split.At);
                node = child ?? 0;
            }

            for (int k = 0; k < results[best].Count; k++)
            {
                Take(children[best][k] with { Node = node + k }, results[best][k]);
            }
        }

        _round.Clear();
        _points.Descend();
    }

    public void LeaveRoots() => throw new InvalidOperationException("a query has one box to begin with");

    public void Report(bool areRootsBounded)
    {
        if (areRootsBounded)
        {
            _points.Boxes = Boxes;
            request.Progress?.Report(new PropertyProgress(Boxes, _open.Count));
        }
    }

    // The parts that a round bounds of a box: of every way to divide it that is tried, or the box itself.
    private OpenBox[] Planned(OpenBox box, PhaseSplit[] splits)
    {
        OpenBox[][] children = splits.Length == 0 ? [[box]] : [.. splits.Select(s => Children(box, s))];
        var division = new Division(box, splits, children);
        _round.Add(division);
        return [.. division.Children.SelectMany(attempt => attempt)];
    }

    // What is left of a box after what its bound cuts off.
    private OpenBox AfterCuts(OpenBox box)
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
            rest = rest with
            {
                Side =
                box.Side with { At = OpenBoxes.Middle(lower[box.Side.Dimension], upper[box.Side.Dimension]) }
            };
        }

        return rest;
    }

    private static OpenBox[] Children(OpenBox box, PhaseSplit split)
    {
        if (split.Layer >= 0)
        {
            var phase = new Phase(split.Layer, split.Unit, false);
            return [new OpenBox(box.Lower, box.Upper, [.. box.Phases, phase], 0),
                new OpenBox(box.Lower, box.Upper, [.. box.Phases, phase with { IsOn = true }], 0)];
        }

        int j = split.Dimension;
        return box.Lower[j] < split.At && split.At < box.Upper[j]
            ? [new OpenBox(box.Lower, With(box.Upper, j, split.At), box.Phases, 0),
                new OpenBox(With(box.Lower, j, split.At), box.Upper, box.Phases, 0)]
            : [new OpenBox(box.Lower, box.Upper, box.Phases, 0)]; // a cut left nothing to divide along j
    }

    private static double[] With(double[] values, int at, double value)
    {
        double[] changed = [.. values];
        changed[at] = value;
        return changed;
    }

    // A box, the ways in which it was divided, and the parts of each.
    private sealed record Division(OpenBox Box, PhaseSplit[] Splits, OpenBox[][] Children);

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
            Score = outcome.Score,
            Side = outcome.Side,
            Sign = outcome.Sign,
            Unstable = outcome.Unstable,
            PointValue = outcome.PointValue,
            Cuts = outcome.Cuts,
        });
    }
}
