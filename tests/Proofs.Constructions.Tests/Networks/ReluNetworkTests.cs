using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Constructions.Tests.Networks;

public sealed class ReluNetworkTests
{
    // Small rational networks 2 → 3 → 2 → 1 from 23 integers over 6.
    private static readonly Arbitrary<(ReluNetwork Network, BigRational X, BigRational Y)> Case =
        (from n in Gen.ArrayOf(Gen.Choose(-12, 12), 20)
         from x in Gen.Choose(-9, 9)
         from y in Gen.Choose(-9, 9)
         select (Network(n), new BigRational(x, 7), new BigRational(y, 4))).ToArbitrary();

    [Fact]
    public void Exact_evaluation_is_the_definition() =>
        Prop.ForAll(Case, c => c.Network.Evaluate([c.X, c.Y])[0] == Naive(c.Network, [c.X, c.Y])[0])
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Binary64_evaluation_is_close_to_the_exact_one() =>
        Prop.ForAll(Case, c =>
            Math.Abs(c.Network.Evaluate([Weights(c.X), Weights(c.Y)])[0] - Weights(c.Network.Evaluate([c.X, c.Y])[0]))
                < 1e-9)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Interval_evaluation_contains_the_exact_value_at_points_of_the_box() =>
        Prop.ForAll(Case, c =>
        {
            Interval[] box = [Interval.Enclose(c.X, c.X + 1), Interval.Enclose(c.Y - 1, c.Y)];
            var enclosure = c.Network.Evaluate(box)[0];
            return enclosure.Contains(c.Network.Evaluate([c.X, c.Y])[0])
                && enclosure.Contains(c.Network.Evaluate([c.X + 1, c.Y - 1])[0]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Depth_size_width_and_magnitude_count_non_zero_entries()
    {
        var network = new ReluNetwork([
            Affine.FromRows([[1, 0], [0, -2], [0, 0]], [0, 0.5, 0]),
            Affine.FromRows([[1, 1, 1]], [-3]),
        ]);
        Assert.Equal((2, 7L, 3), (network.Depth, network.Size, network.Width));
        Assert.Equal(3, network.Magnitude);
        Assert.Equal((2, 1), (network.InputDimension, network.OutputDimension));
        Assert.Equal(0, new ReluNetwork([Affine.FromRows([[1]], [0])]).Width);
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused()
    {
        var one = Affine.FromRows([[1]], [0]);
        var two = Affine.FromRows([[1, 1]], [0]);
        var error = Assert.Throws<ArgumentException>(() => new ReluNetwork([one, two]));
        Assert.Contains("Layer 2 takes 2 inputs; expected 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReluNetwork([]));
        Assert.Throws<ArgumentException>(() => new ReluNetwork([two]).Evaluate([0.5]));
    }

    private static ReluNetwork Network(int[] n)
    {
        int at = 0;
        return new([Layer(3, 2), Layer(2, 3), Layer(1, 2)]);

        Affine Layer(int rows, int columns) => Affine.FromExactRows(
            [.. Enumerable.Range(0, rows)
                .Select(_ => (BigRational[])[.. Enumerable.Range(0, columns).Select(_ => Next())])],
            [.. Enumerable.Range(0, rows).Select(_ => Next())]);

        BigRational Next() => new(n[at++ % n.Length], 6);
    }

    private static BigRational[] Naive(ReluNetwork network, BigRational[] x)
    {
        for (int l = 0; l < network.Depth; l++)
        {
            var layer = network.Layers[l];
            var y = new BigRational[layer.Rows];
            for (int i = 0; i < layer.Rows; i++)
            {
                y[i] = layer.BiasAt(i);
                for (int k = layer.RowStart[i]; k < layer.RowStart[i + 1]; k++)
                {
                    y[i] += layer.WeightAt(k) * x[layer.Column[k]];
                }

                y[i] = l < network.Depth - 1 && y[i].Sign < 0 ? 0 : y[i];
            }

            x = y;
        }

        return x;
    }

    private static double Weights(BigRational x) => (double)x.Numerator / (double)x.Denominator;
}
