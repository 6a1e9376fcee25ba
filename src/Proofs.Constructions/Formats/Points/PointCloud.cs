using System.Globalization;
namespace Proofs.Constructions.Formats.Points;

/// <summary>Points of R^D as binary64 numbers, one after another.</summary>
/// <remarks>Shape: point i is <c>Values[i * Dimension … (i + 1) * Dimension)</c>. All values are finite.</remarks>
public sealed class PointCloud
{
    private readonly double[] _values;

    /// <summary>The cloud of the given values, which it takes over.</summary>
    /// <exception cref="ArgumentException">The values are no whole number of points, or one is not finite.</exception>
    public PointCloud(int dimension, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length % dimension != 0)
        {
            throw new ArgumentException(
                $"{values.Length} values make no whole number of points with {dimension} coordinates.");
        }

        int wrong = Array.FindIndex(values, v => !double.IsFinite(v));
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Coordinate {(wrong % dimension) + 1} of point {(wrong / dimension) + 1} is {values[wrong]}; "
                    + $"expected finite numbers."));
        }

        (Dimension, _values) = (dimension, values);
    }

    /// <summary>D, the number of coordinates.</summary>
    public int Dimension { get; }

    /// <summary>n, the number of points.</summary>
    public int Count => _values.Length / Dimension;

    /// <summary>All coordinates, point by point.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The coordinates of a point.</summary>
    public ReadOnlySpan<double> this[int point] => _values.AsSpan(point * Dimension, Dimension);

    /// <summary>The points of the given numbers.</summary>
    public PointCloud Select(IReadOnlyList<int> points)
    {
        double[] values = new double[points.Count * Dimension];
        for (int i = 0; i < points.Count; i++)
        {
            this[points[i]].CopyTo(values.AsSpan(i * Dimension));
        }

        return new(Dimension, values);
    }

    /// <summary>Each point once, in the order in which they come first.</summary>
    public PointCloud Distinct()
    {
        var seen = new HashSet<int>(new ByCoordinates(this));
        int[] kept = [.. Enumerable.Range(0, Count).Where(seen.Add)];
        return kept.Length == Count ? this : Select(kept);
    }

    // 0 and −0 are one coordinate.
    private sealed class ByCoordinates(PointCloud cloud) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => cloud[x].SequenceEqual(cloud[y]);

        public int GetHashCode(int point)
        {
            var hash = default(HashCode);
            foreach (double v in cloud[point])
            {
                hash.Add(v + 0.0);
            }

            return hash.ToHashCode();
        }
    }
}
