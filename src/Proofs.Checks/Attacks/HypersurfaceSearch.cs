using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Attacks;

/// <summary>
/// Random attacks on the hypersurface theorem: members of F(α, β, D, M, K, J), tried at exact points.
/// </summary>
/// <remarks>Source: math/01, sections 1, 4.1 and 4.2.</remarks>
public static class HypersurfaceSearch
{
    private const string Edge = "edge of the tube", Inside = "inside the tube", Overlap = "pieces that may overlap",
        Sides = "pieces with several sides";

    /// <summary>
    /// Attacks, for random members with up to <paramref name="pieces"/> pieces of up to <paramref name="sides"/> sides:
    /// |Φ − f| ≤ κ eps_f off the tube, |Φ| ≤ K M and |Φ − f| ≤ 2 K M everywhere, L and W as stated.
    /// </summary>
    public static Func<SearchRequest, Verdict> Attack(
        int dimension, BigRational alpha, BigRational beta, BigRational m, int pieces, int sides, BigRational eps)
    {
        var (smooth, surface) = (new HolderClass(beta, dimension, m), new HolderClass(alpha, dimension - 1, m));
        var members = Members(smooth, surface, pieces, sides);
        string[] required = pieces > 1 ? [Edge, Inside, Overlap, Sides] : [Edge, Inside];
        return request => PropertySearch.Run(
            members, member => Test(member, smooth, surface, eps), required, request);
    }

    // f_k as polynomials, each with its sides, and the points to try as numbers in [0, 1].
    private sealed record Member(
        ImmutableArray<(Polynomial Value, ImmutableArray<Side> Sides)> Pieces,
        ImmutableArray<ImmutableArray<int>> Points);

    private sealed record Side(int Coordinate, int Sign, Polynomial Surface);

    private static Arbitrary<Member> Members(HolderClass smooth, HolderClass surface, int mostPieces, int mostSides)
    {
        int d = smooth.Dimension;
        var side = from coordinate in Gen.Choose(1, d)
                   from sign in Gen.Elements(1, -1)
                   from h in HolderBall.Members(surface)
                   select new Side(coordinate, sign, h);
        var piece = from f in HolderBall.Members(smooth)
                    from count in Gen.Choose(1, mostSides)
                    from all in side.ArrayOf(count)
                    select (f, all.ToImmutableArray());
        var point = from numerators in Gen.Choose(0, 96).ArrayOf(d) select numerators.ToImmutableArray();
        var member = from count in Gen.Choose(1, mostPieces)
                     from all in piece.ArrayOf(count)
                     from points in point.ArrayOf(4)
                     select new Member([.. all], [.. points]);
        return Arb.From(member, Simpler);
    }

    private static IEnumerable<Member> Simpler(Member member)
    {
        for (int k = 0; k < member.Pieces.Length; k++)
        {
            if (member.Pieces.Length > 1)
            {
                yield return member with { Pieces = member.Pieces.RemoveAt(k) };
            }

            var (value, sides) = member.Pieces[k];
            for (int j = 0; j < sides.Length; j++)
            {
                if (sides.Length > 1)
                {
                    yield return member with { Pieces = member.Pieces.SetItem(k, (value, sides.RemoveAt(j))) };
                }

                foreach (var h in HolderBall.Simpler(sides[j].Surface))
                {
                    yield return member with
                    {
                        Pieces =
                        member.Pieces.SetItem(k, (value, sides.SetItem(j, sides[j] with { Surface = h })))
                    };
                }
            }

            foreach (var f in HolderBall.Simpler(value))
            {
                yield return member with { Pieces = member.Pieces.SetItem(k, (f, sides)) };
            }
        }
    }

    private static Trial Test(Member member, HolderClass smooth, HolderClass surface, BigRational eps)
    {
        int d = smooth.Dimension;
        var names = Inputs.Names(d);
        var f = HypersurfaceFunction.Create(
            d, surface.Beta, smooth.Beta, smooth.M, [.. member.Pieces.Select(p => new RegionPiece(
            p.Value.ToExpr(names),
            [.. p.Sides.Select(
                s => new RegionSide(s.Coordinate, s.Sign, s.Surface.ToExpr(names.RemoveAt(s.Coordinate - 1))))]))],
                    assumeDisjoint: false);
        var built = HypersurfaceNetwork.Build(f, HypersurfaceChoice.ConstantDepth(f.Class, eps, 2));
        var values = built.Budget.Parameters;
        var (allowed, reach) = (values["kappa"] * values["eps_f"], values["eps_h"] + (values["delta"] / 2));
        var range = values["K"] * values["M"];
        var visited = new SortedSet<string>(StringComparer.Ordinal);
        if (!f.IsDisjoint)
        {
            visited.Add(Overlap);
        }

        if (member.Pieces.Any(p => p.Sides.Length > 1))
        {
            visited.Add(Sides);
        }

        if (built.Sizes.FirstOrDefault(s => s.Holds(built.Network, values) == false) is { } wrong)
        {
            return new(new Witness([], $"{wrong} fails for {built.Network}, f = {f.Target}"), null, []);
        }

        var worst = BigRational.Zero;
        foreach (var point in Points(member, f, names, reach))
        {
            var at = names.Zip(point, KeyValuePair.Create).ToDictionary(StringComparer.Ordinal);
            var (output, exact) = (built.Network.Evaluate(point)[0], f.Target.Evaluate(at));
            var error = BigRational.Abs(output - exact);
            var distance = Distance(f, at);
            bool outside = distance >= reach;
            visited.Add(outside ? distance == reach ? Edge : "off the tube" : Inside);
            if ((outside && error > allowed) || BigRational.Abs(output) > range || error > 2 * range)
            {
                return new(
                    new Witness(
                        [.. at.OrderBy(v => v.Key, StringComparer.Ordinal)],
                        $"|Φ − f| = {Printing.Both(error)}, κ eps_f = {Printing.Both(allowed)}, f = {f.Target}"),
                    null,
                    []);
            }

            worst = outside ? BigRational.Max(worst, error / allowed) : worst;
        }

        return new(null, worst, [.. visited]);
    }

    // The member's own points, and for each of them the points on, and at the tube's reach from, every surface.
    private static IEnumerable<BigRational[]> Points(
        Member member, HypersurfaceFunction f, ImmutableArray<string> names, BigRational reach)
    {
        foreach (var numerators in member.Points)
        {
            BigRational[] point = [.. numerators.Select(n => new BigRational(n, 96))];
            yield return point;
            var at = names.Zip(point, KeyValuePair.Create).ToDictionary(StringComparer.Ordinal);
            foreach (var side in f.Pieces.SelectMany(p => p.Sides))
            {
                var h = side.Surface.Evaluate(at);
                foreach (var shift in new[] { -reach, -reach / 3, reach })
                {
                    var moved = h + shift;
                    if (moved.Sign >= 0 && moved <= BigRational.One)
                    {
                        var near = (BigRational[])point.Clone();
                        near[side.Coordinate - 1] = moved;
                        yield return near;
                    }
                }
            }
        }
    }

    private static BigRational Distance(HypersurfaceFunction f, Dictionary<string, BigRational> at) => f.Pieces
        .SelectMany(p => p.Sides)
        .Select(s => BigRational.Abs(at[$"x{s.Coordinate}"] - s.Surface.Evaluate(at)))
        .Min();
}
