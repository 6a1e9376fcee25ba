using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>Sums of squares with exact rational weights, also where the matrix behind them is singular.</summary>
public sealed class SquareSearchTests
{
    private static readonly ProofOptions Options = ProofOptions.Default.WithTimeLimit(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("forall a in real, b in real, c in real : (a^2+b^2+c^2)^2 >= 3*(a^3*b + b^3*c + c^3*a)")]
    [InlineData("forall x in real, y in real : 4*x^2 - 21/10*x^4 + x^6/3 + x*y - 4*y^2 + 4*y^4 >= -1.0317")]
    [InlineData("forall x in real, y in real, z in real : x^4 + y^4 + z^4 + 1 - 4*x*y*z >= 0")]
    public void A_polynomial_is_written_as_squares(string statement)
    {
        var proved = Assert.IsType<ProofResult.Proved>(Prover.Prove(Statement.Parse(statement), Options));
        Assert.True(CertificateCheck.Check(proved.Certificate).Accepted);
    }

    [Fact]
    public void A_changed_square_is_rejected()
    {
        var proved = Assert.IsType<ProofResult.Proved>(Prover.Prove(
            Statement.Parse("forall a in real, b in real, c in real : (a^2+b^2+c^2)^2 >= 3*(a^3*b + b^3*c + c^3*a)"),
            Options));
        Assert.Equal("sum of squares", proved.Strategy);
        int at = proved.Certificate.IndexOf("linear", StringComparison.Ordinal), changed = 0;
        for (int i = at; i < proved.Certificate.Length; i++)
        {
            if (char.IsAsciiDigit(proved.Certificate[i]))
            {
                string tampered = proved.Certificate[..i] + (proved.Certificate[i] == '7' ? '5' : '7')
                    + proved.Certificate[(i + 1)..];
                Assert.False(CertificateCheck.Check(tampered).Accepted, tampered);
                changed++;
            }
        }

        Assert.True(changed > 20);
    }

    private static readonly string[] Monomials = ["x^2", "x*y", "y^2", "x", "y", "1"];

    private static string Form(Random random) =>
        string.Join(" + ", Monomials.Select(m => $"({random.Next(-3, 4)})*{m}"));

    // Where the two forms have common real zeros that are irrational, the kernel of the matrix is too, and none is
    // found.
    [Fact]
    public void A_sum_of_two_random_squares_is_found_again()
    {
        int proved = 0;
        for (int seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            string a = Form(random), b = Form(random);
            var result = Prover.Prove(
                Statement.Parse($"forall x in real, y in real : ({a})*({a})/2 + ({b})*({b})*3 >= 0"),
                Options.WithTimeLimit(TimeSpan.FromSeconds(2)));
            Assert.False(result is ProofResult.Refuted);
            proved += result is ProofResult.Proved ? 1 : 0;
        }

        Assert.True(proved >= 8, $"{proved} of 12");
    }
}
