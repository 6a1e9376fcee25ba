using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   The attractor E of contractions S_i with S_i(K0) ⊂ K0 ⊂ [0, 1]^D, K0 a box or a simplex, lies in the
//             union of
//             the cells of Cover(n), and N_cov(E, r) ≤ max(1, (Δ/ρ_min)^d r^(−d)) where Σ ρ_i^d = 1. [math/02, 1.2,
//             1.3, 1.7]
// Idea        E is the union of S_w(E) over the words at which splitting stops; S_w(E) lies in the box of S_w(K0),
//             which exact arithmetic knows. Of words of the same weight ρ_w^d there are at most as many as make the sum
//             1.

/// <summary>The attractor of finitely many contractions with exact rational coefficients.</summary>
/// <remarks>
/// Where the maps are similarities, of the Euclidean norm or of a norm Σ g_d x_d² given as the metric, the dimension is
/// Moran's; else the ratios are Lipschitz constants and the dimension is an upper bound of the box dimension.
/// </remarks>
public sealed partial record SelfSimilarSet : CoveredSet
{
    private readonly Lazy<(Interval Dimension, Interval Constant)> _moran;

    private SelfSimilarSet(
        string name,
        ImmutableArray<AffineTransformation> maps,
        Box hull,
        ImmutableArray<ImmutableArray<BigRational>> corners,
        Ratios ratios)
        : base(name, hull.Dimension)
    {
        (Maps, Hull, Corners) = (maps, hull, corners);
        SquaredRatios = ratios.Squared;
        IsSimilar = ratios.AreSimilarities;
        _moran = new(() => Moran.Solve(ratios.Squared, ratios.SquaredDiameter));
        (Base, Digits) = GridType() ?? (0, []);
    }

    /// <summary>S_1, …, S_m.</summary>
    public ImmutableArray<AffineTransformation> Maps { get; }

    /// <summary>A box that contains K0 and hence E.</summary>
    public Box Hull { get; }

    /// <summary>The D + 1 corners of K0 where it is a simplex; empty where it is <see cref="Hull"/>.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Corners { get; }

    /// <summary>ρ_i², the squared contraction ratios.</summary>
    public ImmutableArray<BigRational> SquaredRatios { get; }

    /// <summary>
    /// Whether the ratios are those of similarities, so that <see cref="Dimension"/> is the similarity dimension.
    /// </summary>
    public bool IsSimilar { get; }

    /// <summary>b where E is the union of (E + t)/b over digits t; 0 where it is not.</summary>
    public int Base { get; }

    /// <summary>The digits t, each in {0, …, b − 1}^D, of a set with a base.</summary>
    public ImmutableArray<ImmutableArray<int>> Digits { get; }

    /// <inheritdoc/>
    public override int NaturalBase => Base > 0 ? Base
        : SquaredRatios.All(r => r == new BigRational(1, 9)) ? 3 // of the Koch curve
        : 2;

    /// <inheritdoc/>
    /// <remarks>Guarantee: enclosure of the solution of Moran's equation, a few ulps wide.</remarks>
    public override Interval Dimension => _moran.Value.Dimension;

    /// <inheritdoc/>
    public override Interval CoverConstant => _moran.Value.Constant;

    /// <summary>The set of the given contractions that map <paramref name="hull"/> into itself.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="maps">The contractions.</param>
    /// <param name="hull">K0, a box in [0, 1]^D; the cube where null.</param>
    /// <param name="metric">g with |x|² = Σ g_d x_d² a norm in which the maps are similarities; Euclidean where
    /// null.</param>
    /// <exception cref="ArgumentException">A map is no contraction, or leaves the box; the message has the
    /// numbers.</exception>
    public static SelfSimilarSet Create(
        string name,
        IReadOnlyList<AffineTransformation> maps,
        Box? hull = null,
        IReadOnlyList<BigRational>? metric = null)
    {
        int dimension = CheckMaps(name, maps);
        hull ??= Box.Unit(dimension);
        CheckHull(name, hull, dimension);
        var ratios = Ratios.Of(name, maps, hull, [], metric);
        for (int i = 0; i < maps.Count; i++)
        {
            var image = maps[i].Apply(hull);
            if (Enumerable.Range(0, dimension)
                .FirstOrDefault(d => image.Lower[d] < hull.Lower[d] || image.Upper[d] > hull.Upper[d], -1) is >= 0
                    and var d)
            {
                throw new ArgumentException(
                    $"{name}: map {i + 1} takes the box {hull} to {image}, which leaves it in coordinate {d + 1}; "
                    + "expected a box that every map takes into itself (or the corners of a simplex with that "
                        + "property).");
            }
        }

        return new(name, [.. maps], hull, [], ratios);
    }

    /// <summary>
    /// The set of the given contractions that map the simplex with the given D + 1 corners into itself.
    /// </summary>
    /// <exception cref="ArgumentException">A map is no contraction, or takes a corner out of the simplex; the message
    /// has the numbers.</exception>
    public static SelfSimilarSet Create(
        string name,
        IReadOnlyList<AffineTransformation> maps,
        IReadOnlyList<ImmutableArray<BigRational>> corners,
        IReadOnlyList<BigRational>? metric = null)
    {
        int dimension = CheckMaps(name, maps);
        if (corners.Count != dimension + 1 || corners.Any(c => c.Length != dimension))
        {
            throw new ArgumentException(
                $"{name}: {corners.Count} corners of {string.Join(", ", corners.Select(c => c.Length))} numbers; "
                + $"expected a simplex, {dimension + 1} corners of {dimension} numbers.");
        }

        var simplex = new SimplexSet(name, corners);
        var ratios = Ratios.Of(name, maps, simplex.Hull, corners, metric);
        for (int i = 0; i < maps.Count; i++)
        {
            foreach (var corner in corners)
            {
                var image = maps[i].Apply(corner);
                if (!simplex.Contains(image))
                {
                    throw new ArgumentException(
                        $"{name}: map {i + 1} takes the corner ({string.Join(", ", corner)}) to "
                            + $"({string.Join(", ", image)}), outside the simplex.");
                }
            }
        }

        CheckHull(name, simplex.Hull, dimension);
        return new(name, [.. maps], simplex.Hull, [.. corners], ratios);
    }

    /// <summary>E = union of (E + t)/b over the digits t.</summary>
    /// <exception cref="ArgumentException">b is below 2, or a digit is not in {0, …, b − 1}^D.</exception>
    public static SelfSimilarSet Grid(string name, int @base, IEnumerable<IReadOnlyList<int>> digits)
    {
        int[][] all = [.. digits.Select(t => t.ToArray())];
        return all.FirstOrDefault(t => @base < 2 || t.Any(j => j < 0 || j >= @base)) is { } wrong
            ? throw new ArgumentException(
                $"{name}: ({string.Join(", ", wrong)}) is no digit of base {@base}; "
                    + $"expected numbers in 0 … {@base - 1}.")
            : Create(name, [.. all.Select(t => AffineTransformation.Homothety(
                new BigRational(1, @base), [.. t.Select(j => new BigRational(j, @base))]))]);
    }

    /// <summary>Whether both are the attractor of the same maps.</summary>
    public bool Equals(SelfSimilarSet? other) =>
        other is not null && Name == other.Name && Maps.SequenceEqual(other.Maps);

    /// <inheritdoc/>
    public override int GetHashCode() => Maps.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    private (int Base, ImmutableArray<ImmutableArray<int>> Digits)? GridType()
    {
        var ratio = Maps[0].Rows[0][0];
        if (ratio.Sign <= 0 || !ratio.Numerator.IsOne || ratio.Denominator > int.MaxValue
            || !Hull.Equals(Box.Unit(AmbientDimension)))
        {
            return null;
        }

        int b = (int)ratio.Denominator;
        var digits = ImmutableArray.CreateBuilder<ImmutableArray<int>>(Maps.Length);
        foreach (var map in Maps)
        {
            BigRational[] t = [.. map.Translation.Select(x => x * b)];
            if (!map.Equals(AffineTransformation.Homothety(ratio, map.Translation)) || t.Any(x => !x.IsInteger))
            {
                return null;
            }

            digits.Add([.. t.Select(x => (int)x.Numerator)]);
        }

        return (b, digits.MoveToImmutable());
    }

    private static int CheckMaps(string name, IReadOnlyList<AffineTransformation> maps)
    {
        if (maps.Count == 0)
        {
            throw new ArgumentException($"{name}: there is no map; expected at least one.");
        }

        int dimension = maps[0].Dimension;
        if (maps.FirstOrDefault(m => m.Dimension != dimension) is { } other)
        {
            throw new ArgumentException($"{name}: one map is of R^{dimension}, another of R^{other.Dimension}.");
        }

        CellSet.CheckGrid(1, dimension);
        if (maps.Distinct().Count() != maps.Count)
        {
            throw new ArgumentException($"{name}: a map is given twice; expected different maps.");
        }

        return dimension;
    }

    private static void CheckHull(string name, Box hull, int dimension)
    {
        if (hull.Dimension != dimension)
        {
            throw new ArgumentException(
                $"{name}: the box {hull} has {hull.Dimension} sides, the maps are of R^{dimension}.");
        }

        if (hull.Lower.Any(x => x.Sign < 0) || hull.Upper.Any(x => x > BigRational.One))
        {
            throw new ArgumentException(
                $"{name}: {hull} is not inside [0,1]^{dimension}; scale and shift the set into the cube.");
        }
    }
}
