using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Properties;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Suprema;

// Branch and bound for the supremum of the objective over the region: the cell of the largest bound is halved first.
internal sealed class SupSearch : IStoredSpace<SupSearch.Node>
{
    private const int LargestBatch = 64;
    private const int FirstBatchSize = 1024;
    private const int PointsPerBatch = 6;
    private const double HopelessGap = 1e-9;
    private const long FirstSteps = 400; // of the look for a point of the region
    private const long LastSteps = 20_000;

    private readonly ErrorModel _model;
    private readonly CertifyRequest _request;
    private readonly Objective _objective;
    private readonly Workers<Bounder> _workers;
    private readonly PointOracle _oracle;
    private readonly BestFirst<Node, double> _open = new(node => -node.Upper);
    private readonly Limits.Meter _meter;
    private readonly HalvingTree? _tree;
    private double _settled = double.NegativeInfinity;
    private double _lower = double.NegativeInfinity;
    private (Domain Domain, double[] Point)? _best;
    private PointWitness? _known; // a point of the region that was looked for before the search
    private RegionStanding _standing;
    private bool _hasRootsLeft; // of which nothing is known
    private bool _isDecidedEarly;

    public SupSearch(ErrorModel model, Objective objective)
    {
        (_model, _request, _objective) = (model, model.Request, objective);
        (_meter, _oracle) = (_request.Limits.Start(), new PointOracle(model));
        _tree = _request.KeepsTree ? new HalvingTree(model.Domains.Length) : null;
        _workers = new Workers<Bounder>(_request.Jobs, () => new Bounder(this));
    }

    public IEnumerable<Node[]> Roots => new CellSource(_model).Batches(FirstBatchSize)
        .Select(batch => batch.Select(root => new Node(root.Cell, root.Networks, root.Cell.Domain.Number)).ToArray());

    private double Upper => _hasRootsLeft ? double.PositiveInfinity
        : Math.Max(Math.Max(_settled, _lower), _open.Top?.Upper ?? double.NegativeInfinity);

    // What a checkpoint has to be about; how long to try and on how many threads is left open.
    private string Question => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        sup {_objective} of {string.Join(", ", _request.Networks.Select(n => $"{n.Sign} {n.Output} {Hash(n.Network)}"))}
        less {_request.Target} where {_request.Region.Where}
        at most {_request.AtMost} gaps {_request.RelativeGap:R} {_request.AbsoluteGap:R}
        early {_request.StopWhenDecided} tree {_request.KeepsTree}
        on {string.Join(" or ", _request.Region.Boxes.Select(b => string.Join(' ', b.Lower.Concat(b.Upper))))}
        """);

    public CertifyResult Run()
    {
        Survey(FirstSteps);
        if (_standing == RegionStanding.Empty)
        {
            return Result(null);
        }

        var search = new BranchAndBound<Node>(this, _open, _workers, _meter);
        _request.Resume?.Restore(Question, search.Read);
        var ending = search.Run();
        var checkpoint = _request.KeepsCheckpoint && ending is not (Ending.TargetReached or Ending.Exhausted)
            ? SearchCheckpoint.Of(Question, search.Write)
            : null;
        return Result(ending != Ending.TargetReached ? _request.Why(ending)
            : _isDecidedEarly ? "the bound in question is decided"
            : null) with
        {
            Checkpoint = checkpoint,
        };
    }

    public int BatchSize(int open) => Math.Clamp(open / 4, 1, LargestBatch);

    public void Divide(Node node, List<Node> parts)
    {
        if (node.Upper <= _lower)
        {
            return; // the supremum is reached elsewhere
        }

        if (node.Split < 0)
        {
            _settled = Math.Max(_settled, node.Upper);
            return;
        }

        int half = _tree?.Halve(node.Place, node.Split, node.Upper) ?? 0;
        parts.Add(new(node.Cell.Part(node.Split, upper: false), node.Networks, half));
        parts.Add(new(node.Cell.Part(node.Split, upper: true), node.Networks, half + 1));
    }

    public void LeaveRoots() => _hasRootsLeft = true;

    // A point of the region gives the search a value to begin with; without any, every bound would hold.
    private void Survey(long steps)
    {
        var found = RegionSurvey.Of(_request.Region, _model.Members, steps, _request.Cancellation);
        _standing = found.Standing;
        if (_request.Region.Where is not null && found.Standing == RegionStanding.HasPoint
            && _oracle.Exact(found.Point) is { } witness)
        {
            _known = witness;
            _lower = Math.Max(_lower, Value(witness.Enclosure));
        }
    }

    public void Report(bool areRootsBounded)
    {
        double least = Reported() is { IsEmpty: false } known ? known.Inf : double.NegativeInfinity;
        var bounds = areRootsBounded ? Reported() : Interval.Between(least, double.PositiveInfinity);
        _request.Progress?.Report(new CertifyProgress(Signed(bounds), _meter.Boxes, _open.Count));
    }

    public bool IsDone()
    {
        double upper = Upper;
        double size = Math.Max(Math.Abs(upper), Math.Abs(_lower)), gap = upper - _lower;
        bool close = IsClose(upper);
        if (_request.AtMost is not { } atMost)
        {
            return close;
        }

        bool decided = Precedes(upper, atMost) || Exceeds(_lower, atMost);
        _isDecidedEarly = decided && !close && _request.StopWhenDecided;
        return _isDecidedEarly || (close && (decided || gap <= HopelessGap * size));
    }

    // Whether the search could end with a cell of this bound at the top, and so need not hold it.
    private bool IsLowEnough(double upper) =>
        (_request.AtMost is not { } atMost || Precedes(upper, atMost))
        && ((_request.AtMost is not null && _request.StopWhenDecided) || IsClose(upper));

    private bool IsClose(double upper)
    {
        double size = Math.Max(Math.Abs(upper), Math.Abs(_lower)), gap = upper - _lower;
        return upper == _lower
            || (double.IsFinite(gap) && gap <= Math.Max(_request.RelativeGap * size, _request.AbsoluteGap));
    }

    private static bool Precedes(double upper, BigRational bound) => double.IsNegativeInfinity(upper)
        || (double.IsFinite(upper) && Binary64.Exact(upper) <= bound);

    private static bool Exceeds(double lower, BigRational bound) =>
        double.IsFinite(lower) && Binary64.Exact(lower) > bound;

    public void Merge(ReadOnlySpan<Node> parts, ReadOnlySpan<Node?> bounded)
    {
        Node[] found = [.. bounded.ToArray().OfType<Node>()];
        Try(found);
        foreach (var node in found)
        {
            if (IsLowEnough(node.Upper))
            {
                _settled = Math.Max(_settled, node.Upper);
            }
            else if (node.Upper > _lower)
            {
                _open.Add(node);
            }
        }
    }

    public void Write(BinaryWriter output)
    {
        output.Write(_settled);
        output.Write(_lower);
        output.Write(_best?.Domain.Number ?? -1);
        if (_best is { } best)
        {
            Numbers(best.Point);
        }

        _tree?.Write(output);
        Dictionary<CompiledNetwork, int> known = new(ReferenceEqualityComparer.Instance);
        _open.Write(output, node =>
        {
            output.Write(node.Cell.Domain.Number);
            Numbers(node.Cell.Low);
            Numbers(node.Cell.High);
            output.Write(node.Upper);
            output.Write(node.Split);
            output.Write(node.Place);
            foreach (var network in node.Networks)
            {
                Network(network);
            }
        });

        void Numbers(double[] numbers)
        {
            foreach (double number in numbers)
            {
                output.Write(number);
            }
        }

        // Cells share the parts of networks: each is written once.
        void Network(CompiledNetwork network)
        {
            if (known.TryGetValue(network, out int number))
            {
                output.Write(number);
                return;
            }

            output.Write(known.Count);
            known.Add(network, known.Count);
            output.Write(network.Kept is not null);
            foreach (int[] rows in network.Kept ?? [])
            {
                output.Write(rows.Length);
                foreach (int row in rows)
                {
                    output.Write(row);
                }
            }
        }
    }

    public void Read(BinaryReader input)
    {
        (_settled, _lower) = (input.ReadDouble(), Math.Max(_lower, input.ReadDouble()));
        _best = input.ReadInt32() is >= 0 and var number ? (_model.Domains[number], Numbers()) : null;
        _tree?.Read(input);
        List<CompiledNetwork> known = [];
        _open.Read(input, () => new Node(
            new Cell(_model.Domains[input.ReadInt32()], Numbers(), Numbers()), [], 0)
        {
            Upper = input.ReadDouble(),
            Split = input.ReadInt32(),
            Place = input.ReadInt32(),
            Networks = [.. _model.Networks.Select(Network)],
        });

        double[] Numbers() => [.. Enumerable.Range(0, _model.Dimension).Select(_ => input.ReadDouble())];

        CompiledNetwork Network(CompiledNetwork whole)
        {
            int number = input.ReadInt32();
            if (number == known.Count)
            {
                known.Add(!input.ReadBoolean() ? whole : whole.Keeping([.. whole.Layers.Select(_ =>
                    Enumerable.Range(0, input.ReadInt32()).Select(_ => input.ReadInt32()).ToArray())]));
            }

            return known[number];
        }
    }

    private Node? Evaluate(Node part, ErrorEvaluator evaluator)
    {
        var cell = part.Cell;
        evaluator.Run(cell, part.Networks, kinks: true);
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
        return new Node(cell, evaluator.Networks, part.Place)
        {
            Upper = upper,
            Split = split,
            Promise = promise,
            Corner = corner ?? cell.Middle,
        };
    }

    private ReadOnlySpan<int> Signs() => _objective switch
    {
        Objective.Maximum => [1],
        Objective.Minimum => [-1],
        _ => [1, -1],
    };

    private static string Hash(ReluNetwork network) => ErrorCertificate.Hash(network.Exact);

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
        double worth = double.IsFinite(_lower)
            ? _lower + (_request.RelativeGap / 8 * Math.Abs(_lower))
            : double.NegativeInfinity;
        Node[] promising =
            [.. nodes.Where(n => n.Promise > worth).OrderByDescending(n => n.Promise).Take(PointsPerBatch)];
        var points = promising.SelectMany(
            n => (IEnumerable<(Node Node, double[] Point)>)[(n, n.Corner), (n, n.Cell.Middle)]).ToArray();
        var values = new double[points.Length];
        _workers.ForEach(points.Length, (i, bounder) =>
        {
            var (node, point) = points[i];
            var value = _oracle.At(node.Cell.Domain, point, node.Networks, bounder.Evaluator);
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
        double upper = Upper;
        double lower = _objective == Objective.Magnitude && !double.IsNegativeInfinity(upper)
            ? Math.Max(0, _lower)
            : _lower;
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
            var vacuous = _request.AtMost is null ? Outcome.NotAsked : Outcome.Vacuous;
            return new CertifyResult(Interval.Empty, _meter.Boxes, Complete: true, vacuous)
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
                && (Exceeds(Value(witness.Enclosure), atMost)
                    || (witness.Value is { } e && ExactObjective(e) > atMost));
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

        return new CertifyResult(Signed(bounds), _meter.Boxes, why is null, outcome)
        {
            Value = Exact(bounds, witness),
            Witness = witness,
            Why = why,
            Region = _standing,
            Tree = _tree,
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

    // A cell, with the networks cut down to what matters there, and its place in the tree; once it is bounded, also
    // what is known of it. Promise is what e may be at Corner.
    internal sealed record Node(Cell Cell, CompiledNetwork[] Networks, int Place)
    {
        public double Upper { get; init; } = double.PositiveInfinity;

        public int Split { get; init; } = -1;

        public double Promise { get; init; } = double.NegativeInfinity;

        public double[] Corner { get; init; } = Cell.Middle;
    }

    private sealed class Bounder(SupSearch search) : IBounder<Node>
    {
        public ErrorEvaluator Evaluator { get; } = new(search._model);

        public void Bound(ReadOnlySpan<Node> parts, Span<Node?> bounded)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                bounded[i] = search.Evaluate(parts[i], Evaluator);
            }
        }
    }
}
