using System.Text.Json;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Papers;

/// <summary>Verdicts as JSON: exact numbers as text, enclosures as pairs rounded outward.</summary>
internal static class VerdictJson
{
    /// <summary>Writes the members of the object that `proofs verify --json` prints.</summary>
    public static void Write(
        Utf8JsonWriter json, IReadOnlyCollection<TheoremReport> reports, VerificationOptions options,
        IReadOnlyCollection<string> problems)
    {
        json.WriteString("profile", Explanation.Name(options.Profile));
        json.WriteNumber("seed", options.Seed);
        json.WriteStartArray("theorems");
        foreach (TheoremReport report in reports)
        {
            json.WriteStartObject();
            json.WriteString("theorem", report.Theorem.Key);
            json.WriteString("title", report.Theorem.Title);
            json.WriteString("source", report.Theorem.Source);
            json.WriteString("replay", report.Replay);
            json.WriteStartArray("rows");
            foreach (ClaimResult row in report.Rows)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (string problem in problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        json.WriteString("summary", VerdictTable.Summary(reports));
    }

    private static void WriteRow(Utf8JsonWriter json, ClaimResult row)
    {
        json.WriteStartObject();
        json.WriteString("kind", row.Kind switch
        {
            RowKind.Declaration => "declaration",
            RowKind.General => "general",
            RowKind.Composition => "composition",
            RowKind.Instance => "instance",
            RowKind.Lemma => "lemma",
            RowKind.Open => "open",
            _ => "mutant",
        });
        json.WriteString("instance", row.Item);
        json.WriteString("claim", row.Claim);
        json.WriteString("statement", row.Statement);
        json.WriteString("verdict", row.Verdict.Rung);
        json.WriteBoolean("asExpected", row.IsAsExpected);
        json.WriteStartArray("assuming");
        foreach (string assumption in row.Verdict.Assumptions)
        {
            json.WriteStringValue(assumption);
        }

        json.WriteEndArray();
        WriteEnclosure(json, "value", row.Value);
        WriteEnclosure(json, "budget", row.Budget);
        json.WriteString("tightness", row.Tightness is { } t ? Printing.Down(t) : null);
        if (row.Verdict.Finding is { } finding)
        {
            WriteFinding(json, finding);
        }

        foreach ((string label, string text) in Explanation.Evidence(row.Verdict))
        {
            json.WriteString(label, text);
        }

        json.WriteNumber("seconds", Math.Round(row.Elapsed.TotalSeconds, 3));
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, StatisticalFinding finding)
    {
        IntervalEstimate e = finding.Estimate;
        json.WriteStartObject("estimate");
        foreach ((string name, double number) in new[] { ("value", e.Value), ("lower", e.Lower), ("upper", e.Upper) })
        {
            if (double.IsFinite(number))
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        json.WriteNumber("level", e.Level);
        json.WriteNumber("observations", e.Samples);
        json.WriteString("made", e.Note);
        json.WriteString("rule", finding.Rule.ToString());
        json.WriteNumber("falseAlarmRate", finding.Rule.FalseAlarmRate);
        json.WriteNumber("seed", finding.Seed);
        json.WriteEndObject();
    }

    /// <summary>Writes an enclosure as a pair of texts, an exact one as one text, none as null.</summary>
    public static void WriteEnclosure(Utf8JsonWriter json, string name, RationalInterval? enclosure)
    {
        if (enclosure is not { } e)
        {
            json.WriteNull(name);
        }
        else if (e.IsExact)
        {
            json.WriteString(name, e.Lower?.ToString());
        }
        else
        {
            json.WriteStartArray(name);
            json.WriteStringValue(Printing.Down(e.Lower));
            json.WriteStringValue(Printing.Up(e.Upper));
            json.WriteEndArray();
        }
    }
}
