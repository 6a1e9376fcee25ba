using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>
/// Formulas as SMT-LIB 2 terms of sort Real; what has no function there becomes an auxiliary constant with its
/// definition.
/// </summary>
internal sealed class SmtTerms(Context context, ImmutableSortedSet<string> integers)
{
    private const int LargestPower = 200;
    private const int LongestSeries = 200;

    private static readonly ImmutableHashSet<string> Taken =
    [
        "abs", "and", "assert", "as", "distinct", "div", "e", "exists", "exp", "false", "forall", "is_int", "ite",
        "let", "log", "match", "mod",
        "not", "or", "par", "pi", "pow", "sin", "cos", "tan", "sqrt", "to_int", "to_real", "true", "xor", "BINARY",
        "DECIMAL", "HEXADECIMAL", "NUMERAL", "STRING",
    ];

    private readonly Dictionary<string, string> _auxiliaries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Term> _indices = new(StringComparer.Ordinal);
    private readonly StringBuilder _definitions = new();
    private Context _context = context;
    private ImmutableSortedSet<string> _integers = integers;
    private int _bound;

    /// <summary>Declarations and definitions of the auxiliary constants.</summary>
    public string Definitions => (UsesPower
        ? "(define-fun pow ((b Real) (x Real) (logarithm Real)) Real (exp (* x logarithm))) ; b^x\n" : "")
            + _definitions;

    public bool UsesExponential { get; private set; }

    public bool UsesIntegers { get; private set; }

    private bool UsesPower { get; set; }

    /// <summary>The name as a symbol that the language does not use itself.</summary>
    public static string Symbol(string name) => Taken.Contains(name) ? $"v.{name}" : name;

    /// <summary>What follows is under these facts.</summary>
    public void Enter(Context context, ImmutableSortedSet<string> integers) =>
        (_context, _integers) = (context, integers);

    public string Formula(Relation r)
    {
        string symbol =
            r.Comparison switch
            {
                Comparison.AtMost => "<=",
                Comparison.Less => "<",
                Comparison.Equal => "=",
                _ => "distinct"
            };
        return $"({symbol} {Write(r.Left)} {Write(r.Right)})";
    }

    public string Write(Term term)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (term)
        {
            case Term.Number n:
                return Number(n.Value);
            case Term.Variable v when _indices.TryGetValue(v.Name, out var value):
                return Write(value);
            case Term.Variable v:
                return _integers.Contains(v.Name) ? $"(to_real {Symbol(v.Name)})" : Symbol(v.Name);
            case Term.Sum s:
                return $"(+ {Write(s.Left)} {Write(s.Right)})";
            case Term.Product p:
                return $"(* {Write(p.Left)} {Write(p.Right)})";
            case Term.Quotient q:
                return $"(/ {Write(q.Left)} {Write(q.Right)})";
            case Term.Power p:
                return Power(p);
            case Term.Choice c:
                return $"(ite {Formula(c.Condition)} {Write(c.Then)} {Write(c.Else)})";
            case Term.Call c:
                return Call(c);
            case Term.Series s:
                return Series(s);
            default:
                throw new InexpressibleException($"{term} has no form in SMT-LIB");
        }
    }

    /// <summary>An exact constant of sort Real.</summary>
    public static string Number(BigRational value)
    {
        string size = value.IsInteger
            ? string.Create(CultureInfo.InvariantCulture, $"{BigInteger.Abs(value.Numerator)}.0")
            : string.Create(
                CultureInfo.InvariantCulture, $"(/ {BigInteger.Abs(value.Numerator)}.0 {value.Denominator}.0)");
        return value.Sign < 0 ? $"(- {size})" : size;
    }

    private string Call(Term.Call c)
    {
        string[] a = [.. c.Arguments.Select(Write)];
        switch (c.Function)
        {
            case "pi":
                var pi = ConstantEnclosure.Pi();
                return Auxiliary("pi", "pi", "Real", name => $"(< {Number(pi.Low)} {name} {Number(pi.High)})");
            case "exp":
                UsesExponential = true;
                return $"(exp {a[0]})";
            case "log":
                return Logarithm(a[0]);
            case "abs":
                return Bound(a[0], x => $"(ite (<= 0.0 {x}) {x} (- {x}))");
            case "min":
                return Bound(a[0], x => Bound(a[1], y => $"(ite (<= {x} {y}) {x} {y})"));
            case "max":
                return Bound(a[0], x => Bound(a[1], y => $"(ite (<= {x} {y}) {y} {x})"));
            case "floor":
                UsesIntegers = true;
                return $"(to_real (to_int {a[0]}))";
            case "ceil":
                UsesIntegers = true;
                return $"(- (to_real (to_int (- {a[0]}))))";
            case "pow2floor":
                return PowerOfTwo("pow2floor", a[0], (p, x) => $"(and (<= {p} {x}) (< {x} (* 2.0 {p})))");
            case "pow2ceil":
                return PowerOfTwo("pow2ceil", a[0], (p, x) => $"(and (< (/ {p} 2.0) {x}) (<= {x} {p}))");
            default:
                return Value(c) is { } number
                    ? Number(number)
                    : throw new InexpressibleException(
                        $"{c.Function} of something that is no constant, in {c}, has no form in SMT-LIB");
        }
    }

    // log x is the l with exp(l) = x.
    private string Logarithm(string x)
    {
        UsesExponential = true;
        return Auxiliary("log", $"log {x}", "Real", name => $"(=> (< 0.0 {x}) (= (exp {name}) {x}))");
    }

    private string PowerOfTwo(string function, string x, Func<string, string, string> between)
    {
        UsesPower = UsesIntegers = true;
        string two = Logarithm("2.0");
        string k = Auxiliary(
            function, $"{function} {x}", "Int", name =>
                $"(=> (< 0.0 {x}) {between($"(pow 2.0 (to_real {name}) {two})", x)})");
        return $"(pow 2.0 (to_real {k}) {two})";
    }

    private string Power(Term.Power p)
    {
        if (Value(p.Exponent) is not { } e)
        {
            return VariablePower(p);
        }

        if (BigRational.Abs(e) > LargestPower || e.Denominator > LargestPower)
        {
            throw new InexpressibleException(
                $"the exponent {e} is beyond what is written out in SMT-LIB, at most {LargestPower}");
        }

        string b = Write(p.Base);
        if (!e.IsInteger)
        {
            // The q-th root r ≥ 0 of a base ≥ 0.
            string root = b;
            b = Auxiliary(
                "root", $"root {e.Denominator} {b}", "Real",
                name => $"(=> (<= 0.0 {root}) (and (<= 0.0 {name}) (= {Product(name, (int)e.Denominator)} {root})))");
        }

        int n = (int)BigInteger.Abs(e.Numerator);
        string power = n switch { 0 => "1.0", 1 => b, _ => Bound(b, x => Product(x, n)) };
        return e.Sign < 0 ? $"(/ 1.0 {power})" : power;
    }

    // b^x = exp(x log b) for b > 0, and 0^x = 0 for x > 0.
    private string VariablePower(Term.Power p)
    {
        var sign = _context.RangeOf(_context.Normal(p.Base));
        if (!sign.IsNonNegative)
        {
            throw new InexpressibleException(
                $"the power {p} has a variable exponent and a base that is not known to be ≥ 0");
        }

        UsesPower = true;
        string b = Write(p.Base), x = Write(p.Exponent);
        string power = $"(pow {b} {x} {Logarithm(b)})";
        return sign.IsPositive ? power : $"(ite (< 0.0 {b}) {power} 0.0)";
    }

    private string Series(Term.Series s)
    {
        if (Value(s.Lower) is not { IsInteger: true } from || Value(s.Upper) is not { IsInteger: true } to
            || to - from > LongestSeries)
        {
            throw new InexpressibleException(
                $"{(s.IsProduct ? "prod" : "sum")} over {s.Index} has no constant, close ends and no form in SMT-LIB");
        }

        var terms = new List<string>();
        bool shadowed = _indices.TryGetValue(s.Index, out var outer);
        for (var i = from; i <= to; i += 1)
        {
            _indices[s.Index] = Term.Constant(i);
            terms.Add(Write(s.Body));
        }

        if (shadowed)
        {
            _indices[s.Index] = outer!;
        }
        else
        {
            _indices.Remove(s.Index);
        }

        return terms.Count switch
        {
            0 => s.IsProduct ? "1.0" : "0.0",
            1 => terms[0],
            _ => $"({(s.IsProduct ? '*' : '+')} {string.Join(' ', terms)})",
        };
    }

    // The value of a constant formula, by exact evaluation.
    private BigRational? Value(Term t)
    {
        foreach (var (index, value) in _indices)
        {
            t = t.Substitute(index, value);
        }

        return t.Variables.IsEmpty
            && new PointEvaluation(new Dictionary<string, BigRational>(StringComparer.Ordinal), 64, []).Value(t)
                is { IsExact: true } v
            ? v.Low : null;
    }

    private static string Product(string x, int n) => $"(* {string.Join(' ', Enumerable.Repeat(x, n))})";

    // A name for a long term that is used more than once.
    private string Bound(string term, Func<string, string> use)
    {
        if (!term.Contains(' ', StringComparison.Ordinal))
        {
            return use(term);
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"x.{++_bound}");
        return $"(let (({name} {term})) {use(name)})";
    }

    private string Auxiliary(string kind, string key, string sort, Func<string, string> definition)
    {
        if (!_auxiliaries.TryGetValue(key, out string? name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{kind}.{_auxiliaries.Count + 1}");
            _auxiliaries[key] = name;
            _definitions.Append(
                CultureInfo.InvariantCulture, $"(declare-const {name} {sort})\n(assert {definition(name)})\n");
        }

        return name;
    }
}
