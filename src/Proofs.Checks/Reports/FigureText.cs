using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;
using Proofs.Checks.Papers;

namespace Proofs.Checks.Reports;

/// <summary>Figures as self-contained SVG and as pgfplots pictures.</summary>
/// <remarks>
/// Same figure, same bytes. Colours are Okabe and Ito's; lines also differ by dash, so they survive black-and-white
/// print.
/// </remarks>
public static class FigureText
{
    private const double Width = 640, Height = 440, Left = 64, Right = 150, Top = 24, Bottom = 52;
    private static readonly string[] Colours =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>The figure as an SVG document.</summary>
    public static string Svg(Figure figure)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(figure.Title)}</title>\n");
        svg.Append("<style>text{font-family:system-ui,sans-serif;font-size:12px;fill:currentColor}"
            + ".axis{stroke:currentColor;fill:none}.grid{stroke:currentColor;opacity:.12}"
            + "svg{color:#222;background:#fff}"
            + "@media (prefers-color-scheme:dark){svg{color:#ddd;background:#161616}}</style>\n");
        AppendAxes(svg, figure);
        string clip = $"plot-{figure.Key}";
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<clipPath id=\"{clip}\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" "
                + $"height=\"{PlotHeight}\"/></clipPath>\n");
        int colour = 0;
        int legend = 0;
        foreach (var series in figure.Series)
        {
            string stroke = series is Series.Label ? "currentColor" : Colours[colour++ % Colours.Length];
            svg.Append(Drawn(figure, series, stroke, clip));
            if (series is not Series.Label)
            {
                double y = Top + 12 + (18 * legend++);
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{Width - Right + 12}\" y=\"{F(y - 8)}\" width=\"12\" height=\"8\" "
                        + $"fill=\"{stroke}\"{(series is Series.Band ? " opacity=\".35\"" : "")}/>");
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{Width - Right + 30}\" y=\"{F(y)}\">{SecurityElement.Escape(series.Name)}</text>\n");
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The figure as a <c>tikzpicture</c> for pgfplots, with its data inline.</summary>
    public static string Pgfplots(Figure figure)
    {
        var tex = new StringBuilder();
        tex.Append(
            CultureInfo.InvariantCulture,
            $"% {figure.Key}: {LatexText.OneLine(figure.Title)}\n\\begin{{tikzpicture}}\n\\begin{{axis}}[");
        tex.Append(
            CultureInfo.InvariantCulture,
            $"xlabel={{{figure.X.Label}}}, ylabel={{{figure.Y.Label}}}, xmin={N(figure.X.From)}, "
                + $"xmax={N(figure.X.To)}, ymin={N(figure.Y.From)}, ymax={N(figure.Y.To)}");
        tex.Append(figure.X.Scale == Scale.Log10 ? ", xmode=log" : "")
            .Append(figure.Y.Scale == Scale.Log10 ? ", ymode=log" : "");
        tex.Append(", legend pos=outer north east]\n");
        for (int i = 0; i < Colours.Length; i++)
        {
            tex.Append(CultureInfo.InvariantCulture, $"\\definecolor{{proofs{i}}}{{HTML}}{{{Colours[i][1..]}}}\n");
        }

        int colour = 0;
        foreach (var series in figure.Series)
        {
            string name = series is Series.Label ? "" : $"proofs{colour++ % Colours.Length}";
            tex.Append(series switch
            {
                Series.Line l =>
                    $"\\addplot[{name}, thick{(l.Dashed ? ", dashed" : "")}] coordinates "
                        + $"{{{Coordinates(l.Points)}}};\n",
                Series.Band b =>
                    $"\\addplot[{name}, fill={name}, fill opacity=0.25, draw=none, "
                        + $"area legend] coordinates {{{Coordinates([.. b.Lower, .. b.Upper.Reverse()])}}} -- cycle;\n",
                Series.Marks m => $"\\addplot[{name}, only marks] coordinates {{{Coordinates(m.Points)}}};\n",
                Series.Boxes b =>
                    $"\\addplot[{name}, fill={name}, fill opacity=0.5, draw=none, area legend] coordinates "
                        + $"{{(0,0)}};\n{string.Concat(b.Rectangles.Select(r => Filled(r, name)))}",
                Series.Label t => $"\\node at (axis cs:{N(t.At.X)},{N(t.At.Y)}) {{{LatexText.Escape(t.Name)}}};\n",
                _ => throw new InvalidOperationException("Series is a closed family."),
            });
            tex.Append(series is Series.Label ? "" : $"\\addlegendentry{{{LatexText.Escape(series.Name)}}}\n");
        }

        return tex.Append("\\end{axis}\n\\end{tikzpicture}\n").ToString();
    }

    private static double PlotWidth => Width - Left - Right;

    private static double PlotHeight => Height - Top - Bottom;

    private static string Drawn(Figure figure, Series series, string stroke, string clip) => series switch
    {
        Series.Line l =>
            $"<polyline clip-path=\"url(#{clip})\" fill=\"none\" stroke=\"{stroke}\" "
                + $"stroke-width=\"2\"{(l.Dashed ? " stroke-dasharray=\"6 4\"" : "")} "
                    + $"points=\"{Points(figure, l.Points)}\"/>\n",
        Series.Band b =>
            $"<polygon clip-path=\"url(#{clip})\" fill=\"{stroke}\" opacity=\".25\" "
                + $"points=\"{Points(figure, [.. b.Lower, .. b.Upper.Reverse()])}\"/>\n",
        Series.Marks m => string.Concat(m.Points.Select(p =>
            $"<circle clip-path=\"url(#{clip})\" cx=\"{F(Place(figure.X, p.X, Left, Width - Right))}\" "
                + $"cy=\"{F(Place(figure.Y, p.Y, Height - Bottom, Top))}\" r=\"4\" fill=\"{stroke}\"/>\n")),
        Series.Boxes b =>
            $"<path clip-path=\"url(#{clip})\" fill=\"{stroke}\" opacity=\".5\" "
                + $"d=\"{string.Concat(b.Rectangles.Select(r => Rectangle(figure, r)))}\"/>\n",
        Series.Label t =>
            $"<text text-anchor=\"middle\" x=\"{F(Place(figure.X, t.At.X, Left, Width - Right))}\" "
                + $"y=\"{F(Place(figure.Y, t.At.Y, Height - Bottom, Top))}\">{SecurityElement.Escape(t.Name)}</text>\n",
        _ => throw new InvalidOperationException("Series is a closed family."),
    };

    private static void AppendAxes(StringBuilder svg, Figure figure)
    {
        foreach (double t in Ticks(figure.X))
        {
            string x = F(Place(figure.X, t, Left, Width - Right));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/><text "
                    + $"text-anchor=\"middle\" x=\"{x}\" y=\"{Height - Bottom + 16}\">{N(t)}</text>\n");
        }

        foreach (double t in Ticks(figure.Y))
        {
            string y = F(Place(figure.Y, t, Height - Bottom, Top));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/><text "
                    + $"text-anchor=\"end\" x=\"{Left - 6}\" y=\"{y}\" dy=\".35em\">{N(t)}</text>\n");
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"axis\" x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\"/>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text text-anchor=\"middle\" x=\"{F(Left + (PlotWidth / 2))}\" "
                + $"y=\"{Height - 12}\">{SecurityElement.Escape(figure.X.Plain)}</text>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text text-anchor=\"middle\" transform=\"translate(16,{F(Top + (PlotHeight / 2))}) "
                + $"rotate(-90)\">{SecurityElement.Escape(figure.Y.Plain)}</text>\n");
    }

    // 1-2-5 steps on a linear axis; decades on a logarithmic one, with 2 and 5 times them where there are few.
    private static IEnumerable<double> Ticks(Axis axis)
    {
        if (axis.Scale == Scale.Log10)
        {
            int[] steps = axis.To / axis.From < 100 ? [1, 2, 5] : [1];
            for (int k = (int)Math.Floor(Math.Log10(axis.From)); k <= Math.Floor(Math.Log10(axis.To)); k++)
            {
                foreach (double t in steps.Select(s => s * Math.Pow(10, k))
                    .Where(t => t >= axis.From * (1 - 1e-12) && t <= axis.To * (1 + 1e-12)))
                {
                    yield return t;
                }
            }

            yield break;
        }

        double rough = (axis.To - axis.From) / 6, decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = decade * (rough / decade < 1.5 ? 1 : rough / decade < 3.5 ? 2 : rough / decade < 7.5 ? 5 : 10);
        for (long k = (long)Math.Ceiling(axis.From / step); k * step <= axis.To + (step * 1e-9); k++)
        {
            yield return k * step;
        }
    }

    private static double Place(Axis axis, double value, double from, double to) =>
        from + ((to - from) * axis.Place(value));

    private static string Points(Figure figure, ImmutableArray<FigurePoint> points) =>
        string.Join(' ', points.Select(p =>
        $"{F(Place(figure.X, p.X, Left, Width - Right))},{F(Place(figure.Y, p.Y, Height - Bottom, Top))}"));

    private static string Rectangle(Figure figure, FigureBox box)
    {
        double left = Place(figure.X, box.Left, Left, Width - Right),
            right = Place(figure.X, box.Right, Left, Width - Right);
        double top = Place(figure.Y, box.Top, Height - Bottom, Top),
            bottom = Place(figure.Y, box.Bottom, Height - Bottom, Top);
        return $"M{F(left)} {F(top)}H{F(right)}V{F(bottom)}H{F(left)}Z";
    }

    private static string Coordinates(ImmutableArray<FigurePoint> points) =>
        string.Join(' ', points.Select(p => $"({N(p.X)},{N(p.Y)})"));

    private static string F(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Filled(FigureBox r, string name) =>
        $"\\fill[{name}, fill opacity=0.5] (axis cs:{N(r.Left)},{N(r.Bottom)}) "
            + $"rectangle (axis cs:{N(r.Right)},{N(r.Top)});\n";

    private static string N(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
