using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>A rule of inference with its arguments: it turns a sequent into sequents that together imply it.</summary>
/// <remarks>
/// Statement and proof of each rule: docs/kernel.md. "Holds" means that the context of the sequent shows it by signs,
/// ranges and normal forms (<see cref="Proofs.Kernel.Symbolic.Context.Holds(Relation)"/>). The formulas of the
/// arguments may mention the variables of the sequent only.
/// </remarks>
public abstract partial record Rule
{
    private const int LargestTerm = 100_000;
    private const int LargestDepth = 3_000;

    private static readonly Term Zero = Term.Constant(0);
    private static readonly Term One = Term.Constant(1);
    private static readonly Term Two = Term.Constant(2);

    private protected Rule()
    {
    }

    /// <summary>The name in the text of a certificate.</summary>
    public abstract string Name { get; }

    /// <summary>The arguments in the text of a certificate.</summary>
    public abstract ImmutableArray<string> Arguments { get; }

    /// <summary>The sequents that together imply the given one; none where the rule closes it.</summary>
    /// <exception cref="Rejection">The rule does not apply.</exception>
    public ImmutableArray<Sequent> Apply(Sequent s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var left = Leave(s);
        foreach (var sequent in left)
        {
            Limit(sequent.Goal);
            if (!sequent.Facts.IsEmpty)
            {
                Limit(sequent.Facts[^1]);
            }
        }

        return left;
    }

    /// <summary>The text of the step, as in a certificate.</summary>
    public sealed override string ToString() => string.Concat(Arguments.Select(a => $" \"{a}\"").Prepend(Name));

    private protected abstract ImmutableArray<Sequent> Leave(Sequent s);

    private static void Limit(Relation r)
    {
        if (r.Left.Size + r.Right.Size > LargestTerm || r.Left.Depth > LargestDepth || r.Right.Depth > LargestDepth)
        {
            throw new Rejection("a formula of the proof is too large");
        }
    }

    private static void Need(Sequent s, Relation premise)
    {
        if (!s.Context.Holds(premise))
        {
            throw new Rejection($"the premise {premise} is not established");
        }
    }

    // The formula speaks of the variables of the sequent, or of these less one, and of nothing else.
    private static Term Known(Sequent s, Term term, string? except = null)
    {
        if (!term.IsOfLanguage || term.Depth > LargestDepth)
        {
            throw new Rejection("a formula of a step is none of the language");
        }

        foreach (string name in term.Variables)
        {
            if (name == except || !s.Variables.Contains(name))
            {
                throw new Rejection($"{name} is no variable that {term} may mention");
            }
        }

        return term;
    }

    private static Relation Known(Sequent s, Relation relation)
    {
        _ = Known(s, relation.Left);
        _ = Known(s, relation.Right);
        return relation;
    }

    // Whole numbers have moderate lengths, as all numbers do.
    private static Term.Number Known(System.Numerics.BigInteger value) => new(NumberLimits.Moderate(value));

    private static string Declared(Sequent s, string name) =>
        s.Variables.Contains(name) ? name : throw new Rejection($"there is no variable {name}");

    private static Relation AtMost(Term a, Term b) => new(a, Comparison.AtMost, b);

    private static Relation Less(Term a, Term b) => new(a, Comparison.Less, b);
}
