using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>Finitely many points of the cube, or the closed cubes of one radius around them.</summary>
/// <remarks>
/// Points have dimension 0 and need at most one cube each. J cubes of side 2R have the dimension D and need at most J
/// (2R + 1)^D r^(−D) cubes of side r in (0, 1]. Where the points are a sample of a set, a claim on their cells says
/// nothing about the set between them.
/// </remarks>
public sealed record PointSet : CoveredSet
{
    /// <summary>The points, each with the cube of the given radius around it.</summary>
    /// <exception cref="ArgumentException">There is no point, or one is outside the cube; the message has its
    /// number.</exception>
    public PointSet(string name, ImmutableArray<ImmutableArray<BigRational>> points, BigRational radius)
        : base(name,
            points.IsEmpty
                ? throw new ArgumentException($"{name}: there is no point; expected at least one.")
                : points[0].Length)
    {
        CellSet.CheckGrid(1, AmbientDimension);
        if (radius.Sign < 0)
        {
            throw new ArgumentException($"{name}: the radius is {radius}; expected at least 0.");
        }

        for (int i = 0; i < points.Length; i++)
        {
            if (points[i].Length != AmbientDimension)
            {
                throw new ArgumentException(
                    $"{name}: point {i + 1} has {points[i].Length} coordinates, the first {AmbientDimension}; "
                        + "expected as many.");
            }

            for (int d = 0; d < AmbientDimension; d++)
            {
                if (points[i][d].Sign < 0 || points[i][d] > BigRational.One)
                {
                    throw new ArgumentException(
                        $"{name}: coordinate {d + 1} of point {i + 1} is {points[i][d].ToDecimalRoundedDown(8)}; "
                            + "expected a number in [0, 1] (scale and shift the points).");
                }
            }
        }

        (Points, Radius) = (points, radius);
    }

    /// <summary>The points.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Points { get; }

    /// <summary>Half the side of the cube around a point.</summary>
    public BigRational Radius { get; }

    /// <inheritdoc/>
    public override Interval Dimension => Interval.Point(Radius.IsZero ? 0 : AmbientDimension);

    /// <inheritdoc/>
    public override Interval CoverConstant => Interval.Enclose(
        Points.Length * (Radius.IsZero ? BigRational.One : BigRational.Pow((2 * Radius) + 1, AmbientDimension)));

    /// <inheritdoc/>
    public override CellSet Cover(int n)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        var cells = new CellCollector(n, AmbientDimension, Name);
        foreach (var point in Points)
        {
            cells.AddMeeting(new Box(
                [.. point.Select(x => BigRational.Max(x - Radius, BigRational.Zero))],
                [.. point.Select(x => BigRational.Min(x + Radius, BigRational.One))]));
        }

        return cells.ToCells();
    }

    /// <summary>Whether both are the same points with the same radius.</summary>
    public bool Equals(PointSet? other) => other is not null && (Name, Radius) == (other.Name, other.Radius)
        && Points.Length == other.Points.Length && Points.Zip(other.Points).All(p => p.First.SequenceEqual(p.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Points.Length, Radius);
}
