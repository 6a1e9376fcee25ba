using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>
/// Rules that come as objects are refused where their text would be: the kernel trusts no caller to have read them.
/// </summary>
public sealed class TypedRuleTests
{
    private static readonly Term X = new Term.Variable("x");
    private static readonly Term N = new Term.Variable("n");

    /// <summary>Formulas that no text reads as, each with what is wrong.</summary>
    private static readonly (string Wrong, Term Term)[] Odd =
    [
        ("no function of proofs", new Term.Call("asin", X)),
        ("a word of people", new Term.Call("relu", X)),
        ("no function", new Term.Call("foo", X)),
        ("no function", new Term.Call("", X)),
        ("two arguments", new Term.Call("exp", X, X)),
        ("no argument", new Term.Call("log")),
        ("one argument", new Term.Call("min", X)),
        ("three arguments", new Term.Call("max", X, X, X)),
        ("an argument", new Term.Call("pi", X)),
        ("a long number", Term.Constant(BigRational.PowerOfTwo(100_000))),
        ("a long denominator", X + Term.Constant(BigRational.PowerOfTwo(-100_000))),
        ("an index twice",
            new Term.Series(
                false, "i", Term.Constant(1), N,
                new Term.Series(false, "i", Term.Constant(1), N, new Term.Variable("i")))),
        ("inside others", Term.Constant(1) + new Term.Power(X, new Term.Quotient(new Term.Call("sec", X), X))),
        ("in a condition", new Term.Choice(new(new Term.Call("acos", X), Comparison.Less, X), X, X)),
        ("in a branch", new Term.Choice(new(X, Comparison.Less, X), X, new Term.Call("asinh", X))),
        ("another variable", new Term.Variable("z")),
        ("too deep", Deep()),
    ];

    [Fact]
    public void A_formula_that_no_text_reads_as_is_refused_in_every_place()
    {
        var zero = Term.Constant(0);
        foreach (var (wrong, odd) in Odd)
        {
            Rule[] rules =
            [
                new Rule.Cut(new(odd, Comparison.AtMost, odd)), new Rule.Cut(new(zero, Comparison.AtMost, odd)),
                new Rule.Split(new(odd, Comparison.Less, X)), new Rule.Split(new(X, Comparison.Different, odd)),
                new Rule.Let("t", odd), new Rule.Substitute("x", odd), new Rule.Derive("x", odd, "t"),
                new Rule.Convex("x", odd, Term.Constant(1)), new Rule.Convex("x", zero, odd),
                new Rule.Linear([new(odd, [])], []),
                new Rule.Linear([new(new Term.Power(odd, Term.Constant(2)), [0])], []),
                .. Enum.GetValues<AxiomKind>()
                .SelectMany(k => Enumerable.Range(1, 4).Select(n => new Rule.Axiom(k, [.. Enumerable.Repeat(odd, n)]))),
            ];
            foreach (var rule in rules)
            {
                Refused(rule, $"{wrong}: {rule.Name}");
                // max(a, b, c) reads as max(max(a, b), c), and (x) as x
                if (odd is not Term.Call { Function: "max" or "" })
                {
                    AssertTextRefused(rule);
                }
            }
        }
    }

    [Fact]
    public void An_axiom_has_a_name_and_its_number_of_arguments()
    {
        foreach (var kind in Enum.GetValues<AxiomKind>())
        {
            int arity = AxiomTable.All[kind].Arity;
            for (int n = 0; n < 6; n++)
            {
                if (arity < 0 ? n % 2 == 1 || n == 0 : n != arity)
                {
                    Refused(new Rule.Axiom(kind, [.. Enumerable.Repeat(Term.Constant(1), n)]), $"{kind} of {n}");
                }
            }
        }

        foreach (int unknown in new[] { -1, 99, int.MaxValue })
        {
            Refused(new Rule.Axiom((AxiomKind)unknown, [X]), "no axiom");
        }
    }

    [Fact]
    public void Names_numbers_and_facts_are_those_of_the_sequent()
    {
        var far = BigInteger.One << 100_000;
        Rule[] rules =
        [
            new Rule.Enumerate("x", 0, 1), new Rule.Enumerate("m", 0, 1), new Rule.Enumerate("", 0, 1),
            new Rule.Enumerate("n", 1, 0),
            new Rule.Enumerate("n", 0, 100_000), new Rule.Enumerate("n", far, far + 1),
            new Rule.Enumerate("n", -far, far),
            new Rule.Induct("x", 0), new Rule.Induct("m", 0), new Rule.Induct("n", far), new Rule.Induct("n", 5),
            new Rule.Let("x", X), new Rule.Let("pi", X), new Rule.Let("exp", X), new Rule.Let("", X),
            new Rule.Let("1", X), new Rule.Let("a b", X),
            new Rule.Let("t\n}", X), new Rule.Let("t\" \"0", X), new Rule.Substitute("m", X),
            new Rule.Substitute("x", X),
            new Rule.Derive("m", X, "t"), new Rule.Derive("x", Term.Constant(0), "x"),
            new Rule.Derive("x", Term.Constant(0), "n"),
            new Rule.Derive("x", X, "t"), new Rule.Convex("m", Term.Constant(0), Term.Constant(1)),
            new Rule.Convex("x", X, X),
            new Rule.Linear([new(Term.Constant(1), [-1])], []), new Rule.Linear([new(Term.Constant(1), [1000])], []),
            new Rule.Linear([new(Term.Constant(-1), [0])], []), new Rule.Linear([], [new("m", 0, 1)]),
            new Rule.Linear([], [new("x", 1, 0)]),
            new Rule.Linear([], [new("x", 0, 0)]),
            new Rule.Linear([], [new("x", -new BigRational(far, 1), new BigRational(far, 1))]),
            new Rule.Both(), new Rule.Apart(true), new Rule.Apart(false),
        ];
        foreach (var rule in rules)
        {
            Refused(rule, rule.ToString().Length > 200 ? rule.Name : rule.ToString());
            AssertTextRefused(rule);
        }
    }

    [Fact]
    public void A_quotient_of_numbers_is_the_number_it_reads_as()
    {
        var half = new Term.Quotient(Term.Constant(1), Term.Constant(2));
        foreach (var s in Sequents())
        {
            Assert.Equal(
                new Rule.Cut(new(half, Comparison.AtMost, X)).Apply(s)
                    .Select(t => s.Context.Normal(t.Goal.Left).ToString()),
                new Rule.Cut(new(Term.Constant(BigRational.Half), Comparison.AtMost, X)).Apply(s)
                    .Select(t => s.Context.Normal(t.Goal.Left).ToString()));
        }
    }

    // 0 ≤ x ≤ 1, n ≥ 0 |- a goal of each comparison that is false somewhere.
    private static IEnumerable<Sequent> Sequents()
    {
        var goals = new[] { "x <= 1/2", "x < 1/2" };
        foreach (string goal in goals)
        {
            yield return Statement.Parse($"forall x in [0, 1], n in int [0, inf) : {goal} + n*0")
                .Obligations(new(50_000_000))[^1];
        }
    }

    private static void Refused(Rule rule, string why)
    {
        foreach (var s in Sequents())
        {
            var thrown = Record.Exception(() => rule.Apply(s));
            Assert.True(thrown is Rejection, $"{why}: {thrown?.GetType().Name ?? "applies"} on {s}");
        }
    }

    // The text of the rule is no rule, or is refused as well.
    private static void AssertTextRefused(Rule rule)
    {
        Rule read;
        try
        {
            read = RuleText.Read(rule.Name, rule.Arguments);
        }
        catch (Rejection)
        {
            return;
        }

        Refused(read, "as text");
    }

    private static Term Deep()
    {
        var term = X;
        for (int i = 0; i < 3_500; i++)
        {
            term += Term.Constant(1);
        }

        return term;
    }
}
