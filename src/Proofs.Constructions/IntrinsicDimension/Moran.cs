using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

// The contraction ratios of maps, squared so that they stay rational, and Δ² with (sup diameter of S_w(K0)) ≤ Δ ρ_w.
internal sealed record Ratios(ImmutableArray<BigRational> Squared, BigRational SquaredDiameter, bool AreSimilarities)
{
    public static Ratios Of(
        string name, IReadOnlyList<AffineTransformation> maps, Box hull,
        IReadOnlyList<ImmutableArray<BigRational>> corners, IReadOnlyList<BigRational>? metric)
    {
        int dimension = hull.Dimension;
        if (metric is not null && (metric.Count != dimension || metric.Any(g => g.Sign <= 0)))
        {
            throw new ArgumentException(
                $"{name}: the metric is {string.Join(", ", metric)}; expected {dimension} positive numbers.");
        }

        BigRational[] g = [.. metric ?? Enumerable.Repeat(BigRational.One, dimension)];
        BigRational?[] similar = [.. maps.Select(m => m.SquaredRatio(g))];
        bool similarities = similar.All(r => r is not null);
        if (metric is not null && !similarities)
        {
            throw new ArgumentException(
                $"{name}: map {Array.IndexOf(similar, null) + 1} is no similarity in the norm with squared "
                    + $"weights {string.Join(", ", g)}.");
        }

        // a multiple of a signed permutation has its ratio in the sup norm as well, whose diameter is the smaller
        bool sup = maps.All(m => m.Rows.All(r => r.Count(a => !a.IsZero) <= 1));
        var sides = Enumerable.Range(0, dimension).Select(d => hull.Upper[d] - hull.Lower[d]).ToArray();
        var supDiameter = sides.Max();
        var ratios = new Ratios(
            [.. maps.Select((m, i) => similarities ? similar[i]!.Value : m.SupNorm * m.SupNorm)],
            similarities && !(sup && metric is null)
                ? SquaredDiameterOf(sides, corners, g) / g.Min()
                : supDiameter * supDiameter,
            similarities);
        for (int i = 0; i < maps.Count; i++)
        {
            if (ratios.Squared[i] >= BigRational.One)
            {
                throw new ArgumentException(similarities
                    ? $"{name}: map {i + 1} multiplies lengths by the root of {ratios.Squared[i]}; "
                        + "expected a contraction, below 1."
                    : $"{name}: map {i + 1} has the Lipschitz constant {maps[i].SupNorm} in the sup norm; "
                        + "expected a contraction, below 1.");
            }

            if (ratios.Squared[i].IsZero)
            {
                throw new ArgumentException(
                    $"{name}: map {i + 1} is constant; expected a contraction whose ratio is above 0.");
            }
        }

        return ratios;
    }

    // The squared diameter in the norm of the metric: of a simplex its longest edge, of a box its diagonal.
    private static BigRational SquaredDiameterOf(
        BigRational[] sides, IReadOnlyList<ImmutableArray<BigRational>> corners, BigRational[] g)
    {
        BigRational Squared(IEnumerable<BigRational> x) =>
            x.Zip(g).Aggregate(BigRational.Zero, (s, v) => s + (v.Second * v.First * v.First));
        return corners.Count == 0
            ? Squared(sides)
            : corners.SelectMany(a => corners.Select(b => Squared(a.Zip(b, (p, q) => p - q)))).Max();
    }
}

// Moran's equation Σ ρ_i^d = 1, and C = max(1, (Δ/ρ_min)^d).
internal static class Moran
{
    public static (Interval Dimension, Interval Constant) Solve(
        ImmutableArray<BigRational> squared, BigRational squaredDiameter)
    {
        var d = Dimension(squared);
        var smallest = squared.Min();
        var c = Interval.Pow(Interval.Enclose(squaredDiameter / smallest), d / Interval.Point(2));
        return (d, Interval.Max(Interval.One, c));
    }

    private static Interval Dimension(ImmutableArray<BigRational> squared)
    {
        if (squared.Length == 1)
        {
            return Interval.Zero;
        }

        if (squared.All(r => r == squared[0]))
        {
            // a power of both numbers is one number: log m/log b is rational, such as log 4/log 2
            var two = Interval.Point(2);
            var quotient = two * Interval.Log(Interval.Enclose((BigRational)squared.Length))
                / Interval.Log(Interval.Enclose(squared[0].Reciprocal()));
            return RationalLogarithm(squared.Length, squared[0].Reciprocal()) is { } exact
                ? Interval.Enclose(exact)
                : quotient;
        }

        var groups = squared.GroupBy(r => r)
            .Select(r => (Ratio: Interval.Enclose(r.Key), Count: Interval.Point(r.Count()))).ToArray();
        Interval Excess(double d) => groups.Aggregate(
            -Interval.One, (s, r) => s + (r.Count * Interval.Pow(r.Ratio, Interval.Point(d) / Interval.Point(2))));

        // the sum decreases in d: above 1 at 0, below 1 far out
        double low = 0, high = 1;
        while (Excess(high).Sup >= 0)
        {
            low = Excess(high).Inf > 0 ? high : low;
            high *= 2;
        }

        for (int side = 0; side < 2; side++)
        {
            // the largest d known to lie below, then the smallest known to lie above
            double from = low, to = high;
            for (int i = 0; i < 200; i++)
            {
                double middle = Interval.Between(from, to).Midpoint;
                if (middle <= from || middle >= to)
                {
                    break;
                }

                var value = Excess(middle);
                if (side == 0 ? value.Inf > 0 : value.Sup >= 0)
                {
                    from = middle;
                }
                else
                {
                    to = middle;
                }
            }

            (low, high) = side == 0 ? (from, high) : (low, to);
        }

        return Interval.Between(low, high);
    }

    // 2 log m/log x where it is a fraction of small numbers: x^p = m^(2q).
    private static BigRational? RationalLogarithm(int m, BigRational x)
    {
        for (int q = 1; q <= 4; q++)
        {
            var power = BigRational.Pow(m, 2 * q);
            var product = x;
            for (int p = 1; product <= power; p++, product *= x)
            {
                if (product == power)
                {
                    return new BigRational(p, q);
                }
            }
        }

        return null;
    }
}

// A simplex with exact corners: which points it contains, by their barycentric coordinates.
internal sealed class SimplexSet
{
    private readonly BigRational[][] _corners;

    public SimplexSet(string name, IReadOnlyList<ImmutableArray<BigRational>> corners)
    {
        _corners = [.. corners.Select(c => c.ToArray())];
        int dimension = _corners[0].Length;
        Hull = new(
            [.. Enumerable.Range(0, dimension).Select(d => _corners.Min(c => c[d]))],
            [.. Enumerable.Range(0, dimension).Select(d => _corners.Max(c => c[d]))]);
        if (Coordinates(_corners[0]) is null)
        {
            throw new ArgumentException(
                $"{name}: the corners {string.Join("; ", _corners.Select(c => $"({string.Join(", ", c)})"))} lie in a "
                    + "plane; expected a simplex.");
        }
    }

    public Box Hull { get; }

    public bool Contains(BigRational[] x) => Coordinates(x)!.All(c => c.Sign >= 0);

    // Solves Σ λ_k corner_k = x, Σ λ_k = 1 exactly; null where the corners are dependent.
    private BigRational[]? Coordinates(BigRational[] x)
    {
        int size = _corners.Length;
        var a = new BigRational[size, size + 1];
        for (int k = 0; k < size; k++)
        {
            for (int d = 0; d < size - 1; d++)
            {
                a[d, k] = _corners[k][d];
            }

            a[size - 1, k] = 1;
        }

        for (int d = 0; d < size; d++)
        {
            a[d, size] = d < size - 1 ? x[d] : 1;
        }

        for (int column = 0; column < size; column++)
        {
            int pivot = Enumerable.Range(column, size - column).FirstOrDefault(r => !a[r, column].IsZero, -1);
            if (pivot < 0)
            {
                return null;
            }

            for (int c = 0; c <= size; c++)
            {
                (a[column, c], a[pivot, c]) = (a[pivot, c], a[column, c]);
            }

            for (int r = 0; r < size; r++)
            {
                if (r != column && !a[r, column].IsZero)
                {
                    var factor = a[r, column] / a[column, column];
                    for (int c = column; c <= size; c++)
                    {
                        a[r, c] -= factor * a[column, c];
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(r => a[r, size] / a[r, r])];
    }
}
