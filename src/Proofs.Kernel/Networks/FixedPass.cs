using Proofs.Kernel.Checking;

namespace Proofs.Kernel.Networks;

/// <summary>Lower bounds of affine functions of a network's output over a box, in integers alone.</summary>
/// <remarks>
/// A number v is kept as v 2^40, in units. Layer by layer affine bounds in the inputs are carried forward; a unit that may change
/// sign is bounded again by substituting backward, where ρ on [l, u] lies between s z, s = 0 or 1 as −l ≥ u or not, and the chord.
/// Rounding is floor or ceiling to a unit; what coefficients lose is paid for at once:
///   a coefficient of x_k rounded down costs at most one unit times X_k ≥ |x_k|;
///   a weight floor(W 2^s) costs at most 2^(−s) times the coefficient of its row times X_k; a bias the same with 1 for X_k.
/// Any chord slope in [0, 1] is sound, since its shift lifts the line above ρ at both ends of [l, u].
/// Products have at most 56 + 56 bits and sums at most 2^13 of them: nothing overflows, and what would is rejected.
/// </remarks>
internal sealed class FixedPass
{
    public const int Point = 40;

    private const int SlopePoint = 30;
    private const int MostUnits = 1 << 12; // of the network, so of a sum
    private const int MostFormInputs = 16; // beyond, plain intervals forward
    private const long One = 1L << Point;
    private const long Limit = 1L << 56;

    private readonly FixedLayer[] _layers;
    private readonly Units[] _units;
    private readonly long[] _lower;
    private readonly long[] _upper;
    private readonly long[] _inputForms;
    private readonly int _inputs;
    private readonly int _form; // coefficients of a form, the constant last
    private long[] _rows;
    private long[] _next;
    private readonly long[] _values;
    private readonly int[] _indices;
    private Int128 _inputSum; // Σ X_k of the inputs

    public FixedPass(NetworkProperty property, AffineRows rows)
    {
        _inputs = property.InputCount;
        if (_inputs + property.Layers.Sum(l => l.Count) + rows.Count > MostUnits)
        {
            throw new Rejection($"the network has more than {MostUnits} units, too many for bounds in fixed point");
        }

        _form = (_inputs <= MostFormInputs ? _inputs : 0) + 1;
        _layers = [.. property.Layers.Select((a, l) => new FixedLayer(a, l < property.Layers.Length - 1)), new FixedLayer(rows, false)];
        _units = [.. _layers.Select(l => new Units(l.Rows, _form))];
        (_lower, _upper, _inputForms) = (new long[_inputs], new long[_inputs], new long[2 * _form * _inputs]);
        int width = int.Max(_inputs, _layers.Max(l => l.Rows));
        (_rows, _next, _values, _indices) = (new long[width], new long[width], new long[width], new int[width]);
    }

    // Bounds and lines of a layer: 0 ≤ ρ(z) and LowerIsOne·z ≤ ρ(z) ≤ Slope 2^(−30) z + Lift on [Low, High].
    private sealed class Units(int count, int form)
    {
        public long[] Low { get; } = new long[count];

        public long[] High { get; } = new long[count];

        public Line[] Lines { get; } = new Line[count];

        public long[] Slope { get; } = new long[count];

        public long[] Lift { get; } = new long[count];

        public long[] Forms { get; } = new long[2 * form * count];

        /// <summary>X_j ≥ |x_j|, and their sum.</summary>
        public long[] Size { get; } = new long[count];

        public Int128 SizeSum { get; set; }

        /// <summary>Σ |z_j| over units with a chord, at most.</summary>
        public Int128 ChordSum { get; set; }
    }

    private enum Line
    {
        Zero,
        Identity,
        AboveZero, // unstable, 0 ≤ ρ(z)
        AboveIdentity, // unstable, z ≤ ρ(z)
    }

    /// <summary>Bounds all layers but the rows over a box, whose ends are rounded outward.</summary>
    public void SetBox(IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper)
    {
        _inputSum = 0;
        for (int j = 0; j < _inputs; j++)
        {
            _lower[j] = Bounded((Int128)(lower[j] * One).Floor());
            _upper[j] = Bounded((Int128)(upper[j] * One).Ceiling());
            _inputSum += long.Max(long.Abs(_lower[j]), long.Abs(_upper[j]));
            if (_form > 1)
            {
                _inputForms[(2 * _form * j) + j] = _inputForms[(((2 * j) + 1) * _form) + j] = One;
            }
            else
            {
                (_inputForms[2 * j], _inputForms[(2 * j) + 1]) = (_lower[j], _upper[j]);
            }
        }

        for (int l = 0; l < _layers.Length - 1; l++)
        {
            Forward(l);
            Relax(l);
        }
    }

    /// <summary>A lower bound of a row over the box, in units.</summary>
    public long RowBound(int row) => Backward(_layers.Length - 1, row, 1, out _);

    private void Forward(int l)
    {
        var layer = _layers[l];
        var to = _units[l];
        long[] forms = l == 0 ? _inputForms : _units[l - 1].Forms;
        Int128 size = l == 0 ? _inputSum : _units[l - 1].SizeSum;
        long error = Bounded((size + One >> layer.Shift) + (_inputSum >> Point) + 4);
        for (int i = 0; i < layer.Rows; i++)
        {
            int at = 2 * _form * i;
            for (int k = 0; k < _form; k++)
            {
                Int128 low = 0, high = 0;
                for (int j = 0; j < layer.Columns; j++)
                {
                    long w = layer.Weights[(i * layer.Columns) + j];
                    long a = forms[(2 * _form * j) + k], b = forms[(((2 * j) + 1) * _form) + k];
                    low += long.BigMul(w, w > 0 ? a : b);
                    high += long.BigMul(w, w > 0 ? b : a);
                }

                to.Forms[at + k] = Bounded(low >> layer.Shift);
                to.Forms[at + _form + k] = Bounded(high >> layer.Shift);
            }

            long bias = layer.Bias[i] << (Point - layer.Shift);
            to.Forms[at + _form - 1] = Bounded((Int128)to.Forms[at + _form - 1] + bias - error);
            to.Forms[at + (2 * _form) - 1] = Bounded((Int128)to.Forms[at + (2 * _form) - 1] + bias + error);
            to.Low[i] = Least(to.Forms, at, 1);
            to.High[i] = -Least(to.Forms, at + _form, -1);
            if (layer.IsRectified && to.Low[i] < 0 && to.High[i] > 0 && l > 0)
            {
                Tighten(to.Low, i, to.Forms.AsSpan(at, _form), l, 1);
                Tighten(to.High, i, to.Forms.AsSpan(at + _form, _form), l, -1);
            }
        }
    }

    // Takes the bound and the form of the backward substitution where they are better.
    private void Tighten(long[] bounds, int i, Span<long> form, int l, long sign)
    {
        long bound = sign * Backward(l, i, sign, out long constant);
        if (sign * (bound - bounds[i]) <= 0)
        {
            return;
        }

        bounds[i] = bound;
        for (int k = 0; k < _form - 1; k++)
        {
            form[k] = sign * _rows[k];
        }

        form[^1] = _form > 1 ? sign * constant : bound;
    }

    // The least value over the box of a form with its sign changed or not, rounded down.
    private long Least(long[] forms, int at, long sign)
    {
        Int128 sum = 0;
        for (int k = 0; k < _form - 1; k++)
        {
            long c = sign * forms[at + k];
            sum += long.BigMul(c, c > 0 ? _lower[k] : _upper[k]);
        }

        return Bounded((sum >> Point) + (sign * forms[at + _form - 1]));
    }

    private void Relax(int l)
    {
        var to = _units[l];
        (to.SizeSum, to.ChordSum) = (0, 0);
        for (int i = 0; i < to.Low.Length; i++)
        {
            long low = to.Low[i], high = to.High[i];
            int at = 2 * _form * i;
            var upper = to.Forms.AsSpan(at + _form, _form);
            to.Lines[i] = !_layers[l].IsRectified || low >= 0 ? Line.Identity
                : high <= 0 ? Line.Zero
                : (Int128)low + high > 0 ? Line.AboveIdentity
                : Line.AboveZero;
            to.Size[i] = to.Lines[i] == Line.Zero ? 0 : _layers[l].IsRectified ? high : long.Max(long.Abs(low), long.Abs(high));
            to.SizeSum += to.Size[i];
            if (to.Lines[i] is Line.Zero or Line.AboveZero)
            {
                to.Forms.AsSpan(at, _form).Clear();
            }

            if (to.Lines[i] == Line.Zero)
            {
                upper.Clear();
            }
            else if (to.Lines[i] != Line.Identity)
            {
                long slope = (long)(((Int128)high << SlopePoint) / ((Int128)high - low));
                Int128 atLow = -(long.BigMul(slope, low) >> SlopePoint), atHigh = high - (long.BigMul(slope, high) >> SlopePoint);
                (to.Slope[i], to.Lift[i]) = (slope, Bounded(Int128.Max(atLow, atHigh)));
                to.ChordSum += long.Max(-low, high);
                for (int k = 0; k < _form; k++)
                {
                    upper[k] = (long)(long.BigMul(upper[k], slope) >> SlopePoint);
                }

                upper[^1] = Bounded((Int128)upper[^1] + to.Lift[i] + (_inputSum >> Point) + 3);
            }
        }
    }

    // A lower bound of sign·z_i of layer l; the form that has it has the coefficients in _rows.
    private long Backward(int l, int i, long sign, out long form)
    {
        var layer = _layers[l];
        Int128 before = l == 0 ? _inputSum : _units[l - 1].SizeSum;
        Int128 constant = (Int128)(sign * layer.Bias[i]) << ((2 * Point) - layer.Shift); // in units of 2^−80, like error
        Int128 error = (before + One) << (Point - layer.Shift);
        for (int j = 0; j < layer.Columns; j++)
        {
            _rows[j] = (sign * layer.Weights[(i * layer.Columns) + j]) << (Point - layer.Shift);
        }

        for (int m = l - 1; m >= 0; m--)
        {
            int count = Substitute(m, ref constant, out Int128 sum);
            before = m == 0 ? _inputSum : _units[m - 1].SizeSum;
            error += _units[m].ChordSum + before + (((sum >> _layers[m].Shift) + 1) * (before + One));
            if (error > (Int128)1 << 110)
            {
                throw new Rejection("the error of a bound leaves the range of fixed point");
            }

            Multiply(_layers[m], m == 0 ? null : _units[m - 1].Size, count);
            (_rows, _next) = (_next, _rows);
        }

        form = Bounded((constant - error) >> Point);
        for (int k = 0; k < _inputs; k++)
        {
            constant += long.BigMul(_rows[k], _rows[k] > 0 ? _lower[k] : _upper[k]);
        }

        return Bounded((constant - error) >> Point);
    }

    // λ·ρ(z) ≥ λ' z + constant with the line below ρ where λ > 0 and the one above it else; keeps the λ' that are not 0.
    private int Substitute(int m, ref Int128 constant, out Int128 sum)
    {
        var units = _units[m];
        var layer = _layers[m];
        int count = 0;
        sum = 0;
        for (int j = 0; j < layer.Rows; j++)
        {
            long lambda = _rows[j];
            var line = units.Lines[j];
            if (lambda == 0 || line == Line.Zero || (line == Line.AboveZero && lambda > 0))
            {
                continue;
            }

            if (lambda < 0 && line != Line.Identity)
            {
                constant += long.BigMul(lambda, units.Lift[j]);
                lambda = (long)(long.BigMul(lambda, units.Slope[j]) >> SlopePoint);
            }

            constant += long.BigMul(lambda, layer.Bias[j] << (Point - layer.Shift));
            sum += long.Abs(lambda);
            (_values[count], _indices[count]) = (lambda, j);
            count++;
        }

        return count;
    }

    private void Multiply(FixedLayer layer, long[]? size, int count)
    {
        var values = _values.AsSpan(0, count);
        for (int k = 0; k < layer.Columns; k++)
        {
            if (size is not null && size[k] == 0)
            {
                _next[k] = 0; // the unit is 0 on the box
                continue;
            }

            var column = layer.ByColumn.AsSpan(k * layer.Rows, layer.Rows);
            Int128 sum = 0;
            for (int n = 0; n < values.Length; n++)
            {
                sum += long.BigMul(values[n], column[_indices[n]]);
            }

            _next[k] = Bounded(sum >> layer.Shift);
        }
    }

    private static long Bounded(Int128 value) => value > -Limit && value < Limit
        ? (long)value
        : throw new Rejection("a bound leaves the range of fixed point");
}
