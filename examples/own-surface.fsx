#load "proofs.fsx"
open Proofs.FSharp

let wave = Hypersurface.below 2 "1/2 + x1/8 - x1^3/12"
let f = Hypersurface.jumps 2 2N 2N 1N [ Hypersurface.piece "1/4 + x1*x2/4" [ wave ] ]

theorem "my-surface" {
    instance (Hypersurface.instance "wave" f (1N / 3N))
    claim "accuracy" "L2 |Phi - f| <= eps"
    claim "off the tube" "sup |Phi - f| <= kappa*eps_f where dist >= eps_h + delta/2"
}
|> Verify.run
|> exit
