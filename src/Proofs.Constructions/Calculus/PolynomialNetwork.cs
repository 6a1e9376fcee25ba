using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   Σ c_a x^a with |a| ≤ q on [0, 1]^D: L = Q(r + 2) + 1, error ≤ 4^(−rp−1) Σ_(|a|≥2) |c_a| (|a| − 1),
//             W = Σ_l [(n_l − s_l) W_M+ + s_l (W_SQ + 1) + (r + 2) v_l] + nnz(c).                        [math/00, 4.6]

/// <summary>A polynomial as a network.</summary>
public static class PolynomialNetwork
{
    /// <summary>The network of a polynomial of degree at most <paramref name="q"/> on [0, 1]^D.</summary>
    /// <exception cref="ArgumentException">The degree of the polynomial exceeds q, or q is below 1.</exception>
    public static Built Build(Polynomial polynomial, int q, int r, int p)
    {
        if (q < 1 || polynomial.Degree > q)
        {
            throw new ArgumentException(
                $"The degree bound q is {q}; expected at least 1 and the degree {polynomial.Degree}.");
        }

        int dimension = polynomial.Dimension;
        var net = new NetworkBuilder(dimension);
        var monomials = Monomials.Append(net, net.Inputs, q, r, p);
        var terms = polynomial.Coefficients.Where(c => c.Key.Degree > 0).ToArray();
        var output = Functional.Combine(
            Monomials.Levels(q) * (r + 2), [.. terms.Select(t => t.Value)], [.. terms.Select(t => monomials[t.Key])])
            + polynomial.Coefficient(MultiIndex.Zero(dimension));
        var amplification = terms.Where(t => t.Key.Degree >= 2).Aggregate(
            BigRational.Zero, (sum, t) => sum + (BigRational.Abs(t.Value) * (t.Key.Degree - 1)));
        string levels = string.Concat(Enumerable.Range(1, Monomials.Levels(q)).Select(l =>
        {
            var level = Monomials.Level(dimension, q, l);
            return $"{level.Products}*(4 + 7*2^p + 2*(r - 1)*(4^p + 2^(p + 1)))"
                + $" + {level.Squares}*({Square.Weights} + 1) + (r + 2)*{level.Carried} + ";
        }));
        return Assemble.WithError(
            "polynomial",
            "math/00, 4.6",
            net.BuildScalar(output),
            polynomial.ToExpr(Inputs.Names(dimension)),
            Box.Unit(dimension),
            Assemble.Parameters(
                ("D", dimension),
                ("q", q),
                ("Q", Monomials.Levels(q)),
                ("r", r),
                ("p", p),
                ("amplification", amplification),
                ("terms", polynomial.Coefficients.Count)),
            [
                new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("Q*(r + 2) + 1")),
                new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse($"{levels}terms")),
            ],
            Expr.Parse("amplification*4^(-r*p - 1)"),
            lower: null);
    }
}
