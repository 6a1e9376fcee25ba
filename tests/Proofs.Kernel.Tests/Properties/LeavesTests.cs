using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Properties;

/// <summary>A leaf excludes a case where no point of its box belongs to it, and says why where it does not.</summary>
public sealed class LeavesTests
{
    // y = 2 ρ(x) - 1 on [0, 1] of a case in [0, 1]
    private const string Property = """
        network 1 2
        layer 1
        row 0 0:1
        layer 1
        row -1 0:2
        property 2
        case
        lower 0
        upper 1
        input < 0 0:1
        output <= -5/4 0:1
        output < -2 0:-1
        case
        lower 0
        upper 1
        output <= -3/2 0:-1
        end

        """;

    [Theory]
    [InlineData("0", "1", new[] { 0 }, new[] { 0 }, null)] // y >= -1 > -5/4
    [InlineData("0", "1", new[] { 0 }, new[] { 1 }, null)] // y <= 1 < 2
    [InlineData("0", "1", new[] { 0 }, new[] { -1 }, null)] // x >= 0
    [InlineData("-1", "1", new[] { 0 }, new[] { -1 }, "does not exclude")]
    [InlineData("-1", "1", new[] { 0 }, new[] { 0 }, null)]
    [InlineData("0", "3/2", new[] { 0 }, new[] { 1 }, "does not exclude")] // y = 2 is excluded by <, but 2 + a hair not
    [InlineData("0", "1", new[] { 1 }, new[] { 0 }, null)] // y <= 1 < 3/2
    [InlineData("0", "5/4", new[] { 1 }, new[] { 0 }, "does not exclude")] // y = 3/2 belongs to it
    [InlineData("0", "1", new[] { 0, 1 }, new[] { 0, 0 }, null)]
    [InlineData("0", "1", new[] { 0, 1 }, new[] { 0 }, "1 constraints for 2 cases")]
    [InlineData("0", "1", new[] { 0 }, new[] { 0, 0 }, "2 constraints for 1 cases")]
    [InlineData("0", "1", new[] { 0 }, new[] { 2 }, "names constraint 2 of 2")]
    [InlineData("0", "1", new[] { 0 }, new[] { -2 }, "names constraint 1 of 1")]
    [InlineData("0", "1", new[] { 1 }, new[] { -1 }, "names constraint 0 of 0")]
    public void A_constraint_excludes_a_case_on_a_box(
        string low, string high, int[] cases, int[] rows, string? reason)
    {
        var leaves = new NetworkCertificate.Leaves(NetworkText.Parse(Property), [.. cases]);
        string? refused = leaves.Refuse([BigRational.Parse(low)], [BigRational.Parse(high)], [], rows);
        if (reason is null)
        {
            Assert.Null(refused);
        }
        else
        {
            Assert.Contains(reason, refused, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-1", "1", true, true)]
    [InlineData("-1", "1", false, true)]
    [InlineData("-1", "-1/2", true, false)] // nowhere on
    [InlineData("1/2", "1", false, false)] // nowhere off
    public void Assumed_signs_leave_a_part_of_the_box(string low, string high, bool isOn, bool isLeft)
    {
        var pass = new FixedPass(NetworkText.Parse(Property), new AffineMap(1, [new([new(0, 1)], 0)]));
        Assert.Equal(isLeft, pass.SetBox([BigRational.Parse(low)], [BigRational.Parse(high)], [new(0, 0, isOn)]));
    }

    // Entries of moderate size, so that units cross 0 by much: what a leaf excludes has no point on a grid.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_leaf_excludes_has_no_point(int seed)
    {
        var random = new Random(seed);
        int excluded = 0;
        for (int n = 0; n < 250; n++)
        {
            var network = RandomNetworks.Of(random, 2, random.Next(1, 6), random.Next(1, 6), 1);
            BigRational[] low = RandomNetworks.Point(random, 2);
            BigRational[] high = [.. low.Select(a => a + new BigRational(random.Next(1, 9), 4))];
            int sign = random.Next(2) == 0 ? 1 : -1;
            var values = Grid(low, high).Select(x => sign * RandomNetworks.Values(network, x)[0]).ToArray();
            var bound = values.Min() - new BigRational(random.Next(-1, 8), 4);
            var property = new NetworkProperty(network, [new(
                [.. low], [.. high], [], [new([new(0, sign)], bound, random.Next(2) == 0)])]);
            var leaves = new NetworkCertificate.Leaves(property, [0]);
            if (leaves.Refuse(low, high, [], [0]) is null)
            {
                excluded++;
                Assert.All(Grid(low, high), x => Assert.False(property.Holds(x)));
            }

            // the part with a sign of a unit, at the points that have it
            var unit = random.Next(network.Layers[0].Count);
            bool isOn = random.Next(2) == 0;
            if (leaves.Refuse(low, high, [new(0, unit, isOn)], [0]) is null)
            {
                Assert.All(Grid(low, high), x => Assert.False(
                    (isOn ? 1 : -1) * network.Layers[0].Apply(x)[unit] >= 0 && property.Holds(x)));
            }
        }

        Assert.True(excluded > 20, $"{excluded} excluded");
    }

    private static IEnumerable<BigRational[]> Grid(BigRational[] low, BigRational[] high) =>
        from i in Enumerable.Range(0, 7)
        from j in Enumerable.Range(0, 7)
        select new[]
        {
            low[0] + ((high[0] - low[0]) * new BigRational(i, 6)),
            low[1] + ((high[1] - low[1]) * new BigRational(j, 6)),
        };
}
