namespace Proofs.Papers.QuotientFeatureSpaces

open Proofs.FSharp

/// Improved generalization bounds of group invariant / equivariant networks (Sannai, Imaizumi, Kawano, UAI 2021).
type Artifact =

    /// Its theorems.
    static member Paper =
        PaperArtifact.create
            "quotient-feature-spaces"
            "Improved generalization bounds of group invariant / equivariant networks (Sannai, Imaizumi, Kawano, UAI 2021)"
            [ Theorems.symbolic ]
            (fun () -> [])
            (fun () -> [])
