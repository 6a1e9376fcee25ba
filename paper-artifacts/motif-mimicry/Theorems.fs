/// Claims for all parameters, by their numbers in docs/math/04, section 6, and false variants of them.
module Proofs.Papers.MotifMimicry.Theorems

open Proofs.FSharp

let symbolic =
    theorem "motif-claims" {
        title "Convex fits and their analytic transfer"
        source "motif-mimicry" "docs/math/04, section 6"

        claims
            [ "M1 terms",
              "forall lo in (-inf, 0], hi in [0, inf), a in real, xi in [0, inf), e in real where lo <= a, a <= hi, e <= xi : (hi - a)*(xi - e) >= 0 and (a - lo)*(xi - e) >= 0"
              "S3 constant", "2*log(2)^2 < 1"
              "S3 slope", "forall x in [1, inf) : log(1 + 1/x) - 1/x <= 0"
              "S3 value", "forall x in [1, inf) : (x + 1)*log(1 + 1/x) <= 2*log(2)"
              "S7", "forall a in [0, 1], b in [0, 1] where a + b <= 1 : max(a, b) <= 1"
              "S8", "forall k in (0, inf), lam in (0, inf) : k/(k + lam)^2 <= 1/(4*lam)"
              "T1",
              "forall A in (0, inf), a1 in [0, inf), a2 in [0, inf), e in [0, inf) where a1 + a2 <= A : a1*e + a2*e <= A*e"
              "plan leaf N",
              "forall A in (0, inf), tau in (0, inf), N in (0, inf) where N >= sqrt(A/tau) : A/2*N^(-2) <= tau/2"
              "plan leaf m",
              "forall g in (0, inf), D in int [1, inf), A in (0, inf), tau in (0, inf), m in (0, inf) where m >= log2(g*D*A/tau)/2 - 1 : A/2*g*D*4^(-m - 1) <= tau/2"
              "tangent exp", "forall t in [0, inf), s in [0, inf) : exp(-t) >= exp(-s)*(1 + s - t)" ]

        openClaims
            [ "plan",
              "forall A in (0, inf), tau in (0, inf), N in (0, inf), g in (0, inf), D in int [1, inf), m in (0, inf) where N >= sqrt(A/tau), m >= log2(g*D*A/tau)/2 - 1 : A/2*(N^(-2) + g*D*4^(-m - 1)) <= tau",
              "two estimates of powers in one goal; they are claims plan leaf N and plan leaf m" ]

        mutant "ridge" "forall k in (0, inf), lam in (0, inf) : k/(k + lam)^2 <= 1/(8*lam)" "at k = lam it is 1/(4 lam)"
    }
