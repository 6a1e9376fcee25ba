using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Networks;

public sealed class RegionWalkTests
{
    // y = |x1| + |x2| on [-1, 1]^2
    [Theory]
    [InlineData("output <= 0 0:1", true)] // met at the origin alone
    [InlineData("output < 0 0:1", false)]
    [InlineData("output <= -2 0:-1", true)] // met at the corners alone
    [InlineData("output < -2 0:-1", false)]
    [InlineData("output <= 1/3 0:1\noutput <= -1/3 0:-1", true)] // met on a line
    [InlineData("output < 1/3 0:1\noutput <= -1/3 0:-1", false)]
    [InlineData("input <= -1/2 0:1\ninput <= -1/2 1:-1\noutput < 1 0:1", false)]
    [InlineData("input <= -1/2 0:1\ninput <= -1/2 1:-1\noutput <= 1 0:1", true)]
    public void Ties_are_decided_exactly(string constraints, bool isSatisfiable)
    {
        var property = NetworkText.Parse($"""
            network 2 2
            layer 4
            row 0 0:1
            row 0 0:-1
            row 0 1:1
            row 0 1:-1
            layer 1
            row 0 0:1 1:1 2:1 3:1
            property 1
            case
            lower -1 -1
            upper 1 1
            {constraints}
            end

            """.ReplaceLineEndings("\n"));
        var walk = RegionWalk.Run(property, 0, [-1, -1], [1, 1], 100_000);
        Assert.True(walk.IsDecided);
        Assert.Equal(isSatisfiable, walk.Point is not null);
        Assert.True(walk.Point is null || property.Holds(walk.Point));
    }

    [Fact]
    public void A_walk_that_runs_out_of_work_decides_nothing()
    {
        var property = NetworkText.Parse(
            "network 1 2\nlayer 1\nrow 0 0:1\nlayer 1\nrow 0 0:1\nproperty 1\ncase\nlower -1\nupper 1\nend\n");
        Assert.False(RegionWalk.Run(property, 0, [-1], [1], 3).IsDecided);
    }

    // What the walk decides, against the corners and crossings that a fine grid has.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_walk_finds_a_point_where_a_grid_has_one_and_what_it_finds_is_one(int seed)
    {
        var random = new Random(seed);
        int found = 0, none = 0;
        for (int n = 0; n < 60; n++)
        {
            var network = RandomNetworks.Of(random, 2, random.Next(1, 5), random.Next(1, 4), 1);
            bool isStrict = random.Next(2) == 0;
            var bound = new BigRational(random.Next(-6, 7), 2);
            var property = new NetworkProperty(network, [new(
                [-1, -1], [1, 1],
                random.Next(2) == 0 ? [] : [new([new(0, 1), new(1, 1)], 0, random.Next(2) == 0)],
                [new([new(0, random.Next(2) == 0 ? 1 : -1)], bound, isStrict)])]);
            var walk = RegionWalk.Run(property, 0, [-1, -1], [1, 1], 1_000_000);
            Assert.True(walk.IsDecided);
            if (walk.Point is { } point)
            {
                found++;
                Assert.True(property.Holds(point), $"{n}: ({string.Join(", ", point)})");
                continue;
            }

            none++;
            for (int i = -8; i <= 8; i++)
            {
                for (int j = -8; j <= 8; j++)
                {
                    BigRational[] x = [new(i, 8), new(j, 8)];
                    Assert.False(property.Holds(x), $"{n}: missed ({x[0]}, {x[1]})");
                }
            }
        }

        Assert.True(found > 10 && none > 5, $"{found} and {none}");
    }

    [Theory]
    [InlineData("-1", "1", "1", "2", true)] // meets the box of the case in a side
    [InlineData("-1", "1", "3/2", "2", false)]
    [InlineData("0", "0", "-1", "1", true)]
    [InlineData("1/2", "1/4", "-1", "1", false)]
    public void A_walk_keeps_to_the_box_of_the_case(string low, string high, string from, string to, bool isMet)
    {
        var property = NetworkText.Parse(
            $"network 1 1\nlayer 1\nrow 0 0:1\nproperty 1\ncase\nlower {low}\nupper {high}\nend\n");
        var walk = RegionWalk.Run(property, 0, [BigRational.Parse(from)], [BigRational.Parse(to)], 1000);
        Assert.True(walk.IsDecided);
        Assert.Equal(isMet, walk.Point is not null);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Boxes_of_more_than_five_sides_are_not_walked(int sides, bool isDecided)
    {
        var wide = Enumerable.Repeat(BigRational.One, sides).Concat([BigRational.Zero]).ToArray();
        BigRational[] zero = [.. wide.Select(_ => BigRational.Zero)];
        var network = new ExactNetwork([new(sides + 1, [new([new(0, 1)], 0)])]);
        var property = new NetworkProperty(network, [new([.. zero], [.. wide], [], [new([new(0, 1)], -1, false)])]);
        Assert.Equal(isDecided, RegionWalk.Run(property, 0, zero, wide, 1_000_000).IsDecided);
    }
}
