using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Checks.Tests.Learning;

/// <summary>Networks and parameters are read from each other exactly; what is none of a family is refused.</summary>
public sealed class ParametricNetworkTests
{
    // Rows 1 and 2 share parameter 0 with opposite signs; the rest is fixed, a parameter of its own, or nothing.
    private static readonly ParametricNetwork Shared = new("shared",
    [
        new(2, 2, [new(0, 0, 0, 1), new(1, 1, 0, -1), new(1, 0, -1, 0.5)], [new(1, 0, 0, -1)]),
        new(1, 2, [new(0, 0, 0, 1)], []),
    ]);

    private static ReluNetwork Network(double[][] first, double[] bias, double[][] second) => new(
    [
        Affine.FromRows(first, bias),
        Affine.FromRows(second, new double[second.Length]),
    ]);

    [Fact]
    public void Parameters_are_the_inverse_of_networks_in_every_architecture() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        var network = family.At(Families.Wild(family.Parameters, given.Seed));
        var back = family.ParametersOf(network);
        return family.Parameters == back.Length && family.At(back.AsSpan()).Equals(network);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Networks_are_the_inverse_of_parameters_in_every_architecture() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        double[] parameters = Families.Wild(family.Parameters, given.Seed);
        return family.ParametersOf(family.At(parameters)).SequenceEqual(parameters); // 0 and −0 are the same number
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_entry_is_where_the_architecture_has_it() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        double[] parameters = Families.Tame(family.Parameters, given.Seed);
        var network = family.At(parameters);
        int from = 0;
        foreach (var (layer, map) in family.Layers.Zip(network.Layers))
        {
            Assert.Equal(layer.Weights.Length, map.NonZeroWeights);
            for (int i = 0, k = 0; i < map.Rows; i++)
            {
                for (; k < map.RowStart[i + 1]; k++)
                {
                    var entry = layer.Weights.Single(e => (e.Row, e.Column) == (i, map.Column[k]));
                    Assert.Equal(
                        entry.Parameter < 0 ? entry.Factor : entry.Factor * parameters[from + entry.Parameter],
                        map.Value[k]);
                }

                var bias = layer.Biases.Where(e => e.Row == i).ToArray();
                Assert.Equal(
                    bias is [var b] ? b.Factor * parameters[from + layer.WeightParameters + b.Parameter] : 0,
                    map.Bias[i]);
            }

            from += layer.WeightParameters + layer.BiasParameters;
        }

        Assert.Equal(family.Parameters, from);
        Assert.Equal(family.LargestSize, network.Size);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_two_parameters_that_change_places_are_seen() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        double[] parameters = Families.Tame(family.Parameters, given.Seed);
        var network = family.At(parameters);
        int a = given.Seed % parameters.Length, b = given.Seed / 7 % parameters.Length;
        (parameters[a], parameters[b]) = (parameters[b], parameters[a]);
        return (a == b) == family.At(parameters).Equals(network);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_parameters_are_these()
    {
        var family = Architectures.FullyConnected([2, 3, 1]);
        Assert.Equal(FirstOfSeed1, family.Draw(1).Take(3));
        Assert.Equal<double>(family.Draw(1), family.Draw(1));
        Assert.NotEqual<double>(family.Draw(1), family.Draw(2));
    }

    // by the published SplitMix64 in another language: (2 · (output >> 11) / 2^53 − 1) / √2
    private static readonly double[] FirstOfSeed1 = [0.09413228234155592, 0.3475878945048039, 0.6660984820375201];

    [Fact]
    public void First_parameters_lie_within_their_bounds_and_fill_them() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        var drawn = family.Draw(given.Seed);
        Assert.Equal(family.Parameters, drawn.Length);
        int from = 0;
        foreach (var layer in family.Layers)
        {
            double Bound(int row) =>
                1 / Math.Sqrt(Math.Max(1, layer.Weights.Count(e => e.Row == row && e.Parameter >= 0)));
            foreach (var (entries, start) in new[]
            {
                (layer.Weights, from), (layer.Biases, from + layer.WeightParameters),
            })
            {
                foreach (var uses in entries.Where(e => e.Parameter >= 0).GroupBy(e => e.Parameter))
                {
                    Assert.True(Math.Abs(drawn[start + uses.Key]) <= Bound(uses.First().Row));
                }
            }

            from += layer.WeightParameters + layer.BiasParameters;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Wide_rows_start_small_and_all_of_their_range_is_drawn_from()
    {
        var drawn = Architectures.FullyConnected([100, 50, 1]).Draw(3);
        var first = drawn.Take(5050).ToArray(); // 100 trained weights a row: within ±1/10
        Assert.InRange(first.Max(), 0.0999, 0.1);
        Assert.InRange(first.Min(), -0.1, -0.0999);
        Assert.InRange(first.Average(), -0.003, 0.003); // 3.7 standard deviations, for one seed
    }

    [Fact]
    public void One_ulp_in_a_shared_place_is_refused()
    {
        foreach (double p in (double[])[1, 1e300, double.Epsilon, 0.1])
        {
            var good = Network([[p, 0], [0.5, -p]], [0, -2], [[3, 0]]);
            Assert.Equal<double>([p, 2, 3], Shared.ParametersOf(good));
            foreach (double q in (double[])[Math.BitIncrement(p), Math.BitDecrement(p)])
            {
                Refused(Network([[p, 0], [0.5, -q]], [0, -2], [[3, 0]]), "layer 1, weight at row 2, column 2: ");
                Refused(Network([[q, 0], [0.5, -p]], [0, -2], [[3, 0]]), "layer 1, weight at row 2, column 2: ");
            }
        }
    }

    [Fact]
    public void What_is_none_of_the_family_is_refused_with_its_place()
    {
        Refused(Network([[1, 0], [0.5, 1]], [0, 0], [[3, 0]]), "row 2, column 2: 1; expected -1");
        Refused(Network([[0.5, -1], [1, 0]], [0, 0], [[3, 0]]), "layer 1, weight at row 1, column 2: -1; expected 0, "
            + "as the architecture has no entry there."); // rows that changed places
        Refused(Network([[1, 0], [1, -1]], [0, 0], [[3, 0]]), "row 2, column 1: 1; expected 0.5, "
            + "which the architecture fixes.");
        Refused(
            Network([[1, 0], [Math.BitIncrement(0.5), -1]], [0, 0], [[3, 0]]), "row 2, column 1: 0.5000000000000001");
        Refused(Network([[1, 0], [0, -1]], [0, 0], [[3, 0]]), "row 2, column 1: 0; expected 0.5");
        Refused(Network([[1, 7], [0.5, -1]], [0, 0], [[3, 0]]), "row 1, column 2: 7; expected 0");
        Refused(Network([[1, 0], [0.5, -1]], [4, 0], [[3, 0]]), "layer 1, bias at row 1, column 1: 4; expected 0, "
            + "as the architecture has no entry there.");
        Refused(Network([[1, 0], [0.5, -1]], [0, 0], [[3, 9]]), "layer 2, weight at row 1, column 2: 9; expected 0");
        Refused(new([Affine.FromRows([[1, 0]], [0])]), "The network has 1 layers; expected 2, as shared has.");
        Refused(
            Network([[1, 0, 0], [0.5, -1, 0]], [0, 0], [[3, 0]]), "Layer 1 is R^3 → R^2, 3 weights, 0 biases; "
                + "expected R^2 → R^2 in binary64, as shared has.");
        Refused(
            new([Affine.FromExactRows([[BigRational.One / 3, 0], [0, 0]], [0, 0]), Affine.FromRows([[3, 0]], [0])]),
            "not all binary64 numbers");
    }

    [Fact]
    public void Wrong_numbers_of_parameters_and_no_numbers_are_refused()
    {
        OneLine(() => Shared.At([1, 2]), "2 parameters; expected 3, as shared has.");
        OneLine(() => Shared.At([1, 2, 3, 4]), "4 parameters; expected 3");
        OneLine(() => Shared.Check(0), "0 parameters; expected 3");
        foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            for (int k = 0; k < 3; k++)
            {
                double[] parameters = [1, 2, 3];
                parameters[k] = wrong;
                OneLine(() => Shared.At(parameters), "expected a finite number.");
            }
        }
    }

    [Fact]
    public void Architectures_that_are_none_are_refused()
    {
        OneLine(() => new ParametricNetwork("none", []), "An architecture without layers");
        OneLine(() => new ParametricNetwork("none", default), "An architecture without layers");
        OneLine(
            () => new ParametricNetwork("none", [ParametricLayer.Dense(2, 1), ParametricLayer.Dense(1, 3)]),
            "Layer 2 takes 3 inputs; expected 2.");
        OneLine(
            () => new ParametricNetwork("none", [new(1, 1, [new(0, 0, -1, 2)], [])]),
            "Every entry is fixed; expected a parameter to train.");
    }

    [Theory]
    [InlineData(2, 0, 0, 1.0, "The weight at row 2, column 0 (parameter 0, factor 1) is outside the layer.")]
    [InlineData(-1, 0, 0, 1.0, "outside the layer")]
    [InlineData(0, 3, 0, 1.0, "outside the layer")]
    [InlineData(0, -1, 0, 1.0, "outside the layer")]
    [InlineData(0, 1, -2, 1.0, "outside the layer")]
    [InlineData(0, 0, 1, 1.0, "The weight at row 0, column 0 (parameter 1, factor 1) is given twice.")]
    [InlineData(0, 1, 0, 2.0, "factor no sign")]
    [InlineData(0, 1, 0, 0.0, "factor no sign")]
    [InlineData(0, 1, 0, double.NaN, "factor no sign")]
    [InlineData(0, 1, -1, double.NaN, "is not finite")]
    [InlineData(0, 1, -1, double.PositiveInfinity, "is not finite")]
    [InlineData(0, 1, 2, 1.0, "No weight uses parameter 1 of 3.")]
    public void Entries_that_are_none_are_refused(int row, int column, int parameter, double factor, string problem)
    {
        OneLine(
            () => new ParametricLayer(2, 3, [new(0, 0, 0, 1), new(row, column, parameter, factor)], []), problem);
        if (column is 0 or 1 && row == 0)
        {
            return;
        }

        OneLine(
            () => new ParametricLayer(2, 1, [new(0, 0, 0, 1)], [new(row, column, parameter, factor)]), "The bias at");
    }

    [Fact]
    public void A_gap_in_the_parameters_of_biases_is_refused() => OneLine(
        () => new ParametricLayer(2, 1, [new(0, 0, 0, 1)], [new(1, 0, 1, 1)]), "No bias uses parameter 0 of 2.");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-3, 2)]
    public void Layers_without_rows_or_columns_are_refused_in_one_line(int rows, int columns) =>
        OneLine(() => new ParametricLayer(rows, columns, [], []), $"{Math.Min(rows, columns)}");

    [Fact]
    public void Entries_are_in_order_whatever_order_they_are_given_in()
    {
        var layer = new ParametricLayer(
            2, 2, [new(1, 1, 1, 1), new(0, 1, 0, -1), new(1, 0, -1, 7)], [new(1, 0, 0, 1), new(0, 0, 1, 1)]);
        Assert.Equal([(0, 1), (1, 0), (1, 1)], layer.Weights.Select(e => (e.Row, e.Column)));
        Assert.Equal([0, 1], layer.Biases.Select(e => e.Row));
        Assert.False(layer.IsDense);
        Assert.False(layer.HasPlainBias);
        Assert.True(ParametricLayer.Dense(3, 2).IsDense && ParametricLayer.Dense(3, 2).HasPlainBias);
        Assert.False(new ParametricLayer(1, 2, [new(0, 0, 1, 1), new(0, 1, 0, 1)], []).IsDense);
        Assert.False(new ParametricLayer(1, 2, [new(0, 0, 0, 1), new(0, 1, 1, -1)], []).IsDense);
        Assert.False(new ParametricLayer(1, 1, [new(0, 0, 0, 1)], []).HasPlainBias);
    }

    private static void Refused(ReluNetwork network, string place) =>
        OneLine(() => Shared.ParametersOf(network), place);

    private static void OneLine(Action refused, string part)
    {
        string message = Assert.ThrowsAny<ArgumentException>(refused).Message;
        Assert.DoesNotContain('\n', message);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static void OneLine(Func<object> refused, string part) => OneLine(() => { _ = refused(); }, part);
}
