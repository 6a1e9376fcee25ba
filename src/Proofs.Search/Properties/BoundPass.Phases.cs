using System.Runtime.Intrinsics;

namespace Proofs.Search.Properties;

// Assumed phases. Where z ≥ 0 is assumed, a lower form of −z is at most 0 on the part of the box that is left, and
// where z ≤ 0 is, one of z: with f the form, the half-space f(ε) ≤ 0 contains that part. The box of the ε is cut to
// what the half-spaces leave, its ends rounded outward, for all layers after.
internal sealed partial class BoundPass
{
    private bool _captures;
    private double[] _spaces; // −f for the fixed units of a layer: entry (number, coordinate or, last, the constant)
    private readonly double[] _least; // of ε
    private readonly double[] _most;

    /// <summary>Per lane whether no point of the box has the assumed phases.</summary>
    public bool[] IsEmpty { get; } = new bool[Lanes];

    /// <summary>The ends of a coordinate that the assumed phases leave, within the box.</summary>
    public (double Least, double Most) Ends(int lane, int j)
    {
        int at = (j * Lanes) + lane;
        double End(double e) =>
            e == -1
                ? Lower[at]
                : e == 1
                ? Upper[at]
                : Math.Clamp(_centre[at] + (e * _radius[at]), Lower[at], Upper[at]);
        return (End(_least[at]), End(_most[at]));
    }

    /// <summary>By how much the bound of a row changes from one end of a coordinate to the middle.</summary>
    public double Change(int row, int lane, int j)
    {
        int at = (j * Lanes) + lane;
        return Math.Abs(RowSlopes[(((row * _inputs) + j) * Lanes) + lane]) * (_most[at] - _least[at]) * 0.5;
    }

    /// <summary>Forgets all phases.</summary>
    public void ClearPhases()
    {
        foreach (var layer in _layers)
        {
            foreach (int i in layer.Fixed)
            {
                Array.Clear(layer.Phase, i * Lanes, Lanes);
            }

            layer.Fixed.Clear();
        }
    }

    /// <summary>Assumes phases for one box.</summary>
    public void Assume(int lane, Phase phase)
    {
        var layer = _layers[phase.Layer];
        if (!layer.Fixed.Contains(phase.Unit))
        {
            layer.Fixed.Add(phase.Unit);
        }

        layer.Phase[(phase.Unit * Lanes) + lane] = phase.IsOn ? 1 : -1;
    }

    private void StartPhases()
    {
        Array.Clear(IsEmpty);
        Array.Fill(_least, -1);
        Array.Fill(_most, 1);
    }

    // Takes the half-spaces of the assumed phases of a layer, cuts the box and gives the units their signs.
    private void FixPhases(int l)
    {
        var to = _layers[l];
        if (to.Fixed.Count == 0)
        {
            return;
        }

        int entries = to.Fixed.Count * (_inputs + 1) * Lanes;
        if (_spaces.Length < entries)
        {
            _spaces = new double[2 * entries];
        }

        Array.Clear(_spaces, 0, entries);
        _captures = true;
        int count = 0;
        foreach (int i in to.Fixed)
        {
            Target(l, i, false, ref count);
        }

        Backward(l, count, false);
        _captures = false;
        for (int k = 0; k < to.Fixed.Count; k++)
        {
            Cut(k);
        }

        for (int i = 0; i < to.Layer.Rows; i++)
        {
            var (low, high) = (Load(to.Low, i), Load(to.High, i));
            var scale = Load(to.Scale, i);
            BoundForms(to, i, Checked((_gamma * scale) + Load(_tiny, 0), scale, Cost(to.Layer, i).Largest));
            Store(Vector512.ConditionalSelect(Vector512.GreaterThan(low, Load(to.Low, i)), low, Load(to.Low, i)),
                to.Low, i);
            Store(Vector512.ConditionalSelect(Vector512.LessThan(high, Load(to.High, i)), high, Load(to.High, i)),
                to.High, i);
        }

        foreach (int i in to.Fixed)
        {
            var (phase, low, high) = (Load(to.Phase, i), Load(to.Low, i), Load(to.High, i));
            var (on, off) = (
                Vector512.GreaterThan(phase, Vector512<double>.Zero),
                Vector512.LessThan(phase, Vector512<double>.Zero));
            Mark((on & Vector512.LessThan(high, Vector512<double>.Zero))
                | (off & Vector512.GreaterThan(low, Vector512<double>.Zero)));
            Store(Vector512.ConditionalSelect(
                on & ~Vector512.GreaterThan(low, Vector512<double>.Zero), Vector512<double>.Zero, low), to.Low, i);
            Store(Vector512.ConditionalSelect(
                off & ~Vector512.LessThan(high, Vector512<double>.Zero), Vector512<double>.Zero, high), to.High, i);
        }
    }

    private void Mark(Vector512<double> lanes)
    {
        ulong mask = Vector512.ExtractMostSignificantBits(lanes);
        for (int lane = 0; lane < Lanes; lane++)
        {
            IsEmpty[lane] |= (mask >> lane & 1) != 0;
        }
    }

    // −f for the lanes whose phase this form speaks of; 0 ≥ 0 for the others, and where f is no number.
    private void Capture(LayerBounds to, int i, bool upper, Vector512<double> constant, int row)
    {
        int at = to.Fixed.IndexOf(i) * (_inputs + 1);
        var phase = Load(to.Phase, i);
        var zero = Vector512<double>.Zero;
        var here = (upper ? Vector512.GreaterThan(phase, zero) : Vector512.LessThan(phase, zero))
            & Vector512.LessThan(Vector512.Abs(constant), Vector512.Create(Largest));
        for (int j = 0; j < _inputs; j++)
        {
            Store(Vector512.ConditionalSelect(here, -Load(_rows, row + j), Load(_spaces, at + j)), _spaces, at + j);
        }

        Store(Vector512.ConditionalSelect(here, -constant, Load(_spaces, at + _inputs)), _spaces, at + _inputs);
    }

    // h·ε + c ≥ 0 with the most T that h·ε + c can be leaves ε_j ≥ most_j − T / h_j for h_j > 0, and the like for h_j <
    // 0.
    private void Cut(int k)
    {
        int at = k * (_inputs + 1);
        var zero = Vector512<double>.Zero;
        var top = Load(_spaces, at + _inputs);
        var size = Vector512.Abs(top);
        for (int j = 0; j < _inputs; j++)
        {
            var h = Load(_spaces, at + j);
            top = Vector512.FusedMultiplyAdd(
                h, Vector512.ConditionalSelect(Vector512.GreaterThan(h, zero), Load(_most, j), Load(_least, j)), top);
            size += Vector512.Abs(h);
        }

        top += (size * _gamma) + Vector512.Create(Tiny);
        Mark(Vector512.LessThan(top, zero));
        for (int j = 0; j < _inputs; j++)
        {
            var h = Load(_spaces, at + j);
            var reach = top / Vector512.Abs(h);
            reach += (reach + Vector512.Create(4.0)) * Math.ScaleB(1, -50);
            var (low, high) = (Load(_most, j) - reach, Load(_least, j) + reach);
            Store(Vector512.ConditionalSelect(
                Vector512.GreaterThan(h, zero) & Vector512.GreaterThan(low, Load(_least, j))
                    & Vector512.LessThanOrEqual(low, Load(_most, j)),
                low,
                Load(_least, j)), _least, j);
            Store(Vector512.ConditionalSelect(
                Vector512.LessThan(h, zero) & Vector512.LessThan(high, Load(_most, j))
                    & Vector512.GreaterThanOrEqual(high, Load(_least, j)),
                high,
                Load(_most, j)), _most, j);
        }
    }

    // The least value over the box of the ε of the coefficients in a row.
    private Vector512<double> Least(int row)
    {
        var zero = Vector512<double>.Zero;
        var sum = zero;
        for (int j = 0; j < _inputs; j++)
        {
            var a = Load(_rows, row + j);
            sum = Vector512.FusedMultiplyAdd(
                a, Vector512.ConditionalSelect(Vector512.GreaterThan(a, zero), Load(_least, j), Load(_most, j)), sum);
        }

        return sum;
    }
}
