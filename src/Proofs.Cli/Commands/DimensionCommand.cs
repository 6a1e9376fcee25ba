using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Proofs.Checks.Dimension;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Formats.Points;

namespace Proofs.Cli.Commands;

/// <summary>proofs dimension: estimates the intrinsic dimension of data.</summary>
internal static class DimensionCommand
{
    private const double LeastSpan = 1e-120;
    private const double MostSpan = 1e120;

    private static readonly string[] Methods = ["all", "box", "correlation", "ml", "twonn"];

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var data = new Argument<string>("data")
        {
            Description =
                "Points: CSV or white space, one a line; a NumPy array (.npy); IDX images; "
                    + "or one of them packed with gzip.",
        };
        var method = new Option<string>("--method")
        {
            Description = "box (box counting), correlation, ml (maximum likelihood), twonn, or all.",
            HelpName = "METHOD",
            DefaultValueFactory = _ => "all",
            CustomParser = result => Methods.Contains(Text(result))
                ? Text(result)
                : CommonOptions.Reject<string>(result, $"expected {string.Join(", ", Methods)}"),
        };
        var neighbours = new Option<int>("--k")
        {
            Description = "The number of neighbours for ml.",
            HelpName = "K",
            DefaultValueFactory = _ => 20,
            CustomParser = result =>
                int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int k)
                    && k is >= 2 and <= 1000
                ? k
                : CommonOptions.Reject<int>(result, "expected a whole number from 2 to 1000"),
        };
        var sample = new Option<int?>("--sample")
        {
            Description = "Draw this many of the points by seed; all where it is left out.",
            HelpName = "N",
            CustomParser = result =>
                int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 3
                ? n
                : CommonOptions.Reject<int?>(result, "expected a whole number from 3 on"),
        };
        var plot = new Option<string?>("--plot")
        {
            Description = "Write the estimates scale by scale as a figure: .svg, or .tex for pgfplots.",
            HelpName = "FILE",
            CustomParser = result => Path.GetExtension(Text(result)) is ".svg" or ".tex"
                ? Text(result)
                : CommonOptions.Reject<string>(result, "expected a file name that ends in .svg or .tex"),
        };
        Option<long> seed = CommonOptions.Seed(1);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "dimension", "Estimates the intrinsic dimension of a point cloud; estimates are measured, not proved.")
        {
            data, method, neighbours, sample, plot, seed, jobs, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(data) ?? "";
            DimensionReport report = Estimate(
                session, path, Read(path), parsed.GetValue(method) ?? "all", parsed.GetValue(neighbours),
                parsed.GetValue(sample),
                parsed.GetValue(seed), parsed.GetValue(jobs));
            return Print(session, report, parsed.GetValue(plot), parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>The estimates that were asked for.</summary>
    /// <exception cref="InputException">There are too few different points.</exception>
    public static DimensionReport Estimate(
        Session session, string path, PointCloud read, string method, int k, int? sample, long seed, int jobs)
    {
        PointCloud sampled = sample < read.Count
            ? read.Select([.. new SplitMix64((ulong)seed).Sample(read.Count, sample.Value).Order()])
            : read;
        PointCloud cloud = sampled.Distinct();
        bool Asked(string name) => method == name || method == "all";
        int needed = Asked("ml") ? Math.Max(k, 2) : 2;
        if (cloud.Count <= needed)
        {
            throw new InputException(path, string.Create(
                CultureInfo.InvariantCulture,
                $"has {cloud.Count} different point{(cloud.Count == 1 ? "" : "s")}; "
                    + $"{needed} neighbours need at least {needed + 1}{(needed > 2 ? " (take a smaller --k)" : "")}"));
        }

        CheckSpan(path, cloud);
        var estimates = new List<DimensionEstimate>();
        if (Asked("box"))
        {
            estimates.Add(ScaleEstimators.BoxCounting(cloud, new SplitMix64((ulong)seed)));
        }

        if (Asked("correlation"))
        {
            session.ReportProgress(string.Create(CultureInfo.InvariantCulture, $"pairs of {cloud.Count} points"));
            estimates.Add(Correlation.Estimate(cloud, new SplitMix64((ulong)seed), jobs, session.Stop));
        }

        if (Asked("ml") || Asked("twonn"))
        {
            session.ReportProgress(
                string.Create(CultureInfo.InvariantCulture, $"nearest neighbours of {cloud.Count} points"));
            double[][] distances = NearestNeighbours.Distances(cloud, needed, jobs, session.Stop);
            if (Asked("ml"))
            {
                estimates.Add(DistanceEstimators.MaximumLikelihood(distances, k));
            }

            if (Asked("twonn"))
            {
                estimates.Add(DistanceEstimators.TwoNN(distances));
            }
        }

        session.ReportProgress("");
        return new(path, read.Count, sampled.Count, cloud.Count, cloud.Dimension, k, seed, estimates);
    }

    // Squares of distances are to stay normal numbers.
    private static void CheckSpan(string path, PointCloud cloud)
    {
        double span = 0;
        for (int d = 0; d < cloud.Dimension; d++)
        {
            var (low, high) = (cloud[0][d], cloud[0][d]);
            for (int i = 1; i < cloud.Count; i++)
            {
                (low, high) = (Math.Min(low, cloud[i][d]), Math.Max(high, cloud[i][d]));
            }

            span = Math.Max(span, high - low);
        }

        if (!(span is >= LeastSpan and <= MostSpan))
        {
            throw new InputException(path, string.Create(
                CultureInfo.InvariantCulture,
                $"spans {span:G3}; expected {LeastSpan} to {MostSpan}, "
                    + $"so that distances have squares (scale the points)"));
        }
    }

    private static int Print(Session session, DimensionReport report, string? plot, bool asJson)
    {
        if (plot is not null)
        {
            Figure figure = report.Figure
                ?? throw new InputException(report.Path, "gave no estimate to plot; leave out --plot to see why");
            ReportFiles.WriteText(
                plot, plot.EndsWith(".tex", StringComparison.Ordinal)
                    ? FigureText.Pgfplots(figure)
                    : FigureText.Svg(figure));
        }

        if (asJson)
        {
            session.WriteJson(json => report.WriteJson(json, plot));
        }
        else
        {
            session.Out.Write(report.Text());
        }

        return ExitCode.Holds;
    }

    private static PointCloud Read(string path)
    {
        try
        {
            return InputFile.Read(path, stream => PointFile.Read(stream, path));
        }
        catch (PointFileException e)
        {
            throw new InputException(e.Message);
        }
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
