using Proofs.Constructions.Formats.VnnLib;
using Proofs.Numeric.Intervals;
using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Properties;

// A unit of a hidden layer and whether its z ≥ 0 or z ≤ 0 is assumed.
internal readonly record struct Phase(int Layer, int Unit, bool IsOn);

// How to divide a box: at At of a coordinate, or, with Layer ≥ 0, by the sign of a unit. Dimension −1: it is a point.
internal readonly record struct PhaseSplit(int Dimension, double At, int Layer, int Unit)
{
    public static PhaseSplit None => new(-1, 0, -1, -1);
}

// The part of a box where units have assumed phases. Score is the lower bound of the least excluded case.
internal sealed record OpenBox(double[] Lower, double[] Upper, Phase[] Phases, int Node)
{
    public double Score { get; init; } = double.NegativeInfinity;

    /// <summary>Where to divide it, at a coordinate or by the sign of a unit.</summary>
    public PhaseSplit Side { get; init; } = PhaseSplit.None;

    public PhaseSplit Sign { get; init; } = PhaseSplit.None;

    /// <summary>The units of both signs.</summary>
    public int Unstable { get; init; }

    /// <summary>The least violation at a point of the box.</summary>
    public double PointValue { get; init; } = double.PositiveInfinity;

    /// <summary>What the bound cuts off before the box is divided.</summary>
    public Cut[] Cuts { get; init; } = [];

    /// <summary>What its bound says, once it has one.</summary>
    public BoxOutcome Outcome { get; init; }
}

// The part of a box above (or below) At of a coordinate, which a row excludes.
internal readonly record struct Cut(int Dimension, double At, bool IsAbove, int Row);

// What a worker tells of one box: excluded by a row for each case, or how to go on; and the best point it saw there.
internal readonly record struct BoxOutcome(
    bool Excluded, int[]? Rows, double Score, PhaseSplit Side, double PointValue, double[]? Point)
{
    public Cut[] Cuts { get; init; } = [];

    public PhaseSplit Sign { get; init; } = PhaseSplit.None;

    public int Unstable { get; init; }
}

// Bounds eight boxes and tries the corners that their bounds point to. One worker serves one thread.
internal sealed class BoxWorker(PropertyQuery query) : IBounder<OpenBox>
{
    public const int Lanes = BackwardKernel.Lanes;

    private readonly BoundPass _pass = new(query);
    private readonly PointSearch _points = new(query);
    private readonly int[] _rows = new int[Lanes];
    private readonly double[] _inputRow = new double[query.Inputs.Rows];

    public void Bound(ReadOnlySpan<OpenBox> parts, Span<OpenBox?> bounded)
    {
        var outcomes = new BoxOutcome[parts.Length];
        Run(parts, outcomes);
        for (int i = 0; i < parts.Length; i++)
        {
            bounded[i] = parts[i] with { Outcome = outcomes[i] };
        }
    }

    /// <summary>Bounds up to eight boxes.</summary>
    public void Run(ReadOnlySpan<OpenBox> boxes, Span<BoxOutcome> outcomes)
    {
        int inputs = query.Dimension;
        _pass.ClearPhases();
        for (int lane = 0; lane < Lanes; lane++)
        {
            var box = boxes[Math.Min(lane, boxes.Length - 1)];
            for (int j = 0; j < inputs; j++)
            {
                _pass.Lower[(j * Lanes) + lane] = box.Lower[j];
                _pass.Upper[(j * Lanes) + lane] = box.Upper[j];
            }

            foreach (var phase in box.Phases)
            {
                _pass.Assume(lane, phase);
            }
        }

        _pass.Run();
        for (int lane = 0; lane < boxes.Length; lane++)
        {
            outcomes[lane] = Judge(boxes[lane], lane, out int row);
            for (int j = 0; j < inputs; j++)
            {
                double slope = row >= 0 ? _pass.RowSlopes[(((row * inputs) + j) * Lanes) + lane]
                    : row == int.MinValue ? 0 : query.Inputs.Weights[(~row * inputs) + j];
                var (least, most) = _pass.Ends(lane, j);
                _points.Points[(j * Lanes) + lane] = slope > 0
                    ? least
                    : slope < 0
                    ? most
                    : OpenBoxes.Middle(least, most);
            }

            _rows[lane] = row;
        }

        if (outcomes[..boxes.Length].IndexOfAnyExcept(outcomes[0]) < 0 && outcomes[0].Excluded)
        {
            return;
        }

        _points.Evaluate();
        for (int lane = 0; lane < boxes.Length; lane++)
        {
            if (!outcomes[lane].Excluded)
            {
                double[] point = new double[inputs];
                for (int j = 0; j < inputs; j++)
                {
                    point[j] = _points.Points[(j * Lanes) + lane];
                }

                outcomes[lane] = outcomes[lane] with
                {
                    PointValue = _points.Values[lane],
                    Point = point,
                    Sign = Weakest(lane, out int unstable),
                    Unstable = unstable,
                };
            }
        }
    }

    // The bound at its least point lies below the row there by what the relaxed units lose at that point, each in its
    // turn: the unit that loses most.
    private PhaseSplit Weakest(int lane, out int unstable)
    {
        int row = _rows[lane];
        double most = -1;
        var best = PhaseSplit.None;
        unstable = 0;
        for (int l = 0, at = row * _pass.Hidden; row >= 0 && l < query.Layers.Length - 1; l++)
        {
            var layer = _pass[l];
            int count = layer.Layer.Rows;
            for (int i = 0; i < count; i++, at++)
            {
                int entry = (i * Lanes) + lane;
                if (!layer.Layer.IsRectified[i] || !(layer.Low[entry] < 0 && layer.High[entry] > 0))
                {
                    continue;
                }

                unstable++;
                double a = _pass.Coefficients[(at * Lanes) + lane], z = _points.Sums(l)[entry];
                double lost = a > 0 ? a * (Math.Max(z, 0) - (layer.LowerSlope[entry] * z))
                    : -a * ((layer.UpperSlope[entry] * z) + layer.UpperShift[entry] - Math.Max(z, 0));
                if (lost > most)
                {
                    (most, best) = (lost, new PhaseSplit(-1, 0, l, i));
                }
            }
        }

        return best;
    }

    private BoxOutcome Judge(OpenBox box, int lane, out int splitRow)
    {
        for (int r = 0; r < _inputRow.Length; r++)
        {
            var constraint = query.InputConstraints[r];
            var sum = Interval.Enclose(-constraint.Bound);
            foreach (var (index, coefficient) in constraint.Terms)
            {
                sum += Interval.Enclose(coefficient) * Interval.Between(box.Lower[index], box.Upper[index]);
            }

            _inputRow[r] = sum.Inf;
        }

        int[] rows = new int[query.Cases.Length];
        bool excluded = true;
        double score = double.PositiveInfinity;
        splitRow = int.MinValue;
        for (int c = 0; c < rows.Length; c++)
        {
            double best = double.NegativeInfinity;
            int at = int.MinValue;
            bool isExcluded = false;
            foreach (int r in query.InputRowsOf[c])
            {
                (best, at) = _inputRow[r] > best ? (_inputRow[r], ~r) : (best, at);
                isExcluded |= _inputRow[r] > 0 || (_inputRow[r] == 0 && query.InputConstraints[r].IsStrict);
            }

            foreach (int r in query.OutputRows[c])
            {
                double low = _pass.RowLower[(r * Lanes) + lane];
                (best, at) = low > best ? (low, r) : (best, at);
                double floor = _pass.RowFloor[(r * Lanes) + lane];
                isExcluded |= low > 0 || floor > 0 || ((low == 0 || floor == 0) && query.OutputConstraints[r].IsStrict);
            }

            rows[c] = at;
            excluded &= isExcluded;
            if (!isExcluded && !(best >= score))
            {
                (score, splitRow) = (best, at);
            }
        }

        return excluded || _pass.IsEmpty[lane]
            ? new BoxOutcome(true, rows, score, PhaseSplit.None, double.PositiveInfinity, null)
            : new BoxOutcome(false, null, score, Widest(splitRow, lane), double.PositiveInfinity, null)
            {
                Cuts = Cuts(lane),
            };
    }

    // A row is at least LB + |a_k| (1 ± ε_k) on the box, so with one case what lies beyond that line's zero is
    // excluded. The cut is moved 2^−20 of the radius outward, which pays for all rounding where it is not below 2^−50
    // of what is added up.
    private Cut[] Cuts(int lane)
    {
        const double Least = 0.1, Shift = 1.0 / (1 << 20), Rounding = 8.881784197001252e-16;
        if (query.Cases.Length != 1)
        {
            return [];
        }

        int inputs = query.Dimension;
        var cuts = new List<Cut>();
        for (int k = 0; k < inputs; k++)
        {
            var (lower, upper) = _pass.Ends(lane, k);
            double c = OpenBoxes.Middle(lower, upper), r = (upper - lower) * 0.5;
            (double above, double below) = (1, -1);
            (int aboveRow, int belowRow) = (-1, -1);
            foreach (int row in query.OutputRows[0])
            {
                double low = _pass.RowLower[(row * Lanes) + lane], spread = 0;
                for (int j = 0; j < inputs; j++)
                {
                    spread += _pass.Change(row, lane, j);
                }

                double a = _pass.Change(row, lane, k);
                double reach = (-low / a) - 1 + Shift; // of ε towards larger values of the row
                bool isSound = a * Shift > (spread - low) * Rounding && r * Shift > (Math.Abs(c) + r) * Rounding;
                if (!isSound || !(reach < 1 - (2 * Least)))
                {
                    continue;
                }

                if (_pass.RowSlopes[(((row * inputs) + k) * Lanes) + lane] > 0)
                {
                    (above, aboveRow) = reach < above ? (reach, row) : (above, aboveRow);
                }
                else
                {
                    (below, belowRow) = -reach > below ? (-reach, row) : (below, belowRow);
                }
            }

            if (aboveRow >= 0)
            {
                cuts.Add(new Cut(k, c + (above * r), true, aboveRow));
            }

            if (belowRow >= 0 && below < above)
            {
                cuts.Add(new Cut(k, c + (below * r), false, belowRow));
            }
        }

        return [.. cuts];
    }

    // The coordinate along which the bound of the row varies most; the widest side where it does not vary.
    private PhaseSplit Widest(int row, int lane)
    {
        int inputs = query.Dimension;
        double most = 0, width = 0;
        var (best, widest) = (PhaseSplit.None, PhaseSplit.None);
        for (int j = 0; j < inputs; j++)
        {
            var (lower, upper) = _pass.Ends(lane, j);
            double middle = OpenBoxes.Middle(lower, upper);
            if (!(lower < middle && middle < upper))
            {
                continue;
            }

            double side = upper - lower;
            (width, widest) = side > width ? (side, new PhaseSplit(j, middle, -1, -1)) : (width, widest);
            double change = row >= 0 ? _pass.Change(row, lane, j)
                : row == int.MinValue ? 0 : Math.Abs(query.Inputs.Weights[(~row * inputs) + j]) * side;
            (most, best) = change > most ? (change, new PhaseSplit(j, middle, -1, -1)) : (most, best);
        }

        return best.Dimension >= 0 ? best : widest;
    }
}
