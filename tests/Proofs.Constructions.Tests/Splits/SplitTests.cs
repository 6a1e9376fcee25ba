using System.Numerics;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Constructions.Splits;
using Proofs.Kernel.Numbers;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Splits;

public sealed class SplitTests
{
    // docs/math/07, section 7, A9
    [Fact]
    public void The_plan_of_the_specification_is_found()
    {
        var expected = RepositoryFiles.Fixture("07-adaptive.json")
            .GetProperty("hypersurface_split").GetProperty("optimal_integer");
        var @class = new HypersurfaceClass(dimension: 3, alpha: 1, beta: 1, m: 1, pieces: 1, sides: 1);

        // 2^-10 of the accuracy is for rounding, which the specification leaves out
        var eps = new BigRational(1, 8) / (1 - BigRational.PowerOfTwo(-10));
        var split = HypersurfaceSplit.Least(
            @class, isDisjoint: true, eps, p: 2, isDeep: false, delta: BigRational.PowerOfTwo(-30));
        Assert.Equal(
            [expected.GetProperty("N_f").GetInt32(), expected.GetProperty("N_h").GetInt32()],
            split.Report.Integers.Select(i => (int)i.Value));
        Assert.True(split.Report.IsLeast);

        // with the overhead of depth, which the specification counts for coefficients that are all stored
        Assert.InRange((int)split.Report.Size - expected.GetProperty("W").GetInt32(), 0, 20);
        Assert.InRange(ToDouble(split.Report.Gap), 0, 0.086); // 8.2 % without what is kept for rounding
    }

    // All integers of a wide range, not those the search stops at.
    [Theory]
    [InlineData("2", 1, "1/10", true)]
    [InlineData("5/2", 1, "1/50", true)]
    [InlineData("3", 2, "1/3", false)]
    [InlineData("1/2", 1, "1/5", true)]
    [InlineData("1", 2, "1/9", false)]
    public void No_Hölder_plan_within_the_budget_is_smaller(string beta, int dimension, string accuracy, bool isDeep)
    {
        var (@class, eps) =
            (new HolderClass(BigRational.Parse(beta), dimension, 1), BigRational.Parse(accuracy));
        var split = HolderSplit.Least(@class, eps, isDeep);
        int constant = Math.Max(1, (int)(@class.Beta / dimension).Ceiling());
        BigInteger? least = null;
        for (int n = 1; n <= 400; n++)
        {
            for (int m = 1; m <= (@class.Q == 0 ? 1 : 12); m++)
            {
                var choice = @class.Q == 0 ? new HolderChoice(n, 0, 0, null)
                    : isDeep ? new(n, m, 1, null)
                    : new(n, constant, m, null);
                if (ErrorOf(@class, choice) <= ToDouble(eps * (1 - BigRational.PowerOfTwo(-10))))
                {
                    var size = HolderSize.Of(@class, choice).Size;
                    least = least is null ? size : BigInteger.Min(least.Value, size);
                }
            }
        }

        Assert.Equal(least, split.Report.Size);
        Assert.True(split.Report.Size <= split.Report.EqualSize);
        Assert.InRange(ToDouble(split.Report.LowerBound), 1, (double)split.Report.Size);
    }

    [Theory]
    [InlineData("holder", "D=1", "beta=2", "eps=1/64", "f=sin(x)/2", "depth=deep")]
    [InlineData("holder", "D=2", "beta=1", "eps=1/8", "f=(x1+x2)/4")]
    [InlineData("holder", "D=1", "beta=3/2", "eps=1/32", "f=x/3", "round=yes")]
    [InlineData("hypersurface", "D=2", "alpha=2", "beta=2", "eps=1/4", "f=x1*x2/4", "h=1/2+x1^2/8")]
    [InlineData("hypersurface", "D=2", "alpha=1", "beta=1", "eps=1/2", "p=1", "f=1/3", "h=1/3 + x1/5", "round=yes")]
    [InlineData("invariant-holder", "n=3", "beta=2", "eps=1/8", "f=(x1+x2+x3)/8")]
    public void What_is_built_is_smaller_and_within_the_accuracy(string name, params string[] parameters)
    {
        var construction = Catalogue.Find(name)!;
        var optimal = construction.BuildOptimal(parameters);
        var equal = construction.Build(parameters);
        Assert.True(optimal.Built.Network.Size < equal.Network.Size);
        Assert.True(optimal.Built.Network.Size <= (long)optimal.Split.Size);
        Assert.InRange(ToDouble(optimal.Split.LowerBound), 1, (double)optimal.Split.Size);
        Assert.True(optimal.Built.Budget.BoundValue().Sup <= optimal.Built.Budget.AllowanceValue()!.Value.Sup);
        Assert.All(optimal.Built.Sizes, s => Assert.NotEqual(false, s.Holds(
            optimal.Built.Network, optimal.Built.Budget.Parameters)));
    }

    [Fact]
    public void What_has_no_accuracy_to_share_out_is_refused()
    {
        Assert.False(Catalogue.Find("square")!.HasSplit);
        Assert.Throws<ParameterException>(() => Catalogue.Find("square")!.BuildOptimal([]));
        Assert.Throws<ParameterException>(
            () => Catalogue.Find("holder")!.BuildOptimal(["D=1", "beta=2", "eps=0", "f=x"]));
    }

    private static double ErrorOf(HolderClass @class, HolderChoice choice) =>
        (ToDouble(@class.TaylorConstant) * Math.Pow((double)choice.N, -ToDouble(@class.Beta)))
        + (@class.Q == 0 ? 0 : ToDouble(@class.ProductConstant) * Math.Pow(4, -(choice.R * choice.P) - 1));

    private static double ToDouble(BigRational x) => (double)x.Numerator / (double)x.Denominator;
}
