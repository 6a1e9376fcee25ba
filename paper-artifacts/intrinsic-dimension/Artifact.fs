namespace Proofs.Papers.IntrinsicDimension

open Proofs.FSharp

/// Adaptive approximation and generalization with intrinsic dimensionality (Nakada, Imaizumi, JMLR 2020).
type Artifact =

    /// Its theorems and tables.
    static member Paper =
        PaperArtifact.create
            "intrinsic-dimension"
            "Adaptive approximation and generalization with intrinsic dimensionality (Nakada, Imaizumi, JMLR 2020)"
            [ Theorems.symbolic; Theorems.adaptive; Rates.theorem ]
            (fun () -> [ Tables.sizes (); Tables.exponents (); Rates.table (); Rates.comparison () ])
            (fun () -> [ Rates.figure () ])
