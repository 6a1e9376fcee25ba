using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Networks;

namespace Proofs.Checks.Learning;

/// <summary>
/// How the outputs of one function at all points of a set become one vector, whatever the points' order.
/// </summary>
public enum Pooling
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their largest, coordinate by coordinate, by max(a, b) = b + ρ(a − b), halving the number of
    /// points.</summary>
    Max,
}

/// <summary>The architectures that are trained; each is a ReLU network for every choice of its parameters.</summary>
public static class Architectures
{
    /// <summary>Fully connected layers of the given widths, inputs and outputs included: (2, 64, 64, 1).</summary>
    /// <exception cref="ArgumentException">There are less than two widths, one is below 1, or there are more entries
    /// than <see cref="ParametricLayer.MostEntries"/>.</exception>
    public static ParametricNetwork FullyConnected(IReadOnlyList<int> widths)
    {
        CheckWidths(widths, least: 2);
        ParametricLayer.CheckSize(FullSize(widths));
        return new(
            string.Join('-', widths.Select(w => w.ToString(CultureInfo.InvariantCulture))),
            [.. widths.Skip(1).Select((rows, l) => ParametricLayer.Dense(rows, widths[l]))]);
    }

    /// <summary>
    /// The largest fully connected architecture with hidden layers of one width and at most <paramref name="size"/>
    /// weights and biases.
    /// </summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hidden">The number of hidden layers.</param>
    /// <param name="size">The most weights and biases.</param>
    /// <exception cref="ArgumentException">A number is below 1, not even width 1 is that small, or the width would need
    /// more entries than <see cref="ParametricLayer.MostEntries"/>.</exception>
    public static ParametricNetwork OfSize(int inputs, int hidden, long size)
    {
        CheckWidths([inputs, hidden]);
        // beyond the most entries no width need be told from another: all of them are refused
        int width = 0;
        while (width <= ParametricLayer.MostEntries && Size(width + 1) <= size)
        {
            width++;
        }

        ParametricLayer.CheckSize(width > 0 ? Size(width) : 0);
        return width > 0
            ? FullyConnected([inputs, .. Enumerable.Repeat(width, hidden), 1])
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A network with {inputs} inputs and {hidden} hidden layers of width 1 has {Size(1)} weights and "
                    + $"biases; expected at most {size}."));

        Int128 Size(Int128 w) => (w * (inputs + (Int128)1)) + ((hidden - 1) * w * (w + 1)) + w + 1;
    }

    /// <summary>
    /// The entries of a network as parameters: what is zero there stays zero, a zero bias too unless
    /// <paramref name="allBiases"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An entry of the network is no binary64 number.</exception>
    public static ParametricNetwork Like(ReluNetwork network, bool allBiases = false)
    {
        if (!network.IsBinary64)
        {
            throw new ArgumentException(
                "The network has entries that are no binary64 numbers, which no training starts from.");
        }

        return new("masked", [.. network.Layers.Select(map => Masked(map, allBiases))]);
    }

    /// <summary>
    /// Residual blocks z ↦ z + W₂ρ(W₁z + b₁) + b₂ between an affine map into R^width and one out of it.
    /// </summary>
    /// <remarks>
    /// A block is two layers: ρ carries z as (ρ(z), ρ(−z)), whose difference it is; W₂ and b₂ stand in both halves,
    /// with opposite signs.
    /// </remarks>
    /// <exception cref="ArgumentException">A number is below 1, or there are more entries than
    /// <see cref="ParametricLayer.MostEntries"/>.</exception>
    public static ParametricNetwork Residual(int inputs, int width, int hidden, int blocks, int outputs)
    {
        CheckWidths([inputs, width, hidden, blocks, outputs]);
        ParametricLayer.CheckSize(
            2 * (Int128)width * (inputs + (Int128)outputs + (2 * (Int128)blocks * (hidden + (Int128)1))));
        var layers = ImmutableArray.CreateBuilder<ParametricLayer>();
        layers.Add(Signed(ParametricLayer.Dense(width, inputs)));
        for (int b = 0; b < blocks; b++)
        {
            layers.Add(Inner(width, hidden));
            layers.Add(Outer(width, hidden));
        }

        layers.Add(FromHalves(ParametricLayer.Dense(outputs, width)));
        return new(string.Create(CultureInfo.InvariantCulture, $"residual {width} x {blocks}"), layers.ToImmutable());
    }

    /// <summary>
    /// The mean of K networks of one architecture on the same inputs, each with parameters of its own.
    /// </summary>
    /// <remarks>
    /// The factor stands in a layer of its own; it is the binary32 number nearest to 1/K, so that both precisions have
    /// the same.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="copies"/> is below 1, or there are more entries than
    /// <see cref="ParametricLayer.MostEntries"/>.</exception>
    public static ParametricNetwork Parallel(ParametricNetwork part, int copies)
    {
        CheckWidths([copies]);
        ParametricLayer.CheckSize((Int128)copies * part.LargestSize);
        List<ParametricLayer> layers =
            [.. part.Layers.Select((layer, l) => Copies(layer, copies, sharedInput: l == 0, shared: false))];
        layers[^1] = Signed(layers[^1]);
        double share = 1f / copies;
        int outputs = part.OutputDimension;
        layers.Add(new(
            outputs,
            2 * copies * outputs,
            Enumerable.Range(0, copies * outputs).SelectMany(u => new[]
            {
                new LayerEntry(u % outputs, u, -1, share),
                new LayerEntry(u % outputs, (copies * outputs) + u, -1, -share),
            }),
            []));
        return new(string.Create(CultureInfo.InvariantCulture, $"{copies} x {part.Name}"), [.. layers]);
    }

    /// <summary>
    /// A function of a set of points that does not depend on their order: ρ-network after pooling after the same
    /// network φ at every point.
    /// </summary>
    /// <param name="points">The number of points; the inputs are their coordinates, point by point.</param>
    /// <param name="widths">The widths of φ, from the dimension of a point to the number of features.</param>
    /// <param name="pooling">How the features of all points become one vector.</param>
    /// <param name="outer">The widths after the features: hidden ones and the number of outputs.</param>
    /// <remarks>Source: math/03, section 4. Every network of the family is exactly invariant.</remarks>
    /// <exception cref="ArgumentException">A width is below 1, there are too few, or there are more entries than
    /// <see cref="ParametricLayer.MostEntries"/>.</exception>
    public static ParametricNetwork DeepSets(
        int points, IReadOnlyList<int> widths, Pooling pooling, IReadOnlyList<int> outer)
    {
        CheckWidths(outer);
        CheckWidths([points]);
        CheckWidths(widths, least: 2);
        int features = widths[^1];
        int summands = pooling == Pooling.Sum ? points : 1;
        ParametricLayer.CheckSize(
            (points * (FullSize(widths) + features)) + (summands * (Int128)features * outer[0]) + FullSize(outer));
        List<ParametricLayer> layers =
        [
            .. FullyConnected(widths).Layers.Select(layer => Copies(layer, points, sharedInput: false, shared: true)),
        ];
        // The features pass one ρ more, so that they are not negative and pooling needs no sign.
        int left = points;
        while (pooling == Pooling.Max && left > 1)
        {
            layers.Add(Differences(left, features));
            layers.Add(Joined(left, features));
            left = (left + 1) / 2;
        }

        layers.Add(Repeated(ParametricLayer.Dense(outer[0], features), left));
        layers.AddRange(outer.Skip(1).Select((width, l) => ParametricLayer.Dense(width, outer[l])));
        string name = string.Join('-', widths) + (pooling == Pooling.Sum ? " sum " : " max ") + string.Join('-', outer);
        return new(string.Create(CultureInfo.InvariantCulture, $"{points} points, {name}"), [.. layers]);
    }

    private static void CheckWidths(IReadOnlyList<int> widths, int least = 1)
    {
        if (widths.Count < least || widths.Any(w => w < 1))
        {
            throw new ArgumentException(
                $"The widths are ({string.Join(", ", widths)}); expected whole numbers from 1 on"
                    + $"{(least > 1 ? string.Create(CultureInfo.InvariantCulture, $", at least {least}") : "")}.");
        }
    }

    // Weights and biases between neighbours.
    private static Int128 FullSize(IReadOnlyList<int> widths) => widths.Skip(1).Select((rows, l) => (rows, l))
        .Aggregate((Int128)0, (sum, w) => sum + (w.rows * (widths[w.l] + (Int128)1)));

    private static ParametricLayer Masked(Affine map, bool allBiases)
    {
        var weights = new List<LayerEntry>(map.NonZeroWeights);
        for (int i = 0; i < map.Rows; i++)
        {
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                weights.Add(new(i, map.Column[k], k, 1));
            }
        }

        int[] rows = [.. Enumerable.Range(0, map.Rows).Where(i => allBiases || map.Bias[i] != 0)];
        return new(map.Rows, map.Columns, weights, rows.Select((row, k) => new LayerEntry(row, 0, k, 1)));
    }

    // z as (ρ(z), ρ(−z)) after the next ρ.
    private static ParametricLayer Signed(ParametricLayer layer) => new(
        2 * layer.Rows,
        layer.Columns,
        layer.Weights.Concat(layer.Weights.Select(e => Negated(e).At(e.Row + layer.Rows, e.Column))),
        layer.Biases.Concat(layer.Biases.Select(e => Negated(e).At(e.Row + layer.Rows, 0))));

    // The layer after z was carried in two halves.
    private static ParametricLayer FromHalves(ParametricLayer layer) => new(
        layer.Rows,
        2 * layer.Columns,
        layer.Weights.Concat(layer.Weights.Select(e => Negated(e).At(e.Row, e.Column + layer.Columns))),
        layer.Biases);

    private static LayerEntry Negated(LayerEntry entry) => entry with { Factor = -entry.Factor };

    // (ρ(z), ρ(−z)) ↦ (W₁z + b₁, ρ(z), ρ(−z)); the last two are not negative, and ρ leaves them as they are.
    private static ParametricLayer Inner(int width, int hidden)
    {
        var first = FromHalves(ParametricLayer.Dense(hidden, width));
        return new(
            hidden + (2 * width),
            2 * width,
            first.Weights.Concat(Enumerable.Range(0, 2 * width).Select(j => new LayerEntry(hidden + j, j, -1, 1))),
            first.Biases);
    }

    // (h, ρ(z), ρ(−z)) ↦ ±(z + W₂h + b₂).
    private static ParametricLayer Outer(int width, int hidden)
    {
        var second = ParametricLayer.Dense(width, hidden);
        var carried = Enumerable.Range(0, width).SelectMany(i => new[]
        {
            new LayerEntry(i, hidden + i, -1, 1),
            new LayerEntry(i, hidden + width + i, -1, -1),
        });
        return Signed(new(width, hidden + (2 * width), second.Weights.Concat(carried), second.Biases));
    }

    // The same layer at several places, with parameters of its own at each or shared by all.
    private static ParametricLayer Copies(ParametricLayer layer, int copies, bool sharedInput, bool shared)
    {
        return new(
            copies * layer.Rows,
            (sharedInput ? 1 : copies) * layer.Columns,
            Enumerable.Range(0, copies).SelectMany(c => layer.Weights.Select(e =>
                Copy(e, c, layer.WeightParameters).At(
                    (c * layer.Rows) + e.Row, ((sharedInput ? 0 : c) * layer.Columns) + e.Column))),
            Enumerable.Range(0, copies).SelectMany(c => layer.Biases.Select(e =>
                Copy(e, c, layer.BiasParameters).At((c * layer.Rows) + e.Row, 0))));

        LayerEntry Copy(LayerEntry entry, int copy, int parameters) => shared || entry.Parameter < 0
            ? entry
            : entry with { Parameter = entry.Parameter + (copy * parameters) };
    }

    // Sum pooling is part of the layer after it: the same weights on the features of every point.
    private static ParametricLayer Repeated(ParametricLayer layer, int copies) => new(
        layer.Rows,
        copies * layer.Columns,
        Enumerable.Range(0, copies).SelectMany(c =>
            layer.Weights.Select(e => e.At(e.Row, (c * layer.Columns) + e.Column))),
        layer.Biases);

    // Features of 2m or 2m + 1 points ↦ for each pair a − b and b, and the last one alone.
    private static ParametricLayer Differences(int points, int features)
    {
        var entries = new List<LayerEntry>();
        for (int p = 0; p < points; p++)
        {
            for (int j = 0; j < features; j++)
            {
                entries.Add(new((p * features) + j, (p * features) + j, -1, 1));
                if (p % 2 == 0 && p + 1 < points)
                {
                    entries.Add(new((p * features) + j, ((p + 1) * features) + j, -1, -1));
                }
            }
        }

        return new(points * features, points * features, entries, []);
    }

    // ρ(a − b) and b ↦ max(a, b).
    private static ParametricLayer Joined(int points, int features)
    {
        int pairs = (points + 1) / 2;
        var entries = new List<LayerEntry>();
        for (int p = 0; p < points; p++)
        {
            for (int j = 0; j < features; j++)
            {
                entries.Add(new((p / 2 * features) + j, (p * features) + j, -1, 1));
            }
        }

        return new(pairs * features, points * features, entries, []);
    }
}
