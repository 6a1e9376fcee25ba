using System.Collections.Immutable;
using System.Numerics;

namespace Proofs.Kernel.Checking;

internal enum AtomKind
{
    Variable,
    Number,
    Euler,
    Pi,
    Compound,
    Function,
}

/// <summary>What a monomial is made of: a variable, an integer ≥ 2, e, pi, a polynomial in brackets, or a function value.</summary>
internal sealed class Atom : IEquatable<Atom>
{
    private Atom(AtomKind kind, string key, ImmutableArray<Poly> parts, bool isInteger, bool isPositive)
    {
        (Kind, Key, Parts, IsInteger, IsPositive) = (kind, key, parts, isInteger, isPositive);
        Mentions = parts.Aggregate(ImmutableHashSet<string>.Empty, (all, p) => all.Union(p.Names));
    }

    public static readonly Atom Euler = new(AtomKind.Euler, "@e", [], false, true);
    public static readonly Atom Pi = new(AtomKind.Pi, "@pi", [], false, true);

    public AtomKind Kind { get; }

    /// <summary>Equal keys mean equal values.</summary>
    public string Key { get; }

    public ImmutableArray<Poly> Parts { get; }

    public bool IsInteger { get; }

    /// <summary>Known to be positive where it was made.</summary>
    public bool IsPositive { get; }

    public BigInteger Value { get; private init; }

    public ImmutableHashSet<string> Mentions { get; private init; }

    public static Atom Variable(string name, bool isInteger) =>
        new(AtomKind.Variable, name, [], isInteger, false) { Mentions = [name] };

    public static Atom Number(BigInteger n) => new(AtomKind.Number, $"#{n}", [], true, true) { Value = n };

    public static Atom Compound(Poly p, bool isPositive) => new(AtomKind.Compound, $"[{p.Key}]", [p], p.IsInteger, isPositive);

    public static Atom Function(string name, ImmutableArray<Poly> arguments, bool isInteger) =>
        new(AtomKind.Function, $"{name}({string.Join(", ", arguments.Select(a => a.Key))})", arguments, isInteger, false);

    /// <summary>A series by a text that determines its value, given the values of the variables.</summary>
    public static Atom Series(string key, IEnumerable<string> variables) =>
        new(AtomKind.Function, key, [], false, false) { Mentions = [.. variables] };

    /// <summary>A formula that the normal form does not look into; the key is its text.</summary>
    public static Atom Opaque(Term term) =>
        new(AtomKind.Function, $"'{term}'", [], false, false) { Mentions = [.. term.Variables] };

    public bool Equals(Atom? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as Atom);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}

/// <summary>An atom to the exponent Number + Symbolic, where Symbolic has no constant term.</summary>
internal readonly record struct Factor(Atom Atom, BigRational Number, Poly? Symbolic)
{
    public Poly Exponent => Symbolic is null ? Poly.Constant(Number) : Symbolic + Poly.Constant(Number);

    public bool IsPlain => Symbolic is null && Number.IsInteger && Number.Sign > 0;

    public override string ToString() => Symbolic is null && Number == BigRational.One ? Atom.Key
        : Symbolic is null ? $"{Atom.Key}^{Number}"
        : $"{Atom.Key}^({Exponent.Key})";
}

/// <summary>A product of powers of different atoms, sorted by key; the empty product is 1.</summary>
/// <remarks>
/// Whoever makes a factor knows that its atom is ≠ 0 where the exponent is a negative integer, and that the atom is
/// positive, or ≥ 0 with a positive exponent, where the exponent is no integer. So x^a x^b = x^(a+b) always.
/// </remarks>
internal sealed class Monomial : IEquatable<Monomial>
{
    private readonly int _hash;

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

    public static readonly Monomial One = new([]);

    public ImmutableArray<Factor> Factors { get; }

    public string Key => string.Join('*', Factors);

    public static Monomial Of(Factor factor) => factor is { Number.IsZero: true, Symbolic: null } ? One : new([factor]);

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
            var symbolic = f.Symbolic is null ? g.Symbolic : g.Symbolic is null ? f.Symbolic : f.Symbolic + g.Symbolic;
            var sum = new Factor(f.Atom, f.Number + g.Number, symbolic is { IsZero: true } ? null : symbolic);
            if (sum.Symbolic is not null || !sum.Number.IsZero)
            {
                product.Add(sum);
            }
        }

        return new(product.ToImmutable());
    }

    public Monomial Without(Atom atom) => new([.. Factors.Where(f => !f.Atom.Equals(atom))]);

    public bool Equals(Monomial? other) =>
        other is not null && _hash == other._hash && Factors.AsSpan().SequenceEqual(other.Factors.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => _hash;
}

/// <summary>A generalised polynomial: a sum of rational multiples of monomials; none of the coefficients is 0.</summary>
internal sealed class Poly : IEquatable<Poly>
{
    private const int LargestSize = 20_000;
    private const int LargestExpansion = 200;

    private readonly Dictionary<Monomial, BigRational> _terms;
    private readonly int _hash;
    private string? _key;

    private Poly(Dictionary<Monomial, BigRational> terms)
    {
        if (terms.Count > LargestSize)
        {
            throw new Rejection("a polynomial of the proof has too many terms");
        }

        _terms = terms;
        foreach (var (m, c) in terms)
        {
            _hash ^= HashCode.Combine(m, c);
        }
    }

    public static readonly Poly Zero = new([]);
    public static readonly Poly One = Constant(1);

    public IReadOnlyCollection<KeyValuePair<Monomial, BigRational>> Terms => _terms;

    public bool IsZero => _terms.Count == 0;

    /// <summary>The value where it is a number, else null.</summary>
    public BigRational? Number => IsZero ? BigRational.Zero
        : _terms.Count == 1 && _terms.TryGetValue(Monomial.One, out var c) ? c : null;

    public BigRational ConstantTerm => _terms.GetValueOrDefault(Monomial.One);

    public IEnumerable<string> Names => _terms.Keys.SelectMany(m => m.Factors)
        .SelectMany(f => f.Symbolic is null ? f.Atom.Mentions : f.Atom.Mentions.Union(f.Symbolic.Names));

    /// <summary>Whether the value is an integer for certain.</summary>
    public bool IsInteger => _terms.All(t => t.Value.IsInteger && t.Key.Factors.All(f => f.Atom.IsInteger && f.IsPlain));

    /// <summary>A text that is the same for equal polynomials and for no others.</summary>
    public string Key => _key ??= IsZero ? "0" : string.Join(
        " + ",
        _terms.Select(t => (Key: t.Key.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => t.Key.Length == 0 ? $"{t.Value}" : t.Value == BigRational.One ? t.Key : $"{t.Value}*{t.Key}"));

    public static Poly Constant(BigRational value) =>
        value.IsZero ? new([]) : new(new() { [Monomial.One] = Work.Moderate(value) });

    public static Poly Of(Monomial m) => Of(BigRational.One, m);

    public static Poly Of(BigRational coefficient, Monomial m) => coefficient.IsZero ? Zero : new(new() { [m] = coefficient });

    public static Poly Of(Atom atom) => Of(Monomial.Of(new(atom, BigRational.One, null)));

    public static Poly operator +(Poly a, Poly b)
    {
        if (a._terms.Count < b._terms.Count)
        {
            (a, b) = (b, a);
        }

        Work.Spend(a._terms.Count);
        var sum = new Dictionary<Monomial, BigRational>(a._terms);
        foreach (var (m, c) in b._terms)
        {
            Accumulate(sum, m, c);
        }

        return new(sum);
    }

    public static Poly operator -(Poly a, Poly b) => a + b.Scale(-1);

    public static Poly operator *(Poly a, Poly b)
    {
        Work.Spend(1 + ((long)a._terms.Count * b._terms.Count * 4));
        var product = new Dictionary<Monomial, BigRational>();
        List<Poly>? rest = null;
        foreach (var (m, c) in a._terms)
        {
            foreach (var (n, d) in b._terms)
            {
                var raw = m * n;
                if (IsReduced(raw))
                {
                    Accumulate(product, raw, c * d);
                }
                else
                {
                    (rest ??= []).Add(Reduce(raw).Scale(c * d));
                }
            }

            if (product.Count > LargestSize)
            {
                throw new Rejection("a polynomial of the proof has too many terms");
            }
        }

        return rest is null ? new(product) : rest.Aggregate(new Poly(product), (sum, p) => sum + p);
    }

    public Poly Scale(BigRational factor)
    {
        if (factor == BigRational.One)
        {
            return this;
        }

        return factor.IsZero ? Zero : new(_terms.ToDictionary(t => t.Key, t => Work.Moderate(t.Value * factor)));
    }

    /// <summary>The n-th power, n ≥ 0, multiplied out.</summary>
    /// <exception cref="Rejection">It would be very large.</exception>
    public Poly Power(int n)
    {
        if (_terms.Count > 1 && n > LargestExpansion)
        {
            throw new Rejection($"the power {n} of a sum is too large");
        }

        var power = One;
        for (var square = this; n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
            {
                power *= square;
            }

            if (n > 1)
            {
                square *= square;
            }
        }

        return power;
    }

    // Brackets and numbers keep a constant exponent below 1: [u]^(3/2) = u [u]^(1/2), 2^(p+1) = 2 2^p, 2^(p-1) = 1/2 2^p.
    private static bool IsReduced(Monomial m)
    {
        foreach (var f in m.Factors)
        {
            if (f.Atom.Kind == AtomKind.Compound ? Opens(f) : f.Atom.Kind == AtomKind.Number && (f.Number.Sign < 0 || f.Number >= 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Opens(Factor f) => f.Number >= 1 && (f.Symbolic is null || f.Atom.IsPositive);

    public static Poly Reduce(Monomial m)
    {
        var product = One;
        foreach (var f in m.Factors)
        {
            Poly factor;
            if (f.Atom.Kind == AtomKind.Number)
            {
                int whole = Small(f.Number.Floor());
                factor = Of(Work.Power(f.Atom.Value, whole), Monomial.Of(f with { Number = f.Number - whole }));
            }
            else if (f.Atom.Kind == AtomKind.Compound && Opens(f))
            {
                int whole = Small(f.Number.Floor());
                factor = f.Atom.Parts[0].Power(whole) * Of(Monomial.Of(f with { Number = f.Number - whole }));
            }
            else
            {
                factor = Of(new Monomial([f]));
            }

            product *= factor;
        }

        return product;
    }

    public static int Small(BigInteger n) =>
        BigInteger.Abs(n) <= 4096 ? (int)n : throw new Rejection($"the exponent {n} is too large");

    private static void Accumulate(Dictionary<Monomial, BigRational> sum, Monomial m, BigRational c)
    {
        if (!sum.TryGetValue(m, out var before))
        {
            sum[m] = Work.Moderate(c);
        }
        else if ((before + c).IsZero)
        {
            sum.Remove(m);
        }
        else
        {
            sum[m] = Work.Moderate(before + c);
        }
    }

    public bool Equals(Poly? other) => other is not null && (ReferenceEquals(this, other)
        || (_hash == other._hash && _terms.Count == other._terms.Count
            && _terms.All(t => other._terms.TryGetValue(t.Key, out var c) && c == t.Value)));

    public override bool Equals(object? obj) => Equals(obj as Poly);

    public override int GetHashCode() => _hash;

    public override string ToString() => Key;
}
