namespace Proofs.Checks.Fitting;

// Two coefficients at a time, the pair of second-order working set selection (Fan, Chen, Lin 2005) on the 2n variables
// α, α* ∈ [0, C] with signs ±1: minimise α'Qα/2 + p'α, Σ s α = 0. Estimates only.
internal sealed class SequentialMinimisation
{
    private const int StepsPerVariable = 400;
    private const int LeastSteps = 200_000;
    private const double Tiny = 1e-12;

    private readonly KernelMatrix _kernel;
    private readonly double _cost;
    private readonly double[] _alpha, _gradient;
    private readonly int _n;

    public SequentialMinimisation(KernelMatrix kernel, double[] y, double cost, double tube)
    {
        (_kernel, _cost, _n) = (kernel, cost, kernel.Count);
        _alpha = new double[2 * _n];
        _gradient = [.. y.Select(v => tube - v), .. y.Select(v => tube + v)];
    }

    public double[] Coefficients() => [.. Enumerable.Range(0, _n).Select(i => _alpha[i] - _alpha[i + _n])];

    /// <summary>Goes on until the largest violation is below a tolerance, or steps run out; the offset b.</summary>
    public double Run(double tolerance)
    {
        int steps = Math.Max(LeastSteps, StepsPerVariable * _n);
        for (int step = 0; step < steps; step++)
        {
            int i = First();
            int j = i < 0 ? -1 : Second(i, tolerance);
            if (j < 0)
            {
                break;
            }

            Move(i, j);
        }

        return Offset();
    }

    private double Sign(int t) => t < _n ? 1 : -1;

    private bool MayRise(int t) => t < _n ? _alpha[t] < _cost : _alpha[t] > 0;

    private bool MayFall(int t) => t < _n ? _alpha[t] > 0 : _alpha[t] < _cost;

    private double Curvature(int i, int j) => Math.Max(
        _kernel[i % _n, i % _n] + _kernel[j % _n, j % _n] - (2 * _kernel[i % _n, j % _n]), Tiny);

    private int First()
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int t = 0; t < 2 * _n; t++)
        {
            double up = -Sign(t) * _gradient[t];
            if (MayRise(t) && up > most)
            {
                (best, most) = (t, up);
            }
        }

        return best;
    }

    private int Second(int i, double tolerance)
    {
        double most = -Sign(i) * _gradient[i], least = double.PositiveInfinity, gain = 0;
        int best = -1;
        for (int t = 0; t < 2 * _n; t++)
        {
            if (!MayFall(t))
            {
                continue;
            }

            double down = -Sign(t) * _gradient[t], difference = most - down;
            least = Math.Min(least, down);
            double candidate = difference > 0 ? difference * difference / Curvature(i, t) : 0;
            if (candidate > gain)
            {
                (best, gain) = (t, candidate);
            }
        }

        return most - least < tolerance ? -1 : best;
    }

    private void Move(int i, int j)
    {
        double difference = (-Sign(i) * _gradient[i]) + (Sign(j) * _gradient[j]);
        double step = difference / Curvature(i, j);
        step = Math.Min(step, Math.Min(Room(i, Sign(i)), Room(j, -Sign(j))));
        double before = _alpha[i], other = _alpha[j];
        _alpha[i] = Math.Clamp(before + (Sign(i) * step), 0, _cost);
        _alpha[j] = Math.Clamp(other - (Sign(j) * step), 0, _cost);
        double first = Sign(i) * (_alpha[i] - before), second = Sign(j) * (_alpha[j] - other);
        var left = _kernel.Row(i % _n);
        var right = _kernel.Row(j % _n);
        for (int t = 0; t < _n; t++)
        {
            double change = (first * left[t]) + (second * right[t]);
            _gradient[t] += change;
            _gradient[t + _n] -= change;
        }
    }

    // How far a variable may go in a direction of its box.
    private double Room(int t, double direction) => direction > 0 ? _cost - _alpha[t] : _alpha[t];

    private double Offset()
    {
        double sum = 0, most = double.NegativeInfinity, least = double.PositiveInfinity;
        int free = 0;
        for (int t = 0; t < 2 * _n; t++)
        {
            double value = -Sign(t) * _gradient[t];
            if (_alpha[t] > 0 && _alpha[t] < _cost)
            {
                (sum, free) = (sum + value, free + 1);
            }

            most = MayRise(t) ? Math.Max(most, value) : most;
            least = MayFall(t) ? Math.Min(least, value) : least;
        }

        return free > 0 ? sum / free : (most + least) / 2;
    }
}
