using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Regions;

namespace Proofs.Checks.Learning;

/// <summary>Points of a region with a formula's values, to train on and to look at errors.</summary>
public static class TargetSample
{
    /// <summary>
    /// Points that are uniform on each box of the region, as many in each as its share of the volumes.
    /// </summary>
    /// <param name="target">f, in the names of the inputs.</param>
    /// <param name="region">The boxes; it has no condition.</param>
    /// <param name="count">The number of points.</param>
    /// <param name="random">Where the random numbers come from.</param>
    /// <remarks>
    /// Guarantee: none; points and values are rounded. Of boxes that overlap, what they share counts for each.
    /// </remarks>
    /// <exception cref="ArgumentException">f has no finite value at a point, or the region has a condition.</exception>
    public static Sample Draw(Expr target, Region region, int count, SplitMix64 random)
    {
        if (region.Where is not null)
        {
            throw new ArgumentException(
                $"Points are drawn from boxes; expected a region without a condition, got {region}.");
        }

        string[] names = [.. Inputs.Names(region.Dimension)];
        var evaluate = CompiledFormula.Compile([target], names);
        double[][] lower = [.. region.Boxes.Select(b => b.Lower.Select(Binary64.Nearest).ToArray())];
        double[][] upper = [.. region.Boxes.Select(b => b.Upper.Select(Binary64.Nearest).ToArray())];
        double[] ends = Ends(lower, upper);
        double[] points = new double[count * names.Length], values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double[] x = Point(lower, upper, ends, random);
            values[i] = evaluate(x)[0];
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"{target} has no finite value at ({string.Join(", ", x.Select(v => Binary64.Text(v)))}); "
                        + "expected a formula that is defined on the domain.");
            }

            x.CopyTo(points, i * names.Length);
        }

        return new(new PointCloud(names.Length, points), values);
    }

    /// <summary>The mean of (Φ(x) − y)² over a sample, computed in binary64.</summary>
    /// <remarks>Guarantee: none.</remarks>
    public static double MeanSquare(ReluNetwork network, Sample sample)
    {
        double sum = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            double r = network.Evaluate(sample.Points[i].ToArray())[0] - sample.Values[i];
            sum += r * r;
        }

        return sum / sample.Count;
    }

    /// <summary>The largest |Φ(x) − y| over a sample, computed in binary64.</summary>
    /// <remarks>Guarantee: none, an estimate from below of the supremum.</remarks>
    public static double LargestError(ReluNetwork network, Sample sample)
    {
        double largest = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            largest = Math.Max(
                largest, Math.Abs(network.Evaluate(sample.Points[i].ToArray())[0] - sample.Values[i]));
        }

        return largest;
    }

    // The ends of the boxes' shares of [0, 1); equal shares where no box has a volume.
    private static double[] Ends(double[][] lower, double[][] upper)
    {
        double[] volumes = [.. lower.Zip(upper, (l, u) => l.Zip(u, (a, b) => b - a).Aggregate(1.0, (v, s) => v * s))];
        double whole = volumes.Sum();
        double[] ends = new double[volumes.Length];
        double sum = 0;
        for (int b = 0; b < ends.Length; b++)
        {
            sum += whole > 0 && double.IsFinite(whole) ? volumes[b] / whole : 1.0 / ends.Length;
            ends[b] = sum;
        }

        return ends;
    }

    private static double[] Point(double[][] lower, double[][] upper, double[] ends, SplitMix64 random)
    {
        double share = random.NextUnit();
        int found = Array.FindIndex(ends, e => share < e);
        int box = found >= 0 ? found : ends.Length - 1;
        double[] x = new double[lower[box].Length];
        for (int j = 0; j < x.Length; j++)
        {
            x[j] = lower[box][j] + (random.NextUnit() * (upper[box][j] - lower[box][j]));
        }

        return x;
    }
}
