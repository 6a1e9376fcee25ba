using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Statement   s_j(x) = Σ_i clip(N x_i − j + 1), j = 1 … N; r_i(x) = (1/N) Σ_j clip(s_j − i + 1), i = 1 … n. On [0,1]^n
//             the outputs r are exactly invariant, 1 ≥ r_1 ≥ … ≥ r_n ≥ 0, and |r − sort x| ≤ (1 − 1/n)/N, sharp at
//             (1/(nN), …, 1/(nN)). L = 3, W = n(n + 1)(2N − 1) + (3n − 2)N, B = max(N, n − 1).     [math/03, 4.2]
// Idea        Count the points above each threshold; clip(t) = ρ(t) − ρ(t − 1), and ρ(N x_i − N) = ρ(s_j − n) = 0.

/// <summary>Threshold counts as a network: sorting up to a small error, by a sum over the points.</summary>
public static class QuasiSort
{
    /// <summary>
    /// The network of n points and N thresholds with its claims; the target is its first output's, the maximum.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 points, or no threshold.</exception>
    public static Built Build(int n, int thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 1);
        var net = new NetworkBuilder(n);
        var outputs = Append(net, net.Inputs, thresholds);
        return Assemble.WithError(
            "quasi_sort",
            "math/03, 4.2",
            net.Build(outputs),
            Expr.Parse($"max({string.Join(", ", Inputs.Names(n))})"),
            Box.Unit(n),
            Assemble.Parameters(("n", n), ("N", thresholds)),
            SizeStatement.Exactly("3", "n*(n + 1)*(2*N - 1) + (3*n - 2)*N", "n*N", "max(N, n - 1)"),
            Expr.Parse("(1 - 1/n)/N"),
            lower: null);
    }

    // r_1, …, r_n two layers on.
    internal static ImmutableArray<Functional> Append(NetworkBuilder net, IReadOnlyList<Functional> x, int thresholds)
    {
        int n = x.Count;
        Functional[][] steps =
            [.. x.Select(t => Enumerable.Range(0, thresholds).Select(j => net.Rho((thresholds * t) - j)).ToArray())];
        Functional[] counts = [.. Enumerable.Range(0, thresholds).Select(j => Sum(steps.SelectMany(
            s => j + 1 < thresholds ? [s[j], -s[j + 1]] : new[] { s[j] })))];
        Functional[][] ranks = [.. counts.Select(s => Enumerable.Range(0, n).Select(i => net.Rho(s - i)).ToArray())];
        BigRational share = new(1, thresholds);
        return [.. Enumerable.Range(0, n)
            .Select(i => share * Sum(ranks.SelectMany(r => i + 1 < n ? [r[i], -r[i + 1]] : new[] { r[i] })))];
    }

    private static Functional Sum(IEnumerable<Functional> terms) => terms.Aggregate((a, b) => a + b);
}
