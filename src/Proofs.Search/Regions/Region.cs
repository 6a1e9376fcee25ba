using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;

namespace Proofs.Search.Regions;

/// <summary>Where a function is certified: a union of boxes, or the points of one at which a condition holds.</summary>
public sealed record Region
{
    private Region(ImmutableArray<Box> boxes, Condition? where) => (Boxes, Where) = (boxes, where);

    /// <summary>The boxes, which may overlap.</summary>
    public ImmutableArray<Box> Boxes { get; }

    /// <summary>The condition on the points of the boxes, in the inputs' names; null where all of them count.</summary>
    public Condition? Where { get; }

    /// <summary>The number of inputs.</summary>
    public int Dimension => Boxes[0].Dimension;

    /// <summary>The region that is one box.</summary>
    public static Region Of(Box box) => new([box], null);

    /// <summary>The union of boxes, or the domain they lie in where there are none.</summary>
    public static Region Of(Box domain, ImmutableArray<Box> boxes) =>
        boxes.IsDefaultOrEmpty ? Of(domain) : Union(boxes);

    /// <summary>The union of boxes.</summary>
    /// <exception cref="ArgumentException">There is no box, or two have different dimensions.</exception>
    public static Region Union(IReadOnlyList<Box> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return boxes.Count > 0 && boxes.All(b => b.Dimension == boxes[0].Dimension)
            ? new([.. boxes], null)
            : throw new ArgumentException(
                $"A region is a union of boxes of one dimension; got {string.Join(", ", boxes)}.");
    }

    /// <summary>
    /// Reads a box as <see cref="Box.Parse"/> does, <c>[0,1]^2</c> or <c>[0,1]x[-1,2]</c>, or several joined by
    /// <c>or</c>.
    /// </summary>
    /// <exception cref="FormatException">A box is none; the message says what was expected, and at which
    /// column.</exception>
    /// <exception cref="ArgumentException">Two boxes have different dimensions.</exception>
    public static Region Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Union([.. text.Split(" or ", StringSplitOptions.TrimEntries).Select(Box.Parse)]);
    }

    /// <summary>The points of this region at which <paramref name="condition"/> holds as well.</summary>
    public Region WithWhere(Condition condition) =>
        new(Boxes, Where is null ? condition : new Condition.All(Where, condition));

    /// <summary>All points of the boxes.</summary>
    public Region WithoutWhere() => new(Boxes, null);

    /// <summary>Whether both have the same boxes and the same condition.</summary>
    public bool Equals(Region? other) =>
        other is not null && Boxes.SequenceEqual(other.Boxes) && Equals(Where, other.Where);

    /// <inheritdoc/>
    public override int GetHashCode() => Boxes.Aggregate(Where?.GetHashCode() ?? 0, HashCode.Combine);

    /// <summary>The region as <see cref="Parse"/> reads it, and its condition after <c>where</c>.</summary>
    public override string ToString() =>
        string.Join(" or ", Boxes) + (Where is null ? "" : $" where {Where}");

    /// <summary>
    /// The region in a few words: its boxes where they are few, else their number and the box around them.
    /// </summary>
    public string Summary()
    {
        const int Few = 8;
        if (Boxes.Length <= Few)
        {
            return ToString();
        }

        var around = new Box(
            [.. Enumerable.Range(0, Dimension).Select(j => Boxes.Select(b => b.Lower[j]).Min())],
            [.. Enumerable.Range(0, Dimension).Select(j => Boxes.Select(b => b.Upper[j]).Max())]);
        return $"{Boxes.Length} boxes in {around}" + (Where is null ? "" : $" where {Where}");
    }
}
