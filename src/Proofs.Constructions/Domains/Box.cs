using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Domains;

/// <summary>A box Π [Lower_i, Upper_i] with exact rational ends.</summary>
public sealed partial record Box
{
    /// <summary>The box with the given ends.</summary>
    /// <exception cref="ArgumentException">The counts differ, or a lower end exceeds its upper end.</exception>
    public Box(ImmutableArray<BigRational> lower, ImmutableArray<BigRational> upper)
    {
        if (lower.Length != upper.Length)
        {
            throw new ArgumentException(
                $"The box has {lower.Length} lower and {upper.Length} upper ends; expected as many.");
        }

        for (int i = 0; i < lower.Length; i++)
        {
            if (lower[i] > upper[i])
            {
                throw new ArgumentException(
                    $"Side {i + 1} of the box is [{lower[i]}, {upper[i]}]; expected lower ≤ upper.");
            }
        }

        (Lower, Upper) = (lower, upper);
    }

    /// <summary>The lower ends.</summary>
    public ImmutableArray<BigRational> Lower { get; }

    /// <summary>The upper ends.</summary>
    public ImmutableArray<BigRational> Upper { get; }

    /// <summary>The number of sides.</summary>
    public int Dimension => Lower.Length;

    /// <summary>[0, 1]^<paramref name="dimension"/>.</summary>
    public static Box Unit(int dimension) => Cube(dimension, 0, 1);

    /// <summary>[<paramref name="lower"/>, <paramref name="upper"/>]^<paramref name="dimension"/>.</summary>
    public static Box Cube(int dimension, BigRational lower, BigRational upper) =>
        new([.. Enumerable.Repeat(lower, dimension)], [.. Enumerable.Repeat(upper, dimension)]);

    /// <summary>Whether a point of as many coordinates lies in the box.</summary>
    public bool Contains(IReadOnlyList<BigRational> point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Enumerable.Range(0, point.Count).All(j => Lower[j] <= point[j] && point[j] <= Upper[j]);
    }

    /// <summary>Whether the boxes have the same ends.</summary>
    public bool Equals(Box? other) =>
        other is not null && Lower.SequenceEqual(other.Lower) && Upper.SequenceEqual(other.Upper);

    /// <inheritdoc/>
    public override int GetHashCode() => Lower.Concat(Upper).Aggregate(Dimension, HashCode.Combine);

    /// <summary>
    /// The box as a product of sides, <c>[0,1]x[-1,2]</c>, or <c>[0,1]^3</c> where all sides are equal.
    /// </summary>
    public override string ToString()
    {
        string[] sides = [.. Lower.Zip(Upper, (a, b) => $"[{a},{b}]")];
        return sides.Length > 1 && sides.Distinct().Count() == 1
            ? $"{sides[0]}^{sides.Length}"
            : string.Join("x", sides);
    }
}
