namespace Proofs.Papers.NetworkCalculus

open Proofs.FSharp

/// The network calculus that every other construction is assembled from.
type Artifact =

    /// Its theorems; it has no tables of its own.
    static member Paper =
        PaperArtifact.create
            "network-calculus"
            "The network calculus and the Hölder approximator"
            [ Theorems.square; Theorems.product; Theorems.composition; Theorems.holder; Theorems.exponential;
              Symbolic.theorem ]
            (fun () -> [])
            (fun () -> [])
