using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>A ReLU network A_L ∘ ρ ∘ … ∘ ρ ∘ A_1, an exact object: its entries are read as real numbers.</summary>
/// <remarks>Shape: A_i maps R^(Columns) to R^(Rows), and Columns of A_(i+1) is Rows of A_i. No ρ after A_L.</remarks>
public sealed partial record ReluNetwork
{
    private ExactNetwork? _exact;

    /// <summary>The network with the given layers.</summary>
    /// <exception cref="ArgumentException">There is no layer, or two neighbours do not fit each other.</exception>
    public ReluNetwork(ImmutableArray<Affine> layers)
    {
        if (layers.IsDefaultOrEmpty)
        {
            throw new ArgumentException(
                "A network without layers; expected at least one affine layer.", nameof(layers));
        }

        for (int i = 1; i < layers.Length; i++)
        {
            if (layers[i].Columns != layers[i - 1].Rows)
            {
                throw new ArgumentException(
                    $"Layer {i + 1} takes {layers[i].Columns} inputs; expected {layers[i - 1].Rows}, "
                        + $"as layer {i} has outputs.",
                    nameof(layers));
            }
        }

        Layers = layers;
    }

    /// <summary>The affine maps A_1, …, A_L.</summary>
    public ImmutableArray<Affine> Layers { get; }

    /// <summary>The network itself, as the kernel has it: what is proved is proved about it.</summary>
    public ExactNetwork Exact => _exact ??= new([.. Layers.Select(a => a.Exact)]);

    /// <summary>The kernel's network, with the nearest binary64 numbers of its entries.</summary>
    /// <exception cref="ArgumentException">An entry is beyond the binary64 range, or two layers do not fit.</exception>
    public static ReluNetwork Of(ExactNetwork exact) => new([.. exact.Layers.Select(Affine.Of)]);

    /// <summary>L, the number of affine layers; hidden layers number L − 1.</summary>
    public int Depth => Layers.Length;

    /// <summary>W, the number of non-zero weights and biases.</summary>
    public long Size => Layers.Sum(a => (long)a.Size);

    /// <summary>The most units in a hidden layer; 0 when there is none.</summary>
    public int Width => Layers.SkipLast(1).Select(a => a.Rows).DefaultIfEmpty(0).Max();

    /// <summary>B, the largest absolute value of a weight or bias.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public BigRational Magnitude => Layers.Select(a => a.Magnitude).Max();

    /// <summary>The number of inputs.</summary>
    public int InputDimension => Layers[0].Columns;

    /// <summary>The number of outputs.</summary>
    public int OutputDimension => Layers[^1].Rows;

    /// <summary>The network of one output alone, all hidden units kept.</summary>
    /// <param name="number">Which output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public ReluNetwork Output(int number) => (uint)number < (uint)OutputDimension
        ? OutputDimension == 1 ? this : new([.. Layers[..^1], Layers[^1].Row(number)])
        : throw new ArgumentOutOfRangeException(
            nameof(number), $"The network has {OutputDimension} outputs; expected a number below that.");

    /// <summary>Whether every weight and bias is a binary64 number.</summary>
    public bool IsBinary64 => Layers.All(a => a.IsBinary64);

    /// <summary>Whether both networks have the same layers.</summary>
    public bool Equals(ReluNetwork? other) => other is not null && Layers.AsSpan().SequenceEqual(other.Layers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Layers.Aggregate(Depth, HashCode.Combine);

    /// <summary>Depth, size, width and magnitude, for a reader.</summary>
    public override string ToString() =>
        $"R^{InputDimension} → R^{OutputDimension}, L = {Depth}, W = {Size}, width {Width}, B = {Magnitude}";
}
