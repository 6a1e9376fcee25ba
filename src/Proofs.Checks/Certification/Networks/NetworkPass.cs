using System.Numerics;
using System.Runtime.InteropServices;

namespace Proofs.Checks.Certification;

// Encloses a network on a box by affine forms  x_k = c + Σ_j a_j ε_j + Σ_s b_s η_s ± r,  ε, η in [−1, 1]: one ε for each
// input, one η for each unstable unit that is kept. Everything is computed in binary64 to nearest; r collects the
// rounding errors by the a-priori bound of docs/certifier.md, so the enclosure is rigorous. One pass object serves one thread.
internal sealed class NetworkPass
{
    private const int MaxSymbols = 32;
    private const int SharedSearch = 48;
    private const double U = 1.0 / (1L << 53);
    private const double Wider = 1 + (1.0 / (1L << 44)); // covers the roundings of a sum of 250 magnitudes
    private const double Negligible = 1.0 / (1L << 40);
    private static readonly double Tiny = Math.ScaleB(1, -1060); // more than all underflows of one entry of one layer

    // A slot holds r, m, c, a_1 … a_D, b_1 … b_S, where m bounds |c| + Σ|a| + Σ|b| + r.
    private const int Centre = 2;
    private readonly int _dimension;
    private readonly int _stride;
    private readonly List<List<int>> _active = [];
    private readonly double[][] _share; // what part of a symbol's reach comes from which input
    private readonly List<Unstable> _unstable = [];
    private readonly List<Unstable> _shared = [];
    private double[] _from = [];
    private double[] _to = [];
    private int[] _stamp = [];
    private int _epoch;
    private int _used;

    public NetworkPass(int dimension)
    {
        _dimension = dimension;
        _stride = (Centre + 1 + dimension + MaxSymbols + 7) & ~7;
        _share = [.. Enumerable.Range(0, MaxSymbols).Select(_ => new double[dimension])];
        A = new double[dimension];
        Share = new double[dimension];
    }

    // The output: C + Σ A_j ε_j ± R, where R includes all η; Share[j] is the part of R that splitting input j works on.
    public double C { get; private set; }

    public double[] A { get; }

    public double R { get; private set; }

    public double[] Share { get; }

    public List<int> Active(int layer) => _active[layer];

    // Whether the pass gave a finite enclosure; where not, nothing is known of the network on this box.
    public bool Run(CompiledNetwork network, Cell cell)
    {
        while (_active.Count < network.Layers.Length)
        {
            _active.Add([]);
        }

        _used = Centre + 1 + _dimension;
        LoadInputs(cell);
        for (int l = 0; l < network.Layers.Length; l++)
        {
            var layer = network.Layers[l];
            Grow(layer.Rows);
            var touched = _active[l];
            Push(layer, l == 0 ? null : _active[l - 1], touched);
            if (l == network.Layers.Length - 1)
            {
                return Output(layer, touched);
            }

            if (!Activate(network.Layers[l + 1], touched))
            {
                return false;
            }

            (_from, _to) = (_to, _from);
        }

        return false;
    }

    private void LoadInputs(Cell cell)
    {
        if (_from.Length < _dimension * _stride)
        {
            _from = new double[_dimension * _stride];
        }

        for (int j = 0; j < _dimension; j++)
        {
            var slot = _from.AsSpan(j * _stride, _used);
            slot.Clear();
            slot[Centre] = cell.Middle[j];
            slot[Centre + 1 + j] = cell.Half[j];
            slot[1] = (Math.Abs(cell.Middle[j]) + cell.Half[j]) * Wider;
        }
    }

    private void Grow(int rows)
    {
        if (_to.Length < rows * _stride)
        {
            _to = new double[rows * _stride];
        }

        if (_stamp.Length < rows)
        {
            _stamp = new int[rows];
            _epoch = 0;
        }
    }

    private void Push(NetworkLayer layer, List<int>? active, List<int> touched)
    {
        touched.Clear();
        _epoch++;
        double floor = layer.MagnitudeFloor;
        int count = active?.Count ?? layer.Columns;
        for (int n = 0; n < count; n++)
        {
            int k = active is null ? n : active[n];
            var source = _from.AsSpan(k * _stride, _used);
            for (int e = layer.Start[k]; e < layer.Start[k + 1]; e++)
            {
                int i = layer.Row[e];
                var target = _to.AsSpan(i * _stride, _used);
                if (_stamp[i] != _epoch)
                {
                    Begin(i, layer.Bias[i], floor, target, touched);
                }

                double w = layer.Weight[e], size = Math.Abs(w);
                target[0] += size * source[0];
                target[1] += Math.Max(size, floor) * source[1];
                AddMultiple(w, source[Centre..], target[Centre..]);
            }
        }

        foreach (int i in layer.Positive)
        {
            if (_stamp[i] != _epoch)
            {
                Begin(i, layer.Bias[i], floor, _to.AsSpan(i * _stride, _used), touched);
            }
        }

        // The a-priori error: Terms roundings on the way to each coefficient, and the rounding of the entries.
        double g = (layer.Terms + 4) * U, tiny = layer.Terms * Tiny;
        foreach (int i in touched)
        {
            double r = _to[i * _stride], m = _to[(i * _stride) + 1];
            _to[i * _stride] = ((r + (g * m)) * (1 + (2 * g))) + tiny;
        }
    }

    private void Begin(int row, double bias, double floor, Span<double> target, List<int> touched)
    {
        _stamp[row] = _epoch;
        touched.Add(row);
        target.Clear();
        target[Centre] = bias;
        target[1] = bias == 0 ? 0 : Math.Max(Math.Abs(bias), floor);
    }

    private static void AddMultiple(double w, Span<double> source, Span<double> target)
    {
        int i = 0;
        if (source.Length >= Vector<double>.Count)
        {
            var factor = new Vector<double>(w);
            for (; i + Vector<double>.Count <= source.Length; i += Vector<double>.Count)
            {
                var part = target[i..];
                (Vector.FusedMultiplyAdd(factor, new Vector<double>(source[i..]), new Vector<double>(part))).CopyTo(part);
            }
        }

        for (; i < source.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(w, source[i], target[i]);
        }
    }

    // Applies ρ to the touched units; those that are 0 on the box leave the list.
    private bool Activate(NetworkLayer next, List<int> touched)
    {
        _unstable.Clear();
        int kept = 0;
        foreach (int i in CollectionsMarshal.AsSpan(touched))
        {
            var slot = _to.AsSpan(i * _stride, _used);
            double reach = SumOfMagnitudes(slot[(Centre + 1)..]);
            double radius = (reach + slot[0]) * Wider;
            double lo = Math.BitDecrement(slot[Centre] - radius), hi = Math.BitIncrement(slot[Centre] + radius);
            if (!double.IsFinite(lo) || !double.IsFinite(hi))
            {
                return false;
            }

            if (hi <= 0)
            {
                continue;
            }

            touched[kept++] = i;
            slot[1] = (Math.Abs(slot[Centre]) + reach + slot[0]) * Wider;
            if (lo >= -Negligible * hi)
            {
                // ρ(y) lies in [y, y + max(0, −lo)].
                slot[0] = lo < 0 ? (slot[0] - lo) * Wider : slot[0];
                slot[1] = lo < 0 ? (slot[1] - lo) * Wider : slot[1];
            }
            else if (hi <= -Negligible * lo)
            {
                slot.Clear();
                (slot[0], slot[1]) = (hi, hi);
            }
            else
            {
                _unstable.Add(new Unstable(i, lo, hi, -lo * (hi / (hi - lo)) * next.Reach[i], slot[0]));
            }
        }

        touched.RemoveRange(kept, touched.Count - kept);
        if (_unstable.Count > 0)
        {
            Relax(touched);
        }

        return true;
    }

    // ρ(y) lies in λ y + [0, max(−λ lo, (1 − λ) hi)] for every λ in [0, 1]; λ = hi/(hi − lo) has the smallest area.
    private void Relax(List<int> touched)
    {
        int free = MaxSymbols - (_used - Centre - 1 - _dimension);
        double least = double.PositiveInfinity; // a unit whose error reaches further than this gets a symbol of its own
        if (_unstable.Count <= free)
        {
            least = -1;
        }
        else if (free > 1)
        {
            double[] reach = [.. _unstable.Select(u => u.Reach)];
            Array.Sort(reach);
            least = reach[^((free / 2) + 1)];
        }

        int before = _used;
        foreach (int i in touched)
        {
            _to.AsSpan((i * _stride) + before, Math.Min(free, _unstable.Count)).Clear();
        }

        bool search = _unstable.Count <= SharedSearch;
        _shared.Clear();
        foreach (var unit in _unstable)
        {
            var slot = _to.AsSpan(unit.Row * _stride, _stride);
            int sign = 0;
            var twin = search && unit.Reach > least ? Twin(unit, before, out sign) : null;
            if (twin is null)
            {
                bool own = unit.Reach > least && _used < Centre + 1 + _dimension + MaxSymbols;
                double lambda = unit.Sup / (unit.Sup - unit.Inf);
                double error = Math.Max(lambda * -unit.Inf, (1 - lambda) * unit.Sup) / 2 * Wider;
                error += double.Epsilon;
                if (own && search)
                {
                    slot[..before].CopyTo(unit.Before = new double[before]);
                    (unit.Lambda, unit.Error, unit.Symbol) = (lambda, error, _used);
                    _shared.Add(unit);
                }

                if (own)
                {
                    NameSymbol(slot[..before]);
                }

                Scale(slot[..before], lambda, error);
                if (own)
                {
                    slot[_used - 1] = error;
                }
                else
                {
                    slot[0] = (slot[0] + error) * Wider;
                }

                slot[1] = (slot[1] + error) * Wider;
            }
            else
            {
                // The same y (sign 1) or −y (sign −1) as the twin's, up to both r: ρ(−y) = ρ(y) − y shares the symbol.
                double lambda = sign > 0 ? twin.Lambda : 1 - twin.Lambda;
                Scale(slot[..before], lambda, twin.Error);
                slot[twin.Symbol] = twin.Error;
                slot[0] = (slot[0] + (2 * (unit.Radius + twin.Radius))) * Wider;
                slot[1] = (slot[1] + twin.Error + (2 * (unit.Radius + twin.Radius))) * Wider;
            }
        }
    }

    private Unstable? Twin(Unstable unit, int before, out int sign)
    {
        var slot = _to.AsSpan((unit.Row * _stride) + Centre, before - Centre);
        foreach (var other in _shared)
        {
            var theirs = other.Before.AsSpan(Centre, before - Centre);
            if (slot.SequenceEqual(theirs))
            {
                sign = 1;
                return other;
            }

            bool opposite = true;
            for (int i = 0; i < slot.Length && opposite; i++)
            {
                opposite = slot[i] == -theirs[i];
            }

            if (opposite)
            {
                sign = -1;
                return other;
            }
        }

        sign = 0;
        return null;
    }

    // slot := λ slot + error: r gains what scaling rounds off; the error's centre moves c.
    private static void Scale(Span<double> slot, double lambda, double error)
    {
        double m = slot[1];
        for (int i = 0; i < slot.Length; i++)
        {
            slot[i] *= lambda;
        }

        slot[Centre] += error;
        slot[0] = ((slot[0] + (4 * U * (m + error))) * Wider) + Tiny;
        slot[1] = ((slot[1] * Wider) + error + slot[0]) * Wider;
    }

    // A new symbol; its share of each input is read off the form it relaxes.
    private void NameSymbol(Span<double> form)
    {
        double[] share = _share[_used - Centre - 1 - _dimension];
        double total = 0;
        for (int j = 0; j < _dimension; j++)
        {
            double part = Math.Abs(form[Centre + 1 + j]);
            for (int s = Centre + 1 + _dimension; s < form.Length; s++)
            {
                part += Math.Abs(form[s]) * _share[s - Centre - 1 - _dimension][j];
            }

            share[j] = part;
            total += part;
        }

        for (int j = 0; j < _dimension && total > 0; j++)
        {
            share[j] /= total;
        }

        _used++;
    }

    private static double SumOfMagnitudes(Span<double> values)
    {
        double sum = 0;
        foreach (double v in values)
        {
            sum += Math.Abs(v);
        }

        return sum;
    }

    private bool Output(NetworkLayer layer, List<int> touched)
    {
        Array.Clear(Share);
        if (touched.Count == 0)
        {
            (C, R) = (layer.Bias[0], layer.IsInexact ? Math.Max(Math.Abs(layer.Bias[0]), layer.MagnitudeFloor) * 2 * U : 0);
            Array.Clear(A);
            return true;
        }

        var slot = _to.AsSpan(0, _used);
        C = slot[Centre];
        double sum = slot[0];
        for (int j = 0; j < _dimension; j++)
        {
            A[j] = slot[Centre + 1 + j];
        }

        for (int s = Centre + 1 + _dimension; s < _used; s++)
        {
            double size = Math.Abs(slot[s]);
            sum += size;
            double[] share = _share[s - Centre - 1 - _dimension];
            for (int j = 0; j < _dimension; j++)
            {
                Share[j] += size * share[j];
            }
        }

        R = sum * Wider;
        double all = Math.Abs(C) + R + SumOfMagnitudes(A);
        return double.IsFinite(all);
    }

    private sealed class Unstable(int row, double inf, double sup, double reach, double radius)
    {
        public int Row => row;

        public double Inf => inf;

        public double Sup => sup;

        public double Reach => reach;

        // r of the form, before relaxing
        public double Radius => radius;

        public double[] Before { get; set; } = [];

        public double Lambda { get; set; }

        public double Error { get; set; }

        public int Symbol { get; set; }
    }
}
