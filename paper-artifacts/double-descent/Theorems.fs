/// Claims for all parameters, named for the statements of docs/math/05, sections 1 to 4, and false variants of them.
module Proofs.Papers.DoubleDescent.Theorems

open Proofs.FSharp
open Proofs.Papers.DoubleDescent.Mutants

let private norms = "r in (0, inf), s in (0, inf)"

// The risk beyond the threshold, R(p) = r^2 (1 - n/p) + s^2 n/(p - n - 1), at p and at p = n + 1 + x.
let private overP = "r^2*(1 - n/p) + s^2*n/(p - n - 1)"
let private beyond (x: string) = $"r^2*(1 - n/(n + 1 + {x})) + s^2*n/{x}"
let private overX, overY = beyond "x", beyond "y"

/// The exact risks of section 1 and their shape (D3).
let shape =
    [ // p = n + 1 + x, q = n + 1 + y
      "D3 difference",
      ($"forall r in real, s in real, n in (0, inf), x in (0, inf), y in (0, inf) : "
       + $"{overY} - ({overX}) = n*(y - x)*(r^2/((n + 1 + x)*(n + 1 + y)) - s^2/(x*y))")
      "D3 derivative, two forms",
      ($"forall {norms}, n in (0, inf), p in (0, inf) where p > n + 1 : "
       + $"n*(r^2/p^2 - s^2/(p - n - 1)^2) = n*(r^2*(p - n - 1)^2 - s^2*p^2)/(p^2*(p - n - 1)^2)")
      "D3 derivative negative for r <= s",
      $"forall {norms}, n in (0, inf), p in (0, inf) where p > n + 1, r <= s : r^2*(p - n - 1)^2 - s^2*p^2 < 0"
      "D3 decreasing for r <= s",
      $"forall {norms}, n in (0, inf), x in (0, inf), y in (0, inf) where x < y, r <= s : {overY} < {overX}"
      "D3 minimiser beyond n + 1", $"forall {norms}, n in (0, inf) where r > s : r*(n + 1)/(r - s) > n + 1"
      "D3 minimiser stationary",
      $"forall {norms}, n in (0, inf), p in (0, inf) where r > s, p = r*(n + 1)/(r - s) : r*(p - n - 1) = s*p"
      "D3 minimum",
      $"forall {norms}, n in (0, inf), p in (0, inf) where p > n + 1 : {overP} >= r^2 - n*(r - s)^2/(n + 1)"
      // r = s + d
      "D3 minimum attained",
      "forall s in (0, inf), d in (0, inf), n in (0, inf), x in (0, inf) where x = s*(n + 1)/d : "
      + "(s + d)^2*(1 - n/(n + 1 + x)) + s^2*n/x = (s + d)^2 - n*d^2/(n + 1)"
      "D3 integers, increasing if",
      ($"forall {norms}, n in int [1, inf), x in int [1, inf) where 2*r^2 >= s^2*(n + 2)*(n + 3) : "
       + $"{overX} <= r^2*(1 - n/(n + 2 + x)) + s^2*n/(x + 1)")
      "D3 integers, increasing only if",
      ($"forall {norms}, n in int [1, inf) where 2*r^2 < s^2*(n + 2)*(n + 3) : "
       + $"r^2*(1 - n/(n + 3)) + s^2*n/2 < r^2*(1 - n/(n + 2)) + s^2*n")
      "D3 without noise",
      "forall r in (0, inf), n in (0, inf), p in (0, inf), q in (0, inf) where p < q : r^2*(1 - n/p) < r^2*(1 - n/q)"
      "D3 increasing for p <= n - 2",
      ("forall n in int [3, inf), p in int [1, inf), s in (0, inf) where p + 1 <= n - 2 : "
       + "s^2*p/(n - p - 1) < s^2*(p + 1)/(n - p - 2)")
      "D3 convex for p <= n - 2",
      "forall n in int [4, inf), p in int [1, inf), s in (0, inf) where p + 2 <= n - 2 : "
      + "2*(s^2*(p + 1)/(n - p - 2)) <= s^2*p/(n - p - 1) + s^2*(p + 2)/(n - p - 3)" ]

let private root = "S = sqrt((1 - g + l)^2 + 4*g*l), m = (S - (1 - g + l))/(2*g*l)"
let private stieltjes = "g in (0, inf), l in (0, inf), S in (0, inf), m in (0, inf)"

/// Limits, Stieltjes transform, ridge (section 2).
let asymptotic =
    [ "limit of D1's variance",
      ("forall n in (0, inf), g in (1, inf) where n*(g - 1) > 1 : "
       + "n/(g*n - n - 1) - 1/(g - 1) = 1/((g - 1)*(n*(g - 1) - 1))")
      "minimum over gam > 1", $"forall {norms}, g in (1, inf) : r^2*(1 - 1/g) + s^2/(g - 1) >= 2*r*s - s^2"
      "minimum at gam*", $"forall {norms} where r > s : r^2*(1 - (r - s)/r) + s^2/(r/(r - s) - 1) = 2*r*s - s^2"
      "minimum below null risk", $"forall {norms} where r > s : 2*r*s - s^2 = r^2 - (r - s)^2 and 2*r*s - s^2 < r^2"
      "above null risk for r <= s", $"forall {norms}, g in (1, inf) where r <= s : r^2*(1 - 1/g) + s^2/(g - 1) > r^2"
      "decreasing for r <= s",
      ($"forall {norms}, g in (1, inf), h in (1, inf) where r <= s, g < h : "
       + $"r^2*(1 - 1/h) + s^2/(h - 1) < r^2*(1 - 1/g) + s^2/(g - 1)")

      "Stieltjes root", $"forall {stieltjes} where {root} : g*l*m^2 + (1 - g + l)*m - 1 = 0"
      "Stieltjes stable form",
      ("forall g in (0, inf), l in (0, inf), S in (0, inf) where S^2 = (1 - g + l)^2 + 4*g*l, 1 - g + l > 0 : "
       + "(S - (1 - g + l))/(2*g*l) = 2/(1 - g + l + S)")
      // The derivative of the equation of m in lam is m + gam m^2 + m' (2 gam lam m + 1 - gam + lam) = 0.
      "Stieltjes derivative, its factor",
      $"forall {stieltjes} where m = (S - (1 - g + l))/(2*g*l) : 2*g*l*m + (1 - g + l) = S"

      // Ridge at one eigenvalue x of the spectrum; lam* = s^2 gam/r^2.
      "D4 minimum at lam*, each eigenvalue",
      $"forall x in [0, inf), l in (0, inf), L in (0, inf), g in (0, inf), {norms} where L = s^2*g/r^2 : "
      + "(L^2*r^2 + s^2*g*x)/(x + L)^2 <= (l^2*r^2 + s^2*g*x)/(x + l)^2"
      "D4 risk at lam*, each eigenvalue",
      ($"forall x in [0, inf), L in (0, inf), g in (0, inf), {norms} where L = s^2*g/r^2 : "
       + $"(L^2*r^2 + s^2*g*x)/(x + L)^2 = s^2*g/(x + L)")
      "D4 quadratic",
      ("forall g in (0, inf), t in (0, inf), m in (0, inf), l in (0, inf), v in (0, inf) where l = g/t, v = l*m, "
       + "g*l*m^2 + (1 - g + l)*m = 1 : v^2 + (1/g - 1 + 1/t)*v = 1/t")
      "D4 solved for gam",
      ("forall g in (0, inf), t in (0, inf), v in (0, inf) where v^2 + (1/g - 1 + 1/t)*v = 1/t : "
       + "1/g = 1 - 1/t + 1/(t*v) - v")
      "D4 gam increases with the risk",
      "forall t in (0, inf), v in (0, inf), w in (0, inf) where v < w : 1 - 1/t + 1/(t*w) - w < 1 - 1/t + 1/(t*v) - v"
      "D4 derivative's denominator", "forall v in (0, inf), c in (0, inf), b in real where v^2 + b*v = c : 2*v + b > 0"
      "D4 risk below null risk", "forall t in (0, inf), g in (0, inf), v in [1, inf) : v^2 + (1/g - 1 + 1/t)*v > 1/t"

      "kappa, two-point law",
      ("forall a in (0, inf), b in (0, inf), g in (1, inf), k in (0, "
       + "inf) where k = ((g - 2)*(a + b) + sqrt((g - 2)^2*(a + b)^2 + 16*(g - 1)*a*b))/4 : ")
      + "2*k^2 = (g - 2)*(a + b)*k + 2*(g - 1)*a*b"
      "kappa, two-point law, equation",
      ("forall a in (0, inf), b in (0, inf), g in (1, inf), k in (0, "
       + "inf) where 2*k^2 = (g - 2)*(a + b)*k + 2*(g - 1)*a*b : g/2*(a/(a + k) + b/(b + k)) = 1")
      "kappa at gam = 2",
      "forall a in (0, inf), b in (0, inf), k in (0, inf) where k^2 = a*b : a/(a + k) + b/(b + k) = 1" ]

let private means = "g in (0, inf), l in (0, inf), m in (0, inf), n in (0, inf), mu in (0, inf)"

/// Spectrum (section 3) and models made of parts (section 4).
let spectrum =
    [ "D5 first term", "forall s in [0, inf), l in (0, inf) : s/(s + l)^2 <= 1/(4*l)"
      "D5 variance, maximum", "forall s in [0, inf), l in (0, inf) : s/(s + l)^4 <= 27/(256*l^3)"
      "D5 variance, constant",
      ("forall n in (0, inf), p in (0, inf), l in (0, inf) : 4/(n*p)*(27/256/l^3) = 27/(64*n*p*l^3) and "
       + "p/n*l*(27/(64*n*p*l^3)) = 27/(64*n^2*l^2)")
      "D5 equations subtracted",
      ("forall g in (0, inf), l in (0, inf), m in (0, inf), mu in (0, inf) where g*l*m^2 + (1 - g + l)*m = 1 : "
       + "g*l*mu^2 + (1 - g + l)*mu - 1 = (mu - m)*(g*l*mu + 1/m)")
      // Delta = (mu - m)(gam lam mu + 1/m) lies in [-27/(64 n^2 lam^2), 1/(4 lam n)]; the interval of mu - m, by
      // contraposition.
      "D5 interval, upper end", $"forall {means} where mu - m > m/(4*l*n) : (mu - m)*(g*l*mu + 1/m) > 1/(4*l*n)"
      "D5 interval, lower end",
      $"forall {means} where m - mu > 27*m/(64*n^2*l^2) : (mu - m)*(g*l*mu + 1/m) < -27/(64*n^2*l^2)"

      "D6 second", "forall n in int [1, inf), p in int [1, inf) : (n + p + 1)/n - (1 + p/n) = 1/n"
      "D6 third",
      ("forall n in int [1, inf), p in int [1, inf) : (n^2 + p^2 + 3*n*p + 3*n + 3*p + 4)/n^2 - (1 + 3*p/n + (p/n)^2) "
       + "= (3*n + 3*p + 4)/n^2")
      "D6 inverse",
      ("forall n in int [3, inf), p in int [1, inf) where p <= n - 2 : "
       + "n/(n - p - 1) - 1/(1 - p/n) = 1/(1 - p/n)/(n - p - 1)")

      "D7 squared differences", "forall n in int [1, inf), p in int [1, inf) : sum(i, 1, n, (1/p)^2) = n*(1/p)^2"
      "D7 McDiarmid exponent",
      "forall n in int [1, inf), p in int [1, inf), t in [0, inf) : 2*t^2/(n*(1/p)^2) = 2*p^2*t^2/n"

      "D8 exchangeable members",
      "forall v in [0, inf), rho in real, K in int [1, inf) : (K*v + K*(K - 1)*(rho*v))/K^2 = rho*v + (1 - rho)*v/K"
      "D8 more members, less risk",
      "forall R1 in real, Ri in real, K in int [1, inf) where Ri <= R1 : Ri + (R1 - Ri)/(K + 1) <= Ri + (R1 - Ri)/K"
      "D8 extrapolation", "forall R1 in real, Ri in real : (3*(Ri + (R1 - Ri)/2) - R1)/2 = Ri + (R1 - Ri)/4"
      "D9 trace, summed", "forall K in int [1, inf), d in int [1, inf), s in (0, inf) : K*(d/2/(K*s^2)) = d/(2*s^2)"
      "D11 pointwise", "forall N in [0, inf), K in (0, inf) : (N^2 + (K - N)^2)/(2*K^2) >= 1/4"
      "D11 effective rank",
      "forall d in int [1, inf), s in (0, inf), F in (0, inf) where F >= 1/(4*s^2) : d/(2*s^2)/F <= 2*d"
      "residual, one block, one coordinate",
      ("forall k in [0, 1), v in real, w in real where abs(w) <= k*abs(v) : "
       + "(1 - k)*abs(v) <= abs(v + w) and abs(v + w) <= (1 + k)*abs(v)")
      // a = (1 - kap)^j ||c||, b = (1 + kap)^j ||c||
      "residual, induction",
      ("forall k in [0, 1), a in real, b in real, g in real, h in real where a <= g, g <= b, (1 - k)*g <= h, "
       + "h <= (1 + k)*g : (1 - k)*a <= h and h <= (1 + k)*b")
      "residual, traces",
      "forall k in [0, 1), j in int [0, inf), c in [0, inf), g in [0, inf) where (1 - k)^j*c <= g, g <= (1 + k)^j*c : "
      + "(1 - k)^(2*j)*c^2 <= g^2 and g^2 <= (1 + k)^(2*j)*c^2" ]

let symbolic =
    theorem "double-descent-claims" {
        title "Exact and asymptotic risks of over-parameterised models"
        source "nakada2021" "docs/math/05, sections 1 to 4"

        claims shape
        claims asymptotic
        claims spectrum
        mutants all
    }
