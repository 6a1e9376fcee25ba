using System.Collections.Immutable;

namespace Proofs.Kernel.Checking;

/// <summary>A statement: for all values of its variables that satisfy the assumptions, every goal is defined and holds.</summary>
/// <param name="Text">The text it was read from.</param>
/// <param name="Reals">The names of the real variables, in order.</param>
/// <param name="Integers">The names of the integer variables, in order.</param>
/// <param name="Ranges">What the ranges say, one relation for each finite end.</param>
/// <param name="Hypotheses">The relations after <c>where</c>.</param>
/// <param name="Goals">The relations to prove, a chain a ≤ b ≤ c as two.</param>
public sealed record Claim(
    string Text,
    ImmutableArray<string> Reals,
    ImmutableArray<string> Integers,
    ImmutableArray<Relation> Ranges,
    ImmutableArray<Relation> Hypotheses,
    ImmutableArray<Relation> Goals)
{
    /// <summary>Reads <c>forall x in (0, 1], n in int [1, inf) where H1, H2 : LEFT &lt;= RIGHT and …</c>.</summary>
    /// <exception cref="StatementFormatException">The text is no statement; the message names column and expectation.</exception>
    public static Claim Parse(string text) => Reader.Statement(text);

    /// <summary>The ranges and hypotheses as the facts of a sequent, with the goal 1 ≤ 0.</summary>
    public Sequent Assumptions(WorkBudget work)
    {
        var integers = Integers.ToImmutableSortedSet(StringComparer.Ordinal);
        return new(
            integers.Union(Reals), integers, Ranges.AddRange(Hypotheses),
            new(Term.Constant(1), Comparison.AtMost, Term.Constant(0)), work);
    }

    /// <summary>
    /// The sequents that together say that the claim holds: that each range end, hypothesis and goal is defined, given
    /// what stands before it, and then that each goal holds. A condition that follows from signs and ranges needs no proof.
    /// </summary>
    /// <exception cref="Rejection">A part of the claim can't be shown to be defined: an integer is needed and not seen.</exception>
    public ImmutableArray<Sequent> Obligations(WorkBudget work)
    {
        var all = ImmutableArray.CreateBuilder<Sequent>();
        var known = ImmutableArray<Relation>.Empty;
        var integers = Integers.ToImmutableSortedSet(StringComparer.Ordinal);
        var variables = integers.Union(Reals);
        foreach (var assumption in Ranges.Concat(Hypotheses))
        {
            AddDefinedness(assumption);
            known = known.Add(assumption);
        }

        foreach (var goal in Goals)
        {
            AddDefinedness(goal);
            all.Add(new(variables, integers, known, goal, work));
            known = known.Add(goal);
        }

        return all.ToImmutable();

        void AddDefinedness(Relation relation)
        {
            foreach (var (guards, integer, condition) in Definedness.Conditions(relation, integers))
            {
                var sequent = new Sequent(variables.Union(integer), integers.Union(integer), known.AddRange(guards), condition, work);
                if (sequent.Context.Holds(condition))
                {
                    continue;
                }

                all.Add(sequent);
                if (guards.IsEmpty && integer.IsEmpty)
                {
                    known = known.Add(condition);
                }
            }
        }
    }
}
