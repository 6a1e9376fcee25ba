namespace Proofs.Papers.SingularHypersurfaces

open Proofs.FSharp

/// Imaizumi and Fukumizu on functions with singularities on hypersurfaces.
type Artifact =

    /// Its theorems, tables and figure.
    static member Paper =
        PaperArtifact.create
            "singular-hypersurfaces"
            ("Advantage of deep networks for functions with singularities on hypersurfaces (Imaizumi, Fukumizu, "
             + "JMLR 2022)")
            [ Theorems.hypersurface; Theorems.phaseDiagram ]
            (fun () -> [ Tables.instances (); Tables.phases (); Tables.rampErrors ()
                         Curves.curves.Outcomes(); Curves.curves.Errors() ])
            (fun () -> [ Tables.phaseFigure (); Curves.curves.Figure() ])
        |> PaperArtifact.withStudies [ Curves.curves.Study ]
