using System.Collections.Immutable;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>Sets by name.</summary>
/// <remarks>Source: math/02, 1.2 to 1.4.</remarks>
public static class Sets
{
    private const int MostCoordinates = 10;

    /// <summary>The names <see cref="Find"/> knows; D stands for a number of coordinates.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "cantorD", "carpet", "circle", "fourcorner", "gasket", "koch", "menger", "moment", "parabola", "plane",
        "simplexD",
        "tetrahedron", "twoscale", "twoscale2", "vicsek",
    ];

    /// <summary>The gasket, right-angled.</summary>
    public static SelfSimilarSet Gasket { get; } = Simplex(2, "gasket");

    /// <summary>The tetrahedron.</summary>
    public static SelfSimilarSet Tetrahedron { get; } = Simplex(3, "tetrahedron");

    /// <summary>The Sierpinski carpet.</summary>
    public static SelfSimilarSet Carpet { get; } =
        SelfSimilarSet.Grid("carpet", 3, Digits(3, 2).Where(t => t[0] != 1 || t[1] != 1));

    /// <summary>The Vicsek set: corners and centre.</summary>
    public static SelfSimilarSet Vicsek { get; } =
        SelfSimilarSet.Grid("vicsek", 3, [[0, 0], [2, 0], [1, 1], [0, 2], [2, 2]]);

    /// <summary>The Menger sponge.</summary>
    public static SelfSimilarSet Menger { get; } =
        SelfSimilarSet.Grid("menger", 3, Digits(3, 3).Where(t => t.Count(j => j == 1) <= 1));

    /// <summary>The four-corner set, of dimension 1.</summary>
    public static SelfSimilarSet FourCorner { get; } =
        SelfSimilarSet.Grid("fourcorner", 4, [[0, 0], [0, 3], [3, 0], [3, 3]]);

    /// <summary>The Koch curve with y replaced by √3 y, so that its maps are rational.</summary>
    public static SelfSimilarSet Koch { get; } = (SelfSimilarSet)SetText.Parse(
        "koch",
        """
        map 1/3 : 0 0
        map 1/6 -1/6 ; 1/2 1/6 : 1/3 0
        map 1/6 1/6 ; -1/2 1/6 : 1/2 1/2
        map 1/3 : 2/3 0
        hull 0 0 , 1 0 , 1/2 1/2
        metric 1 1/3
        """);

    /// <summary>x/2 and x/4 + 3/4 on the line.</summary>
    public static SelfSimilarSet TwoScale { get; } =
        (SelfSimilarSet)SetText.Parse("twoscale", "map 1/2 : 0\nmap 1/4 : 3/4");

    /// <summary>A set of two scales and dimension 1 in the plane.</summary>
    public static SelfSimilarSet TwoScalePlane { get; } =
        (SelfSimilarSet)SetText.Parse("twoscale2", "map 1/2 : 0 0\nmap 1/4 : 3/4 0\nmap 1/4 : 0 3/4");

    /// <summary>The product of <paramref name="dimension"/> Cantor sets.</summary>
    public static SelfSimilarSet CantorDust(int dimension) =>
        SelfSimilarSet.Grid($"cantor{dimension}", 3, Digits(3, dimension).Where(t => !t.Contains(1)));

    /// <summary>The simplex set: digits 0, e_1, …, e_D in base 2.</summary>
    public static SelfSimilarSet Simplex(int dimension) => Simplex(dimension, $"simplex{dimension}");

    /// <summary>The set called <paramref name="name"/>, or null where there is none.</summary>
    public static CoveredSet? Find(string name) => name switch
    {
        "carpet" => Carpet,
        "circle" => ParametrizedSet.Circle,
        "fourcorner" => FourCorner,
        "gasket" => Gasket,
        "koch" => Koch,
        "menger" => Menger,
        "moment" => ParametrizedSet.Moment,
        "parabola" => ParametrizedSet.Parabola,
        "plane" => ParametrizedSet.Plane,
        "tetrahedron" => Tetrahedron,
        "twoscale" => TwoScale,
        "twoscale2" => TwoScalePlane,
        "vicsek" => Vicsek,
        "cantor" => CantorDust(1),
        _ => Numbered(name, "cantor", CantorDust) ?? Numbered(name, "simplex", Simplex),
    };

    private static SelfSimilarSet? Numbered(string name, string prefix, Func<int, SelfSimilarSet> set) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && BigRational.TryParse(name[prefix.Length..]) is { IsInteger: true } d && d >= 1 && d <= MostCoordinates
            ? set((int)d.Numerator)
            : null;

    private static SelfSimilarSet Simplex(int dimension, string name) => SelfSimilarSet.Grid(
        name, 2, Enumerable.Range(0, dimension + 1)
            .Select(k => Enumerable.Range(1, dimension).Select(d => d == k ? 1 : 0).ToArray()));

    private static IEnumerable<int[]> Digits(int @base, int dimension) => KuhnInterpolant.Nodes(dimension, @base - 1);
}
