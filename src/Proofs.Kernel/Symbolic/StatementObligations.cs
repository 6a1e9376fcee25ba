using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>What has to be shown so that a claim holds.</summary>
public static class StatementObligations
{
    /// <summary>The ranges and hypotheses as the facts of a sequent, with the goal 1 ≤ 0.</summary>
    public static Sequent Assumptions(this Statement claim, WorkBudget work)
    {
        var integers = claim.Integers.ToImmutableSortedSet(StringComparer.Ordinal);
        return new(
            integers.Union(claim.Reals), integers, claim.Ranges.AddRange(claim.Hypotheses),
            new(Term.Constant(1), Comparison.AtMost, Term.Constant(0)), work);
    }

    /// <summary>
    /// The sequents that together say that the claim holds: that each range end, hypothesis and goal is defined, given
    /// what stands before it, and then that each goal holds. A condition that follows from signs and ranges needs no
    /// proof.
    /// </summary>
    /// <exception cref="Rejection">A part of the claim can't be shown to be defined: an integer is needed and not
    /// seen.</exception>
    public static ImmutableArray<Sequent> Obligations(this Statement claim, WorkBudget work)
    {
        var all = ImmutableArray.CreateBuilder<Sequent>();
        var known = ImmutableArray<Relation>.Empty;
        var integers = claim.Integers.ToImmutableSortedSet(StringComparer.Ordinal);
        var variables = integers.Union(claim.Reals);
        foreach (var assumption in claim.Ranges.Concat(claim.Hypotheses))
        {
            AddDefinedness(assumption);
            known = known.Add(assumption);
        }

        foreach (var goal in claim.Goals)
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
                var sequent = new Sequent(
                    variables.Union(integer), integers.Union(integer), known.AddRange(guards), condition, work);
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
