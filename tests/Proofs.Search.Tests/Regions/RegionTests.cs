using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Regions;

/// <summary>Regions with a condition: only their points count, and a region without points is no success.</summary>
public sealed class RegionTests
{
    private const string Unseen = "abs(1e17 + x) - 1e17 <= 1/10"; // an edge at 1/10 that binary64 cannot see

    private static readonly ReluNetwork Identity = new([Affine.FromRows([[1]], [0])]);

    private static CertifyRequest Error(string target, string domain, string? where = null)
    {
        var region = Region.Parse(domain);
        return CertifyRequest.Of(
            Identity, Expr.Parse(target), where is null ? region : region.WithWhere(Condition.Parse(where)));
    }

    private static CertifyResult[] AllNorms(CertifyRequest request) =>
    [
        Certifier.Sup(request), Certifier.Max(request), Certifier.Min(request), Certifier.LpNorm(request, 1),
        Certifier.LpNorm(request, 2),
        Certifier.LpNorm(request, new BigRational(3, 2)), LargestError.Of(request, Norm.Sup).Result,
    ];

    [Fact]
    public void An_edge_that_binary64_cannot_see_is_kept()
    {
        var result = Certifier.Sup(Error("0", "[0,1]", Unseen));
        Assert.True(result.Complete);
        Assert.True(result.Value.Contains(new BigRational(1, 10)), result.Value.ToString());
        Assert.True(result.Witness!.Point[0] <= new BigRational(1, 10));
        Assert.Equal(
            Outcome.Certified, Certifier.Sup(Error("0", "[0,1]", Unseen).WithAtMost(BigRational.Half)).Outcome);
        var refuted = Certifier.Sup(Error("0", "[0,1]", Unseen).WithAtMost(new BigRational(1, 20)));
        Assert.Equal(Outcome.Refuted, refuted.Outcome);
        Assert.True(
            refuted.Witness!.Value > new BigRational(1, 20) && refuted.Witness.Point[0] <= new BigRational(1, 10));
    }

    [Fact]
    public void The_integral_over_a_region_whose_edge_binary64_cannot_see_is_enclosed()
    {
        var result = Certifier.LpNorm(Error("0", "[0,1]", Unseen), 1);
        Assert.True(result.Value.Contains(new BigRational(1, 200)), result.Value.ToString());
        Assert.True(result.Value.Upper < new BigRational(1, 150));
    }

    [Theory]
    [InlineData("x >= 2")]
    [InlineData("x < 0")]
    [InlineData("x >= 1/3 and x <= 1/3 - 1e-30")]
    [InlineData("x > 1/3 and x < 1/3")]
    [InlineData("x > 1/3 and x <= 1/3")]
    [InlineData("x = 1/3 and x = 2/3")]
    [InlineData("(x >= 2 or x < 0) and x <= 5")]
    [InlineData("x^2 < 0")]
    [InlineData("abs(1e17 + x) - 1e17 <= -1/10")]
    [InlineData("sqrt(x - 2) >= 0")]
    [InlineData("log(-1 - x) <= 5")]
    [InlineData("exp(x) <= 1/2 or floor(x) >= 2")]
    public void A_region_without_points_is_vacuous_in_every_norm(string where)
    {
        foreach (var result in AllNorms(Error("0", "[0,1]", where).WithAtMost(BigRational.One)))
        {
            Assert.Equal((Outcome.Vacuous, RegionStanding.Empty), (result.Outcome, result.Region));
            Assert.True(result.Bounds.IsEmpty);
            Assert.Null(result.Witness);
        }

        Assert.Equal(RegionStanding.Empty, Certifier.Sup(Error("0", "[0,1]", where)).Region);
    }

    [Theory]
    [InlineData("x >= 1/3 and x <= 1/3", "1/3")]
    [InlineData("3*x = 1", "1/3")]
    [InlineData("x = 2 or x = 2/7", "2/7")]
    [InlineData("x <= 0", "0")]
    [InlineData("x >= 1/3 and x <= 1/3 + 1e-30", null)]
    public void A_region_of_hardly_a_point_is_no_empty_one(string where, string? only)
    {
        var result = Certifier.Sup(Error("0", "[0,1]", where).WithAtMost(BigRational.Half));
        Assert.Equal((Outcome.Certified, RegionStanding.HasPoint), (result.Outcome, result.Region));
        Assert.True(only is null || result.Witness!.Point[0] == BigRational.Parse(only));
    }

    [Fact]
    public void A_bound_on_a_region_of_which_no_point_is_known_is_inconclusive_and_says_so()
    {
        // true everywhere, and decided at no point by intervals, however many digits they have
        var result = Certifier.Sup(Error("0", "[1,2]", "sin(x)^2 + cos(x)^2 <= 1").WithAtMost(10));
        Assert.Equal((Outcome.Inconclusive, RegionStanding.Unknown), (result.Outcome, result.Region));
        Assert.Contains("no point that fulfils the condition was found", result.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqrt(x) >= 0", "[-2,1]", "1")]
    [InlineData("log(x) <= 5", "[-2,1]", "1")]
    [InlineData("1/x >= 1", "[-2,1]", "1")]
    [InlineData("x <= -1 or sqrt(x) <= 1/2", "[-2,1]", "2")]
    [InlineData("x^(1/2) < 1/2", "[-2,1]", "1/4")]
    public void Points_where_a_side_of_the_condition_is_undefined_fulfil_no_comparison(
        string where, string domain, string sup)
    {
        var result = Certifier.Sup(Error("0", domain, where));
        Assert.True(result.Value.Contains(BigRational.Parse(sup)), result.Value.ToString());
        Assert.True(result.Complete, result.Why);
    }

    [Theory]
    [InlineData("sqrt(x) >= 0", "1")]
    [InlineData("x >= 0 or sqrt(x) >= 0", "1")]
    [InlineData("log(x) <= 5", "1")]
    [InlineData("sqrt(x)*0 <= 1 and x <= 1/2", "1/2")]
    public void Their_volume_does_not_count_either(string where, string volume)
    {
        var result = Certifier.Volume(Region.Parse("[-1,1]").WithWhere(Condition.Parse(where)));
        Assert.True(result.Value.Contains(BigRational.Parse(volume)), result.Value.ToString());
        Assert.True(result.Value.Upper < BigRational.Parse(volume) * new BigRational(11, 10));
    }

    [Fact]
    public void An_integral_does_not_count_points_at_which_the_formula_is_undefined()
    {
        // e = x − 0·sqrt(x), which is there for x ≥ 0 only
        var result = Certifier.LpNorm(Error("0*sqrt(x)", "[-1,1]"), 1);
        Assert.True(result.Value.Contains(BigRational.Half), result.Value.ToString());
    }

    [Fact]
    public void A_volume_of_a_region_without_points_is_0()
    {
        var result = Certifier.Volume(Region.Parse("[0,1]").WithWhere(Condition.Parse("x >= 2")));
        Assert.Equal(RationalInterval.Exactly(0), result.Value);
    }

    [Fact]
    public void Of_random_regions_only_points_count()
    {
        var random = new Random(20261130);
        string[] sides = [
            "x1 + x2", "x1 - 2*x2", "x1*x2", "x1^2 + x2^2", "abs(x1 - 1/3)", "max(x1, x2)", "sqrt(x1 - 1/4)",
            "1e17 + x1 - 1e17", "log(x2)", "exp(x1)"];
        string[] relations = ["<=", "<", ">=", ">"];
        string[] errors = ["x1", "x1*x2", "x1 - x2^2", "if(x1 <= 1/3, x2, -2)", "sqrt(x2)"];
        string Atom() =>
            $"{sides[random.Next(sides.Length)]} {relations[random.Next(4)]} {random.Next(-3, 6)}/{random.Next(3, 8)}";
        (int points, int empty) = (0, 0);
        for (int trial = 0; trial < 150; trial++)
        {
            string text = random.Next(
                3) switch
            { 0 => Atom(), 1 => $"{Atom()} and {Atom()}", _ => $"{Atom()} or ({Atom()} and {Atom()})" };
            var where = Condition.Parse(text);
            var error = Expr.Parse(errors[random.Next(errors.Length)]);
            var region = Region.Parse("[-1/3,1]x[0,1]").WithWhere(where);
            var request = CertifyRequest.OfFormula(error, region).WithBoxBudget(3_000).WithRelativeGap(0.05);
            var sup = Certifier.Sup(request);
            var mean = Certifier.LpNorm(request, 1);
            string context = $"{error} where {text}: sup {sup.Value}, L1 {mean.Value}";
            for (int k = 0; k < 200; k++)
            {
                var at = new Dictionary<string, BigRational>(StringComparer.Ordinal)
                {
                    ["x1"] = new BigRational(random.Next(-12, 37), 36),
                    ["x2"] = new BigRational(random.Next(0, 37), 36),
                };
                if (Expr.Holds(where, at) == true && error.TryEvaluate(at) is { } value)
                {
                    points++;
                    Assert.True(sup.Region != RegionStanding.Empty && mean.Region != RegionStanding.Empty, context);
                    Assert.True(!(BigRational.Abs(value) > sup.Value.Upper), context);
                }
            }

            if (sup.Region == RegionStanding.Empty)
            {
                empty++;
                continue;
            }

            Assert.True(sup.Value.Lower is not { Sign: > 0 } || sup.Witness is not null, context);
            if (sup.Witness is { } witness)
            {
                var at = new Dictionary<string, BigRational>(StringComparer.Ordinal)
                {
                    ["x1"] = witness.Point[0],
                    ["x2"] = witness.Point[1],
                };
                Assert.True(region.Boxes[0].Contains(witness.Point), context);
                Assert.True(Expr.Holds(where, at) != false, context);
            }

            // ∫ |e| is at most the largest error times the box's volume
            Assert.True(
                mean.Value.Lower is not { } low || sup.Value.Upper is not { } high
                    || low <= high * new BigRational(4, 3), context);
        }

        Assert.True(points > 1000 && empty > 3, $"{points} points, {empty} empty regions");
    }
}
