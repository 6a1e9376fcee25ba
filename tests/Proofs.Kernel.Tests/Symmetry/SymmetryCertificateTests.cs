using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

public sealed class SymmetryCertificateTests
{
    // ρ(x1) + 2 ρ(x2) + ... : units are exchanged with factors
    private const string Weights = $"""
        proofs-certificate symmetry 1
        network 2 2
        layer 2
        row 1 0:1 1:2
        row 2 0:4 1:2
        layer 2
        row 0 0:2 1:1
        row 1 0:2 1:1
        {CertificateParts.UnitSquare}
        end
        {CertificateParts.Exchange}
        output 0:1
        output 1:1
        units 1:1 0:1
        end

        """;

    // max(x1, x2) = x2 + ρ(x1 - x2), x2 = ρ(x2) - ρ(-x2)
    private const string Maximum = $"""
        proofs-certificate symmetry 1
        network 2 2
        layer 3
        row 0 0:1 1:-1
        row 0 1:1
        row 0 1:-1
        layer 1
        row 0 0:1 1:1 2:-1
        {CertificateParts.UnitSquare}
        end
        {CertificateParts.Exchange}
        output 0:1
        comparators
        end

        """;

    // the same, on x >= 0 only: x2 = ρ(x2)
    private const string Scoped = $"""
        proofs-certificate symmetry 1
        network 2 2
        layer 2
        row 0 0:1 1:-1
        row 0 1:1
        layer 1
        row 0 0:1 1:1
        {CertificateParts.UnitSquare}
        end
        {CertificateParts.Exchange}
        output 0:1
        comparators
        end

        """;

    private static readonly string Terms = Maximum.Replace("comparators", "terms", StringComparison.Ordinal);

    private static readonly string Regions = Scoped.Replace("comparators", "regions", StringComparison.Ordinal);

    // y1 = ρ(x1), y2 = ρ(x2): equivariant
    private const string Equivariant = $"""
        proofs-certificate symmetry 1
        network 2 2
        layer 2
        row 0 0:1
        row 0 1:1
        layer 2
        row 0 0:1
        row 0 1:1
        {CertificateParts.UnitSquare}
        end
        {CertificateParts.Exchange}
        output 1:1
        output 0:1
        units 1:1 0:1
        end

        """;

    private static readonly GeneratorAction Exchange = Action([[1], [0]], [[0]]);

    [Fact]
    public void Images_of_units_show_a_symmetry_for_all_real_inputs()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Weights);
        Assert.StartsWith(
            "Phi(g x) = Phi(x) for g = (1 2) and all real x, and so for all products of these g; 2 inputs, 2 outputs: "
                + "network and box sha256:",
            misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("row 2 0:4 1:2", "row 2 0:4 1:1")
            .Refused("row 2 0:4 1:2", "row 1 0:4 1:2")
            .Refused("row 0 0:2 1:1", "row 0 0:2 1:2")
            .Refused("units 1:1 0:1", "units 0:1 1:1")
            .Refused("units 1:1 0:1", "units 1:2 0:1*2^-1")
            .Refused("units 1:1 0:1", "units 1:1 1:1")
            .Refused("units 1:1 0:1", "units 1:-1 0:-1")
            .Refused("units 1:1 0:1", "units 1:1")
            .Refused("units 1:1 0:1", "units 1:1 2:1")
            .Refused("output 0:1\noutput 1:1", "output 1:1\noutput 0:1") // another h
            .Refused("output 0:1\noutput 1:1", "output 0:1 1:1\noutput 1:1")
            .Refused("input 1:1\ninput 0:1", "input 1:-1\ninput 0:1")
            .Refused("units 1:1 0:1\n", "")
            .AreEnough();
    }

    [Fact]
    public void Comparators_show_a_symmetry_by_the_zero_one_principle()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Maximum);
        Assert.Contains("g = (1 2) and all real x", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("row 0 0:1 1:-1", "row 1 0:1 1:-1")
            .Refused("row 0 0:1 1:-1", "row 0 0:1 1:-2")
            .Refused("row 0 0:1 1:1 2:-1", "row 0 0:-1 1:1 2:-1")
            .Refused("row 0 0:1 1:1 2:-1", "row 0 0:1 1:2 2:-1")
            .Refused("row 0 0:1 1:1 2:-1", "row 0 0:1 2:-1")
            .Refused("input 1:1\ninput 0:1", "input 1:1\ninput 0:-1")
            .Refused("output 0:1", "output 0:-1")
            .Refused("output 0:1", "output")
            .AreEnough();
    }

    [Fact]
    public void Comparators_that_need_large_inputs_say_so_and_need_the_box_there()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Scoped);
        Assert.Contains("all x without a coordinate below 0", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("lower 0 0", "lower -1 0")
            .Refused("row 0 1:1", "row -1 1:1")
            .Refused("row 0 1:1", "row 0 1:-1")
            .Refused("row 0 1:1", "row 0 0:1")
            .Refused("row 0 0:1 1:1", "row 0 0:1 1:1/2")
            .Refused("comparators", "units 0:1 1:1")
            .AreEnough();
    }

    [Fact]
    public void Terms_of_maxima_and_minima_are_compared()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Terms);
        Assert.Contains("all real x", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("row 0 0:1 1:-1", "row 1 0:1 1:-1")
            .Refused("row 0 0:1 1:-1", "row 0 0:1 1:-2")
            .Refused("row 0 0:1 1:1 2:-1", "row 0 0:1 1:1 2:1")
            .Refused("row 0 0:1 1:1 2:-1", "row 0 0:-1 1:1 2:-1")
            .Refused("input 1:1\ninput 0:1", "input 1:-1\ninput 0:1")
            .Refused("output 0:1", "output 0:2")
            .AreEnough();
    }

    [Fact]
    public void Regions_are_walked_on_the_box_alone_and_the_sentence_says_which()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Regions);
        Assert.Contains(
            "for g = (1 2) and all x in [0,1]x[0,1], and so for all products of these g", misses.Accepted(),
            StringComparison.Ordinal);
        misses.Refused("lower 0 0", "lower -1 -1")
            .Refused("lower 0 0", "lower 0 -1*2^-50")
            .Refused("lower 0 0", "lower 2 0") // empty
            .Refused("row 0 1:1", "row -1*2^-50 1:1")
            .Refused("row 0 0:1 1:1", "row 0 0:1 1:-1")
            .Refused("input 1:1\ninput 0:1", "input 1:-1\ninput 0:-1")
            .Refused("output 0:1", "output 0:2")
            .Refused("upper 1 1\n", "upper 1 1\noutput <= 1 0:1\n")
            .AreEnough();
        string moved = Regions.Replace("upper 1 1", "upper 1 2", StringComparison.Ordinal);
        Assert.Contains(
            "all x in [0,1]x[0,2], for these g alone, which do not map the box into itself",
            CertificateCheck.Check(moved).Statement, StringComparison.Ordinal);
    }

    // On this box the difference x2 - x1 has one sign; of two outputs the second alone differs.
    [Theory]
    [InlineData("row 0 0:1 1:-1\nrow 0 1:1\nlayer 1\nrow 0 0:1\n", "lower 1 0\nupper 2 1", "output 0:1")]
    [InlineData("row 0 0:-1 1:1\nrow 0 1:1\nlayer 1\nrow 0 0:1\n", "lower 1 0\nupper 2 1", "output 0:1")]
    [InlineData("row 0 0:1 1:-1\nrow 0 1:1\nlayer 2\nrow 0\nrow 0 0:1\n", "lower 1 0\nupper 2 1",
        "output 0:1\noutput 1:1")]
    public void A_difference_of_either_sign_in_any_output_is_seen(string rows, string box, string outputs)
    {
        string text = $"{SymmetryCertificate.Header}\nnetwork 2 2\nlayer 2\n{rows}property 1\ncase\n{box}\nend\n"
            + $"{CertificateParts.Exchange}\n{outputs}\nregions\nend\n";
        var result = CertificateCheck.Check(text);
        Assert.False(result.Accepted, result.Statement);
        Assert.Contains("an exact walk", result.Reason, StringComparison.Ordinal);
        Assert.True(CertificateCheck.Check(
            text.Replace("0:1 1:-1", "0:1 1:1", StringComparison.Ordinal)
                .Replace("0:-1 1:1", "0:-1 1:-1", StringComparison.Ordinal)).Accepted);
    }

    [Fact]
    public void A_sentence_names_what_the_outputs_do()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Equivariant);
        Assert.StartsWith(
            "Phi(g x) = h Phi(x) for g = (1 2) with h = (1 2) and all real x", misses.Accepted(),
            StringComparison.Ordinal);
        misses.Refused("output 1:1\noutput 0:1", "output 0:1\noutput 1:1")
            .Refused("output 1:1\noutput 0:1", "output 1:1\noutput 1:1")
            .Refused("output 1:1\noutput 0:1", "output 1:1")
            .Refused("row 0 1:1\nlayer", "row 0 1:-1\nlayer")
            .Refused("units 1:1 0:1", "units 0:1 1:1")
            .AreEnough();
    }

    [Theory]
    [InlineData("generator\ninput 1:1\ninput 0:1\noutput 0:1\noutput 1:1\nunits 1:1 0:1\n", "")] // no generator
    [InlineData(
        "input 1:1\ninput 0:1\noutput 0:1\noutput 1:1\nunits 1:1 0:1",
        "input 0:1\ninput 1:1\noutput 0:1\noutput 1:1\nunits 0:1 1:1")]
    [InlineData("input 1:1\ninput 0:1", "input 1:1\ninput 1:1")] // not invertible
    [InlineData("input 1:1\ninput 0:1", "input 0:1\ninput")]
    [InlineData("input 1:1\ninput 0:1", "input 1:2\ninput 0:1*2^-1")]
    [InlineData("input 1:1\ninput 0:1", "input 0:1 1:1\ninput 1:1")]
    [InlineData("layer 2\nrow 0 0:2 1:1\nrow 1 0:2 1:1\n", "layer 0\n")]
    [InlineData("property 1", "property 0")]
    [InlineData("lower 0 0", "lower 0 2")]
    [InlineData("generator", "generator\u200f")]
    [InlineData("end\ngenerator", "end\n\ngenerator")]
    [InlineData("units 1:1 0:1\nend", "units 1:1 0:1")]
    public void What_says_nothing_or_is_no_group_is_refused(string from, string to) =>
        new NearMisses(t => CertificateCheck.Check(t), Weights).Refused(from, to);

    [Fact]
    public void A_group_is_shown_by_generators_that_generate_it()
    {
        // the sum of three numbers, with a turn as generator
        const string Turn = """
            proofs-certificate symmetry 1
            network 3 1
            layer 1
            row 0 0:1 1:1 2:1
            property 1
            case
            lower 0 0 0
            upper 1 1 1
            end
            generator
            input 2:1
            input 0:1
            input 1:1
            output 0:1
            end

            """;
        var turn = Action([[2], [0], [1]], [[0]]);
        var back = Action([[1], [2], [0]], [[0]]);
        var swap = Action([[1], [0], [2]], [[0]]);
        Assert.Contains("g = (1 2 3)", CertificateCheck.Check(Turn).Statement, StringComparison.Ordinal);
        Assert.True(CertificateCheck.Check(Turn, About(turn)).Accepted);
        Assert.True(CertificateCheck.Check(Turn, About(back)).Accepted); // its square
        var refused = CertificateCheck.Check(Turn, About(turn, swap));
        Assert.Equal("the certificate is not about the group G: nothing shows it for g = (1 2)", refused.Reason);
        var moved = new GeneratorAction(
            turn.Input, Action([[0], [0], [0]], [[0]]).Output with { Rows = [new Row([new Entry(0, -1)], 0)] });
        Assert.False(CertificateCheck.Check(Turn, About(moved)).Accepted);
        // all real x
        Assert.True(CertificateCheck.Check(Turn, About(turn) with { Box = ([-9, -9, -9], [9, 9, 9]) }).Accepted);
        Assert.False(CertificateCheck.Check(Turn, About(turn) with { Network = "network 3 1\n" }).Accepted);
    }

    [Fact]
    public void A_box_that_is_not_mapped_into_itself_needs_every_element()
    {
        string moved = Regions.Replace("upper 1 1", "upper 1 2", StringComparison.Ordinal);
        Assert.True(CertificateCheck.Check(moved, About(Exchange)).Accepted); // the other element is the identity
        Assert.True(CertificateCheck.Check(moved, About(Exchange) with { Box = ([0, 0], [1, 1]) }).Accepted);
        Assert.False(CertificateCheck.Check(moved, About(Exchange) with { Box = ([0, 0], [2, 2]) }).Accepted);
        Assert.False(CertificateCheck.Check(Scoped, About(Exchange) with { Box = ([-1, 0], [1, 1]) }).Accepted);
        Assert.True(CertificateCheck.Check(Scoped, About(Exchange) with { Box = ([0, 0], [9, 9]) }).Accepted);

        // ρ(x3 - 4) on [5,6]x[0,1]x[0,1]: 0 at x, (1 2) x and (1 2 3) x, and not at (1 3) x
        const string Shift = """
            proofs-certificate symmetry 1
            network 3 2
            layer 1
            row -4 2:1
            layer 1
            row 0 0:1
            property 1
            case
            lower 5 0 0
            upper 6 1 1
            end
            generator
            input 1:1
            input 0:1
            input 2:1
            output 0:1
            regions
            generator
            input 2:1
            input 0:1
            input 1:1
            output 0:1
            regions
            end

            """;
        Assert.Contains("for these g alone", CertificateCheck.Check(Shift).Statement, StringComparison.Ordinal);
        var result =
            CertificateCheck.Check(Shift, About(Action([[1], [0], [2]], [[0]]), Action([[2], [0], [1]], [[0]])));
        Assert.False(result.Accepted, result.Statement);
    }

    // y1 = ρ(x1 - x2) + ρ(x2) is the maximum where x >= 0, and y2(x) = y1(-x4, -x3) = ρ(x3 - x4) + ρ(-x3). The product
    // of both generators exchanges x3 and x4 behind the back of that domain: y2 is 0 at x3 = 1, x4 = 2, and 1 at
    // x3 = 2, x4 = 1.
    [Fact]
    public void A_domain_that_is_not_mapped_into_itself_says_nothing_of_products()
    {
        const string Moved = """
            proofs-certificate symmetry 1
            network 4 2
            layer 4
            row 0 0:1 1:-1
            row 0 1:1
            row 0 2:1 3:-1
            row 0 2:-1
            layer 2
            row 0 0:1 1:1
            row 0 2:1 3:1
            property 1
            case
            lower 0 0 0 0
            upper 2 2 2 2
            end
            generator
            input 1:1
            input 0:1
            input 2:1
            input 3:1
            output 0:1
            output 1:1
            comparators
            generator
            input 3:-1
            input 2:-1
            input 1:-1
            input 0:-1
            output 1:1
            output 0:1
            units 2:1 3:1 0:1 1:1
            end

            """;
        var exchange = Action([[1], [0], [2], [3]], [[0], [1]]);
        var other = Action([[0], [1], [3], [2]], [[0], [1]]); // the first between two of the second
        var network = NetworkText.Parse(
            Moved[(Moved.IndexOf('\n') + 1)..Moved.IndexOf("generator", StringComparison.Ordinal)]).Network;
        Assert.Equal([2, 0], network.Evaluate([1, 2, 1, 2]));
        Assert.Equal([2, 1], network.Evaluate(other.Input.Apply([1, 2, 1, 2])));

        var result = CertificateCheck.Check(Moved);
        Assert.Contains("all x without a coordinate below 0, for these g alone", result.Statement,
            StringComparison.Ordinal);
        Assert.True(CertificateCheck.Check(Moved, About(exchange)).Accepted);
        var refused = CertificateCheck.Check(Moved, About(other));
        Assert.False(refused.Accepted, refused.Statement);
        Assert.EndsWith("nothing shows it for g = (3 4)", refused.Reason, StringComparison.Ordinal);
        Assert.False(CertificateCheck.Check(Moved, About(exchange, other)).Accepted);

        // alone the exchange maps the domain into itself
        string alone = Moved[..Moved.IndexOf("generator\ninput 3:-1", StringComparison.Ordinal)] + "end\n";
        Assert.Contains("for all products", CertificateCheck.Check(alone).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Generators_are_named_in_full()
    {
        Assert.Equal("(1 2)", GeneratorText.Of(Exchange.Input));
        Assert.Equal("()", GeneratorText.Of(SymmetryClaim.Identity(3)));
        Assert.Equal("(1 2 3)", GeneratorText.Of(Action([[2], [0], [1]], [[0]]).Input)); // coordinate 1 goes to place 2
        var turn = new AffineMap(2, [new([new(1, -1)], 0), new([new(0, 1)], 0)]);
        Assert.Equal("x -> (-x2, x1)", GeneratorText.Of(turn));
        var rotation = new AffineMap(
            2, [new([new(0, new(3, 5)), new(1, new(-4, 5))], 0), new([new(0, new(4, 5)), new(1, new(3, 5))], 0)]);
        Assert.Equal("y -> (3/5*y1 - 4/5*y2, 4/5*y1 + 3/5*y2)", GeneratorText.Of(rotation, "y"));
    }

    private static SymmetryExpectation About(params ImmutableArray<GeneratorAction> generators) =>
        new() { Group = "G", Generators = generators };

    private static GeneratorAction Action(int[][] input, int[][] output) => new(Rows(input), Rows(output));

    private static AffineMap Rows(int[][] ones) => new(
        ones.Length,
        [.. ones.Select(r => new Row([.. r.Select(k => new Entry(k, BigRational.One))], BigRational.Zero))]);
}
