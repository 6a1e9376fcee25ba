using Proofs.Constructions.Networks;

namespace Proofs.Search.Tests.Invariance;

// Small networks fitted by gradient descent, the same weights in every run: sums over points, a layer of each point's
// own, and dense.
internal static class TrainedNetworks
{
    private const int Points = 3;
    private const int Units = 4;
    private const int Steps = 200;
    private const double Rate = 0.01;

    // R(sum_i phi(x_i)) fitted to the largest of three numbers.
    public static ReluNetwork DeepSets()
    {
        double[] w = Fit(Start((4 * Units) + (Units * Units) + 1), (p, x) => Pooled(p, x, own: 0), x => x.Max());
        return Stack(w, isEquivariant: false);
    }

    // F(x)_i = R(phi(x_i) + sum_j phi(x_j)) fitted to the mean of x_i and the mean.
    public static ReluNetwork Equivariant()
    {
        double[] w = Fit(
            Start((4 * Units) + (Units * Units) + 1), (p, x) => Pooled(p, x, own: 1), x => (x[0] + x.Average()) / 2);
        return Stack(w, isEquivariant: true);
    }

    // A dense network fitted to the largest of three numbers: nearly symmetric, and not exactly.
    public static ReluNetwork Dense()
    {
        double[] w = Fit(Start((Points * Units) + (2 * Units) + 1), DenseValue, x => x.Max());
        return new(
        [
            Affine.FromRows(
                [.. Enumerable.Range(0, Units)
                    .Select(u => Enumerable.Range(0, Points).Select(i => w[(u * Points) + i]).ToArray())],
                [.. Enumerable.Range(0, Units).Select(u => w[(Points * Units) + u])]),
            Affine.FromRows([[.. Enumerable.Range(0, Units).Select(u => w[(Points * Units) + Units + u])]], [w[^1]]),
        ]);
    }

    private static double DenseValue(double[] w, double[] x)
    {
        double y = w[^1];
        for (int u = 0; u < Units; u++)
        {
            double z = w[(Points * Units) + u];
            for (int i = 0; i < Points; i++)
            {
                z += w[(u * Points) + i] * x[i];
            }

            y += w[(Points * Units) + Units + u] * Math.Max(z, 0);
        }

        return y;
    }

    // phi_u(t) = rho(w_u t + b_u); own counts how often x_1 is added to the pool besides.
    private static double Pooled(double[] w, double[] x, double own)
    {
        double y = w[^1];
        for (int v = 0; v < Units; v++)
        {
            double z = w[(2 * Units) + (Units * Units) + v];
            for (int u = 0; u < Units; u++)
            {
                double pool = own * Math.Max((w[u] * x[0]) + w[Units + u], 0);
                foreach (double t in x)
                {
                    pool += Math.Max((w[u] * t) + w[Units + u], 0);
                }

                z += w[(2 * Units) + (v * Units) + u] * pool;
            }

            y += w[(2 * Units) + (Units * Units) + Units + v] * Math.Max(z, 0);
        }

        return y;
    }

    // Gradient descent with difference quotients on a fixed grid of points.
    private static double[] Fit(double[] w, Func<double[], double[], double> value, Func<double[], double> target)
    {
        double[][] points =
            [.. Enumerable.Range(0, 27).Select(k => new[] { k % 3 / 2.0, k / 3 % 3 / 2.0, k / 9 / 2.0 })];
        double Loss() => points.Average(x => Math.Pow(value(w, x) - target(x), 2));
        for (int step = 0; step < Steps; step++)
        {
            double before = Loss();
            double[] gradient = new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                double kept = w[i];
                w[i] = kept + 1e-6;
                gradient[i] = (Loss() - before) / 1e-6;
                w[i] = kept;
            }

            for (int i = 0; i < w.Length; i++)
            {
                w[i] -= Rate * gradient[i];
            }
        }

        return w;
    }

    private static double[] Start(int count)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 1.2) - 0.4)];
    }

    // The fitted weights as one network: a block of units a point, and for an equivariant one an output a point.
    private static ReluNetwork Stack(double[] w, bool isEquivariant)
    {
        double[][] first = [.. from i in Enumerable.Range(0, Points)
                               from u in Enumerable.Range(0, Units)
                               select Enumerable.Range(0, Points).Select(j => i == j ? w[u] : 0).ToArray()];
        double[] bias =
            [.. from i in Enumerable.Range(0, Points) from u in Enumerable.Range(0, Units) select w[Units + u]];
        int outputs = isEquivariant ? Points : 1;
        double[][] second = [.. from i in Enumerable.Range(0, outputs)
                                from v in Enumerable.Range(0, Units)
                                select (from j in Enumerable.Range(0, Points)
                                        from u in Enumerable.Range(0, Units)
                                        select w[(2 * Units) + (v * Units) + u] * (isEquivariant && i == j ? 2 : 1))
                                            .ToArray()];
        double[] secondBias = [
            .. from i in Enumerable.Range(0, outputs) from v in Enumerable.Range(
                0, Units) select w[(2 * Units) + (Units * Units) + v]];
        double[][] last = [.. from i in Enumerable.Range(0, outputs)
                              select (from j in Enumerable.Range(0, outputs)
                                      from v in Enumerable.Range(0, Units)
                                      select i == j ? w[(2 * Units) + (Units * Units) + Units + v] : 0).ToArray()];
        return new(
            [Affine.FromRows(first, bias), Affine.FromRows(second, secondBias),
                Affine.FromRows(last, [.. Enumerable.Repeat(w[^1], outputs)])]);
    }
}
