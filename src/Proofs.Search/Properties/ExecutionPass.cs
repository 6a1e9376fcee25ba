using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

// Encloses what executions give, at a point and over a box (ExecutionBounds), with a finer error than γ S for sums in
// binary32.
//
// Terms that are certainly 0 are no terms: products with 0 and sums with it are exact. Let m of the products and the
// bias be left, R the sum of the |w x̂| that are rounded (those with w = ±2^e are not), M the larger of the sums of
// positive and of negative terms, and z their sum. Every sum on the way is at most M, the last one is z. An addition v
// of a tree has the error e_v = e_l + e_r + δ (s_v + e_l + e_r),
// |δ| ≤ u, and no error on the way exceeds γ S; added up over the m − 1 additions
//     |ẑ − z| ≤ u (R + (m − 2) M + |z|) + γ² S + η.
// Where sums are kept in a wider format their errors are below γ² S, and the rounding at the end is u |z|.
internal sealed class ExecutionPass
{
    private const int MostExactTerms = 64;

    private readonly NumberFormat _format;
    private readonly Layer[] _layers;

    public ExecutionPass(NetworkExecution execution)
    {
        (_format, Execution) = (execution.Format, execution);
        _layers = [.. execution.Steps.Select(s => new Layer(s, execution.Format))];
    }

    public NetworkExecution Execution { get; }

    /// <summary>The non-zero weights of all steps: about the work of a pass.</summary>
    public long Size => _layers.Sum(l => (long)l.Step.Map.Size);

    /// <summary>Whether every execution at an input, made of numbers of the format, satisfies a case.</summary>
    public bool Holds(VnnCase c, BigRational[] input)
    {
        var outputs = c.Inputs.Contains(input) && c.InputConstraints.All(k => k.Holds(input)) ? Outputs(input) : null;
        return outputs is not null && c.OutputConstraints.All(k => Sign(k, outputs) < (k.IsStrict ? 0 : 1));
    }

    /// <summary>What executions at an input may give; null where one may overflow.</summary>
    public Interval[]? Outputs(IReadOnlyList<BigRational> input)
    {
        Interval[] x = [.. input.Select(v => Interval.Enclose(v))];
        foreach (var layer in _layers)
        {
            var z = new Interval[layer.Step.Map.Rows];
            for (int i = 0; i < z.Length; i++)
            {
                if (Row(layer, i, x) is not { } value)
                {
                    return null;
                }

                z[i] = layer.Step.IsRectified[i]
                    ? Interval.Between(Math.Max(value.Inf, 0), Math.Max(value.Sup, 0))
                    : value;
            }

            x = z;
        }

        return x;
    }

    /// <summary>
    /// How far each output of an execution may be from its real value at the same input of a box; null where one may
    /// overflow.
    /// </summary>
    public double[]? Deviation(Interval[] box)
    {
        Interval[] x = box; // real values
        double[] missed = new double[x.Length];
        foreach (var layer in _layers)
        {
            var (map, rows) = (layer.Step.Map, layer.Step.Map.Rows);
            var z = new Interval[rows];
            double[] next = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                z[i] = layer.Bias[i];
                var before = Interval.Zero;
                var terms = default(Terms);
                terms.Add(z[i], !layer.IsBiasKept[i]);
                int zeros = 0;
                for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
                {
                    int j = map.Column[k];
                    if (x[j].Magnitude == 0 && missed[j] == 0)
                    {
                        zeros++;
                        continue;
                    }

                    z[i] += layer.Weights[k] * x[j];
                    before += Interval.Point(layer.Weights[k].Magnitude) * Interval.Point(missed[j]);
                    terms.Add(layer.Weights[k] * (x[j] + Interval.Between(-missed[j], missed[j])), layer.IsRounded[k]);
                }

                if (!(terms.Size.Sup <= layer.Costs[i].Largest))
                {
                    return null;
                }

                double magnitude = (Interval.Point(z[i].Magnitude) + before).Sup;
                next[i] = (before + Interval.Point(Error(layer, i, zeros, terms, magnitude))).Sup;
                if (!double.IsFinite(next[i]))
                {
                    return null;
                }

                if (layer.Step.IsRectified[i])
                {
                    // both are at least 0 after ρ and at most z + missed before it
                    next[i] = Math.Min(next[i], Math.Max(DirectedRounding.AddUp(z[i].Sup, next[i]), 0));
                    z[i] = Interval.Between(Math.Max(z[i].Inf, 0), Math.Max(z[i].Sup, 0));
                }
            }

            (x, missed) = (z, next);
        }

        return missed;
    }

    // Of the greatest value: 1 where it may be positive, 0 where it may be 0 and not positive, -1 else.
    private static int Sign(RowConstraint constraint, Interval[] values)
    {
        var most = -constraint.Bound;
        foreach (var (index, coefficient) in constraint.Terms)
        {
            double end = coefficient.Sign > 0 ? values[index].Sup : values[index].Inf;
            most = double.IsFinite(end) ? most + (coefficient * Binary64.Exact(end)) : BigRational.One;
            if (!double.IsFinite(end))
            {
                break;
            }
        }

        return most.Sign;
    }

    // What the rounding of a row of some terms costs: their number, S with underflow, R, the sums of either sign, and
    // |z|.
    private double Error(Layer layer, int row, int zeros, in Terms terms, double magnitude)
    {
        var rounding = layer.Step.Roundings[row];
        if (rounding.IsExact)
        {
            return 0;
        }

        if (rounding.IsOperation)
        {
            return ((Interval.Point(magnitude) + Interval.Point(layer.Costs[row].Least))
                * Interval.Point(layer.Costs[row].Gamma)).Sup;
        }

        double gamma = zeros == 0
            ? layer.Costs[row].Gamma
            : ExecutionBounds.Gamma(_format, Math.Max(rounding.Count - zeros, 1));
        var coarse = (terms.Size + Interval.Point(layer.Costs[row].Least)) * Interval.Point(gamma);
        if (_format != NumberFormat.Binary32 || rounding.Factor != 1)
        {
            return coarse.Sup;
        }

        var most = Interval.Point(Math.Max(terms.Above.Sup, terms.Below.Sup));
        var fine = (
            Interval.Point(_format.Roundoff)
                * (terms.Rounded + (Interval.Point(Math.Max(terms.Count - 2, 0)) * most) + Interval.Point(magnitude)))
            + (Interval.Point(gamma) * Interval.Point(gamma) * terms.Size)
            + (Interval.Point(gamma) * Interval.Point(layer.Costs[row].Least));
        return Math.Min(coarse.Sup, fine.Sup);
    }

    // The terms of a sum, added up; a term without a bound leaves their size without one.
    private struct Terms
    {
        public int Count;
        public Interval Size, Rounded, Above, Below;

        public void Add(Interval term, bool isRounded)
        {
            if (!double.IsFinite(term.Magnitude))
            {
                Size = Interval.Entire;
                return;
            }

            var size = Interval.Point(term.Magnitude);
            Count += term.Magnitude == 0 ? 0 : 1;
            Size += size;
            Rounded += isRounded ? size : Interval.Zero;
            Above += Interval.Point(Math.Max(term.Sup, 0));
            Below += Interval.Point(Math.Max(-term.Inf, 0));
        }
    }

    // What a row may give for operands between given numbers; null where it may overflow.
    private Interval? Row(Layer layer, int row, Interval[] x)
    {
        var map = layer.Step.Map;
        var rounding = layer.Step.Roundings[row];
        var cost = layer.Costs[row];
        var z = layer.Bias[row];
        var sums = default(Terms);
        sums.Add(z, !layer.IsBiasKept[row]);
        bool isAbove = true, isBelow = true; // of 0, for all products
        int zeros = 0;
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            if (x[map.Column[k]].Magnitude == 0)
            {
                zeros++;
                continue;
            }

            var product = layer.Weights[k] * x[map.Column[k]];
            z += product;
            sums.Add(product, layer.IsRounded[k]);
            (isAbove, isBelow) = (isAbove && product.Inf >= 0, isBelow && product.Sup <= 0);
        }

        if (!(sums.Size.Sup <= cost.Largest))
        {
            return null;
        }

        if (rounding.IsExact)
        {
            return z;
        }

        if (rounding.IsOperation)
        {
            var (low, high) = Ends(map, row, x, v => (v.Low, v.High));
            return Between(_format.Nearest(low), _format.Nearest(high));
        }

        bool isKept = layer.IsBiasKept[row];
        int terms = map.RowStart[row + 1] - map.RowStart[row] - zeros + (map.Bias[row] == 0 ? 0 : 1);
        if (isKept && terms <= MostExactTerms && Exactly(_format, map, row, x) is { } exact)
        {
            return Interval.Enclose(exact);
        }

        double error = Error(layer, row, zeros, sums, z.Magnitude);
        z += Interval.Between(-error, error);
        if (isKept && terms <= 2 && _format == NumberFormat.Binary32 && OfTwoTerms(_format, map, row, x) is { } tight)
        {
            z = Interval.Intersect(z, tight);
        }

        // numbers of one sign added to the bias never lead past it, in whatever order
        double bias = map.Bias[row];
        return !isKept
            ? z
            : Interval.Between(isAbove ? Math.Max(z.Inf, bias) : z.Inf, isBelow ? Math.Min(z.Sup, bias) : z.Sup);
    }

    // One or two terms: each product is rounded or not, then their sum is, perhaps in a wider format of at least 53
    // bits before. Rounding is monotone, so the ends bound all of these.
    private static Interval? OfTwoTerms(NumberFormat format, Affine map, int row, Interval[] x)
    {
        bool overflows = false;
        var (low, high) = Ends(map, row, x, v =>
        {
            var (below, above) = (format.Nearest(v.Low), format.Nearest(v.High));
            overflows |= below is null || above is null;
            return (BigRational.Min(v.Low, below ?? v.Low), BigRational.Max(v.High, above ?? v.High));
        });
        return overflows ? null : Between(format.Nearest(Wider(low, -1)), format.Nearest(Wider(high, 1)));

        static BigRational Wider(BigRational v, int side) =>
            NumberFormat.Binary64.Contains(v) ? v : v + (side * BigRational.Abs(v) * BigRational.PowerOfTwo(-52));
    }

    // The sum where it is a point that no order rounds: all products are multiples of one power of two, and none of the
    // sums is large.
    private static BigRational? Exactly(NumberFormat format, Affine map, int row, Interval[] x)
    {
        BigRational sum = map.BiasAt(row), size = BigRational.Abs(sum);
        int grid = sum.IsZero ? int.MaxValue : Grid(sum);
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            var operand = x[map.Column[k]];
            var weight = map.WeightAt(k);
            if (!operand.IsPoint || !weight.IsDyadic)
            {
                return null;
            }

            var product = weight * Binary64.Exact(operand.Inf);
            if (!product.IsZero)
            {
                (sum, size, grid) = (sum + product, size + BigRational.Abs(product), Math.Min(grid, Grid(product)));
            }
        }

        return size.IsZero || (grid >= format.LeastExponent && size <= BigRational.PowerOfTwo(grid + format.Precision))
            ? sum
            : null;

        static int Grid(BigRational v) =>
            (int)System.Numerics.BigInteger.TrailingZeroCount(v.Numerator) - (int)(v.Denominator.GetBitLength() - 1);
    }

    // The least and the greatest sum of what is made of the ends of each product, and the bias.
    private static (BigRational Low, BigRational High) Ends(
        Affine map, int row, Interval[] x, Func<(BigRational Low, BigRational High),
        (BigRational Low, BigRational High)> made)
    {
        var bias = map.BiasAt(row);
        var (low, high) = (bias, bias);
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            var (weight, operand) = (map.WeightAt(k), x[map.Column[k]]);
            BigRational a = weight * Binary64.Exact(operand.Inf), b = weight * Binary64.Exact(operand.Sup);
            var (below, above) = made(a <= b ? (a, b) : (b, a));
            (low, high) = (low + below, high + above);
        }

        return (low, high);
    }

    private static Interval? Between(BigRational? low, BigRational? high) =>
        low is { } a && high is { } b ? Interval.Enclose(a, b) : null;

    // The numbers of a step as they are used.
    private sealed class Layer(ExecutedStep step, NumberFormat format)
    {
        public ExecutedStep Step => step;

        public Interval[] Weights { get; } =
            [.. step.Map.Value.Select((_, k) => Interval.Enclose(step.Map.WeightAt(k)))];

        // products with ±2^e are exact, but for underflow, which is counted anyway
        public bool[] IsRounded { get; } = [
            .. step.Map.Value.Select((_, k) =>
                !Numerator(step.Map.WeightAt(k)).IsPowerOfTwo || !step.Map.WeightAt(k).IsDyadic)];

        public Interval[] Bias { get; } = [.. step.Map.Bias.Select((_, i) => Interval.Enclose(step.Map.BiasAt(i)))];

        public ExecutionBounds.Cost[] Costs { get; } =
            [.. step.Map.Bias.Select((_, i) => ExecutionBounds.CostOf(format, step, i))];

        public bool[] IsBiasKept { get; } =
            [.. step.Map.Bias.Select((_, i) => step.Roundings[i].Factor == 1 && format.Contains(step.Map.BiasAt(i)))];

        private static System.Numerics.BigInteger Numerator(BigRational w) =>
            System.Numerics.BigInteger.Abs(w.Numerator);
    }
}
