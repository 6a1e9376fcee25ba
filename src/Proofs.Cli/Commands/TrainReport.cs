using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Learning;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs train` prints, as text or as JSON.</summary>
/// <param name="Subject">What was learnt; null for data alone.</param>
/// <param name="Rows">The networks, built or given ones first.</param>
/// <param name="Best">The name of the trained network that the verdict is about; null while there is none.</param>
/// <param name="Why">Why the command ends early; null where it does not.</param>
internal sealed record TrainReport(
    TrainingSubject? Subject, ImmutableArray<TrainReport.Row> Rows, string? Best, string? Why)
{
    /// <summary>The name of the trained network that is written; null while none is.</summary>
    public string? Written { get; init; }

    /// <summary>Where it goes; null for nowhere.</summary>
    public string? File { get; init; }

    /// <summary>A network and the time it took.</summary>
    /// <param name="Counterpart">The network.</param>
    /// <param name="TrainingSeconds">The seconds of training; null for one that was not trained here.</param>
    internal sealed record Row(Counterpart Counterpart, double? TrainingSeconds)
    {
        /// <summary>The seconds of certification; null before it.</summary>
        public double? CertificationSeconds { get; init; }
    }

    /// <summary>The bound in question; null where there is none.</summary>
    public BigRational? AtMost { get; init; }

    /// <summary>
    /// 0 certified, enclosed as narrowly as asked, or learnt from data alone; 1 refuted; 2 undecided.
    /// </summary>
    public int ExitCode => Verdict switch
    {
        "CERTIFIED" or "ENCLOSED" or "TRAINED" => Proofs.Cli.Sessions.ExitCode.Holds,
        "REFUTED" => Proofs.Cli.Sessions.ExitCode.Refuted,
        _ => Proofs.Cli.Sessions.ExitCode.Inconclusive,
    };

    // The verdict is about the trained network that is written, where one is.
    private string Verdict => (Decided?.Error, Subject, Why) switch
    {
        (_, _, not null) => "INCONCLUSIVE",
        (null, null, _) => "TRAINED",
        ({ Region: RegionStanding.Empty }, _, _) => "VACUOUS",
        ({ Outcome: Outcome.Certified }, _, _) => "CERTIFIED",
        ({ Outcome: Outcome.Refuted }, _, _) => "REFUTED",
        ({ Outcome: Outcome.NotAsked, Complete: true }, _, _) => "ENCLOSED",
        _ => "INCONCLUSIVE",
    };

    private Counterpart? Decided => Rows.FirstOrDefault(r => r.Counterpart.Name == Best)?.Counterpart;

    /// <summary>The report as text or as JSON.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    /// <summary>The verdict, the table, and how training went.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Verdict).Append('\n');
        if (Subject is { } subject)
        {
            Line(text, $"target    {subject.Target} on {subject.Region.Summary()}, norm {subject.Norm}");
        }

        if (AtMost is { } bound)
        {
            Line(text, $"claimed   {Best}: error at most {Printing.Both(bound)}");
        }

        text.Append('\n').Append(TableText.Console(Timed())).Append('\n');
        foreach (var row in Rows)
        {
            if (row.Counterpart.Training is { } training)
            {
                string end = training.End switch
                {
                    TrainingEnd.Patience => ", no better one for as long as --patience says",
                    TrainingEnd.Cancelled => ", interrupted",
                    _ => "",
                };
                Line(text,
                    $"{row.Counterpart.Name}: {training.Parameters.Length} parameters, {training.Steps} steps on the "
                        + $"{training.Device}{end}; best at step {training.BestStep}, "
                        + $"validation loss {training.ValidationLoss:g6}");
            }

            if (row.Counterpart.Error?.Why is { } why)
            {
                Line(text, $"{row.Counterpart.Name}: certification ended: {why}");
            }
        }

        if (File is not null)
        {
            Line(text, Written is null ? $"written   nothing into {File}" : $"written   {File}: {Written}");
        }

        return (Why is null ? text : text.Append("ended: ").Append(Why).Append('\n')).ToString();
    }

    /// <summary>
    /// The members of the JSON object: numbers as text, the lower end rounded down and the upper one up.
    /// </summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("verdict", Verdict);
        json.WriteString("target", Subject?.Target.ToString());
        json.WriteString("domain", Subject?.Region.Summary());
        json.WriteString("norm", Subject?.Norm.ToString());
        json.WriteString("atMost", AtMost?.ToString());
        json.WriteStartArray("networks");
        foreach (var (counterpart, seconds) in Rows.Select(r => (r.Counterpart, r)))
        {
            json.WriteStartObject();
            json.WriteString("name", counterpart.Name);
            json.WriteNumber("depth", counterpart.Network.Depth);
            json.WriteNumber("size", counterpart.Network.Size);
            json.WriteNumber("width", counterpart.Network.Width);
            json.WriteString("magnitude", counterpart.Network.Magnitude.ToString());
            json.WriteString("bound", Decimals.Upper(counterpart.Bound));
            json.WriteString("lower", Decimals.Lower(counterpart.Error?.Value.Lower));
            json.WriteString("upper", Decimals.Upper(counterpart.Error?.Value.Upper));
            json.WriteString("why", counterpart.Error?.Why);
            Number(json, "sampled", counterpart.Sampled);
            Number(json, "trainingSeconds", seconds.TrainingSeconds);
            Number(json, "certificationSeconds", seconds.CertificationSeconds);
            if (counterpart.Training is { } training)
            {
                json.WriteNumber("parameters", training.Parameters.Length);
                json.WriteNumber("steps", training.Steps);
                json.WriteNumber("bestStep", training.BestStep);
                json.WriteNumber("validationLoss", training.ValidationLoss);
                json.WriteString("device", training.Device);
                json.WriteString("end", training.End.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("written", Written);
        json.WriteString("file", Written is null ? null : File);
        json.WriteString("why", Why);
    }

    // The table of the papers, with the times of this run.
    private Table Timed()
    {
        var table = Counterparts.Table("trained", "", Rows.Select(r => r.Counterpart));
        return new(
            table.Key,
            table.Caption,
            [.. table.Columns, "training s", "certifying s"],
            [
                .. table.Rows.Zip(Rows, (cells, row) => cells
                    .Add(Seconds(row.TrainingSeconds)).Add(Seconds(row.CertificationSeconds))),
            ]);

        static TableCell Seconds(double? value) =>
            value is { } s ? new TableCell.Measured(s, 1) : new TableCell.None();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
