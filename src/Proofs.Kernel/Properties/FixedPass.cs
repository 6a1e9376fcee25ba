using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Properties;

/// <summary>Lower bounds of affine functions of a network's output over a box, in integers alone.</summary>
/// <remarks>
/// A number v is kept as v 2^40, in units. Layer by layer affine bounds in the inputs are carried forward; a unit that
/// may change sign is bounded again by substituting backward, where ρ on [l, u] lies between s z, s = 0 or 1 as −l ≥ u
/// or not, and the chord.
/// Rounding is floor or ceiling to a unit; what coefficients lose is paid for at once:
///   a coefficient of x_k rounded down costs at most one unit times X_k ≥ |x_k|;
///   a weight floor(W 2^s) costs at most 2^(−s) times the coefficient of its row times X_k; a bias the same with 1 for
///   X_k.
/// Any chord slope in [0, 1] is sound, since its shift lifts the line above ρ at both ends of [l, u].
/// Where z ≥ 0 (or z ≤ 0) is assumed of a unit, a lower form of −z (of z) is at most 0 on the part of the box that is
/// left; the box is cut to what that leaves before the layers after are bounded.
/// Inputs and layers whose values may be large are scaled by powers of two beforehand, exactly: ρ(2^k z) = 2^k ρ(z).
/// Products have at most 56 + 56 bits; a sum that overflows is rejected.
/// </remarks>
internal sealed partial class FixedPass
{
    public const int Point = 40;

    private const int SlopePoint = 30;
    private const int UnscaledBits = 10; // values from 2^−10 to 2^10 are not scaled
    private const int MostFormInputs = 16; // beyond, plain intervals forward
    private const long One = 1L << Point;
    private const long Limit = 1L << 56;

    private readonly WorkBudget? _work;
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
    private BigRational _inputScale;
    private Int128 _inputSum; // Σ X_k of the inputs

    /// <summary>
    /// A pass through the layers of a property and then rows of the outputs; the work counts products.
    /// </summary>
    public FixedPass(NetworkProperty property, AffineMap rows, WorkBudget? work = null)
    {
        _work = work;
        _inputs = property.InputCount;
        _form = (_inputs <= MostFormInputs ? _inputs : 0) + 1;
        _layers = Scaled(property, rows);
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

    /// <summary>
    /// Bounds all layers but the rows over the part of a box where units have assumed signs; false where there is no
    /// such part.
    /// </summary>
    /// <remarks>The ends of the box are rounded outward.</remarks>
    public bool SetBox(IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper, IEnumerable<UnitSign> signs)
    {
        var assumed = signs.ToLookup(s => s.Layer);
        _inputSum = 0;
        for (int j = 0; j < _inputs; j++)
        {
            _lower[j] = Bounded((Int128)(lower[j] * _inputScale * One).Floor());
            _upper[j] = Bounded((Int128)(upper[j] * _inputScale * One).Ceiling());
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
            foreach (var sign in assumed[l])
            {
                if (!Assume(l, sign.Unit, sign.IsOn ? 1 : -1))
                {
                    return false;
                }
            }

            for (int i = 0; i < _layers[l].Rows; i++)
            {
                if (assumed[l].Any())
                {
                    BoundForms(l, i);
                }

                if (_units[l].Low[i] < 0 && _units[l].High[i] > 0)
                {
                    Tighten(l, i);
                }
            }

            Relax(l);
        }

        return true;
    }

    /// <summary>A lower bound of a row over the box, in units.</summary>
    public long RowBound(int row) => Backward(_layers.Length - 1, row, 1, out _);

    private void Forward(int l)
    {
        var layer = _layers[l];
        var to = _units[l];
        long[] forms = l == 0 ? _inputForms : _units[l - 1].Forms;
        Int128 size = l == 0 ? _inputSum : _units[l - 1].SizeSum;
        _work?.Spend((long)layer.Rows * layer.Columns * _form);
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
                    low = checked(low + long.BigMul(w, w > 0 ? a : b));
                    high = checked(high + long.BigMul(w, w > 0 ? b : a));
                }

                to.Forms[at + k] = Bounded(low >> layer.Shift);
                to.Forms[at + _form + k] = Bounded(high >> layer.Shift);
            }

            long bias = layer.Bias[i] << (Point - layer.Shift);
            to.Forms[at + _form - 1] = Bounded((Int128)to.Forms[at + _form - 1] + bias - error);
            to.Forms[at + (2 * _form) - 1] = Bounded((Int128)to.Forms[at + (2 * _form) - 1] + bias + error);
            (to.Low[i], to.High[i]) = (-Limit, Limit);
            BoundForms(l, i);
        }
    }

    private void BoundForms(int l, int i)
    {
        var to = _units[l];
        int at = 2 * _form * i;
        to.Low[i] = long.Max(to.Low[i], Least(to.Forms, at, 1));
        to.High[i] = long.Min(to.High[i], -Least(to.Forms, at + _form, -1));
    }

    // Cuts the box to what sign·z_i ≥ 0 leaves of it, and the bounds of the unit; false where nothing is left.
    private bool Assume(int l, int i, long sign)
    {
        Tighten(l, i);
        long least = Backward(l, i, -sign, out _); // of a form that is at most 0
        if (least > 0)
        {
            return false;
        }

        // the form is at least that plus |a| times the way from the end where it is least
        for (int k = 0; k < _inputs; k++)
        {
            if (_rows[k] == 0)
            {
                continue;
            }

            Int128 way = (((Int128)(-least) << Point) / long.Abs(_rows[k])) + 1;
            if (way < (Int128)_upper[k] - _lower[k])
            {
                (_lower[k], _upper[k]) = _rows[k] > 0
                    ? (_lower[k], _lower[k] + (long)way)
                    : (_upper[k] - (long)way, _upper[k]);
            }
        }

        var to = _units[l];
        (to.Low[i], to.High[i]) = sign > 0
            ? (long.Max(to.Low[i], 0), to.High[i])
            : (to.Low[i], long.Min(to.High[i], 0));
        return to.Low[i] <= to.High[i];
    }

    private void Tighten(int l, int i)
    {
        if (l > 0)
        {
            var to = _units[l];
            int at = 2 * _form * i;
            Tighten(to.Low, i, to.Forms.AsSpan(at, _form), l, 1);
            Tighten(to.High, i, to.Forms.AsSpan(at + _form, _form), l, -1);
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
            sum = checked(sum + long.BigMul(c, c > 0 ? _lower[k] : _upper[k]));
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
            to.Size[i] = to.Lines[i] == Line.Zero
                ? 0
                : _layers[l].IsRectified
                ? high
                : long.Max(long.Abs(low), long.Abs(high));
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
                Int128 atLow = -(long.BigMul(slope, low) >> SlopePoint),
                    atHigh = high - (long.BigMul(slope, high) >> SlopePoint);
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

    private static long Bounded(Int128 value) => value > -Limit && value < Limit
        ? (long)value
        : throw new Rejection("a bound leaves the range of fixed point");
}
