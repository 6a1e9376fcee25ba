using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

// The layers that grow while a graph is read. A Relu puts its rows into the layer after the one they read; a value that
// skips layers is carried, as ρ(t) where t ≥ 0 and as ρ(t) − ρ(−t) elsewhere.
internal class Layering(int inputs, WorkLimit work)
{
    private readonly List<Affine.Builder> _layers = [];
    private readonly Dictionary<(Activations Value, int Layer), Activations> _carried = [];

    public Activations Inputs(int[] dims) => new(dims, 0, [.. Enumerable.Range(0, inputs).Select(ComputedRow.OfUnit)]);

    public virtual Activations Relu(Activations x)
    {
        var layer = LayerAfter(x.Layer);
        return new(
            x.Dims, x.Layer + 1, Array.ConvertAll(x.Rows, row => ComputedRow.OfUnit(Rho(layer, row, negated: false))));
    }

    /// <summary>The same value as functionals of a later layer.</summary>
    public virtual Activations Carry(Activations x, int layer)
    {
        if (x.Layer >= layer)
        {
            return x;
        }

        if (_carried.TryGetValue((x, layer), out var known))
        {
            return known;
        }

        var at = x;
        while (at.Layer < layer)
        {
            at = CarryOne(at);
            _carried.TryAdd((x, at.Layer), at);
        }

        return at;
    }

    public ReluNetwork Build(Tensor output)
    {
        int depth = output is Activations x ? x.Layer : 0;
        var last = new Affine.Builder();
        for (int i = 0; i < output.Count; i++)
        {
            work.Charge(WorkLimit.Entry);
            var row = output is Activations y ? y.Rows[i] : ComputedRow.OfConstant(((Constant)output).At(i));
            row.WriteTo(last, negated: false);
        }

        var layers = ImmutableArray.CreateBuilder<Affine>(depth + 1);
        int columns = inputs;
        foreach (var layer in _layers.Take(depth).Append(last))
        {
            layers.Add(layer.Build(columns));
            columns = layer.Rows;
        }

        return new ReluNetwork(layers.MoveToImmutable());
    }

    private Activations CarryOne(Activations x)
    {
        var layer = LayerAfter(x.Layer);
        var rows = new ComputedRow[x.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = x.Rows[i];
            if (row.Units.Length == 0)
            {
                rows[i] = row;
            }
            else if (x.Layer > 0 && row.IsNonNegative)
            {
                rows[i] = ComputedRow.OfUnit(Rho(layer, row, negated: false));
            }
            else
            {
                int positive = Rho(layer, row, negated: false), negative = Rho(layer, row, negated: true);
                rows[i] = ComputedRow.Of([positive, negative], [1.0, -1.0], BigRational.Zero);
            }
        }

        return new(x.Dims, x.Layer + 1, rows);
    }

    private int Rho(Affine.Builder layer, ComputedRow row, bool negated)
    {
        work.Charge(row.Units.Length + WorkLimit.Row);
        row.WriteTo(layer, negated);
        return layer.Rows - 1;
    }

    private Affine.Builder LayerAfter(int layer)
    {
        while (_layers.Count <= layer)
        {
            _layers.Add(new Affine.Builder());
        }

        return _layers[layer];
    }
}
