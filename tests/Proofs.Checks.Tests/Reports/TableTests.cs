using System.Text.Json;
using System.Xml.Linq;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Checks.Tests.Reports;

public sealed class TableTests
{
    private static readonly Table Sample =
        Table.Of("sample", "A sample. Bounds are rounded outward.", "claim", "W", "bound", "value", "note")
        .With(new TableCell.Text("a_b"), new TableCell.Exact(1570), new TableCell.UpperBound(new BigRational(1, 3)),
            new TableCell.Range(new RationalInterval(new BigRational(1, 3), new BigRational(2, 3))),
            new TableCell.Text("x | y, \"z\""))
        .With(new TableCell.Text("c < d"), new TableCell.Exact(12), new TableCell.UpperBound(new BigRational(20000, 3)),
            new TableCell.Range(RationalInterval.Exactly(new BigRational(1, 4))), new TableCell.None());

    [Fact]
    public void Markdown_rounds_bounds_outward_and_escapes_pipes() => Assert.Equal(
        """
        A sample. Bounds are rounded outward.

        | claim | W | bound | value | note |
        | --- | ---: | ---: | --- | --- |
        | a_b | 1570 | 0.3334 | [0.3333, 0.6667] | x \| y, "z" |
        | c < d | 12 | 6667 | 1/4 | – |

        """,
        TableText.Markdown(Sample));

    [Fact]
    public void Latex_has_booktabs_rules_and_number_columns_that_fit() => Assert.Equal(
        """
        % sample: A sample. Bounds are rounded outward.
        \begin{tabular}{lS[table-format=4.0]S[table-format=4.4]ll}
        \toprule
        {claim} & {W} & {bound} & {value} & {note} \\
        \midrule
        a\_b & 1570 & 0.3334 & $[\num{0.3333}, \num{0.6667}]$ & x \ensuremath{|} y, "z" \\
        c \ensuremath{<} d & 12 & 6667 & $\frac{1}{4}$ & -- \\
        \bottomrule
        \end{tabular}

        """,
        TableText.Latex(Sample));

    [Fact]
    public void Csv_quotes_what_needs_it() =>
        Assert.Contains("\"x | y, \"\"z\"\"\"", TableText.Csv(Sample), StringComparison.Ordinal);

    [Fact]
    public void Json_is_one_object_with_exact_numbers()
    {
        using var json = JsonDocument.Parse(TableText.Json(Sample));
        var row = json.RootElement.GetProperty("rows")[0];
        Assert.Equal("1570", row.GetProperty("W").GetString());
        Assert.Equal("0.3333", row.GetProperty("value")[0].GetString());
    }

    [Fact]
    public void Figures_are_well_formed_and_place_points_by_their_axes()
    {
        var figure = new Figure(
            "f",
            "a < b & c",
            new Axis("$\\alpha$", "alpha", 0, 4),
            new Axis("e", "e", 0.001, 1, Scale.Log10),
            [
                new Series.Band("band", [new(0, 0.01), new(4, 0.01)], [new(0, 0.1), new(4, 0.1)]),
                new Series.Line("line", [new(0, 0.001), new(4, 1)]),
                new Series.Marks("marks", [new(2, 0.0316227766)]),
                new Series.Label("I", new(1, 0.5)),
            ]);
        var svg = XDocument.Parse(FigureText.Svg(figure));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal("64,388 490,24", svg.Descendants(ns + "polyline").Single().Attribute("points")!.Value);
        Assert.Equal(("277", "206"),
            (svg.Descendants(ns + "circle").Single().Attribute("cx")!.Value,
                svg.Descendants(ns + "circle").Single().Attribute("cy")!.Value));
        string tikz = FigureText.Pgfplots(figure);
        Assert.Contains("ymode=log", tikz, StringComparison.Ordinal);
        Assert.Equal(FigureText.Svg(figure), FigureText.Svg(figure with { }));
    }
}
