using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Constructions.Tests.Fixtures;
using Proofs.Constructions.Tests.Holder;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Constructions.Tests.Hypersurfaces;

public sealed class HypersurfaceNetworkTests
{
    // Random members of F(2, 2, 2, 1, K, J): quadratic pieces and surfaces with small coefficients, sides of any kind.
    private static readonly Gen<RegionSide> Side =
        from d in Gen.Choose(1, 2)
        from sign in Gen.Elements(-1, 1)
        from a in Gen.Choose(-1, 5)
        from b in Gen.Choose(-1, 1)
        let t = Expr.Variable(d == 1 ? "x2" : "x1")
        select new RegionSide(d, sign, new BigRational(a, 8) + (new BigRational(b, 4) * t * t));

    private static readonly Gen<RegionPiece> Piece =
        from sides in Gen.Choose(1, 2).SelectMany(n => Gen.ArrayOf(Side, n))
        from a in Gen.Choose(-4, 4)
        from b in Gen.Choose(-1, 1)
        select new RegionPiece(
            new BigRational(a, 8) + (new BigRational(b, 4) * Expr.Parse("x1*x2")), [.. sides]);

    private static readonly Arbitrary<HypersurfaceFunction> Member =
        (from pieces in Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(Piece, n))
         select HypersurfaceFunction.Create(2, 2, 2, 1, [.. pieces], assumeDisjoint: false)).ToArbitrary();

    [Fact]
    public void Any_member_has_the_size_stated_and_is_close_off_the_tube_and_bounded_everywhere() =>
        Prop.ForAll(Member, f =>
        {
            var built = HypersurfaceNetwork.Build(f, HypersurfaceChoice.ConstantDepth(f.Class, BigRational.One, 2));
            Fixture.SizesHold(built);
            HolderApproximatorTests.AssertConsistent(built.Budget);
            Assert.All(built.OtherBudgets, HolderApproximatorTests.AssertConsistent);
            var off = built.OtherBudgets[^1];
            var bound = off.TryEvaluate(off.Bound)!.Value;
            var top = f.Class.Pieces * f.Class.M;
            for (int k = 0; k < 25; k++)
            {
                BigRational[] x = [new(k % 5, 4), new(((7 * k) + 3) % 26, 25)];
                var point = new Dictionary<string, BigRational> { ["x1"] = x[0], ["x2"] = x[1] };
                var y = built.Network.Evaluate(x)[0];
                Assert.True(BigRational.Abs(y) <= top);
                if (Expr.Holds(off.Instance!.Region!, point) is true)
                {
                    Assert.True(BigRational.Abs(y - built.Target.Evaluate(point)) <= bound);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Theory]
    [InlineData(1, "constant")]
    [InlineData(2, "constant")]
    [InlineData(3, "constant")]
    [InlineData(2, "deep")]
    public void The_budget_composes_in_any_norm_and_at_either_depth(int p, string depth)
    {
        var built = Catalogue.Find("hypersurface")!.Build(
        [
            "D=2", "alpha=2", "beta=2", "eps=1/2", $"p={p}", $"depth={depth}", "round=yes",
            "h=1/2+x1/4-x1^2/4", "f=1/2+x1^2/4+x1*x2/8",
        ]);
        Fixture.SizesHold(built);
        HolderApproximatorTests.AssertConsistent(built.Budget);
        Assert.Equal(Norm.Lp(p), built.Budget.Norm);
        Assert.True(built.Budget.BoundValue().Sup <= 0.5);
        Assert.True(built.Network.IsBinary64);
    }

    [Fact]
    public void The_depth_is_not_the_larger_depth_plus_two() // mutant 8 of math/01
    {
        var f = Half("1/2");
        var built = HypersurfaceNetwork.Build(f, HypersurfaceChoice.ConstantDepth(f.Class, new BigRational(1, 4), 2));
        var values = built.Budget.Parameters;
        Assert.Equal(values["L_h"] + 4, built.Network.Depth);
        Assert.NotEqual(BigRational.Max(values["L_h"], values["L_f"]) + 2, built.Network.Depth);
    }

    [Fact]
    public void Without_disjoint_pieces_the_smooth_errors_add_up() // mutant 18 of math/01
    {
        var piece = Half("1").Pieces[0];
        Assert.Equal(2, Kappa([piece, piece]));
        Assert.Equal(1, Kappa([piece, piece with { Sides = [piece.Sides[0] with { Sign = -1 }] }]));

        static BigRational Kappa(ImmutableArray<RegionPiece> pieces)
        {
            var f = HypersurfaceFunction.Create(2, 1, 1, 1, pieces, assumeDisjoint: false);
            var built = HypersurfaceNetwork.Build(f, HypersurfaceChoice.ConstantDepth(f.Class, BigRational.One, 2));
            return built.Budget.Parameters["kappa"];
        }
    }

    [Fact]
    public void Pieces_said_to_be_disjoint_that_overlap_are_refused()
    {
        var piece = Half("1").Pieces[0];
        var error = Assert.Throws<FalsePremiseException>(
            () => HypersurfaceFunction.Create(2, 1, 1, 1, [piece, piece], assumeDisjoint: true));
        Assert.Contains("inside two of them", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_square_root_in_the_error_bound_cannot_be_left_out() // mutants 1 and 17 of math/01
    {
        // for f = 1{x2 <= 1/2} the exact L2 error is sqrt(delta/12): with delta = 1/16, above delta/4 = 1/64
        var delta = new BigRational(1, 16);
        Assert.True(Ramp.IntegratedError(0, delta, 2) > BigRational.Pow(delta / 4, 2));
        var wrong = BigRational.PowerOfTwo(-7); // eps/2 with eps = 1/64
        Assert.True(Ramp.IntegratedError(0, wrong, 2) > BigRational.PowerOfTwo(-12));
    }

    private static HypersurfaceFunction Half(string value) => HypersurfaceFunction.Create(
        2, 2, 2, 1, [new RegionPiece(Expr.Parse(value), [new RegionSide(2, 1, Expr.Parse("1/2 - x1/8"))])],
        assumeDisjoint: false);
}
