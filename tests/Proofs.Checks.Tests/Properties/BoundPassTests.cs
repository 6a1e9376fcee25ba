using Proofs.Checks.Properties;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;
using Xunit;

namespace Proofs.Checks.Tests.Properties;

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
            BigRational[] coefficients = [.. Enumerable.Range(0, outputs).Select(_ => new BigRational(random.Next(-5, 6), 3))];
            var property = PropertyNetworks.AtMost(inputs, outputs, new BigRational(random.Next(-3, 4), 7), false, coefficients);
            var query = PropertyQuery.Of(network, property).Single();
            var pass = new BoundPass(query);
            for (int at = 0; at < pass.Lower.Length; at++)
            {
                double centre = (random.NextDouble() * 2) - 1, radius = Math.ScaleB(random.NextDouble(), -random.Next(0, 12));
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
                    var value = row.Terms.Aggregate(-row.Bound, (sum, term) => sum + (term.Coefficient * y[term.Index]));
                    Assert.True(Binary64.Exact(pass.RowLower[lane]) <= value, $"trial {trial}, lane {lane}: {value} lies below {pass.RowLower[lane]:R}");
                }
            }
        }
    }
}
