/// Claims for all parameters, named for the statements of docs/math/06 (S1 to S10 are those of its section 7), and
/// false variants of them.
module Proofs.Papers.LossSurface.Theorems

open Proofs.FSharp
open Proofs.Papers.LossSurface.Mutants

let private positive names = names |> List.map (sprintf "%s in (0, inf)") |> String.concat ", " |> sprintf "forall %s"

/// Staying in a well (section 1).
let staying =
    [ "S1",
      ("forall rho in (0, 1), s in (0, inf), t in int [1, inf) : "
       + "s^2*sum(j, 0, t - 1, rho^(2*j)) = s^2*(1 - rho^(2*t))/(1 - rho^2)")
      "S1 monotone",
      ("forall rho in (0, 1), s in (0, inf), t in int [1, inf) : "
       + "s^2*(1 - rho^(2*t))/(1 - rho^2) < s^2*(1 - rho^(2*(t + 1)))/(1 - rho^2)")
      "S2 below the stationary variance",
      "forall rho in (0, 1), s in (0, inf), t in int [1, inf) : s^2*(1 - rho^(2*t))/(1 - rho^2) <= s^2/(1 - rho^2)"
      // P is the product, Q the power, U the sum of the union bound, each over t steps; a, q, 1 - a belong to the next.
      "S2 product above power, step",
      "forall P in [0, 1], Q in [0, 1], a in [0, 1], q in [0, 1] where P >= Q, a >= q : P*a >= Q*q"
      "S2 product above union bound, step",
      "forall P in [0, 1], U in [0, 1], a in [0, 1] where P >= 1 - U : P*a >= 1 - U - (1 - a)"
      "L3 variance",
      positive [ "eta"; "mu";
                 "sigma" ] + " where eta*mu < 2 : mu*(eta*sigma)^2/(1 - (1 - eta*mu)^2) = eta*sigma^2/(2 - eta*mu)"
      "L3 largest eigenvalue",
      positive [ "eta"; "mu"; "nu";
                 "sigma" ] + " where eta*nu < 2, mu <= nu : eta*sigma^2/(2 - eta*mu) <= eta*sigma^2/(2 - eta*nu)"
      "L3 argument",
      positive [ "eta"; "nu"; "sigma";
                 "DL" ] + " where eta*nu < 2 : 2*DL/(eta*sigma^2/(2 - eta*nu)) = 4*DL/(eta*sigma^2)*(1 - eta*nu/2)" ]

/// Escape (section 2).
let escape =
    [ // The least energy c_T r^2 with c_T = (1 - a^2)/(2 (1 - a^(2T))), by induction on T with A = a^(2T).
      "L5 one step", "forall a in (0, 1), x in real, r in real where x = r : x^2/2 = r^2*(1 - a^2)/(2*(1 - a^2))"
      "L5 induction",
      ("forall a in (-1, 1), A in [0, 1), x in real, y in real : "
       + "x^2/2 + y^2*(1 - a^2)/(2*(1 - A)) >= (a*y + x)^2*(1 - a^2)/(2*(1 - a^2*A))")
      "L5 two steps", "forall a in (0, 1), x in real, y in real : (x^2 + y^2)/2 >= (a*x + y)^2*(1 - a^2)/(2*(1 - a^4))"
      "L5 attained, sum of squares",
      "forall a in (0, 1), T in int [1, inf) : sum(t, 0, T - 1, a^(2*t)) = (1 - a^(2*T))/(1 - a^2)"
      "L5 attained, energy",
      ("forall a in (0, 1), T in int [1, inf), r in real, G in (0, inf) where G = (1 - a^(2*T))/(1 - a^2) : "
       + "(r/G)^2*G/2 = r^2*(1 - a^2)/(2*(1 - a^(2*T)))")
      "L5 above the infimum over T",
      "forall a in (0, 1), T in int [1, inf), r in (0, inf) : r^2*(1 - a^2)/(2*(1 - a^(2*T))) > r^2*(1 - a^2)/2"
      "S3",
      positive [ "eta"; "mu"; "r"; "sigma" ]
      + " : r^2*(1 - (1 - eta*mu)^2)/(2*(eta*sigma)^2) = 2*(mu*r^2/2)/(eta*sigma^2)*(1 - eta*mu/2)"
      "S4 from the tail of Phi", "forall V in [0, inf), q in (0, 1] where q <= exp(-V)/2 : 1/(2*q) >= exp(V)"
      "S5 lower", "forall k in int [0, inf) : prod(j, 1, k, 1/2 + j) >= factorial(k)"
      "S5 upper", "forall k in int [0, inf) : prod(j, 1, k, 1/2 + j) <= factorial(k + 1)"
      // p = (3/2)_k between its bounds of S5
      "L7 upper end, coefficient",
      "forall k in int [0, inf), p in (0, inf) where p >= factorial(k) : (k + 1)*p >= factorial(k + 1)"
      "L7 lower end, coefficient",
      ("forall k in int [0, inf), p in (0, inf) where p <= factorial(k + 1) : "
       + "1/((k + 1)*p) >= 1/((k + 1)*factorial(k + 1))")
      "L7 lower end above (e^x - 1 - x)/x, coefficient",
      "forall k in int [0, inf) : (k + 1)*factorial(k + 1) <= factorial(k + 2)"
      "L8 equal barrier",
      positive [ "DL"; "eta"; "sigma"; "mu";
                 "nu" ] + " where mu < nu : 2*DL/(eta*sigma^2)*(1 - eta*nu/2) < 2*DL/(eta*sigma^2)*(1 - eta*mu/2)"
      "L8 equal radius",
      positive [ "eta"; "mu"; "nu"; "c" ] + " where mu < nu, eta*nu < 1 : c*(2*mu - eta*mu^2) < c*(2*nu - eta*nu^2)"
      "L8 equal radius, V",
      positive [ "eta"; "mu"; "r";
                 "sigma" ] + " : r^2*(1 - (1 - eta*mu)^2)/(2*(eta*sigma)^2) = r^2/(2*eta*sigma^2)*(2*mu - eta*mu^2)"
      "S6",
      positive [ "DL"; "eta"; "c"; "mu";
                 "nu" ] + " where mu < nu : 2*DL/(eta*c*nu)*(1 - eta*nu/2) < 2*DL/(eta*c*mu)*(1 - eta*mu/2)"
      "S6 expanded", positive
          [ "DL"; "eta"; "c"; "mu" ] + " : 2*DL/(eta*c*mu)*(1 - eta*mu/2) = 2*DL/(eta*c*mu) - DL/c" ]

/// Minimum sharpness, norms, generalisation (sections 3 to 5).
let sharpness =
    [ // both sides of sum >= L (product)^(1/L) to the power L
      "S7 two layers", positive [ "T1"; "T2"; "a" ] + " : (T1/a^2 + T2*a^2)^2 >= 4*T1*T2"
      "S7 two layers, attained", positive
          [ "T1"; "T2"; "a" ] + " where a^2 = T1/sqrt(T1*T2) : T1/a^2 + T2*a^2 = 2*sqrt(T1*T2)"
      "S7 two layers, invariant", positive [ "T1"; "T2"; "a" ] + " : 2*((T1/a^2)*(T2*a^2))^(1/2) = 2*(T1*T2)^(1/2)"
      "S7 three layers", positive [ "T1"; "T2"; "T3"; "a"; "b" ] + " : (T1/a^2 + T2/b^2 + T3*a^2*b^2)^3 >= 27*T1*T2*T3"
      "S7 a trace of 0", positive [ "T"; "e"; "a" ] + " where a >= sqrt(T/e) : T/a^2 + 0*a^2 <= e"
      "S7 plain sharpness unbounded", positive
          [ "T1"; "T2"; "c"; "a" ] + " where a <= sqrt(T1/c) : T1/a^2 + T2*a^2 >= c"
      // traces A1 = a^2, B1 = b^2, A2 = c^2, B2 = d^2
      "S8 two units",
      "forall a in [0, inf), b in [0, inf), c in [0, inf), d in [0, inf) : a*b + c*d <= sqrt((a^2 + c^2)*(b^2 + d^2))"
      "S9 two layers", "forall a in real, b in real, c in real, d in real : a*b - c*d = (a - c)*b + c*(b - d)"
      "S9 three layers",
      ("forall a in real, b in real, c in real, d in real, e in real, f in real : "
       + "a*b*c - d*e*f = (a - d)*b*c + d*(b - e)*c + d*e*(c - f)")
      // x = a - c and y = b - d of S9 two layers, |b| <= T and |c| <= S
      "S9 bounds",
      ("forall b in real, c in real, x in real, y in real, S in (0, inf), T in (0, inf) where abs(b) <= T, "
       + "abs(c) <= S : abs(x*b + c*y) <= T*abs(x) + S*abs(y)")
      "S9 relative to the bounds",
      "forall x in [0, inf), y in [0, inf), S in (0, inf), T in (0, inf) : T*x + S*y = S*T*(x/S + y/T)"
      "S9 Cauchy-Schwarz",
      ("forall u1 in real, u2 in real, s1 in (0, inf), s2 in (0, inf) : "
       + "(u1/s1 + u2/s2)^2 <= (u1^2 + u2^2)*(1/s1^2 + 1/s2^2)")
      "L11 union bound",
      ("forall R in [0, inf), e in (0, inf), d in [0, inf), delta in (0, 1) : "
       + "2*(1 + 2*R/e)^d*exp(-(d*log(1 + 2*R/e) + log(2/delta))) = delta")
      "L11 from the net",
      ("forall a in real, b in real, c in real, d in real, t in [0, inf), u in real where abs(a - c) <= t, "
       + "abs(b - d) <= t, abs(c - d) <= u : abs(a - b) <= 2*t + u")
      "S10",
      ("forall P in (0, inf), n in (0, inf), tau in [0, inf), R in [0, inf), d in [0, inf), delta in (0, 1), e in (0, "
       + "inf) where e = 1/(P*n) : ")
      + ("2*P*(e + tau) + sqrt((d*log(1 + 2*R/e) + log(2/delta))/(2*n)) = 2/n + 2*P*tau + sqrt((d*log(1 + 2*R*P*n) + "
         + "log(2/delta))/(2*n))") ]

let symbolic =
    theorem "loss-surface-claims" {
        title "Stagnation, escape and minimum sharpness"
        source "imaizumi2022sgd" "docs/math/06"

        claims staying
        claims escape
        claims sharpness
        mutants all
    }
