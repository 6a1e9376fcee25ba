using System.Globalization;
using Proofs.Checks;

namespace Proofs.Cli.Papers;

/// <summary>Says in full what a table row only names: why a claim is refuted or undecided, and how to see it again.</summary>
internal static class Explanation
{
    /// <summary>The explanation of a row that is not as it should be: subject, expected, witness, replay, a line each.</summary>
    public static string Of(TheoremReport report, ClaimResult row)
    {
        string item = row.Item.Length == 0 ? "" : $", {row.Item}";
        string subject = row.Kind == RowKind.Mutant ? "mutant" : row.Kind == RowKind.Lemma ? "lemma" : "claim";
        string blame = row.Verdict is Verdict.Refuted { Blame: { } b } ? $", blame \"{b.Lemma}\"" : "";
        string expected = row.Kind == RowKind.Mutant ? $"a refutation of {row.Statement}" : row.Statement;
        string bound = row.Budget is { } budget ? $", that is {budget}" : "";
        string replay = string.Create(CultureInfo.InvariantCulture,
            $"proofs verify {report.Theorem.Key} --profile {Name(report.Options.Profile)} --seed {report.Options.Seed}");
        IEnumerable<(string Label, string Text)> lines = [("expected", expected + bound), .. Evidence(row.Verdict), ("replay", replay)];
        return $"{report.Theorem.Key}{item}: {subject} \"{row.Claim}\" {row.Verdict.Rung}{blame}    [{report.Theorem.Source}]\n"
            + string.Concat(lines.Select(line => $"  {line.Label,-10}{line.Text}\n"));
    }

    /// <summary>What shows a verdict, as labelled texts.</summary>
    public static IEnumerable<(string Label, string Text)> Evidence(Verdict verdict) => verdict switch
    {
        Verdict.Proved p => [("proof", p.Strategy)],
        Verdict.Certified c => [("evidence", c.Evidence)],
        Verdict.Supported { Finding: { } found } => [("finding", $"{found}")],
        Verdict.Supported { Assumptions.IsEmpty: false, Trials: 0 } s => [("evidence", s.Coverage)],
        Verdict.Supported s =>
            [("trials", string.Create(CultureInfo.InvariantCulture, $"{s.Trials} with seed {s.Seed}")), ("coverage", s.Coverage)],
        Verdict.Refuted { Blame: { } b } r => [("witness", $"{r.Witness}"), ("blame", $"{b.Lemma} [{b.Source}]: {b.Witness}")],
        Verdict.Refuted r => [("witness", $"{r.Witness}")],
        Verdict.Inconclusive { Finding: not null } i => [("why", i.Why), ("try", i.WouldHelp)],
        Verdict.Inconclusive i => [("why", i.Why), ("best", $"{i.Best?.ToString() ?? "no enclosure"}"), ("try", i.WouldHelp)],
        _ => throw new InvalidOperationException("Verdict is a closed family."),
    };

    /// <summary>The name of a profile on the command line.</summary>
    public static string Name(Profile profile) => profile == Profile.Full ? "full" : "quick";
}
