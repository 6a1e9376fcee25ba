/// Claims for all parameters, by their numbers in docs/math/03, section 12, and false variants of them.
module Proofs.Papers.QuotientFeatureSpaces.Theorems

open Proofs.Constructions.Invariance
open Proofs.FSharp
open Proofs.Papers.QuotientFeatureSpaces.Instances

let symbolic =
    theorem "quotient-claims" {
        title "Counts, sizes and rates of invariant networks"
        source "sannai2021" "docs/math/03, section 12"

        claims
            [ "Q1 lower", "forall n in int [1, inf), N in int [1, inf) : N^n <= prod(i, 0, n - 1, N + i)"
              "Q1 pair",
              ("forall n in int [1, inf), N in int [1, inf), i in [0, inf) : "
               + "(N + i)*(N + n - 1 - i) <= (N + (n - 1)/2)^2")
              "Q1 product",
              ("forall n in int [1, inf), N in int [1, inf) : factorial(n)*binomial(N + n - 1, n) = prod(i, 0, n - 1, "
               + "N + i)")
              // u = (n - 1)/(2N)
              "Q1 upper", "forall u in [0, inf), n in int [1, inf) : (1 + u)^n <= exp(n*u)"
              "Q2 inequality", "forall N in int [1, inf), n in int [2, inf) : 1 + n/N < (1 + 1/N)^n"
              "Q2 ratio",
              "forall N in int [1, inf), n in int [2, inf) : binomial(N + n, n)/binomial(N + n - 1, n) = (N + n)/N"
              "Q3",
              ("forall n in int [1, inf), S in int [1, inf), C in [0, inf), A in [0, inf) where 2*C <= n*S, "
               + "A <= n*(S - 1) : n*(S + 1) + 4*C + A <= 4*n*S")
              "Q4", "forall n in int [3, inf) : n*(n + 1) + 4*n*(n - 1)/2 + (n - 1)*(n - 2) = 4*n^2 - 4*n + 2"
              "Q5 powers of two", "forall k in int [1, inf) : 6*(2^k - 1) >= 9*2^(k - 1) - 6"
              "Q5 count", "forall k in int [1, inf) : 3*2^(k - 1) + (6*2^(k - 1) - 6) = 9*2^(k - 1) - 6"
              "Q6",
              ("forall M in (0, inf), eps in (0, inf), beta in (0, 1], N in (0, inf) where eps <= M, "
               + "N >= 3/4*(M/eps)^(1/beta) : M*(3/(4*N))^beta <= eps")
              "Q7 from a bound of the nodes",
              ("forall n in int [2, inf), t in [1, inf), N in int [1, inf), S in [0, inf), C in [0, inf), B in [0, "
               + ("inf) where N <= 3*t/4 + 1, B <= C*t^n : 4*n*S + 6*n*N + 4*n + (12*n - 6)*B <= (4*n*S + 17/2*n + 6*n "
                  + "+ (12*n - 6)*C)*t^n"))
              "Q8 base",
              ("forall n in int [1, inf), t in (0, inf), N in int [1, inf) where t >= 2*n*(n + 3)/3, N <= 3*t/4 + 1 : "
               + "N + (n + 1)/2 <= 3*t/4*(1 + 1/n)")
              "Q8 e", "forall n in int [1, inf) : n*log(1 + 1/n) <= 1"
              "Q8 power",
              "forall n in int [1, inf), a in (0, inf), b in (0, inf) where a <= b*(1 + 1/n) : a^n <= b^n*(1 + 1/n)^n"
              "Q9", "forall t in [0, inf), beta in (0, 1] : t^beta <= (1 - beta) + beta*t"
              "Q9 leaves",
              ("forall M in (0, inf), N in (0, inf), beta in (0, 1] : "
               + ("(1 + beta)*M*(2*N)^(-beta) - beta*M*(2*N)^(-beta) = M*(2*N)^(-beta) and "
                  + "(1 - beta)*M*(2*N)^(-beta) + beta*M*(2*N)^(-beta) = M*(2*N)^(-beta)"))
              "Q10 from a bound of the nodes",
              ("forall n in int [2, inf), t in [1, inf), N in int [1, inf), S in [0, inf), C in [0, inf), B in [0, "
               + ("inf) where N <= t/2 + 1, B <= C*t^n : 4*n*S + 6*n*N + 3 + (7*n + 1)*B <= (4*n*S + 9*n + 3 + (7*n + "
                  + "1)*C)*t^n"))
              "Q10 leaf",
              ("forall n in int [2, inf), t in [1, inf), N in int [1, inf) where N <= t/2 + 1 : "
               + "N + (n - 1)/2 <= (n + 2)/2*t")
              "Q10 nodes",
              "forall n in int [2, inf), t in [1, inf), a in (0, inf) where a <= (n + 2)/2*t : a^n <= ((n + 2)/2)^n*t^n"
              "Q11",
              ("forall n in int [1, inf), N in int [1, inf) : n*(2*N - 1) + n^2*(2*N - 1) + (n - 1)*N + (2*n - 1)*N = "
               + "n*(n + 1)*(2*N - 1) + (3*n - 2)*N")
              // K_N = (N^d + S)/|G|, S the sum of N^c(g) over g != e
              "Q12",
              ("forall g in int [1, inf), N in int [1, inf), d in int [1, inf), S in [0, inf), K in (0, "
               + "inf) where K = (N^d + S)/g, S <= (g - 1)*N^(d - 1) : ")
              + "1/g <= K/N^d and K/N^d <= (1 + (g - 1)/N)/g"
              "Q12 one element, c cycles of c + e",
              "forall N in int [1, inf), c in int [0, inf), e in int [0, inf) : N^c <= N^(c + e)"
              "Q13 factor",
              "forall N in int [1, inf), p in int [1, inf), i in int [0, inf) : N^p + i <= N^(p - 1)*(N + i)"
              "Q13 step",
              ("forall N in int [1, inf), p in int [1, inf), n in int [1, inf), P in (0, inf), Q in (0, "
               + "inf) where P <= N^((p - 1)*n)*Q : P*(N^p + n) <= N^((p - 1)*(n + 1))*Q*(N + n)")
              "Q14 powers",
              ("forall d in (2, inf), m in (0, inf), n in int [1, inf) : "
               + "factorial(n)^(-1/2)*m^(-1/2)*(factorial(n)*m)^(1/2 - 1/d) = (factorial(n)*m)^(-1/d)")
              "Q14 sum", "forall J in int [0, inf), q in (1, inf) : sum(j, 0, J, q^j) <= q^J/(1 - 1/q)"
              "Q15 logarithm", "forall u in [0, 1/2] : log(1 - u) >= -2*log(2)*u"
              "Q15 quarter", "forall m in [2, inf) : (1 - 1/m)^m >= 1/4"
              "Q15 step",
              ("forall n in int [1, inf), X in (0, inf), P in [0, inf) where X >= n + 1, P >= 1 - n*(n - 1)/(2*X) : "
               + "P*(1 - n/X) >= 1 - n*(n + 1)/(2*X)")
              "Q16 down", "forall v in [0, 1], i in int [1, inf) : min((i - 1)*v, 1 - v) <= 1 - 1/i"
              "Q16 up", "forall t in [0, 1], k in int [1, inf) : min(1, k*t) - t <= 1 - 1/k"
              "Q17 Taylor leaf",
              ("forall t in (0, inf), eps in (0, inf), beta in (0, inf), N in (0, inf) where N >= (2*t/eps)^(1/beta) : "
               + "t*N^(-beta) <= eps/2")
              "Q17 product leaf",
              "forall S in (0, inf), eps in (0, inf), m in int [1, inf) where 4^m >= S/eps : S*4^(-m - 1) <= eps/4"
              "Q17 rounding leaf",
              "forall s in (0, inf), eps in (0, inf), R in (0, inf) where R >= log2(4*s/eps) : s*2^(-R) <= eps/4"
              "Q17 leaves added",
              ("forall a in real, b in real, c in real, eps in (0, inf) where a <= eps/2, b <= eps/4, c <= eps/4 : "
               + "a + b + c <= eps")
              "comparator",
              "forall a in [0, inf), b in [0, inf) : max(a - b, 0) + b = max(a, b) and a - max(a - b, 0) = min(a, b)"
              "e2",
              "forall a in real, b in real, c in real : a*b + a*c + b*c = ((a + b + c)^2 - (a^2 + b^2 + c^2))/2"
              "e4",
              ("forall a in real, b in real, c in real, d in real : "
               + ("a*b*c*d = ((a + b + c + d)^4 - 6*(a + b + c + d)^2*(a^2 + b^2 + c^2 + d^2) + 3*(a^2 + b^2 + c^2 + "
                  + "d^2)^2 + 8*(a + b + c + d)*(a^3 + b^3 + c^3 + d^3) - 6*(a^4 + b^4 + c^4 + d^4))/24"))
              "e3",
              ("forall a in real, b in real, c in real, d in real : "
               + ("a*b*c + a*b*d + a*c*d + b*c*d = ((a + b + c + d)^3 - 3*(a + b + c + d)*(a^2 + b^2 + c^2 + d^2) + "
                  + "2*(a^3 + b^3 + c^3 + d^3))/6")) ]

        openClaims
            [ "Q1 mean",
              "forall n in int [1, inf), N in int [1, inf) : prod(i, 0, n - 1, N + i) <= (N + (n - 1)/2)^n",
              "the mean of n numbers, n a parameter; its pairs are claim Q1 pair"
              "Q13",
              ("forall N in int [1, inf), p in int [1, inf), n in int [1, inf) : "
               + "prod(i, 0, n - 1, N^p + i) <= N^((p - 1)*n)*prod(i, 0, n - 1, N + i)"),
              "induction does not multiply the hypothesis by the new factor; claim Q13 step is that step"
              "Q15 product",
              ("forall n in int [1, inf), X in (0, inf) where X >= n : "
               + "prod(i, 0, n - 1, 1 - i/X) >= 1 - n*(n - 1)/(2*X)"),
              "as Q13; claim Q15 step is the step" ]

        mutants
            [ "X1",
              "forall n in int [1, inf), N in int [1, inf) : prod(i, 0, n - 1, N + i) <= N^n",
              "the ratio to N^n/n! is above 1"
              "X3",
              "forall n in int [1, inf), N in int [1, inf) : binomial(N + n, n) <= binomial(N + n - 1, n)",
              "the nodes are 0..N, so there are more"
              "X10",
              ("forall n in int [1, inf), p in int [1, inf), N in int [1, inf) : "
               + "N^((p - 1)*n)*prod(i, 0, n - 1, N + i) <= prod(i, 0, n - 1, N^p + i)"),
              "orbits are fewer than cells of the fundamental domain"
              "X12", "forall d in [2, inf) : 1 - 2^(1 - d/2) > 0", "at d = 2 the denominator is 0"
              "X14",
              "forall n in int [3, inf) : n*(n + 1) + 4*n*(n - 1)/2 = 4*n^2 - 4*n + 2",
              "the term A is forgotten"
              "X15",
              "forall n in int [2, inf), N in int [1, inf) : (N + 1)*binomial(N + n - 1, n - 1) <= binomial(N + n, n)",
              "equivariant nodes gain less"
              "X16",
              "forall n in int [2, inf), N1 in int [1, inf) : (1 - 1/n)/N1 <= 1/(2*N1)",
              "three equal entries err by 2/(3 N1)"
              "X21",
              ("forall g in int [1, inf), N in int [1, inf), d in int [1, inf), S in [0, "
               + "inf) where S <= (g - 1)*N^(d - 1) : (N^d + S)/g = N^d/g"),
              "fixed cubes count" ]
    }

let private families = [ SorterFamily.OddEven; SorterFamily.Merge; SorterFamily.Bitonic ]

// All sorters n = 2 .. 16.
let private withSorters (draft: TheoremDraft) =
    { draft with
        Instances =
            [ for n in 2..16 do
                  for family in families do
                      sorter family n ] }

let sorters =
    theorem "sorters" {
        title "Sorting as a network, exactly, by the 0-1 principle"
        source "sannai2021" "docs/math/03, section 2"

        extend withSorters

        claim "sorted" "unsorted = 0"
        claim "invariant" "violation = 0"
        claim "depth" "L = S + 1"
        claim "size" "W = n*(S + 1) + 4*C + A"
        claim "size bound" "W <= 4*n*S"
        claim "magnitude" "B = 1"
        claim "width" "width = stage_width"

        mutantOn shortTransposition "X4" "violation = 0" "n - 1 stages do not sort: (0,0,1) becomes (0,1,0)"
        mutantOn sorterOfSigned "X6" "sup |Phi - max(x1, x2)| <= 0"
            "a number that rests is carried by one unit: it has to be at least 0"
        mutantOn (sorter SorterFamily.Merge 2) "X13" "L = S" "the output layer is forgotten"
        mutantOn (sorter SorterFamily.Merge 3) "X14 n = 3" "W = n*(S + 1) + 4*C"
            "the term A is forgotten: 24 instead of 26"
        mutantOn gatedRow "X7" "sup |Phi - f| <= 49/100" "sorting rows by a feature is not continuous: at least 1/2"
        mutantOn gatedSorter "X17" "violation = 0" "a gate for each comparator is not invariant for three points"
        mutantOn columns "X19" "distance > 0" "columns sorted apart forget which features belong together"
        mutantOn floating "X20" "differ = 0" "fl(1 - 2^-60) = 1"
    }

let approximation =
    theorem "invariant-approximation" {
        title "Networks that are exactly invariant and within the bound"
        source "sannai2021" "docs/math/03, Theorems A, B, C, 4.2, 4.3, 5.1"

        instance (theoremA 2 8 "2" "x1*x2")
        instance (theoremAFor 2 "1/4" "1/2" "1" "max(x1, x2)/2")
        instance (quasiSort 2 4)
        instance (theoremB 2 "1/4" "x1*x2/2")
        instance (theoremC 2 4 "1" "max(x1, x2)")
        instance (deepSets 2 4 4 "1" "max(x1, x2)")
        instance (mean "C3" 3 1 "6" "x1*x2 + x2*x3 + x3*x1")
        largeInstance (theoremA 3 4 "18" "(x1 + x2 + x3)^2")
        largeInstance (theoremA 4 2 "1" "max(x1, x2, x3, x4)")
        largeInstance (quasiSort 3 2)
        // Theorem C attains its bound, which boxes do not decide: its instance is small enough for a walk of the linear
        // regions.
        largeInstance (deepSets 3 2 2 "6" "x1*x2 + x1*x3 + x2*x3")

        claim "invariant" "violation = 0"

        mutantOn worstInterpolation "X5" "sup |Phi - f| <= M*(1/(2*N))^beta" "at (5/8, 3/8) the error is 9/16"
        mutantOn headAlone "X8" "sup |Phi - max(x1, x2)| <= M*3/(4*N)" "at (0, 1) all hats on sorted nodes vanish"
        mutantOn (quasiSort 3 1) "X16 n = 3" "sup |Phi - f| <= 1/(2*N)" "three equal numbers err by 2/(3 N)"
        mutantOn reynolds "X18" "W = W_one" "a copy for each element of the group"
    }

let private pairs = [ for cells in [ 2; 3 ] -> theoremCPoints 2 2 cells "2" "max(abs(x1 - x3), abs(x2 - x4))" ]

let features =
    theorem "points-with-features" {
        title "Invariant functions of points with features, and equivariant functions"
        source "sannai2021" "docs/math/03, Theorem C, section 7"

        instance pairs[0]
        instance pairs[1]
        claim "size bound" "W <= 6*n*p*N + 7*(p - 1)*n*N^p + 2*n*N^p*S + K*(13*n*2^(n - 1) + 8) + 3"
        claim "orbits" "K = binomial(N^p + n - 1, n)"
        attack
            "same on orbits at random points"
            ("for points of the grid of twelfths, n = p = 2 and N = 2 or 3: "
             + "the generator of S2 leaves the exact value of the network as it is")
            (orbitSearch "S2 on 2x2" pairs)
        claim "bound attained at a centre" "at_centre = -M/(2*N)"

        mutantOn pairs[0] "X10 n = 2" "K = N^((p - 1)*n)*binomial(N + n - 1, n)"
            "12 cells meet the fundamental domain, 10 orbits"
    }

let equivariance =
    theorem "equivariance" {
        title "Equivariant networks by stabilisers"
        source "sannai2021" "docs/math/03, section 7"

        instance (equivariant 2 4 "2" "x1*x2")
        instance (equivariant 3 2 "4" "x1*(x2 + x3)")
        largeInstance (equivariant 4 2 "4" "x1*x2*x3*x4")
        claim "equivariant" "violation = 0"
        claim "nodes" "K = (N + 1)*binomial(N + n - 1, n - 1)"
        claim "depth" "L = S + log2(pow2ceil(n)) + 3"
        claim "size bound" "W <= n*(4*n*S + 6*n*N + 4*n + (12*n - 6)*K)"

        mutantOn (equivariant 2 4 "2" "x1*x2") "X15 n = 2" "K = binomial(N + n, n)"
            "equivariant nodes gain (n - 1)!, not n!"
    }

let generalisation =
    theorem "generalisation" {
        title "Covering numbers of the quotient and the generalisation bound"
        source "sannai2021" "docs/math/03, sections 9 and 10"

        instance (Instances.generalisation 3 1 (bigint 10000))
        instance (Instances.generalisation 3 1 (bigint 1000000))
        instance (Instances.generalisation 4 1 (bigint 1000000))
        instance (Instances.generalisation 8 1 (bigint 1000000000))
        instance (Instances.generalisation 3 2 (bigint 1000000000))
        claim "lower bound below the bound" "least <= gap"
        claim "closed form above the minimum" "Ent <= Ent_closed"
        claim
            "lower bound above its second form"
            ("1/4*(1 - n*(n - 1)/(2*floor((factorial(n)*m)^(1/(n*p)))^p))"
             + "/(2*ceil((factorial(n)*m)^(1/(n*p)))*(n*p + 1)) <= least")

        mutantOn cubes "X2" "closed = binomial(N + n - 1, n)" "8 closed cubes meet the sorted points, not 6"
        mutantOn covering "X9" "K <= N^n/factorial(n)" "3 > 4/2"
        mutantOn largeSample "X11" "least <= sqrt(1/factorial(n))*m^(-1/n) + sqrt(2*pi/m)"
            "the lower bound is 3.35e-5, the claim 2.8e-8"
    }

let exponent =
    theorem "group-exponent" {
        title "No constant without n in a main term with the factor n!^(-1/2) m^(-1/n)"
        source "sannai2021" "docs/math/03, section 10, Relation to the published theorem"

        instance (constantFor 10)
        instance (constantFor 15)
        instance (constantFor 20)
        claim "constant" "c_low >= 22.8"
        claim "growth" "c_low >= if(n <= 10, 22.8, if(n <= 15, 1.9e6, 1.2e12))"

        mutantOn (constantFor 10) "c = 1" "c_high <= 1" "for ten points it has to be at least 22.8"
    }
