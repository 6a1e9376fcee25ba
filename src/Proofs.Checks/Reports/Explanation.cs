using System.Globalization;
using System.Text;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;

namespace Proofs.Checks.Reports;

/// <summary>
/// Says in full what a table row only names: why a claim does not hold, what would help, and how to see it again.
/// </summary>
public static class Explanation
{
    /// <summary>
    /// The explanation of a row: subject, what was expected, what shows the verdict, how to see it again, a line each.
    /// </summary>
    public static string Of(TheoremReport report, ClaimResult row)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(row);
        string item = row.Item.Length == 0 ? "" : $", {row.Item}";
        string vacuous = row.Verdict is Verdict.Vacuous ? "VACUOUS " : "";
        string blame = row.Verdict is Verdict.Refuted { Blame: { } b } ? $", blame \"{b.Lemma}\"" : "";
        string bound = row.Budget is { } budget ? $", that is {budget}" : "";
        IEnumerable<(string Label, string Text)> lines =
        [
            .. row.Statement.Length == 0 ? Array.Empty<(string, string)>()
                : [("expected",
                    (row.Kind == RowKind.Mutant ? $"a refutation of {row.Statement}" : row.Statement) + bound)],
            .. Evidence(row.Verdict),
            ("replay", report.Replay ?? string.Create(
                CultureInfo.InvariantCulture,
                $"verify {report.Theorem.Key} again with profile {Name(report.Options.Profile)} and "
                    + $"seed {report.Options.Seed}")),
        ];
        return $"{vacuous}{report.Theorem.Key}{item}: {Kind(row)} \"{row.Claim}\" {row.Verdict.Rung}{blame}    "
            + $"[{report.Theorem.Source}]\n"
            + string.Concat(lines.Select(line => $"  {line.Label,-10}{line.Text}\n"));
    }

    /// <summary>
    /// Where a claim cannot be checked, and why, in one line: theorem, instance, claim and what was expected.
    /// </summary>
    public static string Line(TheoremReport report, ClaimResult row)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(row);
        string item = row.Item.Length == 0 ? "" : $", instance {row.Item}";
        string place = row.Kind == RowKind.Declaration ? row.Claim : $"{Kind(row)} \"{row.Claim}\"";
        string told = string.Join("; ", Evidence(row.Verdict).Select(e => e.Text));
        return $"theorem {report.Theorem.Key}{item}, {place}: {told}";
    }

    /// <summary>
    /// What a verification shows on a console: the table, an explanation of every row that is not as it should be, and
    /// the last line.
    /// </summary>
    public static string Console(TheoremReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new StringBuilder(Body(report)).Append(VerdictTable.Summary([report])).Append('\n').ToString();
    }

    /// <summary>
    /// The table of one theorem under its title, and an explanation of every row that is not as it should be.
    /// </summary>
    public static string Body(TheoremReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(report.Theorem.Title).Append("  [").Append(report.Theorem.Source).Append("]\n\n");
        text.Append(TableText.Console(VerdictTable.Of(report, withTimes: true))).Append('\n');
        foreach (var row in report.Rows.Where(r => !r.IsAsExpected))
        {
            text.Append(Of(report, row)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What shows a verdict, as labelled texts.</summary>
    public static IEnumerable<(string Label, string Text)> Evidence(Verdict verdict) => verdict switch
    {
        Verdict.Proved p => [("proof", p.Strategy)],
        Verdict.Certified c => [("evidence", c.Evidence)],
        Verdict.Supported { Finding: { } found } => [("finding", $"{found}")],
        Verdict.Supported { Assumptions.IsEmpty: false, Trials: 0 } s => [("evidence", s.Coverage)],
        Verdict.Supported s =>
            [("trials", string.Create(CultureInfo.InvariantCulture, $"{s.Trials} with seed {s.Seed}")),
                ("coverage", s.Coverage)],
        Verdict.Refuted { Blame: { } b } r =>
            [("witness", $"{r.Witness}"), ("blame", $"{b.Lemma} [{b.Source}]: {b.Witness}")],
        Verdict.Refuted r => [("witness", $"{r.Witness}")],
        Verdict.Inconclusive { Finding: not null } i => [("why", i.Why), ("try", i.WouldHelp)],
        Verdict.Inconclusive i =>
            [("why", i.Why), ("best", $"{i.Best?.ToString() ?? "no enclosure"}"), ("try", i.WouldHelp)],
        Verdict.Vacuous v => [("why", v.Why), ("try", v.WouldHelp)],
        Verdict.Faulty f => [("problem", f.Problem)],
        _ => throw new InvalidOperationException("Verdict is a closed family."),
    };

    /// <summary>The name of a profile on the command line.</summary>
    public static string Name(Profile profile) => profile == Profile.Full ? "full" : "quick";

    private static string Kind(ClaimResult row) => row.Kind switch
    {
        RowKind.Mutant => "mutant",
        RowKind.Lemma => "lemma",
        RowKind.Declaration => "declaration",
        _ => "claim",
    };
}
