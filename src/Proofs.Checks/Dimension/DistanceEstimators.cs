using Proofs.Checks.Papers;

namespace Proofs.Checks.Dimension;

/// <summary>Estimators from the distances T_1 ≤ … ≤ T_k of points to their nearest neighbours.</summary>
/// <remarks>Source: Levina, Bickel 2004; MacKay, Ghahramani 2005; Facco and others 2017; math/02, section 6.</remarks>
public static class DistanceEstimators
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>
    /// TwoNN by maximum likelihood: n/Σ log(T_2/T_1), with the interval of the chi-squared law for n/2 effective
    /// points.
    /// </summary>
    /// <remarks>
    /// Points that are each other's neighbours have the same distances: with n points the interval would leave its mean
    /// out too often.
    /// </remarks>
    public static DimensionEstimate TwoNN(IReadOnlyList<double[]> distances)
    {
        double sum = Logarithms(distances).Sum();
        int n = distances.Count;
        return sum > 0
            ? new("TwoNN", n / sum, ChiSquared.Quantile(n, 0.025) / sum, ChiSquared.Quantile(n, 0.975) / sum,
                "chi-squared interval for n/2 effective points")
            {
                Curve = [new(distances.Average(t => t[1]), n / sum)],
            }
            : DimensionEstimate.None("TwoNN", "every point is as far from its second neighbour as from its first");
    }

    /// <summary>
    /// TwoNN by the least-squares line through the origin of −log(1 − i/n) on log μ_(i), i ≤ keep · n.
    /// </summary>
    public static double TwoNNFit(IReadOnlyList<double[]> distances, double keep)
    {
        double[] mu = [.. Logarithms(distances).Order()];
        double above = 0, below = 0;
        for (int i = 1; i <= (int)Math.Floor(keep * mu.Length) && i < mu.Length; i++)
        {
            above += mu[i - 1] * -Math.Log(1 - ((double)i / mu.Length));
            below += mu[i - 1] * mu[i - 1];
        }

        return above / below;
    }

    /// <summary>The average of m_k(x), as Levina and Bickel have it; biased up by the factor (k − 1)/(k − 2).</summary>
    public static double LevinaBickel(IReadOnlyList<double[]> distances, int k) =>
        distances.Average(t => 1 / Inverse(t, k));

    /// <summary>
    /// The inverse of the average of 1/m_k(x), after MacKay and Ghahramani, with an interval for n/k effective points.
    /// </summary>
    public static DimensionEstimate MaximumLikelihood(IReadOnlyList<double[]> distances, int k)
    {
        string method = "maximum likelihood";
        double mean = distances.Average(t => Inverse(t, k));
        if (!(mean > 0))
        {
            return DimensionEstimate.None(method, $"every point is as far from its neighbour {k} as from its first");
        }

        double radius = Normal975 * Math.Sqrt(k / ((double)distances.Count * (k - 1)));
        return new(
            method, 1 / mean, Math.Max(0, (1 - radius) / mean), (1 + radius) / mean,
            $"k = {k}; interval for n/k effective points")
        {
            Curve = [
                .. Numbers(k)
                .Select(j =>
                    new FigurePoint(distances.Average(t => t[j - 1]), 1 / distances.Average(t => Inverse(t, j))))],
        };
    }

    // Numbers of neighbours up to k, each a third more than the one before, k itself among them.
    private static IEnumerable<int> Numbers(int k)
    {
        for (int j = Math.Min(k, 4); j < k; j += Math.Max(1, j / 3))
        {
            yield return j;
        }

        yield return k;
    }

    private static IEnumerable<double> Logarithms(IReadOnlyList<double[]> distances) =>
        distances.Select(t => Math.Log(t[1] / t[0]));

    // 1/m_k(x)
    private static double Inverse(double[] t, int k)
    {
        double sum = 0;
        for (int j = 0; j < k - 1; j++)
        {
            sum += Math.Log(t[k - 1] / t[j]);
        }

        return sum / (k - 1);
    }
}
