using System.Globalization;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

public sealed class BoxCertificateTests
{
    private const string Range = """
        proofs-certificate bound 2
        formula x1^2 + x2*x3
        inputs 3
        bits 64
        bounds -2 3
        least 0 -1 2 -2
        largest 1 1 2 3
        domain -1 1 -1 1 1 2
        below
        terms 0 0
        range
        terms -2 1
        range
        above
        terms -3 1 0
        cut 0 0
        range
        range
        end

        """;

    private const string Mean = """
        proofs-certificate bound 2
        formula x1 - x1*x2
        inputs 2
        bits 64
        bounds 0 2
        least 0 0 0
        largest 1 -1 2
        domain 0 1 -1 1/2
        below
        terms 0 0 1
        mean 0 1*2^-1
        above
        terms -2 0 1
        range
        end

        """;

    private const string Faces = """
        proofs-certificate bound 2
        formula x1^2*x2 + x1
        inputs 2
        bits 64
        bounds 0 6
        least 0 1 0
        largest 1 5 6
        domain 0 1 1 5
        below
        terms 0 0 1
        faces 0- 1-
        range
        above
        terms -6 0 1
        faces 1+ 0+
        range
        end

        """;

    private const string Convex = """
        proofs-certificate bound 2
        formula x1^2 + x1*x2 + x2^2
        inputs 2
        bits 64
        bounds 0 3
        least 0 0 0
        largest 1 1 3
        domain -1 1 -1 1
        below
        terms 0 0 1 2
        convex 0 0 0 0 0
        above
        terms -3 0 1 2
        range
        end

        """;

    private const string Concave = """
        proofs-certificate bound 2
        formula x - x^2
        inputs 1
        bits 64
        bounds -1*1/8 1
        least 0 0
        largest 1/2 1/4
        domain 0 1
        below
        terms -1/8 0 1
        convex 3 0 1*2^-1
        above
        terms -1 0 1
        range
        end

        """;

    private const string Nowhere = """
        proofs-certificate bound 2
        formula sqrt(x)*x
        inputs 1
        bits 64
        bounds 0 1
        least 0 0
        largest 1 1
        domain -1 1
        below
        terms 0 0
        cut 0 0
        range
        range
        above
        terms -1 0
        cut 0 0
        range
        range
        end

        """;

    [Theory]
    [MemberData(nameof(MonotoneFormula.Places), MemberType = typeof(MonotoneFormula))]
    public void Slopes_of_each_operation_show_monotonicity_and_no_other(int place)
    {
        var f = MonotoneFormula.All[place];
        string text = Text(f, (f.Rises ? "-" : "+"), (f.Rises ? "+" : "-"));
        var misses = new NearMisses(Check, text);
        string statement = misses.Accepted();
        Assert.Contains($"for (x) in [{f.Low},{f.High}] wherever it is defined", statement, StringComparison.Ordinal);
        misses.Refused($"bounds {f.Least(-1)}", $"bounds {f.Least(1)}")
            .Refused($"{f.Largest(1)}\n", $"{f.Largest(-1)}\n")
            .Refused($"terms {f.Least(-1)}", $"terms {f.Least(1)}")
            .Refused($"least {f.LeastPoint} {f.Least(1)}", $"least {f.LeastPoint} {f.Least(-1)}")
            .Refused($"largest {f.LargestPoint} {f.Largest(-1)}", $"largest {f.LargestPoint} {f.Largest(1)}")
            .Refused($"faces 0{(f.Rises ? "-" : "+")}", $"faces 0{(f.Rises ? "+" : "-")}")
            .Refused($"faces 0{(f.Rises ? "+" : "-")}", $"faces 0{(f.Rises ? "-" : "+")}")
            .AreEnough();
    }

    [Fact]
    public void Ranges_of_groups_of_terms_add_up()
    {
        var misses = new NearMisses(Check, Range);
        _ = misses.Accepted();
        misses.Refused("bounds -2", "bounds -199/100")
            .Refused("terms -2 1", "terms -199/100 1")
            .Refused("terms 0 0\n", "terms 1/100 0\n")
            .Refused("terms -2 1\nrange\n", "") // a term in no group
            .Refused("terms -2 1\nrange\n", "terms -2 1\nrange\nterms -2 1\nrange\n") // in two
            .Refused("terms 0 0\n", "terms 0 1\n")
            .Refused("terms -2 1\n", "terms -2 2\n") // no such term
            .Refused("terms -3 1 0", "terms -3 1 0 0")
            .Refused("-2 3\nleast", "-2 299/100\nleast")
            .Refused("cut 0 0\nrange\nrange", "cut 0 0\nrange") // a leaf less
            .Refused("cut 0 0", "cut 0 1") // not inside
            .Refused("cut 0 0", "cut 3 0")
            .Refused("1 1 2 3\ndomain", "1 1 2 301/100\ndomain")
            .Refused("least 0 -1 2 -2", "least 0 -1 5/2 -2")
            .Refused("domain -1 1 -1 1 1 2", "domain -1 1 -1 1 1 3")
            .Refused("domain -1 1 -1 1 1 2", "domain -1 1 -1 1 2 1")
            .Refused("x1^2 + x2*x3", "x1^3 + x2*x3")
            .Refused("bits 64", "bits 31")
            .Refused("inputs 3", "inputs 9")
            .AreEnough();
    }

    [Fact]
    public void Mean_values_hold_where_the_slopes_do()
    {
        var misses = new NearMisses(Check, Mean);
        _ = misses.Accepted();
        misses.Refused("bounds 0 2", "bounds 1/100 2")
            .Refused("terms 0 0 1", "terms 1/1000000 0 1")
            .Refused("mean 0 1*2^-1", "mean 0 0") // true, but does not follow from here
            .Refused("mean 0 1*2^-1", "mean -1 0") // outside
            .Refused("mean 0 1*2^-1", "mean 0")
            .Refused("1/2\nbelow", "3/2\nbelow")
            .Refused("domain 0 1 -1 1/2", "domain -1 1 -1 1/2")
            .Refused("x1 - x1*x2", "abs(x1) - x1*x2 + if(x1 < 1/2, 0, -1)")
            .Refused("x1 - x1*x2", "x1 - 3*x1*x2")
            .AreEnough();
    }

    [Fact]
    public void A_face_stands_for_the_box_where_nothing_falls_towards_the_other()
    {
        var misses = new NearMisses(Check, Faces);
        _ = misses.Accepted();
        misses.Refused("faces 0- 1-", "faces 0+ 1-")
            .Refused("faces 0- 1-", "faces 0- 1+\nfaces 1-") // a face of a face, but the first is not shown
            .Refused("faces 0- 1-", "faces 2-")
            .Refused("faces 0- 1-", "faces 0")
            .Refused("faces 0- 1-", "faces")
            .Refused("faces 1+ 0+", "faces 1- 0+")
            .Refused("domain 0 1 1 5", "domain -1 1 1 5")
            .Refused("x1^2*x2 + x1", "x1^2*x2 - x1")
            .Refused("x1^2*x2 + x1", "x1^2*x2 + if(x1 < 1/2, x1, x1)") // open: no slopes
            .Refused("x1^2*x2 + x1", "x1^2*x2 + x1 + 0*log(x1)") // undefined at the face
            .Refused("x1^2*x2 + x1", "x1^2*x2 + x1 + 0*(x1/x1)")
            .Refused("bounds 0 6", "bounds 1/100 6")
            .AreEnough();
    }

    [Fact]
    public void A_convex_function_is_above_its_tangent_planes()
    {
        var misses = new NearMisses(Check, Convex);
        _ = misses.Accepted();
        misses.Refused("bounds 0 3", "bounds 1/100 3")
            .Refused("terms 0 0 1 2", "terms 1/1000000 0 1 2")
            .Refused("x1*x2", "2*x1*x2") // only semidefinite
            .Refused("x1*x2", "3*x1*x2")
            .Refused("x1^2 +", "-x1^2 +")
            .Refused("x1^2 +", "abs(x1) +")
            .Refused("convex 0 0 0 0 0", "convex 0 0 0 1 1") // another plane
            .Refused("convex 0 0 0 0 0", "convex 0 0 0 2 0")
            .Refused("convex 0 0 0 0 0", "convex -1 0 0 0 0")
            .Refused("convex 0 0 0 0 0", "convex 1 0 0 0 0") // the shift is paid for
            .Refused("convex 0 0 0 0 0", "convex 0 0 0 0")
            .Refused("convex 0 0 0 0 0", "convex 0 0 5000 0 0")
            .AreEnough();
    }

    [Fact]
    public void What_a_shift_makes_convex_is_bounded_with_the_shift()
    {
        string text = Concave.Replace("-1*1/8", "-1/8", StringComparison.Ordinal);
        var misses = new NearMisses(Check, text);
        _ = misses.Accepted();
        misses.Refused("convex 3", "convex 2") // not definite
            .Refused("convex 3", "convex 1")
            .Refused("convex 3", "convex 4") // paid for
            .Refused("convex 3 0", "convex 3 1") // 3/4 is not enough
            .Refused("convex 3 0", "convex 3 -1") // 12 is more
            .Refused("bounds -1/8", "bounds -1/9")
            .Refused("terms -1/8", "terms -1/9")
            .Refused("1*2^-1\nabove", "0\nabove")
            .Refused("x - x^2", "x - 2*x^2")
            .Refused("x - x^2", "x - x^4")
            .AreEnough();
    }

    // On [-1, 0] the branch of |x| is -x; at 0 alone it looks like x, and the tangent plane would have the other slope.
    [Theory]
    [InlineData("abs(x)")]
    [InlineData("max(x, -x)")]
    [InlineData("max(-x, x)")]
    [InlineData("-min(x, -x)")]
    [InlineData("-min(-x, x)")]
    [InlineData("abs(-x)")]
    [InlineData("abs(abs(x))")]
    [InlineData("max(2*x, max(x, -x))")]
    [InlineData("exp(abs(x)) - 1")]
    [InlineData("abs(x)*exp(x)*5")]
    public void A_kink_at_the_point_of_a_tangent_plane_has_no_one_slope(string formula)
    {
        foreach ((int low, int high) in new[] { (-1, 0), (0, 1), (-1, 1) })
        {
            for (int shift = 0; shift < 9; shift++)
            {
                Assert.False(
                    Check(Forged(formula, "0", "0", low, high, "0", $"convex {shift} 0 0")).Accepted,
                    $"{formula} on [{low}, {high}], {shift}");
            }
        }
    }

    // e^x is enclosed by a ball with negative numbers far below, and (e - 1/e)/2 has a pole there.
    [Theory]
    [InlineData("sinh(x)", "0", "1")]
    [InlineData("sinh(x)", "-1000000", "1000000")]
    [InlineData("cosh(x)", "0", "100000000000000000000")]
    [InlineData("-cosh(x)", "-100000000000000000000", "0")]
    [InlineData("-sinh(x)", "-1", "100000000000000000000")]
    [InlineData("1/cosh(x) + 1", "2", "3")]
    public void Hyperbolic_functions_far_below_are_not_bounded_by_a_ball_around_0(
        string formula, string lower, string upper)
    {
        foreach (int bits in new[] { 32, 64, 100 })
        {
            foreach (string domain in new[] { "-100 -100", "-200 -100", "-100 0" })
            {
                foreach (string rule in new[] { "range", "mean -100", "convex 1 0 -100" })
                {
                    string text =
                        $"proofs-certificate bound 2\nformula {formula}\ninputs 1\nbits {bits}\nbounds {lower} "
                            + $"{upper}\n"
                        + $"least -100 {BigRational.PowerOfTwo(200)}\nlargest -100 "
                            + $"{-BigRational.PowerOfTwo(200)}\ndomain {domain}\n"
                        + $"below\nterms {lower} 0\n{rule}\nabove\nterms -{upper} 0\n{rule}\nend\n";
                    Assert.False(Check(text).Accepted, text);
                }
            }
        }
    }

    [Fact]
    public void Points_without_a_value_bound_nothing_and_points_with_one_do()
    {
        var misses = new NearMisses(Check, Nowhere);
        _ = misses.Accepted();
        misses.Refused("bounds 0", "bounds 1/100")
            .Refused("0 1\nleast", "0 99/100\nleast")
            .Refused("least 0 0", "least -1 0") // no value there
            .Refused("largest 1 1", "largest -1/2 -1")
            .Refused("domain -1 1", "domain -1 -1*2^-1") // no value anywhere
            .Refused("sqrt(x)*x", "sqrt(x)*x - 1")
            .Refused("sqrt(x)*x", "x*x*x")
            .Refused("sqrt(x)*x", "sqrt(x)/x")
            .Refused("cut 0 0\nrange\nrange\nend", "faces 0+\nrange\nend") // not defined on all of the box
            .Refused("cut 0 0\nrange\nrange\nabove", "range\nabove\n")
            .AreEnough();
    }

    [Theory]
    [InlineData("0 0", "0 ")]
    [InlineData("0 0", "0  0")]
    [InlineData("bits 64", "bits +64")]
    [InlineData("cut 0 0", "cut 0 0*2^1*2^1")]
    [InlineData("cut 0 0", "cut 0 0/1")]
    [InlineData("cut 0 0", "cut 0 1*2^-5000")]
    [InlineData("bounds -2 3", "bounds -2 3.0")]
    [InlineData("bounds -2 3", "bounds -2 3/0")]
    [InlineData("bounds -2 3", "bounds -2 +3")]
    [InlineData("range\nterms", "range \nterms")]
    [InlineData("below", "below 1")]
    [InlineData("end\n", "end\n\n")]
    [InlineData("end\n", "end")]
    [InlineData("x1^2", "x1^2\u2028")]
    [InlineData("x1^2", "x1^2\u001b[2K")]
    public void A_line_has_one_form(string from, string to) => new NearMisses(Check, Range).Refused(from, to);

    private static CheckResult Check(string text) => CertificateCheck.Check(text);

    private static string Forged(
        string formula, string lower, string upper, int low, int high, string point, string above) =>
        $"proofs-certificate bound 2\nformula {formula}\ninputs 1\nbits 64\nbounds {lower} {upper}\nleast {point} "
            + $"0\nlargest {point} 0\n"
        + $"domain {low} {high}\nbelow\nterms {lower} 0\nrange\nabove\nterms -{upper} 0\n{above}\nend\n";

    private static string Text(MonotoneFormula f, string below, string above)
    {
        var terms = BoundFormula.Read(f.Text, ["x"], collects: false)!.Terms();
        string all = string.Join(' ', Enumerable.Range(0, terms.Count));
        string upper = f.Largest(1);
        return string.Create(CultureInfo.InvariantCulture, $"""
            proofs-certificate bound 2
            formula {f.Text}
            inputs 1
            bits 96
            bounds {f.Least(-1)} {upper}
            least {f.LeastPoint} {f.Least(1)}
            largest {f.LargestPoint} {f.Largest(-1)}
            domain {f.Low} {f.High}
            below
            terms {f.Least(-1)} {all}
            {Faces16(f, below)}
            above
            terms {(upper[0] == '-' ? upper[1..] : "-" + upper)} {all}
            {Faces16(f, above)}
            end

            """);
    }

    // Sixteen parts, each of them bounded by its own face: the slopes of one part need not be those of all.
    private static string Faces16(MonotoneFormula f, string side)
    {
        const int Parts = 16;
        var lines = new List<string>();
        for (int i = 1; i < Parts; i++)
        {
            lines.Add($"cut 0 {(f.Low * Parts) + ((f.High - f.Low) * i)}*2^-4");
            lines.Add($"faces 0{side}");
            lines.Add("range");
        }

        return string.Join('\n', [.. lines, $"faces 0{side}", "range"]);
    }
}
