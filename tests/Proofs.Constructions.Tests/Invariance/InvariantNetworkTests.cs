using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Tests.Fixtures;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Invariance;

// The records of docs/math/03 about Theorems A and C and equivariant networks, exactly; and what else is built.
public sealed class InvariantNetworkTests
{
    private static readonly JsonElement Quotient = RepositoryFiles.Fixture("03-quotient.json");

    [Fact]
    public void Theorem_A_agrees_with_the_reference_on_all_records()
    {
        int cases = 0;
        foreach (var expected in Quotient.GetProperty("kuhn_invariant_networks").EnumerateArray())
        {
            int n = expected.Integer("n");
            var space = new HolderClass(1, n, expected.Rational("M_sup_lipschitz"));
            var built = InvariantInterpolant.Build(space, Function(expected, n), expected.Integer("N"), round: "no");
            Fixture.Agrees(expected, built);
            AssertCase(expected, built, "worst_rational_point", "value_there", "f_there");
            Assert.Equal(expected.Integer("nodes"), built.Budget.Parameters["K"]);
            AssertBound(expected, built);
            cases++;
        }

        Assert.Equal(35, cases);
    }

    [Fact]
    public void Theorem_C_for_numbers_agrees_with_the_reference_on_all_records()
    {
        int cases = 0;
        foreach (var expected in Quotient.GetProperty("mcshane_invariant_networks").EnumerateArray())
        {
            int n = expected.Integer("n");
            var space = new HolderClass(1, n, expected.Rational("M_sup_lipschitz"));
            var built = InfConvolution.Build(n, 1, space, Function(expected, n), expected.Integer("N"), round: "no");
            Fixture.Agrees(expected, built);
            AssertCase(expected, built, "point", "value", "f_value");
            Assert.Equal(expected.Integer("cells"), built.Budget.Parameters["K"]);
            AssertBound(expected, built);
            cases++;
        }

        Assert.Equal(25, cases);
    }

    [Fact]
    public void Theorem_C_for_points_with_features_agrees_with_the_reference_and_its_bound_is_attained_at_every_centre()
    {
        foreach (var expected in Quotient.GetProperty("vector_point_networks_dp").EnumerateArray())
        {
            int n = expected.Integer("n"), p = expected.Integer("p"), cells = expected.Integer("N");
            var space = new HolderClass(1, n * p, expected.Rational("M_sup_lipschitz"));
            var f = Expr.Parse(LargestDistance(n, p));
            var built = InfConvolution.Build(n, p, space, f, cells, round: "no");
            Fixture.Agrees(expected, built);
            AssertCase(expected, built, "point_row_major", "value", "f_value");
            Assert.Equal(expected.Integer("orbits"), built.Budget.Parameters["K"]);
            AssertBound(expected, built);
            var centre =
                Enumerable.Range(0, n * p).Select(i => new BigRational((2 * (i % cells)) + 1, 2 * cells)).ToArray();
            Assert.Equal(-expected.Rational("error_bound"), built.Network.Evaluate(centre)[0] - Value(f, centre));
        }
    }

    [Fact]
    public void Equivariant_networks_agree_with_the_reference()
    {
        foreach (var expected in Quotient.GetProperty("equivariant_networks").EnumerateArray())
        {
            int n = expected.Integer("n");
            string[] others = [.. Inputs.Names(n).Skip(1)];
            string f = expected.GetProperty("f").GetString() switch
            {
                "x_i*sum_others" => $"x1*({string.Join(" + ", others)})",
                "x_i*prod_others" => $"x1*{string.Join("*", others)}",
                _ => $"max({string.Join(", ", others)})",
            };
            var space = new HolderClass(1, n, expected.Rational("M_sup_lipschitz"));
            var built = EquivariantInterpolant.Build(space, Expr.Parse(f), expected.Integer("N"), "no");
            Fixture.Agrees(expected, built);
            AssertBound(expected, built);
            Assert.Equal(expected.Integer("nodes_per_output"), built.Budget.Parameters["K"]);
            var point = expected.Rationals("point");
            var output = built.Network.Evaluate(point);
            Assert.Equal(expected.Rationals("output"), output);
            Assert.Equal(
                expected.Rational("error"),
                output.Zip(expected.Rationals("f_values"), (a, b) => BigRational.Abs(a - b)).Max());
            var group = Groups.Parse($"S{n}", n);
            foreach (var g in group.Generators)
            {
                Assert.Equal(g.Apply(output), built.Network.Evaluate(g.Apply(point)));
            }
        }
    }

    [Fact]
    public void The_grid_for_an_accuracy_is_the_least_that_the_theorem_allows()
    {
        var space = new HolderClass(new BigRational(1, 2), 2, 1);
        var built = InvariantInterpolant.BuildFor(space, Expr.Parse("max(x1, x2)/2"), new BigRational(1, 4));
        Assert.Equal(13, built.Budget.Parameters["N"]); // 3/4 (1/eps)^2 = 12, and a little for rounding
        Fixture.SizesHold(built);
        Assert.True(built.Budget.BoundValue().Sup <= 0.25);
    }

    [Fact]
    public void Sum_pooling_has_the_stated_size_and_keeps_its_bound_at_rational_points()
    {
        var f = Expr.Parse("x1*x2 + x1*x3 + x2*x3");
        var built = InvariantInterpolant.BuildPooled(new HolderClass(1, 3, 6), f, 4, 8);
        Fixture.SizesHold(built);
        Assert.Equal(8, built.Network.Depth);
        AssertWithinBound(built);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1/2")]
    public void Inf_convolution_of_rough_functions_keeps_its_bound_at_rational_points(string beta)
    {
        var space = new HolderClass(BigRational.Parse(beta), 2, 1);
        foreach (int cells in new[] { 1, 3, 4 })
        {
            var built = InfConvolution.Build(
                2, 1, space, Expr.Parse(beta == "1" ? "max(x1, x2)/2" : "sqrt(max(x1, x2))/2"), cells);
            Fixture.SizesHold(built);
            AssertWithinBound(built);
        }
    }

    [Fact]
    public void Smooth_invariant_functions_have_the_size_of_sorted_nodes_and_keep_their_bound()
    {
        var space = new HolderClass(2, 2, 1);
        var built =
            InvariantHolder.Build(space, Expr.Parse("x1*x2/2"), HolderChoice.ConstantDepth(space, BigRational.Half));
        Fixture.SizesHold(built);
        AssertWithinBound(built);
        Assert.True(built.Network.IsBinary64);
    }

    [Fact]
    public void Means_over_a_group_have_its_order_as_a_factor_of_the_size()
    {
        var group = Groups.Parse("C3", 3);
        var built = OrbitNetworks.BuildMean(new HolderClass(1, 3, 6), Expr.Parse("x1*x2 + x2*x3 + x3*x1"), group, 2);
        Fixture.SizesHold(built);
        AssertWithinBound(built);

        // X18: rho(x1) has W = 2, its mean over S2 has W = 4
        var net = new NetworkBuilder(2);
        var one = net.BuildScalar(net.Rho(net.Inputs[0]));
        Assert.Equal((2, 4), (one.Size, OrbitNetworks.Mean(one, Groups.Parse("S2", 2)).Size));
    }

    [Fact]
    public void Max_filters_and_orbit_distances_are_exact()
    {
        BigRational[] c = [1, new BigRational(-1, 2), BigRational.Half, 0];
        foreach (string name in new[] { "C4", "S4", "D4 on 2x2", "signed S4" })
        {
            var group = Groups.Parse(name, 4);
            foreach (var built in new[] { OrbitNetworks.BuildMaxFilter(group, [.. c]),
                OrbitNetworks.BuildOrbitDistance(group, [.. c]) })
            {
                Fixture.SizesHold(built);
                AssertWithinBound(built);
                foreach (var g in group.Generators)
                {
                    BigRational[] x = [BigRational.Half, new BigRational(1, 3), 1, 0];
                    Assert.Equal(built.Network.Evaluate(x)[0], built.Network.Evaluate(g.Apply(x))[0]);
                }
            }
        }
    }

    [Theory]
    [InlineData("x1 - x2", "is false")]
    [InlineData("3*x1*x2", "is false")]
    [InlineData("x1 + x3", "variable x3")]
    public void A_function_that_is_not_invariant_or_not_in_the_class_is_refused(string f, string part)
    {
        var error =
            Assert.ThrowsAny<ArgumentException>(() =>
                InvariantInterpolant.Build(new HolderClass(1, 2, 2), Expr.Parse(f), 2));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invariance_of_a_formula_is_shown_whatever_the_order_of_its_parts()
    {
        foreach (string f in new[] { "max(x1, x2)/2", "abs(x1 - x2)/2 + x1*x2/4", "min(x1*x2, 1/2, x2 + x1)/2",
            "exp(-x1 - x2)/4" })
        {
            var built = InvariantInterpolant.Build(new HolderClass(1, 2, 2), Expr.Parse(f), 2);
            Assert.Contains(
                built.Budget.Conditions, c =>
                    c.Standing == Standing.Shown && c.Statement.Contains("invariant", StringComparison.Ordinal));
        }
    }

    private static void AssertWithinBound(Built built)
    {
        var random = new Random(5);
        var bound = Binary64.Exact(built.Budget.BoundValue().Sup);
        for (int k = 0; k < 60; k++)
        {
            BigRational[] x = [
                .. built.Domain.Lower.Zip(
                    built.Domain.Upper, (a, b) => a + (new BigRational(random.Next(13), 12) * (b - a)))];
            var names = Inputs.Names(x.Length);
            var f = built.Target.Evaluate(
                names.Zip(x).ToDictionary(p => p.First, p => Interval.Enclose(p.Second), StringComparer.Ordinal));
            var value = built.Network.Evaluate(x)[0];
            Assert.True(
                value - Binary64.Exact(f.Sup) <= bound && Binary64.Exact(f.Inf) - value <= bound,
                $"{string.Join(", ", x)}: {value} {f} {bound}");
        }
    }

    private static void AssertBound(JsonElement expected, Built built)
    {
        Assert.Equal(expected.Rational("error_bound"), built.Budget.TryEvaluate(built.Budget.Bound));
        Assert.True(built.Network.Size <= expected.GetProperty("W_bound").GetInt64());
        Assert.Equal(
            expected.Rational("W_bound"),
            built.Sizes.Single(s => s.Quantity == SizeQuantity.Size && s.Relation == RelationKind.LessOrEqual)
                .Formula.TryEvaluate(built.Budget.Parameters));
    }

    private static void AssertCase(JsonElement expected, Built built, string at, string value, string f)
    {
        var point = expected.Rationals(at);
        Assert.Equal(expected.Rational(value), built.Network.Evaluate(point)[0]);
        Assert.Equal(expected.Rational(f), Value(built.Target, point));
    }

    private static BigRational Value(Expr f, BigRational[] x) =>
        f.TryEvaluate(
            Inputs.Names(x.Length).Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))!.Value;

    private static Expr Function(JsonElement expected, int n)
    {
        var x = Inputs.Names(n);
        string pairs = string.Join(
            " + ", from i in Enumerable.Range(0, n)
                   from j in Enumerable.Range(
                i + 1, n - i - 1)
                   select $"{x[i]}*{x[j]}");
        string second = string.Join(
            ", ", from i in Enumerable.Range(0, n)
                  from j in Enumerable.Range(
                i + 1, n - i - 1)
                  select $"min({x[i]}, {x[j]})");
        return Expr.Parse(expected.GetProperty("f").GetString() switch
        {
            "max" => $"max({string.Join(", ", x)})",
            "median" => n switch
            {
                2 => "(x1 + x2)/2",
                3 => $"max({second})",
                _ => $"(max({second}) + min({second.Replace("min", "max", StringComparison.Ordinal)}))/2",
            },
            "product" => string.Join("*", x),
            "e2" => pairs,
            _ => $"({string.Join(" + ", x)})^2",
        });
    }

    private static string LargestDistance(int n, int p) => $"max({string.Join(", ",
        from i in Enumerable.Range(0, n)
        from j in Enumerable.Range(i + 1, n - i - 1)
        from q in Enumerable.Range(0, p)
        select $"abs(x{(i * p) + q + 1} - x{(j * p) + q + 1})")})";
}
