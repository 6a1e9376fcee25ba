using System.Collections.Immutable;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>
/// Certificates of symbolic statements, replayed with exact arithmetic; knows nothing of how they were found.
/// </summary>
public static class SymbolicCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate symbolic 1";

    /// <summary>The numbers that stand outside formulas.</summary>
    internal static readonly NumberForm Numbers = new(0, 0);

    /// <summary>The certificate as text: one proof for each obligation of the claim, in order.</summary>
    public static string Write(Statement claim, string strategy, ImmutableArray<ImmutableArray<ProofStep>> proofs)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n');
        text.Append("statement ").Append(claim.Text).Append('\n');
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
    internal static void Prove(Sequent sequent, ImmutableArray<ProofStep> proof)
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
                throw new Rejection(
                    $"the step {step.Rule.Name} leaves {left.Length} sequents, the certificate has other branches");
            }

            for (int b = 0; b < step.Branches.Length; b++)
            {
                Prove(left[b], step.Branches[b]);
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

    /// <summary>A proof for each obligation of the statement on the second line.</summary>
    /// <remarks>
    /// Guarantee: passes only if the statement is true and all its terms are defined; refused as vacuous where signs
    /// and ranges show that no values satisfy its assumptions.</remarks>
    internal sealed class Replay : CertificateReplay
    {
        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            var claim = Reader.Statement(lines.Rest("statement"));
            Statement = claim.Text;
            _ = lines.Rest("strategy");
            var proofs = ProofText.Read(lines);
            var obligations = claim.Obligations(work);
            if (proofs.Length != obligations.Length)
            {
                throw new Rejection(
                    $"the statement needs {obligations.Length} proofs, the certificate has {proofs.Length}");
            }

            for (int i = 0; i < proofs.Length; i++)
            {
                SymbolicCertificate.Prove(obligations[i], proofs[i]);
            }

            if (claim.Assumptions(work).Context.IsContradictory)
            {
                throw new Rejection(
                    "vacuous: the ranges and hypotheses contradict each other, so the statement speaks of nothing")
                {
                    IsVacuous = true,
                };
            }
        }
    }
}
