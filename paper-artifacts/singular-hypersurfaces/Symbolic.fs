/// What is claimed for all parameters: the inequalities by which the error budget adds up (P1-P6) and the facts behind
/// the phase diagram (F1-F9). Numbers refer to docs/math/01-singular-hypersurfaces.md, sections 4 and 7.
module Proofs.Papers.SingularHypersurfaces.Symbolic

// S, H and Lin are the rate exponents of the smooth part, of the singular part, and of linear estimators.
let private s = "2*beta/(2*beta + D)"
let private h = "alpha/(alpha + D - 1)"
let private lin = "alpha/(2*alpha + D - 1)"
let private bLow = "alpha*D/(2*(alpha + D - 1))"
let private bHigh = "alpha*D/(2*(D - 1))"

let private smoothness = "forall alpha in (0, inf), beta in (0, inf), D in int [2, inf)"
let private surface = "forall alpha in (0, inf), D in int [2, inf)"
let private pieces = "forall beta in (0, inf), D in int [2, inf)"
let private sizes = "forall K in int [1, inf), J in [1, inf), M in [1, inf), eps in (0, 1]"

/// The inequalities of the approximation theorem.
let approximation =
    [ "P1 K eps_f = eps/2", "forall K in int [1, inf), eps in (0, 1] : K*(eps/(2*K)) = eps/2"

      // kappa is K, or 1 where the pieces are disjoint
      "smooth part within eps/2",
      ("forall K in int [1, inf), kappa in (0, inf), eps in (0, 1], eps_f in (0, inf) where kappa <= K, "
       + "eps_f = eps/(2*K) : kappa*eps_f <= eps/2")

      "P2",
      $"{sizes}, delta in (0, inf) where delta <= eps^2/(2*K^2*M^2*J) : "
      + "K*M*sqrt(J*(eps^2/(8*K^2*M^2*J) + delta/4)) <= eps/2"

      "P3 pieces",
      "forall K in int [1, inf), D in int [2, inf), beta in (0, inf), eps in (0, 1] : "
      + "(eps/(2*K))^(-D/beta) = (2*K)^(D/beta)*eps^(-D/beta)"

      "P3 surfaces",
      $"{sizes}, D in int [2, inf), alpha in (0, inf) : "
      + "(eps^2/(8*K^2*M^2*J))^(-(D - 1)/alpha) = (8*K^2*M^2*J)^((D - 1)/alpha)*eps^(-2*(D - 1)/alpha)"

      // E_p is even in eta; its branches meet at |eta| = delta/2. Near: a = |eta|/delta. The far branch obeys the bound
      // everywhere.
      "P4 near",
      "forall p in [1, inf), a in [0, 1/2], delta in (0, inf) : "
      + "delta/(p + 1)*((1/2 + a)^(p + 1) + (1/2 - a)^(p + 1)) <= a*delta + delta*2^(-p)/(p + 1)"

      "P4 far",
      "forall p in [1, inf), eta in [0, inf), delta in (0, inf) : "
      + "eta - delta*(p - 1)/(2*(p + 1)) <= eta + delta*2^(-p)/(p + 1)"

      "P5", $"{sizes} : 1/pow2floor(eps^2/(2*K^2*M^2*J)) < 4*K^2*M^2*J/eps^2"

      "P6",
      $"{smoothness}, eps in (0, 1], c1 in [0, inf), c2 in [0, inf) : "
      + "c1*eps^(-D/beta) + c2*eps^(-2*(D - 1)/alpha) <= (c1 + c2)*eps^(-max(D/beta, 2*(D - 1)/alpha))" ]

/// The facts behind the phase diagram; an equivalence is stated as its two directions.
let phases =
    [ "F1", $"{surface} : {h} > {lin}"
      "F2 if", $"{smoothness} where beta > {bLow} : {s} > {lin}"
      "F2 only if", $"{smoothness} where {s} > {lin} : beta > {bLow}"
      "F3 if", $"{smoothness} where beta >= {bHigh} : {s} >= {h}"
      "F3 only if", $"{smoothness} where {s} >= {h} : beta >= {bHigh}"
      "F4", $"{surface} : 0 < {bLow} and {bLow} < {bHigh}"
      "F5 if", $"{smoothness} where beta > {bLow} : min({s}, {h}) > min({s}, {lin})"
      "F5 only if", $"{smoothness} where min({s}, {h}) > min({s}, {lin}) : beta > {bLow}"
      "F6 if", $"{smoothness} where beta <= {bLow} : {s} <= min({h}, {lin})"
      "F6 only if", $"{smoothness} where {s} <= min({h}, {lin}) : beta <= {bLow}"
      "F7 region III", $"{surface} : {h} - {lin} = alpha^2/((alpha + D - 1)*(2*alpha + D - 1))"
      "F7 region II",
      $"{smoothness} : {s} - {lin} = (2*beta*(alpha + D - 1) - alpha*D)/((2*beta + D)*(2*alpha + D - 1))"
      "F8", $"{smoothness} : {h} < 1 and {lin} < 1/2 and {s} < 1"
      "F8 limit of H",
      $"forall D in int [2, inf), t in (0, 1], alpha in (0, inf) where alpha*t >= D : 1 - {h} <= t"
      "F8 limit of Lin",
      $"forall D in int [2, inf), t in (0, 1], alpha in (0, inf) where alpha*t >= D : 1/2 - {lin} <= t"
      "F9 if", $"{smoothness} where beta <= {bHigh} : D/beta >= 2*(D - 1)/alpha"
      "F9 only if", $"{smoothness} where D/beta >= 2*(D - 1)/alpha : beta <= {bHigh}" ]

/// The obligations of the rate (section 5.3): approximation and estimation error balance; and constants of 5.1 and 6.1.
let rates =
    [ "rate, smooth part if", $"{pieces}, rho in (0, 1) where rho <= {s} : rho*D/(2*beta) - 1 <= -rho"
      "rate, smooth part only if", $"{pieces}, rho in (0, 1) where rho*D/(2*beta) - 1 <= -rho : rho <= {s}"
      "rate, singular part if", $"{surface}, rho in (0, 1) where rho <= {h} : rho*(D - 1)/alpha - 1 <= -rho"
      "rate, singular part only if", $"{surface}, rho in (0, 1) where rho*(D - 1)/alpha - 1 <= -rho : rho <= {h}"
      "5.1 chord of the exponential", "forall v in [0, 1] : 1 - exp(-v) >= (1 - exp(-1))*v"
      "5.1 constants", "2/(1 - exp(-1)) < 317/100 and 4*(317/100) < 13"
      // b = c^2
      "6.1 best multiple of an indicator",
      ("forall c in (0, inf), a in real, s in (0, inf), n in (0, inf), K in (0, inf) : "
       + "(c - a)^2/(4*K) + s*a^2/n >= c^2*s/(n + 4*K*s)")
      "6.1 constant",
      ("forall K in (0, inf), V in (0, inf), b in (0, inf), s in (0, inf), x in (0, inf) where x <= 4*K*s : "
       + "K*V*b*s/(x + 4*K*s) >= V*b/8") ]

/// False variants (section 8), each with the reason why it is false.
let mutants =
    [ "3",
      "forall eta in (0, 1], delta in (0, 1] : if(eta/delta <= 1/2, delta/4 + eta^2/delta, eta) <= eta/2 + delta/4",
      "a ramp shifted by 2 delta errs by 2 delta in L1, more than 1.25 delta"
      "4", $"{smoothness} : max(D/beta, 2*(D - 1)/alpha) <= max(D/beta, (D - 1)/alpha)",
      "a surface error of eps leaves an L2 error of the order sqrt(eps)"
      "10",
      $"{sizes}, delta in (0, inf) where delta <= eps^2/(2*K^2*M^2*J) : "
      + "K^2*M^2*J*(eps^2/(8*K^2*M^2) + delta/4) <= eps^2/4",
      "the L1 errors of J far apart surfaces add"
      "11", $"{smoothness} : min({s}, {h}) > min({s}, {lin})", "below b_low the smooth part dominates for both"
      "12", $"{smoothness} where beta > alpha*D/(2*(2*alpha + D - 1)) : {s} > {lin}", "the boundary is larger"
      "13", $"{smoothness} where {s} <= {h} : beta >= {bHigh}", "the direction is reversed"
      "14", $"{smoothness} : {h} <= {lin}", "F1 is strict"
      "16", "forall D in int [1, 64] : 2*(D - 1) > 0", "in D = 1 jumps are points: the denominator of b_high is 0" ]
