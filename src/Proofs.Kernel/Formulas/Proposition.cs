using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

/// <summary>
/// A condition as it was written: comparisons, joined by <c>and</c> and <c>or</c>; <c>not</c> is carried out when
/// it is read.
/// </summary>
public abstract record Proposition
{
    private protected Proposition()
    {
    }

    /// <summary>A comparison of two sides.</summary>
    /// <param name="Left">The left side.</param>
    /// <param name="Symbol">How they compare: &lt;=, &lt;, &gt;=, &gt;, = or !=.</param>
    /// <param name="Right">The right side.</param>
    public sealed record Comparing(Term Left, string Symbol, Term Right) : Proposition
    {
        /// <summary>The comparison among those of the core, a ≥ b as b ≤ a.</summary>
        public Relation Relation => Symbol switch
        {
            "<=" => new(Left, Comparison.AtMost, Right),
            "<" => new(Left, Comparison.Less, Right),
            ">=" => new(Right, Comparison.AtMost, Left),
            ">" => new(Right, Comparison.Less, Left),
            "=" => new(Left, Comparison.Equal, Right),
            _ => new(Left, Comparison.Different, Right),
        };
    }

    /// <summary>Holds where every part holds.</summary>
    /// <param name="Parts">The parts, at least two.</param>
    public sealed record All(ImmutableArray<Proposition> Parts) : Proposition;

    /// <summary>Holds where at least one part holds.</summary>
    /// <param name="Parts">The parts, at least two.</param>
    public sealed record Any(ImmutableArray<Proposition> Parts) : Proposition;

    /// <summary>The sides of all comparisons, from left to right.</summary>
    internal IEnumerable<Term> Sides => this switch
    {
        Comparing c => [c.Left, c.Right],
        All all => all.Parts.SelectMany(p => p.Sides),
        Any any => any.Parts.SelectMany(p => p.Sides),
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };

    /// <summary>What holds where this one does not, of the same sides.</summary>
    internal Proposition Negation => this switch
    {
        Comparing c => c with
        {
            Symbol = c.Symbol switch { "<=" => ">", "<" => ">=", ">=" => "<", ">" => "<=", "=" => "!=", _ => "=" },
        },
        All all => new Any([.. all.Parts.Select(p => p.Negation)]),
        Any any => new All([.. any.Parts.Select(p => p.Negation)]),
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };

    /// <summary>
    /// The formula that is one where the condition holds and the other elsewhere, each choice by one relation.
    /// </summary>
    internal Term Choose(Term then, Term otherwise) => this switch
    {
        Comparing c => new Term.Choice(c.Relation, then, otherwise),
        All all => all.Parts.Reverse().Aggregate(then, (value, part) => Small(part.Choose(value, otherwise))),
        Any any => any.Parts.Reverse().Aggregate(otherwise, (value, part) => Small(part.Choose(then, value))),
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };

    /// <summary>Relations that hold together where the condition does.</summary>
    /// <remarks>
    /// P or l ≤ r is if(P, r, l) ≤ r, and likewise for the other comparisons with a value that makes them true:
    /// where P holds the relation says r ≤ r, elsewhere l ≤ r.
    /// </remarks>
    internal ImmutableArray<Relation> Relations() => this switch
    {
        Comparing c => [c.Relation],
        All all => [.. all.Parts.SelectMany(p => p.Relations())],
        Any any => [.. any.Parts[^1].Relations().Select(last =>
            any.Parts.SkipLast(1).Reverse().Aggregate(last, (relation, part) => Either(part, relation)))],
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };

    private static Relation Either(Proposition first, Relation second)
    {
        var holds = second.Comparison switch
        {
            Comparison.Less => second.Right - Term.Constant(1),
            Comparison.Different => second.Right + Term.Constant(1),
            _ => second.Right,
        };
        return second with { Left = first.Choose(holds, second.Left) };
    }

    // Alternatives repeat branches, so a condition of many and, or in turn would grow without limit.
    private static Term Small(Term term) => term.Size <= 100_000 && term.Depth <= 3_000
        ? term
        : throw new StatementFormatException("the condition is too long");
}
