using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>Reduced networks, groups, comparators and differences against what they stand for, at points.</summary>
public sealed class ReductionTests
{
    [Fact]
    public void A_reduced_network_has_the_same_values_and_no_more_units()
    {
        var random = new Random(3);
        int fewer = 0;
        for (int n = 0; n < 300; n++)
        {
            var network = Doubled(random, RandomNetworks.Of(random, 2, random.Next(1, 6), random.Next(1, 5), 2));
            var reduced = NetworkReduction.Of(network);
            Assert.Equal((network.InputCount, network.OutputCount, network.Depth),
                (reduced.InputCount, reduced.OutputCount, reduced.Depth));
            Assert.True(reduced.Layers.Zip(network.Layers, (a, b) => a.Count <= b.Count).All(x => x));
            fewer += reduced.Layers.Sum(l => l.Count) < network.Layers.Sum(l => l.Count) ? 1 : 0;
            for (int p = 0; p < 8; p++)
            {
                var x = RandomNetworks.Point(random, 2);
                Assert.Equal(RandomNetworks.Values(network, x), RandomNetworks.Values(reduced, x));
            }

            // Units that are left are no multiples of each other, none is constant, and all are read.
            for (int l = 0; l + 1 < reduced.Depth; l++)
            {
                var rows = reduced.Layers[l].Rows;
                Assert.Equal(rows.Length, rows.Select(r => r.Normalised().Row).Distinct().Count());
                Assert.All(rows, r => Assert.NotEmpty(r.Weights));
                var read = reduced.Layers[l + 1].Rows.SelectMany(r => r.Weights.Select(e => e.Index)).Distinct();
                Assert.Equal(rows.Length, read.Count());
            }
        }

        Assert.True(fewer > 200, $"only {fewer} were reduced");
    }

    [Fact]
    public void A_difference_is_the_network_at_g_x_less_h_of_the_network_at_x()
    {
        var random = new Random(4);
        for (int n = 0; n < 100; n++)
        {
            var network = RandomNetworks.Of(random, 3, 4, 3, 2);
            AffineMap g = Linear(random, 3), h = Linear(random, 2);
            var difference = SymmetryClaim.Difference(network, new(g, h));
            var x = RandomNetworks.Point(random, 3);
            BigRational[] left = RandomNetworks.Values(network, g.Apply(x)),
                right = h.Apply(RandomNetworks.Values(network, x));
            Assert.Equal(left.Zip(right, (a, b) => a - b), RandomNetworks.Values(difference, x));
        }
    }

    [Theory]
    [InlineData(new[] { 1, 0, 2 }, 2)]
    [InlineData(new[] { 1, 2, 0 }, 3)]
    [InlineData(new[] { 1, 2, 3, 0 }, 4)]
    public void A_permutation_has_as_many_powers_as_its_order(int[] images, int order) =>
        Assert.Equal(order, ActionGroup.Elements([Permutation(images)])!.Value.Length);

    [Fact]
    public void Two_permutations_make_the_symmetric_group_and_each_element_is_listed_once()
    {
        var elements = ActionGroup.Elements([Permutation(1, 0, 2, 3), Permutation(1, 2, 3, 0)])!.Value;
        Assert.Equal(24, elements.Length);
        Assert.Equal(24, elements.Select(ActionGroup.Key).Distinct().Count());
        Assert.True(GeneratorText.IsIdentity(elements[0].Input));
        BigRational[] x = [10, 20, 30, 40];
        Assert.Equal(24, elements.Select(e => string.Join(' ', e.Input.Apply(x))).Distinct().Count());
        Assert.Empty(ActionGroup.Elements([])!.Value);
    }

    [Fact]
    public void Products_act_one_after_the_other_on_inputs_and_outputs()
    {
        var turn = new GeneratorAction(Permutation(1, 2, 0).Input, Permutation(1, 0).Input);
        var elements = ActionGroup.Elements([turn])!.Value;
        Assert.Equal(6, elements.Length); // lcm of 3 and 2
        BigRational[] x = [1, 2, 3], y = [1, 2], movedX = x, movedY = y;
        foreach (var element in elements)
        {
            Assert.Equal(movedX, element.Input.Apply(x));
            Assert.Equal(movedY, element.Output.Apply(y));
            (movedX, movedY) = (turn.Input.Apply(movedX), turn.Output.Apply(movedY));
        }
    }

    [Fact]
    public void A_group_of_too_many_elements_is_not_listed()
    {
        Assert.Equal(5040, Factorial(7));
        Assert.Null(ActionGroup.Elements([Permutation(1, 0, 2, 3, 4, 5, 6), Permutation(1, 2, 3, 4, 5, 6, 0)]));
        Assert.Equal(
            720, ActionGroup.Elements([Permutation(1, 0, 2, 3, 4, 5), Permutation(1, 2, 3, 4, 5, 0)])!.Value.Length);
    }

    [Fact]
    public void Tables_are_what_comparators_do_to_each_input_of_zeros_and_ones()
    {
        var random = new Random(6);
        for (int n = 0; n < 60; n++)
        {
            int wires = random.Next(1, 9);
            int[] start = [.. Enumerable.Range(0, wires).Select(_ => random.Next(wires))];
            var stages = Stages(random, wires);
            var tables = ZeroOnePrinciple.Tables(start, stages);
            Assert.Equal(wires, tables.Length);
            for (int input = 0; input < 1 << wires; input++)
            {
                int[] values = [.. start.Select(i => (input >> i) & 1)];
                Run(stages, values);
                for (int w = 0; w < wires; w++)
                {
                    Assert.Equal(values[w], (int)((tables[w][input / 64] >> (input % 64)) & 1));
                }
            }
        }
    }

    [Fact]
    public void An_unsorted_input_is_found_where_there_is_one_and_shows_it()
    {
        var random = new Random(7);
        int sorted = 0;
        for (int n = 0; n < 300; n++)
        {
            int wires = random.Next(2, 6);
            var stages = Stages(random, wires);
            if (ZeroOnePrinciple.FindUnsorted(wires, stages) is { } input)
            {
                int[] values = [.. input];
                Run(stages, values);
                Assert.Contains(Enumerable.Range(0, wires - 1), i => values[i] < values[i + 1]);
                continue;
            }

            sorted++;
            for (int trial = 0; trial < 20; trial++)
            {
                int[] values = [.. Enumerable.Range(0, wires).Select(_ => random.Next(-5, 6))];
                int[] expected = [.. values.OrderDescending()];
                Run(stages, values);
                Assert.Equal(expected, values);
            }
        }

        Assert.True(sorted > 20, $"{sorted} sort");
    }

    // Odd-even transposition: n stages sort, and n - 2 do not.
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_sorter_with_stages_missing_does_not_sort(int wires)
    {
        ImmutableArray<Comparator> Stage(int s) =>
            [.. Enumerable.Range(0, wires - 1).Where(i => i % 2 == s % 2).Select(i => new Comparator(i, i + 1))];
        Assert.Null(ZeroOnePrinciple.FindUnsorted(wires, [.. Enumerable.Range(0, wires).Select(Stage)]));
        Assert.NotNull(ZeroOnePrinciple.FindUnsorted(wires, [.. Enumerable.Range(0, wires - 2).Select(Stage)]));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 3)]
    public void A_comparator_that_is_none_is_an_error(int upper, int lower) => Assert.Throws<ArgumentException>(
        () => ZeroOnePrinciple.Tables([0, 1, 2], [[new Comparator(upper, lower)]]));

    [Fact]
    public void Wires_are_from_1_to_24_and_start_at_coordinates()
    {
        Assert.Throws<ArgumentException>(() => ZeroOnePrinciple.Tables([], []));
        Assert.Throws<ArgumentException>(() => ZeroOnePrinciple.Tables([.. Enumerable.Range(0, 25)], []));
        Assert.Throws<ArgumentException>(() => ZeroOnePrinciple.Tables([0, 2], []));
        Assert.Throws<ArgumentException>(() => ZeroOnePrinciple.Tables([0, -1], []));
        Assert.Equal(2, ZeroOnePrinciple.Tables([0, 0], []).Length);
    }

    // Whatever images, comparators or terms show of random networks made from maxima is so at random points.
    [Fact]
    public void What_is_shown_of_a_random_network_holds_at_points()
    {
        var random = new Random(8);
        int byTerms = 0, byComparators = 0;
        for (int n = 0; n < 400; n++)
        {
            var network = NetworkReduction.Of(Maxima(random));
            var swap = new GeneratorAction(Permutation(1, 0).Input, SymmetryClaim.Identity(1));
            bool terms = TermSymmetry.Holds(network, swap);
            var scope = new ComparatorSymmetry(network, [-3, -3], null).Find(swap);
            byTerms += terms ? 1 : 0;
            byComparators += scope is not null ? 1 : 0;
            for (int p = 0; p < 12 && (terms || scope is not null); p++)
            {
                var x = RandomNetworks.Point(random, 2);
                if (!terms && scope!.AtLeast is { } low && (x[0] < low || x[1] < low))
                {
                    continue;
                }

                Assert.Equal(network.Evaluate(x), network.Evaluate([x[1], x[0]]));
            }
        }

        Assert.True(byTerms > 20 && byComparators > 20, $"{byTerms} by terms, {byComparators} by comparators");
    }

    // a max(x1, x2) + b min(x1, x2) + c with a slip now and then, written with ρ(x1 - x2), ρ(±x2).
    private static ExactNetwork Maxima(Random random)
    {
        int Slip(int value) => random.Next(8) == 0 ? value + random.Next(-1, 2) : value;
        int a = random.Next(-2, 3), b = random.Next(-2, 3);
        return new([
            new(2, [new([new(0, 1), new(1, -1)], random.Next(12) == 0 ? 1 : 0),
                new([new(0, 1)], 0), new([new(0, -1)], 0), new([new(1, 1)], 0), new([new(1, -1)], 0)]),
            new(5, [Entries([Slip(a - b), Slip(b), Slip(-b), Slip(a), Slip(-a)], random.Next(-1, 2))])]);
    }

    private static Row Entries(int[] values, int bias)
    {
        var sum = new RowSum();
        sum.AddBias(bias);
        for (int j = 0; j < values.Length; j++)
        {
            sum.Add(j, values[j]);
        }

        return sum.Row();
    }

    // With multiples of its own units, and a unit that is constant.
    private static ExactNetwork Doubled(Random random, ExactNetwork network)
    {
        var first = network.Layers[0];
        Row[] rows = [.. first.Rows, .. first.Rows.Select(r => r.Times(new BigRational(random.Next(1, 5), 2))),
            new([], random.Next(-2, 3))];
        var second = RandomNetworks.Map(random, rows.Length, network.Layers[1].Count);
        return new([first with { Rows = [.. rows] }, second, .. network.Layers[2..]]);
    }

    private static AffineMap Linear(Random random, int n)
    {
        var map = RandomNetworks.Map(random, n, n);
        return map with { Rows = [.. map.Rows.Select(r => r with { Bias = 0 })] };
    }

    private static GeneratorAction Permutation(params int[] images) => new(
        new AffineMap(images.Length, [.. images.Select(i => new Row([new Entry(i, 1)], 0))]),
        SymmetryClaim.Identity(1));

    private static ImmutableArray<ImmutableArray<Comparator>> Stages(Random random, int wires) =>
        [.. Enumerable.Range(0, wires < 2 ? 0 : random.Next(0, 12)).Select(_ =>
        {
            int upper = random.Next(wires - 1);
            return ImmutableArray.Create(new Comparator(upper, random.Next(upper + 1, wires)));
        })];

    private static void Run(ImmutableArray<ImmutableArray<Comparator>> stages, int[] values)
    {
        foreach (var (upper, lower) in stages.SelectMany(s => s))
        {
            (values[upper], values[lower]) =
                (int.Max(values[upper], values[lower]), int.Min(values[upper], values[lower]));
        }
    }

    private static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
