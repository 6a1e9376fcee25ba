using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Networks;

/// <summary>Small random networks, whose entries make units meet, vanish and stay constant often.</summary>
internal static class RandomNetworks
{
    /// <summary>A network of these widths, the inputs first.</summary>
    public static ExactNetwork Of(Random random, params int[] widths) =>
        new([.. widths.Zip(widths.Skip(1), (m, n) => Map(random, m, n))]);

    /// <summary>An affine map with entries that are multiples of 1/2, a third of them 0.</summary>
    public static AffineMap Map(Random random, int columns, int rows) => new(
        columns,
        [.. Enumerable.Range(0, rows).Select(_ =>
        {
            var row = new RowSum();
            row.AddBias(Entry(random));
            for (int j = 0; j < columns; j++)
            {
                row.Add(j, Entry(random));
            }

            return row.Row();
        })]);

    /// <summary>A point with coordinates in [-3, 3].</summary>
    public static BigRational[] Point(Random random, int n) =>
        [.. Enumerable.Range(0, n).Select(_ => new BigRational(random.Next(-12, 13), 4))];

    /// <summary>What a network does, by the definition alone.</summary>
    public static BigRational[] Values(ExactNetwork network, BigRational[] x)
    {
        for (int l = 0; l < network.Layers.Length; l++)
        {
            var y = new BigRational[network.Layers[l].Rows.Length];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = network.Layers[l].Rows[i].Bias;
                foreach (var (index, value) in network.Layers[l].Rows[i].Weights)
                {
                    y[i] += value * x[index];
                }

                if (l < network.Layers.Length - 1 && y[i] < 0)
                {
                    y[i] = 0;
                }
            }

            x = y;
        }

        return x;
    }

    private static BigRational Entry(Random random) =>
        random.Next(3) == 0 ? 0 : new BigRational(random.Next(-4, 5), 2);
}
