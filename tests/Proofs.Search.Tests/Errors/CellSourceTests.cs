using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Errors;

/// <summary>Unions of boxes: networks are cut down to what matters near a cell, and overlaps count once.</summary>
public sealed class CellSourceTests
{
    private static readonly HolderClass Class = new(2, 2, 1);

    [Fact]
    public void A_cell_gets_a_network_of_a_size_that_does_not_grow_with_the_cells_and_is_the_whole_network_on_it()
    {
        var random = new Random(11);
        long largest = 0;
        foreach (int level in (int[])[5, 7])
        {
            var built = Gasket(level);
            var model = new ErrorModel(CertifyRequest.Of(built), disjoint: false);
            var cells = new CellSource(model).Batches(100).SelectMany(b => b).ToArray();
            Assert.Equal(built.Boxes.Length, cells.Length);
            Assert.Equal(built.Boxes.Length, cells.Select(c => c.Cell.Domain).Distinct().Count());
            long edges = cells.Max(c => c.Networks[0].Edges);
            largest = level == 5 ? edges : largest;
            Assert.True(edges <= 2 * largest, $"level {level}: {edges} edges on a cell, {largest} at level 5");
            for (int n = 0; n < 60; n++)
            {
                var (cell, networks) = cells[random.Next(cells.Length)];
                BigRational[] point = [
                    .. cell.Domain.Lower.Zip(
                        cell.Domain.Upper, (a, b) => a + ((b - a) * new BigRational(random.Next(9), 8)))];
                Assert.Equal(built.Network.Evaluate(point)[0], networks[0].Evaluate(point));
            }
        }
    }

    [Fact]
    public void The_bound_on_a_union_holds_on_each_cell_and_is_reached_on_one()
    {
        var built = Gasket(4);
        var whole = Certifier.Sup(CertifyRequest.Of(built));
        var single =
            built.Boxes.Select(b => Certifier.Sup(CertifyRequest.Of(built).WithRegion(Region.Of(b)))).ToArray();
        Assert.True(single.All(s => s.Bounds.Inf <= whole.Bounds.Sup));
        Assert.True(single.Max(s => s.Bounds.Sup) >= whole.Bounds.Inf);
        Assert.Equal(
            whole.Witness!.Value,
            built.Network.Evaluate(whole.Witness.Point)[0] - Exact(built.Target, whole.Witness.Point));
    }

    [Fact]
    public void A_network_that_is_wrong_on_one_cell_of_many_is_refuted_there()
    {
        var built = Gasket(6);
        var wrong = built.Boxes[317];
        var (a, b) = (wrong.Lower[0], wrong.Upper[0]);
        var target = Expr.Parse(
            $"{built.Target} + if({a} < x1 and x1 < {b} and {wrong.Lower[1]} < x2 and x2 < {wrong.Upper[1]}, 1/100, "
                + "0)");
        var request = (CertifyRequest.Of(built) with { Target = target }).WithAtMost(new BigRational(1, 200));
        var result = Certifier.Sup(request);
        Assert.Equal(Outcome.Refuted, result.Outcome);
        Assert.True(a < result.Witness!.Point[0] && result.Witness.Point[0] < b);
        Assert.Equal(
            Outcome.Certified, Certifier.Sup(CertifyRequest.Of(built).WithAtMost(new BigRational(1, 200))).Outcome);
    }

    [Fact]
    public void The_answer_is_the_same_for_one_and_two_threads()
    {
        var request = CertifyRequest.Of(Gasket(5)).WithBoxBudget(3000);
        var (one, two) = (Certifier.Sup(request.WithJobs(1)), Certifier.Sup(request.WithJobs(2)));
        Assert.Equal((one.Bounds, one.Boxes, one.Witness), (two.Bounds, two.Boxes, two.Witness));
    }

    [Fact]
    public void An_interrupted_search_claims_nothing_about_the_cells_it_has_not_seen()
    {
        var result = Certifier.Sup(CertifyRequest.Of(Gasket(7)).WithTimeout(TimeSpan.FromTicks(1)).WithAtMost(1));
        Assert.Equal((Outcome.Inconclusive, double.PositiveInfinity), (result.Outcome, result.Bounds.Sup));
        var integral =
            Certifier.LpNorm(CertifyRequest.Of(Gasket(7)).WithTimeout(TimeSpan.FromTicks(1)).WithAtMost(1), 2);
        Assert.Equal((Outcome.Inconclusive, double.PositiveInfinity), (integral.Outcome, integral.Bounds.Sup));
    }

    [Fact]
    public void Disjoint_boxes_cover_what_the_boxes_cover_once()
    {
        var random = new Random(5);
        int overlapping = 0;
        for (int n = 0; n < 60; n++)
        {
            int d = random.Next(1, 4), count = random.Next(1, 30);
            const int Side = 6;
            ImmutableArray<Box> boxes = [.. Enumerable.Range(0, count).Select(_ => RandomBox(random, d, Side))];
            var disjoint = DisjointBoxes.Of(boxes);
            foreach (var cell in AllCells(d, Side))
            {
                var middle = cell.Select(i => i + BigRational.Half).ToArray();
                bool covered = boxes.Any(b => Contains(b, middle));
                overlapping += boxes.Count(b => Contains(b, middle)) > 1 ? 1 : 0;
                Assert.Equal(covered ? 1 : 0, disjoint.Count(b => Contains(b, middle)));
            }
        }

        Assert.True(overlapping > 100);
    }

    [Fact]
    public void Volumes_of_overlapping_and_degenerate_boxes_count_once()
    {
        var region = Region.Parse("[0,2]^2 or [1,3]^2 or [0,2]^2 or [1,1]x[0,9] or [1/2,1]x[1,3/2]");
        var volume = Certifier.Volume(region);
        Assert.True(volume.Bounds.Contains(7) && volume.Bounds.Width < 1e-9, volume.Bounds.ToString());
        Assert.Equal(0, Certifier.Volume(Region.Parse("[1,1]x[0,9] or [0,1]x[2,2]")).Bounds.Sup);
    }

    private static Built Gasket(int level)
    {
        var cells = Sets.Gasket.WordCover(level);
        return IntrinsicNetwork.Build(
            Class, cells, Expr.Parse("(x1^2 + x2^2)/4"),
            IntrinsicChoice.ForGrid(Class, cells.Side, IntrinsicDesign.Ours));
    }

    private static BigRational Exact(Expr f, IReadOnlyList<BigRational> x) =>
        f.Evaluate(new Dictionary<string, BigRational>(StringComparer.Ordinal) { ["x1"] = x[0], ["x2"] = x[1] });

    // Sides of whole numbers, some of length 0.
    private static Box RandomBox(Random random, int d, int side)
    {
        var lower = Enumerable.Range(0, d).Select(_ => random.Next(side)).ToArray();
        return new Box(
            [.. lower.Select(i => (BigRational)i)], [.. lower.Select(i => (BigRational)random.Next(i, side + 1))]);
    }

    private static bool Contains(Box box, BigRational[] point) =>
        Enumerable.Range(0, point.Length).All(j => box.Lower[j] <= point[j] && point[j] <= box.Upper[j]);

    private static IEnumerable<int[]> AllCells(int d, int side) => d == 0
        ? [[]]
        : AllCells(d - 1, side).SelectMany(c => Enumerable.Range(0, side).Select(i => (int[])[.. c, i]));
}
