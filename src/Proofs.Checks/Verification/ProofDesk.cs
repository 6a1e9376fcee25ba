using Proofs.Kernel.Formulas;
using Proofs.Checks.Theorems;
using Proofs.Search.Proving;

namespace Proofs.Checks.Verification;

// Claims for all parameters: proved by the prover, which believes nothing that the kernel has not replayed from the
// certificate.
internal sealed class ProofDesk(VerificationOptions options, CancellationToken cancellation)
{
    private const string TryMore =
        "Use --profile full, narrow the ranges, or state an intermediate step as a claim of its own.";

    /// <summary>The verdict on a statement.</summary>
    /// <exception cref="FormatException">The text is no statement.</exception>
    public Verdict Prove(string text, ProofEffort effort)
    {
        var result = Prover.Prove(Statement.Parse(text), options.Limits(effort)
            .WithSeed(unchecked((int)options.Seed))
            .WithCancellation(cancellation));
        cancellation.ThrowIfCancellationRequested();
        return result switch
        {
            ProofResult.Proved { Vacuous: true } => new Verdict.Vacuous(
                $"no parameters satisfy the assumptions, and that is proved: {text.Split(':')[0].Trim()}",
                "Mend the ranges or the hypotheses: they contradict each other."),
            ProofResult.Proved { HasInstance: false } => new Verdict.Inconclusive(
                "The claim is proved, but neither parameters that satisfy its assumptions were found nor a proof that "
                    + "there are none: it may speak of nothing.",
                null,
                "State the hypotheses so that parameters are easier to find, such as in ranges."),
            ProofResult.Proved proved => new Verdict.Proved(proved.Strategy, proved.Certificate),
            ProofResult.Refuted refuted => new Verdict.Refuted(
                new Witness(
                    [.. refuted.Witness.Select(v => KeyValuePair.Create(v.Name, v.Value))],
                    $"{refuted.Goal} fails: {refuted.Left} against {refuted.Right}"),
                null,
                null),
            ProofResult.Unknown unknown =>
                new Verdict.Inconclusive($"{unknown.Why} {unknown.Region}".Trim(), null, TryMore),
            _ => throw new InvalidOperationException("ProofResult is a closed family."),
        };
    }
}
