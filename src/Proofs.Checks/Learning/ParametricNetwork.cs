using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Networks;

namespace Proofs.Checks.Learning;

/// <summary>
/// A family of ReLU networks of one architecture: its layers' entries are parameters, shared or signed, or fixed.
/// </summary>
/// <remarks>
/// Guarantee: <see cref="At"/> and <see cref="ParametersOf"/> are exact and inverse to each other: an entry is a
/// parameter, its negative or a fixed binary64 number, and nothing is computed.
/// Shape: the parameters of a layer are those of its weights and then those of its biases, layer by layer.
/// </remarks>
public sealed class ParametricNetwork
{
    /// <summary>The family of the given layers.</summary>
    /// <param name="name">What tables call the architecture.</param>
    /// <param name="layers">The layers, from the inputs on.</param>
    /// <exception cref="ArgumentException">There is no layer, two neighbours do not fit, or there is no
    /// parameter.</exception>
    public ParametricNetwork(string name, ImmutableArray<ParametricLayer> layers)
    {
        if (layers.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An architecture without layers; expected at least one.", nameof(layers));
        }

        for (int l = 1; l < layers.Length; l++)
        {
            if (layers[l].Columns != layers[l - 1].Rows)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Layer {l + 1} takes {layers[l].Columns} inputs; expected {layers[l - 1].Rows}."));
            }
        }

        (Name, Layers) = (name, layers);
        Parameters = layers.Sum(l => l.WeightParameters + l.BiasParameters);
        if (Parameters == 0)
        {
            throw new ArgumentException("Every entry is fixed; expected a parameter to train.", nameof(layers));
        }
    }

    /// <summary>What tables call the architecture.</summary>
    public string Name { get; }

    /// <summary>The layers, from the inputs on.</summary>
    public ImmutableArray<ParametricLayer> Layers { get; }

    /// <summary>How many parameters there are.</summary>
    public int Parameters { get; }

    /// <summary>The number of inputs.</summary>
    public int InputDimension => Layers[0].Columns;

    /// <summary>The number of outputs.</summary>
    public int OutputDimension => Layers[^1].Rows;

    /// <summary>The most entries that differ from zero for some parameters.</summary>
    public long LargestSize => Layers.Sum(l => (long)l.Weights.Length + l.Biases.Length);

    /// <summary>The network with the given parameters.</summary>
    /// <remarks>Guarantee: exact. Cost: linear in the entries.</remarks>
    /// <exception cref="ArgumentException">There are more or fewer parameters, or one is not finite.</exception>
    public ReluNetwork At(ReadOnlySpan<double> parameters)
    {
        Check(parameters.Length);
        var layers = ImmutableArray.CreateBuilder<Affine>(Layers.Length);
        int from = 0;
        foreach (var layer in Layers)
        {
            var weights = parameters.Slice(from, layer.WeightParameters);
            var biases = parameters.Slice(from + layer.WeightParameters, layer.BiasParameters);
            from += layer.WeightParameters + layer.BiasParameters;
            layers.Add(Map(layer, weights, biases));
        }

        return new(layers.MoveToImmutable());
    }

    /// <summary>The parameters at which the family has the network.</summary>
    /// <exception cref="ArgumentException">The network is none of the family: another shape, an entry where the
    /// architecture has none, a fixed or shared entry with another value, or entries that are no binary64 numbers. The
    /// message names the place.</exception>
    public ImmutableArray<double> ParametersOf(ReluNetwork network)
    {
        if (network.Depth != Layers.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The network has {network.Depth} layers; expected {Layers.Length}, as {Name} has."));
        }

        double[] parameters = new double[Parameters];
        int from = 0;
        for (int l = 0; l < Layers.Length; l++)
        {
            var (layer, map) = (Layers[l], network.Layers[l]);
            if (map.Rows != layer.Rows || map.Columns != layer.Columns || !map.IsBinary64)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Layer {l + 1} is {map}{(map.IsBinary64 ? "" : ", not all binary64 numbers")}; "
                        + $"expected R^{layer.Columns} → R^{layer.Rows} in binary64, as {Name} has."));
            }

            var weights = parameters.AsSpan(from, layer.WeightParameters);
            Read(layer.Weights, weights, WeightsOf(map), $"layer {l + 1}, weight");
            from += layer.WeightParameters;
            var biases = parameters.AsSpan(from, layer.BiasParameters);
            Read(layer.Biases, biases, BiasesOf(map), $"layer {l + 1}, bias");
            from += layer.BiasParameters;
        }

        return [.. parameters];
    }

    /// <summary>
    /// Random parameters to start from: each uniform on [−c, c], c = 1/√(trained weights of the row it first stands
    /// in), of a bias too.
    /// </summary>
    /// <remarks>
    /// The law is the one that PyTorch's linear layers start with. The numbers are those of <see cref="SplitMix64"/>:
    /// the same seed gives the same parameters on every machine.
    /// </remarks>
    public ImmutableArray<double> Draw(long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var parameters = ImmutableArray.CreateBuilder<double>(Parameters);
        foreach (var layer in Layers)
        {
            double[] fan = new double[layer.Rows];
            foreach (var entry in layer.Weights)
            {
                fan[entry.Row] += entry.Parameter >= 0 ? 1 : 0;
            }

            DrawInto(parameters, layer.Weights, layer.WeightParameters, fan, random);
            DrawInto(parameters, layer.Biases, layer.BiasParameters, fan, random);
        }

        return parameters.MoveToImmutable();
    }

    /// <summary>Refuses a wrong number of parameters.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Check(int count)
    {
        if (count != Parameters)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{count} parameters; expected {Parameters}, as {Name} has."));
        }
    }

    private static void DrawInto(
        ImmutableArray<double>.Builder parameters, ImmutableArray<LayerEntry> entries, int count, double[] fan,
        SplitMix64 random)
    {
        double[] span = new double[count];
        foreach (var entry in entries.Reverse().Where(e => e.Parameter >= 0))
        {
            span[entry.Parameter] = 1 / Math.Sqrt(Math.Max(1, fan[entry.Row]));
        }

        foreach (double c in span)
        {
            parameters.Add(c * ((2 * random.NextUnit()) - 1));
        }
    }

    private static Affine Map(ParametricLayer layer, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases)
    {
        int[] rowStart = new int[layer.Rows + 1];
        int[] column = new int[layer.Weights.Length];
        double[] value = new double[layer.Weights.Length];
        for (int k = 0; k < value.Length; k++)
        {
            var entry = layer.Weights[k];
            rowStart[entry.Row + 1]++;
            (column[k], value[k]) = (entry.Column, entry.Value(weights));
        }

        for (int i = 0; i < layer.Rows; i++)
        {
            rowStart[i + 1] += rowStart[i];
        }

        double[] bias = new double[layer.Rows];
        foreach (var entry in layer.Biases)
        {
            bias[entry.Row] = entry.Value(biases);
        }

        return Affine.FromBinary64(layer.Columns, rowStart, column, value, bias);
    }

    // The stored entries of a map, in the order of an architecture's.
    private static IEnumerable<(int Row, int Column, double Value)> WeightsOf(Affine map)
    {
        for (int i = 0; i < map.Rows; i++)
        {
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                yield return (i, map.Column[k], map.Value[k]);
            }
        }
    }

    private static IEnumerable<(int Row, int Column, double Value)> BiasesOf(Affine map)
    {
        for (int i = 0; i < map.Rows; i++)
        {
            if (map.Bias[i] != 0)
            {
                yield return (i, 0, map.Bias[i]);
            }
        }
    }

    private static void Read(
        ImmutableArray<LayerEntry> entries, Span<double> parameters,
        IEnumerable<(int Row, int Column, double Value)> stored, string what)
    {
        parameters.Fill(double.NaN);
        using var next = stored.GetEnumerator();
        bool more = next.MoveNext();
        foreach (var entry in entries)
        {
            if (more && (next.Current.Row, next.Current.Column).CompareTo((entry.Row, entry.Column)) < 0)
            {
                throw Surplus(next.Current);
            }

            double value = 0;
            if (more && (next.Current.Row, next.Current.Column) == (entry.Row, entry.Column))
            {
                value = next.Current.Value;
                more = next.MoveNext();
            }

            if (entry.Parameter >= 0 && double.IsNaN(parameters[entry.Parameter]))
            {
                parameters[entry.Parameter] = entry.Factor * value;
            }

            double expected = entry.Value(parameters);
            if (expected != value)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} at row {entry.Row + 1}, column {entry.Column + 1}: {value:R}; expected {expected:R}, "
                        + $"which the architecture {(entry.Parameter < 0 ? "fixes" : "shares")}."));
            }
        }

        if (more)
        {
            throw Surplus(next.Current);
        }

        ArgumentException Surplus((int Row, int Column, double Value) at) => new(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} at row {at.Row + 1}, column {at.Column + 1}: {at.Value:R}; "
                + $"expected 0, as the architecture has no entry there."));
    }
}
