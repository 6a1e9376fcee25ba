using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Networks;

/// <summary>Rows, maps, constraints, simplices and networks by their definitions.</summary>
public sealed class ExactNetworkTests
{
    [Fact]
    public void A_network_is_evaluated_as_it_is_defined()
    {
        var random = new Random(11);
        for (int n = 0; n < 200; n++)
        {
            var network = RandomNetworks.Of(random, 3, random.Next(1, 6), random.Next(1, 6), 2);
            var x = RandomNetworks.Point(random, 3);
            Assert.Equal(RandomNetworks.Values(network, x), network.Evaluate(x));
            Assert.Throws<WorkExhaustedException>(() => network.Evaluate(x, new WorkBudget(0)));
        }
    }

    [Fact]
    public void Negative_values_and_0_are_rectified_to_0() =>
        Assert.Equal([0, 0, new BigRational(1, 9)], ExactNetwork.Rectified([-1, 0, new BigRational(1, 9)]));

    [Fact]
    public void A_row_is_summed_in_any_order_and_what_cancels_is_gone()
    {
        var sum = new RowSum();
        sum.Add(4, 2);
        sum.Add(1, new BigRational(1, 2));
        sum.Add(4, -2);
        sum.AddBias(3);
        sum.AddRow(new Row([new(1, 1), new(0, -1)], 5), 2);
        var row = sum.Row();
        Assert.Equal([new Entry(0, -2), new Entry(1, new BigRational(5, 2))], row.Weights.ToArray());
        Assert.Equal(13, row.Bias);
    }

    [Fact]
    public void A_normalised_row_has_a_largest_weight_of_size_1_and_keeps_its_signs()
    {
        var row = new Row([new(0, -6), new(3, 2)], 9);
        var (unit, scale) = row.Normalised();
        Assert.Equal(6, scale);
        Assert.Equal(new Row([new(0, -1), new(3, new BigRational(1, 3))], new BigRational(3, 2)), unit);
        Assert.Equal(row, unit.Times(scale));
        Assert.Equal((new Row([], 5), BigRational.One), new Row([], 5).Normalised());
    }

    [Fact]
    public void Equal_rows_are_equal_values_and_others_are_not()
    {
        Row a = new([new(0, 1), new(2, 3)], 4), b = new([new(0, 1), new(2, 3)], 4);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Row[] others = [a with { Bias = 5 }, new([new(0, 1), new(1, 3)], 4), new([new(0, 1), new(2, 4)], 4),
            new([new(0, 1)], 4)];
        Assert.All(others, o => Assert.NotEqual(a, o));
    }

    [Theory]
    [InlineData("1", false, true)]
    [InlineData("2", false, true)]
    [InlineData("201/100", false, false)]
    [InlineData("1", true, true)]
    [InlineData("2", true, false)]
    public void A_constraint_holds_up_to_its_bound_or_below_it(string x, bool isStrict, bool holds)
    {
        var constraint = new RowConstraint([new(1, 2)], 4, isStrict);
        BigRational[] point = [99, BigRational.Parse(x)];
        Assert.Equal(holds, constraint.Holds(point));
        Assert.Equal((2 * point[1]) - 4, constraint.Excess(point));
        Assert.Equal($"2*v1 {(isStrict ? "<" : "≤")} 4", constraint.ToString());
        Assert.Equal(constraint, new RowConstraint([new(1, 2)], 4, isStrict));
        Assert.NotEqual(constraint, new RowConstraint([new(1, 2)], 4, !isStrict));
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, false)]
    [InlineData(-1, false, false)]
    [InlineData(1, true, true)]
    public void A_constraint_without_terms_speaks_of_0(int bound, bool isStrict, bool holds) =>
        Assert.Equal(holds, new RowConstraint([], bound, isStrict).Holds([7]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 6)]
    [InlineData(4, 24)]
    public void Simplices_cover_a_box_and_do_not_overlap(int sides, int count)
    {
        var random = new Random(sides);
        BigRational[] low = [.. Enumerable.Range(0, 4).Select(j => (BigRational)j)];
        BigRational[] high = [.. low.Select((a, j) => j < sides ? a + new BigRational(j + 1, 3) : a)];
        BigRational[][][] simplices = [.. Simplex.Kuhn(low, high)];
        Assert.Equal(count, simplices.Length);
        Assert.All(simplices, s => Assert.Equal(sides + 1, s.Length));
        for (int n = 0; n < 50; n++)
        {
            // No two of these coordinates are equal in the unit cube, so one simplex has the point and it is inside.
            BigRational[] u =
                [.. Enumerable.Range(0, 4).Select(j => new BigRational((random.Next(0, 250) * 4) + j, 1000))];
            BigRational[] x = [.. low.Select((a, j) => a + (u[j] * (high[j] - a)))];
            Assert.Equal(1, simplices.Count(s => Contains(s, x)));
        }
    }

    [Fact]
    public void A_point_between_divides_an_edge_and_an_item_is_replaced_in_a_copy()
    {
        BigRational[] a = [0, 4], b = [8, 0];
        Assert.Equal([2, 3], Simplex.Between(a, b, new BigRational(1, 4)));
        Assert.Equal(a, Simplex.Between(a, b, 0));
        Assert.Equal(b, Simplex.Between(a, b, 1));
        int[] items = [1, 2, 3];
        Assert.Equal([1, 9, 3], Simplex.With(items, 1, 9));
        Assert.Equal([1, 2, 3], items);
    }

    [Fact]
    public void A_property_holds_at_a_point_of_a_case_under_all_its_constraints()
    {
        var property = NetworkText.Parse(
            "network 1 1\nlayer 1\nrow 0 0:2\nproperty 2\ncase\nlower 0\nupper 1\ninput < 1 0:1\noutput <= 1 0:1\n"
            + "case\nlower 5\nupper 5\nend\n");
        foreach (var (x, holds) in new[] { ("0", true), ("1/2", true), ("51/100", false), ("1", false), ("-1", false),
            ("5", true), ("501/100", false) })
        {
            Assert.Equal(holds, property.Holds([BigRational.Parse(x)]));
        }

        Assert.False(property.Cases[1].IsEmpty);
        Assert.True((property.Cases[1] with { Lower = [6] }).IsEmpty);
    }

    [Fact]
    public void Work_is_counted_in_words_of_the_numbers()
    {
        Assert.Equal(1, ExactWork.Words(0));
        Assert.Equal(1, ExactWork.Words(BigRational.PowerOfTwo(61)));
        Assert.Equal(2, ExactWork.Words(BigRational.PowerOfTwo(63)));
        Assert.Equal(2, ExactWork.Words(BigRational.PowerOfTwo(-63)));
        Assert.Equal(2, ExactWork.Longest([1, BigRational.PowerOfTwo(70), 2]));
        var map = new AffineMap(2, [new([new(0, 1), new(1, 1)], 0), new([new(1, BigRational.PowerOfTwo(70))], 0)]);
        Assert.Equal(4 + 4 + 9, ExactWork.Of(map, [1, 1]));
        Assert.Equal(2 + 3, ExactWork.Entries([map]));
    }

    // Barycentric coordinates of a corner path: differences of the coordinates along the order of its sides.
    private static bool Contains(BigRational[][] simplex, BigRational[] x)
    {
        BigRational before = 1;
        for (int k = 1; k < simplex.Length; k++)
        {
            int side = Enumerable.Range(0, x.Length).Single(j => simplex[k][j] != simplex[k - 1][j]);
            var u = (x[side] - simplex[k - 1][side]) / (simplex[k][side] - simplex[k - 1][side]);
            if (u > before || u.Sign < 0)
            {
                return false;
            }

            before = u;
        }

        return true;
    }
}
