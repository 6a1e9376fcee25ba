namespace Proofs.Papers.DoubleDescent

open Proofs.FSharp

/// Asymptotic risk of overparameterized likelihood models (Nakada, Imaizumi, 2021).
type Artifact =

    /// Its theorems.
    static member Paper =
        PaperArtifact.create
            "double-descent"
            "Asymptotic risk of overparameterized likelihood models (Nakada, Imaizumi, 2021)"
            [ Theorems.symbolic ]
            (fun () -> [])
            (fun () -> [])
