using System.Numerics;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Fixtures;

/// <summary>The Hölder networks and the formulas of 00-calculus.json are reproduced.</summary>
public sealed class HolderFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("00-calculus.json");

    [Fact]
    public void Holder_networks_agree()
    {
        Assert.All(All.GetProperty("holder").EnumerateArray(), c =>
        {
            int d = c.Integer("D");
            var @class = new HolderClass(c.Rational("beta"), d, c.Rational("M"));
            var choice = new HolderChoice(c.Integer("N"), c.Integer("r"), c.Integer("p"), Precision: null);
            var f = c.GetProperty("f").Polynomial(d);
            var built = HolderApproximator.Build(@class, f.ToExpr(Inputs.Names(d)), choice);

            Fixture.Agrees(c, built);
            Assert.Equal(c.Rational("zero_coefficients"), built.Budget.Parameters["zeros"]);
            var size = HolderSize.Of(@class, choice);
            Assert.Equal(c.Integer("W_formula"), size.Size);
            Assert.Equal(c.Integer("L"), size.Depth);
            Assert.Equal(c.Integer("width"), size.Width);
            Assert.Equal(c.Integer("q"), @class.Q);
            if (c.GetProperty("K_a") is { ValueKind: JsonValueKind.Object } scales)
            {
                Assert.All(
                    scales.EnumerateObject(), k =>
                        Assert.Equal(k.Value.Rational(), @class.Scale(Fixture.Index(k.Name))));
            }

            Close(c.GetProperty("taylor_bound").GetDouble(), built.Budget.Find("taylor")!.BoundValue());
            if (@class.Q > 0)
            {
                Close(c.GetProperty("mult_bound").GetDouble(), built.Budget.Find("products")!.BoundValue());
            }
        });
    }

    [Fact]
    public void Holder_formulas_agree()
    {
        Assert.All(All.GetProperty("holder_bounds").EnumerateArray(), c =>
        {
            var @class = new HolderClass(c.Integer("q") + c.Rational("s"), c.Integer("D"), c.Rational("M"));
            var eps = c.Rational("eps");
            Agrees(c.GetProperty("constant_depth"), @class, HolderChoice.ConstantDepth(@class, eps));
            Agrees(c.GetProperty("deep"), @class, HolderChoice.Deep(@class, eps));
            Assert.Equal(c.Rational("S"), @class.ProductConstant);

            var choice = HolderChoice.ConstantDepth(@class, eps);
            var constant = Enclose(
                @class.Q > 0 ? HolderSize.Constant : HolderSize.ConstantLipschitz, @class, choice);
            Close(c.GetProperty("c1").GetDouble(), constant);
            Close(c.GetProperty("c1_bound").GetDouble(),
                constant * Enclose(Expr.Parse("eps^(-D/beta)"), @class, choice));
        });

        static void Agrees(JsonElement expected, HolderClass @class, HolderChoice choice)
        {
            var size = HolderSize.Of(@class, choice);
            Assert.Equal(expected.GetProperty("N").GetInt64(), choice.N);
            Assert.Equal((expected.Integer("r"), expected.Integer("p")), (choice.R, choice.P));
            Assert.Equal(expected.Integer("L"), size.Depth);
            Assert.Equal(BigInteger.Parse(expected.GetProperty("W").GetRawText(), null), size.Size);
        }
    }

    private static Interval Enclose(Expr formula, HolderClass @class, HolderChoice choice) => formula.Evaluate(
        HolderSize.Parameters(@class, choice).ToDictionary(v => v.Key, v => Interval.Enclose(v.Value)));

    // The fixture's numbers were computed in binary64.
    private static void Close(double expected, Interval value) =>
        Assert.InRange(expected, value.Inf * (1 - 1e-12), value.Sup * (1 + 1e-12));
}
