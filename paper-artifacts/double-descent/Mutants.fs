/// False variants of docs/math/05, section 8, under their numbers there; 7 is an expectation and is not among them.
module Proofs.Papers.DoubleDescent.Mutants

let private root = "S = sqrt((1 - g + l)^2 + 4*g*l), m = (S - (1 - g + l))/(2*g*l)"

let all =
    [ "1",
      "forall n in int [3, inf), p in int [1, inf) where p <= n - 2 : p/(n - p - 1) = p/(n - p)",
      "the denominator is n - p - 1"
      "2",
      "forall n in int [1, inf), p in int [1, inf) where p != n : (p - n - 1)*(n - p - 1) < 0",
      "a denominator vanishes also at p = n - 1 and p = n + 1"
      "3",
      ("forall r in (0, inf), s in (0, inf), n in int [1, inf), p in int [1, inf) where p >= n + 2 : "
       + "r^2*(1 - n/(p + 1)) + s^2*n/(p - n) <= r^2*(1 - n/p) + s^2*n/(p - n - 1)"),
      "the risk turns up beyond its minimiser"
      "4",
      ("forall r in (0, inf), s in (0, inf), g in (0, inf), x in (0, inf), l in (0, inf) : "
       + "((s^2*g)^2*r^2 + s^2*g*x)/(x + s^2*g)^2 <= (l^2*r^2 + s^2*g*x)/(x + l)^2"),
      "lam* is divided by r^2"
      "5",
      $"forall g in (0, inf), l in (0, inf), S in (0, inf), m in (0, inf) where {root} : l*m = l^2*(m*(1 + g*m)/S)",
      "the bias is lam^2 r^2 m2"
      "6",
      ("forall g in (0, inf), h in (0, inf), t in (0, inf), v in (0, inf), w in (0, inf) where g < h, "
       + "v^2 + (1/g - 1 + 1/t)*v = 1/t, w^2 + (1/h - 1 + 1/t)*w = 1/t : w <= v"),
      "the risk of the best ridge increases"
      "8",
      ("forall n in int [1, inf), p in int [1, inf) : (n^2 + p^2 + 3*n*p + 3*n + 3*p + 4)/n^2 - (1 + 3*p/n + (p/n)^2) "
       + "= 3*(n + p)/n^2"),
      "the 4 is forgotten"
      "9",
      "forall b in [0, inf), v in [0, inf), K in int [1, inf) : b + v/K <= (b + v)/K",
      "only the part of the seeds shrinks"
      "10",
      "forall K in int [1, inf), d in int [1, inf), s in (0, inf) : K*d <= d/(2*s^2)/(1/(4*s^2))",
      "the effective rank is at most 2d"
      "11",
      ($"forall g in (1, inf), l in (0, inf), S in (0, inf), m in (0, inf), c in real where {root}, "
       + $"c = m - (1 - 1/g)/l : g*l*c^2 + (1 - g + l)*c - 1 = 0"),
      "the atom at 0 is part of m"
      "12",
      ("forall a in (0, inf), b in (0, inf), k in (0, inf), q in (0, inf) where k^2 = a*b, "
       + "q = a^2/(a + k)^2 + b^2/(b + k)^2 : q/(1 - q) = 1"),
      "at gam = 2 the variance depends on the spectrum"
      "13",
      ("forall r in (0, inf), s in (0, inf), n in int [1, inf) where r > s : "
       + "r^2*(1 - n/(n + 3)) + s^2*n/2 <= r^2*(1 - n/(n + 2)) + s^2*n"),
      "the minimiser may lie below n + 2"
      "13, only for s(n+2) > r",
      ("forall r in (0, inf), s in (0, inf), n in int [1, inf) where r > s, s*(n + 2) > r : "
       + "r^2*(1 - n/(n + 3)) + s^2*n/2 <= r^2*(1 - n/(n + 2)) + s^2*n"),
      "on the integers the condition is 2 r^2 < s^2 (n + 2)(n + 3)"
      "14",
      "forall K in int [1, inf), N in int [0, inf) where N <= K : (N^2 + (K - N)^2)/(2*K^2) <= 1/K",
      "the norm stays above 1/4, here against the rate 1/K" ]
