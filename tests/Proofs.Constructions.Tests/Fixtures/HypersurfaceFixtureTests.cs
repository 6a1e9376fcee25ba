using System.Collections.Immutable;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Fixtures;

/// <summary>The hypersurface networks and ramp errors of 01-hypersurface.json are reproduced.</summary>
public sealed class HypersurfaceFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("01-hypersurface.json");

    public static TheoryData<string> Names =>
        [.. All.GetProperty("instances").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];

    [Fact]
    public void Ramp_errors_agree()
    {
        Assert.All(All.GetProperty("ramp_error").EnumerateArray(), c =>
        {
            var (eta, delta, p) = (c.Rational("eta"), c.Rational("delta"), c.Integer("p"));
            var error = Ramp.IntegratedError(eta, delta, p);
            Close(c.GetProperty("E_p").GetDouble(), Interval.Enclose(error));
            Close(c.GetProperty("bound").GetDouble(), Interval.Enclose(Ramp.IntegratedErrorBound(eta, delta, p)));
            Assert.Equal(error, Ramp.IntegratedErrorFormula.Evaluate(new Dictionary<string, BigRational>
            {
                ["eta"] = eta,
                ["delta"] = delta,
                ["p"] = p,
            }));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_network_of_an_instance_agrees(string name)
    {
        var c = Instance(name);
        var f = Function(c);
        var choice = HypersurfaceChoice.ConstantDepth(f.Class, c.Rational("eps"), 2);
        var built = HypersurfaceNetwork.Build(f, choice);
        Fixture.Agrees(c, built);
        Fixture.PointsAgree(c, "sample", built.Network);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_choice_and_the_bounds_of_an_instance_agree(string name)
    {
        var c = Instance(name);
        var f = Function(c);
        var choice = HypersurfaceChoice.ConstantDepth(f.Class, c.Rational("eps"), 2);
        Assert.Equal(c.Rational("eps_f_target"), choice.SmoothTarget);
        Assert.Equal(c.Rational("eps_h_target"), choice.SurfaceTarget);
        Assert.Equal(c.Rational("delta"), choice.Delta);
        Assert.Equal((c.Integer("Nf"), c.Integer("rf"), c.Integer("pf")),
            ((int)choice.Smooth.N, choice.Smooth.R, choice.Smooth.P));
        Assert.Equal((c.Integer("Nh"), c.Integer("rh"), c.Integer("ph")),
            ((int)choice.Surface.N, choice.Surface.R, choice.Surface.P));
        Assert.Equal(c.GetProperty("disjoint").GetBoolean(), f.IsDisjoint);

        var built = HypersurfaceNetwork.Build(f, choice);
        var values = built.Budget.Parameters;
        Assert.Equal(c.Rational("eps_f"), values["eps_f"]);
        Assert.Equal(c.Rational("eps_h"), values["eps_h"]);
        Assert.Equal((c.Rational("L_f"), c.Rational("L_h")), (values["L_f"], values["L_h"]));
        Close(c.GetProperty("L2_bound").GetDouble(), built.Budget.BoundValue());
        var (l1, off) = (built.OtherBudgets[0], built.OtherBudgets[1]);
        Assert.Equal(Norm.L1, l1.Norm);
        Close(c.GetProperty("L1_bound").GetDouble(), l1.BoundValue());
        Close(c.GetProperty("sup_off_bound").GetDouble(), off.BoundValue());
        Assert.Equal(c.Rational("tube_bound"), off.TryEvaluate(off.ExceptionalMeasure!));

        var size = HypersurfaceSize.Of(f.Class, choice);
        Assert.Equal(c.Integer("overhead"), size.Overhead);
        Close(c.GetProperty("c1").GetDouble(), Constant(HypersurfaceSize.SmoothConstant(f.Class, choice)));
        Close(c.GetProperty("c2").GetDouble(), Constant(HypersurfaceSize.SurfaceConstant(f.Class, choice)));
        Close(c.GetProperty("size_bound").GetDouble(), Constant(HypersurfaceSize.TheoremBound(f.Class, choice)!));
    }

    // The table of math/01, section 4: D, beta, alpha, K, J, eps, N_f, N_h, L, W.
    [Theory]
    [InlineData(2, 2, 2, 1, 1, "1/4", 8, 16, 11, 1572)]
    [InlineData(2, 2, 2, 1, 1, "1/64", 32, 256, 11, 18852)]
    [InlineData(2, 2, 1, 1, 1, "1/64", 32, 65536, 9, 540109)]
    [InlineData(3, 2, 2, 2, 1, "1/16", 32, 256, 11, 3799928)]
    [InlineData(2, 4, 2, 1, 2, "1/64", 8, 512, 18, 23163)]
    [InlineData(4, 3, 2, 2, 2, "1/16", 16, 512, 13, 14588036836)]
    public void The_table_of_sizes_agrees(
        int d, int beta, int alpha, int k, int j, string eps, int nf, int nh, int depth, long size)
    {
        var @class = new HypersurfaceClass(d, alpha, beta, 1, k, j);
        var choice = HypersurfaceChoice.ConstantDepth(@class, BigRational.Parse(eps), 2);
        var found = HypersurfaceSize.Of(@class, choice);
        Assert.Equal((nf, nh), ((int)choice.Smooth.N, (int)choice.Surface.N));
        Assert.Equal((depth, size), (found.Depth, (long)found.SizeBound));
        Assert.True(Constant(HypersurfaceSize.TheoremBound(@class, choice)!).Inf >= size);
    }

    internal static HypersurfaceFunction Function(JsonElement c)
    {
        int d = c.Integer("D");
        var names = Inputs.Names(d);
        var f = c.GetProperty("f").EnumerateArray().Select(t => t.Polynomial(d).ToExpr(names)).ToArray();
        var h = c.GetProperty("h").EnumerateArray().Select(t => t.Polynomial(d - 1)).ToArray();
        var pieces = c.GetProperty("assign").EnumerateArray().Select((sides, k) => new RegionPiece(
            f[k],
            [.. sides.EnumerateArray().Select(s =>
            {
                int coordinate = s[1].GetInt32() + 1;
                return new RegionSide(
                    coordinate, s[2].GetInt32(), h[s[0].GetInt32()].ToExpr(names.RemoveAt(coordinate - 1)));
            })]));
        return HypersurfaceFunction.Create(
            d, c.Integer("qh") + 1, c.Integer("qf") + 1, 1, [.. pieces], c.GetProperty("disjoint").GetBoolean());
    }

    private static JsonElement Instance(string name) =>
        All.GetProperty("instances").EnumerateArray().Single(i => i.GetProperty("name").GetString() == name);

    private static Interval Constant(Expr closed) => closed.Evaluate(ImmutableDictionary<string, Interval>.Empty);

    // The fixture's numbers were computed in binary64.
    private static void Close(double expected, Interval value) =>
        Assert.InRange(expected, value.Inf * (1 - 1e-12), value.Sup * (1 + 1e-12));
}
