using System.Globalization;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;

namespace Proofs.Checks.Reports;

/// <summary>The table of verdicts and its last line.</summary>
public static class VerdictTable
{
    /// <summary>One row a claim: rung, certified value, budget, tightness and, on a console, the time.</summary>
    /// <remarks>Upper ends are rounded up and lower ends down; the tightness is rounded down.</remarks>
    public static Table Of(TheoremReport report, bool withTimes)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] headers = [
            "instance", "claim", "verdict", "value", "budget", "tightness",
            .. withTimes ? ["seconds"] : Array.Empty<string>()];
        string measured = report.Rows.Any(r => r.Verdict.Finding is not null)
            ? " Values \"x in [a, b]\" are no enclosures but estimates from random data with an interval, "
                + "decided by the rule under budget."
            : "";
        var table = Table.Of(
            $"{report.Theorem.Key}-verdicts",
            $"{report.Theorem.Title} [{report.Theorem.Source}]. Values are enclosures, rounded outward; "
                + $"tightness is budget over certified error.{measured}",
            [.. headers]);
        foreach (var row in report.Rows)
        {
            TableCell[] cells =
            [
                new TableCell.Text(row.Subject),
                new TableCell.Text(Named(row)),
                new TableCell.Text(Shown(row)),
                row.Value is { } value ? new TableCell.Range(value)
                    : row.Verdict.Finding is { } finding ? new TableCell.Text($"{finding.Estimate}")
                    : new TableCell.None(),
                row.Verdict.Finding is { } decided
                    ? new TableCell.Text($"{decided.Rule}")
                    : row.Budget is { } budget
                    ? budget.IsExact
                    ? new TableCell.Exact(budget.Lower!.Value)
                    : new TableCell.Range(budget)
                    : new TableCell.None(),
                row.Tightness is { } tightness ? new TableCell.LowerBound(tightness) : new TableCell.None(),
            ];
            table = table.With([.. cells, .. withTimes ? (TableCell[])[Seconds(row.Elapsed)] : []]);
        }

        return table;
    }

    /// <summary>
    /// The line <c>n of n claims hold: p proved, c certified, s supported; m of m mutants refuted</c>; it begins with
    /// VACUOUS where a row speaks of nothing or was never checked.
    /// </summary>
    public static string Summary(IReadOnlyCollection<TheoremReport> reports)
    {
        var claims = reports.SelectMany(r => r.Claims).ToList();
        var mutants = reports.SelectMany(r => r.Mutants).ToList();
        int Count<T>()
            where T : Verdict => claims.Count(c => c.Verdict is T);
        string open = Count<Verdict.Inconclusive>() is > 0 and var n ? $", {n} inconclusive" : "";
        string vacuous = Count<Verdict.Vacuous>() is > 0 and var v ? $", {v} vacuous" : "";
        string faulty = Count<Verdict.Faulty>() is > 0 and var f ? $", {f} in error" : "";
        string first = reports.Any(r => r.Rows.Any(c => c.Verdict is Verdict.Vacuous)) ? "VACUOUS: " : "";
        var unsettled = reports.SelectMany(r => r.Open).ToList();
        string called = unsettled.Count > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; {unsettled.Count(r => r.Verdict.Holds)} of {unsettled.Count} claims called open proved")
            : "";
        string wrong = Count<Verdict.Refuted>() is > 0 and var m ? $", {m} refuted" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{first}{claims.Count(c => c.Verdict.Holds)} of {claims.Count} claims hold: "
                + $"{Count<Verdict.Proved>()} proved, {Count<Verdict.Certified>()} certified, "
                    + $"{Count<Verdict.Supported>()} supported{open}{vacuous}{faulty}{wrong}; "
                        + $"{mutants.Count(m => m.Verdict is Verdict.Refuted)} of {mutants.Count} mutants "
                            + $"refuted{called}");
    }

    /// <summary>The claim's name, with what it is where it is no claim of the theorem.</summary>
    internal static string Named(ClaimResult row) => row.Kind switch
    {
        RowKind.Mutant => $"mutant {row.Claim}",
        RowKind.Lemma => $"lemma {row.Claim}",
        RowKind.Open => $"open {row.Claim}",
        _ => row.Claim,
    };

    private static string Shown(ClaimResult row) => row.IsWrong
        ? row.Kind == RowKind.Mutant ? $"{row.Verdict.Rung} (a mutant!)" : row.Verdict.Rung
        : row.Verdict is { Holds: true, Assumptions.IsEmpty: false } v
        ? $"{v.Rung}, assuming {string.Join("; ", v.Assumptions)}"
        : row.Verdict is Verdict.Supported { Finding: null } s
        ? string.Create(CultureInfo.InvariantCulture, $"supported ({s.Trials} trials)") : row.Verdict.Rung;

    private static TableCell.Text Seconds(TimeSpan elapsed) =>
        new TableCell.Text(elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
}
