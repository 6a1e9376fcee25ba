using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Errors;

public sealed class ErrorCertificateTests
{
    // |ρ(x1) - x1^2| <= 1/4 on [0,1], the second input being none of it
    private const string Upper = """
        inputs x1 x2
        target x1^2
        where -
        terms 1
        term 1
        network 2 2
        layer 1
        row 0 0:1
        layer 1
        row 0 0:1
        end
        attained 0 1*2^-2 1*2^-1 0
        upper 5*2^-4
        boxes 1
        b 0 0 1 1
        s 0
        s 0
        l
        l
        s 0
        l
        l

        """;

    private const string Region = """
        inputs x
        target 0
        where if(x <= 1/2, 1, 0)
        terms 2
        term 1
        network 1 1
        layer 1
        row 0 0:2
        end
        term -1
        network 1 1
        layer 1
        row 0 0:1
        end
        attained 0 1*2^-1 1*2^-1
        upper 3*2^-2
        boxes 2
        g 0 2
        b 0 1
        s 0
        l
        s 0
        l
        x
        b 1 2
        x
        e

        """;

    private const string Exceeded = """
        inputs x
        target x^2
        where if(x > 1/4, 1, 0)
        terms 1
        term 1
        network 1 1
        layer 2
        row 0 0:1
        row 0 0:1
        end
        attained 1 1*2^-2 1*2^-1
        exceeded

        """;

    [Fact]
    public void Every_leaf_of_the_boxes_is_bounded_anew()
    {
        var misses = new NearMisses(t => Check(t), Upper);
        Assert.EndsWith(
            "- (x1^2)| is at most 5*2^-4 at every x of [0,1]x[0,1], and at least 1*2^-2 at (1*2^-1, 0) (4 leaves)",
            misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("upper 5*2^-4", "upper 63*2^-8")
            .Refused("upper 5*2^-4", "upper -1")
            .Refused("target x1^2", "target 2*x1^2")
            .Refused("target x1^2", "target x2^2")
            .Refused("target x1^2", "target log(x1)") // no value at 0
            .Refused("target x1^2", "target x1 + 0/(x1 - 1/3)")
            .Refused("row 0 0:1\nlayer", "row 0 1:1\nlayer")
            .Refused("row 0 0:1\nlayer", "row 0 0:2\nlayer")
            .Refused("b 0 0 1 1", "b 0 0 2 1")
            .Refused("b 0 0 1 1", "b -1 0 1 1")
            .Refused("b 0 0 1 1", "b 1 0 0 1")
            .Refused("boxes 1", "boxes 2")
            .Refused("s 0\ns 0\nl\nl", "s 0\ns 0\nl")
            .Refused("s 0\ns 0", "s 0\ns 2")
            .Refused("s 0\ns 0\nl", "s 0\ns 0\nx") // every point counts
            .Refused("attained 0 1*2^-2", "attained 0 5*2^-4")
            .Refused("attained 0 1*2^-2 1*2^-1 0", "attained 0 0 2 0")
            .Refused("attained 0", "attained 1")
            .AreEnough();
    }

    [Fact]
    public void Names_of_inputs_stand_for_their_places()
    {
        var misses = new NearMisses(t => Check(t), Upper);
        misses.Refused("inputs x1 x2", "inputs x2 x1")
            .Refused("inputs x1 x2", "inputs x y")
            .Refused("inputs x1 x2", "inputs x1 x1")
            .Refused("inputs x1 x2", "inputs x1 x3")
            .Refused("inputs x1 x2", "inputs X1 x2")
            .Refused("inputs x1 x2", "inputs x1 x2 x3")
            .Refused("inputs x1 x2", "inputs x")
            .Refused("inputs x1 x2", "inputs")
            .AreEnough();
        const string One = "inputs x\ntarget 0\nwhere -\nterms 0\nattained -\nupper 1\nboxes 1\nb 0 1\nl\n";
        Assert.True(Check(One).Accepted, Check(One).Reason);
        Assert.False(Check(One.Replace("inputs x", "inputs x1", StringComparison.Ordinal)).Accepted);
    }

    [Fact]
    public void A_region_is_where_its_formula_is_above_0_and_the_sentence_says_so()
    {
        var misses = new NearMisses(t => Check(t), Region);
        string statement = misses.Accepted();
        Assert.Contains(
            "at most 3*2^-2 at every x of [0,1] or [1,2] where (if(x <= 1/2, 1, 0)) > 0, and "
                + "at least 1*2^-1 at (1*2^-1)", statement, StringComparison.Ordinal);
        misses.Refused("if(x <= 1/2, 1, 0)", "1") // everywhere
            .Refused("if(x <= 1/2, 1, 0)", "1/2")
            .Refused("if(x <= 1/2, 1, 0)", "if(x < 1/2, 1, 0)") // the point is outside
            .Refused("if(x <= 1/2, 1, 0)", "if(x <= 1/3, 1, -1)")
            .Refused("if(x <= 1/2, 1, 0)", "if(x <= 4/5, 1, 0)")
            .Refused("if(x <= 1/2, 1, 0)", "0")
            .Refused("if(x <= 1/2, 1, 0)", "-1")
            .Refused("l\ns 0\nl\nx", "x\ns 0\nl\nx")
            .Refused("term -1", "term 1")
            .Refused("term -1", "term 2")
            .Refused("g 0 2", "g 0 1") // a box outside its group
            .Refused("e\n", "")
            .Refused("row 0 0:2", "row 0 0:3")
            .AreEnough();
    }

    [Fact]
    public void What_is_vacuous_is_refused_and_what_may_be_is_said_to()
    {
        string nothing =
            "inputs x\ntarget x\nwhere if(x >= 2, 1, 0)\nterms 0\nattained -\nupper 1\nboxes 1\nb 0 1\nx\n";
        Assert.Contains("vacuous", Check(nothing).Reason, StringComparison.Ordinal);
        string none = "inputs x\ntarget x\nwhere -\nterms 0\nattained -\nupper 1\nboxes 0\n";
        Assert.Contains("vacuous", Check(none).Reason, StringComparison.Ordinal);
        string perhaps =
            "inputs x\ntarget x\nwhere if(x >= 1/3 and x <= 1/3 - 1e-60, 1, "
                + "0)\nterms 0\nattained -\nupper 1\nboxes 1\nb 0 1\nl\n";
        Assert.EndsWith(
            "where (if(x >= 1/3 and x <= 1/3 - 1e-60, 1, 0)) > 0, if there is one (1 leaves)", Check(perhaps).Statement,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_of_the_region_shows_that_a_bound_is_exceeded()
    {
        var misses = new NearMisses(t => Check(t), Exceeded);
        Assert.Contains(
            "is at least 1*2^-2 for output 2 at (1*2^-1), where (if(x > 1/4, 1, 0)) > 0", misses.Accepted(),
            StringComparison.Ordinal);
        misses.Refused("attained 1 1*2^-2", "attained 1 3*2^-3")
            .Refused("attained 1 1*2^-2 1*2^-1", "attained 1 0 1*2^-2") // outside
            .Refused("attained 1", "attained 2")
            .Refused("attained 1", "attained -1")
            .Refused("attained 1 1*2^-2 1*2^-1", "attained -")
            .Refused("if(x > 1/4, 1, 0)", "1/(x - 1/2)") // no value at the point
            .Refused("if(x > 1/4, 1, 0)", "0")
            .Refused("target x^2", "target x")
            .Refused("exceeded\n", "exceeded\nupper 1\n")
            .AreEnough();
        Assert.False(Check(Exceeded, new ErrorExpectation { AtMost = new BigRational(1, 4) }).Accepted);
        Assert.True(Check(Exceeded, new ErrorExpectation { AtMost = new BigRational(1, 5) }).Accepted);
    }

    [Fact]
    public void A_certificate_is_about_what_is_expected()
    {
        Assert.True(
            Check(Upper,
                new ErrorExpectation { Target = "x1^2", Boxes = new HashSet<string> { "0 0 1 1" }, AtMost = 1 })
                    .Accepted);
        Assert.False(Check(Upper, new ErrorExpectation { Target = "x1^3" }).Accepted);
        Assert.False(Check(Upper, new ErrorExpectation { Boxes = new HashSet<string> { "0 0 1 2" } }).Accepted);
        Assert.False(
            Check(Upper, new ErrorExpectation { Boxes = new HashSet<string> { "0 0 1 1", "0 0 2 2" } }).Accepted);
        Assert.False(Check(Upper, new ErrorExpectation { AtMost = new BigRational(1, 4) }).Accepted);
        Assert.False(Check(Upper, new ErrorExpectation { Networks = ["sha256:0"] }).Accepted);
        Assert.False(
            Check(Upper, new ErrorExpectation { Boxes = new HashSet<string> { "0 0 1 1" }, Where = "1" }).Accepted);
    }

    [Theory]
    [InlineData("upper 5*2^-4", "upper 5*2^-4\r")]
    [InlineData("target x1^2", "target x1^2\u001b[1m")]
    [InlineData("target x1^2", "target x1^2 \u2066")]
    [InlineData("upper 5*2^-4", "upper 0.3125")]
    [InlineData("upper 5*2^-4", "upper  5*2^-4")]
    [InlineData("layer 1", "layer 0")]
    [InlineData("terms 1", "terms 2")]
    [InlineData("terms 1", "terms -1")]
    [InlineData("attained 0", "attained 0 0")]
    public void A_malformed_line_is_refused(string from, string to) =>
        new NearMisses(t => Check(t), Upper).Refused(from, to);

    [Fact]
    public void The_last_line_is_the_digest_of_the_others_and_nothing_follows()
    {
        string whole = Whole(Upper);
        Assert.True(Run(whole).Accepted);
        Assert.False(Run(whole + "\n").Accepted);
        Assert.False(Run(whole[..^1]).Accepted);
        Assert.False(Run(whole.Replace("upper 5*2^-4", "upper 6*2^-4", StringComparison.Ordinal)).Accepted);
    }

    [Fact]
    public void Values_that_grow_without_end_are_refused()
    {
        var text = new StringBuilder("inputs x\ntarget 0\nwhere -\nterms 1\nterm 1\nnetwork 1 3000\n");
        for (int l = 0; l < 3000; l++)
        {
            text.Append("layer 1\nrow 1/3 0:1*2^2200\n");
        }

        text.Append("end\nattained 0 0 1*2^-1\nupper 1\nboxes 1\nb 0 1\nl\n");
        Assert.False(Check(text.ToString()).Accepted);
        Assert.False(
            Check(text.ToString().Replace("attained 0 0 1*2^-1", "attained -", StringComparison.Ordinal)).Accepted);
    }

    private static CheckResult Check(string lines, ErrorExpectation? expected = null) => Run(Whole(lines), expected);

    private static CheckResult Run(string text, ErrorExpectation? expected = null) =>
        CertificateCheck.Check(new StringReader(text), expected ?? new());

    private static string Whole(string lines)
    {
        string text = $"{ErrorCertificate.Header}\n{lines}";
        return $"{text}end sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n";
    }
}
