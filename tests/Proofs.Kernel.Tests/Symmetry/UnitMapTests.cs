using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>
/// Images of units on networks that are made symmetric, and changes of network, action and images: what is confirmed
/// is so at points, and what a point refutes is refused.
/// </summary>
public sealed class UnitMapTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void The_images_of_a_network_that_is_made_symmetric_are_confirmed(int seed, int inputs)
    {
        var random = new Random(seed);
        for (int n = 0; n < 60; n++)
        {
            var made = Made(random, inputs, random.Next(1, 4));
            Assert.Null(made.Map.Refuse(made.Network, made.Action));
            Assert.True(IsSymmetric(made.Network, made.Action, random), "at a point");

            // a unit at g x is the factor times its image at x, layer by layer
            var x = RandomNetworks.Point(random, inputs);
            var moved = made.Action.Input.Apply(x);
            for (int l = 0; l < made.Map.Layers.Length; l++)
            {
                (x, moved) = (Rectified(made.Network.Layers[l], x), Rectified(made.Network.Layers[l], moved));
                for (int i = 0; i < x.Length; i++)
                {
                    var (unit, scale) = made.Map.Layers[l][i];
                    Assert.Equal(scale * x[unit], moved[i]);
                }
            }
        }
    }

    // One entry, one image, one factor or one line of the action is another.
    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public void A_change_is_refused_wherever_a_point_refutes_it(int seed, int inputs)
    {
        var random = new Random(seed);
        int refuted = 0, confirmed = 0;
        for (int n = 0; n < 500; n++)
        {
            var made = Made(random, inputs, random.Next(1, 3));
            var (network, action, map) = Changed(random, made);
            bool isShown = map.Refuse(network, action) is null;
            bool isSymmetric = IsSymmetric(network, action, random);
            Assert.True(isSymmetric || !isShown, $"change {n} is confirmed and false");
            refuted += isSymmetric ? 0 : 1;
            confirmed += isShown ? 1 : 0;
        }

        Assert.True(refuted > 150, $"{refuted} changes are refuted by points, {confirmed} confirmed");
    }

    [Fact]
    public void Reasons_name_the_layer_and_the_unit()
    {
        // y = ρ(x1) + 2 ρ(x2 / 2)
        var network = new ExactNetwork([
            new(2, [new([new(0, 1)], 0), new([new(1, new(1, 2))], 0)]), new(2, [new([new(0, 1), new(1, 2)], 0)])]);
        var exchange = new GeneratorAction(Exchange, SymmetryClaim.Identity(1));
        UnitMap Images(params (int Unit, BigRational Scale)[] images) =>
            new([[.. images.Select(i => new UnitImage(i.Unit, i.Scale))]]);
        Assert.Null(Images((1, 2), (0, new(1, 2))).Refuse(network, exchange));
        (string Reason, UnitMap Map)[] misses = [
            ("unit 0 of layer 1 is not sent to 1 times unit 1", Images((1, 1), (0, new(1, 2)))),
            ("unit 1 of layer 1 is not sent to 2 times unit 0", Images((1, 2), (0, 2))),
            ("unit 0 of layer 1 is not sent to 2 times unit 0", Images((0, 2), (1, 1))),
            ("unit 0 of layer 1 is not sent to -2 times unit 1", Images((1, -2), (0, new(1, 2)))),
            ("unit 0 of layer 1 is not sent to 0 times unit 1", Images((1, 0), (0, new(1, 2)))),
            ("unit 0 of layer 1 is not sent to 2 times unit 2", Images((2, 2), (0, new(1, 2)))),
            ("unit 1 of layer 1 is not sent to 1/2 times unit -1", Images((1, 2), (-1, new(1, 2)))),
            ("layer 1 has 2 units and 1 images", Images((1, 2))),
            ("layer 1 has 2 units and 3 images", Images((1, 2), (0, new(1, 2)), (0, 1))),
            ("the images are those of 0 layers of units, the network has 1", new([])),
            ("the images are those of 2 layers of units, the network has 1",
                new([Images((1, 2), (0, new(1, 2))).Layers[0], Images((1, 2), (0, new(1, 2))).Layers[0]])),
        ];
        foreach (var (reason, map) in misses)
        {
            Assert.Equal(reason, map.Refuse(network, exchange));
        }

        // the units are exchanged, and the output is not what they make: Φ = ρ(x1) + ρ(x2 / 2)
        var uneven = network with { Layers = network.Layers.SetItem(1, new(2, [new([new(0, 1), new(1, 1)], 0)])) };
        Assert.Equal(
            "output 0 is not sent to where it belongs", Images((1, 2), (0, new(1, 2))).Refuse(uneven, exchange));
        var minus = exchange with { Output = new(1, [new([new(0, -1)], 0)]) };
        Assert.Equal(
            "output 0 is not sent to where it belongs", Images((1, 2), (0, new(1, 2))).Refuse(network, minus));
    }

    // A negative factor would pass the rows, and ρ(−t) is not −ρ(t): y = ρ(x1 − x2) is not odd.
    [Fact]
    public void A_negative_factor_is_refused_though_rows_agree()
    {
        var network = new ExactNetwork([new(2, [new([new(0, 1), new(1, -1)], 0)]), new(1, [new([new(0, 1)], 0)])]);
        var odd = new GeneratorAction(Exchange, new(1, [new([new(0, -1)], 0)]));
        var map = new UnitMap([[new UnitImage(0, -1)]]);
        Assert.Equal(network.Layers[0].Rows[0].Times(-1), map.RowAtImage(network, odd, 0, 0));
        Assert.NotNull(map.Refuse(network, odd));
        Assert.NotEqual(network.Evaluate([0, 1])[0], -network.Evaluate([1, 0])[0]);
    }

    // Two units may have one image; then an output that reads both is refused or true.
    [Fact]
    public void Images_need_no_inverse()
    {
        var random = new Random(9);
        var network = new ExactNetwork([
            new(2, [new([new(0, 1), new(1, 1)], 0), new([new(0, 1), new(1, 1)], 0)]),
            new(2, [new([new(0, 1), new(1, 2)], 0)])]);
        var action = new GeneratorAction(Exchange, SymmetryClaim.Identity(1));
        Assert.Null(new UnitMap([[new UnitImage(0, 1), new UnitImage(1, 1)]]).Refuse(network, action));
        Assert.NotNull(new UnitMap([[new UnitImage(0, 1), new UnitImage(0, 1)]]).Refuse(network, action));
        Assert.True(IsSymmetric(network, action, random));
    }

    [Fact]
    public void Work_is_counted_and_ends_the_replay()
    {
        var made = Made(new Random(10), 3, 2);
        var enough = new WorkBudget(1_000_000);
        Assert.Null(made.Map.Refuse(made.Network, made.Action, enough));
        Assert.ThrowsAny<Exception>(() => made.Map.Refuse(made.Network, made.Action, new WorkBudget(1)));
    }

    private sealed record Symmetric(ExactNetwork Network, GeneratorAction Action, UnitMap Map);

    private static AffineMap Exchange => new(2, [new([new(1, 1)], 0), new([new(0, 1)], 0)]);

    // A turn of the inputs; the hidden units come in orbits of the turn, with factors, and the outputs, as many as
    // inputs, are turned alike.
    private static Symmetric Made(Random random, int inputs, int hidden)
    {
        var turn = Turn(inputs);
        var layers = ImmutableArray.CreateBuilder<AffineMap>();
        var images = ImmutableArray.CreateBuilder<ImmutableArray<UnitImage>>();
        AffineMap before = turn; // what the turn does to the units before
        for (int l = 0; l <= hidden; l++)
        {
            int orbits = l == hidden ? 1 : random.Next(1, 3);
            List<Row> rows = [];
            List<UnitImage> layer = [];
            for (int orbit = 0; orbit < orbits; orbit++)
            {
                var row = RandomNetworks.Map(random, before.Columns, 1).Rows[0];
                BigRational[] factors = [.. Enumerable.Range(0, inputs).Select(_ => l == hidden
                    ? BigRational.One : new BigRational(random.Next(1, 4), random.Next(1, 3)))];
                for (int k = 0; k < inputs; k++)
                {
                    // row k is factor k times the first at g^k x
                    rows.Add(row.Times(factors[k]));
                    row = SymmetryClaim.Moved(row, before);
                    int next = (k + 1) % inputs;
                    layer.Add(new((orbit * inputs) + next, factors[k] / factors[next]));
                }
            }

            layers.Add(new(before.Columns, [.. rows]));
            if (l < hidden)
            {
                images.Add([.. layer]);
                before = new(rows.Count, [.. layer.Select(i => new Row([new Entry(i.Unit, i.Scale)], 0))]);
            }
        }

        return new(new(layers.ToImmutable()), new(turn, turn), new(images.ToImmutable()));
    }

    private static AffineMap Turn(int n) =>
        new(n, [.. Enumerable.Range(0, n).Select(k => new Row([new Entry((k + 1) % n, 1)], 0))]);

    private static (ExactNetwork Network, GeneratorAction Action, UnitMap Map) Changed(Random random, Symmetric made)
    {
        var (network, action, map) = (made.Network, made.Action, made.Map);
        switch (random.Next(5))
        {
            case 0: // an entry or a bias of the network
                int l = random.Next(network.Depth), i = random.Next(network.Layers[l].Count);
                var row = network.Layers[l].Rows[i];
                var sum = new RowSum();
                sum.AddRow(row, 1);
                if (random.Next(3) == 0)
                {
                    sum.AddBias(new(random.Next(1, 3), 2));
                }
                else
                {
                    sum.Add(random.Next(network.Layers[l].Columns), new(random.Next(1, 3), 2));
                }

                var layer = network.Layers[l];
                layer = layer with { Rows = layer.Rows.SetItem(i, sum.Row()) };
                return (new(network.Layers.SetItem(l, layer)), action, map);
            case 1: // a row of g
                int k = random.Next(action.Input.Count);
                return (network, action with { Input = Altered(random, action.Input, k) }, map);
            case 2: // a row of h
                int o = random.Next(action.Output.Count);
                return (network, action with { Output = Altered(random, action.Output, o) }, map);
            case 3: // the identity on the outputs
                return (network, action with { Output = SymmetryClaim.Identity(action.Output.Count) }, map);
            default: // other images, and another h to go with them
                int at = random.Next(map.Layers.Length), u = random.Next(map.Layers[at].Length);
                var image = new UnitImage(
                    random.Next(map.Layers[at].Length), new(random.Next(1, 4), random.Next(1, 3)));
                return (network, action with { Output = Altered(random, action.Output, 0) },
                    new(map.Layers.SetItem(at, map.Layers[at].SetItem(u, image))));
        }
    }

    private static AffineMap Altered(Random random, AffineMap map, int row) => map with
    {
        Rows = map.Rows.SetItem(row, random.Next(3) switch
        {
            0 => map.Rows[row].Times(-1),
            1 => new([new Entry(row, 1)], 0),
            _ => map.Rows[row].Times(new BigRational(3, 2)),
        }),
    };

    private static bool IsSymmetric(ExactNetwork network, GeneratorAction action, Random random) =>
        Enumerable.Range(0, 12).All(_ =>
        {
            var x = RandomNetworks.Point(random, network.InputCount);
            return RandomNetworks.Values(network, action.Input.Apply(x))
                .SequenceEqual(action.Output.Apply(RandomNetworks.Values(network, x)));
        });

    private static BigRational[] Rectified(AffineMap layer, BigRational[] x) =>
        [.. layer.Apply(x).Select(v => v.Sign < 0 ? BigRational.Zero : v)];
}
