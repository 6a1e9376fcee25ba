using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>
/// What has to be proved at one place of a proof: the goal, for all values of the variables that satisfy the facts.
/// </summary>
/// <param name="Variables">Every variable.</param>
/// <param name="Integers">Those that are integers; the others are real.</param>
/// <param name="Facts">What may be assumed, numbered from 0.</param>
/// <param name="Goal">What has to be shown.</param>
/// <param name="Work">What the reasoning about it, and about what follows from it, is counted in.</param>
public sealed record Sequent(
    ImmutableSortedSet<string> Variables,
    ImmutableSortedSet<string> Integers,
    ImmutableArray<Relation> Facts,
    Relation Goal,
    WorkBudget Work)
{
    private Context? _context;
    private Context? _before;

    // A copy with other parts knows nothing yet: what the facts say is read anew.
    private Sequent(Sequent other) =>
        (Variables, Integers, Facts, Goal, Work) =
            (other.Variables, other.Integers, other.Facts, other.Goal, other.Work);

    /// <summary>
    /// The normal forms and ranges that follow from the facts; a function of the steps that led here, so that a replay
    /// sees the same.
    /// </summary>
    public Context Context => _context ??= new(this, _before);

    /// <summary>The sequent with one fact more.</summary>
    public Sequent With(Relation fact) => new(Variables, Integers, Facts.Add(fact), Goal, Work) { _before = Context };

    /// <summary>The sequent with another goal.</summary>
    public Sequent WithGoal(Relation goal) => new(Variables, Integers, Facts, goal, Work) { _context = Context };

    /// <summary>The sequent with a new variable, of which nothing is known.</summary>
    /// <exception cref="Rejection">The name is taken, or is none.</exception>
    public Sequent WithVariable(string name, bool isInteger) => Variables.Contains(name) || !Names.IsVariable(name)
        ? throw new Rejection($"the name {name} is taken, or is no name")
        : new(Variables.Add(name), isInteger ? Integers.Add(name) : Integers, Facts, Goal, Work) { _before = Context };

    /// <summary>The sequent without the facts that mention a variable.</summary>
    public Sequent WithoutFactsOn(string name) =>
        new(Variables, Integers, [.. Facts.Where(f => !f.Mentions(name))], Goal, Work);

    /// <summary>The sequent with a variable that may be any real number.</summary>
    public Sequent Real(string name) => new(Variables, Integers.Remove(name), Facts, Goal, Work);

    /// <summary>The sequent with a term for a variable everywhere; the variable is gone.</summary>
    public Sequent Replace(string name, Term value) => new(
        Variables.Remove(name), Integers.Remove(name), [.. Facts.Select(f => f.Substitute(name, value))],
        Goal.Substitute(name, value), Work);

    /// <summary>The facts, a turnstile, the goal.</summary>
    public override string ToString() => $"{string.Join(", ", Facts)} |- {Goal}";
}
