/// What docs/math/00 claims for all parameters: the obligations O1 to O8 of its section 8 and steps of its blocks.
module Proofs.Papers.NetworkCalculus.Symbolic

open Proofs.FSharp

/// Blocks that are exact, and the error of the square (sections 2 to 4).
let blocks =
    [ "2.2 pair", "forall a in [0, inf), b in [0, inf) : max(a, 0) + max(b - a, 0) = max(a, b)"
      "3.3 AND of two, below the minimum", "forall a in [0, 1], b in [0, 1] : max(a + b - 1, 0) <= min(a, b)"
      "3.3 AND of two, error",
      ("forall a in [0, 1], b in [0, 1], p in int [0, 1], q in int [0, 1] : "
       + "abs(max(a + b - 1, 0) - p*q) <= abs(a - p) + abs(b - q)")
      "3.4 gate",
      "forall v in real, r in [0, 1], F in (0, inf) : max(v + F*r, 0) - max(v - F*r, 0) - F*r = max(-F*r, min(F*r, v))"
      "3.4 gate inside",
      ("forall f in real, v in real, r in [0, 1], F in (0, inf) where abs(f) <= F : "
       + "abs(f - max(-F*r, min(F*r, v))) <= abs(f - v) + F*(1 - r)")
      "3.4 gate outside", "forall v in real, r in [0, 1], F in (0, inf) : abs(max(-F*r, min(F*r, v))) <= F*r"
      "4.1 interpolation error", "forall a in real, t in real, h in (0, inf) : (t - a)*(a + h - t) <= h^2/4"
      "4.4 induction",
      "forall a in int [1, inf), b in int [1, inf), e in [0, inf) : e + (a - 1)*e + (b - 1)*e = (a + b - 1)*e" ]

/// The exponential (section 6).
let exponential =
    [ "6.1 interpolation error", "forall h in (0, inf), t in [0, inf) : t*(h - t)/2 <= h^2/8"
      "6.2 length of a piece", "forall n in (0, inf), s in (0, 1] where n*s >= 2 : 2/(n*s)*(1 + 1/(n*s)) <= 3/(n*s)"
      "6.3 lower, step", "forall u in [0, 1] : exp(-u)*(1 + u) <= 1"
      "6.3 upper, step", "forall a in [0, 1], b in [0, 1] : abs(a^2 - b^2) <= 2*abs(a - b)"
      "6.3 upper, induction", "forall k in int [0, inf), e in [0, inf) : 2*((2^k - 1)*e) + e = (2^(k + 1) - 1)*e" ]

/// The obligations of the Hölder approximator (section 8).
let obligations =
    [ "O1", "forall t in (0, inf), eps in (0, inf), beta in (0, inf) : t*((2*t/eps)^(1/beta))^(-beta) = eps/2"
      "O2", ("forall S in (0, inf), eps in (0, inf), r in int [1, inf), p in int [1, inf) where 4^(r*p) >= S/eps : "
             + "S*4^(-r*p - 1) <= eps/4")
      "O3", ("forall x in [1, inf), r in int [1, inf), beta in (0, inf), D in int [1, inf) where r >= beta/D : "
             + "x^(1/r) <= x^(D/beta)")
      "O4", "forall t in [1, inf), N in int [1, inf), D in int [1, inf) where N <= 2*t : (N + 1)^D <= 3^D*t^D"
      "O5", "forall r in int [1, inf), p in int [1, inf) : 10 + 8*2^p + 2*(r - 1)*(4^p + 2^(p + 1)) <= 7*r*4^p"
      "O6 two coordinates, degree 3", "forall a in real, b in real : a^3/6 + a^2*b/2 + a*b^2/2 + b^3/6 = (a + b)^3/6"
      "O7 grid part",
      ("forall D in int [1, inf), N in int [1, inf), P in int [1, inf), w in int [1, inf) where w <= 16*D - 11 : "
       + "2*D*(2*N + 1) + (N + 1)*(w + P) <= (N + 1)*(20*D + P)")
      "O7 product part",
      ("forall r in int [1, inf), p in int [1, inf), P in int [1, inf), x in [1, inf) where 4^p <= 4*x : "
       + "2*P*(7*r*4^p) <= 56*P*r*x")
      "O8", "forall n in int [1, inf), c in int [0, inf) where c <= n - 1 : 6*(n - 1) + 2*c <= 8*(n - 1)"
      "O8 powers of two", "forall k in int [1, inf) : 9*2^k/2 - 6 <= 8*(2^k - 1)"
      "5.3 spike weights", "forall D in int [2, inf), t in int [0, inf) where t <= 8*(D - 1) : 2*t + 5 <= 16*D - 11"
      "7.8 product", "forall r in int [1, inf) : 16*r + 10 <= 26*r" ]

let theorem =
    theorem "calculus-claims" {
        title "The obligations of the network calculus and of the Hölder approximator"
        source "docs/math/00" "sections 2 to 8"

        claims blocks
        claims exponential
        claims obligations

        openClaims
            [ "O6 two coordinates",
              "forall k in int [0, inf) : sum(i, 0, k, 1/(factorial(i)*factorial(k - i))) = 2^k/factorial(k)",
              "the binomial theorem; claim O6 two coordinates, degree 3 is a case" ]

        mutants
            [ "O5 with 6",
              "forall r in int [1, inf), p in int [1, inf) : 10 + 8*2^p + 2*(r - 1)*(4^p + 2^(p + 1)) <= 6*r*4^p",
              "one group of one bit costs 26 > 24" ]
    }
