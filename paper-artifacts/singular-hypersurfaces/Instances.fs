/// Functions with jumps along surfaces, and the networks of the theorem for them. Sections are those of
/// docs/math/01-singular-hypersurfaces.md.
module Proofs.Papers.SingularHypersurfaces.Instances

open Proofs.Checks.Theorems
open Proofs.Constructions.Calculus
open Proofs.Constructions.Domains
open Proofs.Constructions.Networks
open Proofs.Kernel.Numbers
open Proofs.FSharp

let private below, above, piece, jumps = Hypersurface.below, Hypersurface.above, Hypersurface.piece, Hypersurface.jumps
let private one = BigRational.One
let private two = BigRational(bigint 2)

/// One smooth piece below a parabola.
let halfSpaceParabola =
    Hypersurface.instance
        "half-space-parabola"
        (jumps 2 two two one [ piece "1/2 + x1^2/4 + x1*x2/8" [ below 2 "1/2 + x1/4 - x1^2/4" ] ])
        (BigRational.ratio 1 4)

/// Different smooth functions on the two sides of one surface.
let twoPieces =
    let h = "1/4 + x1^2/2"

    Hypersurface.instance
        "two-pieces"
        (jumps 2 two two one [ piece "1/2 + x1*x2/4" [ below 2 h ]; piece "-1/2 + x1^2/4" [ above 2 h ] ])
        (BigRational.ratio 1 2)

/// A band between two surfaces (J = 2), with a piece that is only Lipschitz.
let band =
    Hypersurface.instance
        "band-J2"
        (jumps 2 two one one [ piece "3/4 - x1/4" [ below 2 "3/4 - x1^2/4"; above 2 "1/4 + x1^2/8" ] ])
        (BigRational.ratio 1 4)

/// Two surfaces over different coordinates.
let mixedDirections =
    Hypersurface.instance
        "mixed-directions-J2"
        (jumps 2 two two one [ piece "1/2 - x1*x2/4" [ below 2 "3/4 - x1/4"; above 1 "1/4 + x2^2/4" ] ])
        (BigRational.ratio 1 2)

/// A tilted surface in three dimensions, with Lipschitz pieces.
let threeDimensionsLipschitz =
    Hypersurface.instance
        "d3-half-space"
        (jumps 3 one one one [ piece "1/2 + x1/8 - x2/8" [ below 3 "1/2 + x1/4 - x2/8" ] ])
        one

/// A curved surface in three dimensions, with different smooth functions on its sides.
let threeDimensions =
    let h = "1/4 + x1/8 + x1*x2/8"

    Hypersurface.instance
        "d3-two-pieces"
        (jumps 3 two two one [ piece "1/2 + x1/4" [ below 3 h ]; piece "-1/2" [ above 3 h ] ])
        one

// What follows serves the false variants.

let private flat = "1/2"

/// f = 1{x_2 <= 1/2} and the single gate of width delta, with exact pieces: eps_f = eps_h = 0.
let exactHalfSpace name (delta: BigRational) (definitions: (string * string) list) =
    Instance.delay name (fun () ->
        let net = NetworkBuilder 2
        let ramp = Ramp.Append(net, (0N * net.Inputs[0]) + BigRational.Half - net.Inputs[1], delta, RampKind.Centred)

        let start =
            Instance.network name (cube 2 0N 1N) (net.BuildScalar ramp)
            |> Instance.define "f" $"if(x2 <= {flat}, 1, 0)"
            |> Instance.define "dist" $"abs(x2 - {flat})"
            |> Instance.set "delta" delta

        (start, definitions) ||> List.fold (fun i (n, formula) -> Instance.define n formula i))

/// The conjunction rho(1 - (w1 + w2)/J) that divides by J.
let averagedConjunction =
    Instance.delay "averaged conjunction" (fun () ->
        let net = NetworkBuilder 2
        let sum = BigRational.Half * (net.Inputs[0] + net.Inputs[1])
        Instance.network "averaged conjunction" (cube 2 0N 1N) (net.BuildScalar(net.Rho(BigRational.One - sum))))

/// clip(v, -r, r) where M = 2 asks for clip(v, -2r, 2r).
let unscaledGate =
    Instance.delay "gate without scale" (fun () ->
        Instance.network "gate without scale" (box "[-2,2]x[1,1]") (Gate.Build(BigRational.One).Network))

/// A tube around two flat surfaces that do not meet.
let flatTube =
    Instance.delay "tube around x2 = 1/2" (fun () ->
        Instance.formula "tube around x2 = 1/2" (cube 2 0N 1N)
        |> Instance.define "dist" "min(abs(x2 - 1/2))"
        |> Instance.set "K" 1N
        |> Instance.set "J" 1N
        |> Instance.define "eps_h" "1/32"
        |> Instance.define "delta" "1/16")

/// The constant 2 through a gate that is built for M = 1.
let smallGate =
    Instance.delay "gate for M = 1" (fun () ->
        Instance.network "gate for M = 1" (box "[2,2]x[1,1]") (Gate.Build(BigRational.One).Network)
        |> Instance.define "f" "x1")

/// Two pieces on the whole cube, each with a network that errs by eps_f: the errors add.
let overlapping =
    Instance.delay "R1 = R2" (fun () ->
        let net = NetworkBuilder 2
        let value = (0N * net.Inputs[0]) + BigRational.One + BigRational.ratio 1 16
        let gate () =
            let carried = net.Rho(value + BigRational(bigint 2))
            Gate.Append(net, carried, net.Rho((0N * net.Inputs[1]) + BigRational.One), BigRational(bigint 2))

        Instance.network "R1 = R2" (cube 2 0N 1N) (net.BuildScalar(gate () + gate ()))
        |> Instance.define "f" "2"
        |> Instance.define "eps_f" "1/16"
        |> Instance.set "kappa" 1N)
