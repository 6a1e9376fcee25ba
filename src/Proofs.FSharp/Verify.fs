namespace Proofs.FSharp

open Proofs.Checks

/// Checks of theorems from scripts and tests.
[<RequireQualifiedAccess>]
module Verify =

    /// The report on a theorem, in the quick profile with seed 1.
    let report (theorem: Theorem) = Verifier(VerificationOptions()).Verify theorem

    /// Prints the verdict table and its last line; 0 where all is as it should be, 1 where something is false, 2 where something is open.
    let run (theorem: Theorem) =
        let report = report theorem
        System.Console.Out.Write(TableText.Console(VerdictTable.Of(report, true)))
        System.Console.Out.WriteLine(VerdictTable.Summary [ report ])

        if report.Rows |> Seq.exists _.IsWrong then 1
        elif report.Rows |> Seq.forall _.IsAsExpected then 0
        else 2
