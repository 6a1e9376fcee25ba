using MathNet.Numerics.LinearAlgebra;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

/// <summary>Kernel ridge regression with the kernel exp(−|x − y|), the ridge chosen on the validation sample.</summary>
public static class KernelRidge
{
    // a factorisation takes n³/3 operations, and there is one for each ridge and replicate
    private const int MostPoints = 1 << 9;

    private static readonly double[] Ridges = [.. Enumerable.Range(-3, 6).Select(i => Math.ScaleB(1, 2 * i))];

    /// <summary>The estimator, over the ridges 2^(−6), 2^(−4), …, 2^4; on at most 512 points.</summary>
    /// <remarks>Cost: n³ operations.</remarks>
    public static RegressionEstimator Estimator { get; } = new(
        "kernel ridge",
        (sample, validation) => RegressionEstimator.Best(Ridges.Select(ridge => Solve(sample, ridge)), validation),
        MostPoints);

    private static Func<PointCloud, double[]> Solve(Sample sample, double ridge)
    {
        int n = sample.Count;
        double mean = sample.Values.Average();
        var gram = Matrix<double>.Build.Dense(
            n, n, (i, j) => Kernel(sample.Points[i], sample.Points[j]) + (i == j ? ridge : 0));
        var weights = gram.Cholesky().Solve(Vector<double>.Build.Dense(n, i => sample.Values[i] - mean));
        return points =>
        {
            double[] values = new double[points.Count];
            for (int i = 0; i < values.Length; i++)
            {
                double sum = mean;
                for (int j = 0; j < n; j++)
                {
                    sum += weights[j] * Kernel(points[i], sample.Points[j]);
                }

                values[i] = sum;
            }

            return values;
        };
    }

    private static double Kernel(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double square = 0;
        for (int d = 0; d < x.Length; d++)
        {
            square += (x[d] - y[d]) * (x[d] - y[d]);
        }

        return Math.Exp(-Math.Sqrt(square));
    }
}
