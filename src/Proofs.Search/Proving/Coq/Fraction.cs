using System.Collections.Immutable;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving.Coq;

/// <summary>A quotient of polynomials: a numerator, and factors of the denominator with their exponents.</summary>
/// <remarks>
/// Domain: formulas of + - * / and constant integer exponents. The factors have coprime integer coefficients and are no
/// numbers.
/// </remarks>
internal sealed record Fraction(Poly Numerator, ImmutableDictionary<Poly, int> Denominator)
{
    private static readonly ImmutableDictionary<Poly, int> None = ImmutableDictionary<Poly, int>.Empty;

    /// <summary>The formula as a fraction.</summary>
    /// <exception cref="InexpressibleException">It is no rational function; the message names the
    /// construct.</exception>
    public static Fraction Of(Term term) => term switch
    {
        Term.Number n => new(Poly.Constant(n.Value), None),
        Term.Variable v => new(Poly.Of(Atom.Variable(v.Name, false)), None),
        Term.Sum s => Of(s.Left).Plus(Of(s.Right)),
        Term.Product p => Of(p.Left).Times(Of(p.Right)),
        Term.Quotient q => Of(q.Left).Over(q.Right),
        Term.Power { Exponent: Term.Number { Value: { IsInteger: true } n } } p when BigRational.Abs(n) <= 64 =>
            n.Sign >= 0
                ? Of(p.Base).Power((int)n.Numerator)
                : Enumerable.Range(0, -(int)n.Numerator).Aggregate(Of(Term.Constant(1)), (f, _) => f.Over(p.Base)),
        Term.Call c => throw new InexpressibleException($"{c.Function} is no rational function"),
        _ => throw new InexpressibleException($"{term} is no rational function"),
    };

    public Fraction Minus(Fraction other) => Plus(new(other.Numerator.Scale(-1), other.Denominator));

    /// <summary>
    /// The integer polynomial that a positive number turns a polynomial into, with coprime coefficients, and 1 over
    /// that number.
    /// </summary>
    public static (Poly Integral, BigRational Scale) Integral(Poly p)
    {
        if (p.IsZero)
        {
            return (p, BigRational.One);
        }

        var numerator = p.Terms.Aggregate(
            System.Numerics.BigInteger.Zero, (g, t) =>
                System.Numerics.BigInteger.GreatestCommonDivisor(g, t.Value.Numerator));
        var denominator = p.Terms.Aggregate(
            System.Numerics.BigInteger.One, (l, t) =>
                l / System.Numerics.BigInteger.GreatestCommonDivisor(l, t.Value.Denominator) * t.Value.Denominator);
        var scale = new BigRational(numerator, denominator);
        return (p.Scale(scale.Reciprocal()), scale);
    }

    private Fraction Plus(Fraction other)
    {
        var all = Denominator;
        foreach (var (factor, n) in other.Denominator)
        {
            all = all.SetItem(factor, int.Max(n, all.GetValueOrDefault(factor)));
        }

        return new(Raised(all) + other.Raised(all), all);
    }

    // The numerator over a larger denominator.
    private Poly Raised(ImmutableDictionary<Poly, int> all) =>
        all.Aggregate(Numerator, (p, f) => p * f.Key.Power(f.Value - Denominator.GetValueOrDefault(f.Key)));

    private Fraction Times(Fraction other)
    {
        var all = Denominator;
        foreach (var (factor, n) in other.Denominator)
        {
            all = all.SetItem(factor, n + all.GetValueOrDefault(factor));
        }

        return new(Numerator * other.Numerator, all);
    }

    private Fraction Power(int n) =>
        new(Numerator.Power(n), n == 0 ? None : Denominator.ToImmutableDictionary(f => f.Key, f => f.Value * n));

    private Fraction Over(Term divisor)
    {
        switch (divisor)
        {
            case Term.Product p:
                return Over(p.Left).Over(p.Right);
            case Term.Power { Exponent: Term.Number { Value: { IsInteger: true, Sign: > 0 } n } } p when n <= 64:
                return Enumerable.Range(0, (int)n.Numerator).Aggregate(this, (f, _) => f.Over(p.Base));
            default:
                var below = Of(divisor);
                var (factor, scale) = Integral(below.Numerator);
                if (factor.IsZero)
                {
                    throw new InexpressibleException($"the divisor {divisor} is 0");
                }

                var product = Times(
                    new(below.Denominator.Aggregate(Poly.One, (p, f) => p * f.Key.Power(f.Value))
                        .Scale(scale.Reciprocal()), None));
                return factor.Number is { } number
                    ? product with { Numerator = product.Numerator.Scale(number.Reciprocal()) }
                    : product with
                    {
                        Denominator =
                        product.Denominator.SetItem(factor, product.Denominator.GetValueOrDefault(factor) + 1)
                    };
        }
    }
}
