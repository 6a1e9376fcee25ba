using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   For x, y in [−K, K]: |Φ(x, y) − xy| ≤ K² 4^(−rp−1), Φ = 0 where x = 0 or y = 0, Φ(x, ±K) = ±K x,
//             |Φ| ≤ K min(|x|, |y|); L = r + 2, W = 6 + 8·2^p + 2(r − 1)(4^p + 2^(p+1)).            [math/00, 4.3]
// Idea        xy = K² [(|x + y|/2K)² − (|x − y|/2K)²]; both square errors lie in [0, e], so their difference lies
//             in [−e, e]. Where x = 0 both squares are the same number, and their errors cancel.

/// <summary>The product of two numbers as a network.</summary>
public static class Product
{
    private const string Squares = "2*(r - 1)*(4^p + 2^(p + 1))";

    /// <summary>mult(x, y) for x, y in [−K, K], on r + 1 new layers.</summary>
    public static Functional Append(NetworkBuilder net, Functional x, Functional y, BigRational k, int r, int p)
    {
        Square.CheckRadius(k);
        Functional sum = AbsoluteValue.Append(net, x + y), difference = AbsoluteValue.Append(net, x - y);
        return Difference(net, sum, difference, k, r, p);
    }

    /// <summary>mult(x, y) for x, y in [0, K], on r + 1 new layers: |x + y| needs one unit only.</summary>
    public static Functional AppendNonNegative(
        NetworkBuilder net, Functional x, Functional y, BigRational k, int r, int p)
    {
        Square.CheckRadius(k);
        Functional sum = net.Rho(x + y), difference = AbsoluteValue.Append(net, x - y);
        return Difference(net, sum, difference, k, r, p);
    }

    /// <summary>The network of x1·x2 on [−K, K]².</summary>
    /// <exception cref="ArgumentOutOfRangeException">K is not positive, or r, p are out of range.</exception>
    public static Built Build(BigRational k, int r, int p) =>
        Build(k, r, p, nonNegative: false, $"6 + 8*2^p + {Squares}");

    /// <summary>The network of x1·x2 on [0, K]², of size W_M+ = 4 + 7·2^p + 2(r − 1)(4^p + 2^(p+1)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">K is not positive, or r, p are out of range.</exception>
    public static Built BuildNonNegative(BigRational k, int r, int p) =>
        Build(k, r, p, nonNegative: true, $"4 + 7*2^p + {Squares}");

    // Squares of |x + y| and |x − y|, scaled to [0, 1]; the scaling is merged into their first layers.
    private static Functional Difference(
        NetworkBuilder net, Functional sum, Functional difference, BigRational k, int r, int p)
    {
        var scale = 2 * k;
        var ofSum = Square.Append(net, sum / scale, r, p);
        return k * k * (ofSum - Square.Append(net, difference / scale, r, p));
    }

    private static Built Build(BigRational k, int r, int p, bool nonNegative, string size)
    {
        var net = new NetworkBuilder(2);
        var (x, y) = (net.Inputs[0], net.Inputs[1]);
        var network = net.BuildScalar(nonNegative
            ? AppendNonNegative(net, x, y, k, r, p)
            : Append(net, x, y, k, r, p));
        var target = Expr.Parse("x1*x2");
        var domain = Box.Cube(2, nonNegative ? 0 : -k, k);
        var parameters = Assemble.Parameters(("K", k), ("r", r), ("p", p));
        var square = Square.Build(r, p).Budget with { Lemma = "square" };
        return new Built(
            network,
            new Budget("product", "math/00, 4.3", Norm.Sup, Expr.Parse("K^2*4^(-r*p - 1)"))
            {
                Statement = "Both square errors lie in [0, e], so K² times their difference lies in [−K² e, K² e].",
                Rule = Expr.Parse("K^2*square"),
                Children = [square],
                Parameters = parameters,
                Instance = new LemmaInstance(network, target, domain, region: null),
            },
            target,
            domain)
        {
            Sizes = SizeStatement.Exactly(
                "r + 2",
                size,
                $"2*{Square.Units}",
                $"max(1, 1/(2*K), {Square.Largest}, K^2*{Square.LargestOutput})"),
        };
    }
}
