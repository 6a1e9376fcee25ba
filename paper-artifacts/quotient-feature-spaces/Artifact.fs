namespace Proofs.Papers.QuotientFeatureSpaces

open Proofs.FSharp

/// Improved generalization bounds of group invariant / equivariant networks (Sannai, Imaizumi, Kawano, UAI 2021).
type Artifact =

    /// Its theorems, tables and figures.
    static member Paper =
        PaperArtifact.create
            "quotient-feature-spaces"
            ("Improved generalization bounds of group invariant / equivariant networks (Sannai, Imaizumi, Kawano, "
             + "UAI 2021)")
            [ Theorems.symbolic; Theorems.sorters; Theorems.approximation; Theorems.features
              Theorems.equivariance; Theorems.generalisation; Theorems.exponent ]
            (fun () -> [ Tables.sorters (); Tables.nodes (); Tables.errors (); Tables.covering ();
                         Tables.generalisation (); Curves.curves.Outcomes(); Curves.curves.Errors() ])
            (fun () -> [ Tables.domain2 (); Tables.domain3 (); Curves.curves.Figure() ])
        |> PaperArtifact.withStudies [ Curves.curves.Study ]
