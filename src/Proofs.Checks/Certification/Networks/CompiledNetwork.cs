using Proofs.Constructions;

namespace Proofs.Checks.Certification;

// A network with one output, laid out for passes over boxes; or the part of it that matters on a box.
internal sealed class CompiledNetwork
{
    private const int WorthReducing = 96;

    private CompiledNetwork(NetworkLayer[] layers)
    {
        Layers = layers;
        Edges = layers.Sum(l => (long)l.Row.Length);
    }

    public NetworkLayer[] Layers { get; }

    public long Edges { get; }

    public static CompiledNetwork Of(ReluNetwork network, int output) =>
        new([.. network.Layers.Select((a, l) => NetworkLayer.Of(a, l == network.Depth - 1 ? output : null))]);

    // The network without the units that are 0 on the box of the last pass and those that feed only such units; this
    // network where that saves less than a third. Sound on every part of the box.
    public CompiledNetwork Reduced(NetworkPass pass)
    {
        if (Edges < WorthReducing || Layers.Length == 1)
        {
            return this;
        }

        // needed[l][i]: the new number of unit i of hidden layer l, or -1
        int[][] number = new int[Layers.Length][];
        number[^1] = [0];
        long kept = 0;
        for (int l = Layers.Length - 2; l >= 0; l--)
        {
            var above = Layers[l + 1];
            int[] mine = number[l] = new int[Layers[l].Rows];
            Array.Fill(mine, -1);
            foreach (int k in pass.Active(l))
            {
                for (int e = above.Start[k]; e < above.Start[k + 1]; e++)
                {
                    if (number[l + 1][above.Row[e]] >= 0)
                    {
                        mine[k] = 0;
                        kept++;
                    }
                }
            }
        }

        foreach (int i in Layers[0].Row)
        {
            kept += number[0][i] >= 0 ? 1 : 0;
        }

        if (3 * kept > 2 * Edges)
        {
            return this;
        }

        for (int l = 0; l < Layers.Length - 1; l++)
        {
            int next = 0;
            for (int i = 0; i < number[l].Length; i++)
            {
                number[l][i] = number[l][i] < 0 ? -1 : next++;
            }
        }

        return new([.. Layers.Select((layer, l) => Restrict(layer, l == 0 ? null : number[l - 1], number[l]))]);
    }

    private static NetworkLayer Restrict(NetworkLayer layer, int[]? columns, int[] rows)
    {
        List<int> start = [0], row = [];
        List<double> weight = [], bias = [];
        for (int k = 0; k < layer.Columns; k++)
        {
            if (columns is not null && columns[k] < 0)
            {
                continue;
            }

            for (int e = layer.Start[k]; e < layer.Start[k + 1]; e++)
            {
                int i = rows[layer.Row[e]];
                if (i >= 0)
                {
                    row.Add(i);
                    weight.Add(layer.Weight[e]);
                }
            }

            start.Add(row.Count);
        }

        for (int i = 0; i < layer.Rows; i++)
        {
            if (rows[i] >= 0)
            {
                bias.Add(layer.Bias[i]);
            }
        }

        return new NetworkLayer(bias.Count, [.. start], [.. row], [.. weight], [.. bias], layer.IsInexact);
    }
}
