using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Proofs.Search.Properties;

// Looks for counterexamples in binary64, eight points at a time. What it finds is a guess that exact arithmetic then
// judges.
internal sealed class PointSearch
{
    private const int Lanes = BackwardKernel.Lanes;
    private const double Shrink = 0.8; // of the steps

    private readonly PropertyQuery _query;
    private readonly double[][] _units; // after ρ, by layer
    private readonly double[][] _sums; // before ρ
    private readonly double[] _inputRows;
    private double[] _gradient;
    private double[] _next;

    public PointSearch(PropertyQuery query)
    {
        _query = query;
        _units = [.. query.Layers.Select(l => new double[l.Rows * Lanes])];
        _sums = [.. query.Layers.Select(l => l.IsRectified.Contains(true) ? new double[l.Rows * Lanes] : [])];
        _inputRows = new double[query.Inputs.Rows * Lanes];
        int width = Math.Max(query.Dimension, query.Layers.Max(l => l.Rows));
        (_gradient, _next) = (new double[width * Lanes], new double[width * Lanes]);
        Points = new double[query.Dimension * Lanes];
    }

    /// <summary>The points: entry 8·coordinate + lane.</summary>
    public double[] Points { get; }

    /// <summary>
    /// For each lane the smallest violation: over the cases the least, over the rows of a case the greatest value.
    /// </summary>
    public double[] Values { get; } = new double[Lanes];

    private int[] WorstRow { get; } = new int[Lanes]; // ~row for an input row

    /// <summary>What a layer gives before ρ at <see cref="Points"/>, after they were evaluated.</summary>
    public double[] Sums(int layer) => _sums[layer];

    /// <summary>Evaluates the rows at <see cref="Points"/>.</summary>
    public void Evaluate()
    {
        double[] x = Points;
        for (int l = 0; l < _units.Length; l++)
        {
            Apply(_query.Layers[l], x, _units[l], _sums[l]);
            x = _units[l];
        }

        Apply(_query.Inputs, Points, _inputRows, []);
        for (int lane = 0; lane < Lanes; lane++)
        {
            Values[lane] = double.PositiveInfinity;
            for (int c = 0; c < _query.Cases.Length; c++)
            {
                double worst = double.NegativeInfinity;
                int row = 0;
                foreach (int r in _query.OutputRows[c])
                {
                    (worst, row) = x[(r * Lanes) + lane] > worst ? (x[(r * Lanes) + lane], r) : (worst, row);
                }

                foreach (int r in _query.InputRowsOf[c])
                {
                    (worst, row) = _inputRows[(r * Lanes) + lane] > worst
                        ? (_inputRows[(r * Lanes) + lane], ~r)
                        : (worst, row);
                }

                if (worst < Values[lane])
                {
                    (Values[lane], WorstRow[lane]) = (worst, row);
                }
            }
        }
    }

    /// <summary>
    /// Steps from <see cref="Points"/> against the sign of the gradient of the worst row and keeps the best point of
    /// each lane, with its value in <see cref="Values"/>.
    /// </summary>
    /// <param name="lower">The box that no step leaves.</param>
    /// <param name="upper">The box that no step leaves.</param>
    /// <param name="reach">For each coordinate and lane the first step.</param>
    /// <param name="steps">How many.</param>
    public void Descend(double[] lower, double[] upper, double[] reach, int steps)
    {
        double[] best = [.. Points];
        double[] value = new double[Lanes];
        Array.Fill(value, double.PositiveInfinity);
        double shrink = 1;
        for (int s = 0; ; s++)
        {
            Evaluate();
            for (int lane = 0; lane < Lanes; lane++)
            {
                if (Values[lane] < value[lane])
                {
                    value[lane] = Values[lane];
                    for (int j = 0; j < lower.Length; j++)
                    {
                        best[(j * Lanes) + lane] = Points[(j * Lanes) + lane];
                    }
                }
            }

            if (s == steps || Array.Exists(value, v => v <= 0))
            {
                break;
            }

            Gradient();
            for (int at = 0; at < Points.Length; at++)
            {
                int j = at / Lanes;
                double g = _gradient[at], step = shrink * reach[at];
                Points[at] = Math.Clamp(Points[at] + (g > 0 ? -step : g < 0 ? step : 0), lower[j], upper[j]);
            }

            shrink *= Shrink;
        }

        best.CopyTo(Points, 0);
        value.CopyTo(Values, 0);
    }

    private void Gradient()
    {
        int last = _query.Layers.Length - 1;
        var rows = _query.Layers[last];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int row = WorstRow[lane];
            for (int j = 0; j < rows.Columns; j++)
            {
                _gradient[(j * Lanes) + lane] = row < 0 || rows.Rows == 0 ? 0 : rows.Weights[(row * rows.Columns) + j];
            }
        }

        for (int l = last - 1; l >= 0; l--)
        {
            Transpose(_query.Layers[l], _units[l]);
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            int row = ~WorstRow[lane];
            for (int j = 0; row >= 0 && j < _query.Dimension; j++)
            {
                _gradient[(j * Lanes) + lane] = _query.Inputs.Weights[(row * _query.Dimension) + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(BoundLayer layer, double[] units)
    {
        Array.Clear(_next, 0, layer.Columns * Lanes);
        for (int i = 0; i < layer.Rows; i++)
        {
            var g = Vector512.LoadUnsafe(ref _gradient[i * Lanes]);
            if (layer.IsRectified[i])
            {
                var on = Vector512.GreaterThan(Vector512.LoadUnsafe(ref units[i * Lanes]), Vector512<double>.Zero);
                g = Vector512.ConditionalSelect(on, g, Vector512<double>.Zero);
            }

            for (int j = 0; j < layer.Columns; j++)
            {
                var sum = Vector512.LoadUnsafe(ref _next[j * Lanes]);
                Vector512.FusedMultiplyAdd(Vector512.Create(layer.Weights[(i * layer.Columns) + j]), g, sum)
                    .StoreUnsafe(ref _next[j * Lanes]);
            }
        }

        (_gradient, _next) = (_next, _gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(BoundLayer layer, double[] from, double[] to, double[] sums)
    {
        for (int i = 0; i < layer.Rows; i++)
        {
            Vector512<double> even = Vector512.Create(layer.Bias[i]), odd = default;
            int row = i * layer.Columns, j = 0;
            for (; j < layer.Columns - 1; j += 2)
            {
                even = Vector512.FusedMultiplyAdd(
                    Vector512.Create(layer.Weights[row + j]), Vector512.LoadUnsafe(ref from[j * Lanes]), even);
                odd = Vector512.FusedMultiplyAdd(
                    Vector512.Create(layer.Weights[row + j + 1]), Vector512.LoadUnsafe(ref from[(j + 1) * Lanes]), odd);
            }

            if (j < layer.Columns)
            {
                even = Vector512.FusedMultiplyAdd(
                    Vector512.Create(layer.Weights[row + j]), Vector512.LoadUnsafe(ref from[j * Lanes]), even);
            }

            even += odd;
            if (layer.IsRectified[i])
            {
                even.StoreUnsafe(ref sums[i * Lanes]);
                even = Vector512.Max(even, Vector512<double>.Zero);
            }

            even.StoreUnsafe(ref to[i * Lanes]);
        }
    }
}
