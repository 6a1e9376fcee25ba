using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Proofs.Search.Properties;

internal sealed partial class BoundPass
{
    private const int RowsAtOnce = 16;

    private readonly int _stride;
    private readonly double[] _constant = new double[RowsAtOnce * Lanes];
    private readonly double[] _size = new double[RowsAtOnce * Lanes];
    private readonly int[] _targets = new int[RowsAtOnce];
    private double[] _rows;
    private double[] _next;

    // Lower bounds of z_i and of −z_i by backward substitution, for units of layer l that may change sign; of all rows
    // of the last.
    private void Tighten(int l, bool last)
    {
        var to = _layers[l];
        int count = 0;
        for (int i = 0; i < to.Layer.Rows; i++)
        {
            if (last || (to.Layer.IsRectified[i] && !IsStable(to, i)))
            {
                Target(l, i, last, ref count);
            }
        }

        Backward(l, count, last);
    }

    private void Target(int l, int i, bool last, ref int count)
    {
        _targets[count++] = i;
        if (!last)
        {
            _targets[count++] = ~i; // the upper bound, as a lower one of −z_i
        }

        if (count >= RowsAtOnce - 1)
        {
            Backward(l, count, last);
            count = 0;
        }
    }

    private static bool IsStable(LayerBounds to, int i) => Vector512.EqualsAll(
        (Vector512.GreaterThanOrEqual(Load(to.Low, i), Vector512<double>.Zero)
            | Vector512.LessThanOrEqual(Load(to.High, i), Vector512<double>.Zero)).AsInt64(),
        Vector512<long>.AllBitsSet);

    private void Backward(int l, int count, bool last)
    {
        if (count == 0)
        {
            return;
        }

        Start(l, count);
        for (int m = l - 1; m >= 0; m--)
        {
            var layer = _layers[m];
            for (int t = 0; t < count; t++)
            {
                if (last)
                {
                    KeepCoefficients(m, t);
                }

                Substitute(layer, t);
            }

            BackwardKernel.Multiply(_rows, layer.Packed, _next, count, layer.ActiveCount, layer.PackedColumns, _stride);
            (_rows, _next) = (_next, _rows);
        }

        for (int t = 0; t < count; t++)
        {
            Finish(l, t, last);
        }
    }

    private void Start(int l, int count)
    {
        var to = _layers[l];
        int[] active = l == 0 ? _inputActive : _layers[l - 1].Active;
        int activeCount = l == 0 ? _inputs : _layers[l - 1].ActiveCount;
        for (int t = 0; t < count; t++)
        {
            int i = _targets[t];
            double sign = i < 0 ? -1 : 1;
            i = i < 0 ? ~i : i;
            int row = i * to.Layer.Columns;
            for (int n = 0; n < activeCount; n++)
            {
                Store(Vector512.Create(sign * to.Layer.Weights[row + active[n]]), _rows, (t * _stride) + n);
            }

            Store(Vector512.Create(sign * to.Layer.Bias[i]), _constant, t);
            Store(Load(to.Charge, i), _size, t);
        }
    }

    // λ·x ≥ (λ s)·z + λ t with the line below x where λ ≥ 0 and the one above it else; then z = W x' + b gives up b.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Substitute(LayerBounds layer, int t)
    {
        var zero = Vector512<double>.Zero;
        var constant = Load(_constant, t);
        var size = Load(_size, t);
        int[] active = layer.Active;
        double[] bias = layer.Layer.Bias;
        int at = t * _stride;
        for (int n = 0; n < layer.ActiveCount; n++)
        {
            int i = active[n];
            var lambda = Load(_rows, at + n);
            var above = Vector512.LessThan(lambda, zero);
            var slope = Vector512.ConditionalSelect(above, Load(layer.UpperSlope, i), Load(layer.LowerSlope, i));
            var shift = Vector512.ConditionalSelect(above, Load(layer.UpperShift, i), zero);
            constant = Vector512.FusedMultiplyAdd(lambda, shift, constant);
            size = Vector512.FusedMultiplyAdd(Vector512.Abs(lambda), shift, size);
            lambda *= slope;
            size = Vector512.FusedMultiplyAdd(Vector512.Abs(lambda), Load(layer.Charge, i), size);
            constant = Vector512.FusedMultiplyAdd(lambda, Vector512.Create(bias[i]), constant);
            Store(lambda, _rows, at + n);
        }

        Store(constant, _constant, t);
        Store(size, _size, t);
    }

    // The coefficients of the units in the last rows, for the choice of a unit to split.
    private void KeepCoefficients(int m, int t)
    {
        var layer = _layers[m];
        int to = ((_targets[t] * Hidden) + _firstUnit[m]) * Lanes;
        Array.Clear(Coefficients, to, layer.Layer.Rows * Lanes);
        for (int n = 0; n < layer.ActiveCount; n++)
        {
            Load(_rows, (t * _stride) + n).StoreUnsafe(ref Coefficients[to + (layer.Active[n] * Lanes)]);
        }
    }

    // What is left is affine in the inputs c + r ε.
    private void Finish(int l, int t, bool last)
    {
        var to = _layers[l];
        int i = _targets[t];
        bool upper = i < 0;
        i = upper ? ~i : i;
        var constant = Load(_constant, t);
        var size = Load(_size, t);
        int row = t * _stride;
        for (int j = 0; j < _inputs; j++)
        {
            var lambda = Load(_rows, row + j);
            size = Vector512.FusedMultiplyAdd(Vector512.Abs(lambda), Load(_inputMagnitude, j), size);
            constant = Vector512.FusedMultiplyAdd(lambda, Load(_centre, j), constant);
            Store(lambda * Load(_radius, j), _rows, row + j);
        }

        constant -= Checked((size * _gamma) + Load(_tiny, 0), size, Largest);
        if (_captures)
        {
            Capture(to, i, upper, constant, row);
        }

        var bound = constant + Least(row) - (size * _gamma);
        if (last)
        {
            Store(bound, to.Low, i);
            for (int j = 0; j < _inputs; j++)
            {
                Store(Load(_rows, row + j), RowSlopes, (i * _inputs) + j);
            }

            return;
        }

        var (better, sign) =
            (Vector512.GreaterThan(bound, upper ? -Load(to.High, i) : Load(to.Low, i)), upper ? -1.0 : 1.0);
        double[] bounds = upper ? to.High : to.Low;
        Store(Vector512.ConditionalSelect(better, bound * sign, Load(bounds, i)), bounds, i);
        int form = (2 * _form * i) + (upper ? _form : 0);
        for (int j = 0; j < _formInputs; j++)
        {
            Store(Vector512.ConditionalSelect(better, Load(_rows, row + j) * sign, Load(to.Forms, form + j)), to.Forms,
                form + j);
        }

        form += _formInputs;
        constant = _formInputs > 0 ? constant : bound; // a form without inputs is a bound
        Store(Vector512.ConditionalSelect(better, constant * sign, Load(to.Forms, form)), to.Forms, form);
    }
}
