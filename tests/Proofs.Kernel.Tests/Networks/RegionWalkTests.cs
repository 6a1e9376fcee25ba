using Proofs.Kernel.Networks;
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
}
