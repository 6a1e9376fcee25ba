/// Claims for all parameters, named for the lemmas of docs/math/04 (S1 to S8 are those of its section 6), and false
/// variants of them.
module Proofs.Papers.MotifMimicry.Theorems

open Proofs.FSharp
open Proofs.Papers.MotifMimicry.Instances
open Proofs.Papers.MotifMimicry.Mutants

// The term of M1 for one sample: residual r and coefficient a.
let private term (r: string) (a: string) = $"C*max(abs({r}) - eps, 0) + eps*abs({a}) - {a}*{r}"

let private termOne, termTwo, anyTerm = term "r1" "a1", term "r2" "a2", term "r" "a"

let private tube = "C in (0, inf), eps in [0, inf)"

/// The convex fits and their certificates (section 1).
let fits =
    [ "M1 terms", $"forall {tube}, a in real, r in real where abs(a) <= C : {anyTerm} >= 0"

      "M1 two samples",
      ($"forall {tube}, a1 in real, a2 in real, b in real, y1 in real, y2 in real, k1 in real, k2 in real, h in real, "
       + $"r1 in real, r2 in real ")
      + "where a1 + a2 = 0, r1 = y1 - k1*a1 - h*a2 - b, r2 = y2 - h*a1 - k2*a2 - b : "
      + "(k1*a1^2 + 2*h*a1*a2 + k2*a2^2)/2 + C*(max(abs(r1) - eps, 0) + max(abs(r2) - eps, 0))"
      + " + (k1*a1^2 + 2*h*a1*a2 + k2*a2^2)/2 - y1*a1 - y2*a2 + eps*(abs(a1) + abs(a2))"
      + $" = {termOne} + {termTwo}"

      // A term is 0 exactly where the KKT conditions hold; a < 0 is the same with (a, r) for (-a, -r).
      "M1 zero under KKT",
      ($"forall {tube}, a in [0, inf), r in real where a <= C, if(a = 0, abs(r), eps) <= eps, if(a > 0 and a < C, r, "
       + $"eps) = eps, if(a = C, r, eps) >= eps : ")
      + $"C*max(abs(r) - eps, 0) + eps*a - a*r = 0"
      "M1 positive for a = 0", $"forall {tube}, r in real where abs(r) > eps : C*max(abs(r) - eps, 0) > 0"
      "M1 positive for r above the tube",
      $"forall {tube}, a in (0, inf), r in real where a < C, r > eps : C*max(abs(r) - eps, 0) + eps*a - a*r > 0"
      "M1 positive for r below the tube's edge",
      $"forall {tube}, a in (0, inf), r in real where r < eps : C*max(abs(r) - eps, 0) + eps*a - a*r > 0"
      "M1 positive for a = C", $"forall {tube}, r in real where r < eps : C*max(abs(r) - eps, 0) + eps*C - C*r > 0"

      "M2 sum of the halves",
      ("forall p in real, q in real, pmin in real, qmin in real, d in [0, inf) where p - pmin >= d/2, q - qmin >= d/2, "
       + "pmin = -qmin : p + q >= d")
      "M2 evaluation, two features",
      "forall u1 in real, u2 in real, k1 in real, k2 in real : abs(u1*k1 + u2*k2) <= sqrt((u1^2 + u2^2)*(k1^2 + k2^2))"

      "M3 two eigenvalues",
      "forall k1 in [0, inf), k2 in [0, inf), e1 in real, e2 in real, lam in (0, inf) : "
      + "k1*e1^2/(k1 + lam)^2 + k2*e2^2/(k2 + lam)^2 <= (e1^2 + e2^2)/(4*lam)"
      "S8", "forall k in (0, inf), lam in (0, inf) : k/(k + lam)^2 <= 1/(4*lam)"
      "S8 attained", "forall lam in (0, inf) : lam/(lam + lam)^2 = 1/(4*lam)"

      "M4 absolute loss", "forall y in real, u in real, f in real : abs(abs(y - u) - abs(y - f)) <= abs(u - f)"
      "M4 insensitive loss",
      ("forall y in real, u in real, f in real, eps in [0, inf) : "
       + "abs(max(abs(y - u) - eps, 0) - max(abs(y - f) - eps, 0)) <= abs(u - f)")
      "M4 squares, two samples",
      "forall u1 in real, u2 in real, d1 in real, d2 in real, tau in [0, inf) where abs(d1) <= tau, abs(d2) <= tau : "
      + "abs(((u1 + d1)^2 + (u2 + d2)^2)/2 - (u1^2 + u2^2)/2) <= tau*(abs(u1) + abs(u2) + tau)"
      "M4 mean below root mean square", "forall u in real, v in real : (abs(u) + abs(v))/2 <= sqrt((u^2 + v^2)/2)" ]

/// The exponential block (section 3): pieces in u = exp(-gam t/2) with x = v/h at their lower ends.
let exponential =
    [ "E chord",
      "forall N in int [2, inf), j in int [1, inf), g in (0, inf) : "
      + "(2/g*log((j + 1)/j))^2/8*(g^2*((j + 1)/N)^2) = ((j + 1)*log((j + 1)/j))^2/2/N^2"
      "S3 slope", "forall x in [1, inf) : log(1 + 1/x) - 1/x <= 0"
      "S3 value", "forall x in [1, inf) : (x + 1)*log(1 + 1/x) <= 2*log(2)"
      "S3 square", "forall w in [0, inf) where w <= 2*log(2) : w^2/2 <= 2*log(2)^2"
      "S3 constant", "2*log(2)^2 < 1"
      "E slopes",
      ("forall a in [0, inf), b in [0, inf) where a < b : 0 <= (exp(-a) - exp(-b))/(b - a) and "
       + "(exp(-a) - exp(-b))/(b - a) <= 1")
      "E' entropy", "forall S in [1, inf) : 1 - S + S*log(S) <= (S - 1)^2/2"
      "E' sinh", "forall z in (0, inf) : 3*(exp(z) - exp(-z)) - 4*z <= z*(exp(z) + exp(-z))"
      "E' piece", "forall x in [23/32, inf) : 1/2 + 1/(72*x*(x + 1)) <= 529/1024"
      "E' error",
      "forall x in [23/32, inf), N in int [2, inf) : (1/2 + 1/(72*x*(x + 1)))*(32/(32*N - 9))^2 <= 529/(32*N - 9)^2"
      "tangent exp", "forall t in [0, inf), s in [0, inf) : exp(-t) >= exp(-s)*(1 + s - t)"
      "stored knot", "forall t in real, s in real, k in real : abs(max(t - s, 0) - max(t - k, 0)) <= abs(s - k)" ]

let private two = "a1 in real, a2 in real"
let private half = "(abs(a1) + abs(a2))/2"

/// The transfers (section 4), sums over support vectors with two terms.
let transfers =
    [ "T0 two terms",
      ($"forall {two}, d1 in real, d2 in real, e1 in real, e2 in real where a1 + a2 = 0, -e2 <= d1, d1 <= e1, "
       + $"-e2 <= d2, d2 <= e1 : ")
      + $"abs(a1*d1 + a2*d2) <= {half}*(e1 + e2)"
      "T0 three terms",
      $"forall {two}, a3 in real, d1 in real, d2 in real, d3 in real, e1 in real, e2 in real "
      + "where a1 + a2 + a3 = 0, -e2 <= d1, d1 <= e1, -e2 <= d2, d2 <= e1, -e2 <= d3, d3 <= e1 : "
      + "abs(a1*d1 + a2*d2 + a3*d3) <= (abs(a1) + abs(a2) + abs(a3))/2*(e1 + e2)"
      "T0 ridge",
      $"forall {two}, d1 in real, d2 in real, e1 in real, e2 in real where -e2 <= d1, d1 <= e1, -e2 <= d2, d2 <= e1 : "
      + $"abs(a1*d1 + a2*d2 - (a1 + a2)*(e1 - e2)/2) <= {half}*(e1 + e2)"

      // k_i = exp(-gam d_i), w = exp(-gam e) >= 1 - q, u_i = E(t_i) between w k_i and k_i + h; h = N^-2, q = gam D
      // 4^-(m+1).
      "T1 damping", "forall g in (0, inf), e in [0, inf) : 1 - exp(-g*e) <= g*e"
      "T1 shift", "forall g in (0, inf), d in [0, inf), e in [0, inf) : exp(-g*(d + e)) >= exp(-g*d) - g*e"
      "T1 kernel",
      ("forall q in [0, inf), k in [0, 1], w in [0, 1], h in [0, inf), u in real where 1 - q <= w, k*w <= u, "
       + "u <= k + h : -q <= u - k and u - k <= h")
      "T1 two terms",
      ($"forall {two}, q in [0, inf), k1 in [0, 1], k2 in [0, 1], w in [0, 1], h in [0, inf), r1 in [0, inf), "
       + $"r2 in [0, inf), u1 in real, u2 in real ")
      + "where a1 + a2 = 0, 1 - q <= w, u1 = k1*w + r1, u2 = k2*w + r2, u1 <= k1 + h, u2 <= k2 + h : "
      + $"abs(a1*(u1 - k1) + a2*(u2 - k2)) <= {half}*(h + q)"
      "T2 identity",
      $"forall {two}, g in (0, inf), d1 in [0, inf), d2 in [0, inf), e in [0, inf) : "
      + "a1*exp(-g*(d1 + e)) + a2*exp(-g*(d2 + e)) = exp(-g*e)*(a1*exp(-g*d1) + a2*exp(-g*d2))"
      "T2 split",
      $"forall {two}, k1 in [0, 1], k2 in [0, 1], r1 in real, r2 in real, w in [0, 1] : "
      + "a1*(w*k1 + r1 - k1) + a2*(w*k2 + r2 - k2) = a1*r1 + a2*r2 - (1 - w)*(a1*k1 + a2*k2)"
      // F = f - b = a1 k1 + a2 k2
      "T2 two terms",
      ($"forall {two}, F in real, r1 in [0, inf), r2 in [0, inf), h in [0, inf), w in [0, 1] where a1 + a2 = 0, "
       + $"r1 <= h, r2 <= h : ")
      + $"abs(a1*r1 + a2*r2 - (1 - w)*F) <= {half}*h + (1 - w)*abs(F)"
      "T2 range", $"forall {two}, k1 in [0, 1], k2 in [0, 1] where a1 + a2 = 0 : abs(a1*k1 + a2*k2) <= {half}"

      "4.1 min", "forall x in [0, inf), z in [0, inf) : x - max(x - z, 0) = min(x, z)"
      "4.1 curvature", "forall u in [0, inf) : abs(4*u - 2)*exp(-u) <= 2"
      "4.1 pieces",
      ("forall g in (0, inf), A in (0, inf), tau in (0, inf), N in int [1, inf) where N >= sqrt(g*A/(4*tau)) : "
       + "(1/N)^2/8*(2*g*A) <= tau")
      "4.3 distance", "forall x in [0, inf), z in [0, inf) : 2*max(x - z, 0) - x + z = abs(x - z)"
      "4.5 square",
      "forall t in real, v in [0, inf), n in (0, inf), w in real where w = (t + v)/n : n^2*w^2 - 2*n*v*w + v^2 = t^2"
      "4.5 zero diagonal",
      "forall g in (0, inf), x in real, y in real : ((g*x + g*y)^2 - (g*x - g*y)^2)/(2*g) = 2*g*x*y"
      "4.5 error, two squares",
      ("forall l in [0, inf), k in [0, inf), p in [0, inf), q in [0, inf), e in [0, inf), f in [0, inf), m in int [1, "
       + "inf) where e <= 4^(-m - 1), f <= 4^(-m - 1) : ")
      + "-4^(-m - 1)*k*q^2 <= l*p^2*e - k*q^2*f and l*p^2*e - k*q^2*f <= 4^(-m - 1)*l*p^2"

      "T3 outside the ramps",
      "forall x in real, s in real, delta in (0, inf) where abs(x - s) >= delta/2 : "
      + "max((x - s)/delta + 1/2, 0) - max((x - s)/delta - 1/2, 0) = if(x >= s, 1, 0)"
      "T3 leaf sum, step (S7)", "forall t in (-inf, 1], s in [0, 1] : max(t - s, 0) + max(t - 1 + s, 0) <= max(t, 0)"
      "T3 leaf sum, depth 2 (S7)",
      "forall s in [0, 1], p in [0, 1], q in [0, 1] : "
      + "max((1 - s) + (1 - p) - 1, 0) + max((1 - s) + p - 1, 0) + max(s + (1 - q) - 1, 0) + max(s + q - 1, 0) <= 1"
      "T3 range, two leaves",
      ("forall lo in real, hi in real, c1 in real, c2 in real, u1 in [0, 1], u2 in [0, 1] where u1 + u2 <= 1, "
       + "lo <= c1, c1 <= hi, lo <= c2, c2 <= hi : ")
      + ("lo <= (lo + hi)/2 + (c1 - (lo + hi)/2)*u1 + (c2 - (lo + hi)/2)*u2 and "
         + "(lo + hi)/2 + (c1 - (lo + hi)/2)*u1 + (c2 - (lo + hi)/2)*u2 <= hi") ]

/// The choice of N and m (section 4.2), and the sums of the layers' entries.
let plans =
    [ "plan leaf N",
      "forall A in (0, inf), tau in (0, inf), N in (0, inf) where N >= sqrt(A/tau) : A/2*N^(-2) <= tau/2"
      "plan leaf N, sharper knots",
      ("forall A in (0, inf), tau in (0, inf), N in int [1, inf) where N >= (23*sqrt(A/tau) + 9)/32 : "
       + "A/2*(529/(32*N - 9)^2) <= tau/2")
      "plan leaf m",
      ("forall g in (0, inf), D in int [1, inf), A in (0, inf), tau in (0, inf), m in (0, "
       + "inf) where m >= log2(g*D*A/tau)/2 - 1 : A/2*g*D*4^(-m - 1) <= tau/2")
      "plan halves",
      ("forall A in (0, inf), tau in (0, inf), p in [0, inf), q in [0, inf) where A/2*p <= tau/2, A/2*q <= tau/2 : "
       + "A/2*(p + q) <= tau")
      "4.2 entries by layer",
      "forall D in int [1, inf), m in int [2, inf), ns in int [1, inf), N in int [2, inf) : "
      + "3*D + 8*D + 9*D*(m - 2) + 4*D + ns*(D + 2) + ns*(2*N - 1) + (ns*N + 1) = D*(9*m - 3) + ns*(D + 1 + 3*N) + 1"
      "4.3 entries by layer",
      "forall D in int [1, inf), nd in int [1, inf), ns in int [1, inf), N in int [2, inf) : "
      + "2*nd + D + ns*(D + 2) + ns*(2*N - 1) + (ns*N + 1) = 2*nd + D + ns*(D + 2) + ns*(3*N - 1) + 1" ]

let symbolic =
    theorem "motif-claims" {
        title "Convex fits and their analytic transfer"
        source "motif-mimicry" "docs/math/04"

        claims fits
        claims exponential
        claims transfers
        claims plans

        openClaims
            [ "plan",
              ("forall A in (0, inf), tau in (0, inf), N in (0, inf), g in (0, inf), D in int [1, inf), m in (0, "
               + "inf) where N >= sqrt(A/tau), m >= log2(g*D*A/tau)/2 - 1 : A/2*(N^(-2) + g*D*4^(-m - 1)) <= tau"),
              ("two estimates of powers in one goal; they are claims plan leaf N and plan leaf m, and "
               + "claim plan halves adds them")
              "S3",
              "forall x in [1, inf), y in [1, inf) where x <= y : (y + 1)*log(1 + 1/y) <= (x + 1)*log(1 + 1/x)",
              ("a logarithm of a quotient of one variable against that of another; "
               + "claim S3 slope is the sign of the derivative, S3 value what E needs") ]

        mutants all
    }

/// Networks of fitted models: what is read off their stored entries.
let kernelTransfers =
    theorem "kernel-transfers" {
        title "Support vector fits with exponential kernels as networks"
        source "motif-mimicry" "docs/math/04, sections 1, 3, 4.2"

        instance (transfer gauss2 1 2)
        instance (transfer gauss2 4 8)
        instance (transfer gauss2 8 64)
        instance (transfer gauss3 9 64)
        claim "feasible" "asum = 0"
        claim "gap" "gap <= 10^(-7)"
        claim "depth" "L = m + 4"
        claim "size" "W = D*(9*m - 3) + ns*(D + 2) + ns*(3*N - 1) + 1 - zeros"
        claim "T1, weights rounded" "error <= A/2*(N^(-2) + g*D*4^(-m - 1)) + 10^(-12)"

        mutantOn (transfer gauss2 8 64) "9" "L = m + 3" "m squares, q, t, hinges, output: m + 4 affine layers"
        mutantOn weightOff "lie: a weight" "error <= A/2*(N^(-2) + g*D*4^(-m - 1)) + 10^(-12)"
            "the hinges are read as they are stored"
        mutantOn squareOff "lie: a square" "error <= A/2*(N^(-2) + g*D*4^(-m - 1)) + 10^(-12)"
            "the squares are compared entry by entry, and a network of another layout has no certificate"
        mutantOn wrongConstant "lie: the kernel" "error <= A/2*(N^(-2) + g*D*4^(-m - 1)) + 10^(-12)"
            "the hinges are measured against the fitted gamma"
        mutantOn forgotten "lie: a support vector" "error <= A/2*(N^(-2) + g*D*4^(-m - 1)) + 10^(-12)"
            "a distance is missing"
    }

/// The same for the Laplacian.
let laplaceTransfers =
    theorem "laplace-transfers" {
        title "Support vector fits with the Laplacian kernel as networks"
        source "motif-mimicry" "docs/math/04, section 4.3"

        instance (transfer laplace2 0 4)
        instance (transfer laplace2 0 16)
        instance (transfer laplace2 0 64)
        claim "feasible" "asum = 0"
        claim "gap" "gap <= 10^(-7)"
        claim "depth" "L = 4"
        claim "size" "W = 2*nd + D + ns*(D + 2) + ns*(3*N - 1) + 1"
        claim "T0, weights rounded" "error <= A/(2*N^2) + 10^(-12)"
        mutantOn (transfer laplace2 0 16) "10 built" "error <= abs(asum)/(2*N^2) + 10^(-12)" "sum a = 0"
    }

/// The exponential block as a network.
let exponentialBlock =
    theorem "exponential-block" {
        title "The decreasing exponential by N hinges"
        source "motif-mimicry" "docs/math/04, Lemma E"

        instance (exponentialOf 2)
        instance (exponentialOf 4)
        instance (exponentialOf 16)
        claim "depth" "L = 2"
        claim "size" "W = 3*N"
        claim "error" "sup |Phi - f| <= N^(-2)"
        mutantOn (exponentialOf 2) "3" "W = 3*N + 1" "N weights, N - 1 biases, N output weights, one output bias"
        mutantOn (exponentialOf 2) "3 below" "W = 3*N - 1" "N = 2 has exactly 6"
        mutantOn (exponentialOf 4) "2 built" "sup |Phi - f| <= 1/(2*N^2)" "towards t = 16 the error is nearly N^-2"
    }

/// Splines and trees.
let exactTransfers =
    theorem "exact-transfers" {
        title "Fits over the rationals whose networks have no error"
        source "motif-mimicry" "docs/math/04, section 4.1"

        instance (spline exactFits[0])
        instance (spline exactFits[1])
        instance (spline exactFits[2])
        instance (spline exactFits[3])
        claim "exact" "sup |Phi - f| <= 0"
        claim "depth" "L = 2"
        claim "size" "W = 3*q + 2*s0 + f0"
        mutantOn (spline exactFits[0]) "f(0) forgotten" "W = 3*q + 2*s0" "f(0) = 91/384 is a bias"
    }

let trees =
    theorem "tree-transfers" {
        title "Regression trees as networks, exactly outside strips"
        source "motif-mimicry" "docs/math/04, section 4.6"

        instance (tree "tree-2d-5leaves" 2 fiveLeaves "1/64")
        instance (tree "stump" 1 stump "1/16")
        claim "depth" "L = 3"
        claim "strips" "union <= strips and strips <= delta*I"
        mutantOn (tree "stump" 1 stump "1/16") "7 built" "sup |Phi - if(x > 1/2, 1, 0)| <= delta"
            "in the strip the error is about 1/2, however narrow it is"
        mutantOn pyramid "5 built" "form >= 0" "the quadratic form of the pyramid is -2"
    }
