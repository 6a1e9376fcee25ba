/// False variants of docs/math/07, section 8, under their numbers there; 1, 3, 4, 5, 9 and 16 are about random data and
/// are not among them.
module Proofs.Papers.AdaptiveSelection.Mutants

let all =
    [ "2",
      // sigma = 0, n = 1, f* = 1: with probability 1/2 each the squared risk is 2 and s^2/2, the best candidate's is
      // s^2/2
      "forall s in (0, 1] : 1/2*2 + 1/2*(s^2/2) <= 9/4*(s^2/2)",
      "F^2 is needed also without noise"
      "6",
      ("forall f1 in real, f2 in real, g1 in real, g2 in real : "
       + "((g1 + g2)/2 - f1)^2 + ((g1 + g2)/2 - f2)^2 <= (g1 - f1)^2 + (g2 - f2)^2"),
      "averaging hurts where f* is not invariant"
      "7",
      ("forall p in [0, 1], f in real, g1 in real, g2 in real : "
       + "((g1 + g2)/2 - f)^2 <= p*(g1 - f)^2 + (1 - p)*(g2 - f)^2"),
      "P_X has to be invariant"
      "8", "forall N in int [2, inf) : (1 - 1/N)^N <= 1/8", "(1 - 1/N)^N is at least 1/4 and below 1/e"
      "10",
      "forall A in (0, inf), B in (0, inf) : A*(A + B)/A + B*(A + B)/B <= (sqrt(A) + sqrt(B))^2",
      "the split must go with the square root"
      "11",
      ("forall A in (0, inf), B in (0, inf), c in (0, inf), d in (0, inf), eps in (0, inf), S in (0, "
       + "inf) where S = c*sqrt(A) + d*sqrt(B) : ")
      + "A/(eps*sqrt(A)/S) + B/(eps*sqrt(B)/S) <= (sqrt(A*c) + sqrt(B*d))^2/eps",
      "the split depends on the weights"
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
