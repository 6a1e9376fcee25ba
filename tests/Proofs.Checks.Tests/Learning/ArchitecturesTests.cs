using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Checks.Tests.Learning;

/// <summary>Every architecture computes what its name says, exactly.</summary>
public sealed class ArchitecturesTests
{
    [Fact]
    public void Fully_connected_layers_are_what_they_are() => Prop.ForAll(Families.Seeds, seed =>
    {
        var random = new SplitMix64((ulong)seed);
        var family = Architectures.FullyConnected([2, 3, 1 + random.NextBelow(3), 2]);
        double[] parameters = Families.Tame(family.Parameters, seed);
        var x = Families.Point(2, random);
        var reader = new Parameters(parameters);
        var h = Affine(reader, 3, x).Select(Families.Relu).ToArray();
        h = [.. Affine(reader, family.Layers[1].Rows, h).Select(Families.Relu)];
        Assert.Equal(Affine(reader, 2, h), family.At(parameters).Evaluate(x));
        Assert.True(reader.AtEnd);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Residual_blocks_are_residual_blocks() => Prop.ForAll(Families.Seeds, seed =>
    {
        var random = new SplitMix64((ulong)seed);
        int inputs = 1 + random.NextBelow(3), width = 1 + random.NextBelow(3), hidden = 1 + random.NextBelow(4);
        int blocks = 1 + random.NextBelow(3), outputs = 1 + random.NextBelow(2);
        var family = Architectures.Residual(inputs, width, hidden, blocks, outputs);
        double[] parameters = Families.Tame(family.Parameters, seed);
        var reader = new Parameters(parameters);
        var x = Families.Point(inputs, random);
        var z = Affine(reader, width, x);
        for (int b = 0; b < blocks; b++)
        {
            var h = Affine(reader, hidden, z).Select(Families.Relu).ToArray();
            z = [.. Affine(reader, width, h).Zip(z, (a, c) => a + c)];
        }

        Assert.Equal(Affine(reader, outputs, z), family.At(parameters).Evaluate(x));
        Assert.True(reader.AtEnd); // every parameter has its place in the formula
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parallel_networks_are_their_mean_with_the_share_of_binary32() => Prop.ForAll(Families.Seeds, seed =>
    {
        var random = new SplitMix64((ulong)seed);
        int copies = 1 + random.NextBelow(5), outputs = 1 + random.NextBelow(2);
        var part = Architectures.FullyConnected([2, 2, 3, outputs]);
        var family = Architectures.Parallel(part, copies);
        Assert.Equal(copies * part.Parameters, family.Parameters);
        double[] parameters = Families.Tame(family.Parameters, seed);
        var x = Families.Point(2, random);
        // layer by layer, the copies' parameters one after another
        double[][] own = [.. Enumerable.Range(0, copies).Select(c => Enumerable.Range(0, 3).SelectMany(l =>
        {
            int before = part.Layers.Take(l).Sum(p => p.WeightParameters + p.BiasParameters) * copies;
            var (w, b) = (part.Layers[l].WeightParameters, part.Layers[l].BiasParameters);
            return parameters.Skip(before + (c * w)).Take(w)
                .Concat(parameters.Skip(before + (copies * w) + (c * b)).Take(b));
        }).ToArray())];
        var share = BigRational.Parse(ShareOf(copies));
        for (int o = 0; o < outputs; o++)
        {
            var sum = own.Select(p => part.At(p).Evaluate(x)[o]).Aggregate((a, b) => a + b);
            Assert.Equal(share * sum, family.At(parameters).Evaluate(x)[o]);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Pooling.Sum)]
    [InlineData(Pooling.Max)]
    public void Deep_sets_pool_and_do_not_see_the_order_of_points(Pooling pooling) =>
        Prop.ForAll(Families.Seeds, seed =>
        {
            var random = new SplitMix64((ulong)seed);
            int points = 1 + random.NextBelow(7), dimension = 1 + random.NextBelow(2);
            int features = 1 + random.NextBelow(3);
            var family = Architectures.DeepSets(points, [dimension, 3, features], pooling, [2, 1]);
            double[] parameters = Families.Tame(family.Parameters, seed);
            var network = family.At(parameters);
            var x = Families.Point(points * dimension, random);
            var reader = new Parameters(parameters);
            BigRational[][] h = [.. x.Chunk(dimension)];
            h = SameAtAll(reader, 3, h);
            h = SameAtAll(reader, features, h);
            var pooled = h.Aggregate((a, b) =>
                [.. a.Zip(b, (s, t) => pooling == Pooling.Sum ? s + t : BigRational.Max(s, t))]);
            var last = Affine(reader, 1, [.. Affine(reader, 2, pooled).Select(Families.Relu)]);
            var value = network.Evaluate(x);
            Assert.Equal<BigRational>(last, value);
            Assert.True(reader.AtEnd);
            for (int k = 0; k < 4; k++)
            {
                int[] order = random.Sample(points, points);
                var moved = order.SelectMany(p => x.Chunk(dimension).ElementAt(p));
                Assert.Equal<BigRational>(value, network.Evaluate([.. moved]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_size_asked_for_is_reached_as_closely_as_one_width_allows()
    {
        foreach (int inputs in (int[])[1, 2, 7])
        {
            foreach (int hidden in (int[])[1, 2, 5])
            {
                long smallest = Full(inputs, hidden, 1);
                for (long size = smallest; size < smallest + 300; size += 7)
                {
                    var family = Architectures.OfSize(inputs, hidden, size);
                    int width = family.Layers[0].Rows;
                    Assert.Equal(hidden + 1, family.Layers.Length);
                    Assert.Equal(Full(inputs, hidden, width), family.LargestSize);
                    Assert.InRange(size, Full(inputs, hidden, width), Full(inputs, hidden, width + 1) - 1);
                }

                OneLine(
                    () => Architectures.OfSize(inputs, hidden, smallest - 1),
                    $"of width 1 has {smallest} weights and biases; expected at most {smallest - 1}.");
            }
        }

        static long Full(int inputs, int hidden, int width) => Architectures.FullyConnected(
            [inputs, .. Enumerable.Repeat(width, hidden), 1]).LargestSize;
    }

    [Fact]
    public void What_is_zero_in_an_example_stays_zero()
    {
        var example = new ReluNetwork(
        [
            Proofs.Constructions.Networks.Affine.FromRows([[1, 0], [0, -2], [0, 0]], [0, 5, 0]),
            Proofs.Constructions.Networks.Affine.FromRows([[0, 3, 0.5]], [0]),
        ]);
        var family = Architectures.Like(example);
        Assert.Equal<double>([1, -2, 5, 3, 0.5], family.ParametersOf(example));
        Assert.Equal(
            new ReluNetwork(
            [
                Proofs.Constructions.Networks.Affine.FromRows([[7, 0], [0, 8], [0, 0]], [0, 9, 0]),
                Proofs.Constructions.Networks.Affine.FromRows([[0, 10, 11]], [0]),
            ]),
            family.At([7, 8, 9, 10, 11]));
        var biased = Architectures.Like(example, allBiases: true);
        Assert.Equal<double>([1, -2, 0, 5, 0, 3, 0.5, 0], biased.ParametersOf(example));
        Assert.Equal(biased.Parameters, family.Parameters + 3);
        OneLine(
            () => Architectures.Like(new(
                [Proofs.Constructions.Networks.Affine.FromExactRows([[BigRational.One / 3]], [0])])),
            "no binary64 numbers");
    }

    [Fact]
    public void Widths_that_are_none_are_refused()
    {
        foreach (int wrong in (int[])[0, -1])
        {
            OneLine(() => Architectures.FullyConnected([2, wrong, 1]), $"The widths are (2, {wrong}, 1)");
            OneLine(() => Architectures.FullyConnected([wrong, 1]), "widths");
            OneLine(() => Architectures.FullyConnected([1, wrong]), "widths");
            for (int k = 0; k < 5; k++)
            {
                int[] n = [1, 1, 1, 1, 1];
                n[k] = wrong;
                OneLine(() => Architectures.Residual(n[0], n[1], n[2], n[3], n[4]), $"{wrong}");
            }

            OneLine(() => Architectures.Parallel(Architectures.FullyConnected([1, 1]), wrong), $"({wrong})");
            OneLine(() => Architectures.DeepSets(wrong, [1, 1], Pooling.Sum, [1]), $"({wrong})");
            OneLine(() => Architectures.DeepSets(2, [1, wrong], Pooling.Sum, [1]), $"(1, {wrong})");
            OneLine(() => Architectures.DeepSets(2, [1, 1], Pooling.Sum, [wrong]), $"({wrong})");
            OneLine(() => Architectures.OfSize(wrong, 1, 100), $"{wrong}");
            OneLine(() => Architectures.OfSize(1, wrong, 100), $"{wrong}");
        }

        OneLine(() => Architectures.FullyConnected([]), "widths");
        OneLine(() => Architectures.FullyConnected([3]), "widths");
        OneLine(() => Architectures.DeepSets(2, [1], Pooling.Sum, [1]), "widths");
        OneLine(() => Architectures.DeepSets(2, [1, 1], Pooling.Sum, []), "widths");
    }

    [Fact]
    public void Layers_beyond_all_memory_are_refused_at_once()
    {
        OneLine(() => Architectures.FullyConnected([1, 1_000_000, 1_000_000, 1]), "entries");
        OneLine(() => Architectures.OfSize(2, 1, long.MaxValue), "entries");
        OneLine(() => Architectures.OfSize(2, int.MaxValue, long.MaxValue), "entries");
        OneLine(() => Architectures.OfSize(int.MaxValue, 2, long.MaxValue), "entries");
        OneLine(() => ParametricLayer.Dense(ParametricLayer.MostEntries + 1, 1), "entries");
        OneLine(() => new ParametricLayer(int.MaxValue, 1, [new(0, 0, 0, 1)], []), "entries");
        OneLine(
            () => new ParametricLayer(1, 1, [new(0, 0, int.MaxValue, 1)], []),
            "No weight uses parameter 0 of 2147483648.");
        OneLine(() => Architectures.OfSize(2, 2, 1_000_000_000_000), "entries");
        OneLine(() => Architectures.Residual(1, 1_000_000_000, 1_000_000_000, 1, 1), "entries");
        OneLine(() => Architectures.Parallel(Architectures.FullyConnected([1, 5, 1]), 1_000_000_000), "entries");
        OneLine(() => Architectures.DeepSets(1_000_000_000, [1, 5], Pooling.Max, [1]), "entries");
    }

    private static string ShareOf(int copies) => copies switch
    {
        1 => "1",
        2 => "1/2",
        3 => "11184811/33554432", // 1/3 = 0.333333343267… in binary32
        4 => "1/4",
        _ => "13421773/67108864", // 1/5 = 0.200000002980…
    };

    private static BigRational[][] SameAtAll(Parameters reader, int rows, BigRational[][] points)
    {
        int start = reader.From;
        return [.. points.Select(x =>
        {
            reader.From = start;
            return Affine(reader, rows, x).Select(Families.Relu).ToArray();
        })];
    }

    private static BigRational[] Affine(Parameters reader, int rows, IReadOnlyList<BigRational> x)
    {
        var values = new BigRational[rows];
        for (int i = 0; i < rows; i++)
        {
            values[i] = x.Aggregate(BigRational.Zero, (sum, v) => sum + (reader.Next() * v));
        }

        for (int i = 0; i < rows; i++)
        {
            values[i] += reader.Next();
        }

        return values;
    }

    private static void OneLine(Func<object> refused, string part)
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => { _ = refused(); }).Message;
        Assert.DoesNotContain('\n', message);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private sealed class Parameters(double[] values)
    {
        public int From { get; set; }

        public bool AtEnd => From == values.Length;

        public BigRational Next() => BigRational.Parse(((int)(values[From++] * 16)).ToString(
            System.Globalization.CultureInfo.InvariantCulture)) / 16;
    }
}
