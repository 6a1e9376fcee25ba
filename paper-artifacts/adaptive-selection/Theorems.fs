/// Claims for all parameters, by their numbers in docs/math/07, composition, and false variants of them.
module Proofs.Papers.AdaptiveSelection.Theorems

open Proofs.FSharp

let symbolic =
    theorem "adaptive-claims" {
        title "Selection with oracle inequalities, and optimal budgets"
        source "adaptive-selection" "docs/math/07, composition"

        claims
            [ "A5",
              "forall n in [1, inf), beta in (0, 1], d in (0, inf) where 2*beta + d >= 1 : n^(1/(2*beta + d)) <= n"
              "A7", "forall a in (0, inf), b in (0, inf), e in (0, 1) : a^2/e + b^2/(1 - e) >= (a + b)^2"
              "S1", "forall t in (0, 1], th in [0, 1] : t*th*(1 + t*(1 - th)/2) <= t"
              "S2", "forall v in [0, inf) : 1 - exp(-v) >= v - v^2/2"
              "S3", "forall v in (0, inf) : v*exp(v) - exp(v) + 1 > 0"
              "S3 monotone", "forall u in (0, inf), v in (0, inf) where u < v : (exp(u) - 1)/u <= (exp(v) - 1)/v"
              "S4", "forall t in (0, 1] : t*(1 - t/2)^2 <= 8/27"
              "S4 attained", "2/3*(1 - 2/3/2)^2 = 8/27"
              "S5 exponential", "forall v in (0, 1] : 1 - exp(-v) >= v*(1 - v/2)"
              "S5 kappa",
              "forall lambda in (0, inf), t in (0, 1], tau in (0, inf), v in [0, inf) where tau >= lambda*(1 - t/2), v <= t : tau*(1 - v/2) >= lambda*(1 - t/2)^2"
              "S6 budget",
              "forall A in (0, inf), B in (0, inf), c in (0, inf), d in (0, inf), eps in (0, inf), S in (0, inf) where S = sqrt(A*c) + sqrt(B*d) : c*(eps*sqrt(A/c)/S) + d*(eps*sqrt(B/d)/S) = eps"
              "S6 dual", "forall mu in (0, inf), e in (0, inf), x in (0, inf) : e^2*mu/x + mu*x >= 2*mu*e"
              "S6 power",
              "forall A in (0, inf), p in (0, inf), eps in (0, inf), S in (0, inf) : A*(eps/S)^(-p) = A*eps^(-p)*S^p"
              "S6 stationary",
              "forall A in (0, inf), p in (0, inf), mu in (0, inf), c in (0, inf), e in (0, inf) where e^(p + 1) = A*p/(mu*c) : A*p*e^(-p - 1) = mu*c"
              "S7", "forall x in [0, inf), y in [0, inf) : x + y <= (sqrt(x) + sqrt(y))^2"
              "S7 powers", "forall x in (0, 1), q in (0, 1) : x^q + (1 - x)^q >= 1"
              "S8", "forall x in (0, inf), D in int [1, inf) : (x + 1)^D <= (1 + 1/x)^D*x^D"
              "S8 dyadic", "forall x in [1/2, inf) : max(1, pow2ceil(x)) <= 2*x"
              "S9", "forall u in real, v in real : (u + v)^2 + (u - v)^2 = 2*u^2 + 2*v^2"
              "S10 step", "forall k in int [1, inf) : (1 + 1/k)^k <= exp(1)" ]

        openClaims
            [ "S10 factorial",
              "forall k in int [1, inf) : factorial(k) >= (k/exp(1))^k",
              "induction with a power whose base moves; claim S10 step is the step"
              "S10",
              "forall A in int [1, inf), B in int [1, inf) where B <= A : binomial(A, B) <= (exp(1)*A/B)^B",
              "follows from S10 factorial, which is open" ]

        mutants
            [ "8", "forall N in int [2, inf) : (1 - 1/N)^N <= 1/8", "(1 - 1/N)^N is at least 1/4 and below 1/e"
              "10",
              "forall A in (0, inf), B in (0, inf) : A*(A + B)/A + B*(A + B)/B <= (sqrt(A) + sqrt(B))^2",
              "the split must go with the square root"
              "12",
              "forall A in (0, inf), B in (0, inf), e in (0, inf), f in (0, inf) where e + f = 1 : A + B >= A/e + B/f",
              "cross terms are missing"
              "13",
              "forall x in [1, inf), beta in (0, inf) : floor(x)^(-beta) <= x^(-beta)",
              "rounding down breaks the budget"
              "14",
              "forall x in [1/2, inf), D in int [1, inf) : max(1, pow2ceil(x))^D <= 2*x^D",
              "in D dimensions the factor is 2^D"
              "15",
              "forall A in (0, inf), mu in (0, inf), eps in (0, inf) : 2*sqrt(A*mu) + mu*eps <= A/eps",
              "the sign of mu eps" ]
    }
