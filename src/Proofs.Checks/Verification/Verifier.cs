using System.Collections.Immutable;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Verification;

/// <summary>
/// Checks the claims of theorems: proves, certifies, attacks, and tells false variants from true ones.
/// </summary>
/// <param name="options">How much work to spend, and the seed.</param>
/// <param name="progress">Told of every row as it is done; null for nobody.</param>
/// <param name="cancellation">Ends the work; a cancelled verification throws.</param>
public sealed class Verifier(
    VerificationOptions options, IProgress<ClaimResult>? progress = null, CancellationToken cancellation = default)
{
    private readonly ProofDesk _proofs = new(options, cancellation);
    private readonly MeasuringDesk _measures = new(options, cancellation);

    /// <summary>The report on one theorem.</summary>
    /// <remarks>
    /// Guarantee: no row is above the rung it earned, and a theorem without a checked claim has a row that says so;
    /// rows come in the order of the theorem. What a claim, a construction or a search throws becomes a row, and the
    /// others are checked.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public TheoremReport Verify(Theorem theorem)
    {
        ArgumentNullException.ThrowIfNull(theorem);
        return DeepStack.Run(() =>
            new TheoremRun(theorem, options, _proofs, _measures, progress, cancellation).Report());
    }

    /// <summary>The reports on theorems of one paper, each as soon as it is done.</summary>
    /// <remarks>
    /// A paper without a theorem gets a report that says so; the second theorem of a key, a row that says so.
    /// </remarks>
    /// <param name="paper">The paper.</param>
    /// <param name="chosen">Those of its theorems that are asked for.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IEnumerable<TheoremReport> VerifyPaper(PaperArtifact paper, IReadOnlyList<Theorem> chosen)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(chosen);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var theorem in chosen)
        {
            var report = Verify(theorem);
            yield return keys.Add(theorem.Key) ? report : report with
            {
                Rows = report.Rows.Insert(0, DeclarationRow($"theorem {theorem.Key}", new Verdict.Faulty(
                    $"more than one theorem of paper '{paper.Key}' has the key '{theorem.Key}'; "
                        + "expected a key for each"))),
            };
        }

        if (chosen.Count == 0)
        {
            var nothing = new Theorem(paper.Key, paper.Title, $"paper {paper.Key}", [], [], [], [], []);
            var row = DeclarationRow("theorems", new Verdict.Vacuous(
                $"never checked: the paper '{paper.Key}' has no theorem", "Add its theorems to the artifact."));
            progress?.Report(row);
            yield return new TheoremReport(nothing, options, [row]);
        }
    }

    internal static ClaimResult DeclarationRow(string place, Verdict verdict) =>
        new(RowKind.Declaration, "", place, "", verdict, null, TimeSpan.Zero);
}
