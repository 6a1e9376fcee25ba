/// Claims for all parameters, by their numbers in docs/math/03, section 12, and false variants of them.
module Proofs.Papers.QuotientFeatureSpaces.Theorems

open Proofs.FSharp

let symbolic =
    theorem "quotient-claims" {
        title "Counts, sizes and rates of invariant networks"
        source "sannai2021" "docs/math/03, section 12"

        claims
            [ "Q1 lower", "forall n in int [1, inf), N in int [1, inf) : N^n <= prod(i, 0, n - 1, N + i)"
              "Q1 pair",
              "forall n in int [1, inf), N in int [1, inf), i in [0, inf) where i <= n - 1 : (N + i)*(N + n - 1 - i) <= (N + (n - 1)/2)^2"
              "Q1 product",
              "forall n in int [1, inf), N in int [1, inf) : factorial(n)*binomial(N + n - 1, n) = prod(i, 0, n - 1, N + i)"
              "Q1 upper",
              "forall n in int [1, inf), N in int [1, inf) : (1 + (n - 1)/(2*N))^n <= exp(n*(n - 1)/(2*N))"
              "Q2", "forall N in int [1, inf), n in int [2, inf) : 1 + n/N < (1 + 1/N)^n"
              "Q2 ratio",
              "forall N in int [1, inf), n in int [2, inf) : binomial(N + n, n)/binomial(N + n - 1, n) = (N + n)/N"
              "Q3",
              "forall n in int [1, inf), S in int [1, inf), C in [0, inf), A in [0, inf) where 2*C <= n*S, A <= n*(S - 1) : n*(S + 1) + 4*C + A <= 4*n*S"
              "Q4", "forall n in int [3, inf) : n*(n + 1) + 4*n*(n - 1)/2 + (n - 1)*(n - 2) = 4*n^2 - 4*n + 2"
              "Q5", "forall k in int [1, inf) : 6*(2^k - 1) >= 9*2^(k - 1) - 6"
              "Q6",
              "forall M in (0, inf), eps in (0, inf), beta in (0, 1], N in (0, inf) where eps <= M, N >= 3/4*(M/eps)^(1/beta) : M*(3/(4*N))^beta <= eps"
              "Q7",
              "forall n in int [2, inf), t in [1, inf), N in int [1, inf), S in [0, inf), C in [0, inf), B in [0, inf) where N <= 3*t/4 + 1, B <= C*t^n : 4*n*S + 6*n*N + 4*n + (12*n - 6)*B <= (4*n*S + 17/2*n + 6*n + (12*n - 6)*C)*t^n"
              "Q8",
              "forall n in int [1, inf), t in (0, inf), N in int [1, inf) where t >= 2*n*(n + 3)/3, N <= 3*t/4 + 1 : N + (n + 1)/2 <= 3*t/4*(1 + 1/n)"
              "Q8 e", "forall n in int [1, inf) : (1 + 1/n)^n <= exp(1)"
              "Q8 power",
              "forall n in int [1, inf), a in (0, inf), b in (0, inf) where a <= b*(1 + 1/n) : a^n <= b^n*(1 + 1/n)^n"
              "Q9", "forall t in [0, inf), beta in (0, 1] : t^beta <= (1 - beta) + beta*t"
              "Q9 leaves",
              "forall M in (0, inf), N in (0, inf), beta in (0, 1] : (1 + beta)*M*(2*N)^(-beta) - beta*M*(2*N)^(-beta) = M*(2*N)^(-beta) and (1 - beta)*M*(2*N)^(-beta) + beta*M*(2*N)^(-beta) = M*(2*N)^(-beta)"
              "Q10",
              "forall n in int [2, inf), t in [1, inf), N in int [1, inf), S in [0, inf), C in [0, inf), B in [0, inf) where N <= t/2 + 1, B <= C*t^n : 4*n*S + 6*n*N + 3 + (7*n + 1)*B <= (4*n*S + 9*n + 3 + (7*n + 1)*C)*t^n"
              "Q10 leaf",
              "forall n in int [2, inf), t in [1, inf), N in int [1, inf) where N <= t/2 + 1 : N + (n - 1)/2 <= (n + 2)/2*t"
              "Q10 nodes",
              "forall n in int [2, inf), t in [1, inf), a in (0, inf) where a <= (n + 2)/2*t : a^n <= ((n + 2)/2)^n*t^n"
              "Q11",
              "forall n in int [1, inf), N in int [1, inf) : n*(2*N - 1) + n^2*(2*N - 1) + (n - 1)*N + (2*n - 1)*N = n*(n + 1)*(2*N - 1) + (3*n - 2)*N"
              "Q12 lower",
              "forall g in int [1, inf), N in int [1, inf), d in int [1, inf), S in [0, inf) : (N^d + S)/g >= N^d/g"
              "Q12 upper",
              "forall g in int [1, inf), N in int [1, inf), d in int [1, inf), S in [0, inf) where S <= (g - 1)*N^(d - 1) : (N^d + S)/g <= N^d*(1 + (g - 1)/N)/g"
              "Q13 factor",
              "forall N in int [1, inf), p in int [1, inf), i in int [0, inf) : N^p + i <= N^(p - 1)*(N + i)"
              "Q13 step",
              "forall N in int [1, inf), p in int [1, inf), n in int [1, inf), P in (0, inf), Q in (0, inf) where P <= N^((p - 1)*n)*Q : P*(N^p + n) <= N^((p - 1)*(n + 1))*Q*(N + n)"
              "Q14 powers",
              "forall d in (2, inf), m in (0, inf), n in int [1, inf) : factorial(n)^(-1/2)*m^(-1/2)*(factorial(n)*m)^(1/2 - 1/d) = (factorial(n)*m)^(-1/d)"
              "Q14 sum", "forall J in int [0, inf), q in (1, inf) : sum(j, 0, J, q^j) <= q^J/(1 - 1/q)"
              "Q15 logarithm", "forall u in [0, 1/2] : log(1 - u) >= -2*log(2)*u"
              "Q15 quarter", "forall m in [2, inf) : (1 - 1/m)^m >= 1/4"
              "Q15 step",
              "forall n in int [1, inf), X in (0, inf), P in [0, inf) where X >= n + 1, P >= 1 - n*(n - 1)/(2*X) : P*(1 - n/X) >= 1 - n*(n + 1)/(2*X)"
              "Q16 down", "forall v in [0, 1], i in int [1, inf) : min((i - 1)*v, 1 - v) <= 1 - 1/i"
              "Q16 up", "forall t in [0, 1], k in int [1, inf) : min(1, k*t) - t <= 1 - 1/k"
              "Q17", "forall eps in (0, inf) : eps/2 + eps/4 + eps/4 = eps"
              "Q17 R",
              "forall s in (0, inf), eps in (0, inf), R in (0, inf) where R >= log2(4*s/eps) : s*2^(-R) <= eps/4"
              "comparator",
              "forall a in [0, inf), b in [0, inf) : max(a - b, 0) + b = max(a, b) and a - max(a - b, 0) = min(a, b)"
              "e2",
              "forall a in real, b in real, c in real : a*b + a*c + b*c = ((a + b + c)^2 - (a^2 + b^2 + c^2))/2"
              "e3",
              "forall a in real, b in real, c in real, d in real : a*b*c + a*b*d + a*c*d + b*c*d = ((a + b + c + d)^3 - 3*(a + b + c + d)*(a^2 + b^2 + c^2 + d^2) + 2*(a^3 + b^3 + c^3 + d^3))/6" ]

        openClaims
            [ "Q1 mean",
              "forall n in int [1, inf), N in int [1, inf) : prod(i, 0, n - 1, N + i) <= (N + (n - 1)/2)^n",
              "the mean of n numbers, n a parameter; its pairs are claim Q1 pair"
              "Q13",
              "forall N in int [1, inf), p in int [1, inf), n in int [1, inf) : prod(i, 0, n - 1, N^p + i) <= N^((p - 1)*n)*prod(i, 0, n - 1, N + i)",
              "induction does not multiply the hypothesis by the new factor; claim Q13 step is that step"
              "Q15 product",
              "forall n in int [1, inf), X in (0, inf) where X >= n : prod(i, 0, n - 1, 1 - i/X) >= 1 - n*(n - 1)/(2*X)",
              "as Q13; claim Q15 step is the step" ]

        mutants
            [ "X1",
              "forall n in int [1, inf), N in int [1, inf) : prod(i, 0, n - 1, N + i) <= N^n",
              "the ratio to N^n/n! is above 1"
              "X3",
              "forall n in int [1, inf), N in int [1, inf) : binomial(N + n, n) <= binomial(N + n - 1, n)",
              "the nodes are 0..N, so there are more"
              "X10",
              "forall n in int [1, inf), p in int [1, inf), N in int [1, inf) : N^((p - 1)*n)*prod(i, 0, n - 1, N + i) <= prod(i, 0, n - 1, N^p + i)",
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
              "forall g in int [1, inf), N in int [1, inf), d in int [1, inf), S in [0, inf) where S <= (g - 1)*N^(d - 1) : (N^d + S)/g = N^d/g",
              "fixed cubes count" ]
    }
