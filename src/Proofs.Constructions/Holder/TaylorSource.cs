using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Holder;

/// <summary>Where the Taylor polynomials of f at grid points come from.</summary>
/// <remarks>
/// The polynomial of degree q at y, re-expanded about the origin, is Σ_a c_a(y) x^a with
/// c_a(y) = Σ_(b ≥ a, |b| ≤ q) (D^b f(y)/b!) binom(b, a) (−y)^(b−a). Source: math/00, 7.1 and 7.3.
/// </remarks>
public abstract class TaylorSource
{
    private protected TaylorSource(int dimension) => Dimension = dimension;

    /// <summary>The number of variables of f.</summary>
    public int Dimension { get; }

    /// <summary>The Taylor polynomials of a polynomial, exact.</summary>
    public static TaylorSource Of(Polynomial polynomial) => new OfPolynomial(polynomial);

    /// <summary>
    /// The Taylor polynomials of a formula in the given variables: exact where its derivatives are rational, else
    /// enclosed.
    /// </summary>
    /// <exception cref="ArgumentException">The formula has a variable that is not among
    /// <paramref name="names"/>.</exception>
    public static TaylorSource Of(Expr formula, IReadOnlyList<string> names)
    {
        if (formula.Variables().FirstOrDefault(v => !names.Contains(v, StringComparer.Ordinal)) is { } stranger)
        {
            throw new ArgumentException(
                $"The formula {formula} has the variable {stranger}; expected {string.Join(", ", names)}.");
        }

        return Polynomial.TryOf(formula, names) is { } polynomial ? Of(polynomial) : new OfFormula(formula, names);
    }

    /// <summary>
    /// The Taylor polynomials made of the exact derivatives D^b f(y) that <paramref name="derivative"/> returns.
    /// </summary>
    public static TaylorSource Of(
        int dimension, Func<MultiIndex, IReadOnlyList<BigRational>, BigRational> derivative) =>
        new OfDerivatives(dimension, derivative);

    // An enclosure of c_a(l/n), a point where it is exact; for the order q.
    internal abstract Func<int[], RationalInterval> Coefficient(MultiIndex a, int q, int n);

    // The indices b ≥ a with |b| ≤ q that c_a sums over.
    private protected static IEnumerable<MultiIndex> Above(MultiIndex a, int q) =>
        MultiIndex.UpTo(a.Dimension, q).Where(b => a.IsBelow(b));

    // c_a(y) is a polynomial in y: made once, and evaluated on the grid in integers.
    private sealed class OfPolynomial(Polynomial f) : TaylorSource(f.Dimension)
    {
        internal override Func<int[], RationalInterval> Coefficient(MultiIndex a, int q, int n)
        {
            var terms = Above(a, q).SelectMany(b =>
            {
                var scale = b.Binomial(a) / b.Factorial * ((b.Degree - a.Degree) % 2 == 0 ? 1 : -1);
                return f.Derivative(b).Coefficients.Select(c => KeyValuePair.Create(c.Key + (b - a), scale * c.Value));
            });
            var c = Polynomial.Of(f.Dimension, terms);

            // Σ_k c_k (l/n)^k over the denominator lcd · n^degree
            var lcd = Affine.CommonDenominator(c.Coefficients.Select(t => t.Value));
            var denominator = lcd * BigInteger.Pow(n, c.Degree);
            (int[] Exponents, BigInteger Factor)[] parts = [.. c.Coefficients.Select(t => (
                t.Key.Exponents.ToArray(),
                (t.Value * lcd).Numerator * BigInteger.Pow(n, c.Degree - t.Key.Degree)))];
            return l =>
            {
                var sum = BigInteger.Zero;
                foreach (var (exponents, factor) in parts)
                {
                    var product = factor;
                    for (int i = 0; i < exponents.Length; i++)
                    {
                        product = exponents[i] == 0 ? product : product * BigInteger.Pow(l[i], exponents[i]);
                    }

                    sum += product;
                }

                return RationalInterval.Exactly(new BigRational(sum, denominator));
            };
        }
    }

    private sealed class OfDerivatives(
        int dimension, Func<MultiIndex, IReadOnlyList<BigRational>, BigRational> derivative)
        : TaylorSource(dimension)
    {
        internal override Func<int[], RationalInterval> Coefficient(MultiIndex a, int q, int n) =>
            ByDerivatives(a, q, n, (b, y) => RationalInterval.Exactly(derivative(b, y)));
    }

    private sealed class OfFormula(Expr f, IReadOnlyList<string> names) : TaylorSource(names.Count)
    {
        private readonly Dictionary<MultiIndex, Expr> _derivatives = [];

        internal override Func<int[], RationalInterval> Coefficient(MultiIndex a, int q, int n) =>
            ByDerivatives(a, q, n, Value);

        private RationalInterval Value(MultiIndex b, BigRational[] y)
        {
            if (!_derivatives.TryGetValue(b, out var derivative))
            {
                _derivatives.Add(b, derivative = Derivative(b));
            }

            var point = names.Zip(y).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            if (derivative.TryEvaluate(point) is { } exact)
            {
                return RationalInterval.Exactly(exact);
            }

            var enclosure = derivative.Evaluate(
                point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
            return double.IsFinite(enclosure.Inf) && double.IsFinite(enclosure.Sup)
                ? new(Binary64.Exact(enclosure.Inf), Binary64.Exact(enclosure.Sup))
                : throw new ArgumentException(
                    $"The derivative {derivative} of {f} has no bounded enclosure at ({string.Join(", ", y)}); "
                    + "expected a function that is smooth on [0, 1]^D.");
        }

        private Expr Derivative(MultiIndex b)
        {
            try
            {
                var derivative = f;
                for (int i = 0; i < b.Dimension; i++)
                {
                    for (int k = 0; k < b.Exponents[i]; k++)
                    {
                        derivative = derivative.Differentiate(names[i]);
                    }
                }

                return derivative;
            }
            catch (NotSupportedException e)
            {
                throw new ArgumentException($"The derivative {b} of {f} is needed, and {e.Message}", e);
            }
        }
    }

    private static Func<int[], RationalInterval> ByDerivatives(
        MultiIndex a, int q, int n, Func<MultiIndex, BigRational[], RationalInterval> derivative) => l =>
    {
        BigRational[] y = [.. l.Select(j => new BigRational(j, n))];
        BigRational[] negative = [.. y.Select(t => -t)];
        var (low, high) = (BigRational.Zero, BigRational.Zero);
        foreach (var b in Above(a, q))
        {
            var factor = b.Binomial(a) / b.Factorial * (b - a).Power(negative);
            if (!factor.IsZero)
            {
                var value = derivative(b, y);
                low += factor * (factor.Sign > 0 ? value.Low : value.High);
                high += factor * (factor.Sign > 0 ? value.High : value.Low);
            }
        }

        return new(low, high);
    };
}
