using System.Globalization;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Extrema;

public sealed class BoxCertificateTests
{
    private const string Formula = "x1^4 - x1*x2 + sin(3*x2)*exp(x1) + x3^2 - x3";
    private static readonly string Certificate = Of(Formula, "[-1,1]^2x[-1,2]");
    private static readonly string[] Lines = Certificate.Split('\n');

    [Theory]
    [InlineData(Formula, "[-1,1]^2x[-1,2]")]
    [InlineData("100*(x2 - x1^2)^2 + (1 - x1)^2", "[-2,2]^2")]
    [InlineData("x1*x2 + max(x1, x2^2, 1/3) - abs(x1 - x2)", "[-1,1]^2 or [2,3]x[0,1]")]
    [InlineData("if(x1 <= x2, x1 + 1, x2^2) - 1/(1 + x1^2)", "[0,1]^2")]
    [InlineData("sqrt(x1) + x1*x2^(3/2) + log(1 + x2)", "[0,1]^2")]
    [InlineData("x1^x2 + tan(x1/2) - atan(x1*x2) + tanh(x2) - cosh(x1)*sinh(x2)/5", "[1/2,1]x[0,1]")]
    [InlineData("sqrt(x1 - x2) + x1", "[0,1]^2")]
    [InlineData("erf(x1 - x2) + x1*erf(3*x2)", "[-1,1]^2")]
    [InlineData("sinc(x1 - x2) + x1*sinc(3*x2)", "[-1,1]^2")]
    [InlineData("abs(x) - sqrt(abs(x))", "[-1,1]")]
    [InlineData("3", "[0,1]^2")]
    [InlineData("x2 - 2/3", "[0,1]^3")]
    public void A_certificate_of_an_enclosure_is_accepted(string formula, string domain) =>
        Assert.Equal("", Check(Of(formula, domain)).Reason);

    [Fact]
    public void It_says_what_it_proves()
    {
        var result = Check(Certificate);
        Assert.True(result.Accepted);
        Assert.Contains($"<= {Expr.Parse(Formula)} <=", result.Statement, StringComparison.Ordinal);
        Assert.Contains(
            "for (x1, x2, x3) in [-1,1]x[-1,1]x[-1,2] wherever it is defined", result.Statement,
            StringComparison.Ordinal);
        Assert.Contains(Lines, l => l.StartsWith("cut ", StringComparison.Ordinal));
        Assert.Contains(Lines, l => l.StartsWith("convex ", StringComparison.Ordinal));
        Assert.Contains(Lines, l => l.StartsWith("faces ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dropped_line_is_rejected() => Assert.All(Enumerable.Range(0, Lines.Length), i =>
    {
        string[] rest = [.. Lines[..i], .. Lines[(i + 1)..]];
        Assert.False(Check(string.Join('\n', rest)) is { Accepted: true } left && !Holds(left.Statement), Lines[i]);
        Assert.True(
            !Check(string.Join('\n', rest)).Accepted || Lines[i].StartsWith("faces", StringComparison.Ordinal),
            Lines[i]);
    });

    [Fact]
    public void Mutated_files_are_rejected_or_still_true()
    {
        var random = new Random(29);
        for (int n = 0; n < 300; n++)
        {
            char[] text = Certificate.ToCharArray();
            text[random.Next(text.Length)] = "0123456789-/*^. ex\n+"[random.Next(20)];
            var result = Check(new string(text));
            Assert.True(!result.Accepted || Holds(result.Statement), result.Statement);
        }
    }

    // Whether what a certificate says holds at points of its domain.
    private static bool Holds(string statement)
    {
        string[] parts = statement.Split(" <= "), rest = parts[2].Split(" for (x1, x2, x3) in ");
        BigRational lower = BigRational.Parse(parts[0]), upper = BigRational.Parse(rest[0]);
        var box = Region.Parse(rest[1].Split(" wherever")[0]).Boxes[0];
        var tape = ExprTape.Compile([Expr.Parse(parts[1])], ["x1", "x2", "x3"]);
        for (int i = 0; i < 9 * 9 * 9; i++)
        {
            int[] at = [i % 9, i / 9 % 9, i / 81];
            var value = tape.Evaluate(
                [.. at.Select((k, j) =>
                    Interval.Enclose(box.Lower[j] + ((box.Upper[j] - box.Lower[j]) * new BigRational(k, 8))))]);
            if (Binary64.Exact(value.Sup) < lower || Binary64.Exact(value.Inf) > upper)
            {
                return false;
            }
        }

        return true;
    }

    private static Proofs.Kernel.Certificates.CheckResult Check(string text) => CertificateCheck.Check(text);

    private static string Of(string formula, string domain)
    {
        var request = CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(1e-4)
            .WithBoxBudget(20_000);
        var result = Certifier.CertifiedRange(request);
        return result.Certificate ?? throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"no certificate of {formula}: {result.WhyNoCertificate}"));
    }
}
