using System.Collections.Frozen;
using System.Numerics;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

// What the operators of a graph compute in floating-point arithmetic. Every operator is named here, one way or the
// other: one that is not, computes nothing that is known, and the graph is refused. Shapes were checked when the graph
// was read as a real function.
internal sealed class ExecutedOperators(Operators operators, ExecutedLayering layering, NumberFormat format)
{
    // operators that move numbers; they compute nothing
    private static readonly FrozenSet<string> Moves = FrozenSet.Create(
        "Concat", "Constant", "Dropout", "Flatten", "Gather", "Identity", "Reshape", "Shape", "Slice", "Split",
        "Squeeze", "Transpose", "Unsqueeze");

    /// <summary>Whether a constant was computed that differs from its real value.</summary>
    public bool RoundsConstants { get; private set; }

    public Tensor[] Evaluate(OnnxNode node)
    {
        CheckFormats(node);
        return node.Operator switch
        {
            "Add" => [Add(node, isDifference: false)],
            "Sub" => [Add(node, isDifference: true)],
            "Mul" => [Multiply(node)],
            "Div" => [Divide(node)],
            "Neg" => [Negate(node.Input(0))],
            "Relu" => [node.Input(0) is Constant c ? Rectified(c) : layering.Relu((Activations)node.Input(0))],
            "MatMul" or "Gemm" => [Product(node)],
            _ when Moves.Contains(node.Operator) => operators.Evaluate(node),
            _ => throw Refused(node, "what it computes in floating-point arithmetic is not modelled"),
        };
    }

    private static NetworkFormatException Refused(OnnxNode node, string why) =>
        node.Error($"no execution is known: {why}; take --semantics real");

    private void CheckFormats(OnnxNode node)
    {
        int count = node.Operator == "Dropout" ? 1 : node.InputCount; // its ratio and its mode have types of their own
        if (node.Inputs.Take(count).Any(t => t is Constant { Integers: null } c && c.Format != format))
        {
            throw Refused(node, $"a constant is no {format} number, as the graph's input is");
        }
    }

    private Tensor Add(OnnxNode node, bool isDifference)
    {
        Tensor a = node.Input(0), b = node.Input(1);
        int[] dims = Operators.CommonShape(node, a, b);
        int count = node.Entries(dims, WorkLimit.Row);
        int[] i = Broadcast.Indices(a.Dims, dims), j = Broadcast.Indices(b.Dims, dims);
        BigRational sign = isDifference ? -1 : 1;
        switch (a, b)
        {
            case (Constant c, Constant d):
                return Rounded(node, dims, count, k => c.At(i[k]) + (sign * d.At(j[k])));
            case (Activations x, Constant d):
                x = Array.TrueForAll(x.Rows, TakesBias) ? x : layering.Settle(x);
                return Rows(x.Layer, k => WithBias(x.Rows[i[k]], sign * d.At(j[k])));
            case (Constant c, Activations y):
                y = !isDifference && Array.TrueForAll(y.Rows, TakesBias)
                    ? y
                    : layering.Settle(isDifference ? Negate(y) : y);
                return Rows(y.Layer, k => WithBias(y.Rows[j[k]], c.At(i[k])));
            default:
                Activations left = layering.Settle((Activations)a),
                    right = layering.Settle(isDifference ? Negate((Activations)b) : (Activations)b);
                int layer = Math.Max(left.Layer, right.Layer);
                (left, right) = (layering.Carry(left, layer), layering.Carry(right, layer));
                return Rows(layer, k => Sum(left.Rows[i[k]], right.Rows[j[k]]));
        }

        Activations Rows(int layer, Func<int, ComputedRow> row) =>
            new(dims, layer, [.. Enumerable.Range(0, count).Select(row)]);
    }

    // A sum of products that waits for its bias: adding that at last is one of the orders of the whole sum.
    private static bool TakesBias(ComputedRow row) =>
        row.Rounding is { IsExact: false, IsOperation: false, Factor: 1 } && row.Constant.IsZero;

    private ComputedRow WithBias(ComputedRow row, BigRational bias) => bias.IsZero ? row
        : TakesBias(row) ? row.Plus(bias).Computed(RowRounding.Sum(row.Units.Length, true, false, format))
        : row.Plus(bias).Computed(RowRounding.Operation);

    // ±u ± v, or with constants; u − u is 0, exactly. So is u + u = 2u, but it may
    // overflow: later rows must not absorb it.
    private static ComputedRow Sum(ComputedRow a, ComputedRow b)
    {
        BigRational constant = a.Constant + b.Constant;
        if (a.Units.Length == 0 || b.Units.Length == 0)
        {
            var row = a.Units.Length == 0 ? b : a;
            row = row.Plus(constant - row.Constant);
            return a.Constant.IsZero && a.Units.Length == 0 ? b
                : b.Constant.IsZero && b.Units.Length == 0 ? a
                : row.Computed(RowRounding.Operation);
        }

        int u = a.Units[0], v = b.Units[0];
        if (u != v)
        {
            BigRational[] coefficients = u < v ? [a.At(0), b.At(0)] : [b.At(0), a.At(0)];
            return ComputedRow.Of([Math.Min(u, v), Math.Max(u, v)], coefficients, BigRational.Zero)
                .Computed(RowRounding.Operation);
        }

        var both = a.At(0) + b.At(0);
        return both.IsZero ? ComputedRow.OfConstant(both)
            : ComputedRow.Of([u], [both], BigRational.Zero).Computed(RowRounding.Operation);
    }

    private static Constant Rectified(Constant c) =>
        Constant.Of(
            c.Dims, [.. Enumerable.Range(0, c.Count).Select(i => BigRational.Max(c.At(i), BigRational.Zero))],
            c.Format);

    private Tensor Multiply(OnnxNode node)
    {
        Tensor a = node.Input(0), b = node.Input(1);
        return (a, b) switch
        {
            (_, Constant c) => Times(node, a, c, c.At),
            _ => Times(node, b, (Constant)a, ((Constant)a).At),
        };
    }

    private Tensor Divide(OnnxNode node)
    {
        var c = (Constant)node.Input(1);
        return Times(node, node.Input(0), c, i => c.At(i).Reciprocal());
    }

    private Tensor Negate(Tensor x)
    {
        if (x is Constant c)
        {
            return Constant.Of(c.Dims, [.. Enumerable.Range(0, c.Count).Select(i => -c.At(i))], c.Format);
        }

        return Negate((Activations)x);
    }

    private Activations Negate(Activations x)
    {
        x = layering.Settle(x);
        return new(x.Dims, x.Layer, Array.ConvertAll(x.Rows, row => Multiple(row, -1)));
    }

    // One rounded product or quotient an entry.
    private Tensor Times(OnnxNode node, Tensor x, Constant shaped, Func<int, BigRational> factor)
    {
        int[] dims = Operators.CommonShape(node, x, shaped);
        int count = node.Entries(dims, WorkLimit.Row);
        int[] at = Broadcast.Indices(x.Dims, dims), by = Broadcast.Indices(shaped.Dims, dims);
        if (x is Constant c)
        {
            return Rounded(node, dims, count, k => c.At(at[k]) * factor(by[k]));
        }

        var settled = layering.Settle((Activations)x);
        return new Activations(dims, settled.Layer, [.. Enumerable.Range(0, count).Select(k =>
        {
            var by1 = factor(by[k]);
            var row = Multiple(settled.Rows[at[k]], by1);
            return by1.IsZero || BigRational.Abs(by1) == BigRational.One ? row : row.Computed(RowRounding.Operation);
        })]);
    }

    private static ComputedRow Multiple(ComputedRow row, BigRational factor)
    {
        if (factor.IsZero || row.Units.Length == 0)
        {
            return ComputedRow.OfConstant(factor * row.Constant);
        }

        BigRational[] coefficients = [.. Enumerable.Range(0, row.Units.Length).Select(k => factor * row.At(k))];
        return ComputedRow.Of(row.Units, coefficients, factor * row.Constant);
    }

    // MatMul and Gemm: each entry is one sum of products, and a bias.
    private Tensor Product(OnnxNode node)
    {
        bool isGemm = node.Operator == "Gemm";
        float alpha = isGemm ? node.Float("alpha", 1) : 1, beta = isGemm ? node.Float("beta", 1) : 1;
        if (node.Inputs.Length > 2 && node.Inputs[2] is Activations)
        {
            throw Refused(node, "its input C is computed");
        }

        if (node.Inputs.Take(2).All(t => t is Constant))
        {
            return ProductOfConstants(node, alpha, beta);
        }

        var inputs = node.Inputs;
        for (int k = 0; k < 2; k++)
        {
            if (inputs[k] is Activations x)
            {
                x = layering.Separate(x);
                inputs = inputs.SetItem(k, alpha == 1 ? x : Scaled(node, x, alpha));
            }
        }

        node.Inputs = inputs;
        var product = (Activations)operators.Evaluate(node)[0];
        return new Activations(
            product.Dims, product.Layer, Array.ConvertAll(product.Rows, row => Computed(node, row, alpha, beta)));
    }

    private ComputedRow Computed(OnnxNode node, ComputedRow row, float alpha, float beta)
    {
        bool hasBias = !row.Constant.IsZero;
        bool isPlain = alpha == 1
            && Enumerable.Range(0, row.Units.Length).All(k => BigRational.Abs(row.At(k)) == BigRational.One);
        if (alpha != 1)
        {
            row = Unscaled(node, row, alpha);
        }

        var rounding = RowRounding.Sum(row.Units.Length, hasBias, isPlain, format);
        rounding = alpha != 1 && row.Units.Length > 0 ? rounding.WithFactor(alpha) : rounding;
        return row.Computed(hasBias && beta != 1 ? rounding.WithScaledBias() : rounding);
    }

    // α x without rounding, as operands of sums: the sum is then Σ w (α x), and may multiply by α where it likes.
    private Activations Scaled(OnnxNode node, Activations x, float alpha)
    {
        if (format != NumberFormat.Binary32)
        {
            throw Refused(node, $"its alpha is not 1, in {format}");
        }

        return layering.Compute(
            new Activations(x.Dims, x.Layer, Array.ConvertAll(x.Rows, row => Multiple(row, Weights.Exact(alpha)))));
    }

    // α w must be a normal number, or α may not be multiplied into w.
    private ComputedRow Unscaled(OnnxNode node, ComputedRow row, float alpha)
    {
        var factor = Weights.Exact(alpha);
        var least = BigRational.PowerOfTwo(format.LeastNormalExponent);
        var most = BigRational.PowerOfTwo(format.EndExponent - 1);
        var coefficients = new BigRational[row.Units.Length];
        for (int k = 0; k < coefficients.Length; k++)
        {
            var size = BigRational.Abs(row.At(k));
            coefficients[k] = size >= least && size <= most
                ? row.At(k) / factor
                : throw Refused(node, "its alpha times an entry of a matrix underflows or overflows");
        }

        return ComputedRow.Of(row.Units, coefficients, row.Constant);
    }

    // The sums are exact in any order where all products are multiples of one power of two and none of them large.
    private Constant ProductOfConstants(OnnxNode node, float alpha, float beta)
    {
        Constant[] factors = [.. node.Inputs.OfType<Constant>()];
        var exact = (Constant)operators.Evaluate(node)[0];
        node.Inputs = [.. factors.Select(Magnitudes)];
        var sizes = (Constant)operators.Evaluate(node)[0];
        int grid = Grid(factors[0]) + Grid(factors[1]);
        grid = factors.Length > 2 ? Math.Min(grid, Grid(factors[2])) : grid;
        var most = BigRational.PowerOfTwo(grid + format.Precision);
        bool isExact = alpha == 1 && beta == 1 && grid >= format.LeastExponent
            && most < BigRational.PowerOfTwo(format.EndExponent)
            && Enumerable.Range(0, sizes.Count).All(i => sizes.At(i) <= most);
        return isExact
            ? Constant.Of(exact.Dims, [.. Enumerable.Range(0, exact.Count).Select(exact.At)], format)
            : throw Refused(node, "it multiplies constants, and rounding depends on the order of its sums");

        static Constant Magnitudes(Constant c) =>
            Constant.Of(c.Dims, [.. Enumerable.Range(0, c.Count).Select(i => BigRational.Abs(c.At(i)))], c.Format);

        // the largest e for which all entries are multiples of 2^e; entries of a graph are dyadic
        static int Grid(Constant c) => Enumerable.Range(0, c.Count).Select(c.At).Where(v => !v.IsZero)
            .Select(v => (int)TrailingZeros(v.Numerator) - (int)(v.Denominator.GetBitLength() - 1)).DefaultIfEmpty(0)
            .Min();

        static BigInteger TrailingZeros(BigInteger n) => BigInteger.TrailingZeroCount(n);
    }

    private Constant Rounded(OnnxNode node, int[] dims, int count, Func<int, BigRational> exact)
    {
        var values = new BigRational[count];
        for (int k = 0; k < count; k++)
        {
            var value = exact(k);
            values[k] = format.Nearest(value) ?? throw Refused(node, "a constant that it computes overflows");
            RoundsConstants |= values[k] != value;
        }

        return Constant.Of(dims, values, format);
    }
}
