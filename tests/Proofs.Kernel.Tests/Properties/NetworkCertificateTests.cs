using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Xunit;

namespace Proofs.Kernel.Tests.Properties;

public sealed class NetworkCertificateTests
{
    // y1 = |x1 - x2|, y2 = x1 + x2 of ρ(x1 - x2), ρ(x2 - x1), ρ(x1 + x2); |x1 - x2| >= 9/4 nowhere on the box
    private const string Split = """
        proofs-certificate network 1
        network 2 2
        layer 3
        row 0 0:1 1:-1
        row 0 0:-1 1:1
        row 0 0:1 1:1
        layer 2
        row 0 0:1 1:1
        row 0 2:1
        property 1
        case
        lower 0 0
        upper 2 2
        output <= -9*2^-2 0:-1
        end
        unsat
        root 0
        lower 0 0
        upper 2 2
        r 0 0
        l 0
        s 0
        l 0
        l 0
        end

        """;

    private const string Sat = $"""
        proofs-certificate network 1
        {CertificateParts.Distance}
        property 2
        case
        lower 0 0
        upper 2 2
        input <= 1 0:1 1:1
        output <= -1*2^-1 0:-1
        case
        lower 0 0
        upper -1 2
        end
        sat
        point 3/4 1/4

        """;

    // 0 is the least value of |x1 - x2|, met on a diagonal: boxes never decide that it is not below 0, regions do
    private const string Walk = $"""
        proofs-certificate network 1
        {CertificateParts.Distance}
        {CertificateParts.UnitSquare}
        output < 0 0:1
        end
        unsat
        {CertificateParts.UnitRoot}
        x
        end

        """;

    private const string Inputs = """
        proofs-certificate network 1
        network 2 1
        layer 1
        row 0 0:1 1:1
        property 2
        case
        lower 0 0
        upper 1 1
        input <= -1 0:1
        output <= 5 0:1
        case
        lower 0 0
        upper 1 1
        input < 0 0:1 1:1
        end
        unsat
        root 0 1
        lower 0 0
        upper 1 1
        l i0 i0
        end

        """;

    [Fact]
    public void Boxes_are_divided_by_coordinates_and_signs_and_leaves_bounded()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Split);
        Assert.StartsWith(
            "unsat: no real input x belongs to a case, for the network with 2 inputs and 2 outputs y = Phi(x), "
            + "and the property of 1 case (case 0: x in [0,2]x[0,2] with -1*y1 <= -9*2^-2): "
                + "network and property sha256:", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("output <= -9*2^-2", "output <= -2") // met at a corner
            .Refused("output <= -9*2^-2", "output < -199/100")
            .Refused("output <= -9*2^-2 0:-1", "output <= 9*2^-2 0:1")
            .Refused("output <= -9*2^-2 0:-1", "output <= -9*2^-2 1:-1")
            .Refused("upper 2 2\noutput", "upper 2 3\noutput") // more than the root
            .Refused("upper 2 2\noutput", "upper 3 3\noutput")
            .Refused("upper 2 2\nr", "upper 2 1\nr")
            .Refused("r 0 0\nl 0\n", "r 0 0\n") // a leaf less
            .Refused("s 0\nl 0\n", "s 0\n")
            .Refused("s 0\nl 0\nl 0\n", "l 1\n") // no such constraint
            .Refused("s 0\nl 0\nl 0\n", "l i0\n")
            .Refused("s 0\nl 0\nl 0\n", "l 0 0\n")
            .Refused("s 0\nl 0\nl 0\n", "l\n")
            .Refused("s 0\n", "s 2\n")
            .Refused("s 0\n", "s 0 2\n") // no division
            .Refused("s 0\n", "s 0 -1\n")
            .Refused("row 0 0:1 1:1\nrow", "row 0 0:1 1:5\nrow")
            .Refused("row 0 0:-1 1:1", "row 1 0:-1 1:1")
            .Refused("\nr 0 0", "\nr 1 0")
            .Refused("\nr 0 0", "\nr 0 3")
            .Refused("root 0", "root 1")
            .Refused("root 0", "root")
            .Refused("unsat", "sat")
            .AreEnough();
    }

    [Fact]
    public void A_point_is_evaluated_exactly()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Sat);
        Assert.StartsWith(
            "sat: the input of the certificate (3*2^-2, 1*2^-2) belongs to a case", misses.Accepted(),
            StringComparison.Ordinal);
        misses.Refused("point 3/4 1/4", "point 3/4 1/3") // |x1 - x2| below 1/2 and the sum above 1
            .Refused("point 3/4 1/4", "point 3/4 251/1000")
            .Refused("point 3/4 1/4", "point -1/4 -3/4") // outside
            .Refused("point 3/4 1/4", "point 3/4")
            .Refused("point 3/4 1/4", "point 3/4 1/4 0")
            .Refused("point 3/4 1/4\n", "point 3/4 1/4\nend\n")
            .Refused("point 3/4 1/4\n", "")
            .Refused("output <=", "output <")
            .Refused("input <= 1 ", "input < 1 ")
            .Refused("-1*2^-1", "-3*2^-2")
            .Refused("sat\n", "unsat\n")
            .AreEnough();
    }

    [Fact]
    public void Regions_are_walked_exactly_ties_included()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Walk);
        _ = misses.Accepted();
        misses.Refused("output < 0", "output <= 0")
            .Refused("output < 0", "output < 1/1000000000000000000")
            .Refused("output < 0 0:1", "output < 0 0:-1")
            .Refused("output < 0 0:1", "output < 1 0:-1")
            .Refused("row 0 0:1 1:1", "row 0 0:1 1:-1")
            .Refused("row 0 0:1 1:1", "row -1*2^-100 0:1 1:1")
            .Refused("x\nend", "l 0\nend") // boxes do not decide it
            .Refused("upper 1 1\nx", "upper 1 1*2^-1\nx")
            .AreEnough();
    }

    [Fact]
    public void Constraints_of_inputs_exclude_where_no_input_is_left()
    {
        var misses = new NearMisses(t => CertificateCheck.Check(t), Inputs);
        Assert.Contains("2 cases", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("input < 0", "input <= 0")
            .Refused("input <= -1 ", "input <= 0 ")
            .Refused("input <= -1 0:1", "input <= -1 0:-1")
            .Refused("l i0 i0", "l i0")
            .Refused("l i0 i0", "l i0 i1")
            .Refused("l i0 i0", "l 0 i0")
            .Refused("root 0 1", "root 0")
            .Refused("root 0 1", "root 0 2")
            .Refused("lower 0 0\nupper 1 1\nl", "lower 1*2^-1 0\nupper 1 1\nl")
            .AreEnough();
    }

    [Fact]
    public void Every_case_has_a_tree()
    {
        string one = Inputs.Replace("root 0 1", "root 0", StringComparison.Ordinal)
            .Replace("l i0 i0", "l i0", StringComparison.Ordinal);
        var result = CertificateCheck.Check(one);
        Assert.False(result.Accepted);
        Assert.EndsWith("expected a tree for each case", result.Reason, StringComparison.Ordinal);
        string two = one.Replace("l i0\n", "l i0\nroot 1\nlower 0 0\nupper 1 1\nl i0\n", StringComparison.Ordinal);
        Assert.True(CertificateCheck.Check(two).Accepted, CertificateCheck.Check(two).Reason);
        string again = two.Replace("root 1\n", "root 0\n", StringComparison.Ordinal); // the same one twice
        Assert.False(CertificateCheck.Check(again).Accepted);
    }

    [Fact]
    public void A_property_without_an_input_in_a_box_is_vacuous()
    {
        string none = Walk.Replace(
            "property 1\ncase\nlower 0 0\nupper 1 1\noutput < 0 0:1\nend\nunsat\nroot 0\nlower 0 0\nupper 1 1\nx\n",
            "property 0\nend\nunsat\n", StringComparison.Ordinal);
        string empty = Walk.Replace("upper 1 1\noutput", "upper 1 -1\noutput", StringComparison.Ordinal);
        foreach (string text in new[] { none, empty,
            none.Replace("unsat\nend", "sat\npoint 0 0", StringComparison.Ordinal) })
        {
            Assert.Contains("vacuous", CertificateCheck.Check(text).Reason, StringComparison.Ordinal);
        }

        Assert.True(CertificateCheck.Check(Sat).Accepted); // one case is empty, and said to be
        Assert.Contains(
            "2 cases, 1 of them with an empty box", CertificateCheck.Check(Sat).Statement, StringComparison.Ordinal);
    }

    // y = 300 x on [1/448, 6/448]: the largest value is met at the end, which lies between two units of fixed point.
    [Theory]
    [InlineData("output <= -225/56 0:-1", "output < -225/56 0:-1")] // y >= 225/56 at 6/448
    [InlineData("output <= 75/112 0:1", "output < 75/112 0:1")] // y <= 75/112 at 1/448
    public void A_value_at_an_end_that_no_unit_meets_is_not_excluded(string closed, string strict)
    {
        const string Ends = """
            proofs-certificate network 1
            network 1 1
            layer 1
            row 0 0:300
            property 1
            case
            lower 1/448
            upper 6/448
            CONSTRAINT
            end
            unsat
            root 0
            lower 1/448
            upper 6/448
            l 0
            end

            """;
        var result = CertificateCheck.Check(Ends.Replace("CONSTRAINT", closed, StringComparison.Ordinal));
        Assert.False(result.Accepted, result.Statement);
        Assert.Contains("exclude", result.Reason, StringComparison.Ordinal);

        // of the strict one nothing is left, which regions decide, and at some distance bounds do
        string regions = Ends.Replace("CONSTRAINT", strict, StringComparison.Ordinal)
            .Replace("l 0", "x", StringComparison.Ordinal);
        Assert.Equal("", CertificateCheck.Check(regions).Reason);
        string far = Ends.Replace("CONSTRAINT", closed.Replace("-225/56", "-226/56", StringComparison.Ordinal)
            .Replace(" 75/112", " 74/112", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("", CertificateCheck.Check(far).Reason);
    }

    // A walk that does not come to its end has found no point, and shows nothing: y = x1 <= 0 at the origin.
    [Theory]
    [InlineData(5, "output < 0 0:1", true)]
    [InlineData(5, "output <= 0 0:1", false)]
    [InlineData(6, "output < 0 0:1", false)] // true, and too many sides to walk
    [InlineData(6, "output <= 0 0:1", false)]
    [InlineData(6, "output <= 1 0:1", false)] // all of the box
    public void A_box_of_too_many_sides_is_not_excluded_by_a_walk(int inputs, string constraint, bool accepted)
    {
        string zeros = string.Concat(Enumerable.Repeat(" 0", inputs)),
            ones = string.Concat(Enumerable.Repeat(" 1", inputs));
        var result = CertificateCheck.Check(string.Join('\n',
            NetworkCertificate.Header, $"network {inputs} 1", "layer 1", "row 0 0:1", "property 1", "case",
            "lower" + zeros, "upper" + ones, constraint, "end", "unsat", "root 0", "lower" + zeros, "upper" + ones,
            "x", "end\n"));
        Assert.Equal(accepted, result.Accepted);
        if (!accepted)
        {
            Assert.Contains("without an input that belongs to a case", result.Reason, StringComparison.Ordinal);
        }
    }

    // 120 simplices, through a layer of 80^2 weights: more than one walk may spend. One order of the coordinates, hence
    // the inside of one simplex alone, belongs to the case.
    [Theory]
    [InlineData(80, true)]
    [InlineData(80, false)]
    [InlineData(8, true)]
    [InlineData(8, false)]
    public void A_walk_that_runs_out_of_work_excludes_nothing(int width, bool isRising)
    {
        string units = string.Join('\n', Enumerable.Repeat("row 1 0:1 1:1 2:1 3:1 4:1", width)),
            weights = string.Concat(Enumerable.Range(0, width).Select(j => $" {j}:1")),
            dense = string.Join('\n', Enumerable.Repeat("row 1" + weights, width));
        string subject = string.Join('\n',
            "network 5 3", $"layer {width}", units, $"layer {width}", dense, "layer 1", "row 0 0:1", "property 1",
            "case", "lower 0 0 0 0 0", "upper 1 1 1 1 1",
            string.Join('\n', Enumerable.Range(0, 4).Select(
                j => isRising ? $"input < 0 {j}:1 {j + 1}:-1" : $"input < 0 {j}:-1 {j + 1}:1")), "end\n");
        var property = NetworkText.Parse(subject);
        BigRational[] belongs = [.. Enumerable.Range(1, 5).Select(j => new BigRational(isRising ? j : 6 - j, 7))];
        Assert.True(property.Holds(belongs));
        var walk = RegionWalk.Run(
            property, 0, property.Cases[0].Lower, property.Cases[0].Upper, NetworkCertificate.WalkWork);
        Assert.Equal(width < 80 || isRising, walk.IsDecided);
        Assert.Equal(walk.IsDecided, walk.Point is not null); // the walk begins with the simplex of rising coordinates

        string tree = "unsat\nroot 0\nlower 0 0 0 0 0\nupper 1 1 1 1 1\nx\nend\n";
        var result = CertificateCheck.Check($"{NetworkCertificate.Header}\n{subject}{tree}");
        Assert.False(result.Accepted, result.Statement);
        Assert.Contains("without an input that belongs to a case", result.Reason, StringComparison.Ordinal);

        // without a point in it the case is excluded where the walk ends, and only there
        string none = subject.Replace("\nend\n", "\noutput < 0 0:1\nend\n", StringComparison.Ordinal);
        Assert.Equal(width < 80, CertificateCheck.Check($"{NetworkCertificate.Header}\n{none}{tree}").Accepted);
    }

    [Theory]
    [InlineData("layer 2", "layer 0")]
    [InlineData("network 2 2", "network 0 2")]
    [InlineData("network 2 2", "network 2 0")]
    [InlineData("network 2 2", "network 99999999999 2")]
    [InlineData("row 0 0:1", "row 0 0:1\r")]
    [InlineData("row 0 0:1", "row 0 0:0.5")]
    [InlineData("row 0 0:1", "row 0 0:+1")]
    [InlineData("row 0 0:1", "row 0 0:1e3")]
    [InlineData("row 0 0:1", "row 0 0:1/0")]
    [InlineData("row 0 0:1", "row 0 0:1*2^9999")]
    [InlineData("row 0 0:1 1:-1", "row 0 1:-1 0:1")]
    [InlineData("row 0 0:1 1:-1", "row 0 0:1 0:-1")]
    [InlineData("row 0 0:1 1:-1", "row 0 0:1 2:-1")]
    [InlineData("row 0 0:1 1:-1", "row")]
    [InlineData("property 1", "property -1")]
    [InlineData("property 1", "property 2")]
    [InlineData("end\nunsat", "end\nperhaps")]
    [InlineData("x\nend\n", "x\nend")]
    [InlineData("x\nend\n", "x\nend\n\n")]
    public void A_malformed_line_is_refused(string from, string to) =>
        new NearMisses(t => CertificateCheck.Check(t), Walk).Refused(from, to);
}
