using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel;
using Proofs.Numeric;
using Xunit;

namespace Proofs.Constructions.Tests.IntrinsicDimension;

/// <summary>The network is exact where the function is linear, obeys its bound at exact points, and fails where a part is left out.</summary>
public sealed class IntrinsicNetworkTests
{
    [Fact]
    public void A_linear_function_is_represented_exactly_on_the_cells()
    {
        var @class = new HolderClass(2, 2, 1);
        var built = IntrinsicNetwork.Build(@class, Sets.Gasket, 8, Expr.Parse("x1/2 - x2/4"), IntrinsicChoice.ForGrid(@class, 8, ClassRule.Greedy));
        foreach (var box in built.Boxes)
        {
            Assert.All(Points(box), x => Assert.Equal((x[0] / 2) - (x[1] / 4), built.Network.Evaluate(x)[0]));
        }
    }

    [Theory]
    [InlineData("carpet", ClassRule.Greedy)]
    [InlineData("carpet", ClassRule.Parity)]
    [InlineData("koch", ClassRule.Greedy)]
    [InlineData("parabola", ClassRule.Greedy)]
    public void The_bound_holds_at_corners_faces_and_centres(string name, ClassRule rule)
    {
        var @class = new HolderClass(2, 2, 1);
        var set = Sets.Find(name)!;
        var (n, choice) = IntrinsicChoice.ForAccuracy(@class, set.NaturalBase, new BigRational(1, 64), rule);
        var built = IntrinsicNetwork.Build(@class, set, n, Expr.Parse("x1*x2"), choice);
        var bound = built.Budget.TryEvaluate(built.Budget.Bound)!.Value;
        Assert.True(bound <= new BigRational(1, 64));
        foreach (var box in built.Boxes)
        {
            Assert.All(Points(box), x => Assert.True(BigRational.Abs(built.Network.Evaluate(x)[0] - (x[0] * x[1])) <= bound));
        }
    }

    // F19: nothing is claimed off the cells.
    [Fact]
    public void Far_from_the_cells_the_network_is_minus_its_offset()
    {
        var @class = new HolderClass(1, 2, 1);
        var built = IntrinsicNetwork.Build(
            @class, Sets.Carpet, 9, Expr.Parse("(x1 + abs(x2 - 1/2))/2"), IntrinsicChoice.ForGrid(@class, 9, ClassRule.Greedy));
        Assert.Equal(-BigRational.One, built.Network.Evaluate([BigRational.Half, BigRational.Half])[0]);
    }

    // F10: the cells of a sample of the set are not enough.
    [Fact]
    public void A_cell_left_out_makes_an_error_of_the_order_of_one()
    {
        var @class = new HolderClass(1, 1, 1);
        var all = Sets.CantorDust(1).Cover(9);
        var some = CellSet.Of(9, 1, all.Indices().Where(i => i[0] != 2));
        var built = IntrinsicNetwork.Build(@class, some, Expr.Parse("x/2"), IntrinsicChoice.ForGrid(@class, 9, ClassRule.Greedy));
        Assert.Equal(-BigRational.One, built.Network.Evaluate([new BigRational(25, 90)])[0]);
    }

    [Fact]
    public void Bad_input_is_refused_with_its_numbers()
    {
        var @class = new HolderClass(2, 2, 1);
        var choice = IntrinsicChoice.ForGrid(@class, 4, ClassRule.Greedy);
        Assert.Contains("lies in dimension 3", Refused(() => IntrinsicNetwork.Build(@class, Sets.Menger, 9, Expr.Parse("x1"), choice)), StringComparison.Ordinal);
        Assert.Contains("n = 1", Refused(() => IntrinsicNetwork.Build(@class, Sets.Gasket, 1, Expr.Parse("x1"), choice)), StringComparison.Ordinal);
        Assert.Contains("is false", Refused(() => IntrinsicNetwork.Build(@class, Sets.Gasket, 4, Expr.Parse("3*x1"), choice)), StringComparison.Ordinal);
        Assert.Contains("eps is 0", Refused(() => IntrinsicChoice.ForAccuracy(@class, 2, 0, ClassRule.Greedy)), StringComparison.Ordinal);
        Assert.Contains("is missing; expected n or eps", Assert.ThrowsAny<FormatException>(
            () => Catalogue.Find("intrinsic")!.Build(["set=gasket", "beta=2", "f=x1"])).Message, StringComparison.Ordinal);
        Assert.Contains("is 'dust'; expected cantorD", Assert.ThrowsAny<FormatException>(
            () => Catalogue.Find("intrinsic")!.Build(["set=dust", "n=4", "beta=2", "f=x1"])).Message, StringComparison.Ordinal);
    }

    private static string Refused(Action build) => Assert.ThrowsAny<ArgumentException>(build).Message;

    private static IEnumerable<BigRational[]> Points(Box box) => KuhnInterpolant.Nodes(box.Dimension, 4)
        .Select(l => l.Select((j, d) => box.Lower[d] + (new BigRational(j, 4) * (box.Upper[d] - box.Lower[d]))).ToArray());
}
