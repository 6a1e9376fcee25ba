using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

/// <summary>
/// A statement: for all values of its variables that satisfy the assumptions, every goal is defined and holds.
/// </summary>
/// <param name="Text">The text it was read from, in the language of certificates.</param>
/// <param name="Reals">The names of the real variables, in order.</param>
/// <param name="Integers">The names of the integer variables, in order.</param>
/// <param name="Ranges">What the ranges say, one relation for each finite end.</param>
/// <param name="Hypotheses">The relations after <c>where</c>.</param>
/// <param name="Goals">The relations to prove, a chain a ≤ b ≤ c as two.</param>
public sealed record Statement(
    string Text,
    ImmutableArray<string> Reals,
    ImmutableArray<string> Integers,
    ImmutableArray<Relation> Ranges,
    ImmutableArray<Relation> Hypotheses,
    ImmutableArray<Relation> Goals)
{
    /// <summary>
    /// Whether it was written otherwise than in the language of certificates, in which <see cref="Text"/> is.
    /// </summary>
    public bool IsRespelled { get; init; }

    /// <summary>The names of the variables, real ones first.</summary>
    public ImmutableArray<string> Variables => [.. Reals, .. Integers];

    /// <summary>Reads <c>forall x in (0, 1], n in int [1, inf) where H1, H2 : LEFT &lt;= RIGHT and …</c>.</summary>
    /// <remarks>
    /// Relations are &lt;= &gt;= &lt; &gt; = != and chains of them, joined by <c>and</c>; numbers are exact.
    /// Functions: + - * / ^, those of
    /// <see cref="FormulaFunction"/>, if(condition, a, b), sum(i, from, to, term), prod(i, from, to, term), and the
    /// constant pi. What people write otherwise (docs/formulas.md) is read as well; <see cref="Text"/> then is the same
    /// in the language of certificates.
    /// </remarks>
    /// <exception cref="StatementFormatException">The text is no statement; the message names column and
    /// expectation.</exception>
    public static Statement Parse(string text) => Reader.Typed(text);

    /// <summary>The text, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Text;
}
