using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Proofs.Training.Modules;

/// <summary>A parametric ReLU network as a module of TorchSharp.</summary>
/// <remarks>
/// Shape: input [batch, n], output [batch, m]. Two parameters a layer, weight1, bias1, weight2, …: the trained entries
/// alone, in the order of <see cref="ParametricNetwork"/>; what is masked or fixed is no parameter and cannot move.
/// Guarantee: <see cref="Network"/> is exactly the network whose entries the parameters are, in float64 and in float32,
/// every number of which is a binary64 one.
/// </remarks>
public sealed class TorchNetwork : nn.Module<Tensor, Tensor>
{
    // A layer is multiplied out as a dense matrix.
    private const long MostEntries = 50_000_000;

    private readonly ImmutableArray<Layer> _layers;

    /// <summary>The module of the given parameters.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="parameters">Its parameters; in float32 each is rounded to the nearest number.</param>
    /// <param name="precision">The numbers to compute with.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="ArgumentException">The number of parameters is another, one is not finite in the precision, a
    /// fixed entry is no number of it, or a layer is too large.</exception>
    /// <exception cref="TrainingException">TorchSharp's native libraries cannot be loaded.</exception>
    public TorchNetwork(
        ParametricNetwork network, IReadOnlyList<double> parameters, Precision precision, Device device)
        : base(nameof(TorchNetwork))
    {
        TorchRuntime.Require();
        network.Check(parameters.Count);
        Architecture = network;
        Precision = precision;
        var layers = ImmutableArray.CreateBuilder<Layer>(network.Layers.Length);
        int from = 0;
        for (int l = 0; l < network.Layers.Length; l++)
        {
            var layer = network.Layers[l];
            if ((long)layer.Rows * layer.Columns > MostEntries)
            {
                throw new ArgumentException(
                    $"Layer {l + 1} has {layer.Rows} x {layer.Columns} entries; expected at most {MostEntries}.");
            }

            foreach (var entry in layer.Weights.Concat(layer.Biases).Where(e => e.Parameter < 0))
            {
                if (precision == Precision.Float32 && (float)entry.Factor != entry.Factor)
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Layer {l + 1} fixes an entry at {entry.Factor:R}; expected a binary32 number in float32."));
                }
            }

            var weight = Trained($"weight{l + 1}", parameters, from, layer.WeightParameters, device);
            from += layer.WeightParameters;
            var bias = Trained($"bias{l + 1}", parameters, from, layer.BiasParameters, device);
            from += layer.BiasParameters;
            layers.Add(new(
                weight,
                bias,
                layer.IsDense ? null : Place(layer.Weights, layer.WeightParameters, layer.Columns, layer.Rows, l, "w"),
                layer.HasPlainBias ? null : Place(layer.Biases, layer.BiasParameters, 1, layer.Rows, l, "b"),
                layer.Rows,
                layer.Columns));
        }

        _layers = layers.MoveToImmutable();

        Placement Place(ImmutableArray<LayerEntry> entries, int count, int columns, int rows, int l, string kind)
        {
            var placement = Placement.Of(entries, count, columns, rows, Type, device);
            register_buffer($"{kind}{l + 1}_index", placement.Index, persistent: false);
            register_buffer($"{kind}{l + 1}_factor", placement.Factor, persistent: false);
            register_buffer($"{kind}{l + 1}_fixed", placement.Fixed, persistent: false);
            return placement;
        }
    }

    /// <summary>The architecture.</summary>
    public ParametricNetwork Architecture { get; }

    /// <summary>The numbers that are computed with.</summary>
    public Precision Precision { get; }

    /// <summary>The numbers that are computed with, as the library calls them.</summary>
    public ScalarType Type => Precision == Precision.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>The parameters as they are now, each exactly.</summary>
    /// <remarks>Shape: in the order of <see cref="ParametricNetwork"/>.</remarks>
    public ImmutableArray<double> Parameters
    {
        get
        {
            var all = ImmutableArray.CreateBuilder<double>(Architecture.Parameters);
            foreach (var layer in _layers)
            {
                all.AddRange(Values(layer.Weight));
                all.AddRange(Values(layer.Bias));
            }

            return all.MoveToImmutable();
        }
    }

    /// <summary>The network of the parameters as they are now.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    /// <exception cref="ArgumentException">A parameter is not finite.</exception>
    public ReluNetwork Network => Architecture.At(Parameters.AsSpan());

    /// <summary>
    /// The network that <see cref="forward"/> multiplies out, read from the matrices it uses: masks, shared and fixed
    /// entries included.
    /// </summary>
    /// <remarks>
    /// Guarantee: exact. It is <see cref="Network"/>, unless the module is not what was built; whoever trains it may
    /// ask.
    /// </remarks>
    /// <exception cref="ArgumentException">An entry is not finite.</exception>
    internal ReluNetwork Computed => new([.. _layers.Select(layer => layer.Map())]);

    /// <summary>The module whose parameters are the entries of a network; what is zero there stays zero.</summary>
    /// <exception cref="ArgumentException">An entry is no binary64 number, is beyond the range of the precision, or a
    /// layer is too large.</exception>
    /// <exception cref="TrainingException">TorchSharp's native libraries cannot be loaded.</exception>
    public static TorchNetwork Of(ReluNetwork network, Precision precision)
    {
        TorchRuntime.Require();
        var like = Architectures.Like(network);
        return new(like, like.ParametersOf(network), precision, CPU);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has not the shape [batch, n].</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [_, var columns] || columns != Architecture.InputDimension)
        {
            // a product of wrong shapes ends the process
            throw new ArgumentException(
                $"The input has shape [{string.Join(", ", input.shape)}]; "
                    + $"expected [batch, {Architecture.InputDimension}].");
        }

        using var scope = NewDisposeScope();
        var units = input;
        for (int l = 0; l < _layers.Length; l++)
        {
            units = _layers[l].Apply(units);
            units = l + 1 < _layers.Length ? nn.functional.relu(units) : units;
        }

        return units.MoveToOuterDisposeScope();
    }

    /// <summary>Gives the parameters new values.</summary>
    /// <exception cref="ArgumentException">The number of parameters is another.</exception>
    public void Set(IReadOnlyList<double> parameters)
    {
        Architecture.Check(parameters.Count);
        using var none = no_grad();
        int from = 0;
        foreach (var parameter in _layers.SelectMany(l => (Parameter?[])[l.Weight, l.Bias]))
        {
            if (parameter is not null)
            {
                using var values = Numbers(parameters, from, (int)parameter.numel());
                parameter.copy_(values);
                from += (int)parameter.numel();
            }
        }
    }

    private static double[] Values(Parameter? parameter)
    {
        if (parameter is null)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        return Exact(parameter);
    }

    // Each number of either precision is a binary64 one.
    private static double[] Exact(Tensor values) =>
        values.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();

    private static Tensor Numbers(IReadOnlyList<double> parameters, int from, int count)
    {
        double[] values = new double[count];
        for (int k = 0; k < count; k++)
        {
            values[k] = parameters[from + k];
        }

        return tensor(values, dtype: ScalarType.Float64);
    }

    private Parameter? Trained(string name, IReadOnlyList<double> parameters, int from, int count, Device device)
    {
        if (count == 0)
        {
            return null;
        }

        for (int k = from; k < from + count; k++)
        {
            if (!double.IsFinite(Precision == Precision.Float64 ? parameters[k] : (float)parameters[k]))
            {
                throw new ArgumentException(
                    $"Parameter {k} is {parameters[k]}; expected a number of the {Precision} range.");
            }
        }

        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(Numbers(parameters, from, count).to(Type, device), requires_grad: true);
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }

    // Where parameters stand in a matrix: entry = factor · parameter[index] + fixed; the index of an untrained entry is
    // 0 and its factor too.
    private sealed record Placement(Tensor Index, Tensor Factor, Tensor Fixed)
    {
        public static Placement Of(
            ImmutableArray<LayerEntry> entries, int parameters, int columns, int rows, ScalarType type, Device device)
        {
            long[] index = new long[(long)rows * columns];
            double[] factor = new double[index.Length], always = new double[index.Length];
            foreach (var entry in entries)
            {
                int place = (entry.Row * columns) + entry.Column;
                if (entry.Parameter >= 0)
                {
                    (index[place], factor[place]) = (entry.Parameter, entry.Factor);
                }
                else
                {
                    always[place] = entry.Factor;
                }
            }

            using var scope = NewDisposeScope();
            return new(
                Kept(tensor(index, dtype: ScalarType.Int64).to(device)),
                Kept(tensor(factor, dtype: ScalarType.Float64).to(type, device)),
                Kept(tensor(always, dtype: ScalarType.Float64).to(type, device)));

            static Tensor Kept(Tensor made) => made.DetachFromDisposeScope();
        }

        public Tensor Matrix(Parameter? parameter) =>
            parameter is null ? Fixed : (parameter.index_select(0, Index) * Factor) + Fixed;
    }

    private sealed record Layer(
        Parameter? Weight, Parameter? Bias, Placement? Weights, Placement? Biases, int Rows, int Columns)
    {
        private Tensor Matrix => (Weights?.Matrix(Weight) ?? Weight!).view(Rows, Columns);

        private Tensor Vector => Biases?.Matrix(Bias) ?? Bias!;

        public Tensor Apply(Tensor input) => nn.functional.linear(input, Matrix, Vector);

        public Affine Map()
        {
            using var none = no_grad();
            using var scope = NewDisposeScope();
            double[] matrix = Exact(Matrix), bias = Exact(Vector);
            int[] rowStart = new int[Rows + 1];
            var (column, value) = (new List<int>(), new List<double>());
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Columns; j++)
                {
                    if (matrix[(i * Columns) + j] is not 0 and var entry)
                    {
                        column.Add(j);
                        value.Add(entry);
                    }
                }

                rowStart[i + 1] = value.Count;
            }

            return Affine.FromBinary64(Columns, rowStart, [.. column], [.. value], bias);
        }
    }
}
