using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Relaxations.Networks;

// A network with one output, laid out for passes over boxes; or the part of it that matters on a box.
internal sealed class CompiledNetwork
{
    private const int WorthReducing = 96;

    private readonly ReluNetwork _network;
    private readonly int[][]? _rows; // of each layer, the rows of the whole network that are kept; null for all

    private CompiledNetwork(ReluNetwork network, int output, NetworkLayer[] layers, int[][]? rows)
    {
        (_network, Output, Layers, _rows) = (network, output, layers, rows);
        Edges = layers.Sum(l => (long)l.Row.Length);
    }

    // The row of the last layer that this is, from 0.
    public int Output { get; }

    public NetworkLayer[] Layers { get; }

    public long Edges { get; }

    public static CompiledNetwork Of(ReluNetwork network, int output) =>
        new(network, output,
            [.. network.Layers.Select((a, l) => NetworkLayer.Of(a, l == network.Depth - 1 ? output : null))], null);

    // Of each layer, the rows of the whole network that are kept, increasing; null for all.
    public IReadOnlyList<int[]>? Kept => _rows;

    // The part of the whole network that keeps these rows of each layer: what Reduced arrived at step by step.
    public CompiledNetwork Keeping(int[][] rows)
    {
        if (_rows is not null || rows.Length != Layers.Length || rows[^1] is not [var last] || last != Output)
        {
            throw new ArgumentException("the rows to keep are not those of a part of the whole network");
        }

        int[][] number = [.. Layers.Select((layer, l) =>
        {
            int[] mine = new int[layer.Rows];
            Array.Fill(mine, -1);
            for (int i = 0; i < rows[l].Length; i++)
            {
                mine[l == Layers.Length - 1 ? 0 : rows[l][i]] = i;
            }

            return mine;
        })];
        return new(_network, Output, Restricted(number), rows);
    }

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

        int[][] rows = new int[Layers.Length][];
        rows[^1] = [Output];
        for (int l = 0; l < Layers.Length - 1; l++)
        {
            List<int> mine = [];
            for (int i = 0; i < number[l].Length; i++)
            {
                if (number[l][i] >= 0)
                {
                    number[l][i] = mine.Count;
                    mine.Add(_rows is null ? i : _rows[l][i]);
                }
            }

            rows[l] = [.. mine];
        }

        return new(_network, Output, Restricted(number), rows);
    }

    // The exact output at a point of the box on which this part is the network. Cost: as many products as it has
    // entries.
    public BigRational Evaluate(IReadOnlyList<BigRational> point)
    {
        if (_rows is null)
        {
            return _network.Evaluate(point)[Output];
        }

        BigRational[] x = [.. point];
        int[]? columns = null;
        for (int l = 0; l < Layers.Length; l++)
        {
            var map = _network.Layers[l];
            var y = new BigRational[_rows[l].Length];
            for (int i = 0; i < y.Length; i++)
            {
                var sum = Row(map, _rows[l][i], columns, x);
                y[i] = l < Layers.Length - 1 && sum.Sign < 0 ? BigRational.Zero : sum;
            }

            (x, columns) = (y, _rows[l]);
        }

        return x[0];
    }

    // One row where x has the values at these columns and 0 at others; both lists of columns are increasing, and the
    // longer one is searched.
    private static BigRational Row(Affine map, int row, int[]? columns, BigRational[] x)
    {
        var sum = map.BiasAt(row);
        int first = map.RowStart[row], count = map.RowStart[row + 1] - first;
        if (columns is not null && columns.Length < count)
        {
            for (int k = 0; k < columns.Length; k++)
            {
                int e = x[k].IsZero ? -1 : map.Column.AsSpan(first, count).BinarySearch(columns[k]);
                sum = e < 0 ? sum : sum + (map.WeightAt(first + e) * x[k]);
            }

            return sum;
        }

        for (int e = first; e < first + count; e++)
        {
            int k = columns is null ? map.Column[e] : Array.BinarySearch(columns, map.Column[e]);
            sum = k < 0 || x[k].IsZero ? sum : sum + (map.WeightAt(e) * x[k]);
        }

        return sum;
    }

    // number[l][i] is the new number of row i of layer l, or -1.
    private NetworkLayer[] Restricted(int[][] number) =>
        [.. Layers.Select((layer, l) => Restrict(layer, l == 0 ? null : number[l - 1], number[l]))];

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
