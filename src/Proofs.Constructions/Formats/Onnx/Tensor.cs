using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

// A value of the graph: either known numbers, or functionals of the units of one layer. Entries are in row-major order.
internal abstract class Tensor
{
    private protected Tensor(int[] dims) => Dims = dims;

    public int[] Dims { get; }

    public abstract int Count { get; }

    /// <summary>The tensor of the given shape whose entry i is the entry source[i] of this one.</summary>
    public abstract Tensor Rearrange(int[] dims, int[] source);

    /// <summary>The same entries in another shape.</summary>
    public abstract Tensor Reshape(int[] dims);

    public override string ToString() => $"[{string.Join(", ", Dims)}]";
}

// Known numbers: floating point as read, or exact after arithmetic, or integers (shapes and indices).
internal sealed class Constant : Tensor
{
    private Constant(int[] dims, double[]? doubles, BigRational[]? exact, long[]? integers)
        : base(dims) => (Doubles, Exact, Integers) = (doubles, exact, integers);

    public double[]? Doubles { get; }

    public BigRational[]? Exact { get; }

    public long[]? Integers { get; }

    /// <summary>The format that the numbers have in the graph; null for integers, and where it is not known.</summary>
    public NumberFormat? Format { get; private init; }

    public override int Count => Doubles?.Length ?? Exact?.Length ?? Integers!.Length;

    public static Constant Of(int[] dims, double[] values, NumberFormat? format = null) =>
        new(dims, values, null, null) { Format = format };

    public static Constant Of(int[] dims, BigRational[] values, NumberFormat? format = null) =>
        new(dims, null, values, null) { Format = format };

    public static Constant Of(int[] dims, long[] values) => new(dims, null, null, values);

    public BigRational At(int i) =>
        Doubles is { } d ? Weights.Exact(d[i]) : Exact is { } e ? e[i] : Integers![i];

    public bool IsZeroAt(int i) => Doubles is { } d ? d[i] == 0 : At(i).IsZero;

    public override Tensor Reshape(int[] dims) => new Constant(dims, Doubles, Exact, Integers) { Format = Format };

    public override Tensor Rearrange(int[] dims, int[] source) =>
        Doubles is { } d ? Of(dims, Array.ConvertAll(source, i => d[i]), Format)
        : Exact is { } e ? Of(dims, Array.ConvertAll(source, i => e[i]), Format)
        : Of(dims, Array.ConvertAll(source, i => Integers![i]));
}

// Functionals of the units of layer Layer; layer 0 are the inputs, layer i the outputs of the i-th hidden layer.
internal sealed class Activations(int[] dims, int layer, ComputedRow[] rows) : Tensor(dims)
{
    public int Layer { get; } = layer;

    public ComputedRow[] Rows { get; } = rows;

    public override int Count => Rows.Length;

    public override Tensor Reshape(int[] dims) => new Activations(dims, Layer, Rows);

    public override Tensor Rearrange(int[] dims, int[] source) =>
        new Activations(dims, Layer, Array.ConvertAll(source, i => Rows[i]));
}
