using static Proofs.Search.Relaxations.Networks.FormArithmetic;
using static Proofs.Search.Relaxations.Networks.FormLayout;

namespace Proofs.Search.Relaxations.Networks;

// Encloses a network on a box by affine forms  x_k = c + Σ_j a_j ε_j + Σ_s b_s η_s ± r,  ε, η in [−1, 1]: one ε for
// each input, one η for each unstable unit that is kept. Everything is computed in binary64 to nearest; r collects the
// rounding errors by the a-priori bound of docs/certifier.md, so the enclosure is rigorous. One pass object serves one
// thread.
internal sealed class NetworkPass
{
    private const int UsualSymbols = 32;
    private readonly FormLayout _layout;
    private readonly int _dimension;
    private readonly int _stride;
    private readonly KinkSymbols _symbols;
    private readonly ReluRelaxation _relaxation;
    private readonly List<List<int>> _active = [];
    private double[] _output = []; // the output's form, empty where it is constant
    private double[] _from = []; // the forms of the layer before, one after another
    private double[] _to = []; // those of the layer at hand
    private int[] _stamp = []; // the epoch in which a unit was last touched
    private int _epoch;

    public NetworkPass(int dimension, int symbols = UsualSymbols)
    {
        _layout = new FormLayout(dimension, symbols);
        (_dimension, _stride) = (dimension, _layout.Stride);
        _symbols = new KinkSymbols(_layout);
        _relaxation = new ReluRelaxation(_stride, _symbols);
        A = new double[dimension];
        Share = new double[dimension];
    }

    // The output: C + Σ A_j ε_j ± R, where R includes all η; Share[j] is the part of R that splitting input j works on.
    public double C { get; private set; }

    public double[] A { get; }

    public double R { get; private set; }

    public double[] Share { get; }

    // The units of a layer that are not 0 on the box.
    public List<int> Active(int layer) => _active[layer];

    // The pieces into which the leading kinks cut the box; none where no symbol moves the output by more than `least`.
    public List<Case> Cases(double least) => new KinkCases(_layout, _symbols, _output).Of(least);

    // Whether the pass gave a finite enclosure; where not, nothing is known of the network on this box.
    public bool Run(CompiledNetwork network, double[] middle, double[] half)
    {
        while (_active.Count < network.Layers.Length)
        {
            _active.Add([]);
        }

        _symbols.Clear();
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

            if (!_relaxation.Apply(network.Layers[l + 1], _to, touched))
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
            var slot = _from.AsSpan(j * _stride, _symbols.Used);
            slot.Clear();
            slot[Centre] = middle[j];
            slot[FirstInput + j] = half[j];
            slot[Magnitude] = (Math.Abs(middle[j]) + half[j]) * Wider;
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
        int used = _symbols.Used;
        int count = active?.Count ?? layer.Columns;
        for (int n = 0; n < count; n++)
        {
            int k = active is null ? n : active[n];
            var source = _from.AsSpan(k * _stride, used);
            for (int e = layer.Start[k]; e < layer.Start[k + 1]; e++)
            {
                int i = layer.Row[e];
                var target = _to.AsSpan(i * _stride, used);
                if (_stamp[i] != _epoch)
                {
                    Begin(i, layer.Bias[i], floor, target, touched);
                }

                double w = layer.Weight[e], size = Math.Abs(w);
                target[Radius] += size * source[Radius];
                target[Magnitude] += Math.Max(size, floor) * source[Magnitude];
                AddMultiple(w, source[Centre..], target[Centre..]);
            }
        }

        foreach (int i in layer.Positive)
        {
            if (_stamp[i] != _epoch)
            {
                Begin(i, layer.Bias[i], floor, _to.AsSpan(i * _stride, used), touched);
            }
        }

        // The a-priori error: Terms roundings on the way to each coefficient, and the rounding of the entries.
        double g = (layer.Terms + 4) * U, tiny = layer.Terms * Tiny;
        foreach (int i in touched)
        {
            var target = _to.AsSpan(i * _stride, FirstInput);
            double r = target[Radius], m = target[Magnitude];
            target[Radius] = ((r + (g * m)) * (1 + (2 * g))) + tiny;
        }
    }

    private void Begin(int row, double bias, double floor, Span<double> target, List<int> touched)
    {
        _stamp[row] = _epoch;
        touched.Add(row);
        target.Clear();
        target[Centre] = bias;
        target[Magnitude] = bias == 0 ? 0 : Math.Max(Math.Abs(bias), floor);
    }

    private bool Output(NetworkLayer layer, List<int> touched)
    {
        Array.Clear(Share);
        _output = [];
        if (touched.Count == 0)
        {
            (C, R) = (
                layer.Bias[0], layer.IsInexact ? Math.Max(Math.Abs(layer.Bias[0]), layer.MagnitudeFloor) * 2 * U : 0);
            Array.Clear(A);
            return true;
        }

        var slot = _to.AsSpan(0, _symbols.Used);
        _output = slot.ToArray();
        C = slot[Centre];
        double sum = slot[Radius];
        for (int j = 0; j < _dimension; j++)
        {
            A[j] = slot[FirstInput + j];
        }

        for (int s = _layout.FirstSymbol; s < _symbols.Used; s++)
        {
            double size = Math.Abs(slot[s]);
            sum += size;
            double[] share = _symbols[s - _layout.FirstSymbol].Share;
            for (int j = 0; j < _dimension; j++)
            {
                Share[j] += size * share[j];
            }
        }

        R = sum * Wider;
        double all = Math.Abs(C) + R + SumOfMagnitudes(A);
        return double.IsFinite(all);
    }
}
