using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Experiments;

/// <summary>An estimator of a regression function.</summary>
/// <param name="Name">The estimator's name in tables.</param>
/// <param name="Fit">Takes a sample to fit and another, as large, to choose its tuning by; gives the function that
/// predicts values at points.</param>
/// <param name="MostPoints">The largest sample that it is asked to fit; larger ones take too long.</param>
public sealed record RegressionEstimator(
    string Name, Func<Sample, Sample, Func<PointCloud, double[]>> Fit, int MostPoints = int.MaxValue)
{
    /// <summary>
    /// The fit, among those for the values of a tuning, that is best on a validation sample; the first of equally good
    /// ones.
    /// </summary>
    public static Func<PointCloud, double[]> Best(IEnumerable<Func<PointCloud, double[]>> fits, Sample validation) =>
        fits.MinBy(fit => SquaredError(fit(validation.Points), validation))
        ?? throw new ArgumentException("There is no fit to choose from.", nameof(fits));

    internal static double SquaredError(double[] values, Sample sample)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += (values[i] - sample.Values[i]) * (values[i] - sample.Values[i]);
        }

        return sum / values.Length;
    }
}
