using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving.Coq;

/// <summary>Formulas in the notations of the Coq file: readable reals, and the expressions of its checker.</summary>
internal sealed partial class CoqExpression(ImmutableArray<string> variables, ImmutableHashSet<string> integers)
{
    private static readonly Lazy<FrozenSet<string>> Taken = new(() =>
        Words().Matches(CoqFile.Checker).Select(m => m.Value).Where(w => w.Length > 1 || !char.IsAsciiLetterLower(w[0]))
            .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The name of a variable, marked where the file uses it for something else.</summary>
    public static string Name(string name) => Taken.Value.Contains(name) || Used().IsMatch(name) ? name + "'" : name;

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Words();

    // What the theorem's own script names, and keywords that the checker does not use.
    [GeneratedRegex(
        @"^([A-Z]\d*|statement|(fact|facts|goal|proof|box|accepted)_\d+"
            + "|as|at|cofix|else|for|Prop|return|Set|Type|using|where|SProp)$")]
    private static partial Regex Used();

    public string Real(Relation r)
    {
        string symbol =
            r.Comparison switch
            {
                Comparison.AtMost => "<=",
                Comparison.Less => "<",
                Comparison.Equal => "=",
                _ => "<>"
            };
        return $"{Real(r.Left)} {symbol} {Real(r.Right)}";
    }

    public string Real(Term t) => t switch
    {
        Term.Number n =>
            n.Value.IsInteger && n.Value.Sign >= 0
                ? n.Value.ToString()
                : $"({n.Value.ToString().Replace("/", " / ", StringComparison.Ordinal)})",
        Term.Variable v => integers.Contains(v.Name) ? $"IZR {Name(v.Name)}" : Name(v.Name),
        Term.Sum { Right: Term.Product { Left: Term.Number { Value: var minus }, Right: var right } } s when minus
            == -1 => $"({Real(s.Left)} - {Real(right)})",
        Term.Sum { Right: Term.Number { Value: { Sign: < 0 } negative } } s =>
            $"({Real(s.Left)} - {Real(Term.Constant(-negative))})",
        Term.Sum s => $"({Real(s.Left)} + {Real(s.Right)})",
        Term.Product { Left: Term.Number { Value: var minus } } p when minus == -1 => $"(- {Real(p.Right)})",
        Term.Product p => $"({Real(p.Left)} * {Real(p.Right)})",
        Term.Quotient q => $"({Real(q.Left)} / {Real(q.Right)})",
        Term.Power { Exponent: Term.Number { Value: { IsInteger: true } n } } p =>
            n.Sign >= 0 ? $"({Real(p.Base)} ^ {n})" : $"(/ ({Real(p.Base)} ^ {-n}))",
        _ => throw new InexpressibleException($"{t} is no rational function"),
    };

    /// <summary>The polynomial in the real variables, as Coq's terms are written.</summary>
    public string Real(Poly p) => p.IsZero ? "0" : string.Join(
        " + ",
        p.Terms.Select(t => (t.Key.Key, Text: string.Join(
            " * ",
            t.Key.Factors.Select(f => f.Number == BigRational.One ? Variable(f) : $"{Variable(f)} ^ {f.Number}")
                .Prepend(t.Value.Sign < 0 ? $"({t.Value.Numerator})" : $"{t.Value.Numerator}"))))
            .OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Text));

    private string Variable(Factor f) => integers.Contains(f.Atom.Key) ? $"IZR {Name(f.Atom.Key)}" : Name(f.Atom.Key);

    /// <summary>The integer polynomial as an expression of the checker: a sum of monomials.</summary>
    public Node Expression(Poly p)
    {
        var terms =
            p.Terms.OrderBy(t => t.Key.Key, StringComparer.Ordinal).Select(t => Monomial(t.Key, t.Value)).ToList();
        return terms.Count == 0 ? new Node.Num(0) : terms.Aggregate((a, b) => new Node.Add(a, b));
    }

    private Node Monomial(Monomial m, BigRational c)
    {
        var factors = m.Factors.Select(f =>
        {
            Node variable = new Node.Var(variables.IndexOf(f.Atom.Key));
            return f.Number == BigRational.One ? variable : new Node.Pow(variable, (int)f.Number.Numerator);
        });
        return c == BigRational.One && m.Factors.Length > 0
            ? factors.Aggregate((a, b) => new Node.Mul(a, b))
            : factors.Aggregate((Node)new Node.Num(c.Numerator), (a, b) => new Node.Mul(a, b));
    }

    /// <summary>An expression of the checker.</summary>
    public abstract record Node
    {
        public sealed record Num(BigInteger Value) : Node
        {
            public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(Num ({Value}))");
        }

        public sealed record Var(int Index) : Node
        {
            public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(Var {Index})");
        }

        public sealed record Add(Node A, Node B) : Node
        {
            public override string ToString() => $"(Add {A} {B})";
        }

        public sealed record Mul(Node A, Node B) : Node
        {
            public override string ToString() => $"(Mul {A} {B})";
        }

        public sealed record Pow(Node A, int N) : Node
        {
            public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(Pow {A} {N})");
        }
    }
}
