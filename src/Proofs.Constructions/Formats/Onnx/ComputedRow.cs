using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

// The functional c + Σ a_k u_k over units of one layer, units increasing, no a_k zero. The a_k are binary64 numbers as
// long as they come straight from a file, which is nearly always; after arithmetic they are rationals.
internal sealed class ComputedRow
{
    private static readonly double[] One = [1];

    private readonly double[]? _doubles;
    private readonly BigRational[]? _exact;

    private ComputedRow(int[] units, double[]? doubles, BigRational[]? exact, BigRational constant)
    {
        (Units, _doubles, _exact, Constant) = (units, doubles, exact, constant);
    }

    public int[] Units { get; }

    public BigRational Constant { get; }

    /// <summary>The bits of the largest coefficient, roughly: what arithmetic with it costs.</summary>
    public long Bits { get; private init; } = 64;

    /// <summary>How an execution computes the row; exactly, unless it was said.</summary>
    public RowRounding Rounding { get; private init; }

    /// <summary>Whether the row is u + c for one unit u.</summary>
    public bool IsUnit => ReferenceEquals(_doubles, One);

    /// <summary>Whether the row is never negative, given units that are not.</summary>
    public bool IsNonNegative
    {
        get
        {
            bool result = Constant.Sign >= 0;
            for (int k = 0; result && k < Units.Length; k++)
            {
                result = _doubles is null ? _exact![k].Sign > 0 : _doubles[k] > 0;
            }

            return result;
        }
    }

    public static ComputedRow OfUnit(int unit) => new([unit], One, null, BigRational.Zero);

    public static ComputedRow OfConstant(BigRational value) => new([], [], null, value);

    public static ComputedRow Of(int[] units, double[] coefficients, BigRational constant) =>
        new(units, coefficients, null, constant);

    public static ComputedRow Of(int[] units, BigRational[] coefficients, BigRational constant) =>
        new(units, null, coefficients, constant) { Bits = coefficients.Select(BitsOf).DefaultIfEmpty(0).Max() };

    public static long BitsOf(BigRational a) => a.Numerator.GetBitLength() + a.Denominator.GetBitLength();

    public BigRational At(int k) => _doubles is null ? _exact![k] : Weights.Exact(_doubles[k]);

    /// <summary>The row with a constant added; the coefficients are shared.</summary>
    public ComputedRow Plus(BigRational constant) =>
        constant.IsZero ? this : new(Units, _doubles, _exact, Constant + constant) { Bits = Bits };

    /// <summary>The same row, computed in the given way.</summary>
    public ComputedRow Computed(RowRounding rounding) =>
        new(Units, _doubles, _exact, Constant) { Bits = Bits, Rounding = rounding };

    public void WriteTo(Affine.Builder layer, bool negated)
    {
        for (int k = 0; k < Units.Length; k++)
        {
            layer.Add(Units[k], negated ? -At(k) : At(k));
        }

        layer.EndRow(negated ? -Constant : Constant);
    }
}

// Sums multiples of rows exactly; one accumulator a unit, reused from sum to sum.
internal sealed class WeightedSum(WorkLimit work)
{
    private readonly List<int> _touched = [];
    private BigRational[] _sums = [];
    private bool[] _isTouched = [];
    private BigRational _constant;

    public void Add(BigRational factor, ComputedRow row)
    {
        bool isOne = factor == BigRational.One;
        long bits = ComputedRow.BitsOf(factor) + row.Bits;
        work.Charge(row.Units.Length * (isOne || row.IsUnit
            ? 2 * WorkLimit.Entry
            : WorkLimit.Product + (bits / 32 * (1 + (bits / 2048)))));
        for (int k = 0; k < row.Units.Length; k++)
        {
            int unit = row.Units[k];
            Grow(unit);
            if (!_isTouched[unit])
            {
                _isTouched[unit] = true;
                _touched.Add(unit);
            }

            _sums[unit] += isOne ? row.At(k) : row.IsUnit ? factor : factor * row.At(k);
        }

        Add(row.Constant.IsZero ? row.Constant : factor * row.Constant);
    }

    public void Add(BigRational constant) => _constant = constant.IsZero ? _constant : _constant + constant;

    /// <summary>The sum of what was added; the next sum starts at 0.</summary>
    public ComputedRow Take()
    {
        _touched.Sort();
        int[] units = [.. _touched.Where(u => !_sums[u].IsZero)];
        var row = ComputedRow.Of(units, Array.ConvertAll(units, u => _sums[u]), _constant);
        foreach (int u in _touched)
        {
            (_sums[u], _isTouched[u]) = (BigRational.Zero, false);
        }

        work.ChargeBits(Math.Max(row.Bits, ComputedRow.BitsOf(_constant)));
        _touched.Clear();
        _constant = BigRational.Zero;
        return row;
    }

    private void Grow(int unit)
    {
        if (unit >= _sums.Length)
        {
            int length = Math.Max(unit + 1, 2 * _sums.Length);
            Array.Resize(ref _sums, length);
            Array.Resize(ref _isTouched, length);
        }
    }
}
