/// False variants of docs/math/04, section 8, under their numbers there; 3 and 9 count entries and layers of built
/// networks and stand with their instances.
module Proofs.Papers.MotifMimicry.Mutants

// Two tents of the square SQ_1 on [0, 1].
let private square (u: string) = $"max({u}/2, 3/2*{u} - 1/2)"

let private squareZ, squareW = square "abs(x - z)", square "abs(x - w)"

let all =
    [ "1",
      // K = I, eps = 0, y = (1, -1), coefficients (a, -a), b = 0; the optimum is (1, -1).
      "forall C in [1, inf), a in [0, 1], s in real where s = 1 - a : 2*s^2 <= 2*(C*abs(s) - a*s)/2",
      "the two halves of M2 add: the bound is G, not G/2"
      "2",
      "forall N in int [1, inf), g in (0, inf), t in [0, inf) where t >= 2/g*log(N) : N^(-2) - exp(-g*t) <= 1/(2*N^2)",
      "beyond the last knot the error tends to N^-2"
      "4",
      "forall g in (0, inf), x in [0, 1], z in [0, 1], w in [0, 1] : "
      + ($"abs(exp(-g*{squareZ}) - exp(-g*(x - z)^2) - exp(-g*{squareW}) + exp(-g*(x - w)^2)) <= g/16*sqrt(2 - "
         + $"2*exp(-g*(z - w)^2))"),
      "squares of x - z and x - w err by different amounts, which do not cancel"
      "5",
      ("forall h in (0, 1] : sum(i, 0, 3, sum(j, 0, 3, sum(k, 0, 3, sum(l, 0, 3, (-1)^(i + k)*max(1 - max(abs(i - k), "
       + "abs(j - l))/(3*h), 0))))) >= 0"),
      "at h = 2/3 the form of the pyramid on the 4x4 grid is -2"
      "6",
      ("forall a in real, d in real, e1 in [0, inf), e2 in [0, inf) where -e2 <= d, d <= e1 : "
       + "abs(a*d) <= abs(a)/2*(e1 + e2)"),
      "without sum a = 0 the output bias has to be corrected"
      "7",
      ("forall x in [0, 1], delta in (0, 1] : abs(max((x - 1/2)/delta + 1/2, 0) - max((x - 1/2)/delta - 1/2, "
       + "0) - if(x > 1/2, 1, 0)) <= delta"),
      "right of the threshold a stump errs by 1/2, however narrow the ramp"
      "8",
      "forall s in [0, 1], p in [0, 1] : max(-s - p + (1 - 2), 0) = max((1 - s) + (1 - p) - 1, 0)",
      "the bias of a leaf is 1 - r_l: the all-left leaf would never fire"
      "10",
      ("forall a1 in real, a2 in real, d1 in real, d2 in real, N in int [2, inf) where 0 <= d1, d1 <= N^(-2), 0 <= d2, "
       + "d2 <= N^(-2) : ")
      + "abs(a1*d1 + a2*d2) <= N^(-2)/2*abs(a1 + a2)",
      "sum a = 0 would give error 0"
      "11",
      // x = (0, 1), K = I, y = (1, 1), eps = 0, C = 2; the optimum is w = 0, b = 1.
      "forall a1 in [-2, 2], a2 in [-2, 2], b in real : "
      + "a1^2 + a2^2 <= 2*abs(1 - a1 - b) - a1*(1 - a1 - b) + 2*abs(1 - a2 - b) - a2*(1 - a2 - b)",
      "without sum a = 0 the local terms can vanish away from the optimum" ]
