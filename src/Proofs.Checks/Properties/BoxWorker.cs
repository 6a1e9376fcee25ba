using Proofs.Numeric;

namespace Proofs.Checks.Properties;

// A box of the search. Score is the lower bound of the least excluded case; Dimension is where to divide it.
internal sealed record OpenBox(double[] Lower, double[] Upper, int Node)
{
    public double Score { get; init; } = double.NegativeInfinity;

    public int Dimension { get; init; }

    /// <summary>The least violation at a point of the box.</summary>
    public double PointValue { get; init; } = double.PositiveInfinity;

    /// <summary>What the bound cuts off before the box is divided.</summary>
    public Cut[] Cuts { get; init; } = [];
}

// The part of a box above (or below) At of a coordinate, which a row excludes.
internal readonly record struct Cut(int Dimension, double At, bool IsAbove, int Row);

// What a worker tells of one box: excluded by a row for each case, or how to go on; and the best point it saw there.
internal readonly record struct BoxOutcome(bool Excluded, int[]? Rows, double Score, int Dimension, double PointValue, double[]? Point)
{
    public Cut[] Cuts { get; init; } = [];
}

// Bounds eight boxes and tries the corners that their bounds point to. One worker serves one thread.
internal sealed class BoxWorker(PropertyQuery query)
{
    public const int Lanes = BackwardKernel.Lanes;

    private readonly BoundPass _pass = new(query);
    private readonly PointSearch _points = new(query);
    private readonly double[] _inputRow = new double[query.Inputs.Rows];

    /// <summary>Bounds up to eight boxes.</summary>
    public void Run(ReadOnlySpan<OpenBox> boxes, Span<BoxOutcome> outcomes)
    {
        int inputs = query.Dimension;
        for (int lane = 0; lane < Lanes; lane++)
        {
            var box = boxes[Math.Min(lane, boxes.Length - 1)];
            for (int j = 0; j < inputs; j++)
            {
                _pass.Lower[(j * Lanes) + lane] = box.Lower[j];
                _pass.Upper[(j * Lanes) + lane] = box.Upper[j];
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
                _points.Points[(j * Lanes) + lane] = slope > 0 ? boxes[lane].Lower[j]
                    : slope < 0 ? boxes[lane].Upper[j]
                    : (boxes[lane].Lower[j] * 0.5) + (boxes[lane].Upper[j] * 0.5);
            }
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

                outcomes[lane] = outcomes[lane] with { PointValue = _points.Values[lane], Point = point };
            }
        }
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
                isExcluded |= low > 0 || (low == 0 && query.OutputConstraints[r].IsStrict);
            }

            rows[c] = at;
            excluded &= isExcluded;
            if (!isExcluded && !(best >= score))
            {
                (score, splitRow) = (best, at);
            }
        }

        return excluded
            ? new BoxOutcome(true, rows, score, 0, double.PositiveInfinity, null)
            : new BoxOutcome(false, null, score, Widest(box, splitRow, lane), double.PositiveInfinity, null) { Cuts = Cuts(box, lane) };
    }

    // A row is at least LB + |a_k| (1 ± ε_k) on the box, so with one case what lies beyond that line's zero is excluded. The cut
    // is moved 2^−20 of the radius outward, which pays for all rounding where it is not below 2^−50 of what is added up.
    private Cut[] Cuts(OpenBox box, int lane)
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
            double c = OpenBoxes.Middle(box.Lower[k], box.Upper[k]), r = (box.Upper[k] - box.Lower[k]) * 0.5;
            (double above, double below) = (1, -1);
            (int aboveRow, int belowRow) = (-1, -1);
            foreach (int row in query.OutputRows[0])
            {
                double low = _pass.RowLower[(row * Lanes) + lane], spread = 0;
                for (int j = 0; j < inputs; j++)
                {
                    spread += Math.Abs(_pass.RowSlopes[(((row * inputs) + j) * Lanes) + lane]);
                }

                double a = _pass.RowSlopes[(((row * inputs) + k) * Lanes) + lane];
                double reach = (-low / Math.Abs(a)) - 1 + Shift; // of ε towards larger values of the row
                bool isSound = Math.Abs(a) * Shift > (spread - low) * Rounding && r * Shift > (Math.Abs(c) + r) * Rounding;
                if (!isSound || !(reach < 1 - (2 * Least)))
                {
                    continue;
                }

                if (a > 0)
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

    // The coordinate along which the bound of the row varies most; the widest side where it does not vary. −1: all sides are points.
    private int Widest(OpenBox box, int row, int lane)
    {
        int inputs = query.Dimension, best = -1;
        double most = 0, width = 0;
        int widest = -1;
        for (int j = 0; j < inputs; j++)
        {
            double middle = OpenBoxes.Middle(box.Lower[j], box.Upper[j]);
            if (!(box.Lower[j] < middle && middle < box.Upper[j]))
            {
                continue;
            }

            double side = box.Upper[j] - box.Lower[j];
            (width, widest) = side > width ? (side, j) : (width, widest);
            double slope = row >= 0 ? Math.Abs(_pass.RowSlopes[(((row * inputs) + j) * Lanes) + lane])
                : row == int.MinValue ? 0 : Math.Abs(query.Inputs.Weights[(~row * inputs) + j]) * side;
            (most, best) = slope > most ? (slope, j) : (most, best);
        }

        return best >= 0 ? best : widest;
    }
}
