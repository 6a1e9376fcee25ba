using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Extrema;

public sealed class RangeTests
{
    private static CertifyRequest Of(string formula, string domain) =>
        CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)) with
        {
            RelativeGap = 1e-6,
        };

    [Theory]
    [InlineData("x", "[0,1/3]")]
    [InlineData("1/x", "[1,100]")]
    [InlineData("x/(x+1)", "[0,1]")]
    [InlineData("x^2", "[0,1/3]")]
    [InlineData("x^3 - x", "[-1/3,2/7]")]
    [InlineData("sqrt(x)", "[1/3,2]")]
    [InlineData("if(x <= 1/3, x, 1-x)", "[0,1]")]
    [InlineData("1/3", "[0,1]")]
    [InlineData("x", "[1/3,1/3]")]
    [InlineData("x1 + x2", "[0,1/3]x[1/7,2/7]")]
    [InlineData("x1/x2", "[0,1]x[1/3,1]")]
    [InlineData("max(x1,x2)", "[0,1/3]^2")]
    [InlineData("x2", "[1/3,2/3]x[1/3,1/3]")]
    [InlineData("x1*x2/(x1+x2)", "[1/3,1]^2")]
    public void A_bound_that_is_attained_gets_a_certificate_with_bounds_close_by(string formula, string domain)
    {
        var result = Certifier.CertifiedRange(Of(formula, domain));
        Assert.Null(result.WhyNoCertificate);
        string text = result.Certificate!;
        var check = text.StartsWith(BoxCertificate.Header, StringComparison.Ordinal)
            ? CertificateCheck.Check(text)
            : CertificateCheck.Check(text);
        Assert.True(check.Accepted, check.Reason);
        BigRational lower = result.CertifiedBounds.Lower!.Value, upper = result.CertifiedBounds.Upper!.Value;
        Assert.True(lower <= result.Minimum.Value.Lower && upper >= result.Maximum.Value.Upper);
        Assert.Contains($"\nbounds {lower} {upper}\n", text, StringComparison.Ordinal);
        var size = BigRational.Max(BigRational.Abs(lower), BigRational.Abs(upper));
        Assert.True(
            result.Minimum.Value.Lower!.Value - lower <= size / 1_000_000
                && upper - result.Maximum.Value.Upper!.Value <= size / 1_000_000);
    }

    [Fact]
    public void A_formula_at_one_point_has_its_exact_value()
    {
        // Source: Rump, Algorithms for verified inclusions, in Reliability in Computing (1988).
        var result = Certifier.Range(Of(
            "333.75*x2^6 + x1^2*(11*x1^2*x2^2 - x2^6 - 121*x2^4 - 2) + 5.5*x2^8 + x1/(2*x2)",
            "[77617,77617]x[33096,33096]"));
        Assert.True(result.Complete);
        Assert.Equal(RationalInterval.Exactly(new BigRational(-54767, 66192)), result.Minimum.Value);
        Assert.Equal(RationalInterval.Exactly(new BigRational(-54767, 66192)), result.Maximum.Value);
    }

    [Theory]
    [InlineData("exp(x) - 2", "[1/3,1/3]")]
    [InlineData("1e30 + x - 1e30", "[1/3,1/3]")]
    [InlineData("x1 - x2 + 1e40*(x1 + x2) - 1e40*(x1 + x2)", "[1/3,1/3]x[1/7,1/7] or [1,1]^2")]
    public void Boxes_without_width_are_enclosed_as_narrowly_as_asked_for(string formula, string domain) =>
        Assert.True(Certifier.Range(Of(formula, domain)).Complete);

    [Theory]
    [InlineData("sin(x)^2 + cos(x)^2 - 1", "[-100,100]", -1, 1)]
    [InlineData("sin(x1)^2 + cos(x1)^2 - 1 + 0*x2", "[-100,100]^2", -1, 1)]
    [InlineData("sin(1000*x)*cos(777*x1)", "[0,10]", -1, 1)]
    [InlineData("tanh(1e9*sin(1e6*x))", "[0,1]", -1, 1)]
    public void No_bound_is_worse_than_that_of_plain_intervals(string formula, string domain, int least, int most)
    {
        var result = Certifier.Range(Of(formula, domain).WithBoxBudget(200).WithTimeout(TimeSpan.FromSeconds(2)));
        Assert.True(
            result.Minimum.Value.Lower >= least && result.Maximum.Value.Upper <= most,
            $"{result.Minimum.Value} {result.Maximum.Value}");
    }

    [Theory]
    [InlineData("2^(10^7)*x", "[0,1]")]
    [InlineData("x^1000000", "[0,2]")]
    [InlineData("factorial(5000)*x", "[0,1]")]
    [InlineData("2^(2^(2^5))*x1 - x2", "[0,1]^2")]
    [InlineData("exp(exp(exp(x)))", "[0,5]")]
    public void Numbers_too_large_to_work_out_leave_an_end_open(string formula, string domain)
    {
        var result = Certifier.CertifiedRange(Of(formula, domain));
        Assert.Null(result.Maximum.Value.Upper);
        Assert.NotNull(result.Minimum.Value.Lower);
        Assert.Equal("an end of an enclosure is missing", result.WhyNoCertificate);
    }

    [Fact]
    public void What_was_found_stands_where_the_proof_is_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var request = Of("cos(x1)^2 - cos(x2)^2 + sin(x1+x2)*sin(x1-x2)", "[-1,1]^2")
            .WithBoxBudget(300) with
        {
            Cancellation = stop.Token,
        };
        stop.CancelAfter(TimeSpan.FromMilliseconds(500));
        var result = Certifier.CertifiedRange(request);

        // How far the proof came by then is a matter of speed; that one of the two is said is not.
        Assert.NotEqual(result.Certificate is null, string.IsNullOrEmpty(result.WhyNoCertificate));
        Assert.True(result.Minimum.Value.Contains(0) && result.Maximum.Value.Contains(0));
    }
}
