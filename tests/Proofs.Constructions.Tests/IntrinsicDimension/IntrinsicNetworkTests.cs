using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Constructions.Tests.IntrinsicDimension;

/// <summary>
/// The network is exact where the function is linear, obeys its bound at exact points, and fails where a part is left
/// out.
/// </summary>
public sealed class IntrinsicNetworkTests
{
    [Fact]
    public void A_linear_function_is_represented_exactly_on_the_cells()
    {
        var @class = new HolderClass(2, 2, 1);
        var built = IntrinsicNetwork.Build(
            @class, Sets.Gasket, 8, Expr.Parse("x1/2 - x2/4"),
            IntrinsicChoice.ForGrid(@class, 8, IntrinsicDesign.Ours));
        foreach (var box in built.Boxes)
        {
            Assert.All(Points(box), x => Assert.Equal((x[0] / 2) - (x[1] / 4), built.Network.Evaluate(x)[0]));
        }
    }

    [Theory]
    [InlineData("carpet", "2", "x1*x2", "1/64", GateRule.Penalty, ClassRule.Greedy, false)]
    [InlineData("carpet", "2", "x1*x2", "1/64", GateRule.Penalty, ClassRule.Parity, false)]
    [InlineData("koch", "2", "x1*x2", "1/64", GateRule.Penalty, ClassRule.Greedy, false)]
    [InlineData("parabola", "2", "x1*x2", "1/64", GateRule.Penalty, ClassRule.Greedy, false)]
    [InlineData("gasket", "2", "x1*x2", "1/64", GateRule.Trapezoid, ClassRule.ModuloFive, false)]
    [InlineData("gasket", "1", "(x1 + abs(x2 - 1/2))/2", "1/8", GateRule.Trapezoid, ClassRule.ModuloFive, false)]
    [InlineData("gasket", "3", "x1^2*x2/2", "1/64", GateRule.Trapezoid, ClassRule.ModuloFive, true)]
    [InlineData("gasket", "3", "x1^2*x2/2", "1/64", GateRule.Penalty, ClassRule.Greedy, true)]
    [InlineData("cantor2", "7/2", "x1^2*x2/24", "1/64", GateRule.Penalty, ClassRule.Greedy, true)]
    public void The_bound_holds_at_corners_faces_and_centres(
        string name, string beta, string f, string eps, GateRule gate, ClassRule rule, bool flat)
    {
        var @class = new HolderClass(BigRational.Parse(beta), 2, 1);
        var set = Sets.Find(name)!;
        var design = new IntrinsicDesign(gate, rule);
        var (n, choice) = IntrinsicChoice.ForAccuracy(
            @class, set.NaturalBase, BigRational.Parse(eps), flat ? design.Flat(@class, set) : design);
        var built = IntrinsicNetwork.Build(@class, set, n, Expr.Parse(f), choice);
        var bound = built.Budget.TryEvaluate(built.Budget.Bound) ?? Binary64.Exact(built.Budget.BoundValue().Sup);
        Assert.True(bound <= BigRational.Parse(eps));
        foreach (var box in built.Boxes)
        {
            Assert.All(
                Points(box), x =>
                    Assert.True(BigRational.Abs(built.Network.Evaluate(x)[0] - ValueAt(built.Target, x)) <= bound));
        }
    }

    // The depth of the flat variant does not see the accuracy, and its size keeps the exponent d/beta.
    [Fact]
    public void The_flat_variant_has_one_depth_for_all_accuracies()
    {
        var @class = new HolderClass(3, 2, 1);
        var design = IntrinsicDesign.Ours.Flat(@class, Sets.Gasket);
        Assert.Equal(2, design.Groups); // 3/1.585 rounded up
        foreach (int k in new[] { 4, 8, 12 })
        {
            var (n, choice) = IntrinsicChoice.ForAccuracy(@class, 2, BigRational.PowerOfTwo(-k), design);
            var built = IntrinsicNetwork.Build(@class, Sets.Gasket, n, Expr.Parse("x1^2*x2/2"), choice);
            Assert.Equal(1 * (2 + 2) + 4 + 2, built.Network.Depth);
            Assert.True(built.Budget.BoundValue().Sup <= Math.ScaleB(1, -k));
            Proofs.Constructions.Tests.Fixtures.Fixture.SizesHold(built);
        }
    }

    // F19: nothing is claimed off the cells.
    [Fact]
    public void Far_from_the_cells_the_network_is_minus_its_offset()
    {
        var @class = new HolderClass(1, 2, 1);
        var built = IntrinsicNetwork.Build(
            @class, Sets.Carpet, 9, Expr.Parse("(x1 + abs(x2 - 1/2))/2"),
            IntrinsicChoice.ForGrid(@class, 9, IntrinsicDesign.Ours));
        Assert.Equal(-BigRational.One, built.Network.Evaluate([BigRational.Half, BigRational.Half])[0]);
    }

    // F10: the cells of a sample of the set are not enough.
    [Fact]
    public void A_cell_left_out_makes_an_error_of_the_order_of_one()
    {
        var @class = new HolderClass(1, 1, 1);
        var all = Sets.CantorDust(1).Cover(9);
        var some = CellSet.Of(9, 1, all.Indices().Where(i => i[0] != 2));
        var built = IntrinsicNetwork.Build(
            @class, some, Expr.Parse("x/2"), IntrinsicChoice.ForGrid(@class, 9, IntrinsicDesign.Ours));
        Assert.Equal(-BigRational.One, built.Network.Evaluate([new BigRational(25, 90)])[0]);
    }

    [Fact]
    public void Bad_input_is_refused_with_its_numbers()
    {
        var @class = new HolderClass(2, 2, 1);
        var choice = IntrinsicChoice.ForGrid(@class, 4, IntrinsicDesign.Ours);
        Assert.Contains(
            "lies in dimension 3",
            Refused(() => IntrinsicNetwork.Build(@class, Sets.Menger, 9, Expr.Parse("x1"), choice)),
            StringComparison.Ordinal);
        Assert.Contains(
            "n = 1", Refused(() => IntrinsicNetwork.Build(@class, Sets.Gasket, 1, Expr.Parse("x1"), choice)),
            StringComparison.Ordinal);
        Assert.Contains(
            "is false", Refused(() => IntrinsicNetwork.Build(@class, Sets.Gasket, 4, Expr.Parse("3*x1"), choice)),
            StringComparison.Ordinal);
        Assert.Contains(
            "eps is 0", Refused(() => IntrinsicChoice.ForAccuracy(@class, 2, 0, IntrinsicDesign.Ours)),
            StringComparison.Ordinal);
        Assert.Contains("is missing; expected n or eps", Assert.ThrowsAny<FormatException>(
            () => Catalogue.Find("intrinsic")!.Build(["set=gasket", "beta=2", "f=x1"])).Message,
                StringComparison.Ordinal);
        Assert.Contains("is 'dust'; expected cantorD", Assert.ThrowsAny<FormatException>(
            () => Catalogue.Find("intrinsic")!.Build(["set=dust", "n=4", "beta=2", "f=x1"])).Message,
                StringComparison.Ordinal);
    }

    private static string Refused(Action build) => Assert.ThrowsAny<ArgumentException>(build).Message;

    private static BigRational ValueAt(Expr f, BigRational[] x) =>
        f.TryEvaluate(new Dictionary<string, BigRational> { ["x1"] = x[0], ["x2"] = x[1] })!.Value;

    private static IEnumerable<BigRational[]> Points(Box box) => KuhnInterpolant.Nodes(box.Dimension, 4)
        .Select(l =>
            l.Select((j, d) => box.Lower[d] + (new BigRational(j, 4) * (box.Upper[d] - box.Lower[d]))).ToArray());
}
