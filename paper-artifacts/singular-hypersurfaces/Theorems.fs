/// Imaizumi and Fukumizu: deep networks approximate functions with jumps along smooth surfaces. Statement and proof
/// are in docs/math/01-singular-hypersurfaces.md; rates are the papers', construction and constants are ours.
module Proofs.Papers.SingularHypersurfaces.Theorems

open Proofs.Checks.Attacks
open Proofs.Kernel.Numbers
open Proofs.FSharp
open Proofs.Papers.SingularHypersurfaces.Instances

let private mutantsNamed names =
    Symbolic.mutants |> List.filter (fun (name, _, _) -> List.contains name names)

let hypersurface =
    theorem "hypersurface" {
        title "Functions with jumps along hypersurfaces"
        source "imaizumi2022" "approximation theorem; docs/math/01, sections 2 to 4"

        forAll "K" "int [1, inf)"
        forAll "J" "[1, inf)"
        forAll "M" "[1, inf)"
        forAll "kappa" "int [1, inf)"
        forAll "alpha" "(0, inf)"
        forAll "beta" "(0, inf)"
        forAll "D" "int [2, inf)"
        forAll "eps" "(0, 1]"
        forAll "eps_f" "[0, inf)"
        forAll "eps_h" "[0, inf)"
        forAll "delta" "(0, inf)"
        forAll "N" "int [1, inf)"
        forAll "r" "int [1, inf)"
        forAll "p" "int [1, inf)"

        instance halfSpaceParabola
        instance twoPieces
        instance band
        instance mixedDirections
        instance threeDimensionsLipschitz
        largeInstance threeDimensions

        claim "sup off the tube" "sup |Phi - f| <= kappa*eps_f where dist >= eps_h + delta/2"
        claim "L2 error" "L2 |Phi - f| <= kappa*eps_f + K*M*sqrt(J*(eps_h + delta/4))"
        claim "L2 accuracy" "kappa*eps_f + K*M*sqrt(J*(eps_h + delta/4)) <= eps"
        claim "L1 error" "L1 |Phi - f| <= kappa*eps_f + K*M*J*(eps_h + delta/4)"
        claim "tube" "volume {dist < eps_h + delta/2} <= K*J*(2*eps_h + delta)"
        claim "range" "sup |Phi| <= K*M"
        claim "depth" "L = max(L_h + 4, L_f + 2)"
        claim "size" "W = W_f + W_h + b + K*((G - L_f) + (G - L_h - 2) + 11) + K*J*(L_h + 3)"
        claim "size bound" "W <= W_f + W_h + K*(J*(L_h + 4) + abs(L_f - L_h - 2) + 12)"

        attack
            "random members"
            ("for random f in F(2, 2, 2, 1, K, J) with K <= 3, J <= 2, at exact points on, near and off the tube: "
             + "|Phi - f| <= kappa*eps_f off it, |Phi| <= K*M everywhere, L and W as stated")
            (fun request -> HypersurfaceSearch.Attack(2, 2N, 2N, 1N, 3, 2, BigRational.Half).Invoke request)

        claims Symbolic.approximation
        claims Symbolic.rates
        mutants (mutantsNamed [ "3"; "4"; "10" ])

        mutantOn
            (exactHalfSpace "half space, delta = 1/16" (BigRational.ratio 1 16) [])
            "1" "L2 |Phi - f| <= delta/4" "the square root is forgotten: the error is sqrt(delta/12)"
        mutantOn
            (exactHalfSpace "half space, delta = 1/16" (BigRational.ratio 1 16) [])
            "2" "L1 |Phi - f| <= delta/12" "that is the squared L2 error; in L1 it is delta/4"
        mutantOn halfSpaceParabola "5" "sup |Phi - f| <= eps" "no continuous function is near a jump"
        mutantOn
            averagedConjunction
            "6" "max (Phi - min(1 - x1, 1 - x2)) <= 0" "at w = (1, 0) it is 1/2 instead of 0"
        mutantOn unscaledGate "7" "sup |Phi - x1| <= 0" "at v = 2, r = 1 it is 1 instead of 2"
        mutantOn halfSpaceParabola "8" "L = max(L_h, L_f) + 2" "the ramp and the conjunction take two layers"
        mutantOn flatTube "9" "volume {dist < eps_h + delta/2} <= K*J*(eps_h + delta/2)" "the tube has two sides"
        mutantOn smallGate "15" "sup |Phi - f| <= 1/2" "f = 2 exceeds M = 1: the gate gives 1"
        mutantOn
            (exactHalfSpace "half space, delta = eps/2" (BigRational.ratio 1 128) [ "eps", "1/64" ])
            "17" "L2 |Phi - f| <= eps" "delta must be of the order eps^2"
        mutantOn overlapping "18" "sup |Phi - f| <= kappa*eps_f" "without disjoint pieces the errors add"
    }

let phaseDiagram =
    theorem "phase-diagram" {
        title "Where deep networks beat every linear estimator"
        source "imaizumi2022" "phase diagram; docs/math/01, section 7"
        forAll "alpha" "(0, inf)"
        forAll "beta" "(0, inf)"
        forAll "D" "int [2, inf)"
        claims Symbolic.phases
        mutants (mutantsNamed [ "11"; "12"; "13"; "14"; "16" ])
    }
