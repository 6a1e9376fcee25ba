using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Domains;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.IntrinsicDimension;

/// <summary>
/// Covers contain the set, counts obey the theorems, and what is no set of contractions is refused with its numbers.
/// </summary>
public sealed class SelfSimilarSetTests
{
    private static readonly SelfSimilarSet[] Some =
        [Sets.Gasket, Sets.Carpet, Sets.Koch, Sets.TwoScalePlane, Sets.Vicsek, Sets.CantorDust(2)];

    [Fact]
    public void Every_point_of_the_set_lies_in_a_cell_of_its_cover() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>().Generator.ListOf(12).Zip(Gen.Choose(1, 12)).ToArbitrary(),
        input =>
        {
            foreach (var set in Some)
            {
                // the fixed point of the first map, under a word
                var point = FixedPointOfFirst(set);
                foreach (int letter in input.Item1)
                {
                    point = set.Maps[(int)((uint)letter % set.Maps.Length)].Apply(point);
                }

                var cells = set.Cover(input.Item2);
                Assert.Contains(
                    cells.Boxes(), b =>
                        point.Select((x, d) => b.Lower[d] <= x && x <= b.Upper[d]).All(inside => inside));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void A_million_cells_are_sorted_and_distinct()
    {
        var cells = Sets.Gasket.WordCover(12);
        Assert.Equal(531441, cells.Count);
        var last = (-1, -1);
        foreach (int[] i in cells.Indices())
        {
            Assert.True(last.CompareTo((i[0], i[1])) < 0);
            last = (i[0], i[1]);
        }
    }

    [Fact]
    public void Counts_stay_below_the_constant_of_the_cover()
    {
        foreach (var set in Some)
        {
            for (int n = 2; n <= 30; n += 7)
            {
                // N_cell ≤ 2^D C_E n^d; the outer cover is at most 3^D times larger
                double most =
                    Math.Pow(6, set.AmbientDimension) * set.CoverConstant.Sup * Math.Pow(n, set.Dimension.Sup);
                Assert.InRange(set.Cover(n).Count, 1, most);
            }
        }
    }

    [Theory]
    [InlineData("koch", 1.2618595071429148, 8)]
    [InlineData("gasket", 1.5849625007211563, 3)]
    [InlineData("twoscale", 0.69424191363061738, 2.6180339887498949)]
    [InlineData("twoscale2", 1, 4)]
    [InlineData("tetrahedron", 2, 4)]
    [InlineData("fourcorner", 1, 4)]
    public void Dimension_and_constant_are_those_of_the_theory(string name, double dimension, double constant)
    {
        var set = Sets.Find(name)!;
        Assert.InRange(dimension, set.Dimension.Inf - 1e-15, set.Dimension.Sup + 1e-15);
        Assert.InRange(constant, set.CoverConstant.Inf - 1e-13, set.CoverConstant.Sup + 1e-13);
        Assert.True(set.Dimension.Width < 1e-14 && set.CoverConstant.Width < 1e-12);
    }

    [Fact]
    public void The_cantor_set_needs_more_cells_than_its_power_off_its_own_grids()
    {
        var cantor = Sets.CantorDust(1);
        // 2 > 1.549: A_E = 1 holds on natural grids only
        Assert.True(cantor.Cover(2).Count > Math.Pow(2, cantor.Dimension.Sup));
        Assert.Equal(3, cantor.CountClosed(1)); // and not 2: closed cells of the gaps touch the set
        // 2 > 1.618
        Assert.True(Sets.TwoScale.Cover(2, BigRational.Half).Count > Math.Pow(2, Sets.TwoScale.Dimension.Sup));
    }

    [Theory]
    [InlineData("map 1 : 0 0", "map 1 multiplies lengths by the root of 1")]
    [InlineData(
        "map 1/2 : 3/4 0\nmap 1/2 : 0 0",
        "map 1 takes the box [0,1]^2 to [3/4,5/4]x[0,1/2], which leaves it in coordinate 1")]
    [InlineData("map 1/2 : 0 0\nmap 1/2 : 0", "one map is of R^2, another of R^1")]
    [InlineData("map 1/2 : 0 0\nmap 1/2 : 0 0", "a map is given twice")]
    [InlineData("map 1/2 0 0", "line 1: 'map 1/2 0 0' has no translation")]
    [InlineData("map 1/2 : a 0", "line 1: 'a' is no number")]
    [InlineData("# nothing", "states no set")]
    [InlineData("mop 1/2 : 0", "line 1: 'mop' is no keyword")]
    [InlineData("map 1/2 : 0 0\nhull 0 0 , 1 0 , 2 0", "lie in a plane")]
    [InlineData("map 1/2 0 ; 0 1 : 0 0", "map 1 has the Lipschitz constant 1")]
    [InlineData("map 1/2 : 0 0\nbox [0,2]^2", "is not inside [0,1]^2")]
    [InlineData("map 1/2 1/4 ; 0 1/2 : 0 0\nmetric 1 1", "map 1 is no similarity")]
    public void A_set_that_is_none_is_refused_with_its_numbers(string text, string message)
    {
        var e = Assert.ThrowsAny<Exception>(() => SetText.Parse("mine", text));
        Assert.True(e is FormatException or ArgumentException);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_cells_are_refused_with_their_number()
    {
        Assert.Contains(
            "43046721 cells", Assert.Throws<ArgumentException>(() => Sets.Gasket.WordCover(16)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "more than 2^127", Assert.Throws<ArgumentException>(() => Sets.Simplex(10).WordCover(13)).Message,
            StringComparison.Ordinal);
    }

    // The limit of S_1^k(corner) by exact arithmetic: x = (I − A)^(−1) t, here for maps that are multiples of the
    // identity.
    private static BigRational[] FixedPointOfFirst(SelfSimilarSet set) =>
        [.. set.Maps[0].Translation.Select(t => t / (BigRational.One - set.Maps[0].Rows[0][0]))];
}
