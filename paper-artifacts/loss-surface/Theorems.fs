/// Claims for all parameters, by their numbers in docs/math/06, section 7, and false variants of them.
module Proofs.Papers.LossSurface.Theorems

open Proofs.FSharp

let symbolic =
    theorem "loss-surface-claims" {
        title "Stagnation, escape and minimum sharpness"
        source "imaizumi2022sgd" "docs/math/06, section 7"

        claims
            [ "L3",
              "forall eta in (0, inf), mu in (0, inf), sigma in (0, inf) where eta*mu < 2 : mu*(eta*sigma)^2/(1 - (1 - eta*mu)^2) = eta*sigma^2/(2 - eta*mu)"
              "L5", "forall x in [0, 1), c in [0, 1), r in (0, inf) : r^2*(1 - c)/(2*(1 - x)) >= r^2*(1 - c)/2"
              "L7", "forall x in (0, inf) : (exp(x) - 1 - x)/x <= exp(x) - 1"
              "S1",
              "forall rho in (0, 1), s in (0, inf), t in int [1, inf) : s^2*sum(j, 0, t - 1, rho^(2*j)) = s^2*(1 - rho^(2*t))/(1 - rho^2)"
              "S1 monotone",
              "forall rho in [0, 1), s in (0, inf), t in int [1, inf) : s^2*(1 - rho^(2*t))/(1 - rho^2) <= s^2*(1 - rho^(2*(t + 1)))/(1 - rho^2)"
              "S2 stationary", "forall p in [0, 1], q in [0, 1], P in [0, 1] where p >= q, P >= q : p*P >= q^2"
              "S2 two", "forall a in [0, 1], b in [0, 1] : a*b >= a + b - 1"
              "S3",
              "forall eta in (0, inf), mu in (0, inf), r in (0, inf), sigma in (0, inf) where eta*mu < 2 : r^2*(1 - (1 - eta*mu)^2)/(2*(eta*sigma)^2) = 2*(mu*r^2/2)/(eta*sigma^2)*(1 - eta*mu/2)"
              "S4", "forall V in [0, inf), q in (0, 1] where q <= exp(-V)/2 : 1/(2*q) >= exp(V)"
              "S5 lower", "forall k in int [0, inf) : prod(j, 1, k, 1/2 + j) >= factorial(k)"
              "S5 upper", "forall k in int [0, inf) : prod(j, 1, k, 1/2 + j) <= factorial(k + 1)"
              "S6",
              "forall DL in (0, inf), eta in (0, inf), c in (0, inf), mu in (0, inf), nu in (0, inf) where mu < nu : 2*DL/(eta*c*nu) - DL/c < 2*DL/(eta*c*mu) - DL/c"
              "S7 invariant",
              "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : 2*((T1/a^2)*(T2*a^2))^(1/2) = 2*(T1*T2)^(1/2)"
              "S7 three cubes", "forall u in (0, inf), v in (0, inf), w in (0, inf) : u^3 + v^3 + w^3 >= 3*u*v*w"
              "S7 two", "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : T1/a^2 + T2*a^2 >= 2*sqrt(T1*T2)"
              "S8 squares",
              "forall a1 in real, a2 in real, b1 in real, b2 in real : (a1*b1 + a2*b2)^2 <= (a1^2 + a2^2)*(b1^2 + b2^2)"
              "S9", "forall a in real, b in real, c in real, d in real : a*b - c*d = (a - c)*b + c*(b - d)"
              "S9 cauchy",
              "forall u1 in real, u2 in real, s1 in (0, inf), s2 in (0, inf) : (u1/s1 + u2/s2)^2 <= (u1^2 + u2^2)*(1/s1^2 + 1/s2^2)"
              "S10", "forall P in (0, inf), n in (0, inf), tau in [0, inf) : 2*P*(1/(P*n) + tau) = 2/n + 2*P*tau"
              "S10 net",
              "forall R in (0, inf), P in (0, inf), n in (0, inf) : log(1 + 2*R/(1/(P*n))) = log(1 + 2*R*P*n)" ]

        openClaims
            [ "S7 three",
              "forall T1 in (0, inf), T2 in (0, inf), T3 in (0, inf), a in (0, inf), b in (0, inf) : T1/a^2 + T2/b^2 + T3*a^2*b^2 >= 3*(T1*T2*T3)^(1/3)",
              "the mean of three terms against a root of their product; claim S7 three cubes is the same for cubes"
              "S8",
              "forall A1 in [0, inf), A2 in [0, inf), B1 in [0, inf), B2 in [0, inf) : sqrt(A1*B1) + sqrt(A2*B2) <= sqrt((A1 + A2)*(B1 + B2))",
              "roots of several variables are not taken as variables; claim S8 squares is the same for squares" ]

        mutants
            [ "5",
              "forall DL in (0, inf), eta in (0, inf), mu in (0, inf), sigma in (0, inf) where eta*mu < 2 : 2*DL/(eta*sigma^2)*(1 - eta*mu/2) = 2*DL/(eta*sigma^2)",
              "the factor 1 - eta mu/2 is missing"
              "6",
              "forall mu in (0, inf), nu in (0, inf), eta in (0, 1) where mu < nu, eta*nu < 1 : (2*nu - eta*nu^2)/(2*eta) <= (2*mu - eta*mu^2)/(2*eta)",
              "at equal radius the barrier grows with mu"
              "7",
              "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : T1/a^2 + T2*a^2 = sqrt(T1*T2)",
              "the factor L = 2 is missing"
              "8", "forall T in (0, inf), a in (0, inf) : T/a^2 = T/a", "second derivatives scale by alpha^-2"
              "12", "forall s1 in (0, inf), s2 in (0, inf) : s1*s2 <= max(s1, s2)", "spectral norms multiply"
              "14",
              "forall A1 in [0, inf), A2 in [0, inf), B1 in [0, inf), B2 in [0, inf) : sqrt((A1 + A2)*(B1 + B2)) <= sqrt(A1*B1) + sqrt(A2*B2)",
              "Cauchy-Schwarz is strict in general" ]
    }
