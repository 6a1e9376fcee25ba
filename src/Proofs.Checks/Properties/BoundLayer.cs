using Proofs.Constructions;

namespace Proofs.Checks.Properties;

// An affine layer as a dense matrix of the nearest binary64 numbers, row-major; the error terms of the passes cover the rounding.
internal sealed class BoundLayer
{
    public BoundLayer(Affine map, bool isRectified)
    {
        (Rows, Columns, IsRectified) = (map.Rows, map.Columns, isRectified);
        Weights = new double[Rows * Columns];
        Bias = [.. map.Bias];
        for (int i = 0; i < Rows; i++)
        {
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                Weights[(i * Columns) + map.Column[k]] = map.Value[k];
            }
        }
    }

    public BoundLayer(int rows, int columns, double[] weights, double[] bias) =>
        (Rows, Columns, Weights, Bias) = (rows, columns, weights, bias);

    public int Rows { get; }

    public int Columns { get; }

    public double[] Weights { get; }

    public double[] Bias { get; }

    /// <summary>Whether ρ follows.</summary>
    public bool IsRectified { get; }
}
