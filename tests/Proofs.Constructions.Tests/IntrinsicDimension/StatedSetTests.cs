using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Constructions.Tests.IntrinsicDimension;

/// <summary>
/// Unions, products, images, planes, formulas and points: covers contain them, constants are those of the theory, and
/// bad text is refused.
/// </summary>
public sealed class StatedSetTests
{
    [Fact]
    public void The_lines_of_a_text_make_a_union_whose_constants_add()
    {
        var set = Assert.IsType<UnionSet>(
            SetText.Parse("mine", "set gasket\naffine 0 1/2 : 1 0\nimage u ; u^2 # a parabola"));
        Assert.Equal(3, set.Parts.Length);
        Assert.Equal(set.Parts[0].Dimension, set.Dimension);
        Assert.Equal(3 + 2 + 3, set.CoverConstant.Midpoint, 1e-12); // m of the gasket, a coordinate line, Lip + 1
        var cells = set.Cover(16);
        foreach (var part in set.Parts)
        {
            Assert.All(part.Cover(16).Indices(), i => Assert.True(cells.Contains(i)));
        }
    }

    [Fact]
    public void A_product_has_the_cells_of_both()
    {
        var set = SetText.Parse("mine", "product cantor1 gasket");
        Assert.Equal(3, set.AmbientDimension);
        Assert.Equal(4 * Sets.Gasket.Cover(9).Count, set.Cover(9).Count);
        Assert.Equal((Sets.CantorDust(1).Dimension + Sets.Gasket.Dimension).Midpoint, set.Dimension.Midpoint);
        Assert.Equal(
            Sets.CantorDust(1).Cover(9).Count * Sets.Gasket.Cover(9).Count,
            SetText.Parse("mine", "product cantor1 gasket").Cover(9).Count);
    }

    [Fact]
    public void Half_the_gasket_has_the_cells_of_the_gasket_on_half_the_grid()
    {
        var set = SetText.Parse("mine", "set gasket under 1/2 : 1/2 0");
        Assert.Equal(
            Sets.Gasket.Cover(8).Indices().Select(i => (i[0] + 8, i[1])),
            set.Cover(16).Indices().Select(i => (i[0], i[1])));
        Assert.Equal(Sets.Gasket.CoverConstant, set.CoverConstant);
        Assert.Equal(
            3 * Math.Pow(2, Sets.Gasket.Dimension.Midpoint),
            new ImageSet("steep", AffineTransformation.Homothety(2, 0, 0), Sets.Gasket).CoverConstant.Midpoint, 1e-12);
    }

    // Lemma 4: the slopes over the chosen coordinates are at most 1, whatever the directions are.
    [Theory]
    [InlineData("affine 0 0 0 : 1 2 3", "2", 16)]
    [InlineData("affine 1/2 1/2 1/2 1/2 : 1 0 5 0 ; 0 1 7 2", "9", 8)]
    [InlineData("affine 0 1/3 0 : 1 0 0 ; 0 0 1", "4", 9)]
    [InlineData("affine 1/3 2/3", "1", 9)]
    public void A_plane_lies_in_its_cells(string text, string constant, int n)
    {
        var piece = Assert.IsType<AffinePiece>(SetText.Parse("mine", text));
        Assert.Equal(BigRational.Parse(constant), Binary64.Exact(piece.CoverConstant.Sup));
        var cells = piece.Cover(n);
        int inside = 0;
        foreach (int[] l in KuhnInterpolant.Nodes(piece.Directions.Length, 24))
        {
            BigRational[] x = [.. Enumerable.Range(0, piece.AmbientDimension).Select(i =>
                piece.Directions.Select((v, j) => v[i] * new BigRational(l[j] - 12, 13))
                    .Aggregate(piece.Point[i], (s, t) => s + t))];
            if (x.All(c => c.Sign >= 0 && c <= BigRational.One))
            {
                inside++;
                Assert.True(
                    cells.Contains([.. x.Select(c => (int)BigRational.Min((c * n).Floor(), n - 1).Numerator)]),
                    $"({string.Join(", ", x)})");
            }
        }

        Assert.True(inside > 0);
    }

    [Fact]
    public void The_diagonal_has_the_cells_on_the_diagonal()
    {
        var set = SetText.Parse("mine", "affine 0 0 0 : 1 1 1");
        Assert.Equal(
            Enumerable.Range(0, 16).Select(i => (i, i, i)), set.Cover(16).Indices().Select(i => (i[0], i[1], i[2])));
    }

    [Fact]
    public void Points_lie_in_one_cell_each_and_cubes_around_them_in_more()
    {
        string folder = Directory.CreateTempSubdirectory("proofs-set-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "p.csv"), "x,y\n0.1,0.2\n1/3,1\n");
            File.WriteAllText(Path.Combine(folder, "s.set"), "points p.csv within 1/20");
            var points = Assert.IsType<PointSet>(SetText.Read(Path.Combine(folder, "p.csv")));
            // 0.1 is 1/10 and not a binary64 number
            Assert.Equal([(1, 2), (3, 9)], points.Cover(10).Indices().Select(i => (i[0], i[1])));
            Assert.Equal((0, 2), (points.Dimension.Sup, points.CoverConstant.Sup));
            var cubes = SetText.Read(Path.Combine(folder, "s.set"));
            Assert.Equal(
                [(0, 1), (0, 2), (1, 1), (1, 2), (2, 9), (3, 9)], cubes.Cover(10).Indices().Select(i => (i[0], i[1])));
            File.WriteAllText(Path.Combine(folder, "s.set"), "set s.set");
            Assert.Contains(
                "part of itself", Refused(() => SetText.Read(Path.Combine(folder, "s.set"))), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_curve_of_a_users_formula_lies_in_its_cells()
    {
        var circle = SetText.Parse("mine", "image (1 + cos(2*pi*u))/2 ; (1 + sin(2*pi*u))/2");
        var cells = circle.Cover(32);
        for (int i = 0; i < 1000; i++)
        {
            double t = 2 * Math.PI * i / 1000;
            Assert.True(
                cells.Contains([(int)Math.Min(16 * (1 + Math.Cos(t)), 31), (int)Math.Min(16 * (1 + Math.Sin(t)), 31)]));
        }

        Assert.InRange(cells.Count, 32 * Math.PI / 2, 32 * (Math.PI + 1) * 4);
    }

    [Theory]
    [InlineData("", "states no set; expected lines that begin with map, box")]
    [InlineData("box [0,1]", "there is no map; box, hull and metric speak of maps")]
    [InlineData(
        "image 2*u ; u", "line 1: coordinate 1 at u = 33/64 lies in [1.03125, 1.03125]; expected values in [0, 1]")]
    [InlineData("image sqrt(u)", "have no bound on the cube")]
    [InlineData("image u ; v", "has the variable v; expected u")]
    [InlineData("image u*", "line 1: column 3")]
    [InlineData("affine 0 2 : 1 0", "line 1: the plane through (0, 2) does not meet [0,1]^2")]
    [InlineData("affine 0 0 : 1 1 ; 2 2", "the 2 directions are linearly dependent")]
    [InlineData("affine 0 0 : 1", "the point has 2 numbers, a direction 1")]
    [InlineData("affine", "is no plane")]
    [InlineData("points none.csv", "there is no file 'none.csv'")]
    [InlineData("set dust", "'dust' is no set; expected cantorD")]
    [InlineData("product gasket", "fewer than two sets")]
    [InlineData("set gasket\nset menger", "gasket lies in [0,1]^2, menger in [0,1]^3")]
    [InlineData("map 1.1 : 0 0", "map 1 multiplies lengths by the root of 121/100; expected a contraction")]
    public void What_is_no_set_is_refused_with_its_line(string text, string message) =>
        Assert.Contains(message, Refused(() => SetText.Parse("mine", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("set gasket under 1/2 : 2 2", 8, "outside [0,1]^2")]
    [InlineData("set carpet", 100_000, "words or more; at most 20000000 are tried")]
    [InlineData(
        "image u1 ; u2 ; u1*u2", 1_000_000, "takes 4000000000000 parts of the parameter cube; at most 20000000")]
    [InlineData("product menger menger", 243, "has 10240000000000 cells or more; at most 20000000 are held")]
    public void A_cover_that_is_too_large_is_refused_with_its_number(string text, int n, string message) =>
        Assert.Contains(message, Refused(() => SetText.Parse("mine", text).Cover(n)), StringComparison.Ordinal);

    private static string Refused(Func<object> make)
    {
        var e = Assert.ThrowsAny<Exception>(make);
        Assert.True(e is FormatException or ArgumentException, e.ToString());
        return e.Message;
    }
}
