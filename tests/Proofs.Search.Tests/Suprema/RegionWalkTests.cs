using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Suprema;

/// <summary>Bounds that are attained are decided exactly, on both sides.</summary>
public sealed class RegionWalkTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    [InlineData(1, 4)]
    public void The_error_of_the_square_is_exactly_its_bound(int r, int p)
    {
        var bound = BigRational.PowerOfTwo((-2 * r * p) - 2);
        var request = CertifyRequest.Of(Square.Build(r, p));
        var certified = Certifier.Sup(request.WithAtMost(bound));
        Assert.Equal(Outcome.Certified, certified.Outcome);
        Assert.Equal(RationalInterval.Exactly(bound), certified.Value);
        Assert.Equal(bound, certified.Witness!.Value);
        var refuted = Certifier.Sup(request.WithAtMost(bound * new BigRational(999_999, 1_000_000)));
        Assert.Equal(Outcome.Refuted, refuted.Outcome);
        Assert.Equal(Outcome.Certified, Certifier.Min(request.WithAtMost(0)).Outcome);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 3)]
    public void The_error_of_the_product_is_exactly_its_bound(int r, int p)
    {
        var bound = BigRational.PowerOfTwo((-2 * r * p) - 2);
        var found = Certifier.Sup(CertifyRequest.Of(Product.Build(1, r, p)).WithAtMost(bound));
        Assert.Equal(RationalInterval.Exactly(bound), found.Value);
        var (x, y) = (found.Witness!.Point[0], found.Witness.Point[1]);
        Assert.Equal(bound, BigRational.Abs(Product.Build(1, r, p).Network.Evaluate([x, y])[0] - (x * y)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void The_spikes_add_up_to_one_exactly(int dimension, int n)
    {
        var ones =
            KuhnInterpolant.Build(dimension, n, [.. KuhnInterpolant.Nodes(dimension, n).Select(_ => BigRational.One)]);
        var found =
            Certifier.Sup(CertifyRequest.Of(ones.Network, Expr.One, Region.Of(Box.Unit(dimension))).WithAtMost(0));
        Assert.Equal(RationalInterval.Exactly(0), found.Value);
    }

    [Fact]
    public void The_gate_is_its_clip_exactly()
    {
        var gate = Gate.Build(2);
        var found = Certifier.Sup(CertifyRequest.Of(gate).WithAtMost(0));
        Assert.Equal(RationalInterval.Exactly(0), found.Value);
    }

    [Fact]
    public void A_maximum_inside_a_linear_piece_is_met()
    {
        // ρ(3x − 1) − x² on [0, 1] is largest at 1, least at 1/3; 2x − x² is largest at 1 only by a tie with the bound
        var net = new NetworkBuilder(1);
        var ramp = net.BuildScalar(net.Rho((3 * net.Inputs[0]) - 1));
        var found = Certifier.Max(CertifyRequest.Of(ramp, Expr.Parse("x^2"), Region.Of(Box.Unit(1))).WithAtMost(1));
        Assert.Equal(RationalInterval.Exactly(1), found.Value);
        var least = Certifier.Min(
            CertifyRequest.Of(ramp, Expr.Parse("x^2"), Region.Of(Box.Unit(1))).WithAtMost(new BigRational(1, 9)));
        Assert.Equal(RationalInterval.Exactly(new BigRational(-1, 9)), least.Value);
        Assert.Equal(new BigRational(1, 3), least.Witness!.Point[0]);
    }

    [Fact]
    public void Exact_enclosures_of_random_networks_contain_every_sampled_error_and_agree_with_the_search_over_boxes()
    {
        Prop.ForAll(Networks.ToArbitrary(), Gen.Choose(0, 24).Two().ListOf(12).ToArbitrary(), (net, points) =>
        {
            var target = Expr.Parse("max(x1 - x2, 1/3 - x2/2) - abs(x1 - 1/3)/2 + x1*x2");
            var request = CertifyRequest.Of(net, target, Region.Of(Box.Unit(2)));
            var boxes = Certifier.Sup(request with { RelativeGap = 0.05, BoxBudget = 5_000 });
            var found = Certifier.Sup(request.WithAtMost(boxes.Value.Upper!.Value));
            bool inside = points.All(p =>
            {
                BigRational[] at = [new(p.Item1, 24), new(p.Item2, 24)];
                var f = target.Evaluate(
                    new Dictionary<string, BigRational>(StringComparer.Ordinal) { ["x1"] = at[0], ["x2"] = at[1] });
                return BigRational.Abs(net.Evaluate(at)[0] - f) <= found.Value.Upper!.Value;
            });
            return inside && found.Outcome == Outcome.Certified && found.Value.Upper >= boxes.Value.Lower;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Theory]
    [InlineData("x1^6*x2^6")]
    [InlineData("exp(x1)")]
    [InlineData("if(x1 <= x2, 1, 0)")]
    [InlineData("max(x1^2, x2)")]
    [InlineData("x1 + 2^(-70000)")]
    public void Targets_that_are_not_walked_are_still_bounded(string target)
    {
        var net = Product.Build(1, 1, 1).Network;
        var found = Certifier.Sup(CertifyRequest.Of(net, Expr.Parse(target), Region.Of(Box.Unit(2))).WithAtMost(5));
        Assert.Equal(Outcome.Certified, found.Outcome);
    }

    private static readonly Gen<ReluNetwork> Networks =
        from first in Gen.Choose(-8, 8).ArrayOf(9)
        from second in Gen.Choose(-8, 8).ArrayOf(8)
        from last in Gen.Choose(-8, 8).ArrayOf(3)
        let hidden = Affine.FromExactRows(
            [Row(first[0], first[1]), Row(first[2], first[3]), Row(first[4], first[5])],
            Row(first[6], first[7], first[8]))
        let deeper = Affine.FromExactRows(
            [Row(second[0], second[1], second[2]), Row(second[3], second[4], second[5])], Row(second[6], second[7]))
        let output = Affine.FromExactRows([Row(last[0], last[1])], Row(last[2]))
        select new ReluNetwork([hidden, deeper, output]);

    private static BigRational[] Row(params int[] numerators) => [.. numerators.Select(n => new BigRational(n, 5))];
}
