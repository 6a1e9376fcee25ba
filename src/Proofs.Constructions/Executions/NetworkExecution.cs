using System.Globalization;
using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Executions;

/// <summary>
/// What a network file computes in floating-point arithmetic, node by node: a chain of steps in one number format.
/// </summary>
/// <remarks>
/// An execution computes the rows of each step from the numbers that it computed before. A row that is a sum may be
/// added up in any order, with fused operations or not; rows of different nodes are not merged. Values that skip steps
/// are carried, exactly.
/// </remarks>
public sealed class NetworkExecution
{
    internal NetworkExecution(
        NumberFormat format, ImmutableArray<ExecutedStep> steps, ReluNetwork network, string parts) =>
        (Format, Steps, Network, Parts) = (format, steps, network, parts);

    /// <summary>The format of all numbers that are computed.</summary>
    public NumberFormat Format { get; }

    /// <summary>The steps; the rows of the last one are the outputs.</summary>
    public ImmutableArray<ExecutedStep> Steps { get; }

    /// <summary>
    /// The real function that the steps compute where nothing is rounded; constants that the file computes are rounded
    /// as it does.
    /// </summary>
    public ReluNetwork Network { get; }

    /// <summary>What is executed one after another: "nodes" of a graph, or "layers".</summary>
    public string Parts { get; }

    /// <summary>The sentence that says which executions are meant, without its subject.</summary>
    public string Scope =>
        $"{Format.Name}: {Parts} one after another, each sum in any order, fused or not, rounded to nearest even";

    /// <summary>The number of inputs.</summary>
    public int InputDimension => Steps[0].Map.Columns;

    /// <summary>The number of outputs.</summary>
    public int OutputDimension => Steps[^1].Map.Rows;

    /// <summary>
    /// The execution of a network in binary32, layer by layer: each unit one sum of products and a bias.
    /// </summary>
    /// <exception cref="ArgumentException">A weight or bias is no binary32 number; the message names it and its
    /// layer.</exception>
    public static NetworkExecution OfLayers(ReluNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var format = NumberFormat.Binary32;
        var steps = ImmutableArray.CreateBuilder<ExecutedStep>(network.Depth);
        for (int l = 0; l < network.Depth; l++)
        {
            var map = network.Layers[l];
            bool isLast = l == network.Depth - 1;
            var roundings = ImmutableArray.CreateBuilder<RowRounding>(map.Rows);
            for (int i = 0; i < map.Rows; i++)
            {
                bool isPlain = true;
                for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
                {
                    isPlain &= Math.Abs(map.Value[k]) == 1;
                    Expect(map.WeightAt(k), map.Value[k], l);
                }

                Expect(map.BiasAt(i), map.Bias[i], l);
                roundings.Add(
                    RowRounding.Sum(map.RowStart[i + 1] - map.RowStart[i], map.Bias[i] != 0, isPlain, format));
            }

            steps.Add(new ExecutedStep(map, [.. Enumerable.Repeat(!isLast, map.Rows)], roundings.MoveToImmutable()));
        }

        return new(format, steps.MoveToImmutable(), network, "layers");

        static void Expect(BigRational exact, double nearest, int layer)
        {
            if ((float)nearest != nearest || Weights.Exact(nearest) != exact)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"layer {layer + 1} has the weight {Binary64.Text(nearest)}, which is no binary32 number; "
                        + $"expected such numbers only, for binary32 semantics"));
            }
        }
    }

    /// <summary>The execution of one output alone.</summary>
    /// <param name="number">Which output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public NetworkExecution Output(int number) =>
        new(Format, OutputDimension == 1 ? Steps : [.. Steps[..^1], Steps[^1].Row(number)], Network.Output(number),
            Parts);

    /// <summary>
    /// The outputs of one execution: sums from the first term to the last, the bias at the end, nothing fused.
    /// </summary>
    /// <remarks>
    /// Guarantee: an execution in the format for inputs of the format; infinities and NaN where it overflows.
    /// </remarks>
    public double[] Run(IReadOnlyList<BigRational> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        double[] x = [.. input.Select(Weights.Nearest)];
        foreach (var step in Steps)
        {
            double[] z = new double[step.Map.Rows];
            for (int i = 0; i < z.Length; i++)
            {
                z[i] = step.Roundings[i] switch
                {
                    { IsExact: true } => Exact(step.Map, i, x),
                    { IsOperation: true } => Operation(step.Map, i, x),
                    var r => Sum(step.Map, i, x, r.Factor),
                };
                z[i] = step.IsRectified[i] ? Math.Max(z[i], 0) : z[i];
            }

            x = z;
        }

        return x;
    }

    // One term at most: a number moved, negated or, for the factor of a sum to come, multiplied without rounding.
    private static double Exact(Affine map, int row, double[] x)
    {
        double sum = map.Bias[row];
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            sum += map.Value[k] * x[map.Column[k]];
        }

        return sum;
    }

    private double Sum(Affine map, int row, double[] x, double factor)
    {
        double sum = 0;
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            sum = Round(sum + Round(map.Value[k] * (x[map.Column[k]] / factor)));
        }

        return Round(Round(sum * factor) + Round(map.Bias[row]));
    }

    // Two plain terms at most, or one product: binary64 rounds these once, and binary32 after it as if it had not.
    private static bool IsShort(Affine map, int row)
    {
        int terms = map.RowStart[row + 1] - map.RowStart[row];
        bool isPlain = true;
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            isPlain &= Math.Abs(map.Value[k]) == 1;
        }

        return map.IsBinary64
            && (isPlain ? terms + (map.Bias[row] == 0 ? 0 : 1) <= 2 : terms == 1 && map.Bias[row] == 0);
    }

    private double Operation(Affine map, int row, double[] x)
    {
        if (IsShort(map, row))
        {
            return Round(Exact(map, row, x));
        }

        var sum = map.BiasAt(row);
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            double v = x[map.Column[k]];
            if (!double.IsFinite(v))
            {
                return double.NaN;
            }

            sum += map.WeightAt(k) * Weights.Exact(v);
        }

        return Format.Nearest(sum) is { } rounded ? Weights.Nearest(rounded) : sum.Sign * double.PositiveInfinity;
    }

    private double Round(double value) => Format == NumberFormat.Binary32 ? (float)value : value;
}
