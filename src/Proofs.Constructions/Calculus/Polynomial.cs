using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

/// <summary>A polynomial Σ c_a x^a in D variables with exact coefficients.</summary>
/// <remarks>
/// Invariant: no stored coefficient is zero; the terms are ordered as <see cref="MultiIndex.UpTo"/> orders them.
/// </remarks>
public sealed record Polynomial
{
    private const int LargestPower = 64;

    private readonly ImmutableDictionary<MultiIndex, BigRational> _byIndex;

    private Polynomial(int dimension, ImmutableDictionary<MultiIndex, BigRational> byIndex)
    {
        Dimension = dimension;
        _byIndex = byIndex;
        Coefficients = [.. byIndex.OrderBy(c => c.Key.Degree).ThenBy(c => c.Key.Exponents, Descending)];
    }

    /// <summary>The number of variables.</summary>
    public int Dimension { get; }

    /// <summary>The non-zero coefficients, by degree, then with the first exponents descending.</summary>
    public IReadOnlyList<KeyValuePair<MultiIndex, BigRational>> Coefficients { get; }

    /// <summary>The largest degree of a term; 0 for a constant.</summary>
    public int Degree => Coefficients.Count == 0 ? 0 : Coefficients[^1].Key.Degree;

    private static IComparer<ImmutableArray<int>> Descending { get; } = Comparer<ImmutableArray<int>>.Create(
        (a, b) => a.Zip(b, (x, y) => y.CompareTo(x)).FirstOrDefault(c => c != 0));

    /// <summary>The polynomial with the given coefficients; those of one index are added.</summary>
    public static Polynomial Of(int dimension, IEnumerable<KeyValuePair<MultiIndex, BigRational>> coefficients)
    {
        var sum = ImmutableDictionary.CreateBuilder<MultiIndex, BigRational>();
        foreach (var (index, value) in coefficients)
        {
            sum[index] = sum.TryGetValue(index, out var old) ? old + value : value;
        }

        return new(dimension, sum.Where(c => !c.Value.IsZero).ToImmutableDictionary());
    }

    /// <summary>
    /// The polynomial that a formula in the given variables is, or null where it is none (or has another variable).
    /// </summary>
    public static Polynomial? TryOf(Expr formula, IReadOnlyList<string> names)
    {
        int dimension = names.Count;
        return formula switch
        {
            Expr.ConstantCase c => Constant(dimension, c.Value),
            Expr.VariableCase v => Index(names, v.Name) is var i && i >= 0
                ? Of(dimension, [new(MultiIndex.Unit(dimension, i), BigRational.One)])
                : null,
            Expr.SumCase s => Fold(s.Terms, Constant(dimension, 0), (a, b) => a + b),
            Expr.ProductCase p => Fold(p.Factors, Constant(dimension, 1), (a, b) => a * b),
            Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { IsInteger: true } n } } power
                when TryOf(power.Base, names) is { } b => b.TryPower(n),
            _ => null,
        };

        Polynomial? Fold(IEnumerable<Expr> parts, Polynomial start, Func<Polynomial, Polynomial, Polynomial> add)
        {
            foreach (var part in parts)
            {
                if (TryOf(part, names) is not { } polynomial)
                {
                    return null;
                }

                start = add(start, polynomial);
            }

            return start;
        }
    }

    /// <summary>The coefficient of x^<paramref name="index"/>.</summary>
    public BigRational Coefficient(MultiIndex index) => _byIndex.GetValueOrDefault(index);

    /// <summary>The derivative of order <paramref name="order"/>.</summary>
    public Polynomial Derivative(MultiIndex order) => Of(Dimension, Coefficients
        .Where(c => order.IsBelow(c.Key))
        .Select(c => KeyValuePair.Create(c.Key - order, c.Value * c.Key.Binomial(order) * order.Factorial)));

    /// <summary>The exact value at a point.</summary>
    public BigRational Evaluate(IReadOnlyList<BigRational> x) =>
        Coefficients.Aggregate(BigRational.Zero, (sum, c) => sum + (c.Value * c.Key.Power(x)));

    /// <summary>The polynomial as a formula in the given variables.</summary>
    public Expr ToExpr(IReadOnlyList<string> names) =>
        Expr.Sum(Coefficients.Select(c => c.Value * c.Key.Monomial(names)));

    /// <summary>The sum of two polynomials in the same variables.</summary>
    public static Polynomial operator +(Polynomial a, Polynomial b) =>
        Of(a.Dimension, a.Coefficients.Concat(b.Coefficients));

    /// <summary>The product of two polynomials in the same variables.</summary>
    public static Polynomial operator *(Polynomial a, Polynomial b) => Of(a.Dimension, a.Coefficients.SelectMany(
        x => b.Coefficients.Select(y => KeyValuePair.Create(x.Key + y.Key, x.Value * y.Value))));

    /// <summary>Whether both have the same coefficients.</summary>
    public bool Equals(Polynomial? other) =>
        other is not null && Dimension == other.Dimension && Coefficients.SequenceEqual(other.Coefficients);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Coefficients.Aggregate(Dimension, (h, c) => HashCode.Combine(h, c.Key, c.Value));

    /// <summary>The polynomial in x1, …, xD, or in x where there is one variable.</summary>
    public override string ToString() => ToExpr(Inputs.Names(Dimension)).ToString();

    private static Polynomial Constant(int dimension, BigRational value) =>
        Of(dimension, [new(MultiIndex.Zero(dimension), value)]);

    private static int Index(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    // A negative power of a constant is a constant; of anything else it is no polynomial.
    private Polynomial? TryPower(BigRational n)
    {
        if (n.Sign < 0)
        {
            return Degree == 0 && Coefficients.Count == 1 && n >= -LargestPower
                ? Constant(Dimension, BigRational.Pow(Coefficients[0].Value, (int)n.Numerator))
                : null;
        }

        return n > LargestPower
            ? null
            : Enumerable.Repeat(this, (int)n.Numerator).Aggregate(Constant(Dimension, 1), (a, b) => a * b);
    }
}
