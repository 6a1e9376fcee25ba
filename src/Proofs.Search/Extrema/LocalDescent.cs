using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Extrema;

// Newton's method on a box in floating point, to find points where g is small; nothing it finds is a bound.
internal sealed class LocalDescent(ExprTape tape)
{
    private const int Steps = 40;
    private const int Halvings = 30;

    private readonly Interval[] _at = new Interval[tape.Dimension];
    private readonly Interval[] _gradient = new Interval[tape.Dimension];
    private readonly Interval[] _hessian = new Interval[tape.Dimension * tape.Dimension];

    public double[] From(double[] start, double[] low, double[] high)
    {
        int n = start.Length;
        double[] x = [.. start], q = new double[n], least = new double[n], most = new double[n];
        double value = Value(x);
        for (int step = 0; step < Steps && double.IsFinite(value); step++)
        {
            Place(x);
            if (!tape.Hessian(_at, _gradient, _hessian).Set.IsBounded || _gradient.Any(g => !g.IsBounded))
            {
                break;
            }

            // Sides of length 1, and a curvature made positive by a shift.
            double[,] k = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                double s = high[i] - low[i];
                (q[i], least[i], most[i]) =
                    (_gradient[i].Midpoint * s, s > 0 ? (low[i] - x[i]) / s : 0, s > 0 ? (high[i] - x[i]) / s : 0);
                for (int j = 0; j < n; j++)
                {
                    double h = _hessian[(n * i) + j].IsBounded ? _hessian[(n * i) + j].Midpoint : 0;
                    k[i, j] = h * s * (high[j] - low[j]);
                }
            }

            double eigenvalue = SymmetricMatrix.LeastEigenvalue(k), size = q.Max(Math.Abs);
            foreach (double entry in k)
            {
                size = Math.Max(size, Math.Abs(entry));
            }

            double shift = eigenvalue > 1e-12 * size ? 0 : -eigenvalue + (1e-3 * size);
            for (int i = 0; i < n; i++)
            {
                k[i, i] += shift;
            }

            double[] move = BoxQuadratic.Minimiser(k, q, least, most);
            double part = 1;
            bool moved = false;
            for (int halving = 0; halving < Halvings && !moved; halving++, part /= 2)
            {
                double[] next =
                    [.. x.Select((v, i) => Math.Clamp(v + (part * move[i] * (high[i] - low[i])), low[i], high[i]))];
                double there = Value(next);
                if (there < value)
                {
                    moved = value - there > 1e-15 * Math.Abs(value);
                    (x, value) = (next, there);
                    break;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return x;
    }

    private double Value(double[] x)
    {
        Place(x);
        var value = tape.EvaluateDecorated(_at);
        return value.Decoration >= Decoration.Defined && value.Set.IsBounded
            ? value.Set.Midpoint
            : double.PositiveInfinity;
    }

    private void Place(double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            _at[i] = Interval.Point(double.IsFinite(x[i]) ? x[i] : 0);
        }
    }
}
