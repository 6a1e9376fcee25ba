using System.Collections.Immutable;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Hypersurfaces;

// Whether regions meet in a null set only.
internal static class Disjointness
{
    // Shown where any two pieces lie on opposite sides of one surface, or boxes that cover the cube each miss one of
    // them.
    public static bool IsShown(ImmutableArray<RegionPiece> pieces, int dimension)
    {
        for (int i = 0; i < pieces.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!AreOpposite(pieces[i], pieces[j]) && !AreApart(pieces[i], pieces[j], dimension))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool AreOpposite(RegionPiece one, RegionPiece other) => one.Sides.Any(a => other.Sides.Any(b =>
        a.Coordinate == b.Coordinate && a.Sign == -b.Sign && ReferenceEquals(a.Surface, b.Surface)));

    private static bool AreApart(RegionPiece one, RegionPiece other, int dimension)
    {
        var names = Inputs.Names(dimension);
        return new CubeSearch(names).Decide(
            box =>
            {
                var form = new LocalForm(names, box);
                return one.Sides.Concat(other.Sides).Any(side =>
                    form.Of(side.Sign * (side.Surface - Expr.Variable($"x{side.Coordinate}")))
                        is { Continuous: true, Range.Sup: < 0 });
            },
            x => AllInside(one, names, x) && AllInside(other, names, x)).Holds;
    }

    private static bool AllInside(RegionPiece piece, ImmutableArray<string> names, BigRational[] x)
    {
        var point = names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        return piece.Sides.All(side => IsStrictlyInside(side, point));
    }

    // A point of a grid off the lattice of simple fractions that is strictly inside two pieces: they overlap.
    public static BigRational[]? CommonPoint(ImmutableArray<RegionPiece> pieces, int dimension)
    {
        const int PointsPerSide = 12;
        var names = Inputs.Names(dimension);
        foreach (int[] l in KuhnInterpolant.Nodes(dimension, PointsPerSide).Take(20_000))
        {
            BigRational[] x =
                [.. l.Select((j, i) => new BigRational((17 * j) + 3 + i, (17 * PointsPerSide) + 11 + dimension))];
            var point = names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            if (pieces.Count(piece => piece.Sides.All(side => IsStrictlyInside(side, point))) > 1)
            {
                return x;
            }
        }

        return null;
    }

    private static bool IsStrictlyInside(RegionSide side, Dictionary<string, BigRational> point) =>
        side.Surface.TryEvaluate(point) is { } h && (h - point[$"x{side.Coordinate}"]).Sign == side.Sign;
}
