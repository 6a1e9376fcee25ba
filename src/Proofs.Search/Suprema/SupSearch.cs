using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Suprema;

// Best-first branch and bound for the supremum of the objective over the region. Batches of fixed size are worked on in
// parallel and merged in order, so the result does not depend on the number of threads.
internal sealed class SupSearch
{
    private const int BatchSize = 64;
    private const int FirstBatchSize = 1024;
    private const int PointsPerBatch = 6;
    private const double HopelessGap = 1e-9;
    private const long FirstSteps = 400; // of the look for a point of the region
    private const long LastSteps = 20_000;

    private readonly ErrorModel _model;
    private readonly CertifyRequest _request;
    private readonly Objective _objective;
    private readonly Workers _workers;
    private readonly PointOracle _oracle;
    private readonly PriorityQueue<Node, (double, long)> _open = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _settled = double.NegativeInfinity;
    private double _lower = double.NegativeInfinity;
    private (Domain Domain, double[] Point)? _best;
    private PointWitness? _known; // a point of the region that was looked for before the search
    private RegionStanding _standing;
    private long _boxes;
    private long _number;

    public SupSearch(ErrorModel model, Objective objective)
    {
        (_model, _request, _objective) = (model, model.Request, objective);
        (_workers, _oracle) = (new Workers(model), new PointOracle(model));
    }

    public CertifyResult Run()
    {
        Survey(FirstSteps);
        if (_standing == RegionStanding.Empty)
        {
            return Result(null);
        }

        foreach (var batch in new CellSource(_model).Batches(FirstBatchSize))
        {
            if (_boxes > 0 && Interruption() is { } interruption)
            {
                _settled = double.PositiveInfinity; // of the cells that are left nothing is known
                return Result(interruption);
            }

            Bound(batch);
            Report();
        }

        string? why;
        while ((why = Ending()) is "")
        {
            int count = Math.Clamp(_open.Count / 4, 1, BatchSize);
            List<(Cell, CompiledNetwork[])> parts = new(2 * count);
            for (int i = 0; i < count && _open.TryDequeue(out var node, out _); i++)
            {
                if (node.Upper <= _lower)
                {
                    continue; // the supremum is reached elsewhere
                }

                if (node.Split < 0)
                {
                    _settled = Math.Max(_settled, node.Upper);
                    continue;
                }

                parts.Add((node.Cell.Part(node.Split, upper: false), node.Networks));
                parts.Add((node.Cell.Part(node.Split, upper: true), node.Networks));
            }

            Bound([.. parts]);
            Report();
        }

        return Result(why);
    }

    // A point of the region gives the search a value to begin with; without any, every bound would hold.
    private void Survey(long steps)
    {
        var found = RegionSurvey.Of(_request.Region, _model.Members, steps, _request.Cancellation);
        _standing = found.Standing;
        if (_request.Region.Where is not null && found.Standing == RegionStanding.HasPoint && _oracle.Exact(found.Point) is { } witness)
        {
            _known = witness;
            _lower = Math.Max(_lower, Value(witness.Enclosure));
        }
    }

    private void Report() => _request.Progress?.Report(new CertifyProgress(Signed(Reported()), _boxes, _open.Count));

    private string? Interruption() =>
        _request.Timeout is { } limit && _clock.Elapsed >= limit ? _request.LimitReached
        : _request.Cancellation.IsCancellationRequested ? "the search was cancelled"
        : null;

    // "" to go on, null where the search is complete, else why it ends.
    private string? Ending()
    {
        double upper = Math.Max(Math.Max(_settled, _lower), _open.TryPeek(out var top, out _) ? top.Upper : double.NegativeInfinity);
        double size = Math.Max(Math.Abs(upper), Math.Abs(_lower)), gap = upper - _lower;
        bool close = IsClose(upper);
        if (_request.AtMost is { } atMost)
        {
            bool decided = Precedes(upper, atMost) || Exceeds(_lower, atMost);
            if (decided && (close || _request.StopWhenDecided))
            {
                return close ? null : "the bound in question is decided";
            }

            if (!decided && close && gap <= HopelessGap * size)
            {
                return null;
            }
        }
        else if (close)
        {
            return null;
        }

        return _open.Count == 0 ? "no box can be split further"
            : _boxes >= _request.BoxBudget ? $"the budget of {_request.BoxBudget} boxes is spent; a larger one would help"
            : Interruption() ?? "";
    }

    // Whether the search could end with a cell of this bound at the top, and so need not hold it.
    private bool IsLowEnough(double upper) =>
        (_request.AtMost is not { } atMost || Precedes(upper, atMost))
        && ((_request.AtMost is not null && _request.StopWhenDecided) || IsClose(upper));

    private bool IsClose(double upper)
    {
        double size = Math.Max(Math.Abs(upper), Math.Abs(_lower)), gap = upper - _lower;
        return upper == _lower || (double.IsFinite(gap) && gap <= Math.Max(_request.RelativeGap * size, _request.AbsoluteGap));
    }

    private static bool Precedes(double upper, BigRational bound) => double.IsNegativeInfinity(upper)
        || (double.IsFinite(upper) && Binary64.Exact(upper) <= bound);

    private static bool Exceeds(double lower, BigRational bound) => double.IsFinite(lower) && Binary64.Exact(lower) > bound;

    private void Bound((Cell Cell, CompiledNetwork[] Networks)[] parts)
    {
        var nodes = new Node?[parts.Length];
        _workers.ForEach(parts.Length, (i, evaluator) => nodes[i] = Evaluate(parts[i].Cell, parts[i].Networks, evaluator));
        _boxes += parts.Length;
        Node[] found = [.. nodes.OfType<Node>()];
        Try(found);
        foreach (var node in found)
        {
            if (IsLowEnough(node.Upper))
            {
                _settled = Math.Max(_settled, node.Upper);
            }
            else if (node.Upper > _lower)
            {
                _open.Enqueue(node, (-node.Upper, _number++));
            }
        }
    }

    private Node? Evaluate(Cell cell, CompiledNetwork[] networks, ErrorEvaluator evaluator)
    {
        evaluator.Run(cell, networks, kinks: true);
        if (evaluator.IsOutside)
        {
            return null;
        }

        double upper = double.NegativeInfinity, promise = double.NegativeInfinity;
        double[]? corner = null;
        foreach (var piece in evaluator.Pieces)
        {
            foreach (int sign in Signs())
            {
                double bound = PieceBounds.Upper(piece, sign);
                upper = Math.Max(upper, bound);
                double hope = sign * piece.C;
                foreach (double a in piece.A)
                {
                    hope += Math.Abs(a);
                }

                hope = Math.Min(hope, bound);
                if (hope > promise)
                {
                    promise = hope;
                    corner = Corner(cell, piece, sign);
                }
            }
        }

        int split = Splitting.Choose(cell, evaluator.Pieces, 1);
        return new Node(cell, evaluator.Networks, upper, split, promise, corner ?? cell.Middle);
    }

    private ReadOnlySpan<int> Signs() => _objective switch
    {
        Objective.Maximum => [1],
        Objective.Minimum => [-1],
        _ => [1, -1],
    };

    private static double[] Corner(Cell cell, Piece piece, int sign)
    {
        double[] corner = [.. cell.Middle];
        for (int j = 0; j < corner.Length; j++)
        {
            double slope = sign * piece.A[j];
            corner[j] = slope > 0 ? cell.High[j] : slope < 0 ? cell.Low[j] : corner[j];
        }

        return corner;
    }

    // Evaluates e at the most promising points of a batch and keeps the best.
    private void Try(Node[] nodes)
    {
        double worth = double.IsFinite(_lower) ? _lower + (_request.RelativeGap / 8 * Math.Abs(_lower)) : double.NegativeInfinity;
        Node[] promising = [.. nodes.Where(n => n.Promise > worth).OrderByDescending(n => n.Promise).Take(PointsPerBatch)];
        var points = promising.SelectMany(n => (IEnumerable<(Node Node, double[] Point)>)[(n, n.Corner), (n, n.Cell.Middle)]).ToArray();
        var values = new double[points.Length];
        _workers.ForEach(points.Length, (i, evaluator) =>
        {
            var (node, point) = points[i];
            var value = _oracle.At(node.Cell.Domain, point, node.Networks, evaluator);
            values[i] = value is { } v ? Value(v) : double.NegativeInfinity;
        });
        for (int i = 0; i < points.Length; i++)
        {
            if (values[i] > _lower)
            {
                _lower = values[i];
                _best = (points[i].Node.Cell.Domain, points[i].Point);
            }
        }
    }

    private double Value(Interval e) => _objective switch
    {
        Objective.Maximum => e.Inf,
        Objective.Minimum => -e.Sup,
        _ => e.Mignitude,
    };

    private Interval Reported()
    {
        double upper = Math.Max(Math.Max(_settled, _lower), _open.TryPeek(out var top, out _) ? top.Upper : double.NegativeInfinity);
        double lower = _objective == Objective.Magnitude && !double.IsNegativeInfinity(upper) ? Math.Max(0, _lower) : _lower;
        return double.IsNegativeInfinity(upper) ? Interval.Empty : Interval.Between(lower, Math.Max(lower, upper));
    }

    private Interval Signed(Interval bounds) => _objective == Objective.Minimum ? -bounds : bounds;

    private CertifyResult Result(string? why)
    {
        var witness = _best is { } best ? _oracle.Exact(PointOracle.Inside(best.Domain, best.Point)) : null;
        witness ??= _known;
        _lower = witness is null ? _lower : Math.Max(_lower, Value(witness.Enclosure));
        var bounds = Reported();
        if (bounds.IsEmpty)
        {
            _standing = RegionStanding.Empty; // every cell was ruled out
        }
        else if (witness is not null)
        {
            _standing = RegionStanding.HasPoint;
        }
        else if (_standing == RegionStanding.Unknown)
        {
            Survey(LastSteps);
        }

        if (_standing == RegionStanding.Empty)
        {
            return new CertifyResult(Interval.Empty, _boxes, Complete: true, _request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous)
            {
                Region = _standing,
            };
        }

        if (_known is not null && witness is null)
        {
            witness = _known;
            bounds = Reported();
        }

        var outcome = Outcome.NotAsked;
        if (_request.AtMost is { } atMost)
        {
            // Only a point of the region refutes.
            bool refuted = witness is not null
                && (Exceeds(Value(witness.Enclosure), atMost) || (witness.Value is { } e && ExactObjective(e) > atMost));
            bool certified = Precedes(bounds.Sup, atMost);
            outcome = refuted ? Outcome.Refuted
                : certified && _standing == RegionStanding.HasPoint ? Outcome.Certified
                : Outcome.Inconclusive;
            why = outcome != Outcome.Inconclusive ? why
                : certified ? "no point that fulfils the condition was found: the bound holds, but perhaps of nothing"
                : why ?? $"the enclosure {bounds} is as narrow as asked for and still contains {atMost}";
        }
        else if (_standing == RegionStanding.Unknown)
        {
            why ??= "no point that fulfils the condition was found: the bounds hold, but perhaps of nothing";
        }

        return new CertifyResult(Signed(bounds), _boxes, why is null, outcome)
        {
            Value = Exact(bounds, witness), Witness = witness, Why = why, Region = _standing,
        };
    }

    private RationalInterval Exact(Interval bounds, PointWitness? witness)
    {
        BigRational? low = bounds.IsEmpty || double.IsInfinity(bounds.Inf) ? null : Binary64.Exact(bounds.Inf);
        BigRational? high = bounds.IsEmpty || double.IsInfinity(bounds.Sup) ? null : Binary64.Exact(bounds.Sup);
        low = witness?.Value is { } e && !(low > ExactObjective(e)) ? ExactObjective(e) : low;
        return _objective == Objective.Minimum ? new(-high, -low) : new(low, high);
    }

    private BigRational ExactObjective(BigRational e) => _objective switch
    {
        Objective.Maximum => e,
        Objective.Minimum => -e,
        _ => BigRational.Abs(e),
    };

    private sealed record Node(
        Cell Cell, CompiledNetwork[] Networks, double Upper, int Split, double Promise, double[] Corner);
}
