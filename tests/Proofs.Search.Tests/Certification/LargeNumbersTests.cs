using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>
/// Errors whose powers leave the range of binary64: the norm is enclosed all the same, or said to be unbounded.
/// </summary>
public sealed class LargeNumbersTests
{
    // slope · max(x, 0)
    private static ReluNetwork Slope(double slope) =>
        new([Affine.FromRows([[1]], [0]), Affine.FromRows([[slope]], [0])]);

    [Theory]
    [InlineData(1e155, 2)]
    [InlineData(1e300, 2)]
    [InlineData(-1e200, 3)]
    [InlineData(1e-200, 2)]
    [InlineData(1e-300, 7)]
    [InlineData(1e100, 40)]
    [InlineData(1, 2)]
    public void The_norm_of_a_ramp_contains_its_closed_form(double slope, int p)
    {
        // ∫ from 0 to 2 of (s x)^p is s^p 2^(p+1)/(p+1), so the p-th power of norm/s is 2^(p+1)/(p+1)
        var result = Certifier.LpNorm(CertifyRequest.Of(Slope(slope), Expr.Zero, Region.Parse("[-3,2]")), p);
        Assert.True(result.Complete, result.Why);
        BigRational size = BigRational.Abs(Binary64.Exact(slope)),
            power = new BigRational(System.Numerics.BigInteger.Pow(2, p + 1)) / (p + 1);
        Assert.True(BigRational.Pow(result.Value.Lower!.Value / size, p) <= power);
        Assert.True(BigRational.Pow(result.Value.Upper!.Value / size, p) >= power);
    }

    [Theory]
    [InlineData(1e308, "[-3,2]", "0")]
    [InlineData(1.7e308, "[0,1e10]", "1e300")]
    [InlineData(1, "[0,1]", "exp(1000*x)")]
    [InlineData(1e200, "[0,1e200]", "x^3")]
    [InlineData(1, "[0,1]", "1/x")]
    public void What_leaves_the_range_is_unbounded_and_no_failure(double slope, string domain, string target)
    {
        var request = CertifyRequest.Of(Slope(slope), Expr.Parse(target), Region.Parse(domain)).WithBoxBudget(2_000);
        CertifyResult[] results =
            [Certifier.Sup(request), Certifier.LpNorm(request, 1), Certifier.LpNorm(request, 2),
                Certifier.LpNorm(request, 9), Certifier.LpNorm(request, new BigRational(5, 2))];
        Assert.All(results, r => Assert.False(r.Complete && double.IsInfinity(r.Bounds.Sup), r.ToString()));
        Assert.All(results, r => Assert.False(r.Bounds.IsEmpty));
    }
}
