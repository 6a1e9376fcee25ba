using System.Globalization;
using System.Text;

namespace Proofs.Checks;

/// <summary>What a reader needs to know about one row that is not as it should be.</summary>
public static class Explanation
{
    /// <summary>Subject, expected, witness, blame and how to replay, a line each.</summary>
    public static string Of(Theorem theorem, ClaimResult row)
    {
        ArgumentNullException.ThrowIfNull(theorem);
        ArgumentNullException.ThrowIfNull(row);
        var text = new StringBuilder();
        string subject = $"{theorem.Key}{(row.Item.Length > 0 ? $", {row.Item}" : "")}: {(row.Kind == RowKind.Mutant ? "mutant" : "claim")} \"{row.Claim}\"";
        text.Append(subject).Append(' ').Append(row.Verdict.Rung);
        if (row.Verdict is Verdict.Refuted { Blame: { } blame })
        {
            text.Append(CultureInfo.InvariantCulture, $", blame \"{blame.Lemma}\"");
        }

        text.Append(CultureInfo.InvariantCulture, $"    [{theorem.Source}]\n  expected  {row.Statement}");
        text.Append(row.Budget is { } budget ? $", that is {budget}" : "").Append('\n');
        switch (row.Verdict)
        {
            case Verdict.Refuted refuted:
                text.Append(CultureInfo.InvariantCulture, $"  witness   {refuted.Witness}\n");
                if (refuted.Blame is { } b)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  blame     {b.Lemma} ({b.Source}), {b.Witness}\n");
                }

                break;
            case Verdict.Inconclusive open:
                text.Append(CultureInfo.InvariantCulture, $"  reached   {(open.Best is { } best ? best : "no enclosure")}: {open.Why}\n  try       {open.WouldHelp}\n");
                break;
            default:
                text.Append("  found     it was taken for true, though it is false\n");
                break;
        }

        return text.Append(CultureInfo.InvariantCulture, $"  replay    proofs verify {theorem.Key}").ToString();
    }
}
