/// The theorems of the network calculus (docs/math/00-network-calculus.md), each with its false variants (section 9).
module Proofs.Papers.NetworkCalculus.Theorems

open Proofs.Constructions.Holder
open Proofs.Kernel.Numbers
open Proofs.FSharp
open Proofs.Papers.NetworkCalculus.Instances

let private calculus = "docs/math/00"

let square =
    theorem "square" {
        title "x^2 on [0, 1] by sawtooth refinement"
        source calculus "4.1"
        forAll "r" "int [1, inf)"
        forAll "p" "int [1, inf)"
        instance (square 3 1)
        instance (square 2 2)
        instance (square 1 4)
        claim "error" "max (Phi - x^2) <= 4^(-r*p - 1)"
        claim "above" "min (Phi - x^2) >= 0"
        claim "depth" "L = r + 1"
        claim "size" "W = 3*2^p - 1 + (r - 1)*(4^p + 2^(p + 1))"
        claim "magnitude" "B = if(r >= 2, 2^(p + 1), 1)"
        mutantOn (square 3 1) "1" "max (Phi - x^2) <= 2^(-2*r*p - 3)" "at x = 2^(-m-1) the error is exactly 2^(-2m-2)"
        mutantOn (square 3 1) "2" "max (Phi - x^2) <= 0" "the interpolant of a convex function lies above it"
    }

let product =
    theorem "product" {
        title "x1 x2 on [-1, 1]^2 from two squares"
        source calculus "4.3"
        forAll "r" "int [1, inf)"
        forAll "p" "int [1, inf)"
        instance (product 2 1)
        instance (product 1 3)
        claim "error" "sup |Phi - x1*x2| <= (1 + 1/1000)*4^(-r*p - 1)"
        claim "depth" "L = r + 2"
        claim "size" "W = 6 + 8*2^p + 2*(r - 1)*(4^p + 2^(p + 1))"
        mutantOn (threeSquares 1) "3" "sup |Phi - x1*x2| <= 4^(-m - 1)"
            "three squares at one scale err by 1/4 for K = m = 1"
        mutantOn (polarisation 1) "4" "sup |Phi| <= 0" "at x = 0, y = 1/2 the output is 1/8"
        mutantOn (product 1 1) "5" "sup |Phi - x1*x2| <= 0" "n = 2: at (3/4, 1/4) the error is -1/16"
    }

let composition =
    theorem "composition" {
        title "Sizes of composed networks"
        source calculus "1.3 and 5.3"
        instance absoluteProduct
        claim "size" "W = W1 + W2 + 6 + 2"
        mutantOn identities "6" "L = L1 + L2 - 1" "the sparse rule has depth L1 + L2"
        mutantOn absoluteProduct "7" "W = W1 + W2" "the layers at the junction are doubled"
        mutantOn interpolant "8" "W = 2*(2*N + 1) + N*3 + N" "the grid has N + 1 nodes a side"
        mutantOn kinkInterpolant "9" "sup |Phi - f| <= M/(2*N)" "at (1/2, 1/4) the error is 9/16"
    }

let holder =
    theorem "holder" {
        title "Smooth functions at constant depth, without a logarithm"
        source calculus "7.7"
        forAll "eps" "(0, inf)"
        forAll "N" "int [1, inf)"
        forAll "beta" "(0, inf)"
        instance (holder "D=1, beta=2" 2N 1 "1/4 - x/2 + x^2/2" (BigRational.ratio 1 4))
        instance (holder "D=1, beta=3" 3N 1 "x/8 - x^2/8 + x^3/8" (BigRational.ratio 1 16))
        instance (holder "D=2, beta=1" 1N 2 "1/8 + x1/4 + x1*x2/4" (BigRational.ratio 1 2))
        instance (holder "D=2, beta=2" 2N 2 "x1^2/4 - x1*x2/4 + x2^2/8" (BigRational.ratio 1 4))
        claim "error" "sup |Phi - f| <= eps"
        mutantOn
            (sizes "W for eps = 2/1025" 1N 2 (fun space -> HolderChoice.ConstantDepth(space, BigRational.ratio 2 1025))
                [ "mutated", "(20*D + 1)*(2*t0)^(D/beta)*eps^(-D/beta)" ])
            "10" "size <= mutated" "the factor 3^D is needed: N rounds up to 2048"
        mutantOn
            (sizes "r = 1 at beta = 4" 4N 1 (fun _ -> HolderChoice(16I, 1, 12, System.Nullable()))
                [ "c1", "3^D*(20*D + P)*(2*t0)^(D/beta) + 56*P*4*S^(D/beta) + (2*P*Q*6 + D*(T + 3) + 7)*eps0^(D/beta)"
                  "eps", "2^(-20)" ])
            "11" "size <= c1*eps^(-D/beta)" "a product costs (S/eps)^(1/2), too much for beta > 2D"
        mutantOn
            (sizes "deep, eps = 2^-16" 2N 1 (fun space -> HolderChoice.Deep(space, BigRational.PowerOfTwo -16))
                [ "depthAt4", "7" ])
            "12" "depth = depthAt4" "the deep variant grows with log(1/eps); at eps = 2^-4 its depth is 7"
        mutantOn
            (holder "D=1, beta=3" 3N 1 "x/8 - x^2/8 + x^3/8" (BigRational.ratio 1 16))
            "13"
            ("W = 2*D*(2*N + 1) + D*(T + 3) + (N + 1)^D*(spike + P)"
             + " + (4 + 7*2^p + 2*(r - 1)*(4^p + 2^(p + 1))) + (r + 2)*(P + D)"
             + " + (P - 1)*(10 + 8*2^p + 2*(r - 1)*(4^p + 2^(p + 1))) + r + 3 - zeros")
            "x * x is a square block: both inputs of a product are the same channel"
        mutantOn unshiftedCoefficient "14" "sup |Phi - (-1/2)| <= 1/4" "a negative coefficient in a unit is cut to 0"
    }

let exponential =
    theorem "exponential" {
        title "exp(-t) by interpolation and by squaring"
        source calculus "6.1 and 6.3"
        instance (uniform 4 16)
        instance (uniform 8 64)
        claim "error" "sup |Phi - exp(-x)| <= (1 + 1/100)*(T/n)^2/8"
        mutantOn (squaring 3 6) "15" "min (Phi - exp(-x)) >= 0" "at t = 2^k the network is 0"
        mutantOn (ramp (BigRational.ratio 1 8)) "16" "L1 |Phi - if(x >= 0, 1, 0)| <= delta/12"
            "that is the squared L2 error; in L1 it is delta/4"
    }
