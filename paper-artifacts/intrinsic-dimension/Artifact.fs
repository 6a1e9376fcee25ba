namespace Proofs.Papers.IntrinsicDimension

open Proofs.FSharp

/// Adaptive approximation and generalization with intrinsic dimensionality (Nakada, Imaizumi, JMLR 2020).
type Artifact =

    /// Its theorems, tables and figures.
    static member Paper =
        PaperArtifact.create
            "intrinsic-dimension"
            "Adaptive approximation and generalization with intrinsic dimensionality (Nakada, Imaizumi, JMLR 2020)"
            [ Theorems.symbolic; Theorems.adaptive; Theorems.paperVariant; Rates.theorem ]
            (fun () ->
                [ Tables.sizes ()
                  Tables.exponents ()
                  Tables.variants ()
                  Tables.manyCoordinates ()
                  Rates.table ()
                  Rates.comparison ()
                  Curves.curves.Outcomes()
                  Curves.curves.Errors() ])
            (fun () -> [ Tables.cells (); Rates.figure (); Curves.curves.Figure() ])
        |> PaperArtifact.withStudies [ Curves.curves.Study ]
