using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>Builds a network unit by unit: every unit is ρ of an affine functional of the layer before it.</summary>
/// <remarks>
/// Blocks may be laid one after another in any order: a unit goes to the layer after the one its functional reads, so
/// blocks that read one layer come to lie side by side.
/// Cost: linear in the size of the network.
/// </remarks>
public sealed class NetworkBuilder
{
    private readonly List<Affine.Builder> _layers = [];

    /// <summary>A builder of networks with <paramref name="inputs"/> inputs.</summary>
    public NetworkBuilder(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        Inputs = [.. Enumerable.Range(0, inputs).Select(i => Functional.OfUnit(0, i))];
    }

    /// <summary>The inputs of the network, as functionals of layer 0.</summary>
    public ImmutableArray<Functional> Inputs { get; }

    /// <summary>
    /// Adds the unit ρ(<paramref name="argument"/>) to the layer after the one its argument reads; returns it.
    /// </summary>
    public Functional Rho(Functional argument)
    {
        int layer = argument.Layer + 1;
        while (_layers.Count < layer)
        {
            _layers.Add(new Affine.Builder());
        }

        argument.WriteRow(_layers[layer - 1]);
        return Functional.OfUnit(layer, _layers[layer - 1].Rows - 1);
    }

    /// <summary>Carries a value that is never negative to layer <paramref name="layer"/>, one unit a layer.</summary>
    /// <remarks>A value that already reads that layer or a later one comes back as it is.</remarks>
    public Functional Carry(Functional value, int layer)
    {
        while (value.Layer < layer)
        {
            value = Rho(value);
        }

        return value;
    }

    /// <summary>
    /// Carries a value of any sign to layer <paramref name="layer"/> as ρ(t) − ρ(−t), two units a layer.
    /// </summary>
    public Functional CarrySigned(Functional value, int layer)
    {
        if (value.Layer >= layer)
        {
            return value;
        }

        Functional positive = Rho(value), negative = Rho(-value);
        return Carry(positive, layer) - Carry(negative, layer);
    }

    /// <summary>
    /// Appends <paramref name="network"/>, its first affine map merged into <paramref name="inputs"/>; returns its
    /// outputs.
    /// </summary>
    /// <exception cref="ArgumentException">The number of inputs is wrong, or they read different layers.</exception>
    public ImmutableArray<Functional> Append(ReluNetwork network, IReadOnlyList<Functional> inputs)
    {
        if (inputs.Count != network.InputDimension)
        {
            throw new ArgumentException($"{inputs.Count} inputs for a network that takes {network.InputDimension}.");
        }

        int layer = inputs.Count == 0 ? 0 : inputs[0].Layer;
        for (int l = 0; ; l++)
        {
            var map = network.Layers[l];
            var rows = Enumerable.Range(0, map.Rows).Select(i => Row(map, i, layer + l, inputs));
            if (l == network.Depth - 1)
            {
                return [.. rows];
            }

            inputs = [.. rows.Select(Rho)];
        }
    }

    /// <summary>The network with the given outputs, which all read the last layer.</summary>
    /// <exception cref="ArgumentException">There is no output, or one does not read the last layer.</exception>
    public ReluNetwork Build(IReadOnlyList<Functional> outputs)
    {
        if (outputs.Count == 0)
        {
            throw new ArgumentException("A network has at least one output; got none.", nameof(outputs));
        }

        var last = new Affine.Builder();
        foreach (var output in outputs)
        {
            Functional.CheckLayer(_layers.Count, output.Layer);
            output.WriteRow(last);
        }

        var layers = ImmutableArray.CreateBuilder<Affine>(_layers.Count + 1);
        int columns = Inputs.Length;
        foreach (var layer in _layers)
        {
            layers.Add(layer.Build(columns));
            columns = layer.Rows;
        }

        layers.Add(last.Build(columns));
        return new ReluNetwork(layers.MoveToImmutable());
    }

    /// <summary>The network with the one output <paramref name="output"/>.</summary>
    public ReluNetwork BuildScalar(Functional output) => Build([output]);

    private static Functional Row(Affine map, int row, int layer, IReadOnlyList<Functional> inputs)
    {
        int start = map.RowStart[row], count = map.RowStart[row + 1] - start;
        var coefficients = new BigRational[count];
        var terms = new Functional[count];
        for (int k = 0; k < count; k++)
        {
            (coefficients[k], terms[k]) = (map.WeightAt(start + k), inputs[map.Column[start + k]]);
        }

        return Functional.Combine(layer, coefficients, terms) + map.BiasAt(row);
    }
}
