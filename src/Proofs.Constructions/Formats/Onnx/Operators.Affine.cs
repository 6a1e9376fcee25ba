using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

// Affine operators, composed exactly. A product of two computed tensors is no affine map and is refused.
internal sealed partial class Operators
{
    private Tensor Relu(OnnxNode node)
    {
        var x = Real(node, node.Input(0));
        return x is Activations activations
            ? _layering.Relu(activations)
            : Map(node, (Constant)x, v => BigRational.Max(v, BigRational.Zero));
    }

    private Tensor Gemm(OnnxNode node)
    {
        Tensor a = Real(node, node.Input(0)), b = Real(node, node.Input(1));
        if (a.Dims.Length != 2 || b.Dims.Length != 2)
        {
            throw node.Error($"expected two matrices, found shapes {a} and {b}");
        }

        bool isATransposed = node.Integer("transA", 0) != 0, isBTransposed = node.Integer("transB", 0) != 0;
        var (m, n) = isATransposed ? (a.Dims[1], a.Dims[0]) : (a.Dims[0], a.Dims[1]);
        var (p, q) = isBTransposed ? (b.Dims[1], b.Dims[0]) : (b.Dims[0], b.Dims[1]);
        if (n != p)
        {
            throw node.Error($"expected matrices that fit, found {m} x {n} times {p} x {q}");
        }

        var alpha = Factor(node, "alpha");
        (a, b) = a is Constant ? (Scale(node, a, alpha), b) : (a, Scale(node, b, alpha));
        var product = Product(
            node, [m, q], n,
            new(a, Broadcast.Strided([m, q], [isATransposed ? 1 : n, 0], 0), isATransposed ? m : 1),
            new(b, Broadcast.Strided([m, q], [0, isBTransposed ? n : 1], 0), isBTransposed ? 1 : q));
        if (node.OptionalInput(2) is not { } c)
        {
            return product;
        }

        if (Broadcast.Shape(c.Dims, product.Dims) is not { Length: 2 } shape || shape[0] != m || shape[1] != q)
        {
            throw node.Error($"expected an input C that broadcasts to [{m}, {q}], found the shape {c}");
        }

        return Add(node, product, Scale(node, c, Factor(node, "beta")), subtract: false);
    }

    private Tensor MatMul(OnnxNode node, Tensor left, Tensor right)
    {
        Tensor a = Real(node, left), b = Real(node, right);
        if (a.Dims.Length == 0 || b.Dims.Length == 0)
        {
            throw node.Error($"expected vectors or matrices, found shapes {a} and {b}");
        }

        // a vector is a row on the left and a column on the right, and that axis goes again
        int[] x = a.Dims.Length == 1 ? [1, a.Dims[0]] : a.Dims, y = b.Dims.Length == 1 ? [b.Dims[0], 1] : b.Dims;
        int n = x[^1], q = y[^1];
        int[]? batch = Broadcast.Shape(x.AsSpan(..^2), y.AsSpan(..^2));
        if (n != y[^2] || batch is null)
        {
            throw node.Error($"expected matrices that fit, found shapes {a} and {b}");
        }

        int[] dims = [.. batch, x[^2], q];
        node.Entries(dims, WorkLimit.Entry);
        int[] aStarts = Broadcast.Indices([.. x[..^1], 1], dims), bStarts = Broadcast.Indices([.. y[..^2], 1, q], dims);
        var product = Product(
            node, dims, n, new(a, Array.ConvertAll(aStarts, i => i * n), 1), new(b, BatchStarts(bStarts, n, q), q));
        int[] shape =
            [.. batch, .. a.Dims.Length == 1 ? [] : new[] { x[^2] }, .. b.Dims.Length == 1 ? [] : new[] { q }];
        return product.Reshape(shape);

        // the index counts (batch, column) pairs; a batch takes n · q entries
        static int[] BatchStarts(int[] starts, int n, int q) =>
            Array.ConvertAll(starts, i => (i / q * n * q) + (i % q));
    }

    private Tensor Multiply(OnnxNode node)
    {
        Tensor a = Real(node, node.Input(0)), b = Real(node, node.Input(1));
        return (a, b) switch
        {
            (_, Constant c) => Times(node, a, c, c.At),
            (Constant c, _) => Times(node, b, c, c.At),
            _ => throw node.Error("expected a constant factor; a product of two computed tensors is no affine map"),
        };
    }

    private Tensor Divide(OnnxNode node)
    {
        Tensor a = Real(node, node.Input(0));
        return Real(node, node.Input(1)) is Constant c
            ? Times(node, a, c,
                i => c.IsZeroAt(i) ? throw node.Error("expected a divisor other than 0") : c.At(i).Reciprocal())
            : throw node.Error("expected a constant divisor; a quotient of two computed tensors is no affine map");
    }

    private Tensor Scale(OnnxNode node, Tensor x, BigRational factor) =>
        factor == BigRational.One ? x : Times(node, Real(node, x), x, _ => factor);

    // The entries of x times factors, which are indexed like the entries of a tensor of the shape of `shaped`.
    private Tensor Times(OnnxNode node, Tensor x, Tensor shaped, Func<int, BigRational> factor)
    {
        int[] dims = CommonShape(node, x, shaped);
        int count = node.Entries(dims, WorkLimit.Row);
        int[] at = Broadcast.Indices(x.Dims, dims), by = Broadcast.Indices(shaped.Dims, dims);
        if (x is Constant c)
        {
            var values = new BigRational[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = Checked(node, c.At(at[i]) * factor(by[i]));
            }

            return Constant.Of(dims, values);
        }

        var activations = (Activations)x;
        var rows = new ComputedRow[count];
        for (int i = 0; i < count; i++)
        {
            _sum.Add(factor(by[i]), activations.Rows[at[i]]);
            rows[i] = _sum.Take();
        }

        return new Activations(dims, activations.Layer, rows);
    }

    private Tensor Add(OnnxNode node, Tensor left, Tensor right, bool subtract)
    {
        Tensor a = Real(node, left), b = Real(node, right);
        int[] dims = CommonShape(node, a, b);
        int count = node.Entries(dims, WorkLimit.Row);
        int[] i = Broadcast.Indices(a.Dims, dims), j = Broadcast.Indices(b.Dims, dims);
        BigRational sign = subtract ? -1 : 1;
        switch (a, b)
        {
            case (Constant c, Constant d):
                return Constant.Of(
                    dims, [.. Enumerable.Range(0, count).Select(k => Checked(node, c.At(i[k]) + (sign * d.At(j[k]))))]);
            case (Activations x, Constant d):
                return new Activations(
                    dims, x.Layer, [.. Enumerable.Range(0, count).Select(k => x.Rows[i[k]].Plus(sign * d.At(j[k])))]);
            case (Constant c, Activations y):
                return Rows(y.Layer, k =>
                {
                    _sum.Add(sign, y.Rows[j[k]]);
                    _sum.Add(c.At(i[k]));
                });
            default:
                int layer = Math.Max(((Activations)a).Layer, ((Activations)b).Layer);
                Activations p = _layering.Carry((Activations)a, layer), q = _layering.Carry((Activations)b, layer);
                return Rows(layer, k =>
                {
                    _sum.Add(BigRational.One, p.Rows[i[k]]);
                    _sum.Add(sign, q.Rows[j[k]]);
                });
        }

        Activations Rows(int layer, Action<int> add) => new(dims, layer, [.. Enumerable.Range(0, count).Select(k =>
        {
            add(k);
            return _sum.Take();
        })]);
    }

    private static Constant Map(OnnxNode node, Constant x, Func<BigRational, BigRational> f)
    {
        int count = node.Entries(x.Dims, WorkLimit.Row);
        return Constant.Of(x.Dims, [.. Enumerable.Range(0, count).Select(i => f(x.At(i)))]);
    }

    internal static int[] CommonShape(OnnxNode node, Tensor a, Tensor b) => Broadcast.Shape(a.Dims, b.Dims)
        ?? throw node.Error($"expected shapes that broadcast to a common one, found {a} and {b}");

    private static Tensor Real(OnnxNode node, Tensor x) => x is Constant { Integers: not null }
        ? throw node.Error("expected floating-point numbers, found integers")
        : x;

    private static BigRational Factor(OnnxNode node, string name) =>
        node.Float(name, 1) is var value && float.IsFinite(value)
            ? Weights.Exact(value)
            : throw node.Error($"expected a finite {name}");

    // Repeated squaring of constants would grow without bound.
    private static BigRational Checked(OnnxNode node, BigRational value)
    {
        node.Work.ChargeBits(ComputedRow.BitsOf(value));
        return value;
    }
}
