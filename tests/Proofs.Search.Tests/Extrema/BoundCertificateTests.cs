using System.Globalization;
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

public sealed class BoundCertificateTests
{
    private const string Formula = "exp(x)*sin(3*x) - 1/(2 + x)";
    private static readonly string Certificate = Of(Formula, "[-1,1]");

    [Theory]
    [InlineData(Formula, "[-1,1]")]
    [InlineData("sin(x)/x", "[-1,1]")]
    [InlineData("log(1 + x)/x", "[-1/3,1]")]
    [InlineData("x^2 - x", "[0,1]")]
    [InlineData("cosh(x) - 1 - x^2/2 - x^4/24", "[0,1/1000]")]
    [InlineData("abs(x - 1/4) + atan(x)", "[0,1] or [2,3]")]
    [InlineData("if(x <= 2, x^2, tanh(x))", "[0,1] or [5/2,3]")]
    [InlineData("sqrt(2 + x) - (2 + x)^x", "[0,1]")]
    [InlineData("erf(x)", "[0,1]")]
    [InlineData("erf(3*x)/x - erf(x)^2", "[-1,2]")]
    [InlineData("sinc(x)", "[-20,20]")]
    [InlineData("sinc(3*x)*x - sinc(x - 1/3)^2", "[-2,5]")]
    public void A_certificate_of_an_enclosure_is_accepted(string formula, string domain) =>
        Assert.Equal("", Check(Of(formula, domain)).Reason);

    [Fact]
    public void It_says_what_it_proves()
    {
        var result = Check(Certificate);
        Assert.True(result.Accepted);
        Assert.Contains($"<= {Expr.Parse(Formula)} <=", result.Statement, StringComparison.Ordinal);
        Assert.Contains("for x in [-1,1] wherever it is defined", result.Statement, StringComparison.Ordinal);
        Assert.True(Certificate.Split("\npiece ").Length > 3);
    }

    [Fact]
    public void Mutated_files_are_rejected_or_still_true()
    {
        var random = new Random(23);
        int accepted = 0;
        for (int n = 0; n < 150; n++)
        {
            char[] text = Certificate.ToCharArray();
            text[random.Next(text.Length)] = "0123456789-/*^. ex\n"[random.Next(19)];
            var result = Check(new string(text));
            if (result.Accepted)
            {
                // orders, precisions and centres may differ, and bounds may be weaker: what is said still holds at 0
                accepted++;
                var range = result.Statement.Split(" <= ");
                Assert.True(
                    BigRational.Parse(range[0]) <= new BigRational(-1, 2)
                        || !result.Statement.Contains("[-1,1]", StringComparison.Ordinal));
            }
        }

        Assert.True(accepted < 75, accepted.ToString(CultureInfo.InvariantCulture));
    }

    private static Proofs.Kernel.Certificates.CheckResult Check(string text) => CertificateCheck.Check(text);

    private static string Of(string formula, string domain)
    {
        var request = CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(1e-6)
            .WithBoxBudget(20_000);
        return Certifier.CertifiedRange(request).Certificate
            ?? throw new InvalidOperationException($"no certificate of {formula}");
    }
}
