namespace Proofs.Papers.LossSurface

open Proofs.FSharp

/// On generalization bounds for deep networks based on loss surface implicit regularization (Imaizumi, Schmidt-Hieber,
/// 2022).
type Artifact =

    /// Its theorems.
    static member Paper =
        PaperArtifact.create
            "loss-surface"
            ("On generalization bounds for deep networks based on loss surface implicit regularization (Imaizumi, "
             + "Schmidt-Hieber, 2022)")
            [ Theorems.symbolic ]
            (fun () -> [])
            (fun () -> [])
