using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Dimension;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs dimension` found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Read">The points read.</param>
/// <param name="Sampled">The points drawn from them by seed; all where none were left out.</param>
/// <param name="Used">The different points among those.</param>
/// <param name="Coordinates">The coordinates of a point.</param>
/// <param name="Neighbours">k of maximum likelihood.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Estimates">The estimates.</param>
internal sealed record DimensionReport(
    string Path, int Read, int Sampled, int Used, int Coordinates, int Neighbours, long Seed,
    IReadOnlyList<DimensionEstimate> Estimates)
{
    /// <summary>The estimates scale by scale; null where there are none.</summary>
    public Figure? Figure => ScaleFigure.Of(System.IO.Path.GetFileName(Path), Estimates);

    /// <summary>Writes the members of the object that --json prints.</summary>
    public void WriteJson(Utf8JsonWriter json, string? plot)
    {
        json.WriteString("data", Path);
        json.WriteNumber("read", Read);
        json.WriteNumber("sampled", Sampled);
        json.WriteNumber("points", Used);
        json.WriteNumber("duplicates", Sampled - Used);
        json.WriteNumber("coordinates", Coordinates);
        json.WriteString("metric", "euclidean");
        json.WriteNumber("k", Neighbours);
        json.WriteNumber("seed", Seed);
        json.WriteStartArray("estimates");
        foreach (DimensionEstimate e in Estimates)
        {
            json.WriteStartObject();
            json.WriteString("method", e.Method);
            WriteNumber(json, "value", e.Value);
            WriteNumber(json, "lower", e.Lower);
            WriteNumber(json, "upper", e.Upper);
            json.WriteString(
                "interval",
                e.HasInterval ? "95 % for the average of the method on such samples, not for the dimension" : "none");
            json.WriteString("note", e.Note);
            json.WriteStartArray("curve");
            foreach (FigurePoint p in e.Curve)
            {
                json.WriteStartObject();
                WriteNumber(json, "scale", p.X);
                WriteNumber(json, "dimension", p.Y);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("plot", plot);
    }

    /// <summary>The table, and the plot in characters.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        string sampled = Sampled == Read
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", drawn from {Read} with seed {Seed}");
        string duplicates = Used == Sampled
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {Sampled - Used} duplicates left out");
        _ = text.Append(
            CultureInfo.InvariantCulture,
            $"{Path}: {Used} points with {Coordinates} coordinates{sampled}{duplicates}\n")
            .Append("method              estimate  noise (95 %)        note\n");
        foreach (DimensionEstimate e in Estimates)
        {
            string interval = e.HasInterval
                ? string.Create(CultureInfo.InvariantCulture, $"[{e.Lower:F3}, {e.Upper:F3}]")
                : "–";
            string value = e.Exists ? e.Value.ToString("F3", CultureInfo.InvariantCulture) : "–";
            _ = text.Append(CultureInfo.InvariantCulture, $"{e.Method,-19} {value,8}  {interval,-18}  {e.Note}\n");
        }

        _ = text.Append(
            "noise: where the average of the method on such samples lies; "
                + "no interval for the dimension, which all methods miss by a bias\n");
        if (Figure is { } figure)
        {
            _ = text.Append('\n').Append(FigureConsole.Of(figure));
        }

        return text.ToString();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
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
}
