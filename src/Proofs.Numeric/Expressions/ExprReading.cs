using System.Collections.Immutable;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

/// <summary>Makes expressions of the trees that the kernel's reader gives; folding is the factories'.</summary>
/// <remarks>
/// Sums and products are taken whole, so that a + b + c is one sum and long ones cost no stack. A series is written
/// out, for which its ends must be numbers; the values of indices stand in <paramref name="indices"/>.
/// </remarks>
internal sealed class ExprReading(ImmutableDictionary<string, Expr> indices)
{
    private const int MostTerms = 10_000;
    private const int MostParts = 200_000; // of what series write out

    private int _terms;
    private int _parts;

    /// <summary>The expression that a term is.</summary>
    /// <exception cref="FormatException">A part of it is none that an expression has.</exception>
    public Expr Of(Term term)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!indices.IsEmpty && ++_parts > MostParts)
        {
            throw new FormatException("a sum or prod is too long to be written out");
        }

        return term switch
        {
            Term.Number n => Expr.Constant(n.Value),
            Term.Variable v => indices.GetValueOrDefault(v.Name) ?? Expr.Variable(v.Name),
            Term.Sum => Expr.Sum(Summands(term).Select(Of)),
            Term.Product or Term.Quotient => Expr.Product(Factors(term)),
            Term.Power p => Expr.Power(Of(p.Base), Of(p.Exponent)),
            Term.Call { Function: "pi" } => Expr.Pi,
            Term.Call { Function: "-" } c => -Of(c.Arguments[0]),
            Term.Call c => Expr.Apply(
                Functions.Named(c.Function) ?? throw new FormatException($"{c.Function} is no function of expressions"),
                [.. c.Arguments.Select(Of)]),
            Term.Choice { Condition: var c } choice =>
                If(new Proposition.Comparing(c.Left, Symbol(c.Comparison), c.Right), choice.Then, choice.Else),
            Term.Cases c => If(c.Condition, c.Then, c.Else),
            Term.Series s => Series(s),
            _ => throw new InvalidOperationException("Term is a closed family."),
        };
    }

    /// <summary>The condition that a proposition is; a ≠ b is a &lt; b or a &gt; b.</summary>
    /// <exception cref="FormatException">A part of it is none that an expression has.</exception>
    public Condition Of(Proposition proposition)
    {
        switch (proposition)
        {
            case Proposition.Comparing c:
                var (left, right) = (Of(c.Left), Of(c.Right));
                return c.Symbol == "!="
                    ? new Condition.Any(
                        new Condition.Comparison(left, RelationKind.Less, right),
                        new Condition.Comparison(left, RelationKind.Greater, right))
                    : new Condition.Comparison(left, Kind(c.Symbol), right);
            case Proposition.All all:
                return all.Parts.Select(Of).Aggregate((a, b) => new Condition.All(a, b));
            case Proposition.Any any:
                return any.Parts.Select(Of).Aggregate((a, b) => new Condition.Any(a, b));
            default:
                throw new InvalidOperationException("Proposition is a closed family.");
        }
    }

    private Expr If(Proposition condition, Term then, Term otherwise) => Choose(condition, Of(then), Of(otherwise));

    // Certificates know no `or` between conditions: if(A or B, s, t) is if(A, s, if(B, s, t)), and if(a != b, s,
    // t) is if(a = b, t, s).
    private Expr Choose(Proposition condition, Expr then, Expr otherwise) => condition switch
    {
        Proposition.Comparing { Symbol: "!=" } c => Expr.If(Of(c with { Symbol = "=" }), otherwise, then),
        Proposition.Any any => any.Parts.Reverse().Aggregate(otherwise, (value, part) => Choose(part, then, value)),
        Proposition.All all when !all.Parts.All(p => p is Proposition.Comparing { Symbol: not "!=" }) =>
            all.Parts.Reverse().Aggregate(then, (value, part) => Choose(part, value, otherwise)),
        _ => Expr.If(Of(condition), then, otherwise),
    };

    private static RelationKind Kind(string symbol) => symbol switch
    {
        "<=" => RelationKind.LessOrEqual,
        "<" => RelationKind.Less,
        ">=" => RelationKind.GreaterOrEqual,
        ">" => RelationKind.Greater,
        "=" => RelationKind.Equal,
        _ => throw new InvalidOperationException($"'{symbol}' is no comparison."),
    };

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.AtMost => "<=",
        Comparison.Less => "<",
        Comparison.Equal => "=",
        _ => "!=",
    };

    private static List<Term> Summands(Term sum)
    {
        List<Term> summands = [];
        var open = new Stack<Term>([sum]);
        while (open.TryPop(out var next))
        {
            if (next is Term.Sum s)
            {
                open.Push(s.Right);
                open.Push(s.Left);
            }
            else
            {
                summands.Add(next);
            }
        }

        return summands;
    }

    // The factors of a chain a * b / c …, from left to right.
    private List<Expr> Factors(Term product)
    {
        List<Expr> factors = [];
        while (product is Term.Product or Term.Quotient)
        {
            if (product is Term.Product p)
            {
                factors.Add(Of(p.Right));
                product = p.Left;
            }
            else if (product is Term.Quotient q)
            {
                var divisor = Of(q.Right);
                factors.Add(divisor == Expr.Zero
                    ? throw new FormatException("division by the constant 0")
                    : Expr.Power(divisor, -1));
                product = q.Left;
            }
        }

        factors.Add(Of(product));
        factors.Reverse();
        return factors;
    }

    private Expr Series(Term.Series series)
    {
        string word = series.IsProduct ? "prod" : "sum";
        var (from, to) = (End(series.Lower), End(series.Upper));
        List<Expr> terms = [];
        for (var i = from; i <= to; i += 1)
        {
            if (++_terms > MostTerms)
            {
                throw new FormatException($"a {word} has too many terms; at most {MostTerms} are written out");
            }

            var inner =
                new ExprReading(indices.SetItem(series.Index, Expr.Constant(i))) { _terms = _terms, _parts = _parts };
            terms.Add(inner.Of(series.Body));
            (_terms, _parts) = (inner._terms, inner._parts);
        }

        return series.IsProduct ? Expr.Product(terms) : Expr.Sum(terms);

        BigRational End(Term end) => Of(end) is Expr.ConstantCase { Value: { IsInteger: true } value }
            ? value
            : throw new FormatException(
                $"the ends of a {word} must be integers here, and {end} is none; "
                    + $"only prove reads a {word} to a variable end");
    }
}

public abstract partial class Expr
{
    /// <summary>
    /// Reads a formula such as <c>if(x2 &lt;= 1/2 + x1^2/4, 1, 0)</c>; decimals are exact, 0.1 is 1/10.
    /// </summary>
    /// <remarks>
    /// The language is that of docs/formulas.md; sums and products whose ends are integers are written out.
    /// </remarks>
    /// <exception cref="ExprSyntaxException">The text is no formula; the message names the column and what was
    /// expected.</exception>
    public static Expr Parse(string text) => ExprSyntaxException.Told(text, () => Of(Reader.Formula(text)));

    /// <summary>The expression that a term of the kernel is.</summary>
    /// <exception cref="FormatException">A part of it is none that an expression has, as a sum to a variable
    /// end.</exception>
    public static Expr Of(Term term) => new ExprReading(ImmutableDictionary<string, Expr>.Empty).Of(term);
}
