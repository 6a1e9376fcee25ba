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
    private static readonly string[] Lines = Certificate.Split('\n');
    private static readonly int[] Pieces = [.. Enumerable.Range(0, Lines.Length).Where(i => Lines[i].StartsWith("piece ", StringComparison.Ordinal))];

    [Theory]
    [InlineData(Formula, "[-1,1]")]
    [InlineData("sin(x)/x", "[-1,1]")]
    [InlineData("log(1 + x)/x", "[-1/3,1]")]
    [InlineData("x^2 - x", "[0,1]")]
    [InlineData("cosh(x) - 1 - x^2/2 - x^4/24", "[0,1/1000]")]
    [InlineData("abs(x - 1/4) + atan(x)", "[0,1] or [2,3]")]
    [InlineData("if(x <= 2, x^2, tanh(x))", "[0,1] or [5/2,3]")]
    [InlineData("sqrt(2 + x) - (2 + x)^x", "[0,1]")]
    public void A_certificate_of_an_enclosure_is_accepted(string formula, string domain) =>
        Assert.Equal("", Check(Of(formula, domain)).Reason);

    [Fact]
    public void It_says_what_it_proves()
    {
        var result = Check(Certificate);
        Assert.True(result.Accepted);
        Assert.Contains($"<= {Expr.Parse(Formula)} <=", result.Statement, StringComparison.Ordinal);
        Assert.Contains("for x in [-1,1] wherever it is defined", result.Statement, StringComparison.Ordinal);
        Assert.True(Pieces.Length > 2);
    }

    [Fact]
    public void A_dropped_piece_is_rejected() => Assert.All(Pieces, i => Rejects([.. Lines[..i], .. Lines[(i + 1)..]]));

    [Fact]
    public void A_piece_given_twice_is_rejected() => Assert.All(Pieces, i => Rejects([.. Lines[..i], Lines[i], .. Lines[i..]]));

    [Fact]
    public void A_moved_split_is_rejected() => Assert.All(Pieces, i =>
    {
        string[] words = Lines[i].Split(' ');
        words[2] = (Dyadic.Parse(words[2]) + new Dyadic(1, -40)).ToString();
        Rejects([.. Lines[..i], string.Join(' ', words), .. Lines[(i + 1)..]]);
    });

    [Fact]
    public void A_smaller_upper_or_a_larger_lower_bound_is_rejected()
    {
        string[] words = Lines[2].Split(' ');
        BigRational least = BigRational.Parse(Lines[3].Split(' ')[2]), largest = BigRational.Parse(Lines[4].Split(' ')[2]);
        Rejects(Replace(2, $"bounds {words[1]} {largest - new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(2, $"bounds {least + new BigRational(1, 1_000_000_000)} {words[2]}"));
        Rejects(Replace(2, $"bounds {words[2]} {words[1]}"));
    }

    [Fact]
    public void A_value_that_the_formula_does_not_reach_is_rejected()
    {
        string[] least = Lines[3].Split(' '), largest = Lines[4].Split(' ');
        Rejects(Replace(3, $"least {least[1]} {BigRational.Parse(least[2]) - new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(4, $"largest {largest[1]} {BigRational.Parse(largest[2]) + new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(4, $"largest 2 {largest[2]}"));
    }

    [Theory]
    [InlineData("exp(x)*sin(3*x) - 1/(2 + x) + 1/1000")]
    [InlineData("exp(x)*sin(3*x) - 1/(2 - x)")]
    [InlineData("exp(x)*sin(3*x) - 1/(1/2 + x)")]
    [InlineData("exp(x)*sin(3*y) - 1/(2 + x)")]
    [InlineData("exp(x)*gamma(3*x)")]
    [InlineData("floor(x)")]
    [InlineData("")]
    public void Another_formula_is_rejected(string formula) => Rejects(Replace(1, $"formula {formula}"));

    [Theory]
    [InlineData("domain -1 2")]
    [InlineData("domain -1 1/2")]
    [InlineData("domain -2 1")]
    [InlineData("domain 1 -1")]
    [InlineData("domain -1")]
    public void Another_domain_is_rejected(string domain) => Rejects(Replace(5, domain));

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
                Assert.True(BigRational.Parse(range[0]) <= new BigRational(-1, 2) || !result.Statement.Contains("[-1,1]", StringComparison.Ordinal));
            }
        }

        Assert.True(accepted < 75, accepted.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("piece 0 1*2^2000000000 0 8 96")]
    [InlineData("piece 0 1 0 100000 96")]
    [InlineData("piece 0 1 0 8 1000000000")]
    [InlineData("piece 0 1 0 8 8")]
    [InlineData("domain 0 1e999999999")]
    public void Numbers_that_would_cost_too_much_are_rejected(string line) => Rejects(Replace(Pieces[0], line));

    private static string[] Replace(int line, string text) => [.. Lines[..line], text, .. Lines[(line + 1)..]];

    private static void Rejects(string[] lines) => Assert.False(Check(string.Join('\n', lines)).Accepted, string.Join('\n', lines));

    private static Proofs.Kernel.Certificates.CheckResult Check(string text) => CertificateCheck.Check(text);

    private static string Of(string formula, string domain)
    {
        var request = CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(1e-6).WithBoxBudget(20_000);
        return Certifier.CertifiedRange(request).Certificate ?? throw new InvalidOperationException($"no certificate of {formula}");
    }
}
