using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   For n ≥ 2 factors in [−1, 1]: |Φ − Π x_i| ≤ (n − 1) 4^(−rp−1), Φ = 0 where a factor is 0, Φ has the sign
//             of the product and |Φ| ≤ min |x_i|; L = ceil(log2 n)(r + 2).
//             Factors in [0, 1]: W = (n − 1) W_M+ + (r + 2) odd, odd = the levels with an odd number (> 1) of nodes.
//             Any sign: levels joined by the sparse rule, W by recursion.                              [math/00, 4.4]
// Idea        A binary tree of products. With outputs in [−1, 1], an error of a factor passes with factor at most 1:
//             |mult(P~, Q~) − P Q| ≤ e + |P~ − P| + |Q~ − Q|.

/// <summary>The product of several numbers as a network.</summary>
public static class ProductOfMany
{
    /// <summary>The network of x1·…·xn on [0, 1]^n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or r, p are out of range.</exception>
    public static Built BuildNonNegative(int n, int r, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var net = new NetworkBuilder(n);
        Functional[] level = [.. net.Inputs];
        while (true)
        {
            level = Level(net, level, r, (x, y) => Product.AppendNonNegative(net, x, y, 1, r, p), net.Carry);
            if (level.Length == 1)
            {
                break;
            }

            level = [.. level.Select(net.Rho)];
        }

        string product = $"(4 + 7*2^p + 2*(r - 1)*(4^p + 2^(p + 1)))";
        return Build(net.BuildScalar(level[0]), n, r, p, Box.Unit(n), $"(n - 1)*{product} + (r + 2)*odd");
    }

    /// <summary>The network of x1·…·xn on [−1, 1]^n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or r, p are out of range.</exception>
    public static Built Build(int n, int r, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var net = new NetworkBuilder(n);
        Functional[] level = [.. net.Inputs];
        while (true)
        {
            level = Level(net, level, r, (x, y) => Product.Append(net, x, y, 1, r, p), net.CarrySigned);
            if (level.Length == 1)
            {
                break;
            }

            level = [.. Composition.Split(net, [.. level])];
        }

        return Build(net.BuildScalar(level[0]), n, r, p, Box.Cube(n, -1, 1), $"{SignedWeights(n, r, p)}");
    }

    // The number of levels with an odd number of nodes, the root's excepted.
    internal static int OddLevels(int n)
    {
        int odd = 0;
        for (; n > 1; n = (n + 1) / 2)
        {
            odd += n % 2;
        }

        return odd;
    }

    // One level of the tree, r + 1 hidden layers: neighbours are multiplied, an odd last node is carried.
    private static Functional[] Level(
        NetworkBuilder net,
        Functional[] nodes,
        int r,
        Func<Functional, Functional, Functional> multiply,
        Func<Functional, int, Functional> carry) =>
        [.. nodes.Chunk(2).Select(c => c.Length == 2 ? multiply(c[0], c[1]) : carry(c[0], c[0].Layer + r + 1))];

    // Level sizes plus, at each junction, the last layer of the level below and the first matrix of the one above.
    private static long SignedWeights(int n, int r, int p)
    {
        long knots = 1L << p;
        long product = 6 + (8 * knots) + (2 * (r - 1) * ((knots * knots) + (2 * knots)));
        long output = 2 * (knots + (r >= 2 ? 1 : 0)); // the output row of a product; that of an identity has 2
        long total = 0;
        for (long below = 0; n > 1; n = (n + 1) / 2)
        {
            (long pairs, long odd) = (n / 2, n % 2);
            total += (pairs * product) + (odd * 2 * (r + 2));
            total += below == 0 ? 0 : below + (8 * pairs) + (2 * odd);
            below = (pairs * output) + (2 * odd);
        }

        return total;
    }

    private static Built Build(ReluNetwork network, int n, int r, int p, Box domain, string size)
    {
        var target = Expr.Parse(string.Join("*", Inputs.Names(n)));
        return new Built(
            network,
            new Budget("product", "math/00, 4.4", Norm.Sup, Expr.Parse("(n - 1)*4^(-r*p - 1)"))
            {
                Statement = "Each of the n − 1 products adds its own error and passes on those of its factors.",
                Rule = Expr.Parse("(n - 1)*pair"),
                Children = [Product.Build(1, r, p).Budget with { Lemma = "pair" }],
                Parameters = Assemble.Parameters(("n", n), ("r", r), ("p", p), ("odd", OddLevels(n))),
                Instance = new LemmaInstance(network, target, domain, region: null),
            },
            target,
            domain)
        {
            Sizes =
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("log2(pow2ceil(n))*(r + 2)")),
                new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse(size)),
                new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Parse(Square.Largest)),
            ],
        };
    }
}
