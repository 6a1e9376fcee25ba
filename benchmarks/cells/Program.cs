// Certifies networks on unions of 10^3 to 10^5 cells, and fits the exponent of the time in the number of cells.
//
//   dotnet run -c Release --project benchmarks/cells [-- OUT] [--most CELLS]
//
// Each row: the network of a set at a level is built, and its error certified on all cells against the bound of its
// budget (Certifier.Sup, 2 threads). Standard output is the table; OUT gets the plot.
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Requests;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.FirstOrDefault(a => !a.StartsWith("--", StringComparison.Ordinal) && !char.IsDigit(a[0])) ?? ".";
long most = args is [.., "--most", var cells] ? long.Parse(cells, CultureInfo.InvariantCulture) : 200_000;

(string Set, int[] Levels)[] sets =
[
    ("gasket", [6, 7, 8, 9, 10, 11]),
    ("carpet", [3, 4, 5]),
    ("cantor2", [5, 6, 7, 8]),
    ("tetrahedron", [5, 6, 7, 8]),
];

_ = Certify("gasket", 5); // compiled before it is timed
Console.WriteLine(
    "| set | n | cells | non-zeros | built in s | certified in CPU s | µs a cell | boxes | enclosure | bound |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |");
var series = ImmutableArray.CreateBuilder<Series>();
var exponents = new List<string>();
double least = double.PositiveInfinity, longest = 0;
foreach (var (name, levels) in sets)
{
    var points = ImmutableArray.CreateBuilder<FigurePoint>();
    foreach (int level in levels)
    {
        if (Certify(name, level) is { } row)
        {
            Console.WriteLine(row.Text);
            points.Add(new FigurePoint(row.Cells, row.Seconds));
            (least, longest) = (Math.Min(least, row.Seconds), Math.Max(longest, row.Seconds));
        }
    }

    if (points.Count > 1)
    {
        string exponent = Slope(points.ToImmutable()).ToString("0.00");
        exponents.Add($"{name} {exponent}");
        series.Add(new Series.Line($"{name}, N^{exponent}", points.ToImmutable()));
        series.Add(new Series.Marks("", points.ToImmutable()));
    }
}

Console.WriteLine();
Console.WriteLine($"Fitted exponent of the CPU seconds in the cells: {string.Join(", ", exponents)}.");
var figure = new Figure(
    "cells", "Processor seconds to certify a network on a union of N cells",
    new Axis("cells $N$", "cells N", 500, 300_000, Scale.Log10),
    new Axis("processor seconds", "processor seconds", Floor(least), 10 * Floor(longest), Scale.Log10),
    series.ToImmutable());
Directory.CreateDirectory(folder);
File.WriteAllText(Path.Combine(folder, "cells.svg"), FigureText.Svg(figure));
return 0;

(int Cells, double Seconds, string Text)? Certify(string name, int level)
{
    var set = (SelfSimilarSet)Sets.Find(name)!;
    var cells = set.WordCover(level);
    if (cells.Count > most)
    {
        return null;
    }

    var @class = new HolderClass(2, set.AmbientDimension, 1);
    var clock = Stopwatch.StartNew();
    var built = IntrinsicNetwork.Build(
        @class, cells, Expr.Parse("(x1^2 + x2^2)/4"),
        IntrinsicChoice.ForGrid(@class, cells.Side, IntrinsicDesign.Ours));
    double building = clock.Elapsed.TotalSeconds;
    var bound = Binary64.Exact(1.01 * built.Budget.BoundValue().Sup);
    var before = Environment.CpuUsage.TotalTime;
    var result = Certifier.Sup(CertifyRequest.Of(built).WithAtMost(bound).WithJobs(2));
    double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    if (result.Outcome != Outcome.Certified)
    {
        throw new InvalidOperationException($"{name} at level {level}: {result}");
    }

    return (cells.Count, seconds,
        $"| {name} | {cells.Side} | {cells.Count} | {built.Network.Size} | {building:0.00} | {seconds:0.00} | "
            + $"{1e6 * seconds / cells.Count:0.0} | "
        + $"{result.Boxes} | [{result.Bounds.Inf:g6}, {result.Bounds.Sup:g6}] | "
            + $"{(double)built.Budget.BoundValue().Sup:g6} |");
}

// The slope of the least-squares line through the logarithms.
static double Slope(ImmutableArray<FigurePoint> points)
{
    double x = points.Average(p => Math.Log(p.X)), y = points.Average(p => Math.Log(p.Y));
    return points.Sum(p => (Math.Log(p.X) - x) * (Math.Log(p.Y) - y)) / points.Sum(p => Math.Pow(Math.Log(p.X) - x, 2));
}

static double Floor(double x) => Math.Pow(10, Math.Floor(Math.Log10(x)));
