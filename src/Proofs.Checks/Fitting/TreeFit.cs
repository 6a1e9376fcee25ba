using System.Collections.Immutable;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Fitting;

/// <summary>Regression trees by recursive splitting (CART), and means of trees on resampled data.</summary>
/// <remarks>
/// The split that lowers the sum of squares most is taken, of equal ones that of the lower input and then of the lower
/// threshold; thresholds are midpoints between neighbouring coordinates of all observations, and so on the grid of one
/// bit more. Source: math/04, 4.6.
/// </remarks>
public static class TreeFit
{
    private const int ValueBits = 40;

    /// <summary>One tree.</summary>
    /// <param name="data">The observations.</param>
    /// <param name="depth">The most splits on a path, from 1.</param>
    /// <param name="leaf">The fewest observations in a leaf, from 1.</param>
    /// <exception cref="FitException">No split lowers the sum of squares: all points lie at one place.</exception>
    public static ImmutableArray<RegressionTree> Tree(FitData data, int depth, int leaf) =>
        Checked([Grow(data, [.. Enumerable.Range(0, data.Count)], depth, leaf, data.Dimension, null, 1)]);

    /// <summary>
    /// A forest: trees on samples drawn with replacement, each looking at a third of the inputs at every split.
    /// </summary>
    /// <exception cref="FitException">No split lowers the sum of squares: all points lie at one place.</exception>
    public static ImmutableArray<RegressionTree> Forest(FitData data, int trees, int depth, int leaf, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        int inputs = Math.Max(1, (data.Dimension + 2) / 3);
        return Checked(
        [
            .. Enumerable.Range(0, trees).Select(_ =>
            {
                int[] rows = [.. Enumerable.Range(0, data.Count).Select(_ => (int)(random.NextUnit() * data.Count))];
                return Grow(data, rows, depth, leaf, inputs, random, trees);
            }),
        ]);
    }

    private static ImmutableArray<RegressionTree> Checked(ImmutableArray<RegressionTree> trees) =>
        trees.Any(t => t is RegressionTree.Split)
            ? trees
            : throw new FitException("no split lowers the error: expected rows with differing inputs and values");

    private static RegressionTree Grow(
        FitData data, int[] rows, int depth, int leaf, int inputs, SplitMix64? random, int trees)
    {
        int[] tried = random is null || inputs == data.Dimension
            ? [.. Enumerable.Range(0, data.Dimension)]
            : random.Sample(data.Dimension, inputs);
        if (depth == 0 || rows.Length < 2 * leaf || Best(data, rows, leaf, tried) is not { } best)
        {
            double mean = rows.Average(r => data.Values[r]) / trees;
            return new RegressionTree.Leaf(Rounded(mean, data));
        }

        var threshold = Binary64.Exact(best.Threshold);
        int[] left = [.. rows.Where(r => data.Point(r)[best.Input] <= best.Threshold)];
        int[] right = [.. rows.Where(r => data.Point(r)[best.Input] > best.Threshold)];
        return new RegressionTree.Split(
            best.Input, threshold,
            Grow(data, left, depth - 1, leaf, inputs, random, trees),
            Grow(data, right, depth - 1, leaf, inputs, random, trees));
    }

    // The nearest coordinate above among all observations, drawn or not: no threshold meets an observation.
    private static double NextAbove(FitData data, int input, double low)
    {
        double next = double.PositiveInfinity;
        for (int i = 0; i < data.Count; i++)
        {
            double at = data.Point(i)[input];
            next = at > low ? Math.Min(next, at) : next;
        }

        return next;
    }

    // Values are multiples of one power of two, so that sums of leaves are exact.
    private static BigRational Rounded(double value, FitData data)
    {
        double largest = data.Values.Max(Math.Abs);
        var unit = BigRational.PowerOfTwo(Math.ILogB(largest) + 1 - ValueBits);
        return (Binary64.Exact(value) / unit).RoundHalfUp() * unit;
    }

    private static (int Input, double Threshold)? Best(FitData data, int[] rows, int leaf, int[] inputs)
    {
        double total = rows.Sum(r => data.Values[r]), most = total * total / rows.Length;
        double least = most * (1 + 1e-12);
        (int, double)? best = null;
        foreach (int j in inputs)
        {
            int[] order = [.. rows.OrderBy(r => data.Point(r)[j]).ThenBy(r => r)];
            double sum = 0;
            for (int k = 1; k < order.Length; k++)
            {
                sum += data.Values[order[k - 1]];
                double low = data.Point(order[k - 1])[j], high = data.Point(order[k])[j];
                if (k < leaf || order.Length - k < leaf || low == high)
                {
                    continue;
                }

                double gain = (sum * sum / k) + ((total - sum) * (total - sum) / (order.Length - k));
                if (gain > least && gain > most)
                {
                    (most, best) = (gain, (j, (low + NextAbove(data, j, low)) / 2));
                }
            }
        }

        return best;
    }
}
