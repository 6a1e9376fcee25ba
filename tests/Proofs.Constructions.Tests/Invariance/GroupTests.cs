using System.Numerics;
using Proofs.Constructions.Invariance;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Invariance;

public sealed class GroupTests
{
    [Theory]
    [InlineData("S4", 4, 24)]
    [InlineData("S1", 1, 1)]
    [InlineData("S2", 2, 2)]
    [InlineData("C8", 8, 8)]
    [InlineData("D5", 5, 10)]
    [InlineData("S3 on 3x2", 6, 6)]
    [InlineData("D4 on 3x3", 9, 8)]
    [InlineData("D4 on 2x2", 4, 8)]
    [InlineData("D4 on 3x3x2", 18, 8)]
    [InlineData("signs 3", 3, 8)]
    [InlineData("signed S3", 3, 48)]
    public void Generators_generate_as_many_elements_as_the_group_has(string name, int dimension, int order)
    {
        var group = Groups.Parse(name, dimension);
        Assert.Equal((dimension, (BigInteger?)order), (group.Dimension, group.Order));
        Assert.All(group.Generators, g => Assert.True(g.IsMonomial));
        Assert.Equal(order, group.Generators.IsEmpty ? 1 : GroupClosure.Order(group.Generators));
    }

    [Theory]
    [InlineData("S4", 5, "acts on 4 coordinates, the network has 5 inputs")]
    [InlineData("S3", 6, "'S3 on 3x2' permutes 3 points with 2 features")]
    [InlineData("S3 on 4x2", 8, "S3 on 3x2")]
    [InlineData("D4 on 3x2", 6, "as wide as high")]
    [InlineData("D2", 2, "D3 or more")]
    [InlineData("S999999", 4, "999999 coordinates")]
    [InlineData("S0", 4, "names no action")]
    [InlineData("Q8", 8, "expected a group")]
    [InlineData("", 8, "expected a group")]
    public void A_name_that_does_not_fit_is_refused_with_the_numbers(string name, int dimension, string expected)
    {
        var error = Assert.Throws<GroupException>(() => Groups.Parse(name, dimension));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1 2 3)(4 5)", 5, 6)]
    [InlineData("# comment\n\n2 3 1\n(1 2)\n", 3, 6)]
    [InlineData("0 1; -1 0", 2, 4)]
    [InlineData("3/5 4/5; 4/5 -3/5", 2, 2)]
    [InlineData("-1", 1, 2)]
    [InlineData("()", 4, 1)]
    public void A_file_of_generators_gives_the_group(string text, int dimension, int order) =>
        Assert.Equal((BigInteger?)order, GeneratorFile.Parse("file", text, dimension).Order);

    [Theory]
    [InlineData("(1 2 3 4 5 6 7 8 9 10 11)\n(3 7 11 8)(4 10 5 6)", 11, "7920")] // the Mathieu group M11
    [InlineData(
        "(1 2)\n(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25)", 25, "15511210043330985984000000")]
    // the alternating group A13
    [InlineData("(1 2 3)\n(3 4 5)\n(5 6 7)\n(7 8 9)\n(9 10 11)\n(11 12 13)", 13, "3113510400")]
    [InlineData("(1 2)(3 4)\n(1 3)(2 4)\n(5 6)", 8, "8")]
    public void The_order_of_a_group_far_too_large_to_list_is_counted_exactly(
        string text, int dimension, string order) =>
        Assert.Equal(order, GeneratorFile.Parse("file", text, dimension).Order.ToString());

    [Theory]
    [InlineData("(1 2 6)", 5, 1, "from 1 to 5")]
    [InlineData("(1 2)(2 3)", 5, 1, "2 occurs twice")]
    [InlineData("(1 2", 5, 1, "expected cycles")]
    [InlineData("()\n1 2 3", 5, 2, "3 images; the network has 5 inputs")]
    [InlineData("1 1 2", 3, 1, "occurs twice")]
    [InlineData("1 0; 0 2", 2, 1, "not orthogonal: row 2 times row 2 is 4, expected 1")]
    [InlineData("1 0; 0 1", 3, 1, "2 rows; the network has 3 inputs")]
    [InlineData("1 0 0; 0 1", 2, 1, "a row with 3 entries")]
    [InlineData("1 x; 0 1", 2, 1, "found 'x'")]
    [InlineData("3/5 -4/5; 4/5 3/5", 2, 0, "infinite: it has an element with trace 6/5")]
    [InlineData("3/5 4/5; 4/5 -3/5\n0 1; 1 0", 2, 0, "infinite")]
    [InlineData("# nothing", 2, 0, "found none")]
    public void A_file_that_does_not_fit_is_refused_with_line_and_numbers(
        string text, int dimension, int line, string expected)
    {
        var error = Assert.Throws<GroupException>(() => GeneratorFile.Parse("file", text, dimension));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Points_move_with_all_their_features_and_outputs_as_the_points()
    {
        var group = Groups.Parse("C3 on 3x2", 6);
        BigRational[] x = [1, 2, 3, 4, 5, 6];
        Assert.Equal([5, 6, 1, 2, 3, 4], group.Generators[0].Apply(x));
        Assert.Equal([3, 1, 2], group.OnOutputs(3)!.Generators[0].Apply([1, 2, 3]));
        Assert.Null(group.OnOutputs(4));
    }
}
