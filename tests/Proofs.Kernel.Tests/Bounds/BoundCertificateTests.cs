using System.Globalization;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

public sealed class BoundCertificateTests
{
    private const string Parabola = """
        proofs-certificate bound 1
        formula x^2 - x
        bounds -1/4 0
        least 1/2 -1/4
        largest 0 0
        domain 0 1
        piece 0 1*2^-1 1*2^-2 2 64
        piece 1*2^-1 1 1 2 64
        end

        """;

    private const string Point = """
        proofs-certificate bound 1
        formula x^2 + 1
        bounds 2 2
        least 1 2
        largest 1 2
        domain 1 1
        end

        """;

    // 1 at 0 is no value, but close to all of them: common zeros of a quotient are divided out
    private const string Quotient = """
        proofs-certificate bound 1
        formula sin(x)/x
        bounds 8/10 1001/1000
        least 1 85/100
        largest 1/1024 999/1000
        domain -1 1
        piece -1 1 0 12 64
        end

        """;

    [Theory]
    [MemberData(nameof(MonotoneFormula.Places), MemberType = typeof(MonotoneFormula))]
    public void Bounds_of_each_operation_are_accepted_and_no_tighter_ones(int place)
    {
        var f = MonotoneFormula.All[place];
        string text = Text(f, f.Low, f.High);
        var misses = new NearMisses(Check, text);
        _ = misses.Accepted();
        misses.Refused($"bounds {f.Least(-1)}", $"bounds {f.Least(1)}")
            .Refused($"{f.Largest(1)}\n", $"{f.Largest(-1)}\n")
            .Refused($"least {f.LeastPoint} {f.Least(1)}", $"least {f.LeastPoint} {f.Least(-1)}")
            .Refused($"largest {f.LargestPoint} {f.Largest(-1)}", $"largest {f.LargestPoint} {f.Largest(1)}")
            .Refused($"least {f.LeastPoint}", $"least {f.LargestPoint}")
            .Refused($"domain {f.Low} ", $"domain {f.Low - 1} ")
            .Refused($" {f.High}\npiece", $" {f.High + 1}\npiece")
            .AreEnough();
    }

    [Fact]
    public void Pieces_cover_the_domain_and_bound_what_they_cover()
    {
        var misses = new NearMisses(Check, Parabola);
        Assert.Equal(
            "-1/4 <= x^2 - x <= 0 for x in [0,1] wherever it is defined; "
                + "it is at most -1/4 at x = 1/2 and at least 0 at x = 0", misses.Accepted());
        misses.Refused("bounds -1/4", "bounds -249/1000")
            .Refused("-1/4 0", "-1/4 -1/1000000")
            .Refused("domain 0 1", "domain 0 2")
            .Refused("domain 0 1", "domain -1/1000000 1")
            .Refused("domain 0 1", "domain 1 0")
            .Refused("piece 0 1*2^-1 1*2^-2 2 64\n", "")
            .Refused("piece 1*2^-1 1 1 2 64\n", "")
            .Refused("piece 1*2^-1", "piece 3*2^-2")
            .Refused("piece 1*2^-1", "piece 3*2^-3")
            .Refused("1*2^-2 2 64", "3*2^-2 2 64")
            .Refused("1*2^-2 2 64", "1*2^-2 0 64")
            .Refused("1*2^-2 2 64", "1*2^-2 2 32")
            .Refused("1*2^-2 2 64", "1*2^-2 65 64")
            .Refused("x^2 - x", "x^2 - 2*x")
            .Refused("x^2 - x", "x^2 - x + floor(x)")
            .Refused("least 1/2", "least 3/2")
            .Refused("least 1/2", "least 2/3")
            .Refused("largest 0 0", "largest 1/2 0")
            .Refused("largest 0 0", "largest 2 2") // so it is, outside of the domain
            .Refused("largest 0 0", "largest -1 2")
            .Refused("largest 0 0", "largest 0 1/1000000")
            .Refused("end\n", "end")
            .Refused("end\n", "")
            .Refused("domain 0 1\n", "")
            .AreEnough();
    }

    [Fact]
    public void A_point_needs_evidence_as_an_interval_does()
    {
        var misses = new NearMisses(Check, Point);
        _ = misses.Accepted();
        misses.Refused("bounds 2 2", "bounds 5 6")
            .Refused("bounds 2 2", "bounds 2 199/100")
            .Refused("bounds 2 2", "bounds 201/100 3")
            .Refused("domain 1 1", "domain 1 2")
            .Refused("domain 1 1", "domain 1 1\ndomain 2 2")
            .Refused("x^2 + 1", "x^2 + 1/(x - 1)") // no value at the only point
            .Refused("x^2 + 1", "2 + 0*log(x - 1)")
            .Refused("x^2 + 1", "if(x < 1, 2, 3)")
            .Refused("bounds 2 2\nleast 1 2\nlargest 1 2\ndomain 1 1", "bounds 5 6\nleast 0 1\nlargest 0 1\ndomain 0 0")
            .Refused("domain 1 1", "domain 4/3 4/3") // not dyadic: its rounded ends are apart
            .AreEnough();
    }

    [Fact]
    public void Common_zeros_are_divided_out_and_others_are_poles()
    {
        var misses = new NearMisses(Check, Quotient);
        _ = misses.Accepted();
        misses.Refused("sin(x)/x", "cos(x)/x")
            .Refused("sin(x)/x", "sin(x)/x^2")
            .Refused("sin(x)/x", "sin(x)/(x - 1/3)")
            .Refused("largest 1/1024", "largest 0") // where it has no value
            .Refused("bounds 8/10 1001/1000", "bounds 8/10 999/1000")
            .Refused("bounds 8/10", "bounds 85/100")
            .Refused("piece -1 1 0", "piece -1 1 1*2^-1")
            .AreEnough();
    }

    // e to a hundred digits, cut off and rounded up: 256 bits do not tell, and more do.
    [Fact]
    public void A_bound_at_a_point_that_is_missed_by_a_hair_is_missed()
    {
        const string E = "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178"
            + "52516642";
        string unit = "1" + new string('0', E.Length - 1);
        string up = (System.Numerics.BigInteger.Parse(E, CultureInfo.InvariantCulture) + 1)
            .ToString(CultureInfo.InvariantCulture);
        string Text(string low, string high) => "proofs-certificate bound 1\nformula exp(x)\nbounds "
            + $"{low} {high}\nleast 1 3\nlargest 1 2\ndomain 1 1\nend\n";
        Assert.True(Check(Text($"{E}/{unit}", $"{up}/{unit}")).Accepted);
        Assert.False(Check(Text("2", $"{E}/{unit}")).Accepted);
        Assert.False(Check(Text($"{up}/{unit}", "3")).Accepted);
    }

    // Divided out, what is 1 at 0 would leave a formula that stays within these bounds.
    [Theory]
    [InlineData("exp(x)/x", "0", "2")]
    [InlineData("(1 + sin(x))/x", "0", "2")]
    [InlineData("cos(x)/sin(x)", "-1", "1")]
    [InlineData("sin(x)/x^2", "-1", "2")]
    public void A_pole_is_not_divided_out(string formula, string lower, string upper)
    {
        string text = $"proofs-certificate bound 1\nformula {formula}\nbounds {lower} {upper}\nleast -1 2\n"
            + "largest 1 1/2\ndomain -1 1\npiece -1 1 0 12 64\nend\n";
        var result = Check(text);
        Assert.Equal("the bounds do not follow on the piece [-1, 1]", result.Reason);
    }

    [Theory]
    [InlineData("sqrt(x)", -1, 1)] // undefined on a half
    [InlineData("x^(1/2)", 0, 1)] // not smooth at the end
    [InlineData("log(x)", 0, 1)]
    [InlineData("1/x", -1, 1)]
    [InlineData("tan(x)", 1, 2)]
    [InlineData("abs(x)", -1, 1)]
    [InlineData("max(x, -x)", -1, 1)]
    [InlineData("if(x <= 0, 0, 1)", -1, 1)]
    [InlineData("x^x", 0, 1)]
    [InlineData("0*(1/x)", -1, 1)]
    [InlineData("(1/x)^0", -1, 1)]
    [InlineData("floor(x)", -1, 1)]
    [InlineData("factorial(x)", 0, 1)]
    public void Where_a_part_is_not_smooth_or_has_no_value_nothing_is_bounded(string formula, int low, int high)
    {
        string text =
            $"proofs-certificate bound 1\nformula {formula}\nbounds -1000 1000\nleast 1 1000\nlargest 1 -1000\ndomain "
                + $"{low} {high}\n"
            + $"piece {low} {high} {high}*2^-1 8 64\nend\n";
        Assert.False(Check(text).Accepted);
    }

    [Theory]
    [InlineData("x\r", '\r')]
    [InlineData("x + 0*\u001b[31m1", '\u001b')]
    [InlineData("x\u202e", '\u202e')]
    [InlineData("x\u00a0", '\u00a0')]
    [InlineData("x\t", '\t')]
    [InlineData("x\u0000", '\u0000')]
    [InlineData("x\u200b", '\u200b')]
    public void Characters_that_do_not_show_are_refused(string formula, char hidden)
    {
        string changed = Parabola.Replace("x^2 - x", formula, StringComparison.Ordinal);
        var result = Check(changed);
        Assert.False(result.Accepted);
        Assert.Equal($"line 2: the character U+{(int)hidden:X4} may not stand in a certificate", result.Reason);
    }

    // Powers of numbers far from 0 would be too long to compute.
    [Theory]
    [InlineData("x^10000", "1*2^16000", "1*2^16001")]
    [InlineData("((x^200)^200)^200", "1*2^16000", "1*2^16001")]
    [InlineData("exp(x^10000)", "1*2^16000", "1*2^16001")]
    public void Numbers_that_grow_without_end_are_refused_at_once(string formula, string low, string high)
    {
        string value = BigRational.PowerOfTwo(16000).ToString(), next = BigRational.PowerOfTwo(16001).ToString();
        string text =
            $"proofs-certificate bound 1\nformula {formula}\nbounds 0 1\nleast {value} 1\nlargest {value} 1\ndomain "
                + $"{value} {next}\n"
            + $"piece {low} {high} {low} 60 16384\nend\n";
        Assert.False(Check(text).Accepted);
    }

    [Theory]
    [InlineData("(x + 1e99999)^200")]
    [InlineData("x + 1/1e40000/1e40000")]
    [InlineData("x + 1e-49999")]
    [InlineData("(x + 1e9999)^200")]
    [InlineData("((x + 1/3)^100 + 1/7)*((x + 1e-5000)^99 + 1e2000)")]
    public void Formulas_with_too_many_digits_are_refused_at_once(string formula)
    {
        string text = Parabola.Replace("x^2 - x", formula, StringComparison.Ordinal);
        Assert.False(Check(text).Accepted);
    }

    private static CheckResult Check(string text) => CertificateCheck.Check(text);

    private static string Text(MonotoneFormula f, int low, int high)
    {
        const int Pieces = 16;
        var text = new System.Text.StringBuilder($"proofs-certificate bound 1\nformula {f.Text}\n");
        text.Append(
            CultureInfo.InvariantCulture, $"bounds {f.Least(-1)} {f.Largest(1)}\nleast {f.LeastPoint} {f.Least(1)}\n");
        text.Append(CultureInfo.InvariantCulture, $"largest {f.LargestPoint} {f.Largest(-1)}\ndomain {low} {high}\n");
        for (int i = 0; i < Pieces; i++)
        {
            int from = (low * Pieces) + ((high - low) * i), to = from + high - low;
            text.Append(CultureInfo.InvariantCulture, $"piece {from}*2^-4 {to}*2^-4 {from + to}*2^-5 6 96\n");
        }

        return text.Append("end\n").ToString();
    }
}
