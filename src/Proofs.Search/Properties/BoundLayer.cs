using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;

namespace Proofs.Search.Properties;

// An affine layer as a dense matrix of the nearest binary64 numbers, row-major; the error terms of the passes cover the
// rounding.
internal sealed class BoundLayer
{
    public BoundLayer(Affine map, bool isRectified)
        : this(map.Rows, map.Columns, Dense(map), [.. map.Bias]) => Array.Fill(IsRectified, isRectified);

    /// <summary>A step of an execution, with what its rows cost.</summary>
    public BoundLayer(ExecutedStep step, NumberFormat format)
        : this(step.Map.Rows, step.Map.Columns, Dense(step.Map), [.. step.Map.Bias])
    {
        step.IsRectified.CopyTo(IsRectified);
        Costs = [.. Enumerable.Range(0, Rows).Select(i => ExecutionBounds.CostOf(format, step, i))];
        IsBiasKept =
            [.. step.Map.Bias.Select((b, i) => step.Roundings[i].Factor == 1 && format.Contains(step.Map.BiasAt(i)))];
    }

    public BoundLayer(int rows, int columns, double[] weights, double[] bias)
    {
        (Rows, Columns, Weights, Bias) = (rows, columns, weights, bias);
        IsRectified = new bool[rows];
    }
    public int Rows { get; }

    public int Columns { get; }

    public double[] Weights { get; }

    public double[] Bias { get; }

    /// <summary>For each row whether ρ follows.</summary>
    public bool[] IsRectified { get; }

    /// <summary>For each row what an execution adds to its rounding; null for exact rows of real numbers.</summary>
    public ExecutionBounds.Cost[]? Costs { get; }

    /// <summary>For each row of an execution whether products of one sign never lead past its bias.</summary>
    public bool[]? IsBiasKept { get; init; }

    private static double[] Dense(Affine map)
    {
        double[] weights = new double[map.Rows * map.Columns];
        for (int i = 0; i < map.Rows; i++)
        {
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                weights[(i * map.Columns) + map.Column[k]] = map.Value[k];
            }
        }

        return weights;
    }
}
