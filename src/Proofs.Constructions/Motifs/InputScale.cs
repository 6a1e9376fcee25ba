using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

/// <summary>The map x_j ↦ (x_j − l_j)/w_j of a box onto [0, 1]^D, merged into the first layer of a network.</summary>
/// <remarks>
/// It costs one bias where l_j ≠ 0 for each unit of the first layer that had none. Source: math/04, 4.2.
/// </remarks>
/// <param name="Lower">The l_j.</param>
/// <param name="Width">The w_j > 0.</param>
public sealed record InputScale(ImmutableArray<BigRational> Lower, ImmutableArray<BigRational> Width)
{
    /// <summary>The scale that leaves [0, 1]^D as it is.</summary>
    public static InputScale Unit(int dimension) => new(
        [.. Enumerable.Repeat(BigRational.Zero, dimension)], [.. Enumerable.Repeat(BigRational.One, dimension)]);

    /// <summary>The box that is mapped onto the cube.</summary>
    public Box Box => new(Lower, [.. Lower.Zip(Width, (l, w) => l + w)]);

    /// <summary>The inputs of a network under construction, scaled.</summary>
    public ImmutableArray<Functional> Apply(NetworkBuilder net) =>
        [.. net.Inputs.Select((x, j) => (x - Lower[j]) / Width[j])];

    /// <summary>A point of the box as one of the cube.</summary>
    public ImmutableArray<BigRational> Apply(IReadOnlyList<BigRational> point) =>
        [.. point.Select((x, j) => (x - Lower[j]) / Width[j])];

    /// <summary>Whether both scale alike.</summary>
    public bool Equals(InputScale? other) =>
        other is not null && Lower.SequenceEqual(other.Lower) && Width.SequenceEqual(other.Width);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lower.Length, Lower.FirstOrDefault(), Width.FirstOrDefault());
}
