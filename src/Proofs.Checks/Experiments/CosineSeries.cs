using MathNet.Numerics.LinearAlgebra;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

/// <summary>
/// A Fourier series of cosines with the empirical coefficients, cut at a frequency that the validation sample chooses.
/// </summary>
/// <remarks>
/// The functions ∏ φ_k(x_d), φ_0 = 1 and φ_k(t) = √2 cos(πkt), are orthonormal for the uniform law on [0, 1]^D, and the
/// coefficient of one is estimated by the mean of Y times it. Domain: that law; for others the series is biased.
/// </remarks>
public static class CosineSeries
{
    private const int MostPoints = 1 << 13;
    private const int MostFrequencies = 1 << 9;

    /// <summary>
    /// The estimator, over all frequencies up to 0, 1, 2, … in every coordinate, while there are two points to a
    /// coefficient and at most 512 coefficients; on at most 8192 points.
    /// </summary>
    /// <remarks>Cost: n operations a coefficient. For a fixed cut it is linear in the values.</remarks>
    public static RegressionEstimator Estimator { get; } = new(
        "cosine series",
        (sample, validation) =>
        {
            int dimension = sample.Points.Dimension, highest = 0;
            while (Math.Pow(highest + 2, dimension) <= Math.Min(sample.Count / 2, MostFrequencies))
            {
                highest++;
            }

            int[][] indices = Indices(dimension, highest);
            var values = Vector<double>.Build.Dense([.. sample.Values]);
            var coefficients = Features(sample.Points, indices, highest).TransposeThisAndMultiply(values)
                / sample.Count;
            var features = Features(validation.Points, indices, highest);
            int cut = Enumerable.Range(0, highest + 1).MinBy(m => RegressionEstimator.SquaredError(
                [.. features * Cut(coefficients, indices, m)], validation));
            var chosen = Cut(coefficients, indices, cut);
            return points => [.. Features(points, indices, highest) * chosen];
        },
        MostPoints);

    private static Vector<double> Cut(Vector<double> coefficients, int[][] indices, int frequency) =>
        coefficients.MapIndexed((j, c) => indices[j].Max() <= frequency ? c : 0);

    private static int[][] Indices(int dimension, int highest)
    {
        int[][] indices = [[]];
        for (int d = 0; d < dimension; d++)
        {
            indices = [.. indices.SelectMany(k => Enumerable.Range(0, highest + 1).Select(j => (int[])[.. k, j]))];
        }

        return indices;
    }

    private static Matrix<double> Features(PointCloud points, int[][] indices, int highest)
    {
        var features = Matrix<double>.Build.Dense(points.Count, indices.Length);
        double[,] cosines = new double[points.Dimension, highest + 1];
        for (int i = 0; i < points.Count; i++)
        {
            for (int d = 0; d < points.Dimension; d++)
            {
                for (int k = 0; k <= highest; k++)
                {
                    cosines[d, k] = k == 0 ? 1 : Math.Sqrt(2) * Math.Cos(Math.PI * k * points[i][d]);
                }
            }

            for (int j = 0; j < indices.Length; j++)
            {
                double product = 1;
                for (int d = 0; d < points.Dimension; d++)
                {
                    product *= cosines[d, indices[j][d]];
                }

                features[i, j] = product;
            }
        }

        return features;
    }
}
