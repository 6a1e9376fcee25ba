using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Oracle.Tests;

/// <summary>Inputs, made of numbers of a format, at which a network is likely to be computed wrongly.</summary>
internal static class Points
{
    private const int MostCorners = 8, RandomPoints = 8, Kinks = 6, Halvings = 60;

    /// <summary>
    /// Corners of the domain, random points of it, points next to kinks of units of any layer, and extreme numbers in
    /// one coordinate or in all.
    /// </summary>
    public static IEnumerable<double[]> Of(ReluNetwork network, Box domain, NumberFormat format, Random random)
    {
        int n = domain.Dimension;
        for (int corner = 0; corner < Math.Min(MostCorners, 1 << Math.Min(n, 20)); corner++)
        {
            yield return [.. Enumerable.Range(0, n).Select(j =>
                Rounded(format, (corner >> (j % 3) & 1) == 0 ? domain.Lower[j] : domain.Upper[j]))];
        }

        for (int i = 0; i < RandomPoints; i++)
        {
            yield return Inside(domain, format, random);
        }

        for (int i = 0; i < Kinks && network.Depth > 1; i++)
        {
            double[] p = Inside(domain, format, random), q = Inside(domain, format, random);
            foreach (double[] near in Kink(network, p, q, random))
            {
                yield return [.. near.Select(v => Rounded(format, Binary64.Exact(v)))];
            }
        }

        foreach (double extreme in Extremes(format))
        {
            yield return [.. Enumerable.Repeat(extreme, n)];
            double[] one = Inside(domain, format, random);
            one[random.Next(n)] = extreme;
            yield return one;
        }
    }

    /// <summary>Zeros, subnormal numbers, numbers whose products underflow or are large.</summary>
    public static double[] Extremes(NumberFormat format) => format == NumberFormat.Binary32
        ? [0, -0.0, float.Epsilon, -float.Epsilon, 1e-40f, -1e-38f, 1e-20f, 1e20f, -1e30f, 3e38f, 16777216]
        : [0, -0.0, double.Epsilon, -double.Epsilon, 1e-310, -1e-300, 1e-160, 1e150, -1e200, 1e300, 9007199254740992];

    /// <summary>A random point of a box.</summary>
    public static double[] Inside(Box domain, NumberFormat format, Random random) =>
        [.. Enumerable.Range(0, domain.Dimension).Select(j => Rounded(format, domain.Lower[j]
            + ((domain.Upper[j] - domain.Lower[j]) * Binary64.Exact(random.NextDouble()))))];

    private static double Rounded(NumberFormat format, BigRational value) =>
        Binary64.Nearest(format.Nearest(value)!.Value);

    // Between two points at which a unit of a random layer has different signs, the two neighbours of its zero.
    private static double[][] Kink(ReluNetwork network, double[] p, double[] q, Random random)
    {
        int layer = random.Next(network.Depth - 1);
        double[] a = Before(network, layer, p), b = Before(network, layer, q);
        int[] changing = [.. Enumerable.Range(0, a.Length).Where(i => a[i] < 0 != b[i] < 0)];
        if (changing.Length == 0)
        {
            return [];
        }

        int unit = changing[random.Next(changing.Length)];
        bool isNegative = a[unit] < 0;
        double from = 0, to = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (from + to) / 2;
            (from, to) = Before(network, layer, At(middle))[unit] < 0 == isNegative ? (middle, to) : (from, middle);
        }

        return [At(from), At(to)];

        double[] At(double t) => [.. p.Zip(q, (u, v) => u + (t * (v - u)))];
    }

    // What goes into the units of a layer, about.
    private static double[] Before(ReluNetwork network, int layer, double[] x)
    {
        for (int l = 0; ; l++)
        {
            var map = network.Layers[l];
            double[] z = [.. map.Bias];
            for (int i = 0; i < z.Length; i++)
            {
                for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
                {
                    z[i] += map.Value[k] * x[map.Column[k]];
                }
            }

            if (l == layer)
            {
                return z;
            }

            x = [.. z.Select(v => Math.Max(v, 0))];
        }
    }
}
