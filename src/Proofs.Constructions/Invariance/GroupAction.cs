using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Invariance;

/// <summary>A generator of a group: an orthogonal matrix with rational entries.</summary>
/// <param name="Name">Cycles, or where the generator was read.</param>
/// <param name="Map">x ↦ g x, with bias 0.</param>
public sealed record Generator(string Name, AffineMap Map)
{
    /// <summary>g x, exactly.</summary>
    public BigRational[] Apply(IReadOnlyList<BigRational> x) => Map.Apply(x);

    /// <summary>Whether g permutes coordinates and changes signs, and does nothing else.</summary>
    public bool IsMonomial =>
        Map.Rows.All(r => r.Weights is [var only] && BigRational.Abs(only.Value) == BigRational.One);

    /// <summary>Whether g is the identity.</summary>
    public bool IsIdentity => Enumerable.Range(0, Map.Count).All(k =>
        Map.Rows[k].Weights is [var only] && only.Index == k && only.Value == BigRational.One);

    /// <summary>Whether g is that map.</summary>
    public bool IsSame(AffineMap map) => map.Count == Map.Count
        && Map.Rows.AsSpan().SequenceEqual(map.Rows.AsSpan());

    /// <summary>Whether g maps the box into itself.</summary>
    public bool Preserves(Box box) => Enumerable.Range(0, Map.Count).All(k =>
    {
        var (low, high) = (BigRational.Zero, BigRational.Zero);
        foreach (var (j, value) in Map.Rows[k].Weights)
        {
            var (a, b) = (value * box.Lower[j], value * box.Upper[j]);
            (low, high) = (low + BigRational.Min(a, b), high + BigRational.Max(a, b));
        }

        return box.Lower[k] <= low && high <= box.Upper[k];
    });
}

/// <summary>A finite group of orthogonal matrices on R^Dimension, by generators.</summary>
/// <param name="Name">As it was asked for.</param>
/// <param name="Dimension">The number of coordinates.</param>
/// <param name="Generators">Elements that generate the group; none for the trivial group.</param>
/// <param name="Order">The number of elements; null where they were too many to list.</param>
public sealed record GroupAction(string Name, int Dimension, ImmutableArray<Generator> Generators, BigInteger? Order)
{
    /// <summary>For a group that permutes points: where each generator sends each point, from 0.</summary>
    internal ImmutableArray<ImmutableArray<int>> Points { get; init; } = [];

    /// <summary>
    /// The action on the outputs of an equivariant network: the same permutation of points with any number of features
    /// each, or the same matrices.
    /// </summary>
    /// <returns>Null where the outputs are no multiple of the points, or not as many as the inputs.</returns>
    public GroupAction? OnOutputs(int outputs)
    {
        if (outputs == Dimension)
        {
            return this;
        }

        int points = Points.IsDefaultOrEmpty ? 0 : Points[0].Length;
        return points > 0 && outputs % points == 0 ? OfPermutations(Name, Points, outputs / points, Order) : null;
    }

    /// <summary>
    /// The group that permutes points with <paramref name="features"/> coordinates each, rows of a row-major array.
    /// </summary>
    internal static GroupAction OfPermutations(
        string name, ImmutableArray<ImmutableArray<int>> points, int features, BigInteger? order) => new(
            name,
            points[0].Length * features,
            [.. points.Select(image => new Generator(Permutation.Cycles(image), Permutation.Matrix(image, features)))],
            order)
        {
            Points = points,
        };
}
