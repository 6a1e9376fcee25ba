using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Hypersurfaces;

/// <summary>One side of a region: the points below (sign +1) or above (sign −1) the surface x_d = h.</summary>
/// <param name="Coordinate">d, counted from 1.</param>
/// <param name="Sign">+1 for x_d ≤ h, −1 for x_d ≥ h.</param>
/// <param name="Surface">h, a formula in the other coordinates, called by their own names.</param>
public sealed record RegionSide(int Coordinate, int Sign, Expr Surface)
{
    /// <summary>The side as a condition, <c>x2 &lt;= 1/2 + x1/4</c>.</summary>
    public Condition Condition => new Condition.Comparison(
        Expr.Variable($"x{Coordinate}"), Sign > 0 ? RelationKind.LessOrEqual : RelationKind.GreaterOrEqual, Surface);
}

/// <summary>A smooth function on a region.</summary>
/// <param name="Value">f_k, a formula in x1, …, xD.</param>
/// <param name="Sides">The sides whose intersection is the region R_k.</param>
public sealed record RegionPiece(Expr Value, ImmutableArray<RegionSide> Sides)
{
    /// <summary>The region as a condition.</summary>
    public Condition Condition => Sides.Select(s => s.Condition).Aggregate((a, b) => new Condition.All(a, b));

    /// <summary>Whether both have the same value and sides.</summary>
    public bool Equals(RegionPiece? other) =>
        other is not null && ReferenceEquals(Value, other.Value) && Sides.SequenceEqual(other.Sides);

    /// <inheritdoc/>
    public override int GetHashCode() => Sides.Aggregate(Value.GetHashCode(), HashCode.Combine);
}

/// <summary>A function f = Σ_k f_k 1_(R_k) that is smooth except across surfaces.</summary>
public sealed record HypersurfaceFunction
{
    private HypersurfaceFunction(
        HypersurfaceClass @class, ImmutableArray<RegionPiece> pieces, bool disjoint,
        ImmutableArray<SideCondition> conditions) =>
        (Class, Pieces, IsDisjoint, Conditions) = (@class, pieces, disjoint, conditions);

    /// <summary>The class F(α, β, D, M, K, J) it was checked against.</summary>
    public HypersurfaceClass Class { get; }

    /// <summary>The pieces, in the order of the sum.</summary>
    public ImmutableArray<RegionPiece> Pieces { get; }

    /// <summary>Whether the regions are taken to meet in a null set only, shown or assumed.</summary>
    public bool IsDisjoint { get; }

    /// <summary>What is known about the membership of the parts in their classes.</summary>
    public ImmutableArray<SideCondition> Conditions { get; }

    /// <summary>The function as a formula in x1, …, xD.</summary>
    public Expr Target => Expr.Sum(Pieces.Select(p => Expr.If(p.Condition, p.Value, Expr.Zero)));

    /// <summary>The function with the given pieces, checked as far as it can be.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="alpha">α, the smoothness of the surfaces.</param>
    /// <param name="beta">β, the smoothness on the pieces.</param>
    /// <param name="m">M, the bound of functions and surfaces.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="assumeDisjoint">Whether the caller answers for the regions being disjoint; it is used where it is
    /// not shown.</param>
    /// <exception cref="ArgumentException">A part is shown to be outside its class, is no formula in its variables, or
    /// regions assumed disjoint meet.</exception>
    public static HypersurfaceFunction Create(
        int dimension,
        BigRational alpha,
        BigRational beta,
        BigRational m,
        ImmutableArray<RegionPiece> pieces,
        bool assumeDisjoint)
    {
        int sides = pieces.Sum(p => p.Sides.Length);
        if (pieces.IsDefaultOrEmpty || pieces.Any(p => p.Sides.IsDefaultOrEmpty))
        {
            throw new ArgumentException(
                "A piece has at least one surface, and there is at least one piece.", nameof(pieces));
        }

        var @class =
            new HypersurfaceClass(dimension, alpha, beta, m, pieces.Length, new BigRational(sides, pieces.Length));
        var conditions = ImmutableArray.CreateBuilder<SideCondition>();
        foreach (var piece in pieces)
        {
            var names = Inputs.Names(dimension);
            CheckVariables(piece.Value, names, "f");
            conditions.Add(HolderMembership.Check(@class.Smooth, piece.Value, names));
            foreach (var side in piece.Sides)
            {
                CheckSide(side, dimension);
                var others = Others(dimension, side.Coordinate);
                CheckVariables(side.Surface, others, "h");
                conditions.Add(HolderMembership.Check(@class.Surface, side.Surface, others, "h"));
            }
        }

        const string Disjoint = "the regions meet in a null set only";
        bool shown = Disjointness.IsShown(pieces, dimension);
        if (!shown && assumeDisjoint)
        {
            if (Disjointness.CommonPoint(pieces, dimension) is { } point)
            {
                throw new FalsePremiseException(Disjoint, $"({string.Join(", ", point)}) is inside two of them");
            }

            conditions.Add(SideCondition.Assumed(Disjoint));
        }
        else if (shown && pieces.Length > 1)
        {
            conditions.Add(SideCondition.Shown(Disjoint));
        }

        return new(@class, pieces, shown || assumeDisjoint, [.. conditions.Distinct()]);
    }

    /// <summary>Whether both are the same function of the same class.</summary>
    public bool Equals(HypersurfaceFunction? other) =>
        other is not null && Class == other.Class && IsDisjoint == other.IsDisjoint
            && Pieces.SequenceEqual(other.Pieces);

    /// <inheritdoc/>
    public override int GetHashCode() => Pieces.Aggregate(Class.GetHashCode(), HashCode.Combine);

    // The names of the coordinates other than d, increasing: the inputs of h.
    internal static ImmutableArray<string> Others(int dimension, int coordinate) =>
        Inputs.Names(dimension).RemoveAt(coordinate - 1);

    private static void CheckSide(RegionSide side, int dimension)
    {
        if (side.Coordinate < 1 || side.Coordinate > dimension)
        {
            throw new ArgumentException(
                $"A surface is x_d = h with d = {side.Coordinate}; expected d in 1 … {dimension}.");
        }

        if (side.Sign is not (1 or -1))
        {
            throw new ArgumentException(
                $"The sign of a side is {side.Sign}; expected 1 for x_d ≤ h or -1 for x_d ≥ h.");
        }
    }

    private static void CheckVariables(Expr formula, ImmutableArray<string> names, string what)
    {
        if (formula.Variables().FirstOrDefault(v => !names.Contains(v)) is { } stranger)
        {
            throw new ArgumentException(
                $"{what} = {formula} has the variable {stranger}; expected {string.Join(", ", names)} only.");
        }
    }
}
