using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

public sealed class CertifierTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 1)]
    public void The_square_network_has_its_exact_error(int r, int p)
    {
        var exact = BigRational.PowerOfTwo((-2 * r * p) - 2);
        var result = Certifier.Sup(CertifyRequest.Of(Square.Build(r, p)));
        Assert.True(result.Complete);
        Assert.Equal(exact, result.Value.Lower);
        Assert.True(result.Value.Contains(exact));
        Assert.Equal(exact, BigRational.Abs(result.Witness!.Value!.Value));
    }

    [Fact]
    public void A_bound_one_percent_below_the_supremum_is_refuted_by_an_exact_witness()
    {
        var exact = BigRational.PowerOfTwo(-8);
        var built = Square.Build(3, 1);
        var result = Certifier.Sup(CertifyRequest.Of(built).WithAtMost(exact * BigRational.Parse("0.99")));
        Assert.Equal(Outcome.Refuted, result.Outcome);
        var x = result.Witness!.Point;
        Assert.Equal(result.Witness.Value, built.Network.Evaluate((IReadOnlyList<BigRational>)x)[0] - (x[0] * x[0]));
        Assert.True(result.Witness.Value > exact * BigRational.Parse("0.99"));
    }

    [Fact]
    public void A_bound_one_percent_above_the_supremum_is_certified()
    {
        var request =
            CertifyRequest.Of(Square.Build(3, 1)).WithAtMost(BigRational.PowerOfTwo(-8) * BigRational.Parse("1.01"));
        Assert.Equal(Outcome.Certified, Certifier.Sup(request).Outcome);
    }

    [Fact]
    public void The_L2_error_of_the_square_network_contains_its_closed_form()
    {
        // e is a parabola of height 2^-8 on each eighth: ∫ e² = 8/15 · 2^-16.
        var result = Certifier.LpNorm(CertifyRequest.Of(Square.Build(3, 1)), 2);
        var square = Interval.Sqr(result.Bounds);
        Assert.True(square.Contains(new BigRational(8, 15) * BigRational.PowerOfTwo(-16)));
        Assert.True(result.Complete);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_answer_does_not_depend_on_the_number_of_threads(int jobs)
    {
        var request = CertifyRequest.Of(Product.Build(1, 2, 1)).WithRelativeGap(0.05);
        Assert.Equal(Certifier.Sup(request.WithJobs(1)), Certifier.Sup(request.WithJobs(jobs)));
        Assert.Equal(Certifier.LpNorm(request.WithJobs(1), 2), Certifier.LpNorm(request.WithJobs(jobs), 2));
        Assert.Equal(Certifier.LpNorm(request.WithJobs(1), 1), Certifier.LpNorm(request.WithJobs(jobs), 1));
    }

    [Fact]
    public void The_volume_of_a_disc_is_enclosed()
    {
        var disc = Region.Parse("[-1,1]^2").WithWhere(
            new Condition.Comparison(Expr.Parse("x1^2 + x2^2"), RelationKind.LessOrEqual, Expr.One));
        var result = Certifier.Volume(disc);
        Assert.True(result.Complete);
        Assert.True(Interval.Pi.IsSubsetOf(result.Bounds), result.Bounds.ToString());
    }
}
