using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   The part of p + span(v_1, …, v_d) in [0, 1]^D needs at most (d + 1)^d r^(−d) cubes of side r in (0, 1],
//             or
//             2^d r^(−d) where d coordinates are free and the others constant.                       [math/02, Lemma 4]
// Idea        Over the d coordinates with the largest minor the plane is a graph whose slopes are at most 1 by Cramer's
//             rule: while a slope is larger, its coordinate takes the place of the other, and the minor grows.

/// <summary>The part of an affine subspace in the unit cube.</summary>
/// <remarks>Guarantee: covers, slopes and constants are exact.</remarks>
public sealed record AffinePiece : CoveredSet
{
    private readonly int[] _free;                 // the coordinates that parametrise the piece
    private readonly BigRational[][] _slopes;     // x_i = _origin_i + Σ_j _slopes_ij x_(free j)
    private readonly BigRational[] _origin;

    /// <summary>The part in the cube of the plane through a point with the given directions.</summary>
    /// <exception cref="ArgumentException">The counts differ, the directions are dependent, or the plane misses the
    /// cube.</exception>
    public AffinePiece(
        string name, ImmutableArray<BigRational> point, ImmutableArray<ImmutableArray<BigRational>> directions)
        : base(name, point.Length)
    {
        CellSet.CheckGrid(1, point.Length);
        if (directions.FirstOrDefault(v => v.Length != point.Length) is { IsDefault: false } odd)
        {
            throw new ArgumentException(
                $"{name}: the point has {point.Length} numbers, a direction {odd.Length}; expected as many.");
        }

        (Point, Directions) = (point, directions);
        (_free, _slopes) = Graph(name, point.Length, directions);
        _origin = [
            .. point.Select((p, i) => _slopes[i].Zip(_free, (s, j) => s * point[j]).Aggregate(p, (sum, t) => sum - t))];
        if (Parts(1).All(_ => false))
        {
            throw new ArgumentException(
                $"{name}: the plane through ({string.Join(", ", point)}) does not meet [0,1]^{point.Length}; "
                    + "scale and shift it into the cube.");
        }
    }

    /// <summary>A point of the plane.</summary>
    public ImmutableArray<BigRational> Point { get; }

    /// <summary>Independent directions v_1, …, v_d of the plane.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Directions { get; }

    /// <inheritdoc/>
    public override Interval Dimension => Interval.Point(Directions.Length);

    /// <inheritdoc/>
    public override Interval CoverConstant =>
        Interval.Enclose(BigRational.Pow(IsCoordinatePlane ? 2 : Directions.Length + 1, Directions.Length));

    private bool IsCoordinatePlane =>
        Enumerable.Range(0, AmbientDimension).Except(_free).All(i => _slopes[i].All(s => s.IsZero));

    /// <inheritdoc/>
    public override CellSet Cover(int n)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        var cells = new CellCollector(n, AmbientDimension, Name);
        foreach (var part in Parts(Directions.Length <= 2 ? 2L * n : n))
        {
            cells.AddMeeting(part);
        }

        return cells.ToCells();
    }

    /// <summary>Whether both are the same part of the same plane, given in the same way.</summary>
    public bool Equals(AffinePiece? other) =>
        other is not null && Name == other.Name && Point.SequenceEqual(other.Point)
        && Directions.Length == other.Directions.Length
        && Directions.Zip(other.Directions).All(v => v.First.SequenceEqual(v.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Point.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    // Boxes that cover the piece: over parameter cubes of side 1/steps the other coordinates have exact ranges. Cubes
    // over which one of them leaves [0, 1] are left out with all their parts.
    private IEnumerable<Box> Parts(long steps)
    {
        var open = new Stack<(long From, long To)[]>([[.. _free.Select(_ => (0L, steps))]]);
        while (open.TryPop(out var cube))
        {
            if (Over(cube, steps) is not { } box)
            {
                continue;
            }

            int longest = cube.Length == 0
                ? -1
                : Enumerable.Range(0, cube.Length).MaxBy(j => cube[j].To - cube[j].From);
            if (longest < 0 || cube[longest].To - cube[longest].From == 1)
            {
                yield return box;
                continue;
            }

            long middle = (cube[longest].From + cube[longest].To) / 2;
            foreach (var half in new[] { (cube[longest].From, middle), (middle, cube[longest].To) })
            {
                var part = cube.ToArray();
                part[longest] = half;
                open.Push(part);
            }
        }
    }

    private Box? Over((long From, long To)[] cube, long steps)
    {
        var lower = new BigRational[AmbientDimension];
        var upper = new BigRational[AmbientDimension];
        for (int i = 0; i < AmbientDimension; i++)
        {
            var (low, high) = (_origin[i], _origin[i]);
            for (int j = 0; j < cube.Length; j++)
            {
                var s = _slopes[i][j];
                low += s * new BigRational(s.Sign >= 0 ? cube[j].From : cube[j].To, steps);
                high += s * new BigRational(s.Sign >= 0 ? cube[j].To : cube[j].From, steps);
            }

            if (high.Sign < 0 || low > BigRational.One)
            {
                return null;
            }

            (lower[i], upper[i]) = (BigRational.Max(low, BigRational.Zero), BigRational.Min(high, BigRational.One));
        }

        return new([.. lower], [.. upper]);
    }

    // The directions in other coordinates of the plane: those of the free coordinates become the unit vectors.
    private static (int[] Free, BigRational[][] Slopes) Graph(
        string name, int dimension, ImmutableArray<ImmutableArray<BigRational>> directions)
    {
        int d = directions.Length;
        var rows = Enumerable.Range(0, dimension).Select(i => directions.Select(v => v[i]).ToArray()).ToArray();
        int[] free = new int[d];
        for (int j = 0; j < d; j++)
        {
            int pivot = Array.FindIndex(rows, r => !r[j].IsZero && !free.AsSpan(0, j).Contains(Array.IndexOf(rows, r)));
            Exchange(j, pivot >= 0 ? pivot : throw new ArgumentException(
                $"{name}: the {d} directions are linearly dependent; expected independent ones."));
        }

        while (Enumerable.Range(0, dimension)
            .FirstOrDefault(i => rows[i].Any(s => BigRational.Abs(s) > BigRational.One), -1) is >= 0 and var i)
        {
            Exchange(Array.FindIndex(rows[i], s => BigRational.Abs(s) > BigRational.One), i);
        }

        return (free, rows);

        // column operations that make row i the j-th unit vector
        void Exchange(int j, int i)
        {
            free[j] = i;
            BigRational[] pivot = [.. rows[i]];
            foreach (var row in rows)
            {
                var factor = row[j] / pivot[j];
                for (int k = 0; k < d; k++)
                {
                    row[k] = k == j ? factor : row[k] - (factor * pivot[k]);
                }
            }
        }
    }
}
