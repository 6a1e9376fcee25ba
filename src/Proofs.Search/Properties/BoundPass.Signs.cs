using System.Runtime.Intrinsics;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

// Sums of numbers of one sign. Adding a number that is not negative never makes a rounded sum smaller, and a product
// has the sign of its factors or is 0; so where no product of a row is negative, an execution gives at least the bias,
// and at most it where none is positive.
internal sealed partial class BoundPass
{
    /// <summary>
    /// Lower bounds of the rows from the bounds of the outputs alone, entry 8·row + lane; NaN where there is none.
    /// </summary>
    public double[] RowFloor => _layers[^1].Floor;

    private void BoundBySigns(int l, int i, Vector512<double> error)
    {
        if (l == _layers.Length - 1)
        {
            BoundByUnits(l, i);
            return;
        }

        var to = _layers[l];
        if (!to.Layer.IsBiasKept![i])
        {
            return;
        }

        // where a sum may have overflowed nothing is known, not even a sign
        var above = Vector512.Equals(error, error);
        var below = above;
        for (int j = 0; j < to.Layer.Columns && Vector512.ExtractMostSignificantBits(above | below) != 0; j++)
        {
            double weight = to.Layer.Weights[(i * to.Layer.Columns) + j];
            if (weight != 0)
            {
                var (positive, negative) = Signs(l, j);
                above &= weight > 0 ? positive : negative;
                below &= weight > 0 ? negative : positive;
            }
        }

        var bias = Vector512.Create(to.Layer.Bias[i]);
        var (low, high) = (Load(to.Low, i), Load(to.High, i));
        Store(Vector512.ConditionalSelect(above & Vector512.GreaterThan(bias, low), bias, low), to.Low, i);
        Store(Vector512.ConditionalSelect(below & Vector512.LessThan(bias, high), bias, high), to.High, i);
    }

    // A row over the outputs, which nothing rounds: its least value over their bounds, rounded down, and exact where
    // that is.
    private void BoundByUnits(int l, int i)
    {
        var to = _layers[l];
        var from = l == 0 ? null : _layers[l - 1];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int at = (i * Lanes) + lane;
            double low = to.Layer.IsBiasKept![i] ? to.Layer.Bias[i] : double.NaN;
            for (int j = 0; j < to.Layer.Columns; j++)
            {
                double weight = to.Layer.Weights[(i * to.Layer.Columns) + j];
                if (weight != 0)
                {
                    int unit = (j * Lanes) + lane;
                    double end = weight > 0 ? (from?.Low ?? Lower)[unit] : (from?.High ?? Upper)[unit];
                    end = from?.Layer.IsRectified[j] == true ? Math.Max(end, 0) : end;
                    low = DirectedRounding.AddDown(low, DirectedRounding.MultiplyDown(weight, end));
                }
            }

            to.Floor[at] = double.IsFinite(low) ? low : double.NaN;
        }
    }

    // Per lane whether unit j of the layer before l is never negative, and whether it is never positive.
    private (Vector512<double> Positive, Vector512<double> Negative) Signs(int l, int j)
    {
        var zero = Vector512<double>.Zero;
        if (l == 0)
        {
            return (Vector512.GreaterThanOrEqual(Load(Lower, j), zero),
                Vector512.LessThanOrEqual(Load(Upper, j), zero));
        }

        var from = _layers[l - 1];
        var negative = Vector512.LessThanOrEqual(Load(from.High, j), zero);
        return from.Layer.IsRectified[j]
            ? (Vector512<double>.AllBitsSet, negative)
            : (Vector512.GreaterThanOrEqual(Load(from.Low, j), zero), negative);
    }
}
