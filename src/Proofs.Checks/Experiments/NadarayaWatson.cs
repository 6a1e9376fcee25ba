using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

/// <summary>
/// The mean of the values weighted by K(|x − X_i|/h), K(t) = max(1 − t², 0) of Epanechnikov, h chosen on the validation
/// sample.
/// </summary>
/// <remarks>Source: Nadaraya (1964), Watson (1964). For a fixed h it is linear in the values.</remarks>
public static class NadarayaWatson
{
    private const int MostPoints = 1 << 13; // every prediction looks at every point
    private const int ValidationPoints = 1000;
    private const int Bandwidths = 16;

    /// <summary>
    /// The estimator, over h = 1, 2^(−1/3), …, 2^(−5), chosen on at most 1000 points; the mean of all values where no
    /// point lies within h; on at most 8192 points.
    /// </summary>
    /// <remarks>Cost: n operations a prediction; 16·1000·n for the choice.</remarks>
    public static RegressionEstimator Estimator { get; } = new(
        "Nadaraya–Watson",
        (sample, validation) =>
        {
            double[] bandwidths = [.. Enumerable.Range(0, Bandwidths).Select(i => Math.Pow(2, -i / 3.0))];
            double[] errors = new double[Bandwidths];
            double mean = sample.Values.Average();
            for (int i = 0; i < Math.Min(ValidationPoints, validation.Count); i++)
            {
                double[] values = Predict(sample, mean, bandwidths, validation.Points[i]);
                for (int b = 0; b < Bandwidths; b++)
                {
                    double residual = validation.Values[i] - values[b];
                    errors[b] += residual * residual;
                }
            }

            double[] best = [bandwidths[Array.IndexOf(errors, errors.Min())]];
            return points => At(points, x => Predict(sample, mean, best, points[x])[0]);
        },
        MostPoints);

    private static double[] At(PointCloud points, Func<int, double> value) =>
        [.. Enumerable.Range(0, points.Count).Select(value)];

    // The predictions at a point for every bandwidth, the distances computed once.
    private static double[] Predict(Sample sample, double mean, double[] bandwidths, ReadOnlySpan<double> x)
    {
        double[] sums = new double[bandwidths.Length], weights = new double[bandwidths.Length];
        double[] squares = [.. bandwidths.Select(h => h * h)];
        for (int i = 0; i < sample.Count; i++)
        {
            var point = sample.Points[i];
            double square = 0;
            for (int d = 0; d < x.Length; d++)
            {
                square += (x[d] - point[d]) * (x[d] - point[d]);
            }

            // the bandwidths decrease
            for (int b = 0; b < squares.Length && square < squares[b]; b++)
            {
                double weight = 1 - (square / squares[b]);
                sums[b] += weight * sample.Values[i];
                weights[b] += weight;
            }
        }

        for (int b = 0; b < sums.Length; b++)
        {
            sums[b] = weights[b] > 0 ? sums[b] / weights[b] : mean;
        }

        return sums;
    }
}
