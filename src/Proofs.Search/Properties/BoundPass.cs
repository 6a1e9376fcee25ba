using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Proofs.Search.Properties;

// Bounds of all units and rows of a query over eight boxes at once.
//
// Layer by layer: affine bounds in the coordinates ε ∈ [−1, 1]^d of each box are carried forward (symbolic intervals);
// a unit that may change its sign is then bounded again by substituting backward through the relaxed layers, and the
// better bound and form are kept. ρ on [l, u] with l < 0 < u lies between s z, s = 0 or 1 as |l| > u or not, and the
// chord.
//
// Rounding. Everything is rounded to nearest; whatever coefficients come out are taken as they are, and what they miss
// of the exact ones is paid for at once: a sum of n products misses at most (n + 2) u Σ |λ_i| |W_ij| for each j (a
// weight that is no binary64 number costs one u more), and Σ_j |W_ij| |x_j| ≤ S_i, so a substitution costs at most γ
// Σ_i |λ_i| S_i with γ = (N + 16) 2^−52, where N counts all operations of a chain and half of γ pays for rounding in S
// and in the sums of the error itself. The error of an execution is paid for in the same way (ExecutionBounds), and the
// bounds are of the values it computes: each row has a γ of its own besides, its S_i counts underflow, and beyond its
// range there is no bound. A row whose products have one sign never passes its bias, whatever the order and the
// rounding; that bounds it besides. Tiny pays for underflow. A sum from 2^900 on becomes NaN, and NaN never passes a
// comparison: no bound.
internal sealed partial class BoundPass
{
    private const int Lanes = BackwardKernel.Lanes;
    private const int MostFormInputs = 16; // beyond, forms shrink to constants: plain intervals forward
    private const double Largest = 8.452712498170644e270; // 2^900
    private const double Tiny = 9.332636185032189e-302; // 2^−1000

    private readonly PropertyQuery _query;
    private readonly LayerBounds[] _layers;
    private readonly int _inputs;
    private readonly int _formInputs;
    private readonly int _form; // numbers of a form, padded to threes
    private readonly double _gamma;
    private readonly double[] _inputForms;
    private readonly double[] _inputMagnitude;
    private readonly int[] _inputActive;
    private readonly double[] _centre;
    private readonly double[] _radius;
    private readonly int[] _firstUnit; // of a layer, counted from the first
    private double[] _tiny = new double[Lanes];

    public BoundPass(PropertyQuery query)
    {
        _query = query;
        _inputs = query.Dimension;
        _formInputs = _inputs <= MostFormInputs ? _inputs : 0;
        _form = (_formInputs + 3) / 3 * 3;
        _layers = new LayerBounds[query.Layers.Length];
        long operations = 16 + (4L * _inputs);
        int width = _inputs;
        for (int l = 0; l < _layers.Length; l++)
        {
            var layer = query.Layers[l];
            _layers[l] = new LayerBounds(layer, _form, layer.Columns);
            operations += 4L * Math.Max(layer.Rows, layer.Columns);
            width = Math.Max(width, layer.Rows);
        }

        _gamma = operations * Math.ScaleB(1, -52);
        _inputForms = new double[2 * _form * Lanes * _inputs];
        (_inputMagnitude, _centre, _radius) =
            (new double[Lanes * _inputs], new double[Lanes * _inputs], new double[Lanes * _inputs]);
        _inputActive = [.. Enumerable.Range(0, _inputs)];
        Lower = new double[Lanes * _inputs];
        Upper = new double[Lanes * _inputs];
        _stride = LayerBounds.Padded(width);
        (_rows, _next) = (new double[RowsAtOnce * _stride * Lanes], new double[RowsAtOnce * _stride * Lanes]);
        RowSlopes = new double[query.RowCount * _inputs * Lanes];
        (_least, _most) = (new double[_inputs * Lanes], new double[_inputs * Lanes]);
        _spaces = [];
        _firstUnit = new int[_layers.Length];
        for (int l = 1; l < _layers.Length; l++)
        {
            _firstUnit[l] = _firstUnit[l - 1] + query.Layers[l - 1].Rows;
        }

        Hidden = _firstUnit[^1];
        Coefficients = new double[query.RowCount * Hidden * Lanes];
    }

    /// <summary>The boxes: entry 8·coordinate + lane.</summary>
    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>Lower bounds of the rows, entry 8·row + lane; NaN where there is none.</summary>
    public double[] RowLower => _layers[^1].Low;

    /// <summary>The coefficients in ε of the bound of each row, entry 8·(row·inputs + coordinate) + lane.</summary>
    public double[] RowSlopes { get; }

    /// <summary>
    /// The coefficients of the hidden units after ρ in the bound of each row, entry 8·(row·units + unit) + lane.
    /// </summary>
    public double[] Coefficients { get; }

    /// <summary>The number of units before the rows.</summary>
    public int Hidden { get; }

    /// <summary>What the pass knows of a layer.</summary>
    public LayerBounds this[int layer] => _layers[layer];

    /// <summary>Bounds the rows over the boxes in <see cref="Lower"/> and <see cref="Upper"/>.</summary>
    public void Run()
    {
        SetInputs();
        StartPhases();
        for (int l = 0; l < _layers.Length; l++)
        {
            Forward(l);
            FixPhases(l);
            bool last = l == _layers.Length - 1;
            if (l > 1 || (l == 1 && _formInputs == 0) || last)
            {
                Tighten(l, last);
            }

            if (!last)
            {
                Relax(_layers[l]);
                Pack(l);
            }
        }
    }

    private void SetInputs()
    {
        Array.Clear(_inputForms);
        var sum = Vector512<double>.One;
        for (int j = 0; j < _inputs; j++)
        {
            var low = Load(Lower, j);
            var high = Load(Upper, j);
            var c = (low * 0.5) + (high * 0.5);
            var r = Vector512.Max(high - c, c - low) * (1 + 1e-15);
            var m = Vector512.Abs(c) + r;
            Store(c, _centre, j);
            Store(r, _radius, j);
            Store(m, _inputMagnitude, j);
            sum += m;
            int at = 2 * _form * j;
            if (_formInputs > 0)
            {
                Store(r, _inputForms, at + j);
                Store(r, _inputForms, at + _form + j);
                Store(c, _inputForms, at + _formInputs);
                Store(c, _inputForms, at + _form + _formInputs);
            }
            else
            {
                Store(c - r, _inputForms, at);
                Store(c + r, _inputForms, at + _form);
            }
        }

        Store(sum * Tiny, _tiny, 0);
    }

    // z = W x + b in forms, with the error in their constants, and its bounds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int l)
    {
        var to = _layers[l];
        var layer = to.Layer;
        double[] forms = l == 0 ? _inputForms : _layers[l - 1].Forms;
        double[] magnitude = l == 0 ? _inputMagnitude : _layers[l - 1].Magnitude;
        int[] active = l == 0 ? _inputActive : _layers[l - 1].Active;
        int count = l == 0 ? _inputs : _layers[l - 1].ActiveCount;
        var tiny = Load(_tiny, 0);
        var total = Vector512<double>.Zero;
        for (int i = 0; i < layer.Rows; i++)
        {
            int row = i * layer.Columns;
            var cost = Cost(layer, i);
            var scale = Vector512.Create(Math.Abs(layer.Bias[i]) + cost.Least);
            for (int n = 0; n < count; n++)
            {
                scale = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Math.Abs(layer.Weights[row + active[n]])), Load(magnitude, active[n]), scale);
            }

            Store(scale, to.Scale, i);
            if (layer.Costs is not null)
            {
                Store(scale * (1 + (cost.Gamma / _gamma * (1 + 1e-12))), to.Charge, i);
            }

            total += scale;
            var own = Checked((_gamma * scale) + tiny, scale, cost.Largest);
            var error = own + (cost.Gamma * scale);
            int at = 2 * _form * i;
            for (int k = 0; k < _form; k += 3)
            {
                ForwardThree(layer, row, active, count, forms, k, to.Forms, at + k);
            }

            int constant = at + _formInputs;
            var bias = Vector512.Create(layer.Bias[i]);
            var low = Load(to.Forms, constant) + bias - error;
            var high = Load(to.Forms, constant + _form) + bias + error;
            Store(low, to.Forms, constant);
            Store(high, to.Forms, constant + _form);
            BoundForms(to, i, own);
            if (layer.IsBiasKept is not null)
            {
                BoundBySigns(l, i, own);
            }
        }

        Store(tiny + (total * Tiny), _tiny, 0);
    }

    private static ExecutionBounds.Cost Cost(BoundLayer layer, int row) =>
        layer.Costs is { } costs
            ? costs[row] with { Largest = Math.Min(costs[row].Largest, Largest) }
            : new(0, 0, Largest);

    // The bounds that the forms of a unit have on the box of the ε, with an error for this sum.
    private void BoundForms(LayerBounds to, int i, Vector512<double> error)
    {
        var zero = Vector512<double>.Zero;
        int at = 2 * _form * i;
        var low = Load(to.Forms, at + _formInputs) - error;
        var high = Load(to.Forms, at + _form + _formInputs) + error;
        for (int k = 0; k < _formInputs; k++)
        {
            var (a, b) = (Load(to.Forms, at + k), Load(to.Forms, at + _form + k));
            var (least, most) = (Load(_least, k), Load(_most, k));
            low = Vector512.FusedMultiplyAdd(
                a, Vector512.ConditionalSelect(Vector512.GreaterThan(a, zero), least, most), low);
            high = Vector512.FusedMultiplyAdd(
                b, Vector512.ConditionalSelect(Vector512.GreaterThan(b, zero), most, least), high);
        }

        Store(low, to.Low, i);
        Store(high, to.High, i);
    }

    // Three numbers of both forms of one unit: a weight takes the form of its own sign.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardThree(
        BoundLayer layer, int row, int[] active, int count, double[] forms, int k, double[] to, int at)
    {
        Vector512<double> a = default, b = default, c = default, d = default, e = default, f = default;
        ref double from = ref forms[0];
        int other = _form * Lanes;
        for (int n = 0; n < count; n++)
        {
            double weight = layer.Weights[row + active[n]];
            int negative = (int)(BitConverter.DoubleToUInt64Bits(weight) >> 63) * other;
            ref double unit = ref Unsafe.Add(ref from, Lanes * ((2 * _form * active[n]) + k));
            ref double low = ref Unsafe.Add(ref unit, negative);
            ref double high = ref Unsafe.Add(ref unit, other - negative);
            var w = Vector512.Create(weight);
            a = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref low), a);
            b = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref low, 8), b);
            c = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref low, 16), c);
            d = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref high), d);
            e = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref high, 8), e);
            f = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref high, 16), f);
        }

        Store(a, to, at);
        Store(b, to, at + 1);
        Store(c, to, at + 2);
        Store(d, to, at + _form);
        Store(e, to, at + _form + 1);
        Store(f, to, at + _form + 2);
    }

    // The lines above and below ρ, and the forms of x = ρ(z).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Relax(LayerBounds to)
    {
        var zero = Vector512<double>.Zero;
        var one = Vector512<double>.One;
        var grow = Vector512.Create(1 + 1e-15);
        var tiny = Vector512.Create(Tiny);
        to.ActiveCount = 0;
        for (int i = 0; i < to.Layer.Rows; i++)
        {
            var (lowerSlope, upperSlope, shift) = (one, one, zero);
            if (to.Layer.IsRectified[i])
            {
                var l = Load(to.Low, i);
                var u = Load(to.High, i);
                var on = Vector512.GreaterThanOrEqual(l, zero);
                var off = Vector512.LessThanOrEqual(u, zero);
                if (Vector512.EqualsAll(off.AsInt64(), Vector512<long>.AllBitsSet))
                {
                    continue;
                }

                // any slope in [0, 1] will do for the chord, once its shift lifts it above ρ at both ends
                var slope = u / (u - l);
                slope = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(slope, one), slope, zero);
                var atLow = -(slope * l * grow);
                var atHigh = Vector512.FusedMultiplyAdd(-slope, u, u) * grow;
                shift = Vector512.ConditionalSelect(Vector512.GreaterThan(atLow, atHigh), atLow, atHigh) + tiny;
                upperSlope = Vector512.ConditionalSelect(on, one, Vector512.ConditionalSelect(off, zero, slope));
                shift = Vector512.ConditionalSelect(on | off, zero, shift);
                var below = Vector512.ConditionalSelect(Vector512.GreaterThan(u + l, zero), one, zero);
                lowerSlope = Vector512.ConditionalSelect(on, one, Vector512.ConditionalSelect(off, zero, below));
            }

            to.Active[to.ActiveCount++] = i;
            Store(lowerSlope, to.LowerSlope, i);
            Store(upperSlope, to.UpperSlope, i);
            Store(shift, to.UpperShift, i);
            RelaxForms(to, i, lowerSlope, upperSlope, shift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RelaxForms(
        LayerBounds to, int i, Vector512<double> lowerSlope, Vector512<double> upperSlope, Vector512<double> shift)
    {
        int at = 2 * _form * i;
        Vector512<double> lowSum = default, highSum = default;
        for (int k = 0; k <= _formInputs; k++)
        {
            var low = lowerSlope * Load(to.Forms, at + k); // exact: the slope is 0 or 1
            var high = upperSlope * Load(to.Forms, at + _form + k);
            Store(low, to.Forms, at + k);
            Store(high, to.Forms, at + _form + k);
            lowSum += Vector512.Abs(low);
            highSum += Vector512.Abs(high);
        }

        // A product misses u of itself, the constant a little more; nothing where the line is the identity or 0.
        var constant = Load(to.Forms, at + _form + _formInputs);
        var error = ((highSum + shift) * Math.ScaleB(1, -48)) + Vector512.Create(Tiny);
        error = Vector512.ConditionalSelect(
            Vector512.Equals(shift, Vector512<double>.Zero)
                & (Vector512.Equals(upperSlope, Vector512<double>.One)
                    | Vector512.Equals(highSum, Vector512<double>.Zero)),
            Vector512<double>.Zero,
            error);
        Store(constant + shift + error, to.Forms, at + _form + _formInputs);
        var top = Vector512.Max(lowSum, highSum + shift + error);
        Store(Vector512.Max(top, Load(to.High, i)), to.Magnitude, i);
    }

    private void Pack(int l)
    {
        var to = _layers[l];
        int[] active = l == 0 ? _inputActive : _layers[l - 1].Active;
        int count = l == 0 ? _inputs : _layers[l - 1].ActiveCount;
        int columns = LayerBounds.Padded(count);
        to.PackedColumns = columns;
        for (int n = 0; n < to.ActiveCount; n++)
        {
            var from = to.Layer.Weights.AsSpan(to.Active[n] * to.Layer.Columns, to.Layer.Columns);
            var row = to.Packed.AsSpan(n * columns, columns);
            for (int j = 0; j < count; j++)
            {
                row[j] = from[active[j]];
            }

            row[count..].Clear();
        }
    }

    // NaN where a sum is so large that an operation may have overflowed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Checked(Vector512<double> value, Vector512<double> size, double largest) =>
        Vector512.ConditionalSelect(
        Vector512.LessThan(size, Vector512.Create(largest)), value, Vector512.Create(double.NaN));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(double[] values, int unit) => Vector512.LoadUnsafe(ref values[unit * Lanes]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> value, double[] to, int unit) =>
        value.StoreUnsafe(ref to[unit * Lanes]);
}
