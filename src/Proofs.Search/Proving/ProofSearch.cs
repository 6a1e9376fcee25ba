using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>Searches proofs of sequents; the rules of the checker say what each step leaves to prove.</summary>
/// <param name="work">What the search may spend, the reasoning of the checker included.</param>
/// <param name="polynomialOnly">Whether to search only among proofs that are polynomial arithmetic, cases and
/// shifts.</param>
internal sealed partial class ProofSearch(WorkBudget work, bool polynomialOnly = false)
{
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private int _fresh;

    /// <summary>The strategies that the proof uses, in alphabetical order.</summary>
    public string Strategy => _used.Count == 0 ? "normal forms and signs" : string.Join(", ", _used);

    /// <summary>Whether the search ended because its budget was spent.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The sequent that could not be proved.</summary>
    public string Stuck { get; private set; } = "";

    /// <summary>One proof for each obligation of the claim, or null.</summary>
    public ImmutableArray<ImmutableArray<ProofStep>>? Run(Statement claim)
    {
        try
        {
            var proofs = ImmutableArray.CreateBuilder<ImmutableArray<ProofStep>>();
            foreach (var obligation in claim.Obligations(work))
            {
                Stuck = obligation.ToString();
                if (Prove(obligation, 6) is not { } proof)
                {
                    return null;
                }

                proofs.Add(proof);
            }

            return proofs.ToImmutable();
        }
        catch (WorkExhaustedException)
        {
            IsExhausted = true;
            return null;
        }
        catch (Rejection e)
        {
            Stuck = e.Message;
            return null;
        }
    }

    /// <summary>A proof of one sequent, or null.</summary>
    public ImmutableArray<ProofStep>? Run(Sequent s)
    {
        try
        {
            return Prove(s, 6);
        }
        catch (Rejection)
        {
            return null; // beyond the limits of the checker
        }
    }

    private ImmutableArray<ProofStep>? Prove(Sequent s, int depth)
    {
        work.Spend(1_000);
        if (Close(s) is { } closed)
        {
            return closed;
        }

        if (s.Goal.Comparison == Comparison.Different)
        {
            return First(s, t => Then(t, Steps.Below, depth), t => Then(t, Steps.Above, depth));
        }

        if (depth <= 0)
        {
            return null;
        }

        if (polynomialOnly)
        {
            return First(
                s,
                t => LinearSearch.Prove(t, 0, work),
                t => depth >= 5 ? SquareSearch.Prove(t, work) : null,
                t => Polynomial(t, depth),
                t => LinearSearch.Prove(t, 1, work),
                t => Chain(t, [Steps.Absurd], u => LinearSearch.Prove(u, 0, work) ?? LinearSearch.Prove(u, 1, work)));
        }

        return First(
            s,
            t => SubstituteEquations(t, depth),
            t => SplitCases(t, depth),
            t => Named("definitions", Definitions(t, depth)),
            t => Named("linear combination", LinearSearch.Prove(t, 0, work)),
            t => depth >= 5 && GrowsWithInteger(t) ? Named("induction", Induction(t, 3)) : null,
            t => s.Goal.Comparison == Comparison.Equal
                ? Named("two inequalities", Then(t, Steps.Both, depth - 1))
                : null,
            t => Named("powers of both sides", SamePower(t, depth)),
            t => IsProduct(t) ? Named("logarithms of both sides", Logarithms(t, depth)) : null,
            t => Named("convexity", Convexity(t, depth)),
            t => depth >= 5 && HasLogarithm(t) ? Named("root as variable", RootVariable(t, depth)) : null,
            t => t.Goal.Left.Variables.Union(t.Goal.Right.Variables).Count == 1
                ? Named("mean value theorem", MeanValue(t, depth))
                : null,
            t => Named("means", Means(t)),
            t => Named("power inequalities", PowerFacts(t)),
            t => Named("tangents of logarithms", Tangents(t)),
            t => Named("clearing denominators", Cleared(t, depth)),
            t => depth >= 5 ? Named("sum of squares", SquareSearch.Prove(t, work)) : null,
            t => Polynomial(t, depth),
            t => Named("products of facts", LinearSearch.Prove(t, 1, work)),
            t => Named(
                "contradiction",
                Chain(t, [Steps.Absurd], u => LinearSearch.Prove(u, 0, work) ?? LinearSearch.Prove(u, 1, work))),
            t => Enumerate(t, depth),
            t => Analysis(t, depth));
    }

    /// <summary>A sequent that follows at once.</summary>
    private ImmutableArray<ProofStep>? Close(Sequent s)
    {
        // The rule trivial reasons with ranges, not by polynomial arithmetic.
        if (!polynomialOnly && Left(s, Steps.Trivial) is { })
        {
            return [Steps.Trivial];
        }

        return Left(s, Steps.Alone) is { } ? [Steps.Alone] : null;
    }

    /// <summary>The sequents that a step leaves, or null where it does not apply.</summary>
    private static ImmutableArray<Sequent>? Left(Sequent s, ProofStep step)
    {
        try
        {
            return step.Rule.Apply(s);
        }
        catch (Rejection)
        {
            return null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The step and proofs of all that it leaves, or null.</summary>
    private ImmutableArray<ProofStep>? Then(Sequent s, ProofStep step, int depth) =>
        Then(s, step, t => Prove(t, depth));

    private static ImmutableArray<ProofStep>? Then(
        Sequent s, ProofStep step, Func<Sequent, ImmutableArray<ProofStep>?> prove)
    {
        if (Left(s, step) is not { } left)
        {
            return null;
        }

        var proofs = new List<ImmutableArray<ProofStep>>();
        foreach (var sequent in left)
        {
            if (prove(sequent) is not { } proof)
            {
                return null;
            }

            proofs.Add(proof);
        }

        return proofs.Count == 0 ? [step] : [step with { Branches = [.. proofs.SkipLast(1)] }, .. proofs[^1]];
    }

    /// <summary>
    /// Steps that leave one sequent each, beside those that their branches prove, and then a proof of the last.
    /// </summary>
    private static ImmutableArray<ProofStep>? Chain(
        Sequent s, IEnumerable<ProofStep> steps, Func<Sequent, ImmutableArray<ProofStep>?> prove)
    {
        var done = ImmutableArray.CreateBuilder<ProofStep>();
        foreach (var step in steps)
        {
            if (Left(s, step) is not { Length: > 0 } left || left.Length != step.Branches.Length + 1
                || !step.Branches.Zip(left).All(b => Closes(b.Second, b.First)))
            {
                return null;
            }

            done.Add(step);
            s = left[^1];
        }

        return prove(s) is { } rest ? [.. done, .. rest] : null;
    }

    /// <summary>Whether the rules accept the steps as a proof of the sequent.</summary>
    public static bool Closes(Sequent s, ImmutableArray<ProofStep> proof) => proof is [var step, .. var rest]
        && Left(s, step) is { } left
        && (left.IsEmpty
            ? rest.IsEmpty
            : left.Length == step.Branches.Length + 1 && step.Branches.Zip(left).All(b => Closes(b.Second, b.First))
                && Closes(left[^1], rest));

    private static ImmutableArray<ProofStep>? First(
        Sequent s, params Func<Sequent, ImmutableArray<ProofStep>?>[] tactics)
    {
        foreach (var tactic in tactics)
        {
            ImmutableArray<ProofStep>? proof;
            try
            {
                proof = tactic(s);
            }
            catch (Rejection)
            {
                proof = null; // a limit of the checker was met on this way
            }

            if (proof is not null)
            {
                return proof;
            }
        }

        return null;
    }

    private ImmutableArray<ProofStep>? Named(string strategy, ImmutableArray<ProofStep>? proof)
    {
        if (proof is not null)
        {
            _used.Add(strategy);
        }

        return proof;
    }

    private string Fresh(Sequent s)
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"t{++_fresh}");
        }
        while (s.Variables.Contains(name));
        return name;
    }

    // x = e among the facts: x goes.
    private ImmutableArray<ProofStep>? SubstituteEquations(Sequent s, int depth)
    {
        foreach (var fact in s.Facts.Where(f => f.Comparison == Comparison.Equal))
        {
            foreach (var (x, e) in new[] { (fact.Left, fact.Right), (fact.Right, fact.Left) })
            {
                if (x is Term.Variable v && s.Variables.Contains(v.Name) && !e.Variables.Contains(v.Name)
                    && (!s.Integers.Contains(v.Name) || s.Context.Normal(e).IsInteger))
                {
                    return Then(s, Steps.Substitute(v.Name, e.ToString()), depth);
                }
            }
        }

        return null;
    }

    // The innermost min, max, abs or if that the facts leave open decides the cases.
    private ImmutableArray<ProofStep>? SplitCases(Sequent s, int depth)
    {
        foreach (var relation in s.Facts.Prepend(s.Goal))
        {
            foreach (var question in Questions(relation.Left).Concat(Questions(relation.Right)))
            {
                if (question.Left.Variables.Union(question.Right.Variables).All(s.Variables.Contains)
                    && !s.Context.Holds(question) && !s.Context.Holds(question.Negation))
                {
                    return Named("cases", Then(s, Steps.Split(question), t => Prove(t, depth)));
                }
            }
        }

        return null;
    }

    private static IEnumerable<Relation> Questions(Term term)
    {
        foreach (var child in Children(term))
        {
            foreach (var question in Questions(child))
            {
                yield return question;
            }
        }

        switch (term)
        {
            case Term.Call { Function: "min" or "max" } c:
                yield return new(c.Arguments[0], Comparison.AtMost, c.Arguments[1]);
                break;
            case Term.Call { Function: "abs" } c:
                yield return new(Term.Constant(0), Comparison.AtMost, c.Arguments[0]);
                break;
            case Term.Choice c:
                yield return c.Condition;
                break;
        }
    }

    private static ImmutableArray<Term> Children(Term term) => term switch
    {
        Term.Sum s => [s.Left, s.Right],
        Term.Product p => [p.Left, p.Right],
        Term.Quotient q => [q.Left, q.Right],
        Term.Power p => [p.Base, p.Exponent],
        Term.Call c => c.Arguments,
        Term.Choice c => [c.Condition.Left, c.Condition.Right, c.Then, c.Else],
        Term.Series s => [s.Lower, s.Upper],
        _ => [],
    };

    /// <summary>The formula and all its parts, bound ones apart.</summary>
    public static IEnumerable<Term> Subterms(Term term) => Children(term).SelectMany(Subterms).Append(term);

    // floor(x), pow2floor(x) … bring their defining inequalities.
    private ImmutableArray<ProofStep>? Definitions(Sequent s, int depth)
    {
        var axioms = new List<ProofStep>();
        var calls =
            s.Facts.Prepend(s.Goal).SelectMany(r => Subterms(r.Left).Concat(Subterms(r.Right))).OfType<Term.Call>()
            .DistinctBy(c => c.ToString());
        foreach (var call in calls)
        {
            AxiomKind[] kinds = call.Function switch
            {
                "floor" => [AxiomKind.Floor, AxiomKind.FloorAbove],
                "ceil" => [AxiomKind.Ceil, AxiomKind.CeilBelow],
                "pow2floor" => [AxiomKind.Pow2floor, AxiomKind.Pow2floorAbove],
                "pow2ceil" => [AxiomKind.Pow2ceil, AxiomKind.Pow2ceilBelow],
                _ => [],
            };
            foreach (var kind in kinds)
            {
                var step = Steps.Axiom(kind, call.Arguments[0].ToString());
                if (Left(s, step) is [var with] && !s.Facts.Any(f => f.ToString() == with.Facts[^1].ToString())
                    && s.Context.Difference(with.Facts[^1]).Number is null)
                {
                    axioms.Add(step);
                }
            }
        }

        return axioms.Count == 0 ? null : Chain(s, axioms, t => Prove(t, depth));
    }

    // Few values of an integer variable: each in turn.
    private ImmutableArray<ProofStep>? Enumerate(Sequent s, int depth)
    {
        foreach (string n in s.Integers)
        {
            var range = s.Context.RangeOf(Poly.Of(Atom.Variable(n, true)));
            if (range is { Lower: { IsInteger: true } low, Upper: { IsInteger: true } high } && high - low <= 130)
            {
                return Named("enumeration", Then(s, Steps.Enumerate(n, low.Numerator, high.Numerator), depth - 1));
            }
        }

        return null;
    }
}
