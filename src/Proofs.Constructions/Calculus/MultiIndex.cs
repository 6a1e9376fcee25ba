using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

/// <summary>A multi-index a = (a_1, …, a_D), the exponents of a monomial x^a.</summary>
public sealed record MultiIndex(ImmutableArray<int> Exponents)
{
    /// <summary>|a|, the sum of the exponents.</summary>
    public int Degree { get; } = Exponents.Sum();

    /// <summary>D, the number of variables.</summary>
    public int Dimension => Exponents.Length;

    /// <summary>a! = Π a_i!.</summary>
    public BigRational Factorial =>
        Exponents.Aggregate(BigRational.One, (product, e) => product * ExactIntegers.Factorial(e)!.Value);

    /// <summary>Whether a = k e_i for one variable, so that x^a is a power of one variable.</summary>
    public bool IsPure => Exponents.Count(e => e > 0) == 1;

    /// <summary>The index of the constant monomial in D variables.</summary>
    public static MultiIndex Zero(int dimension) => new([.. Enumerable.Repeat(0, dimension)]);

    /// <summary>The index of the monomial x_i, with i counted from 0.</summary>
    public static MultiIndex Unit(int dimension, int i) =>
        new([.. Enumerable.Range(0, dimension).Select(j => j == i ? 1 : 0)]);

    /// <summary>All indices of degree at most q, by degree, then with the first exponents descending.</summary>
    public static ImmutableArray<MultiIndex> UpTo(int dimension, int degree) =>
        [.. Enumerable.Range(0, degree + 1).SelectMany(k => OfDegree(dimension, k))];

    /// <summary>All indices of degree k, the first exponents descending.</summary>
    public static IEnumerable<MultiIndex> OfDegree(int dimension, int degree)
    {
        return Tails(dimension, degree).Select(e => new MultiIndex([.. e]));

        static IEnumerable<IEnumerable<int>> Tails(int places, int sum) => places switch
        {
            0 => sum == 0 ? [[]] : [],
            1 => [[sum]],
            _ => Enumerable.Range(0, sum + 1).Reverse()
                .SelectMany(e => Tails(places - 1, sum - e).Select(t => t.Prepend(e))),
        };
    }

    /// <summary>Whether every exponent is at most that of <paramref name="other"/>.</summary>
    public bool IsBelow(MultiIndex other) => Exponents.Zip(other.Exponents).All(e => e.First <= e.Second);

    /// <summary>Π binom(a_i, b_i) for <paramref name="lower"/> = b.</summary>
    public BigRational Binomial(MultiIndex lower) => Exponents.Zip(lower.Exponents)
        .Aggregate(BigRational.One, (product, e) => product * ExactIntegers.Binomial(e.First, e.Second)!.Value);

    /// <summary>x^a at a rational point.</summary>
    public BigRational Power(IReadOnlyList<BigRational> x)
    {
        var product = BigRational.One;
        for (int i = 0; i < Exponents.Length; i++)
        {
            product = Exponents[i] == 0 ? product : product * BigRational.Pow(x[i], Exponents[i]);
        }

        return product;
    }

    /// <summary>x^a as a formula in the given variables.</summary>
    public Expr Monomial(IReadOnlyList<string> names) => Expr.Product(
        Exponents.Select((e, i) => (e, i)).Where(t => t.e > 0).Select(t => Expr.Power(Expr.Variable(names[t.i]), t.e)));

    /// <summary>
    /// a with <paramref name="degree"/> of its degree taken greedily from the first variables, and the rest.
    /// </summary>
    /// <remarks>Source: math/00, 4.5, the canonical split a = a' + a''.</remarks>
    public (MultiIndex First, MultiIndex Second) Split(int degree)
    {
        var first = Exponents.ToBuilder();
        for (int i = 0; i < first.Count; i++)
        {
            first[i] = Math.Min(degree, Exponents[i]);
            degree -= first[i];
        }

        return (new(first.ToImmutable()), new([.. Exponents.Zip(first, (a, b) => a - b)]));
    }

    /// <summary>a + b.</summary>
    public static MultiIndex operator +(MultiIndex a, MultiIndex b) =>
        new([.. a.Exponents.Zip(b.Exponents, (x, y) => x + y)]);

    /// <summary>a − b, which may have negative exponents unless b is below a.</summary>
    public static MultiIndex operator -(MultiIndex a, MultiIndex b) =>
        new([.. a.Exponents.Zip(b.Exponents, (x, y) => x - y)]);

    /// <summary>Whether the exponents are the same.</summary>
    public bool Equals(MultiIndex? other) => other is not null && Exponents.SequenceEqual(other.Exponents);

    /// <inheritdoc/>
    public override int GetHashCode() => Exponents.Aggregate(17, HashCode.Combine);

    /// <summary>The exponents, <c>(1, 0)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Exponents)})";
}
