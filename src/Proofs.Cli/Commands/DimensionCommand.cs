using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Proofs.Checks.Dimension;
using Proofs.Cli.Options;
using Proofs.Constructions;

namespace Proofs.Cli.Commands;

/// <summary>proofs dimension: estimates the intrinsic dimension of data.</summary>
internal static class DimensionCommand
{
    private static readonly string[] Methods = ["all", "box", "correlation", "ml", "twonn"];

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var data = new Argument<string>("data")
        {
            Description = "Points: CSV or white space, one a line; a NumPy array (.npy); IDX images; or one of them packed with gzip.",
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
            CustomParser = result => int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int k) && k is >= 2 and <= 1000
                ? k
                : CommonOptions.Reject<int>(result, "expected a whole number from 2 to 1000"),
        };
        Option<long> seed = CommonOptions.Seed(1);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("dimension", "Estimates the intrinsic dimension of a point cloud; estimates are measured, not proved.")
        {
            data, method, neighbours, seed, jobs, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(data) ?? "";
            return Run(
                session, path, Read(path), parsed.GetValue(method) ?? "all", parsed.GetValue(neighbours), parsed.GetValue(seed),
                parsed.GetValue(jobs), parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Estimates the dimension and gives the exit code.</summary>
    public static int Run(
        Session session, string path, PointCloud read, string method, int k, long seed, int jobs, bool asJson)
    {
        PointCloud cloud = read.Distinct();
        int needed = method is "all" or "ml" ? Math.Max(k, 2) : 2;
        if (cloud.Count <= needed)
        {
            throw new InputException(path, string.Create(
                CultureInfo.InvariantCulture, $"has {cloud.Count} different points; {needed} neighbours need at least {needed + 1} (take a smaller --k)"));
        }

        var estimates = new List<DimensionEstimate>();
        bool Asked(string name) => method == name || method == "all";
        if (Asked("box"))
        {
            estimates.Add(ScaleEstimators.BoxCounting(cloud, new SplitMix64((ulong)seed)));
        }

        if (Asked("correlation"))
        {
            estimates.Add(ScaleEstimators.Correlation(cloud, new SplitMix64((ulong)seed), jobs, session.Stop));
        }

        if (Asked("ml") || Asked("twonn"))
        {
            session.ReportProgress(string.Create(CultureInfo.InvariantCulture, $"nearest neighbours of {cloud.Count} points"));
            double[][] distances = NearestNeighbours.Distances(cloud, needed, jobs, session.Stop);
            session.ReportProgress("");
            if (Asked("ml"))
            {
                estimates.Add(DistanceEstimators.MaximumLikelihood(distances, k));
            }

            if (Asked("twonn"))
            {
                estimates.Add(DistanceEstimators.TwoNN(distances));
            }
        }

        if (asJson)
        {
            session.WriteJson(json =>
            {
                json.WriteString("data", path);
                json.WriteNumber("points", cloud.Count);
                json.WriteNumber("duplicates", read.Count - cloud.Count);
                json.WriteNumber("coordinates", cloud.Dimension);
                json.WriteStartArray("estimates");
                foreach (DimensionEstimate e in estimates)
                {
                    json.WriteStartObject();
                    json.WriteString("method", e.Method);
                    foreach ((string name, double value) in new[] { ("value", e.Value), ("lower", e.Lower), ("upper", e.Upper) })
                    {
                        if (double.IsFinite(value))
                        {
                            json.WriteNumber(name, value);
                        }
                        else
                        {
                            json.WriteNull(name);
                        }
                    }

                    json.WriteString("note", e.Note);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
        else
        {
            session.Out.Write(Table(path, read, cloud, estimates));
        }

        return ExitCode.Holds;
    }

    private static string Table(string path, PointCloud read, PointCloud cloud, List<DimensionEstimate> estimates)
    {
        var text = new StringBuilder();
        string duplicates = read.Count == cloud.Count ? "" : string.Create(
            CultureInfo.InvariantCulture, $", {read.Count - cloud.Count} duplicates left out");
        _ = text.Append(CultureInfo.InvariantCulture, $"{path}: {cloud.Count} points with {cloud.Dimension} coordinates{duplicates}\n")
            .Append("method              estimate  95 % interval       note\n");
        foreach (DimensionEstimate e in estimates)
        {
            string interval = e.Exists ? string.Create(CultureInfo.InvariantCulture, $"[{e.Lower:F3}, {e.Upper:F3}]") : "–";
            string value = e.Exists ? e.Value.ToString("F3", CultureInfo.InvariantCulture) : "–";
            _ = text.Append(CultureInfo.InvariantCulture, $"{e.Method,-19} {value,8}  {interval,-18}  {e.Note}\n");
        }

        return text.ToString();
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
