using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>An atom to the exponent Number + Symbolic, where Symbolic has no constant term.</summary>
/// <param name="Atom">The base.</param>
/// <param name="Number">The constant part of the exponent.</param>
/// <param name="Symbolic">The rest of the exponent; null where the exponent is a number.</param>
public readonly record struct Factor(Atom Atom, BigRational Number, Poly? Symbolic)
{
    /// <summary>The exponent.</summary>
    public Poly Exponent => Symbolic is null ? Poly.Constant(Number) : Symbolic.PlusConstant(Number);

    /// <summary>Whether the exponent is a natural number above 0.</summary>
    public bool IsPlain => Symbolic is null && Number.IsInteger && Number.Sign > 0;

    /// <summary>A text that is the same for equal factors and for no others.</summary>
    public override string ToString() => Symbolic is null && Number == BigRational.One ? Atom.Key
        : Symbolic is null ? $"{Atom.Key}^{Number}"
        : $"{Atom.Key}^({Exponent.Key})";
}

/// <summary>A product of powers of different atoms, sorted by key; the empty product is 1.</summary>
/// <remarks>
/// Invariant, at every point at which the facts hold, for each factor a^e: e is a natural number; or e is a negative
/// integer and a ≠ 0; or e is anything else and a &gt; 0, or a = 0 and the value of e is positive. It passes on to
/// products, x^a x^b = x^(a+b): at a = 0 both exponents are positive, at a &lt; 0 both are integers. A sign of a or e
/// may be read off it only so: from a negative integer as exponent a ≠ 0, from any other exponent that is no natural
/// number a ≥ 0, and a &gt; 0 where moreover e is not positive.
/// </remarks>
public sealed class Monomial : IEquatable<Monomial>
{
    private readonly int _hash;

    /// <summary>The product of factors whose atoms are different and sorted.</summary>
    public Monomial(ImmutableArray<Factor> factors)
    {
        Factors = factors;
        var hash = default(HashCode);
        foreach (var f in factors)
        {
            hash.Add(f.Atom);
            hash.Add(f.Number);
            hash.Add(f.Symbolic);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The empty product.</summary>
    public static readonly Monomial One = new([]);

    /// <summary>The factors.</summary>
    public ImmutableArray<Factor> Factors { get; }

    /// <summary>A text that is the same for equal monomials and for no others.</summary>
    public string Key => string.Join('*', Factors);

    /// <summary>The monomial of one factor.</summary>
    public static Monomial Of(Factor factor) => factor is { Number.IsZero: true, Symbolic: null } ? One : new([factor]);

    /// <summary>The product; the exponents of equal atoms add up.</summary>
    public static Monomial operator *(Monomial a, Monomial b)
    {
        if (a.Factors.IsEmpty || b.Factors.IsEmpty)
        {
            return a.Factors.IsEmpty ? b : a;
        }

        var product = ImmutableArray.CreateBuilder<Factor>(a.Factors.Length + b.Factors.Length);
        int i = 0, j = 0;
        while (i < a.Factors.Length || j < b.Factors.Length)
        {
            int order = i == a.Factors.Length ? 1
                : j == b.Factors.Length ? -1
                : string.CompareOrdinal(a.Factors[i].Atom.Key, b.Factors[j].Atom.Key);
            if (order != 0)
            {
                product.Add(order < 0 ? a.Factors[i++] : b.Factors[j++]);
                continue;
            }

            var (f, g) = (a.Factors[i++], b.Factors[j++]);
            var symbolic = f.Symbolic is null
                ? g.Symbolic
                : g.Symbolic is null
                ? f.Symbolic
                : f.Symbolic.PlusExponent(g.Symbolic);
            var sum = new Factor(f.Atom, f.Number + g.Number, symbolic is { IsZero: true } ? null : symbolic);
            if (sum.Symbolic is not null || !sum.Number.IsZero)
            {
                product.Add(sum);
            }
        }

        return new(product.ToImmutable());
    }

    /// <summary>The product of the other factors.</summary>
    public Monomial Without(Atom atom) => new([.. Factors.Where(f => !f.Atom.Equals(atom))]);

    /// <inheritdoc/>
    public bool Equals(Monomial? other) =>
        other is not null && _hash == other._hash && Factors.AsSpan().SequenceEqual(other.Factors.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Monomial);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
