/// Claims for all parameters, by their numbers in docs/math/05, sections 1 to 4, and false variants of them.
module Proofs.Papers.DoubleDescent.Theorems

open Proofs.FSharp

let symbolic =
    theorem "double-descent-claims" {
        title "Exact and asymptotic risks of over-parameterised models"
        source "nakada2021" "docs/math/05, sections 1 to 4"

        claims
            [ "D3 decreasing",
              "forall r in (0, inf), s in (0, inf), n in (0, inf), p in (0, inf) where p > n + 1, r <= s : r^2*(p - n - 1)^2 - s^2*p^2 < 0"
              "D3 derivative",
              "forall r in (0, inf), s in (0, inf), n in (0, inf), p in (0, inf) where p > n + 1 : n*(r^2/p^2 - s^2/(p - n - 1)^2) = n*(r^2*(p - n - 1)^2 - s^2*p^2)/(p^2*(p - n - 1)^2)"
              "D3 integers",
              "forall r in (0, inf), s in (0, inf), n in (0, inf) where r > s, s*(n + 2) <= r : r*(n + 1)/(r - s) <= n + 2"
              "D3 minimiser",
              "forall r in (0, inf), s in (0, inf), n in (0, inf) where r > s : r*(n + 1)/(r - s) > n + 1"
              "D3 stationary",
              "forall r in (0, inf), s in (0, inf), n in (0, inf), p in (0, inf) where r > s, p = r*(n + 1)/(r - s) : r*(p - n - 1) = s*p"
              "D3 under",
              "forall n in int [3, inf), p in int [1, inf), s in (0, inf) where p + 1 <= n - 2 : s^2*p/(n - p - 1) < s^2*(p + 1)/(n - p - 2)"
              "D4 quadratic",
              "forall g in (0, inf), t in (0, inf), m in (0, inf), l in (0, inf), v in (0, inf) where l = g/t, v = l*m, g*l*m^2 + (1 - g + l)*m = 1 : v^2 + (1/g - 1 + 1/t)*v = 1/t"
              "D4 slope", "forall v in (0, inf), c in (0, inf), b in real where v^2 + b*v = c : 2*v + b > 0"
              "D5 one", "forall s in [0, inf), l in (0, inf) : s/(s + l)^2 <= 1/(4*l)"
              "D5 three", "forall s in [0, inf), l in (0, inf) : s/(s + l)^4 <= 27/(256*l^3)"
              "D6 inverse",
              "forall n in int [3, inf), p in int [1, inf) where p <= n - 2 : n/(n - p - 1) - 1/(1 - p/n) = 1/(1 - p/n)/(n - p - 1)"
              "D6 second", "forall n in int [1, inf), p in int [1, inf) : (n + p + 1)/n - (1 + p/n) = 1/n"
              "D6 third",
              "forall n in int [1, inf), p in int [1, inf) : (n^2 + p^2 + 3*n*p + 3*n + 3*p + 4)/n^2 - (1 + 3*p/n + (p/n)^2) = (3*n + 3*p + 4)/n^2"
              "D7", "forall p in int [1, inf), n in int [1, inf), t in [0, inf) : exp(-2*p^2*t^2/n) <= 1"
              "D8 extrapolation", "forall R1 in real, Ri in real : (3*(Ri + (R1 - Ri)/2) - R1)/2 = Ri + (R1 - Ri)/4"
              "D8 limit", "forall v in [0, inf), rho in [0, 1], K in int [1, inf) : rho*v + (1 - rho)*v/K >= rho*v"
              "D11", "forall N in [0, inf), K in (0, inf) where N <= K : (N^2 + (K - N)^2)/(2*K^2) >= 1/4"
              "Stieltjes root",
              "forall g in (0, inf), l in (0, inf), S in (0, inf), m in (0, inf) where S = sqrt((1 - g + l)^2 + 4*g*l), m = (S - (1 - g + l))/(2*g*l) : g*l*m^2 + (1 - g + l)*m - 1 = 0"
              "Stieltjes stable",
              "forall g in (0, inf), l in (0, inf), S in (0, inf) where S^2 = (1 - g + l)^2 + 4*g*l, 1 - g + l > 0 : (S - (1 - g + l))/(2*g*l) = 2/(1 - g + l + S)"
              "is minimum",
              "forall r in (0, inf), s in (0, inf), g in (1, inf) where r > s : r^2*(1 - 1/g) + s^2/(g - 1) >= 2*r*s - s^2"
              "kappa",
              "forall a in (0, inf), b in (0, inf), k in (0, inf) where k^2 = a*b : a/(a + k) + b/(b + k) = 1"
              "minimum",
              "forall r in (0, inf), s in (0, inf) where r > s : r^2*(1 - (r - s)/r) + s^2/(r/(r - s) - 1) = 2*r*s - s^2"
              "minimum below",
              "forall r in (0, inf), s in (0, inf) where r > s : 2*r*s - s^2 = r^2 - (r - s)^2 and 2*r*s - s^2 < r^2"
              "null risk",
              "forall r in (0, inf), s in (0, inf), g in (1, inf) where r <= s : r^2*(1 - 1/g) + s^2/(g - 1) > r^2"
              "residual", "forall k in [0, 1), j in int [0, inf) : (1 - k)^(2*j) <= 1 and 1 <= (1 + k)^(2*j)" ]

        mutants
            [ "1",
              "forall n in int [3, inf), p in int [1, inf) where p <= n - 2 : p/(n - p - 1) = p/(n - p)",
              "the denominator is n - p - 1"
              "3",
              "forall r in (0, inf), s in (0, inf), n in int [1, inf), p in int [1, inf) where p >= n + 2 : r^2*(1 - n/(p + 1)) + s^2*n/(p - n) <= r^2*(1 - n/p) + s^2*n/(p - n - 1)",
              "the risk turns up beyond its minimiser"
              "8",
              "forall n in int [1, inf), p in int [1, inf) : (n^2 + p^2 + 3*n*p + 3*n + 3*p + 4)/n^2 - (1 + 3*p/n + (p/n)^2) = 3*(n + p)/n^2",
              "the 4 is forgotten"
              "9",
              "forall b in [0, inf), v in [0, inf), K in int [1, inf) : b + v/K <= (b + v)/K",
              "only the part of the seeds shrinks"
              "13",
              "forall r in (0, inf), s in (0, inf), n in int [1, inf) where r > s : r^2*(1 - n/(n + 3)) + s^2*n/2 <= r^2*(1 - n/(n + 2)) + s^2*n",
              "the minimiser may lie below n + 2" ]
    }
