namespace Proofs.Papers.MotifMimicry

open Proofs.FSharp

/// Motif mimicry: convex fit, analytic transfer.
type Artifact =

    /// Its theorems, tables and figures.
    static member Paper =
        PaperArtifact.create
            "motif-mimicry"
            "Motif mimicry: convex fit, analytic transfer"
            [ Theorems.symbolic; Theorems.kernelTransfers; Theorems.laplaceTransfers; Theorems.exponentialBlock
              Theorems.exactTransfers; Theorems.trees ]
            (fun () -> [ Tables.fits (); Tables.transfers (); Tables.searches (); Tables.plans (); Tables.tubes ()
                         Tables.exactTransfers () ])
            (fun () -> [ Tables.sizes () ])
