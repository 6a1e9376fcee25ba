using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>The kinds of <see cref="Atom"/>.</summary>
public enum AtomKind
{
    /// <summary>A variable.</summary>
    Variable,

    /// <summary>An integer of at least 2, as the base of powers.</summary>
    Number,

    /// <summary>The number e.</summary>
    Euler,

    /// <summary>The number pi.</summary>
    Pi,

    /// <summary>A polynomial in brackets.</summary>
    Compound,

    /// <summary>A function value, or a formula that the normal form does not look into.</summary>
    Function,
}

/// <summary>
/// What a monomial is made of: a variable, an integer ≥ 2, e, pi, a polynomial in brackets, or a function value.
/// </summary>
public sealed class Atom : IEquatable<Atom>
{
    private Atom(AtomKind kind, string key, ImmutableArray<Poly> parts, bool isInteger, bool isPositive)
    {
        (Kind, Key, Parts, IsInteger, IsPositive) = (kind, key, parts, isInteger, isPositive);
        Mentions = parts.Aggregate(ImmutableHashSet<string>.Empty, (all, p) => all.Union(p.Names));
    }

    /// <summary>The number e.</summary>
    public static readonly Atom Euler = new(AtomKind.Euler, "@e", [], false, true);

    /// <summary>The number pi.</summary>
    public static readonly Atom Pi = new(AtomKind.Pi, "@pi", [], false, true);

    /// <summary>What it is.</summary>
    public AtomKind Kind { get; }

    /// <summary>Equal keys mean equal values.</summary>
    public string Key { get; }

    /// <summary>The polynomial in brackets, or the arguments of the function.</summary>
    public ImmutableArray<Poly> Parts { get; }

    /// <summary>Whether the value is an integer for certain.</summary>
    public bool IsInteger { get; }

    /// <summary>Known to be positive where it was made.</summary>
    public bool IsPositive { get; }

    /// <summary>The number, where it is one.</summary>
    public BigInteger Value { get; private init; }

    /// <summary>The names of the variables that the value may depend on.</summary>
    public ImmutableHashSet<string> Mentions { get; private init; }

    /// <summary>The atom of a variable.</summary>
    public static Atom Variable(string name, bool isInteger) =>
        new(AtomKind.Variable, name, [], isInteger, false) { Mentions = [name] };

    /// <summary>The atom of an integer of at least 2.</summary>
    public static Atom Number(BigInteger n) => new(AtomKind.Number, $"#{n}", [], true, true) { Value = n };

    /// <summary>A polynomial in brackets.</summary>
    public static Atom Compound(Poly p, bool isPositive) =>
        new(AtomKind.Compound, $"[{p.Key}]", [p], p.IsInteger, isPositive);

    /// <summary>The value of a function.</summary>
    public static Atom Function(string name, ImmutableArray<Poly> arguments, bool isInteger) =>
        new(AtomKind.Function, $"{name}({string.Join(", ", arguments.Select(a => a.Key))})", arguments, isInteger,
            false);

    /// <summary>A series by a text that determines its value, given the values of the variables.</summary>
    public static Atom Series(string key, IEnumerable<string> variables) =>
        new(AtomKind.Function, key, [], false, false) { Mentions = [.. variables] };

    /// <summary>A formula that the normal form does not look into; the key is its text.</summary>
    public static Atom Opaque(Term term) =>
        new(AtomKind.Function, $"'{term}'", [], false, false) { Mentions = [.. term.Variables] };

    /// <inheritdoc/>
    public bool Equals(Atom? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Atom);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
