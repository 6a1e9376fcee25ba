using System.Collections.Immutable;

namespace Proofs.Kernel.Checking;

/// <summary>The rules of inference: a rule turns a sequent into sequents that together imply it.</summary>
internal static partial class Rules
{
    private const int LargestTerm = 100_000;
    private const int LargestDepth = 3_000;
    private const int LargestEnumeration = 5_000;

    public static ImmutableArray<Sequent> Apply(Sequent s, string rule, ImmutableArray<string> a)
    {
        ImmutableArray<Sequent> left = (rule, a.Length) switch
        {
            ("trivial", 0) => Trivial(s),
            ("linear", _) => Linear(s, a),
            ("cut", 1) => Cut(s, a[0]),
            ("split", 1) => Split(s, a[0]),
            ("enumerate", 3) => Enumerate(s, a[0], a[1], a[2]),
            ("let", 2) => Let(s, a[0], a[1]),
            ("subst", 2) => Subst(s, a[0], a[1]),
            ("axiom", >= 1) => Axiom(s, a[0], a[1..]),
            ("absurd", 0) => [s.WithGoal(new(Term.Constant(1), Comparison.AtMost, Term.Constant(0)))],
            ("both", 0) => Both(s),
            ("below", 0) => Apart(s, below: true),
            ("above", 0) => Apart(s, below: false),
            ("induct", 2) => Induct(s, a[0], a[1]),
            ("derive", 3) => Derive(s, a[0], a[1], a[2]),
            ("convex", 3) => Convex(s, a[0], a[1], a[2]),
            _ => throw new Rejection($"there is no rule {rule} with {a.Length} arguments"),
        };
        foreach (var sequent in left)
        {
            foreach (var r in sequent.Facts.IsEmpty ? [sequent.Goal] : new[] { sequent.Goal, sequent.Facts[^1] })
            {
                if (r.Left.Size + r.Right.Size > LargestTerm || r.Left.Depth > LargestDepth || r.Right.Depth > LargestDepth)
                {
                    throw new Rejection("a formula of the proof is too large");
                }
            }
        }

        return left;
    }

    // The goal follows from signs and ranges, or is an identity.
    private static ImmutableArray<Sequent> Trivial(Sequent s) =>
        s.Context.Holds(s.Goal) ? [] : throw new Rejection($"{s.Goal} is not trivial");

    // F |- A and F, A |- G give F |- G.
    private static ImmutableArray<Sequent> Cut(Sequent s, string relation)
    {
        var fact = Reader.Relation(relation, s.Variables);
        return [s.WithGoal(fact), s.With(fact)];
    }

    // F, A |- G and F, not A |- G give F |- G.
    private static ImmutableArray<Sequent> Split(Sequent s, string relation)
    {
        var fact = Reader.Relation(relation, s.Variables);
        return [s.With(fact), s.With(fact.Negation)];
    }

    // For an integer lower ≤ x ≤ upper: the sequent for each value.
    private static ImmutableArray<Sequent> Enumerate(Sequent s, string x, string lower, string upper)
    {
        var (low, high) = (BigRational.Parse(lower), BigRational.Parse(upper));
        if (!s.Integers.Contains(x) || !low.IsInteger || !high.IsInteger || low > high || high - low > LargestEnumeration)
        {
            throw new Rejection($"{x} cannot be enumerated from {lower} to {upper}");
        }

        var variable = new Term.Variable(x);
        Need(s, new(Term.Constant(low), Comparison.AtMost, variable));
        Need(s, new(variable, Comparison.AtMost, Term.Constant(high)));
        var cases = ImmutableArray.CreateBuilder<Sequent>();
        for (var k = low; k <= high; k += 1)
        {
            cases.Add(s.Replace(x, Term.Constant(k)));
        }

        return cases.ToImmutable();
    }

    // A new name for a value: F, t = e |- G gives F |- G.
    private static ImmutableArray<Sequent> Let(Sequent s, string name, string value)
    {
        var term = Reader.Term(value, s.Variables);
        if (Reader.Term(name, [name]) is not Term.Variable variable || Term.Call.Arities.ContainsKey(name))
        {
            throw new Rejection($"'{name}' is no name");
        }

        return [s.WithVariable(name, s.Context.Normal(term).IsInteger).With(new(variable, Comparison.Equal, term))];
    }

    // Equal things may replace each other: the variable x goes, where x = e.
    private static ImmutableArray<Sequent> Subst(Sequent s, string name, string value)
    {
        var term = Reader.Term(value, s.Variables);
        if (!s.Variables.Contains(name) || term.Variables.Contains(name))
        {
            throw new Rejection($"{name} cannot be replaced by {value}");
        }

        Need(s, new(new Term.Variable(name), Comparison.Equal, term));
        return [s.Replace(name, term)];
    }

    // a ≤ b and b ≤ a give a = b.
    private static ImmutableArray<Sequent> Both(Sequent s) => s.Goal is { Comparison: Comparison.Equal } g
        ? [s.WithGoal(g with { Comparison = Comparison.AtMost }), s.WithGoal(new(g.Right, Comparison.AtMost, g.Left))]
        : throw new Rejection($"{s.Goal} is no equation");

    // a < b, or b < a, gives a ≠ b.
    private static ImmutableArray<Sequent> Apart(Sequent s, bool below) => s.Goal is { Comparison: Comparison.Different } g
        ? [s.WithGoal(below ? g with { Comparison = Comparison.Less } : new(g.Right, Comparison.Less, g.Left))]
        : throw new Rejection($"{s.Goal} is not of the form a != b");

    // For an integer n ≥ k: G(k), and G(n) |- G(n + 1) for n ≥ k. Facts on n are dropped.
    private static ImmutableArray<Sequent> Induct(Sequent s, string name, string start)
    {
        var k = BigRational.Parse(start);
        if (!s.Integers.Contains(name) || !k.IsInteger)
        {
            throw new Rejection($"there is no induction on {name} from {start}");
        }

        var n = new Term.Variable(name);
        var from = new Relation(Term.Constant(k), Comparison.AtMost, n);
        Need(s, from);
        var general = s.WithoutFactsOn(name);
        return
        [
            general.WithGoal(s.Goal.Substitute(name, Term.Constant(k))),
            general.With(from).With(s.Goal).WithGoal(s.Goal.Substitute(name, n + Term.Constant(1))),
        ];
    }

    private static void Need(Sequent s, Relation premise)
    {
        if (!s.Context.Holds(premise))
        {
            throw new Rejection($"the premise {premise} is not established");
        }
    }
}
