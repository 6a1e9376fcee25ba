/// False variants of docs/math/06, section 8, under their numbers there; 3 and 11 need distributions and random data
/// and are not among them.
module Proofs.Papers.LossSurface.Mutants

let all =
    [ "1",
      // d = 2 and T = 1, where the stay probability is Chi2_2(r^2/s^2) = 1 - exp(-r^2/(2 s^2))
      "forall r in (0, inf), s in (0, inf) : 1 - exp(-r^2/(2*s^2)) >= 1 - exp(-2*r^2/(2*s^2))",
      "the variance is halved"
      "2",
      // likewise, with s = eta sigma
      ("forall r in (0, inf), eta in (0, 1), sigma in (0, inf) : "
       + "1 - exp(-r^2/(2*(eta*sigma)^2)) = 1 - exp(-r^2/(2*(sqrt(eta)*sigma)^2))"),
      "the noise of a step is eta sigma"
      "4", "forall k in int [0, inf) : prod(j, 1, k, 1/2 + j) = factorial(k)",
      "e^x - 1 is an upper bound, coefficient by coefficient"
      "4, second half",
      // mu E tau <= e^x - 1 (L7), so that mu E tau >= e^x/x would give this
      "forall x in (0, inf) : exp(x) - 1 >= exp(x)/x",
      "for small x the quotient exceeds even the upper bound"
      "5",
      ("forall DL in (0, inf), eta in (0, inf), mu in (0, inf), sigma in (0, inf) where eta*mu < 2 : "
       + "2*DL/(eta*sigma^2)*(1 - eta*mu/2) = 2*DL/(eta*sigma^2)"),
      "the factor 1 - eta mu/2 is missing"
      "6",
      ("forall mu in (0, inf), nu in (0, inf), eta in (0, 1) where mu < nu, eta*nu < 1 : "
       + "(2*nu - eta*nu^2)/(2*eta) <= (2*mu - eta*mu^2)/(2*eta)"),
      "at equal radius the barrier grows with mu"
      "7",
      "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : T1/a^2 + T2*a^2 = sqrt(T1*T2)",
      "the factor L = 2 is missing"
      "8", "forall T in (0, inf), a in (0, inf) : T/a^2 = T/a", "second derivatives scale by alpha^-2"
      "9", "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : T1/a^2 + T2*a^2 = T1 + T2",
      "plain sharpness changes under rescaling"
      "10",
      ("forall w in real, v in real, b in real, c in real, a in (0, inf), x in real : "
       + "v/a*max(a*w*x + a*b, 0) + c/a = v*max(w*x + b, 0) + c"),
      "the last bias is scaled by the product of all alpha, which is 1"
      "12", "forall s1 in (0, inf), s2 in (0, inf) : s1*s2 <= max(s1, s2)", "spectral norms multiply"
      "13",
      "forall u in real, v in real where u^2 + v^2 = 1 : sqrt((2*u)^2 + v^2) >= 2",
      "started at e_2, power iteration with diag(2, 1) returns 1"
      "14",
      ("forall A1 in [0, inf), A2 in [0, inf), B1 in [0, inf), B2 in [0, inf) : "
       + "sqrt((A1 + A2)*(B1 + B2)) <= sqrt(A1*B1) + sqrt(A2*B2)"),
      "Cauchy-Schwarz is strict in general" ]
