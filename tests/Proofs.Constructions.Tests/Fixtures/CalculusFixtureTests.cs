using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Fixtures;

/// <summary>Every depth, size, width, magnitude and exact output of 00-calculus.json is reproduced.</summary>
public sealed class CalculusFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("00-calculus.json");

    [Fact]
    public void Squares_agree()
    {
        foreach (var c in Cases("square", "cases"))
        {
            var built = Square.Build(c.Integer("r"), c.Integer("p"));
            Fixture.Agrees(c, built);
            var t = c.Rational("attained_at");
            Assert.Equal(c.Rational("bound"), built.Network.Evaluate([t])[0] - (t * t));
        }
    }

    [Fact]
    public void Squares_on_an_interval_agree() => ForEach("square_K", c =>
        Fixture.Agrees(c, Square.BuildSymmetric(c.Integer("K"), c.Integer("r"), c.Integer("p"))));

    [Fact]
    public void Products_agree() => ForEach("mult", c =>
        Fixture.Agrees(c, Product.Build(c.Integer("K"), c.Integer("r"), c.Integer("p"))));

    [Fact]
    public void Products_of_non_negative_factors_agree() => ForEach("mult_nonneg", c =>
        Fixture.Agrees(c, Product.BuildNonNegative(1, c.Integer("r"), c.Integer("p"))));

    [Fact]
    public void Products_of_many_factors_agree() => ForEach("product_n", c =>
    {
        var (n, r, p) = (c.Integer("n"), c.Integer("r"), c.Integer("p"));
        var unsigned = ProductOfMany.BuildNonNegative(n, r, p);
        var signed = ProductOfMany.Build(n, r, p);
        Fixture.Agrees(c.GetProperty("unsigned"), unsigned);
        Fixture.Agrees(c.GetProperty("signed_sparse_concat"), signed);
        Assert.Equal(c.Rational("odd_levels"), unsigned.Budget.Parameters["odd"]);
        Assert.Equal(c.Rational("bound"), signed.Budget.TryEvaluate(signed.Budget.Bound));
    });

    [Fact]
    public void Maxima_agree() => ForEach("max_n", c => Fixture.Agrees(c, Maximum.Build(c.Integer("n"), 10)));

    [Fact]
    public void Spike_and_tournament_weights_agree() => ForEach("spike_weights", c =>
    {
        Assert.Equal(c.Integer("w_tour"), Maximum.WeightsNonNegative(c.Integer("D")));
        Assert.Equal(c.Integer("w_sp"), KuhnInterpolant.SpikeWeights(c.Integer("D")));
    });

    [Fact]
    public void Kuhn_interpolants_agree() => ForEach("kuhn_interpolant", c =>
        Fixture.Agrees(c, KuhnInterpolant.Build(c.Integer("D"), c.Integer("N"), c.Rationals("values"))));

    [Fact]
    public void Piecewise_linear_interpolants_agree() => ForEach("pl_1d", c =>
        Fixture.Agrees(c, PiecewiseLinear.Build(c.Rationals("knots"), c.Rationals("values"))));

    [Fact]
    public void Clips_agree() => ForEach("clip", c => Fixture.Agrees(c, Clip.Build(c.Rational("a"), c.Rational("b"))));

    [Fact]
    public void Ramps_agree() => ForEach("ramp_centred", c =>
        Fixture.Agrees(c, Ramp.Build(c.Rational("delta"), RampKind.Centred)));

    [Fact]
    public void Gates_agree() => ForEach("gate", c => Fixture.Agrees(c, Gate.Build(c.Rational("F"))));

    [Fact]
    public void Plateaus_agree() => ForEach("plateau", c =>
    {
        var sides = c.GetProperty("box").EnumerateArray().Select(s => s.Rationals()).ToArray();
        Fixture.Agrees(c, Plateau.Build(
            new Box([.. sides.Select(s => s[0])], [.. sides.Select(s => s[1])]), c.Rational("delta")));
    });

    [Fact]
    public void Exponentials_agree() => ForEach("exp", c =>
    {
        if (c.GetProperty("method").GetString() == "square-and-multiply")
        {
            var built = Exponential.BuildSquaring(c.Integer("T"), c.Integer("k"), c.Integer("r"), c.Integer("p"));
            Fixture.Agrees(c, built);
            var high = built.Budget.Rule!.Substitute("limit", 0).Substitute("square", built.Budget.Children[0].Bound);
            Assert.Equal(c.Rational("bound_high"), high.Evaluate(built.Budget.Parameters));
        }
        else
        {
            var built = Exponential.BuildUniform(c.Integer("T"), c.Integer("N"), 48);
            Fixture.Agrees(c, built.Network);
            Fixture.SizesHold(built);
            Assert.Equal(c.Rational("bound"), built.Budget.TryEvaluate(built.Budget.Children[0].Bound));
        }
    });

    [Fact]
    public void Polynomials_agree() => ForEach("polynomial", c => Fixture.Agrees(c, PolynomialNetwork.Build(
        c.GetProperty("coeffs").Polynomial(c.Integer("D")), c.Integer("q"), c.Integer("r"), c.Integer("p"))));

    [Fact]
    public void Compositions_agree() => ForEach("composition", c =>
    {
        ReluNetwork outer = AbsoluteValue.Build(1).Network, inner = Product.Build(1, 2, 1).Network;
        Assert.Equal(c.Integer("W_outer"), outer.Size);
        Assert.Equal(c.Integer("W_inner"), inner.Size);
        Assert.Equal(c.Integer("nnz_last_inner"), inner.Layers[^1].Size);
        Assert.Equal(c.Integer("nnz_first_outer"), outer.Layers[0].NonZeroWeights);
        Fixture.Agrees(c.GetProperty("sparse"), Composition.ConcatenateSparse(outer, inner));
        Fixture.Agrees(c.GetProperty("merged"), Composition.Merge(outer, inner));
    });

    [Fact]
    public void Identities_agree() => ForEach("identity", c =>
        Fixture.Agrees(c, Composition.Identity(c.Integer("n"), c.Integer("L"))));

    private static JsonElement[] Cases(params string[] path) =>
        [.. path.Aggregate(All, (e, name) => e.GetProperty(name)).EnumerateArray()];

    private static void ForEach(string name, Action<JsonElement> check)
    {
        var cases = Cases(name);
        Assert.NotEmpty(cases);
        Assert.All(cases, check);
    }
}
