using Proofs.Kernel;
using Proofs.Kernel.Checking;
using Proofs.Numeric;

namespace Proofs.Checks;

// Claims for all parameters: proved by the prover, and believed only after the kernel has replayed the certificate.
internal sealed class ProofDesk(VerificationOptions options, CancellationToken cancellation)
{
    private const string TryMore = "Use --profile full, narrow the ranges, or state an intermediate step as a claim of its own.";

    /// <summary>The verdict on a statement; a brief look takes a fifteenth of the time.</summary>
    /// <exception cref="FormatException">The text is no statement.</exception>
    public Verdict Prove(string text, bool brief = false)
    {
        var limit = options.Profile == Profile.Quick ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(2);
        var result = Prover.Prove(Statement.Parse(text), ProofOptions.Default
            .WithTimeLimit(brief ? limit / 15 : limit)
            .WithSeed(unchecked((int)options.Seed))
            .WithCancellation(cancellation));
        cancellation.ThrowIfCancellationRequested();
        return result switch
        {
            ProofResult.Proved proved => Replayed(text, proved),
            ProofResult.Refuted refuted => new Verdict.Refuted(
                new Witness(
                    [.. refuted.Witness.Select(v => KeyValuePair.Create(v.Name, v.Value))],
                    $"{refuted.Goal} fails: {refuted.Left} against {refuted.Right}"),
                null,
                null),
            ProofResult.Unknown unknown => new Verdict.Inconclusive($"{unknown.Why} {unknown.Region}".Trim(), null, TryMore),
            _ => throw new InvalidOperationException("ProofResult is a closed family."),
        };
    }

    private static Verdict Replayed(string text, ProofResult.Proved proved)
    {
        var check = CertificateChecker.Check(proved.Certificate);
        return check.Accepted && check.Statement == Statement.Parse(text).Text
            ? new Verdict.Proved(proved.Strategy, proved.Certificate)
            : new Verdict.Inconclusive(
                $"The kernel did not accept the certificate of '{text}': {check.Reason}.", null, "Report this as a defect.");
    }
}
