using System.Collections.Immutable;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>Replays certificates of symbolic statements with exact arithmetic; knows nothing of how they were found.</summary>
public static class CertificateChecker
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate symbolic 1";

    private const string StatementMark = "statement ";

    /// <summary>Whether a certificate proves the statement on its second line.</summary>
    /// <remarks>Guarantee: accepted only if the statement is true and all its terms are defined; refused as vacuous where signs and ranges show that
    /// no values satisfy its assumptions. Never hangs: work and nesting are limited.</remarks>
    /// <param name="text">The certificate.</param>
    /// <param name="limit">The operations that the replay may spend.</param>
    /// <param name="stop">Ends the replay.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> ended it.</exception>
    public static CheckResult Check(string text, long limit = WorkBudget.ForReplay, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        string statement = "";
        var work = new WorkBudget(limit, stop);
        try
        {
            var (claim, start) = Preamble(text);
            statement = claim.Text;
            var proofs = ProofText.Read(text, start);
            var obligations = claim.Obligations(work);
            if (proofs.Length != obligations.Length)
            {
                throw new Rejection($"the statement needs {obligations.Length} proofs, the certificate has {proofs.Length}");
            }

            for (int i = 0; i < proofs.Length; i++)
            {
                Replay(obligations[i], proofs[i]);
            }

            return claim.Assumptions(work).Context.IsContradictory
                ? new(false, statement, "vacuous: the ranges and hypotheses contradict each other, so the statement speaks of nothing") { IsVacuous = true }
                : new(true, statement, "");
        }
        catch (Exception e) when (e is Rejection or FormatException or WorkExhaustedException)
        {
            return new(false, statement, e.Message);
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or OverflowException or ArithmeticException)
        {
            return new(false, statement, "the certificate asks for more than the checker allows");
        }
    }

    /// <summary>The certificate as text: one proof for each obligation of the claim, in order.</summary>
    public static string Write(Statement claim, string strategy, ImmutableArray<ImmutableArray<ProofStep>> proofs)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n');
        text.Append(StatementMark).Append(claim.Text).Append('\n');
        text.Append("strategy ").Append(strategy).Append('\n');
        foreach (var proof in proofs)
        {
            text.Append("proof {\n");
            ProofText.Write(text, proof, 2);
            text.Append("}\n");
        }

        return text.ToString();
    }

    /// <summary>Runs the steps of a proof on a sequent.</summary>
    /// <exception cref="Rejection">A step does not apply, or the last one leaves something to prove.</exception>
    public static void Replay(Sequent sequent, ImmutableArray<ProofStep> proof)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var current = sequent;
        for (int i = 0; i < proof.Length; i++)
        {
            var step = proof[i];
            current.Work.Spend(1_000);
            var left = step.Rule.Apply(current);
            bool last = i == proof.Length - 1;
            if (left.IsEmpty != last || step.Branches.Length != int.Max(0, left.Length - 1))
            {
                throw new Rejection($"the step {step.Rule.Name} leaves {left.Length} sequents, the certificate has other branches");
            }

            for (int b = 0; b < step.Branches.Length; b++)
            {
                Replay(left[b], step.Branches[b]);
            }

            if (!last)
            {
                current = left[^1];
            }
        }

        if (proof.IsEmpty)
        {
            throw new Rejection($"nothing proves {sequent.Goal}");
        }
    }

    private static (Statement Claim, int Start) Preamble(string text)
    {
        string[] lines = text.Split('\n', 4);
        if (lines.Length < 4 || lines[0].TrimEnd() != Header)
        {
            throw new Rejection($"the first line is not '{Header}'");
        }

        // What a terminal shows must be what was checked: no control characters, nothing that hides or turns text.
        if (CertificateText.Refuse(text) is { } why)
        {
            throw new Rejection(why);
        }

        if (!lines[1].StartsWith(StatementMark, StringComparison.Ordinal) || !lines[2].StartsWith("strategy ", StringComparison.Ordinal))
        {
            throw new Rejection("the statement or the strategy is missing");
        }

        return (Reader.Statement(lines[1][StatementMark.Length..].TrimEnd()), lines[0].Length + lines[1].Length + lines[2].Length + 3);
    }
}
