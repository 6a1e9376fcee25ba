/// Claims for all parameters, named for the statements of docs/math/07 (S1 to S11 stand at the end of its section 6),
/// and false variants of them.
module Proofs.Papers.AdaptiveSelection.Theorems

open Proofs.FSharp
open Proofs.Papers.AdaptiveSelection.Mutants

/// Selection (sections 1 to 4). Here V = sigma^2 and F stands for the square of the bound.
let selection =
    [ "S1", "forall t in (0, 1], th in [0, 1] : t*th*(1 + t*(1 - th)/2) <= t"
      "S2", "forall v in [0, inf) : 1 - exp(-v) >= v - v^2/2"
      "S3 derivative positive", "forall v in (0, inf) : v*exp(v) - exp(v) + 1 > 0"
      "S3", "forall u in (0, inf), v in (0, inf) where u < v : (exp(u) - 1)/u <= (exp(v) - 1)/v"
      "S4", "forall t in (0, 1] : t*(1 - t/2)^2 <= 8/27"
      "S4 attained", "2/3*(1 - 2/3/2)^2 = 8/27"
      "A1 tau", ("forall V in [0, inf), F in (0, inf), t in (0, 1], L in (0, inf) where L = t/(4*(V + F)) : "
                 + "L - 2*L^2*V >= L*(1 - t/2)")
      "A1 and A3 exponents",
      ("forall V in [0, inf), F in (0, inf), t in (0, 1], L in (0, inf) where L = t/(4*(V + F)) : "
       + "4*F*(L - 2*L^2*V) <= t and 4*F*(L + 2*L^2*V) <= t")
      // kappa = tau (1 - e^-v)/v >= tau (1 - v/2) by S2
      "S5 kappa from S2",
      ("forall lambda in (0, inf), t in (0, 1], tau in (0, inf), v in [0, inf) where tau >= lambda*(1 - t/2), v <= t : "
       + "tau*(1 - v/2) >= lambda*(1 - t/2)^2")
      // kappa' = tau' (e^v - 1)/v, v = 4 F^2 tau'
      "S5 kappa'",
      ("forall lambda in (0, inf), t in (0, 1], tau in (0, inf), v in (0, inf) where tau <= lambda*(1 + t/2), v <= t : "
       + "tau*(exp(v) - 1)/v <= lambda*(1 + t/2)*(exp(t) - 1)/t")
      "S5 ratio",
      ("forall lambda in (0, inf), t in (0, 1] : lambda*(1 + t/2)*(exp(t) - 1)/t/(lambda*(1 - t/2)^2) = (1 + "
       + "t/2)*(exp(t) - 1)/(t*(1 - t/2)^2)")
      "A2 constant",
      "forall s in [0, inf), F in (0, inf), t in (0, 1], n in int [1, inf), K in int [1, inf) : "
      + "(1 - t/2)^(-2)*(4*(s^2 + F^2)*log(K)/(t*n)) = 4*(1 - t/2)^(-2)/t*(s^2 + F^2)*log(K)/n"
      "A2 least b", "forall t in (0, 1] : 4*(1 - t/2)^(-2)/t >= 27/2"
      "A3 a' at t = 1/2", "(1 + 1/4)*(exp(1/2) - 1)/(1/2*(1 - 1/4)^2) < 3"
      "A6 b at t = 1/2", "4*(1 - 1/4)^(-2)/(1/2) = 128/9"
      "A4 prior, sum", "forall n in int [1, inf) : sum(k, 1, n, 1/(k*(k + 1))) = 1 - 1/(n + 1)"
      "A4 prior, one index", "forall k in int [1, inf) : k*(k + 1) <= (k + 1)^2"
      "A5 grids suffice",
      "forall n in [1, inf), beta in (0, 1], d in (0, inf) where 2*beta + d >= 1 : n^(1/(2*beta + d)) <= n"
      // P_G for a group of two elements: f* and g at a point and at its image
      "A6 (i), two elements",
      "forall f in real, g1 in real, g2 in real : ((g1 + g2)/2 - f)^2 <= ((g1 - f)^2 + (g2 - f)^2)/2"
      "S9 two elements",
      "forall f1 in real, f2 in real, g1 in real, g2 in real : "
      + ("(((g1 + g2)/2 - f1)^2 + ((g1 + g2)/2 - f2)^2)/2 = ((g1 + g2)/2 - (f1 + f2)/2)^2 + ((f1 - (f1 + f2)/2)^2 + "
         + "(f2 - (f1 + f2)/2)^2)/2")
      "S9 three elements",
      ("forall f1 in real, f2 in real, f3 in real, g1 in real, g2 in real, g3 in real, g in real, "
       + "f in real where g = (g1 + g2 + g3)/3, f = (f1 + f2 + f3)/3 : ")
      + "((g - f1)^2 + (g - f2)^2 + (g - f3)^2)/3 = (g - f)^2 + ((f1 - f)^2 + (f2 - f)^2 + (f3 - f)^2)/3" ]

let private leaf = "A in (0, inf), c in (0, inf), p in (0, inf), eps in (0, inf), S in (0, inf)"

/// The budget optimiser (section 6).
let budget =
    [ "A7 two leaves, p = 1",
      ("forall a in (0, inf), b in (0, inf), c in (0, inf), d in (0, inf), e in (0, inf), f in (0, inf) : "
       + "(a^2/e + b^2/f)*(c^2*e + d^2*f) >= (a*c + b*d)^2")
      "A7 equal split, one leaf",
      ("forall k in int [1, inf), p in (0, inf), eps in (0, inf), A in (0, inf), c in (0, inf) : "
       + "A*(eps/(k*c))^(-p) = k^p*eps^(-p)*A*c^p")
      "S6 stationary",
      ("forall A in (0, inf), p in (0, inf), mu in (0, inf), c in (0, inf), e in (0, "
       + "inf) where e^(p + 1) = A*p/(mu*c) : A*p*e^(-p - 1) = mu*c")
      // mu c = A p e^(-p-1), and a leaf e y in place of e
      "S6 dual value",
      ("forall A in (0, inf), p in (0, inf), e in (0, inf), y in (0, inf) : "
       + "A*(e*y)^(-p) + A*p*e^(-p - 1)*(e*y) >= (1 + p)*A*e^(-p)")
      "S6 budget, one leaf", $"forall {leaf} : c*(eps*(A/c)^(1/(p + 1))/S) = eps*(A*c^p)^(1/(p + 1))/S"
      "S6 budget, two leaves, p = 1",
      ("forall A in (0, inf), B in (0, inf), c in (0, inf), d in (0, inf), eps in (0, inf), S in (0, "
       + "inf) where S = sqrt(A*c) + sqrt(B*d) : c*(eps*sqrt(A/c)/S) + d*(eps*sqrt(B/d)/S) = eps")
      "S6 closed form, one leaf", $"forall {leaf} : A*(eps*(A/c)^(1/(p + 1))/S)^(-p) = eps^(-p)*S^p*(A*c^p)^(1/(p + 1))"
      "S6 closed form, two leaves, p = 1",
      ("forall A in (0, inf), B in (0, inf), c in (0, inf), d in (0, inf), eps in (0, inf), S in (0, "
       + "inf) where S = sqrt(A*c) + sqrt(B*d) : ")
      + "A/(eps*sqrt(A/c)/S) + B/(eps*sqrt(B/d)/S) = S^2/eps"
      // x = u^(p+1), y = v^(p+1)
      "S7 two terms", "forall u in (0, inf), v in (0, inf), p in (0, inf) : u^(p + 1) + v^(p + 1) <= (u + v)^(p + 1)"
      "S8", "forall x in (0, inf), D in int [1, inf) : (x + 1)^D <= (1 + 1/x)^D*x^D"
      "A8 ceiling", "forall x in (0, inf), D in int [1, inf) : ceil(x)^D <= (1 + 1/x)^D*x^D"
      "A8 dyadic", "forall x in [1/2, inf) : max(1, pow2ceil(x)) <= 2*x"
      "A8 dyadic, factor", "forall x in [1/2, inf), D in int [1, inf), y in [0, inf) where y <= 2*x : y^D <= 2^D*x^D"
      // the logarithm of (1 + 1/k)^k <= e
      "S10 step", "forall k in int [1, inf) : k*log(1 + 1/k) <= 1"
      "S10 step, ratio", "forall k in int [1, inf) : (k + 1)^k = (1 + 1/k)^k*k^k"
      "S11 smooth part",
      ("forall beta in (0, inf), D in int [2, inf), rho in (0, 1) where rho <= 2*beta/(2*beta + D) : "
       + "rho*D/(2*beta) - 1 <= -rho")
      "S11 singular part",
      ("forall alpha in (0, inf), D in int [2, inf), rho in (0, 1) where rho <= alpha/(alpha + D - 1) : "
       + "rho*(D - 1)/alpha - 1 <= -rho") ]

let symbolic =
    theorem "adaptive-claims" {
        title "Selection with oracle inequalities, and optimal budgets"
        source "adaptive-selection" "docs/math/07"

        claims selection
        claims budget

        openClaims
            [ "S5 kappa",
              ("forall lambda in (0, inf), t in (0, 1], tau in (0, inf), v in (0, inf) where tau >= lambda*(1 - t/2), "
               + "v <= t : tau*(1 - exp(-v))/v >= lambda*(1 - t/2)^2"),
              ("a product of two hypotheses, one of them S2 divided by v; "
               + "claims S2 and S5 kappa from S2 are its two steps")
              "S10 factorial",
              "forall k in int [1, inf) : factorial(k) >= (k/exp(1))^k",
              "induction with a power whose base moves; claims S10 step and S10 step, ratio are the step"
              "S10",
              "forall A in int [1, inf), B in int [1, inf) where B <= A : binomial(A, B) <= (exp(1)*A/B)^B",
              "follows from S10 factorial, which is open" ]

        mutants all
    }
