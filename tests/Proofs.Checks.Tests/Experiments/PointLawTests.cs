using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Checks.Tests.Experiments;

public sealed class PointLawTests
{
    public static TheoryData<string> Sets =>
        ["cantor2", "gasket", "tetrahedron", "simplex5", "carpet", "koch", "twoscale", "circle", "plane"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Points_lie_in_the_cells_of_the_cover(string name)
    {
        var set = Proofs.Constructions.IntrinsicDimension.Sets.Find(name)!;
        int n = set.NaturalBase * set.NaturalBase;
        var boxes = set.Cover(n).Boxes();
        var cloud = PointLaw.On(set).Sample(200, new SplitMix64(3));
        Assert.Equal(set.AmbientDimension, cloud.Dimension);
        for (int i = 0; i < cloud.Count; i++)
        {
            // points are rounded, so that one on the edge of a cell may lie an ulp outside
            double[] x = cloud[i].ToArray();
            Assert.Contains(boxes, b => x.Select((v, d) => (v, d)).All(p =>
                p.v >= Binary64.Nearest(b.Lower[p.d]) - 1e-12 && p.v <= Binary64.Nearest(b.Upper[p.d]) + 1e-12));
        }
    }

    [Fact]
    public void Every_word_cell_of_the_natural_measure_is_as_likely_as_its_ratio_says()
    {
        // 1/2 has probability 2^(−d), the golden ratio's inverse, in the set of two scales
        var cloud =
            PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.TwoScale).Sample(20_000, new SplitMix64(5));
        double left = Enumerable.Range(0, cloud.Count).Count(i => cloud[i][0] <= 0.5) / 20_000.0;
        Assert.Equal((Math.Sqrt(5) - 1) / 2, left, 0.015);

        var gasket = PointLaw.On(Proofs.Constructions.IntrinsicDimension.Sets.Gasket).Sample(30_000, new SplitMix64(5));
        double corner = Enumerable.Range(0, gasket.Count).Count(i => gasket[i][0] >= 0.5) / 30_000.0;
        Assert.Equal(1 / 3.0, corner, 0.012);
    }

    [Fact]
    public void Products_and_affine_images_have_laws_and_clouds_have_none()
    {
        var dust = Proofs.Constructions.IntrinsicDimension.Sets.CantorDust(1);
        var product = PointLaw.On(new ProductSet("product", dust, dust));
        Assert.Equal(2 * Math.Log(2) / Math.Log(3), product.Dimension, 1e-12);
        Assert.Equal(2, product.Draw(new SplitMix64(1)).Length);
        var half = PointLaw.On(
            new ImageSet("half", AffineTransformation.Homothety(new BigRational(1, 2), new BigRational(3, 4)), dust));
        Assert.All(half.Sample(100, new SplitMix64(2)).Values.ToArray(), v => Assert.InRange(v, 0.75, 1));
        Assert.Throws<ArgumentException>(() =>
            PointLaw.On(new PointSet("points", [[BigRational.One]], BigRational.Zero)));
    }

    [Fact]
    public void An_image_keeps_the_dimension_and_follows_the_formulas()
    {
        var law = PointLaw.Cube(1).Map("line", [Expr.Parse("x"), Expr.Parse("x/2"), Expr.Parse("1 - x")]);
        Assert.Equal((3, 1.0), (law.AmbientDimension, law.Dimension));
        double[] x = law.Draw(new SplitMix64(1));
        Assert.Equal((x[0] / 2, 1.0), (x[1], x[0] + x[2]));
    }
}
