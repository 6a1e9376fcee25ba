using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Xunit;

namespace Proofs.Kernel.Tests.Properties;

public sealed class FixedPassTests
{
    private static readonly BigRational Unit = BigRational.PowerOfTwo(-FixedPass.Point);

    [Theory]
    [InlineData(1, new[] { 2, 6, 5, 4, 2 })]
    [InlineData(2, new[] { 5, 12, 12, 12, 3 })]
    [InlineData(3, new[] { 1, 3, 1 })]
    [InlineData(4, new[] { 20, 6, 6, 2 })]
    [InlineData(5, new[] { 3, 2 })]
    public void Every_row_at_a_point_of_a_box_is_at_least_its_bound(int seed, int[] widths)
    {
        var random = new Random(seed);
        int tight = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            var property = new NetworkProperty(new([.. widths.Zip(widths.Skip(1), (m, n) => Map(random, m, n))]), []);
            var rows = Map(random, widths[^1], 2);
            var pass = new FixedPass(property, rows);
            BigRational[] low = [.. Enumerable.Range(0, widths[0]).Select(_ => Number(random))];
            BigRational[] high = [.. low.Select(x => x + new BigRational(random.Next(0, 9), 7 << random.Next(0, 6)))];
            Assert.True(pass.SetBox(low, high, []));
            BigRational[] bounds = [Unit * new BigRational(pass.RowBound(0)), Unit * new BigRational(pass.RowBound(1))];
            BigRational?[] least = [null, null];
            for (int sample = 0; sample < 30; sample++)
            {
                BigRational[] x = [.. low.Zip(high, (a, b) => a + ((b - a) * new BigRational(random.Next(0, 5), 4)))];
                var values = rows.Apply(property.Network.Evaluate(x));
                for (int r = 0; r < 2; r++)
                {
                    Assert.True(bounds[r] <= values[r], $"trial {trial}: {values[r]} lies below {bounds[r]}");
                    least[r] = least[r] is { } v && v <= values[r] ? v : values[r];
                }
            }

            tight += least[0] - bounds[0] <= new BigRational(1, 10) ? 1 : 0;
        }

        Assert.True(tight > 0 || widths[0] == 20, "no bound is within 1/10 of a value");
    }

    [Theory]
    [InlineData(6, new[] { 2, 6, 5, 4, 2 })]
    [InlineData(7, new[] { 6, 10, 10, 2 })]
    public void Every_row_at_a_point_with_the_assumed_signs_is_at_least_its_bound(int seed, int[] widths)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 60; trial++)
        {
            var property = new NetworkProperty(new([.. widths.Zip(widths.Skip(1), (m, n) => Map(random, m, n))]), []);
            var rows = Map(random, widths[^1], 1);
            BigRational[] low = [.. Enumerable.Range(0, widths[0]).Select(_ => Number(random))];
            BigRational[] high = [.. low.Select(x => x + new BigRational(random.Next(1, 9), 7 << random.Next(0, 6)))];
            BigRational[] x = [.. low.Zip(high, (a, b) => a + ((b - a) * new BigRational(random.Next(0, 9), 8)))];
            UnitSign[] signs = [.. SignsAt(property, x).Where(_ => random.Next(3) == 0)];
            var pass = new FixedPass(property, rows);
            Assert.True(pass.SetBox(low, high, signs), $"trial {trial}: the part of the box holds a point");
            var value = rows.Apply(property.Network.Evaluate(x))[0];
            Assert.True(Unit * new BigRational(pass.RowBound(0)) <= value, $"trial {trial}");
        }
    }

    // b - 300 x >= 0 cuts the box at b/300, which is no multiple of a unit: rounded inward, up to 45,000 units of the
    // row would be lost, and what coefficients lose is some hundred.
    [Fact]
    public void A_box_is_cut_outward()
    {
        for (int i = 1; i < 40; i++)
        {
            BigRational b = new(i, 7);
            var network = new ExactNetwork([
                new(1, [new([new(0, -300)], b), new([new(0, 150)], 0)]), new(2, [new([new(1, 1)], 0)])]);
            foreach (int sign in new[] { 1, -1 })
            {
                var rows = new AffineMap(1, [new([new(0, -300 * sign)], 0)]);
                var pass = new FixedPass(new(network, []), rows);
                Assert.True(pass.SetBox([0], [1], [new UnitSign(0, 0, sign > 0)]));
                Assert.True(Unit * new BigRational(pass.RowBound(0)) <= -150 * sign * b, $"{i} {sign}");
            }
        }
    }

    // The ends are no multiples of a unit: rounded inward, they give 300 x up to 300 units more than is true, and what
    // coefficients lose is a dozen.
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(13)]
    public void The_ends_of_a_box_are_rounded_outward(int denominator)
    {
        var pass = new FixedPass(
            new(new ExactNetwork([new(1, [new([new(0, 300)], 0)])]), []),
            new(1, [new([new(0, -1)], 0), new([new(0, 1)], 0)]));
        for (int i = 1; i < denominator; i++)
        {
            BigRational low = new(i, 64 * denominator), high = new(i + denominator, 64 * denominator);
            Assert.True(pass.SetBox([low], [high], []));
            BigRational[] bounds = [Unit * new BigRational(pass.RowBound(0)), Unit * new BigRational(pass.RowBound(1))];
            Assert.True(bounds[0] <= -300 * high, $"-300 x at {high} lies below {bounds[0]}");
            Assert.True(bounds[1] <= 300 * low, $"300 x at {low} lies below {bounds[1]}");
            Assert.True(bounds[0] >= -300 * high - (330 * Unit) && bounds[1] >= 300 * low - (330 * Unit), "loose");

            // and so of the other sign
            Assert.True(pass.SetBox([-high], [-low], []));
            Assert.True(Unit * new BigRational(pass.RowBound(0)) <= 300 * low, $"-300 x at {-low}");
            Assert.True(Unit * new BigRational(pass.RowBound(1)) <= -300 * high, $"300 x at {-high}");
        }
    }

    private static IEnumerable<UnitSign> SignsAt(NetworkProperty property, BigRational[] x)
    {
        for (int l = 0; l < property.Network.Layers.Length - 1; l++)
        {
            BigRational[] z = property.Network.Layers[l].Apply(x);
            foreach (int i in Enumerable.Range(0, z.Length))
            {
                yield return new UnitSign(l, i, z[i].Sign > 0);
            }

            x = [.. z.Select(v => BigRational.Max(v, BigRational.Zero))];
        }
    }

    // Entries that are multiples of 1/3 are never exact in fixed point; small and large ones are mixed.
    private static AffineMap Map(Random random, int columns, int rows) => new(
        columns,
        [.. Enumerable.Range(0, rows).Select(_ => new Row(
            [.. Enumerable.Range(0, columns).Select(j => new Entry(j, Number(random) * new BigRational(2, columns)))],
            Number(random)))]);

    private static BigRational Number(Random random) => new(random.Next(-9, 10), 3 << random.Next(0, 30));
}
