using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;

namespace Proofs.Search.Proving;

/// <summary>Proves or refutes statements for all parameters.</summary>
public static class Prover
{
    private const int FirstTrials = 1_500;
    private const int LateTrials = 60_000;

    // What of the budget goes to the search for counterexamples before and after that for proofs, and to the question
    // whether a statement speaks of anything.
    private const double FirstShare = 0.1;
    private const double LateShare = 0.25;
    private const double PremiseShare = 0.1;

    /// <summary>
    /// Proved with a certificate that was replayed, refuted with an exact witness, or unknown and where the search got
    /// stuck.
    /// </summary>
    /// <remarks>
    /// Guarantee: Proved only if <see cref="CertificateCheck"/> accepts the certificate; Refuted only if the witness
    /// satisfies all assumptions and violates a goal in exact or enclosed arithmetic. The answer depends on statement,
    /// steps and seed alone, unless the time limit or a cancellation ended the search.
    /// Cost: the steps of the options, at most about their time limit.
    /// </remarks>
    public static ProofResult Prove(Statement statement, ProofOptions options)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(options);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        clock.CancelAfter(options.TimeLimit);
        string stuck = "";
        try
        {
            return Search(statement, options, clock.Token, ref stuck);
        }
        catch (OperationCanceledException)
        {
            return new ProofResult.Unknown(
                options.Cancellation.IsCancellationRequested ? "cancelled" : "the time limit was reached", stuck);
        }
    }

    // A short look for a counterexample, then proof, then a long look.
    private static ProofResult Search(Statement claim, ProofOptions options, CancellationToken stop, ref string stuck)
    {
        WorkBudget Share(double part) => new((long)(options.Steps * part), stop);
        var refuter = new Refuter(claim, options.Seed);
        if (refuter.Search(FirstTrials, Share(FirstShare)) is { } refuted)
        {
            return refuted;
        }

        var search = new ProofSearch(Share(1));
        var proofs = search.Run(claim);
        stuck = search.Stuck;
        if (proofs is { } found)
        {
            string certificate = SymbolicCertificate.Write(claim, search.Strategy, found);
            var replay = CertificateCheck.Check(certificate, stop: stop);
            if (replay.Statement != claim.Text)
            {
                return new ProofResult.Unknown("the certificate written is not about the statement", "");
            }

            return replay.IsVacuous ? new ProofResult.Proved(certificate, search.Strategy, true)
                : replay.Accepted ? Premise(claim, new(certificate, search.Strategy, false), refuter, Share)
                : new ProofResult.Unknown($"the proof found was rejected by the checker: {replay.Reason}", "");
        }

        stop.ThrowIfCancellationRequested();
        if (refuter.Search(LateTrials, Share(LateShare)) is { } late)
        {
            return late;
        }

        return new ProofResult.Unknown(
            search.IsExhausted ? "the budget of steps is spent" : "no strategy applies", stuck);
    }

    // Whether the claim speaks of anything: parameters that satisfy the assumptions, or a proof that there are none.
    private static ProofResult.Proved Premise(
        Statement claim, ProofResult.Proved proved, Refuter refuter, Func<double, WorkBudget> share)
    {
        if (refuter.FoundPoint || (claim.Ranges.IsEmpty && claim.Hypotheses.IsEmpty) || Satisfiability.IsShown(claim))
        {
            return proved with { HasInstance = true };
        }

        var absurd = claim with { Goals = [new(Term.Constant(1), Comparison.AtMost, Term.Constant(0))] };
        if (new ProofSearch(share(PremiseShare)).Run(absurd) is not null)
        {
            return proved with { Vacuous = true };
        }

        _ = refuter.Search(LateTrials, share(LateShare));
        return proved with { HasInstance = refuter.FoundPoint };
    }
}
