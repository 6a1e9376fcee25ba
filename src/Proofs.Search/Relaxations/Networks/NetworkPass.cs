using System.Numerics;
using System.Runtime.InteropServices;

namespace Proofs.Search.Relaxations.Networks;

// Encloses a network on a box by affine forms  x_k = c + Σ_j a_j ε_j + Σ_s b_s η_s ± r,  ε, η in [−1, 1]: one ε for each
// input, one η for each unstable unit that is kept. Everything is computed in binary64 to nearest; r collects the
// rounding errors by the a-priori bound of docs/certifier.md, so the enclosure is rigorous. One pass object serves one thread.
internal sealed partial class NetworkPass
{
    private const int UsualSymbols = 32;
    private const double U = 1.0 / (1L << 53);
    private const double Wider = 1 + (1.0 / (1L << 44)); // covers the roundings of a sum of 250 magnitudes
    private const double Negligible = 1.0 / (1L << 40);
    private const double SameKink = 1.0 / (1L << 30); // forms closer than this part of their width share a symbol
    private const double Touching = 1.0 / (1L << 30); // a range smaller than this part of its terms is rounding noise
    private static readonly double Tiny = Math.ScaleB(1, -1060); // more than all underflows of one entry of one layer

    // A slot holds r, m, c, a_1 … a_D, b_1 … b_S, where m bounds |c| + Σ|a| + Σ|b| + r.
    private const int Centre = 2;
    private readonly int _dimension;
    private readonly int _stride;
    private readonly int _symbolLimit;
    private readonly List<List<int>> _active = [];
    private readonly Symbol[] _symbols;
    private readonly int[] _leading = new int[3];
    private readonly double[] _case;
    private double[] _slot = []; // the output's form, empty where it is constant
    private readonly List<Unstable> _unstable = [];
    private double[] _from = [];
    private double[] _to = [];
    private int[] _stamp = [];
    private int _epoch;
    private int _used;
    private int _count;

    public NetworkPass(int dimension, int symbols = UsualSymbols)
    {
        (_dimension, _symbolLimit) = (dimension, symbols);
        _stride = (Centre + 1 + dimension + symbols + 7) & ~7;
        _symbols = [.. Enumerable.Range(0, symbols).Select(_ => new Symbol(_stride, dimension))];
        _case = new double[_stride];
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
    public bool Run(CompiledNetwork network, double[] middle, double[] half)
    {
        while (_active.Count < network.Layers.Length)
        {
            _active.Add([]);
        }

        (_used, _count) = (Centre + 1 + _dimension, 0);
        LoadInputs(middle, half);
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

    private void LoadInputs(double[] middle, double[] half)
    {
        if (_from.Length < _dimension * _stride)
        {
            _from = new double[_dimension * _stride];
        }

        for (int j = 0; j < _dimension; j++)
        {
            var slot = _from.AsSpan(j * _stride, _used);
            slot.Clear();
            slot[Centre] = middle[j];
            slot[Centre + 1 + j] = half[j];
            slot[1] = (Math.Abs(middle[j]) + half[j]) * Wider;
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

            if (lo < 0 && _count > 0 && Tighten(slot, ref lo, ref hi) && hi <= 0)
            {
                continue;
            }

            touched[kept++] = i;
            double terms = slot[1]; // what y was added up from
            slot[1] = (Math.Abs(slot[Centre]) + reach + slot[0]) * Wider;
            if (lo >= -Negligible * hi)
            {
                // ρ(y) lies in [y, y + max(0, −lo)].
                slot[0] = lo < 0 ? (slot[0] - lo) * Wider : slot[0];
                slot[1] = lo < 0 ? (slot[1] - lo) * Wider : slot[1];
            }
            else if (hi <= -Negligible * lo || (hi <= 2 * slot[0] && hi <= Touching * terms))
            {
                // Little of y is known beyond its range (it only touches 0, mostly): ρ(y) is in [0, hi], whatever the inputs.
                slot.Clear();
                (slot[0], slot[1]) = (hi, hi);
            }
            else
            {
                _unstable.Add(new Unstable(i, lo, hi, -lo * (hi / (hi - lo)) * next.Reach[i]));
            }
        }

        touched.RemoveRange(kept, touched.Count - kept);
        if (_unstable.Count > 0)
        {
            Relax(touched);
        }

        return true;
    }

    // Narrows the range of a form by cases of its leading symbols: where y_s ≥ 0 the unit ρ(y_s) is y_s itself, else it is 0,
    // and in each case η_s is affine in what came before it.
    private bool Tighten(Span<double> slot, ref double lo, ref double hi)
    {
        int found = Leading(slot, _leading);
        if (found == 0)
        {
            return false;
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int cases = 0; cases < 1 << found; cases++)
        {
            var form = _case.AsSpan(0, slot.Length);
            slot.CopyTo(form);
            for (int n = 0; n < found; n++)
            {
                var symbol = _symbols[_leading[n]];
                Resolve(form, symbol, symbol.Form, ((cases >> n) & 1) != 0);
            }

            double radius = (SumOfMagnitudes(form[(Centre + 1)..]) + form[0]) * Wider;
            low = Math.Min(low, Math.BitDecrement(form[Centre] - radius));
            high = Math.Max(high, Math.BitIncrement(form[Centre] + radius));
        }

        if (!(low <= high))
        {
            return false; // NaN: an overflow
        }

        (lo, hi) = (Math.Max(lo, low), Math.Min(hi, high));
        return true;
    }

    // The symbols with the largest coefficients, the latest first, so that resolving one never brings back another.
    private int Leading(Span<double> slot, int[] leading)
    {
        int found = 0;
        double least = 0;
        for (int s = 0; s < slot.Length - Centre - 1 - _dimension; s++)
        {
            double size = Math.Abs(slot[Centre + 1 + _dimension + s]);
            if (size <= least)
            {
                continue;
            }

            int at = found < leading.Length ? found++ : leading.Length - 1;
            for (; at > 0 && Math.Abs(slot[Centre + 1 + _dimension + leading[at - 1]]) < size; at--)
            {
                leading[at] = leading[at - 1];
            }

            leading[at] = s;
            least = found < leading.Length ? 0 : Math.Abs(slot[Centre + 1 + _dimension + leading[^1]]);
        }

        Array.Sort(leading, 0, found);
        Array.Reverse(leading, 0, found);
        return found;
    }

    // form := form with η replaced: μ η = ρ(y) − λ y − μ, where ρ(y) is y or 0, up to `slack`.
    private static void Resolve(Span<double> form, Symbol symbol, double[] y, bool active, double slack = 0)
    {
        double b = form[symbol.Index];
        double factor = b / symbol.Error * (active ? 1 - symbol.Lambda : -symbol.Lambda), size = Math.Abs(b) + Math.Abs(form[Centre]);
        form[symbol.Index] = 0;
        form[Centre] -= b;
        for (int i = Centre; i < symbol.Index; i++)
        {
            double more = factor * y[i];
            size += Math.Abs(more) + Math.Abs(form[i]);
            form[i] += more;
        }

        double error = (Math.Abs(factor) * y[0]) + (Math.Abs(b) / symbol.Error * slack);
        form[0] = ((form[0] + error + (16 * U * size)) * Wider) + Tiny;
    }

    // ρ(y) lies in λ y + [0, max(−λ lo, (1 − λ) hi)] for every λ in [0, 1]; λ = hi/(hi − lo) has the smallest area. The units
    // whose errors reach furthest get the symbols that are left; half of them where there are not enough, for layers to come.
    private void Relax(List<int> touched)
    {
        int before = _used, free = _symbolLimit - _count;
        int own = _unstable.Count <= free ? free : (free + 1) / 2;
        double least = 0;
        foreach (int i in touched)
        {
            _to.AsSpan((i * _stride) + before, Math.Min(own, _unstable.Count)).Clear();
        }

        if (_unstable.Count > 1)
        {
            _unstable.Sort((u, v) => u.Reach != v.Reach ? v.Reach.CompareTo(u.Reach) : u.Row.CompareTo(v.Row));
        }

        foreach (var unit in _unstable)
        {
            var slot = _to.AsSpan(unit.Row * _stride, _stride);
            if (Twin(slot[..before], unit, out double factor, out double apart) is { } twin)
            {
                Reuse(slot, before, twin, factor, apart);
                continue;
            }

            double lambda = unit.Sup / (unit.Sup - unit.Inf);
            double error = (Math.Max(lambda * -unit.Inf, (1 - lambda) * unit.Sup) / 2 * Wider) + double.Epsilon;
            bool named = own > 0 && unit.Reach > least;
            least = Math.Max(least, Negligible * unit.Reach);
            if (named)
            {
                Name(slot[..before], lambda, error);
                own--;
            }

            Scale(slot[..before], lambda, error);
            slot[named ? _used - 1 : 0] += error;
            slot[0] *= Wider;
            slot[1] = (slot[1] + error) * Wider;
        }
    }

    // Gives the symbol of y1 to ρ(y2) where y2 = κ y1 up to a small rest: ρ(κ y) is κ ρ(y) for κ > 0 and |κ| (ρ(y) − y) for
    // κ < 0, and ρ is 1-Lipschitz. So errors of units with one kink cancel as the units do.
    private static void Reuse(Span<double> slot, int before, Symbol twin, double factor, double apart)
    {
        double error = Math.Abs(factor) * twin.Error;
        Scale(slot[..before], factor > 0 ? twin.Lambda : 1 - twin.Lambda, error);
        double rest = ((2 * apart) + (8 * U * error) + Tiny) * Wider;
        slot[twin.Index] += error;
        slot[0] = (slot[0] + rest) * Wider;
        slot[1] = (slot[1] + error + rest) * Wider;
    }

    // A symbol whose form y1 is proportional to this one, y2 = κ y1 + rest: the rest's bound includes both radii.
    private Symbol? Twin(Span<double> form, Unstable unit, out double factor, out double apart)
    {
        double tolerance = SameKink * (unit.Sup - unit.Inf);
        for (int s = 0; s < _count; s++)
        {
            var symbol = _symbols[s];
            factor = form[symbol.Pivot] / symbol.Form[symbol.Pivot];
            if (factor == 0 || !double.IsFinite(factor))
            {
                continue;
            }

            double rest = 0, size = 0;
            for (int i = form.Length - 1; i >= Centre && rest <= tolerance; i--)
            {
                double theirs = factor * symbol.Form[i];
                rest += Math.Abs(form[i] - theirs);
                size += Math.Abs(form[i]) + Math.Abs(theirs);
            }

            apart = (rest + (4 * U * size) + form[0] + (Math.Abs(factor) * symbol.Form[0]) + Tiny) * Wider;
            if (apart <= tolerance)
            {
                return symbol;
            }
        }

        (factor, apart) = (0, 0);
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

    // A new symbol for the unit with this form; its share of each input is read off the form.
    private void Name(Span<double> form, double lambda, double error)
    {
        var symbol = _symbols[_count++];
        Array.Clear(symbol.Form);
        form.CopyTo(symbol.Form);
        (symbol.Lambda, symbol.Error, symbol.Index, symbol.Pivot) = (lambda, error, _used++, Centre + 1);
        double total = 0;
        for (int j = 0; j < _dimension; j++)
        {
            double part = Math.Abs(form[Centre + 1 + j]);
            for (int s = Centre + 1 + _dimension; s < form.Length; s++)
            {
                part += Math.Abs(form[s]) * _symbols[s - Centre - 1 - _dimension].Share[j];
            }

            symbol.Share[j] = part;
            total += part;
            if (Math.Abs(form[Centre + 1 + j]) > Math.Abs(form[symbol.Pivot]))
            {
                symbol.Pivot = Centre + 1 + j;
            }
        }

        for (int j = 0; j < _dimension && total > 0; j++)
        {
            symbol.Share[j] /= total;
        }
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
        _slot = [];
        if (touched.Count == 0)
        {
            (C, R) = (layer.Bias[0], layer.IsInexact ? Math.Max(Math.Abs(layer.Bias[0]), layer.MagnitudeFloor) * 2 * U : 0);
            Array.Clear(A);
            return true;
        }

        var slot = _to.AsSpan(0, _used);
        _slot = slot.ToArray();
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
            double[] share = _symbols[s - Centre - 1 - _dimension].Share;
            for (int j = 0; j < _dimension; j++)
            {
                Share[j] += size * share[j];
            }
        }

        R = sum * Wider;
        double all = Math.Abs(C) + R + SumOfMagnitudes(A);
        return double.IsFinite(all);
    }

    private readonly record struct Unstable(int Row, double Inf, double Sup, double Reach);

    // The unit ρ(y) = λ y + μ + μ η, with y = Form; the same layout as a slot.
    private sealed class Symbol(int stride, int dimension)
    {
        public double[] Form { get; } = new double[stride];

        public double[] Share { get; } = new double[dimension];

        public double Lambda { get; set; }

        public double Error { get; set; }

        // Where slots keep the coefficient of η.
        public int Index { get; set; }

        // The input with the largest coefficient.
        public int Pivot { get; set; }
    }
}
