using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>
/// A generalised polynomial: a sum of rational multiples of monomials; none of the coefficients is 0.
/// </summary>
/// <remarks>
/// Arithmetic takes the <see cref="WorkBudget"/> that it is counted in; its sizes are limited besides.
/// </remarks>
public sealed partial class Poly : IEquatable<Poly>
{
    private const int LargestSize = 20_000;
    private const int LargestExpansion = 200;
    private const int LargestExponentSize = 2_000;

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

    /// <summary>The number 0.</summary>
    public static readonly Poly Zero = new([]);

    /// <summary>The number 1.</summary>
    public static readonly Poly One = Constant(1);

    /// <summary>The monomials and their coefficients.</summary>
    public IReadOnlyCollection<KeyValuePair<Monomial, BigRational>> Terms => _terms;

    /// <summary>Whether there are no terms.</summary>
    public bool IsZero => _terms.Count == 0;

    /// <summary>The value where it is a number, else null.</summary>
    public BigRational? Number => IsZero ? BigRational.Zero
        : _terms.Count == 1 && _terms.TryGetValue(Monomial.One, out var c) ? c : null;

    /// <summary>The coefficient of the empty product.</summary>
    public BigRational ConstantTerm => _terms.GetValueOrDefault(Monomial.One);

    /// <summary>The names of the variables that the value may depend on.</summary>
    public IEnumerable<string> Names => _terms.Keys.SelectMany(m => m.Factors)
        .SelectMany(f => f.Symbolic is null ? f.Atom.Mentions : f.Atom.Mentions.Union(f.Symbolic.Names));

    /// <summary>Whether the value is an integer for certain.</summary>
    public bool IsInteger =>
        _terms.All(t => t.Value.IsInteger && t.Key.Factors.All(f => f.Atom.IsInteger && f.IsPlain));

    /// <summary>A text that is the same for equal polynomials and for no others.</summary>
    public string Key => _key ??= IsZero ? "0" : string.Join(
        " + ",
        _terms.Select(t => (Key: t.Key.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => t.Key.Length == 0 ? $"{t.Value}" : t.Value == BigRational.One ? t.Key : $"{t.Value}*{t.Key}"));

    /// <summary>A number.</summary>
    /// <exception cref="Rejection">It is too long.</exception>
    public static Poly Constant(BigRational value) =>
        value.IsZero ? new([]) : new(new() { [Monomial.One] = NumberLimits.Moderate(value) });

    /// <summary>A monomial.</summary>
    public static Poly Of(Monomial m) => Of(BigRational.One, m);

    /// <summary>A multiple of a monomial.</summary>
    public static Poly Of(BigRational coefficient, Monomial m) =>
        coefficient.IsZero ? Zero : new(new() { [m] = coefficient });

    /// <summary>An atom.</summary>
    public static Poly Of(Atom atom) => Of(Monomial.Of(new(atom, BigRational.One, null)));

    /// <summary>The sum.</summary>
    /// <exception cref="Rejection">A limit of the size is met.</exception>
    /// <exception cref="WorkExhaustedException">The budget is spent.</exception>
    public Poly Plus(Poly other, WorkBudget work)
    {
        work.Spend(int.Max(_terms.Count, other._terms.Count));
        return Sum(other);
    }

    /// <summary>The difference.</summary>
    /// <exception cref="Rejection">A limit of the size is met.</exception>
    /// <exception cref="WorkExhaustedException">The budget is spent.</exception>
    public Poly Minus(Poly other, WorkBudget work) => Plus(other.Scale(-1), work);

    /// <summary>The sum with a number.</summary>
    public Poly PlusConstant(BigRational value) => value.IsZero ? this : Sum(Constant(value));

    /// <summary>The polynomial without its constant term.</summary>
    public Poly WithoutConstant() => PlusConstant(-ConstantTerm);

    /// <summary>The product; brackets and numbers whose exponents reach 1 are multiplied out.</summary>
    /// <exception cref="Rejection">A limit of the size is met.</exception>
    /// <exception cref="WorkExhaustedException">The budget is spent.</exception>
    public Poly Times(Poly other, WorkBudget work)
    {
        work.Spend(1 + ((long)_terms.Count * other._terms.Count * 4));
        var product = new Dictionary<Monomial, BigRational>();
        List<Poly>? rest = null;
        foreach (var (m, c) in _terms)
        {
            foreach (var (n, d) in other._terms)
            {
                var raw = m * n;
                if (IsReduced(raw))
                {
                    Accumulate(product, raw, c * d);
                }
                else
                {
                    (rest ??= []).Add(Reduce(raw, work).Scale(c * d));
                }
            }

            if (product.Count > LargestSize)
            {
                throw new Rejection("a polynomial of the proof has too many terms");
            }
        }

        return rest is null ? new(product) : rest.Aggregate(new Poly(product), (sum, p) => sum.Plus(p, work));
    }

    /// <summary>A multiple.</summary>
    /// <exception cref="Rejection">A coefficient is too long.</exception>
    public Poly Scale(BigRational factor)
    {
        if (factor == BigRational.One)
        {
            return this;
        }

        return factor.IsZero
            ? Zero
            : new(_terms.ToDictionary(t => t.Key, t => NumberLimits.Moderate(t.Value * factor)));
    }

    /// <summary>The n-th power, n ≥ 0, multiplied out.</summary>
    /// <exception cref="Rejection">It would be very large.</exception>
    /// <exception cref="WorkExhaustedException">The budget is spent.</exception>
    public Poly Power(int n, WorkBudget work)
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
                power = power.Times(square, work);
            }

            if (n > 1)
            {
                square = square.Times(square, work);
            }
        }

        return power;
    }

    /// <summary>A product of powers, with brackets and numbers whose exponents reach 1 multiplied out.</summary>
    /// <exception cref="Rejection">A limit of the size is met.</exception>
    /// <exception cref="WorkExhaustedException">The budget is spent.</exception>
    public static Poly Reduce(Monomial m, WorkBudget work)
    {
        var product = One;
        foreach (var f in m.Factors)
        {
            Poly factor;
            if (f.Atom.Kind == AtomKind.Number)
            {
                int whole = Small(f.Number.Floor());
                factor = Of(NumberLimits.Power(f.Atom.Value, whole), Monomial.Of(f with { Number = f.Number - whole }));
            }
            else if (f.Atom.Kind == AtomKind.Compound && Opens(f))
            {
                int whole = Small(f.Number.Floor());
                factor = f.Atom.Parts[0].Power(whole, work)
                    .Times(Of(Monomial.Of(f with { Number = f.Number - whole })), work);
            }
            else
            {
                factor = Of(new Monomial([f]));
            }

            product = product.Times(factor, work);
        }

        return product;
    }

    /// <summary>An exponent as a number of the machine.</summary>
    /// <exception cref="Rejection">It is beyond 4096.</exception>
    public static int Small(BigInteger n) =>
        BigInteger.Abs(n) <= 4096 ? (int)n : throw new Rejection($"the exponent {n} is too large");

    /// <summary>The sum of two symbolic exponents, which are short.</summary>
    internal Poly PlusExponent(Poly other) => _terms.Count + other._terms.Count <= LargestExponentSize
        ? Sum(other)
        : throw new Rejection("an exponent of the proof has too many terms");

    // Brackets and numbers keep a constant exponent below 1: [u]^(3/2) = u [u]^(1/2), 2^(p+1) = 2 2^p, 2^(p-1) = 1/2
    // 2^p.
    private static bool IsReduced(Monomial m)
    {
        foreach (var f in m.Factors)
        {
            if (f.Atom.Kind == AtomKind.Compound
                ? Opens(f)
                : f.Atom.Kind == AtomKind.Number && (f.Number.Sign < 0 || f.Number >= 1))
            {
                return false;
            }
        }

        return true;
    }

    // [u]^e = u [u]^(e−1) for a natural e, for a constant e ≥ 1 where u ≥ 0, and for any e where u > 0.
    private static bool Opens(Factor f) => f.Number >= 1 && (f.Symbolic is null || f.Atom.IsPositive);

    private Poly Sum(Poly other)
    {
        var (a, b) = _terms.Count < other._terms.Count ? (other, this) : (this, other);
        var sum = new Dictionary<Monomial, BigRational>(a._terms);
        foreach (var (m, c) in b._terms)
        {
            Accumulate(sum, m, c);
        }

        return new(sum);
    }

    private static void Accumulate(Dictionary<Monomial, BigRational> sum, Monomial m, BigRational c)
    {
        if (!sum.TryGetValue(m, out var before))
        {
            sum[m] = NumberLimits.Moderate(c);
        }
        else if ((before + c).IsZero)
        {
            sum.Remove(m);
        }
        else
        {
            sum[m] = NumberLimits.Moderate(before + c);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Poly? other) => other is not null && (ReferenceEquals(this, other)
        || (_hash == other._hash && _terms.Count == other._terms.Count
            && _terms.All(t => other._terms.TryGetValue(t.Key, out var c) && c == t.Value)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Poly);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => Key;
}
