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

    /// <summary>
    /// The sequents that together say that the claim holds: that each range end, hypothesis and goal is defined, given
    /// what stands before it, and then that each goal holds. A condition that follows from signs and ranges needs no proof.
    /// </summary>
    internal ImmutableArray<Sequent> Obligations()
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
            all.Add(new(variables, integers, known, goal));
            known = known.Add(goal);
        }

        return all.ToImmutable();

        void AddDefinedness(Relation relation)
        {
            foreach (var (guards, integer, condition) in Definedness.Conditions(relation, integers))
            {
                var sequent = new Sequent(variables.Union(integer), integers.Union(integer), known.AddRange(guards), condition);
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

/// <summary>What has to be proved at one place of a proof: the goal, for all values of the variables that satisfy the facts.</summary>
/// <param name="Variables">Every variable.</param>
/// <param name="Integers">Those that are integers; the others are real.</param>
/// <param name="Facts">What may be assumed, numbered from 0.</param>
/// <param name="Goal">What has to be shown.</param>
internal sealed record Sequent(
    ImmutableSortedSet<string> Variables,
    ImmutableSortedSet<string> Integers,
    ImmutableArray<Relation> Facts,
    Relation Goal)
{
    private Context? _context;
    private Context? _before;

    /// <summary>The normal forms and ranges that follow from the facts; a function of the steps that led here, so that a replay sees the same.</summary>
    public Context Context => _context ??= new(this, _before);

    public Sequent With(Relation fact) => new(Variables, Integers, Facts.Add(fact), Goal) { _before = Context };

    public Sequent WithGoal(Relation goal) => new(Variables, Integers, Facts, goal) { _context = Context };

    public Sequent WithVariable(string name, bool isInteger) => Variables.Contains(name)
        ? throw new Rejection($"the name {name} is taken")
        : new(Variables.Add(name), isInteger ? Integers.Add(name) : Integers, Facts, Goal) { _before = Context };

    public Sequent WithoutFactsOn(string name) =>
        new(Variables, Integers, [.. Facts.Where(f => !f.Mentions(name))], Goal);

    public Sequent Real(string name) => new(Variables, Integers.Remove(name), Facts, Goal);

    /// <summary>The sequent with a term for a variable everywhere; the variable is gone.</summary>
    public Sequent Replace(string name, Term value) => new(
        Variables.Remove(name), Integers.Remove(name), [.. Facts.Select(f => f.Substitute(name, value))], Goal.Substitute(name, value));

    public override string ToString() => $"{string.Join(", ", Facts)} |- {Goal}";
}

/// <summary>A proof does not pass, and why.</summary>
internal sealed class Rejection(string reason) : Exception(reason);
