using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

/// <summary>Estimators on the quotient of R^D by the permutations of its coordinates.</summary>
public static class SymmetricEstimator
{
    /// <summary>An estimator that sees every point with its coordinates in increasing order.</summary>
    /// <remarks>
    /// Its predictions do not depend on the order of coordinates, exactly. Source: math/03, section 1: sorting gives a
    /// representative of the orbit.
    /// </remarks>
    public static RegressionEstimator Sorted(RegressionEstimator estimator) => new(
        $"{estimator.Name}, sorted",
        (sample, validation) =>
        {
            var predict = estimator.Fit(
                sample with { Points = Sort(sample.Points) }, validation with { Points = Sort(validation.Points) });
            return points => predict(Sort(points));
        },
        estimator.MostPoints);

    private static PointCloud Sort(PointCloud points)
    {
        double[] values = new double[points.Count * points.Dimension];
        for (int i = 0; i < points.Count; i++)
        {
            double[] point = points[i].ToArray();
            Array.Sort(point);
            point.CopyTo(values, i * points.Dimension);
        }

        return new(points.Dimension, values);
    }
}
