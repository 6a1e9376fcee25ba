using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Properties;
using Xunit;

namespace Proofs.Search.Tests.Properties;

public sealed class BoundPassTests
{
    private const int Lanes = 8;

    [Theory]
    [InlineData(1, new[] { 2, 7, 6, 5, 2 })]
    [InlineData(2, new[] { 5, 20, 20, 20, 20, 3 })]
    [InlineData(3, new[] { 1, 3, 2 })]
    [InlineData(4, new[] { 20, 12, 12, 2 })]
    [InlineData(5, new[] { 3, 2 })]
    public void Every_row_at_a_point_of_a_box_is_at_least_the_bound_of_the_row(int seed, int[] widths)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 20; trial++)
        {
            var network = PropertyNetworks.Random(random, widths);
            int inputs = widths[0], outputs = widths[^1];
            BigRational[] coefficients =
                [.. Enumerable.Range(0, outputs).Select(_ => new BigRational(random.Next(-5, 6), 3))];
            var property =
                PropertyNetworks.AtMost(inputs, outputs, new BigRational(random.Next(-3, 4), 7), false, coefficients);
            var query = PropertyQuery.Of(network, property).Single();
            var pass = new BoundPass(query);
            for (int at = 0; at < pass.Lower.Length; at++)
            {
                double centre = (random.NextDouble() * 2) - 1,
                    radius = Math.ScaleB(random.NextDouble(), -random.Next(0, 12));
                (pass.Lower[at], pass.Upper[at]) = (centre - radius, centre + radius);
            }

            pass.Run();
            for (int lane = 0; lane < Lanes; lane++)
            {
                for (int sample = 0; sample < 20; sample++)
                {
                    BigRational[] point = [.. Enumerable.Range(0, inputs).Select(j =>
                    {
                        double t = random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
                        double lo = pass.Lower[(j * Lanes) + lane], hi = pass.Upper[(j * Lanes) + lane];
                        return Binary64.Exact(Math.Clamp(lo + (t * (hi - lo)), lo, hi));
                    })];
                    var y = network.Evaluate(point);
                    var row = property.Cases[0].OutputConstraints[0];
                    var value = row.Terms.Aggregate(-row.Bound, (sum, term) => sum + (term.Value * y[term.Index]));
                    Assert.True(
                        Binary64.Exact(pass.RowLower[lane]) <= value,
                        $"trial {trial}, lane {lane}: {value} lies below {pass.RowLower[lane]:R}");
                }
            }
        }
    }

    // Phases are taken from a point of the box, so that the part of the box that has them is not empty.
    [Theory]
    [InlineData(11, new[] { 2, 7, 6, 5, 2 })]
    [InlineData(12, new[] { 5, 12, 12, 12, 3 })]
    [InlineData(13, new[] { 1, 3, 2 })]
    [InlineData(14, new[] { 20, 12, 12, 2 })]
    public void Every_row_at_a_point_with_the_assumed_signs_is_at_least_the_bound_of_the_row(int seed, int[] widths)
    {
        var random = new Random(seed);
        int tested = 0, lifted = 0;
        for (int trial = 0; trial < 15; trial++)
        {
            var network = PropertyNetworks.Random(random, widths);
            int inputs = widths[0], outputs = widths[^1];
            BigRational[] coefficients =
                [.. Enumerable.Range(0, outputs).Select(_ => new BigRational(random.Next(-5, 6), 3))];
            var property =
                PropertyNetworks.AtMost(inputs, outputs, new BigRational(random.Next(-3, 4), 7), false, coefficients);
            var pass = new BoundPass(PropertyQuery.Of(network, property).Single());
            Array.Fill(pass.Lower, -1);
            Array.Fill(pass.Upper, 1);
            pass.Run();
            double free = pass.RowLower[0];
            BigRational[] Point() =>
                [.. Enumerable.Range(0, inputs).Select(_ => new BigRational(random.Next(-16, 17), 16))];
            var kept = Enumerable.Range(0, Lanes).Select(lane =>
            {
                var signs = Signs(network, Point());
                Phase[] phases = [
                    .. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(signs.Count)).Distinct()
                    .Select(n => signs[n])];
                foreach (var phase in phases)
                {
                    pass.Assume(lane, phase);
                }

                return phases;
            }).ToArray();
            pass.Run();
            for (int sample = 0; sample < 40; sample++)
            {
                var point = Point();
                var signs = Signs(network, point).ToHashSet();
                var row = property.Cases[0].OutputConstraints[0];
                var y = network.Evaluate(point);
                var value = row.Terms.Aggregate(-row.Bound, (sum, term) => sum + (term.Value * y[term.Index]));
                for (int lane = 0; lane < Lanes; lane++)
                {
                    if (kept[lane].All(signs.Contains))
                    {
                        tested++;
                        lifted += pass.RowLower[lane] > free ? 1 : 0;
                        Assert.False(pass.IsEmpty[lane], $"trial {trial}, lane {lane}: not empty");
                        Assert.True(
                            Binary64.Exact(pass.RowLower[lane]) <= value,
                            $"trial {trial}, lane {lane}: {value} lies below {pass.RowLower[lane]:R}");
                        for (int j = 0; j < inputs; j++)
                        {
                            var (least, most) = pass.Ends(lane, j);
                            Assert.True(
                                Binary64.Exact(Math.BitDecrement(least)) <= point[j]
                                    && point[j] <= Binary64.Exact(Math.BitIncrement(most)),
                                $"trial {trial}, lane {lane}: x{j} = {point[j]} lies outside [{least:R}, {most:R}]");
                        }
                    }
                }
            }
        }

        Assert.True(tested > 100 && lifted > 10, $"only {tested} points tested, {lifted} with a better bound");
    }

    private static List<Phase> Signs(ReluNetwork network, BigRational[] point)
    {
        var signs = new List<Phase>();
        BigRational[] x = point;
        for (int l = 0; l < network.Depth - 1; l++)
        {
            var layer = new ReluNetwork([network.Layers[l]]);
            BigRational[] z = [.. layer.Evaluate(x)];
            signs.AddRange(z.Select((v, i) => new Phase(l, i, v.Sign >= 0)));
            x = [.. z.Select(v => BigRational.Max(v, BigRational.Zero))];
        }

        return signs;
    }
}
