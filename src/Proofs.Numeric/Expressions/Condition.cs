using System.Collections.Immutable;
using Proofs.Kernel.Formulas;

namespace Proofs.Numeric.Expressions;

/// <summary>How a <see cref="Condition.Comparison"/> relates its two sides.</summary>
public enum RelationKind
{
    /// <summary>left ≤ right.</summary>
    LessOrEqual,

    /// <summary>left &lt; right.</summary>
    Less,

    /// <summary>left ≥ right.</summary>
    GreaterOrEqual,

    /// <summary>left &gt; right.</summary>
    Greater,

    /// <summary>left = right.</summary>
    Equal,
}

/// <summary>A truth-valued formula: the condition of an <c>if</c>, or a claim between expressions.</summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>
    /// Reads a condition such as <c>x1 &lt;= 1/2 and (x2 &gt; 0 or x1 = x2)</c>; a ≤ b &lt; c chains.
    /// </summary>
    /// <exception cref="ExprSyntaxException">The text is no condition; the message names the column and what was
    /// expected.</exception>
    public static Condition Parse(string text) => ExprSyntaxException.Told(
        text, () => new ExprReading(ImmutableDictionary<string, Expr>.Empty).Of(Reader.Condition(text)));

    /// <summary>A comparison of two expressions.</summary>
    public sealed record Comparison(Expr Left, RelationKind Relation, Expr Right) : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Left} {Relation.Symbol()} {Right}";
    }

    /// <summary>Holds where every part holds.</summary>
    public sealed record All(Condition First, Condition Second) : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Wrap(First)} and {Wrap(Second)}";

        private static string Wrap(Condition c) => c is Any ? $"({c})" : c.ToString();
    }

    /// <summary>Holds where at least one part holds.</summary>
    public sealed record Any(Condition First, Condition Second) : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => $"{First} or {Second}";
    }

    /// <summary>
    /// The same condition with every expression in it replaced by its image under <paramref name="map"/>.
    /// </summary>
    public Condition Map(Func<Expr, Expr> map) => this switch
    {
        Comparison c => new Comparison(map(c.Left), c.Relation, map(c.Right)),
        All a => new All(a.First.Map(map), a.Second.Map(map)),
        Any a => new Any(a.First.Map(map), a.Second.Map(map)),
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };

    /// <summary>The expressions that occur in the condition, from left to right.</summary>
    public IEnumerable<Expr> Expressions() => this switch
    {
        Comparison c => [c.Left, c.Right],
        All a => a.First.Expressions().Concat(a.Second.Expressions()),
        Any a => a.First.Expressions().Concat(a.Second.Expressions()),
        _ => throw new InvalidOperationException("A condition is a comparison, an all or an any."),
    };
}

/// <summary>Symbols of <see cref="RelationKind"/> values.</summary>
public static class Relations
{
    /// <summary>The symbol formulas use: <c>&lt;=</c>, <c>&lt;</c>, <c>&gt;=</c>, <c>&gt;</c> or <c>=</c>.</summary>
    public static string Symbol(this RelationKind relation) => relation switch
    {
        RelationKind.LessOrEqual => "<=",
        RelationKind.Less => "<",
        RelationKind.GreaterOrEqual => ">=",
        RelationKind.Greater => ">",
        RelationKind.Equal => "=",
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "No such relation."),
    };

    /// <summary>
    /// Whether the relation holds between numbers whose comparison has the sign <paramref name="comparison"/>.
    /// </summary>
    public static bool Holds(this RelationKind relation, int comparison) => relation switch
    {
        RelationKind.LessOrEqual => comparison <= 0,
        RelationKind.Less => comparison < 0,
        RelationKind.GreaterOrEqual => comparison >= 0,
        RelationKind.Greater => comparison > 0,
        RelationKind.Equal => comparison == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "No such relation."),
    };
}
