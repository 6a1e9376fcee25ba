namespace Proofs.Papers.MotifMimicry

open Proofs.FSharp

/// Motif mimicry: convex fit, analytic transfer.
type Artifact =

    /// Its theorems.
    static member Paper =
        PaperArtifact.create
            "motif-mimicry"
            "Motif mimicry: convex fit, analytic transfer"
            [ Theorems.symbolic ]
            (fun () -> [])
            (fun () -> [])
