using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>
/// Equal forms are equal functions: forms of random networks of one table against their values at points.
/// </summary>
public sealed class TermTableTests
{
    private const long Work = 4_000_000;

    // Networks with few different entries, so that many of them are one function in different words.
    [Theory]
    [InlineData(1, 2, new[] { 2 })]
    [InlineData(2, 2, new[] { 3 })]
    [InlineData(3, 2, new[] { 2, 2 })]
    [InlineData(4, 1, new[] { 3, 2 })]
    [InlineData(5, 3, new[] { 3 })]
    [InlineData(6, 1, new[] { 2, 2, 2 })]
    public void Networks_with_one_form_have_the_same_values(int seed, int inputs, int[] hidden)
    {
        var random = new Random(seed);
        var table = new TermTable(Work);
        Row[] x = [.. Enumerable.Range(0, inputs).Select(table.Coordinate)];
        BigRational[][] points = [.. Enumerable.Range(0, 40).Select(_ => RandomNetworks.Point(random, inputs))];
        var known = new Dictionary<Row, (ExactNetwork Network, BigRational[] Values)>();
        int equal = 0, inOtherWords = 0;
        for (int n = 0; n < 800; n++)
        {
            var network = new ExactNetwork([.. ((int[])[inputs, .. hidden]).Zip((int[])[.. hidden, 1],
                (columns, rows) => Ternary(random, columns, rows))]);
            var form = table.Flat(table.Outputs(network, x)[0]);
            Assert.False(table.IsSpent);
            BigRational[] values = [.. points.Select(p => RandomNetworks.Values(network, p)[0])];
            if (!known.TryAdd(form, (network, values)))
            {
                Assert.Equal(known[form].Values, values);
                equal++;
                inOtherWords += known[form].Network.Layers.Zip(network.Layers)
                    .All(l => l.First.Rows.SequenceEqual(l.Second.Rows)) ? 0 : 1;
            }
        }

        Assert.True(equal > 80 && inOtherWords > 60, $"{equal} equal forms, {inOtherWords} of other networks");
        Assert.True(known.Count > 20, $"{known.Count} forms");
    }

    // Coordinates that are numbers: what is left is the value.
    [Theory]
    [InlineData(7, new[] { 2, 4, 3, 2 })]
    [InlineData(8, new[] { 3, 5, 1 })]
    [InlineData(9, new[] { 1, 3, 3, 3, 1 })]
    public void A_network_of_numbers_is_its_value(int seed, int[] widths)
    {
        var random = new Random(seed);
        for (int n = 0; n < 60; n++)
        {
            var table = new TermTable(Work);
            var network = RandomNetworks.Of(random, widths);
            var point = RandomNetworks.Point(random, widths[0]);
            var outputs = table.Outputs(network, [.. point.Select(v => new Row([], v))]);
            Assert.All(outputs, row => Assert.Empty(row.Weights));
            Assert.Equal(RandomNetworks.Values(network, point), outputs.Select(row => row.Bias));
            Assert.All(outputs, row => Assert.Equal(row, table.Flat(row)));
        }
    }

    // On an affine path x = a + b t the form in t of the network along the path has the network's values there.
    [Fact]
    public void A_network_along_a_line_is_a_network_of_one_input()
    {
        var random = new Random(10);
        int same = 0;
        for (int n = 0; n < 200; n++)
        {
            var table = new TermTable(Work);
            var t = table.Coordinate(0);
            var network = RandomNetworks.Of(random, 2, 3, 1);
            var line = RandomNetworks.Map(random, 1, 2);
            var first = network.Layers[0];
            var along = network with
            {
                Layers = network.Layers.SetItem(0, new(1, [
                .. first.Rows.Select(r => Through(r, line))]))
            };
            Row[] path = [.. line.Rows.Select(r => table.Combination(r, [t]))];
            var form = table.Flat(table.Outputs(network, path)[0]);
            same += form.Equals(table.Flat(table.Outputs(along, [t])[0])) ? 1 : 0;
        }

        Assert.Equal(200, same); // the rows before ρ are the same forms
    }

    // One function in two ways of writing it, ρ of a row of coefficients and a bias; "|" is between layers.
    [Theory]
    [InlineData("2 0 0 | 1 0", "1 0 0 | 2 0")] // ρ(2 x) = 2 ρ(x)
    [InlineData("-1 0 0 | 1 0", "1 0 0, 1 0 0, -1 0 0 | 1 -1 1 0")] // ρ(−x) = ρ(x) − x, with x = ρ(x) − ρ(−x)
    [InlineData("1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0", "-1 1 0, 1 0 0, -1 0 0 | 1 1 -1 0")] // max(x, y) = max(y, x)
    [InlineData("1 -1 0, 1 0 0, -1 0 0 | -1 1 -1 0", "-1 1 0, 0 1 0, 0 -1 0 | -1 1 -1 0")] // min(x, y) = min(y, x)
    [InlineData("1 -1 0, -1 1 0 | 1 1 0", "-1 1 0, 1 -1 0 | 1 1 0")] // |x − y| = |y − x|
    [InlineData("2 -2 0, 0 1 0, 0 -1 0 | 1 2 -2 1", "-1 1 0, 1 0 0, -1 0 0 | 2 2 -2 1")] // 2 max(x, y) + 1
    public void One_function_has_one_form(string left, string right)
    {
        var table = new TermTable(Work);
        Row[] x = [table.Coordinate(0), table.Coordinate(1)];
        Row[] forms = [.. new[] { left, right }.Select(text => table.Flat(table.Outputs(Network(text), x)[0]))];
        Assert.Equal(forms[0], forms[1]);
        AgreeAtPoints(left, right, true);
    }

    // A sign, a factor, a bias or a coordinate is another: other functions, and so other forms.
    [Theory]
    [InlineData("1 0 0 | 1 0", "0 1 0 | 1 0")] // ρ(x), ρ(y)
    [InlineData("1 0 0 | 1 0", "-1 0 0 | 1 0")]
    [InlineData("1 0 0 | 1 0", "-1 0 0 | -1 0")] // −ρ(−x) is no ρ(x)
    [InlineData("1 0 0 | 1 0", "1 0 1 | 1 -1")] // ρ(x + 1) − 1
    [InlineData("1 0 0 | 1 0", "2 0 0 | 1 0")]
    [InlineData("1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0", "1 -1 0, 1 0 0, -1 0 0 | 1 1 -1 0")] // y + ρ(x − y), x + ρ(x − y)
    [InlineData("1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0", "1 -1 0, 0 1 0 | 1 1 0")] // y and ρ(y)
    [InlineData("1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0", "-1 1 0, 0 1 0, 0 -1 0 | -1 1 -1 0")] // max, min
    [InlineData("1 -1 0, -1 1 0 | 1 1 0", "1 -1 0, -1 1 0 | 1 -1 0")] // |x − y|, x − y
    [InlineData("1 -1 0, -1 1 0 | 1 1 0", "1 1 0, -1 -1 0 | 1 1 0")] // |x − y|, |x + y|
    [InlineData("1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0", "-1 1 1, 1 0 0, -1 0 0 | 1 1 -1 0")] // max(x, y), max(x, y + 1)
    public void Another_function_has_another_form(string left, string right)
    {
        var table = new TermTable(Work);
        Row[] x = [table.Coordinate(0), table.Coordinate(1)];
        Row[] forms = [.. new[] { left, right }.Select(text => table.Flat(table.Outputs(Network(text), x)[0]))];
        Assert.NotEqual(forms[0], forms[1]);
        AgreeAtPoints(left, right, false);
    }

    // ρ disappears where the form is known not to be negative, and only there.
    [Theory]
    [InlineData("1 0 0, -1 0 0 | 1 1 0 | 1 0", true)] // ρ(|x|)
    [InlineData("1 0 0, -1 0 0 | 1 1 1 | 1 0", true)] // ρ(|x| + 1)
    [InlineData("1 0 0, -1 0 0 | 1 1 -1 | 1 0", false)] // ρ(|x| − 1)
    [InlineData("1 0 0, -1 0 0 | 1 -1 0 | 1 0", false)] // ρ(x)
    [InlineData("1 0 0, 0 1 0 | 2 3 0 | 1 0", true)] // ρ(2 ρ(x) + 3 ρ(y))
    [InlineData("1 0 0, 0 1 0 | 2 -1 0 | 1 0", false)]
    [InlineData("1 -1 0, -1 1 0 | 1 1 0 | 1 0", true)] // ρ(|x − y|)
    public void What_is_not_negative_is_its_own_positive_part(string text, bool isItself)
    {
        var table = new TermTable(Work);
        Row[] x = [table.Coordinate(0), table.Coordinate(1)];
        var network = Network(text);
        var without = new ExactNetwork(network.Layers[..^1]);
        Assert.Equal(
            isItself, table.Flat(table.Outputs(network, x)[0]).Equals(table.Flat(table.Outputs(without, x)[0])));
        var random = new Random(11);
        Assert.Equal(isItself, Enumerable.Range(0, 60).All(_ =>
            RandomNetworks.Point(random, 2) is var p
            && RandomNetworks.Values(network, p)[0] == RandomNetworks.Values(without, p)[0]));
    }

    // The negative of something that is not negative has no positive part.
    [Fact]
    public void What_is_not_positive_has_the_positive_part_0()
    {
        var table = new TermTable(Work);
        Row[] x = [table.Coordinate(0), table.Coordinate(1)];
        foreach (string text in new[] { "1 0 0, -1 0 0 | -1 -1 0 | 1 0", "1 -1 0, -1 1 0 | -2 -2 -3 | 1 0" })
        {
            Assert.Equal(new Row([], 0), table.Flat(table.Outputs(Network(text), x)[0]));
        }

        Assert.NotEqual(new Row([], 0), table.Flat(table.Outputs(Network("1 0 0, -1 0 0 | -1 -1 1 | 1 0"), x)[0]));
    }

    [Fact]
    public void Coordinates_are_told_apart_and_work_is_counted()
    {
        var table = new TermTable(50);
        Assert.Equal(4, Enumerable.Range(0, 4).Select(table.Coordinate).Distinct().Count());
        Assert.Equal(table.Coordinate(2), table.Coordinate(2));
        Assert.Equal(0, table.Spent);
        Row[] x = [table.Coordinate(0), table.Coordinate(1)];
        _ = table.Combination(new([new(0, 1), new(1, -1)], 3), x);
        Assert.Equal(4, table.Spent);
        Assert.False(table.IsSpent);
        _ = table.Outputs(RandomNetworks.Of(new Random(12), 2, 8, 8, 2), x);
        Assert.True(table.IsSpent);
        Assert.True(table.Spent > 50);
    }

    // What is said of the sides of a symmetry: the same terms, hence the same values, with a slip now and then.
    [Fact]
    public void Sides_that_are_one_term_agree_at_points()
    {
        var random = new Random(13);
        int shown = 0, refuted = 0;
        for (int n = 0; n < 400; n++)
        {
            // max and min of three numbers, summed over the pairs
            var rows = (int[][])[[1, -1, 0], [0, 1, -1], [-1, 0, 1], [0, 0, 1], [0, 0, -1], [1, 0, 0], [-1, 0, 0]];
            int[] factors = [random.Next(1, 3), 1, random.Next(1, 3), random.Next(0, 2), 0, 0, 0];
            factors[4] = -factors[3];
            var network = new ExactNetwork([
                new(3, [.. rows.Select(r => Row(r, random.Next(30) == 0 ? 1 : 0))]), new(7, [Row(factors, 0)])]);
            int[] images = random.Next(2) == 0 ? [1, 2, 0] : [1, 0, 2];
            var action = new GeneratorAction(
                new(3, [.. images.Select(i => new Row([new(i, 1)], 0))]), SymmetryClaim.Identity(1));
            bool holds = Enumerable.Range(0, 20).All(_ => RandomNetworks.Point(random, 3) is var p
                && network.Evaluate(p)[0] == network.Evaluate(action.Input.Apply(p))[0]);
            bool isShown = TermSymmetry.Holds(network, action);
            Assert.True(holds || !isShown, $"network {n}");
            (shown, refuted) = (shown + (isShown ? 1 : 0), refuted + (holds ? 0 : 1));
        }

        Assert.True(shown > 10 && refuted > 100, $"{shown} shown, {refuted} refuted");
    }

    private static void AgreeAtPoints(string left, string right, bool expected)
    {
        var random = new Random(14);
        ExactNetwork f = Network(left), g = Network(right);
        Assert.Equal(expected, Enumerable.Range(0, 60).All(_ => RandomNetworks.Point(random, 2) is var p
            && RandomNetworks.Values(f, p)[0] == RandomNetworks.Values(g, p)[0]));
    }

    // Rows with commas between them, coefficients and then the bias; layers with | between them.
    private static ExactNetwork Network(string text)
    {
        AffineMap[] layers = [.. text.Split(" | ").Select(layer =>
        {
            int[][] rows = [.. layer.Split(", ").Select(r => (int[])[.. r.Split(' ').Select(int.Parse)])];
            return new AffineMap(rows[0].Length - 1, [.. rows.Select(r => Row(r[..^1], r[^1]))]);
        })];
        return new([.. layers]);
    }

    private static Row Row(int[] weights, int bias) => new(
        [.. weights.Select((w, j) => new Entry(j, w)).Where(e => !e.Value.IsZero)], bias);

    private static Row Through(Row row, AffineMap map)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (index, value) in row.Weights)
        {
            sum.AddRow(map.Rows[index], value);
        }

        return sum.Row();
    }

    private static AffineMap Ternary(Random random, int columns, int rows) => new(
        columns,
        [.. Enumerable.Range(0, rows).Select(_ => Row(
            [.. Enumerable.Range(0, columns).Select(_ => random.Next(-1, 2))], random.Next(4) == 0 ? 1 : 0))]);
}
