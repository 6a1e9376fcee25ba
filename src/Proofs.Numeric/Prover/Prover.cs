using System.Collections.Immutable;
using Proofs.Kernel.Checking;
using Proofs.Numeric.Proving;

namespace Proofs.Numeric;

/// <summary>Proves or refutes statements for all parameters.</summary>
public static class Prover
{
    /// <summary>Proved with a certificate that was replayed, refuted with an exact witness, or unknown and where the search got stuck.</summary>
    /// <remarks>
    /// Guarantee: Proved only if <see cref="CertificateChecker"/> accepts the certificate; Refuted only if the witness satisfies all assumptions
    /// and violates a goal in exact or enclosed arithmetic.
    /// Cost: at most about the time limit of the options.
    /// </remarks>
    public static ProofResult Prove(Statement statement, ProofOptions options)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(options);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        clock.CancelAfter(options.TimeLimit);

        // A first short look for a counterexample, then proof, then a long look with what time is left.
        using var first = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        first.CancelAfter(options.TimeLimit * 0.1);
        var refuter = new Refuter(statement.Claim, options.Seed);
        if (refuter.Search(1_500, first.Token) is { } refuted)
        {
            return refuted;
        }

        using var three = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        three.CancelAfter(options.TimeLimit * 0.75);
        var search = new ProofSearch(three.Token);
        if (search.Run(statement.Claim) is { } proofs)
        {
            string strategy = search.Strategy;
            string certificate = CertificateChecker.Write(statement.Claim, strategy, proofs);
            var replay = CertificateChecker.Check(certificate);
            return replay.Accepted
                ? new ProofResult.Proved(certificate, strategy, !refuter.FoundPoint)
                : new ProofResult.Unknown($"the proof found was rejected by the checker: {replay.Reason}", "");
        }

        if (refuter.Search(60_000, clock.Token) is { } late)
        {
            return late;
        }

        string why = options.Cancellation.IsCancellationRequested ? "cancelled"
            : three.IsCancellationRequested ? "the time limit was reached" : "no strategy applies";
        return new ProofResult.Unknown(why, search.Stuck);
    }
}
