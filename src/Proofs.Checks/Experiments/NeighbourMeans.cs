using Proofs.Checks.Dimension;

namespace Proofs.Checks.Experiments;

/// <summary>
/// The mean of the values at the k nearest points in the Euclidean norm, k chosen on the validation sample.
/// </summary>
public static class NeighbourMeans
{
    private const int MostPoints = 1 << 12; // sums of hundreds of neighbours at thousands of points, for each replicate
    private const int FirstNeighbours = 64;
    private const int ValidationPoints = 2000;

    /// <summary>
    /// The estimator, over k = 1, 2, 3, 4, 6, 8, … up to half the sample, chosen on at most 2000 points; on at most
    /// 4096 points.
    /// </summary>
    /// <remarks>Cost: about k log n operations a prediction where d is small.</remarks>
    public static RegressionEstimator Estimator { get; } = new("nearest neighbours", (sample, validation) =>
    {
        var tree = new PointTree(sample.Points);
        int most = Math.Max(1, sample.Count / 2), tried = Math.Min(most, FirstNeighbours);
        int k = Choose(tree, sample, validation, tried);
        while (tried < most && 4 * k > tried)
        {
            tried = Math.Min(most, 4 * tried); // the best may lie beyond what was tried
            k = Choose(tree, sample, validation, tried);
        }

        return points =>
        {
            double[] values = new double[points.Count];
            for (int i = 0; i < values.Length; i++)
            {
                int[] nearest = tree.Nearest(points[i], k);
                for (int j = 0; j < k; j++)
                {
                    values[i] += sample.Values[nearest[j]] / k;
                }
            }

            return values;
        };
    }, MostPoints);

    // The number of neighbours, at most some number, whose means are nearest to the values of the validation sample.
    private static int Choose(PointTree tree, Sample sample, Sample validation, int most)
    {
        int[] candidates = [.. Candidates().TakeWhile(k => k <= most)];
        double[] errors = new double[candidates.Length];
        for (int i = 0; i < Math.Min(ValidationPoints, validation.Count); i++)
        {
            int[] nearest = tree.Nearest(validation.Points[i], candidates[^1]);
            double sum = 0;
            int used = 0;
            for (int c = 0; c < candidates.Length; c++)
            {
                for (; used < candidates[c]; used++)
                {
                    sum += sample.Values[nearest[used]];
                }

                double residual = validation.Values[i] - (sum / used);
                errors[c] += residual * residual;
            }
        }

        return candidates[Array.IndexOf(errors, errors.Min())];
    }

    private static IEnumerable<int> Candidates()
    {
        yield return 1;
        for (int k = 2; ; k *= 2)
        {
            yield return k;
            yield return k / 2 * 3;
        }
    }
}
