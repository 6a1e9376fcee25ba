/// Claims for all parameters, by their numbers in docs/math/02, sections 4 and 5, and false variants of them.
module Proofs.Papers.IntrinsicDimension.Theorems

open Proofs.FSharp
open Proofs.Papers.IntrinsicDimension.Instances

let symbolic =
    theorem "intrinsic-claims" {
        title "Rates that see the intrinsic dimension"
        source "nakada2020" "docs/math/02, sections 4 and 5"

        claims
            [ "G1 empty cell", "forall p in [0, 1), n in [0, inf) : (1 - p)^n <= exp(-n*p)"
              // x e^-x <= e^-1 with x = 1 + y
              "G1 mass", "forall y in real : 1 + y <= exp(y)"
              "G1 rate",
              ("forall n in [1, inf), beta in (0, inf), d in (0, inf), m in (0, inf) where m >= n^(1/(2*beta + d)) : "
               + "m^(-2*beta) <= n^(-2*beta/(2*beta + d))")
              "G1 variance",
              ("forall n in [1, inf), beta in (0, inf), d in (0, inf), m in (0, inf) where m <= 2*n^(1/(2*beta + d)) : "
               + "m^d/n <= 2^d*n^(-2*beta/(2*beta + d))")
              "S1",
              ("forall eps in (0, inf), theta in [0, 1], eta in [0, inf) where eta <= theta*eps : "
               + "(1 - theta)*eps + eta <= eps")
              "S2 rough, Bernoulli", "forall beta in (0, 1], t in [0, 1/2] : (1 + 2*t)^beta <= 1 + 2*beta*t"
              "S2 rough", "forall beta in (0, 1], t in [0, 1/2] : (1/2 + t)^beta - 2^(-beta) <= t"
              "S2 slope", "forall beta in (0, 1] : beta*2^(1 - beta) <= 1"
              "S2 smooth", "forall beta in [1, inf), t in [0, 1/2] : (1/2 + t)^beta - 2^(-beta) <= 2*t"
              "S3",
              ("forall t in [1/2, inf), M in [0, inf), K in [0, inf), eta in [0, inf), c in [0, inf), r in [0, inf) : "
               + "M + K + eta + 2*c*r*t <= t*(2*(M + K + eta) + 2*c*r)")
              "S4 error",
              ("forall X in [2, inf), c in (0, inf), beta in (0, inf), n in int [1, inf) where n >= X/2 : "
               + "c*(1/(2*n))^beta <= c*X^(-beta)")
              "S4 grid", "forall X in [2, inf) : ceil(X/2) <= X"
              "S4 cells",
              ("forall X in (0, inf), n in (0, inf), b in int [2, inf), d in (0, inf) where n <= b*X/2 : "
               + "n^d <= (b/2)^d*X^d")
              "B exponent",
              ("forall c in (0, inf), theta in [0, 1), eps in (0, inf), beta in (0, inf), d in (0, inf) : "
               + "((c/((1 - theta)*eps))^(1/beta))^d = (c/(1 - theta))^(d/beta)*eps^(-d/beta)")
              "B halving, whatever D",
              ("forall D in int [1, inf), A in (0, inf), eps in (0, inf), beta in (0, inf), d in (0, inf) : "
               + "(6*D + 2)*A*(eps/2)^(-d/beta) = 2^(d/beta)*((6*D + 2)*A*eps^(-d/beta))")
              "classes", "forall D in int [0, inf) : 2*2^D <= 3^D + 1"
              "Lemma 2",
              ("forall delta in (0, inf), rho in (0, 1), r in (0, 1], d in (0, inf), N in [0, "
               + "inf) where N*(r*rho/delta)^d <= 1 : N <= (delta/rho)^d*r^(-d)")
              "Lemma 3",
              "forall l in [0, inf), r in (0, 1], d in int [1, inf) : (l/r + 1)^d <= (l + 1)^d*r^(-d)"
              "unions",
              ("forall C1 in (0, inf), C2 in (0, inf), d1 in (0, inf), d2 in (0, inf), r in (0, 1] : "
               + "C1*r^(-d1) + C2*r^(-d2) <= (C1 + C2)*r^(-max(d1, d2))")
              "images",
              "forall l in (0, inf), C in (0, inf), d in (0, inf), r in (0, 1] : C*(r/l)^(-d) = C*l^d*r^(-d)"
              "S5", "forall j in int [1, inf) : 3*2^(j - 1) + (6*2^(j - 1) - 6) + 3 = 9/2*2^j - 3"
              "S5 sum", "forall k in int [0, inf) : sum(l, 0, k, 6*2^l) = 6*2^(k + 1) - 6"
              "S5 paper", "forall j in int [1, inf) : 4*2^j + 32*(2^(j - 1) - 1) + 5 = 20*2^j - 27"
              "S6",
              "forall a in int [1, inf), b in int [1, inf), e in [0, inf) : (a - 1)*e + (b - 1)*e + e = (a + b - 1)*e"
              "S7", "forall q in int [0, inf), s in (0, 1] : prod(j, 1, q, s + j) >= factorial(q)"
              "S8 balance",
              "forall beta in (0, inf), d in (0, inf) : 2*(beta/(2*beta + d)) = 1 - (beta/(2*beta + d))*d/beta"
              "S8 order", "forall d in (0, inf), D in (0, inf), beta in (0, inf) where d < D : d/beta < D/beta"
              "S9",
              ("forall beta in (0, inf), d in (0, inf), D in (0, inf) where d < D : "
               + ("2*beta/(2*beta + d) - 2*beta/(2*beta + D) = 2*beta*(D - d)/((2*beta + d)*(2*beta + D)) and "
                  + "2*beta/(2*beta + d) - 2*beta/(2*beta + D) > 0"))
              "S10",
              "forall beta in (0, inf), d in (0, inf) : 2*min(beta, 1)/(2*min(beta, 1) + d) <= 2*beta/(2*beta + d)"
              "S10 strict", "forall beta in (1, inf), d in (0, inf) : 2/(2 + d) < 2*beta/(2*beta + d)"
              "S11",
              ("forall r in [1, inf), beta in (0, inf), d in (0, inf), c0 in (0, inf), eps in (0, "
               + "inf) where r >= beta/d, c0 >= eps : (c0/eps)^(1/r) <= (c0/eps)^(d/beta)")
              // m = b^(k - 1)
              "cover general n",
              ("forall b in int [2, inf), m in (0, inf), n in int [1, inf), d in (0, inf) where m < n : "
               + "(b*m)^d <= b^d*n^d")
              "fibonacci", "2^(-log2((1 + sqrt(5))/2)) + 4^(-log2((1 + sqrt(5))/2)) = 1" ]

        mutants
            [ "F2",
              "forall M in (0, inf), K in (0, inf), t in [1/2, inf) where K >= M : M + K <= t*(M + K)/2",
              "the gate needs S >= 2(M + K)"
              "F12",
              "forall d in (0, inf), beta in (0, inf), eps in (0, 1] : eps^(-d/beta) <= 2*eps^(-d/(2*beta))",
              "the exponent is d/beta"
              "F13",
              ("forall d1 in (0, inf), d2 in (0, inf), C1 in (0, inf), C2 in (0, inf), r in (0, 1] : "
               + "C1*r^(-d1) + C2*r^(-d2) <= (C1 + C2)*r^(-min(d1, d2))"),
              "the larger dimension counts"
              "F14",
              "forall beta in (0, inf), d in (0, inf) : 2*min(beta, 1)/(2*min(beta, 1) + d) >= 2*beta/(2*beta + d)",
              "averages saturate at smoothness 1"
              "F15",
              ("forall beta in (0, inf), d in (0, inf), D in (0, inf) where d < D : "
               + "2*beta/(2*beta + d) <= 2*beta/(2*beta + D)"),
              "a larger dimension gives a slower rate"
              "F16", "forall u in (0, 1] : u^2 <= u^2/2", "c_T needs D^q"
              "F18", "forall k in int [3, inf) : (k - 1)/(k - 2) = 1", "the mean of m_k is d (k - 1)/(k - 2)" ]
    }

let adaptive =
    theorem "intrinsic" {
        title "Networks whose size counts the cells of a set"
        source "nakada2020" "adaptive approximation; docs/math/02, section 3"

        forAll "beta" "(0, inf)"
        forAll "c_T" "[0, inf)"
        forAll "n" "int [1, inf)"
        forAll "eps" "(0, inf)"
        forAll "eps_round" "[0, inf)"
        forAll "eps_mono" "[0, inf)"

        instance gasketProduct
        instance cantorLipschitz
        instance gasketCubic
        instance gasketFlat
        instance ownUnion
        largeInstance simplexPairs
        largeInstance kochProduct
        largeInstance gasketRoot
        largeInstance mengerPairs
        largeInstance carpetFine
        largeInstance gasketFine
        largeInstance tetrahedronFine
        largeInstance cantorFine

        claim "error on the cells" "sup |Phi - f| <= eps"
        claim "accuracy" "c_T*(1/(2*n))^beta + eps_round + eps_mono <= eps"
        claim "gate" "K >= M and S >= 2*(M + K + eps_round + eps_mono) + if(q >= 1, 2*c_T/n, 0)"
        claim "classes" "C <= (3^D + 1)/2"
        claim "depth" "L = Q*(r + 2) + if(C <= 1, 3, 4 + log2(pow2ceil(C)))"
        claim "size" "W = W_mono + 2*F + (nco - 1) + faces + entries + N + T"
        claim "size bound" "W <= W_mono + (6*D + nco + 1)*N + (nco - 1) + if(C <= 1, 1, 9/2*pow2ceil(C) - 3)"
        claim "magnitude" "B <= max(n, S, 1, K + M*A + 2^(-bits), if(r >= 2, 2^(p + 1), 1))"

        mutantOn withoutClasses "F1" "sup |Phi - f| <= 1/100" "on a shared face two gates are on: 3 instead of 1"
        mutantOn flatGates "F2" "sup |Phi - f| <= 1/100" "at x = 1/2 the gates of cells 0 and 2 give 3/2 each"
        mutantOn withoutOffset "F3" "sup |Phi - f| <= 1/100" "f = -1: without an offset every gate is 0"
        mutantOn gasketLipschitz "F4" "sup |Phi - f| <= c_T*(1/(2*n))^beta/2" "the error of a plateau is attained"
        mutantOn gasketLipschitz "F5" "sup |Phi - f| <= c_T*n^(-beta - 1)" "one power of n too many"
        mutantOn gasketLipschitz "F6" "L = 3 + log2(pow2ceil(C))" "the sums of the classes take a layer"
        mutantOn cantorCounts "F7" "N <= n^(log(2)/log(3))" "A_E = 1 holds on the natural grids only"
        mutantOn cantorCounts "F8" "N_closed = 2^k" "closed cells of the gaps touch the set"
        mutantOn twoScaleCount "F9" "N <= (1/r)^d" "the smallest ratio is forgotten"
        mutantOn cellsOfASample "F10" "sup |Phi - f| <= 1/2" "between the points of the sample the network is -K"
        mutantOn threeSquares "F11" "sup |Phi - x1*x2| <= 4^(-m - 1)" "at a = 0, b = 2^(-m) the error is twice that"
        mutantOn leastDistance "F17" "sup |Phi - f| <= 1/100"
            "level with a cell in one coordinate its gate never closes"
        mutantOn carpetEverywhere "F19" "sup |Phi - f| <= eps" "in the hole of the carpet the network is -K"
    }

let paperVariant =
    theorem "intrinsic-paper" {
        title "The construction of the paper, with constants"
        source "nakada2020" "adaptive approximation; docs/math/02, 3.8"

        forAll "beta" "(0, inf)"
        forAll "c_T" "[0, inf)"
        forAll "n" "int [2, inf)"
        forAll "eps" "(0, inf)"
        forAll "eps_round" "[0, inf)"
        forAll "eps_mono" "[0, inf)"

        instance paperProduct
        largeInstance paperCubic
        largeInstance paperOwnLipschitz

        claim "error on the cells" "sup |Phi - f| <= eps"
        claim "accuracy" "c_T*(1/(2*n))^beta + eps_round + eps_mono <= eps"
        claim "gate" "K >= M and Kg >= K + M*A + eps_round + eps_mono and Kg >= 2*c_T"
        claim "classes" "C <= 5^D"
        claim "depth" "L = Q*(r + 2) + if(C <= 1, 4, 5 + log2(pow2ceil(C)))"
        claim "size" "W = W_mono + trapezoids + if(D >= 2, 4*D + 1, 4)*N + 2*(nco - 1) + entries + 2*N + T"
        claim "size bound" "W <= W_mono + (12*D + nco + 3)*N + 2*(nco - 1) + if(C <= 1, 1, 20*pow2ceil(C) - 27)"

        claim "growth across a cell" "forall beta in (0, inf), r in (0, 1/2] : (3/2*r)^beta <= 1"

        mutantOn paperProduct "half the error" "sup |Phi - f| <= c_T*(1/(2*n))^beta/2"
            "the error of a plateau is attained"
        mutantOn paperProduct "no layer for bumps" "L = 4 + log2(pow2ceil(C))" "trapezoids and bumps are two layers"
    }
