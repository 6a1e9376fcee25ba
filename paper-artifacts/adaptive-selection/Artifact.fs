namespace Proofs.Papers.AdaptiveSelection

open Proofs.FSharp

/// Adaptive networks from data: selection and budget optimisation.
type Artifact =

    /// Its theorems.
    static member Paper =
        PaperArtifact.create
            "adaptive-selection"
            "Adaptive networks from data: selection and budget optimisation"
            [ Theorems.symbolic ]
            (fun () -> [])
            (fun () -> [])
