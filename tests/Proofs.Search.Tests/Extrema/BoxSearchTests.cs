using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Extrema;

/// <summary>
/// The oracles are extrema known from the literature, and interval evaluation at points of the domain.
/// </summary>
public sealed class BoxSearchTests
{
    [Theory]
    [InlineData(
        "(4 - 21/10*x1^2 + x1^4/3)*x1^2 + x1*x2 + (-4 + 4*x2^2)*x2^2", "[-3,3]x[-2,2]", "-1.0316284534898774", "162.9")]
    [InlineData(
        "(1 + (x1 + x2 + 1)^2*(19 - 14*x1 + 3*x1^2 - 14*x2 + 6*x1*x2 + 3*x2^2))*(30 + (2*x1 - 3*x2)^2*(18 - 32*x1 + "
            + "12*x1^2 + 48*x2 - 36*x1*x2 + 27*x2^2))", "[-2,2]^2", "3", "1015690.2717980597")]
    [InlineData(
        "-x1*x3^3 + 4*x2*x3^2*x4 + 4*x1*x3*x4^2 + 2*x2*x4^3 + 4*x1*x3 + 4*x3^2 - 10*x2*x4 - 10*x4^2 + 2",
        "[-1/2,1/2]^4", "-3.18009662587293", "4.48527733332025")]
    [InlineData(
        "-x1*x6^3 + 3*x1*x6*x7^2 - x3*x7^3 + 3*x3*x7*x6^2 - x2*x5^3 + 3*x2*x5*x8^2 - x4*x8^3 + 3*x4*x8*x5^2 - "
            + "0.9563453",
        "[-1/10,4/10]x[4/10,1]x[-7/10,-4/10]x[-7/10,4/10]x[1/10,2/10]x[-1/10,2/10]x[-3/10,11/10]x[-11/10,-3/10]",
        "-1.7434485794",
        "1.3677547")]
    [InlineData("100*(x2 - x1^2)^2 + (1 - x1)^2 + 100*(x3 - x2^2)^2 + (1 - x2)^2", "[-2,2]^3", "0", "7218")]
    [InlineData(
        "20 + x1^2 - 10*cos(2*pi*x1) + x2^2 - 10*cos(2*pi*x2)", "[-512/100,512/100]^2", "0", "80.706580387677876")]
    [InlineData(
        "-20*exp(-1/5*sqrt(1/2*(x1^2 + x2^2))) - exp(1/2*(cos(2*pi*x1) + cos(2*pi*x2))) + exp(1) + 20", "[-5,5]^2", "0",
        "14.302667500265278")]
    [InlineData("1 + (x1^2 + x2^2)/4000 - cos(x1)*cos(x2/sqrt(2))", "[-60,60]^2", "0", "3.6346547")]
    public void The_extrema_of_the_test_problems_of_global_optimisation_are_enclosed(
        string formula, string domain, string least, string largest)
    {
        var range = Range(formula, domain, 1e-6);
        Assert.True(range.Complete, range.Minimum.Why ?? range.Maximum.Why);
        Near(range.Minimum.Value, BigRational.Parse(least));
        Near(range.Maximum.Value, BigRational.Parse(largest));
    }

    [Fact]
    public void Parts_of_a_sum_that_share_no_input_are_bounded_apart()
    {
        var range = Range(
            "1/2*(x1^4 - 16*x1^2 + 5*x1 + x2^4 - 16*x2^2 + 5*x2 + sin(x3*x5) + x4) - x4 + 7", "[-5,5]^2x[-1,1]^3",
            1e-6);
        Assert.True(range.Complete);
        Assert.True(
            range.Minimum.Boxes < 500, range.Minimum.Boxes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Near(range.Minimum.Value,
            new BigRational(-78_332_331_407, 1_000_000_000) + new BigRational(65, 10)
                - new BigRational(4_207_354_924, 10_000_000_000));
    }

    [Theory]
    [InlineData("if(x1^2 + x2^2 <= 1, x1 + 2, x2)", "[-1,1]x[-2,2]", "-2", "3")]
    [InlineData("if(x1 < 1/2, x1 + x2, 0)", "[0,1]^2", "0", "3/2")]
    [InlineData("floor(x1 + x2)*x1", "[0,3/4]^2", "0", "3/4")]
    [InlineData("ceil(x2) + floor(x1)", "[1/3,1]x[0,1/7]", "0", "2")]
    [InlineData("max(x1*x2, 1/4 - abs(x1 - x2))", "[0,1]^2", "0", "1")]
    public void A_supremum_at_a_jump_is_enclosed_though_it_is_not_attained(
        string formula, string domain, string least, string largest)
    {
        var range = Range(formula, domain, 1e-5);
        Assert.True(range.Complete, range.Minimum.Why ?? range.Maximum.Why);
        Assert.True(
            range.Minimum.Value.Lower <= BigRational.Parse(least)
                && range.Maximum.Value.Upper >= BigRational.Parse(largest));
    }

    [Fact]
    public void The_answer_is_the_same_for_any_number_of_threads()
    {
        var request = Request("sin(3*x1*x2) + exp(x1 - x3)*cos(5*x3) - x2^3*x1", "[-1,1]^3", 1e-7);
        var one = Certifier.Range(request.WithJobs(1));
        var four = Certifier.Range(request.WithJobs(4));
        Assert.Equal((one.Minimum.Value, one.Minimum.Boxes, one.Minimum.Witness),
            (four.Minimum.Value, four.Minimum.Boxes, four.Minimum.Witness));
        Assert.Equal((one.Maximum.Value, one.Maximum.Boxes, one.Maximum.Witness),
            (four.Maximum.Value, four.Maximum.Boxes, four.Maximum.Witness));
    }

    [Theory]
    [InlineData("x1^2*x2", "[-1000000000000000000000000000000,1000000000000000000000000000000]^2")]
    [InlineData("exp(-x1^2)*x2", "[-1000000000000000000000000000000,1000000000000000000000000000000]x[0,1]")]
    [InlineData("x1*x2 - x1^2", "[1/3,1/3]x[0,1]")]
    [InlineData("x1/(1 + x1^2) + x2", "[-1/1000000000000000000000000000000,1/1000000000000000000000000000000]^2")]
    public void Sides_of_any_size_are_searched(string formula, string domain) =>
        Assert.True(Range(formula, domain, 1e-6).Complete);

    [Fact]
    public void Values_at_points_of_the_domain_lie_within_the_enclosures()
    {
        var random = new Random(3);
        for (int n = 0; n < 60; n++)
        {
            string text = RandomFormulas.Of(random, ["x1", "x2", "x3"], 4);
            var formula = Expr.Parse(text);
            BigRational low = new(random.Next(-6, 4), 2), high = low + new BigRational(random.Next(0, 8), 4);
            var range = Certifier.Range(Request(text, $"[{low},{high}]^3", 1e-2).WithBoxBudget(200));
            var tape = ExprTape.Compile([formula], ["x1", "x2", "x3"]);
            for (int i = 0; i < 60; i++)
            {
                Interval[] point = [
                    .. Enumerable.Range(0, 3)
                    .Select(_ => Interval.Enclose(low + ((high - low) * new BigRational(random.Next(9), 8))))];
                var at = tape.EvaluateDecorated(point);
                if (at.Set.IsEmpty || at.Decoration < Decoration.Defined)
                {
                    continue;
                }

                Assert.False(
                    Binary64Above(at.Set.Sup, range.Minimum.Value.Lower),
                    $"{text} on [{low},{high}]^3: {at} is below {range.Minimum.Value}");
                Assert.False(
                    Binary64Below(at.Set.Inf, range.Maximum.Value.Upper),
                    $"{text} on [{low},{high}]^3: {at} is above {range.Maximum.Value}");
            }
        }
    }

    private static bool Binary64Above(double value, BigRational? lower) =>
        double.IsFinite(value) && Binary64.Exact(value) < lower;

    private static bool Binary64Below(double value, BigRational? upper) =>
        double.IsFinite(value) && Binary64.Exact(value) > upper;

    // The digits given are right but for the last.
    private static void Near(RationalInterval value, BigRational expected)
    {
        var slack = new BigRational(1, 1_000_000) * BigRational.Max(1, BigRational.Abs(expected));
        Assert.True(
            value.Lower <= expected + slack && value.Upper >= expected - slack, $"{expected} is not in {value}");
    }

    private static CertifyRequest Request(string formula, string domain, double gap) =>
        CertifyRequest.OfFormula(Expr.Parse(formula), Region.Parse(domain)).WithRelativeGap(gap).WithBoxBudget(50_000);

    private static RangeResult Range(string formula, string domain, double gap) =>
        Certifier.Range(Request(formula, domain, gap));
}
