using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   A tournament gives max(x_1, …, x_n) without error with L = ceil(log2 n) + 1, B = 1 and W by the recursion
//             below; n = 1 … 9 give W = 1, 7, 20, 23, 40, 44, 52, 55, 76.                        [math/00, 2.1 and 2.2]
// Idea        max(X, Y) = X + ρ(Y − X). X is an affine functional of the level before and is substituted, not stored:
//             it costs ρ(X) and ρ(−X), or ρ(X) alone where X ≥ 0. An odd last node passes and stays last.

/// <summary>The largest or smallest of several numbers as a network.</summary>
public static class Maximum
{
    /// <summary>max of values of any sign.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional Append(NetworkBuilder net, IReadOnlyList<Functional> values) => Tournament(
        values,
        pair: (x, y) =>
        {
            Functional plus = net.Rho(x), minus = net.Rho(-x);
            return plus - minus + net.Rho(y - x);
        },
        pass: x => net.Rho(x) - net.Rho(-x));

    /// <summary>max of values that are at least 0.</summary>
    /// <remarks>Domain: right only for values ≥ 0.</remarks>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional AppendNonNegative(NetworkBuilder net, IReadOnlyList<Functional> values) =>
        Tournament(values, pair: (x, y) => net.Rho(x) + net.Rho(y - x), pass: net.Rho);

    /// <summary>max of values that are at least 0 as (X + Y)/2 + |X − Y|/2, four units a pair.</summary>
    /// <remarks>Domain: right only for values ≥ 0. Source: math/02, 3.8.</remarks>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional AppendHalves(NetworkBuilder net, IReadOnlyList<Functional> values) => Tournament(
        values,
        pair: (x, y) => BigRational.Half * (net.Rho(x + y) - net.Rho(-x - y) + net.Rho(x - y) + net.Rho(y - x)),
        pass: net.Rho);

    /// <summary>min of values that are at least 0; the result is too.</summary>
    /// <remarks>Domain: right only for values ≥ 0.</remarks>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional AppendMinimumNonNegative(NetworkBuilder net, IReadOnlyList<Functional> values) =>
        Tournament(values, pair: (x, y) => net.Rho(x) - net.Rho(x - y), pass: net.Rho);

    /// <summary>min of values of any sign, −max(−x).</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional AppendMinimum(NetworkBuilder net, IReadOnlyList<Functional> values) =>
        -Append(net, [.. values.Select(v => -v)]);

    /// <summary>
    /// The network of max(x1, …, xn) with its claims on [−radius, radius]^n; it is right on all of R^n.
    /// </summary>
    public static Built Build(int n, BigRational radius) => Build(n, radius, "max", Append);

    /// <summary>
    /// The network of min(x1, …, xn) with its claims on [−radius, radius]^n; it is right on all of R^n.
    /// </summary>
    public static Built BuildMinimum(int n, BigRational radius) => Build(n, radius, "min", AppendMinimum);

    /// <summary>W of the tournament of n numbers of any sign, output row included.</summary>
    public static int Weights(int n)
    {
        int total = Count(n, counts: (Pair: 3, Pass: 2), cost: (x, y) => (3 * x) + y, pass: x => 2 * x, out int root);
        return total + root;
    }

    /// <summary>wt(n), the entries of the tournament of n non-negative numbers, output row excluded.</summary>
    public static int WeightsNonNegative(int n) =>
        Count(n, counts: (Pair: 2, Pass: 1), cost: (x, y) => (2 * x) + y, pass: x => x, out _);

    /// <summary>The entries of the tournament of halves of n non-negative numbers, output row excluded.</summary>
    public static int WeightsHalves(int n) =>
        Count(n, counts: (Pair: 4, Pass: 1), cost: (x, y) => 4 * (x + y), pass: x => x, out _);

    /// <summary>cr(n), the units whose sum is the winner of n non-negative numbers: 1 for one number, else 2.</summary>
    public static int RootUnits(int n) => n == 1 ? 1 : 2;

    // One round: neighbours are paired in order, an odd last one passes. Runs until one is left.
    private static T Rounds<T>(IEnumerable<T> nodes, Func<T, T, T> pair, Func<T, T> pass)
    {
        T[] level = [.. nodes];
        while (level.Length > 1)
        {
            level = [.. level.Chunk(2).Select(c => c.Length == 2 ? pair(c[0], c[1]) : pass(c[0]))];
        }

        return level[0];
    }

    private static Functional Tournament(
        IReadOnlyList<Functional> values, Func<Functional, Functional, Functional> pair,
        Func<Functional, Functional> pass) =>
        values.Count == 0
            ? throw new ArgumentException("The maximum of no numbers is not defined.", nameof(values))
            : Rounds(values, pair, pass);

    private static int Count(
        int n, (int Pair, int Pass) counts, Func<int, int, int> cost, Func<int, int> pass, out int root)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        int total = 0;
        root = Rounds(
            Enumerable.Repeat(1, n),
            (x, y) =>
            {
                total += cost(x, y);
                return counts.Pair;
            },
            x =>
            {
                total += pass(x);
                return counts.Pass;
            });
        return total;
    }

    private static Built Build(
        int n, BigRational radius, string name, Func<NetworkBuilder, IReadOnlyList<Functional>, Functional> append)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var net = new NetworkBuilder(n);
        var network = net.BuildScalar(append(net, net.Inputs));
        return Assemble.Exact(
            name == "max" ? "maximum" : "minimum",
            "math/00, 2.1",
            network,
            $"{name}({string.Join(", ", Inputs.Names(n))})",
            Box.Cube(n, -radius, radius),
            Assemble.Parameters(("n", n), ("weights", Weights(n)), ("units", Units(n))),
            SizeStatement.Exactly("log2(pow2ceil(n)) + 1", "weights", "units", "1"));
    }

    // The widest level is the first: three units a pair, two for an odd one.
    private static int Units(int n) => n == 1 ? 0 : (3 * (n / 2)) + (2 * (n % 2));
}
