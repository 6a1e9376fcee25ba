using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Papers;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Reports;

/// <summary>Pictures of a set, of the cells that cover it, and of those whose gates can be on in one of them.</summary>
public static class CellFigure
{
    private const int MostBoxes = 20_000;
    private const int MostFineBoxes = 5_000;

    /// <summary>The picture of a network on cells, in the first two coordinates.</summary>
    /// <exception cref="ArgumentException">The network is on no cells, or on more than can be drawn.</exception>
    public static Figure Of(string key, Built built)
    {
        if (built.Boxes.IsEmpty)
        {
            throw new ArgumentException("The bound holds on the whole domain; a picture shows networks on cells.");
        }

        if (built.Boxes.Length > MostBoxes)
        {
            throw new ArgumentException(
                $"The network is on {built.Boxes.Length} cells; at most {MostBoxes} are drawn. Take a coarser grid.");
        }

        // the cell in the middle of the list, and those that touch it
        var chosen = built.Boxes[built.Boxes.Length / 2];
        Box[] touching = [.. built.Boxes.Where(b => Touch(b, chosen))];
        var series = ImmutableArray.CreateBuilder<Series>();
        series.Add(
            new Series.Boxes(
                string.Create(CultureInfo.InvariantCulture, $"cover: {built.Boxes.Length} cells"), Drawn(built.Boxes)));
        series.Add(
            new Series.Boxes(
                string.Create(CultureInfo.InvariantCulture, $"active: {touching.Length} cells"), Drawn(touching)));
        if (built.Set is { } set && Finer(set, Side(chosen)) is { } fine)
        {
            series.Add(new Series.Boxes(set.Name, Drawn(fine.Boxes())));
        }

        string where = built.Set is { } named ? named.Name : "the union of cells";
        bool line = built.Domain.Dimension == 1;
        return new Figure(
            key,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{where} in [0,1]^{built.Domain.Dimension}, its {built.Boxes.Length} cells, and "
                    + $"the {touching.Length} whose gates can be on in one of them"),
            new Axis("$x_1$", "x1", 0, 1),
            line ? new Axis("", "", 0, 1) : new Axis("$x_2$", "x2", 0, 1),
            series.ToImmutable());
    }

    private static int Side(Box cell) => (int)(cell.Upper[0] - cell.Lower[0]).Reciprocal().Numerator;

    // The finest natural grid whose cover can still be drawn.
    private static CellSet? Finer(CoveredSet set, int n)
    {
        CellSet? best = null;
        for (long m = n; m <= 1 << 12; m *= set.NaturalBase)
        {
            var cells = set.Cover((int)m);
            if (cells.Count > MostFineBoxes)
            {
                break;
            }

            best = cells;
        }

        return best;
    }

    private static bool Touch(Box a, Box b) =>
        Enumerable.Range(0, a.Dimension).All(d => a.Lower[d] <= b.Upper[d] && b.Lower[d] <= a.Upper[d]);

    // The projections to two coordinates, each once.
    private static ImmutableArray<FigureBox> Drawn(IEnumerable<Box> boxes) =>
    [
        .. boxes.Select(b => b.Dimension == 1
            ? new FigureBox(Place(b.Lower[0]), 0, Place(b.Upper[0]), 1)
            : new FigureBox(Place(b.Lower[0]), Place(b.Lower[1]), Place(b.Upper[0]), Place(b.Upper[1]))).Distinct(),
    ];

    private static double Place(BigRational x) => Binary64.Nearest(x);
}
