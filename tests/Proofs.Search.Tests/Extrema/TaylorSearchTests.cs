using Proofs.Kernel.Bounds;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Extrema;

/// <summary>The oracles are values known in closed form, and interval evaluation at points of the domain.</summary>
public sealed class TaylorSearchTests
{
    private static readonly string[] Formulas =
    [
        "exp(x)*sin(3*x)", "log(2 + x)/(1 + x^2)", "tanh(2*x) - x", "atan(5*x)^3", "cosh(x)*cos(x) - sinh(x)",
        "(3 + x)^(3/2) - 5^x",
        "tan(x/2)", "sqrt(2 + sin(x))", "abs(x - 1/4) + x^2", "max(x, x^3, 1/8 - x)", "if(x <= 1/2, x^2, 1/(1 + x))",
        "(2 + x)^x", "log2(3 - x)*pi",
        "exp(exp(x)) - 1/(4 - x^2)^2", "sin(x)/x", "(exp(x) - 1 - x)/x^2",
    ];

    [Fact]
    public void Values_at_points_of_the_domain_lie_within_the_enclosures()
    {
        var random = new Random(11);
        foreach (string text in Formulas)
        {
            var formula = Expr.Parse(text);
            for (int n = 0; n < 4; n++)
            {
                BigRational low = new(random.Next(-12, 6), 8 + (n % 2)),
                    high = low + new BigRational(random.Next(1, 12), 8);
                var request = CertifyRequest.OfFormula(formula, Region.Parse($"[{low},{high}]")).WithRelativeGap(1e-3)
                    .WithBoxBudget(1_000);
                var range = Certifier.Range(request);
                for (int i = 0; i <= 40; i++)
                {
                    var x = low + ((high - low) * new BigRational(i, 40));
                    var at = formula.Evaluate(
                        new Dictionary<string, Interval>(StringComparer.Ordinal) { ["x"] = Interval.Enclose(x) });
                    if (at.IsEmpty || !at.IsBounded)
                    {
                        continue; // not known to be defined there
                    }

                    Assert.False(
                        Binary64.Exact(at.Sup) < range.Minimum.Value.Lower,
                        $"{text} on [{low},{high}] at {x}: {at} is below {range.Minimum.Value}");
                    Assert.False(
                        Binary64.Exact(at.Inf) > range.Maximum.Value.Upper,
                        $"{text} on [{low},{high}] at {x}: {at} is above {range.Maximum.Value}");
                }
            }
        }
    }

    [Theory]
    [InlineData("sin(x)/x", "[-1,1]", "0.84147098480789650665", "1")]
    [InlineData("(exp(x) - 1)/x", "[-1,1]", "0.63212055882855767840", "1.7182818284590452353")]
    [InlineData("(1 - cos(x))/x^2", "[0,1]", "0.45969769413186028260", "0.5")]
    [InlineData("log(1 + x)/x", "[0,1]", "0.69314718055994530942", "1")]
    [InlineData("tanh(x)/x", "[-1/3,1]", "0.76159415595576488812", "1")]
    [InlineData("erf(x)", "[-1/2,1]", "-0.52049987781304653768", "0.84270079294971486934")]
    [InlineData("sinc(x)", "[-20,20]", "-0.21723362821122165741", "1")]
    [InlineData("(1 - sinc(x))/x^2", "[-1,1]", "0.15852901519210349335", "0.16666666666666666667")]
    [InlineData("sinc(x)", "[4,5]", "-0.21723362821122165741", "-0.18920062382698206284")]
    [InlineData("sqrt(x)", "[0,1]", "0", "1")]
    [InlineData("x^x", "[1/10,2]", "0.69220062755534635387", "4")]
    public void Removable_singularities_are_divided_out(string formula, string domain, string min, string max)
    {
        var range = Certifier.Range(
            CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(1e-6)
                .WithBoxBudget(5_000));
        Assert.True(range.Complete, range.Minimum.Why ?? range.Maximum.Why);
        var slack = new BigRational(1, 1_000_000_000_000_000_000); // of the 20 digits
        Assert.True(
            range.Minimum.Value.Lower <= BigRational.Parse(min) + slack
                && range.Minimum.Value.Upper >= BigRational.Parse(min) - slack);
        Assert.True(
            range.Maximum.Value.Lower <= BigRational.Parse(max) + slack
                && range.Maximum.Value.Upper >= BigRational.Parse(max) - slack);
    }

    [Theory]
    [InlineData("1/x", "[-1,1]")]
    [InlineData("tan(x)", "[0,3]")]
    [InlineData("(1 + x)/x", "[0,1]")]
    [InlineData("(x^2 - 1/9)/(x - 1/4)", "[0,1]")]
    [InlineData("sin(1/x)/x", "[-1,2]")]
    public void A_pole_leaves_no_bound(string formula, string domain)
    {
        var range = Certifier.Range(
            CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(1e-3)
                .WithBoxBudget(500));
        Assert.Null(range.Maximum.Value.Upper);
        Assert.False(range.Complete);
    }

    [Fact]
    public void Cancellation_to_a_millionth_of_a_last_place_is_seen_through()
    {
        // cosh x − 1 − x²/2 − x⁴/24 = x⁶/720 + x⁸/40320 + …
        var formula = Expr.Parse("cosh(x) - 1 - x^2/2 - x^4/24");
        var range =
            Certifier.Range(CertifyRequest.OfFormula(formula, Region.Parse("[0,1/1000]")).WithRelativeGap(1e-9));
        Assert.True(range.Complete);
        var x = new BigRational(1, 1000);
        var value = (BigRational.Pow(x, 6) / 720) + (BigRational.Pow(x, 8) / 40320);
        Assert.True(
            range.Maximum.Value.Lower <= value * (1 + BigRational.Pow(x, 4)) && range.Maximum.Value.Upper >= value);
    }

    [Fact]
    public void A_bound_in_question_is_decided_beyond_the_digits_of_binary64()
    {
        var request = CertifyRequest.OfFormula(Expr.Parse("sin(x) - x + x^3/6"), Region.Parse("[0,1/10000]"));
        var atMost = BigRational.Pow(new BigRational(1, 10_000), 5) / 120;
        Assert.Equal(Outcome.Certified, Certifier.Sup(request.WithAtMost(atMost)).Outcome);
        Assert.Equal(
            Outcome.Refuted, Certifier.Sup(request.WithAtMost(atMost * new BigRational(999_999, 1_000_000))).Outcome);
    }

    [Fact]
    public void A_piece_contains_the_values_of_its_formula_at_every_order_and_precision()
    {
        var random = new Random(5);
        foreach (string text in Formulas)
        {
            var expression = Expr.Parse(text);
            var formula = BoundFormula.Read(expression.ToString(), ["x"])!;
            for (int n = 0; n < 40; n++)
            {
                Dyadic low = new(random.Next(-64, 48), -6), width = new(random.Next(1, 64), -random.Next(6, 12)),
                    high = low + width;
                var centre = random.Next(3) switch { 0 => low, 1 => high, _ => low + (width * new Dyadic(1, -1)) };
                if (TaylorPiece.Of(formula, low, high, centre, random.Next(1, 16), 64 + random.Next(160))
                    is not { } piece)
                {
                    continue;
                }

                var unit = BigRational.PowerOfTwo(-piece.Bits);
                BigRational least = new BigRational(piece.Bernstein.Min(b => b.Low) - piece.Error) * unit;
                BigRational most = new BigRational(piece.Bernstein.Max(b => b.High) + piece.Error) * unit;
                for (int i = 0; i <= 16; i++)
                {
                    var x = (low + (width * new Dyadic(i, -4))).ToRational();
                    var at = expression.Evaluate(
                        new Dictionary<string, Interval>(StringComparer.Ordinal) { ["x"] = Interval.Enclose(x) });
                    Assert.True(
                        at.IsEmpty || !at.IsBounded
                            || (Binary64.Exact(at.Sup) >= least && Binary64.Exact(at.Inf) <= most),
                        $"{text} at {x}: {at} is outside [{least}, {most}]");
                }
            }
        }
    }
}
