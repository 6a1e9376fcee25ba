namespace Proofs.FSharp

open Proofs.Checks.Papers
open Proofs.Checks.Reports
open Proofs.Checks.Theorems
open Proofs.Checks.Verification

/// Checks of theorems from scripts and tests.
[<RequireQualifiedAccess>]
module Verify =

    /// The report on a theorem, in the quick profile with seed 1.
    let report (theorem: Theorem) = Verifier(VerificationOptions()).Verify theorem

    /// The report on a theorem, in the profile and with the seed of the options.
    let reportWith (options: VerificationOptions) (theorem: Theorem) = Verifier(options).Verify theorem

    let private show (reports: TheoremReport seq) =
        let shown =
            [ for report in reports do
                  System.Console.Out.Write(Explanation.Body report)
                  System.Console.Out.Write '\n'
                  report ]

        System.Console.Out.Write(VerdictTable.Summary shown + "\n")
        ExitStatus.Of shown

    /// Prints the verdict table, an explanation of every row that is not as it should be, and the last line. Gives 0
    /// where all is as it should be, 1 where something is false, 2 where something is open, vacuous or never checked,
    /// 64 where something cannot be checked as it is stated.
    let run (theorem: Theorem) = show [ report theorem ]

    /// The same in the profile and with the seed of the options.
    let runWith (options: VerificationOptions) (theorem: Theorem) = show [ reportWith options theorem ]

    /// The same for every theorem of a paper.
    let paper (artifact: PaperArtifact) =
        Verifier(VerificationOptions()).VerifyPaper(artifact, artifact.Theorems) |> show
