using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Tests.Invariance;

// Networks whose symmetry is known.
internal static class InvariantNetworks
{
    // R(sum_i phi(x_i)) with weights as a training would leave them, phi and R with hidden units of their own.
    public static ReluNetwork DeepSets(int points, int features, int units, int seed)
    {
        var random = new Random(seed);
        double[][] inner = [.. Enumerable.Range(0, units).Select(_ => Draw(features))];
        double[] innerBias = Draw(units);
        double[][] outer = [.. Enumerable.Range(0, units).Select(_ => Draw(units))];
        var first = new List<double[]>();
        var second = new List<double[]>();
        for (int i = 0; i < points; i++)
        {
            foreach (double[] row in inner)
            {
                double[] all = new double[points * features];
                row.CopyTo(all, i * features);
                first.Add(all);
            }
        }

        foreach (double[] row in outer)
        {
            second.Add([.. Enumerable.Range(0, points).SelectMany(_ => row)]);
        }

        return new(
        [
            Affine.FromRows([.. first], [.. Enumerable.Range(0, points).SelectMany(_ => innerBias)]),
            Affine.FromRows([.. second], Draw(units)),
            Affine.FromRows([Draw(units)], [0.25]),
        ]);

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 0.9)];
    }

    public static ReluNetwork Dense(int inputs, int units, int outputs, int seed)
    {
        var random = new Random(seed);
        return new([Map(units, inputs), Map(units, units), Map(outputs, units)]);

        Affine Map(int rows, int columns) => Affine.FromRows(
            [.. Enumerable.Range(0, rows)
                .Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.4).ToArray())],
            [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)]);
    }

    // The network with one entry of one layer moved to the next binary64 number.
    public static ReluNetwork OneUlpOff(ReluNetwork network, int layer, int entry)
    {
        var map = network.Layers[layer];
        double[][] rows = [.. Enumerable.Range(0, map.Rows).Select(_ => new double[map.Columns])];
        for (int i = 0; i < map.Rows; i++)
        {
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                rows[i][map.Column[k]] = k == entry ? Math.BitIncrement(map.Value[k]) : map.Value[k];
            }
        }

        return new(network.Layers.SetItem(layer, Affine.FromRows(rows, [.. map.Bias])));
    }

    // A sorter of three non-negative numbers by comparators (1,2), (2,3), (1,2), and a head of their ranks.
    public static ReluNetwork SortedHead(BigRational[] head)
    {
        var net = new NetworkBuilder(3);
        Functional[] wires = [.. net.Inputs];
        foreach (int i in new[] { 0, 1, 0 })
        {
            Functional a = wires[i], b = wires[i + 1];
            Functional h = net.Rho(a - b), u = net.Rho(a), v = net.Rho(b);
            (wires[i], wires[i + 1]) = (h + v, u - h);
            int idle = i == 0 ? 2 : 0;
            wires[idle] = net.Rho(wires[idle]);
        }

        Functional sum = wires.Zip(head, (w, c) => c * w).Aggregate((a, b) => a + b);
        return net.BuildScalar(net.Rho(sum) - (2 * net.Rho(-sum)));
    }
}
