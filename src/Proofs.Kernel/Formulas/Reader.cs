using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Formulas;

/// <summary>A text is no statement, relation or formula; says where and what was expected.</summary>
public sealed class StatementFormatException : FormatException
{
    /// <summary>An error at a place of a text.</summary>
    public StatementFormatException(int column, string expected)
        : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"column {column}: {expected}")) => Column = column;

    /// <summary>An error without a place.</summary>
    public StatementFormatException()
        : this(1, "expected a statement")
    {
    }

    /// <summary>An error without a place.</summary>
    public StatementFormatException(string message)
        : base(message) => Column = 1;

    /// <summary>An error without a place.</summary>
    public StatementFormatException(string message, Exception innerException)
        : base(message, innerException) => Column = 1;

    /// <summary>The place, counted from 1.</summary>
    public int Column { get; }
}

/// <summary>Reads statements, relations and formulas by recursive descent; nesting is limited, so no text exhausts the stack.</summary>
public sealed partial class Reader
{
    private const int LargestDepth = 150;
    private const int LargestText = 2_000_000;

    private readonly string _text;
    private readonly HashSet<string> _scope;
    private readonly bool _isOpen;
    private int _at;
    private int _depth;
    private bool _isAnalytic;

    private Reader(string text, IEnumerable<string>? scope)
    {
        _text = text;
        _isOpen = scope is null;
        _scope = new(scope ?? [], StringComparer.Ordinal);
        if (text.Length > LargestText)
        {
            throw new StatementFormatException(LargestText, "the text is too long");
        }
    }

    /// <summary>Reads a formula over the variables in <paramref name="scope"/>.</summary>
    /// <exception cref="StatementFormatException">The text is no formula, or uses another name.</exception>
    public static Term Term(string text, IEnumerable<string> scope)
    {
        var reader = new Reader(text, scope);
        var term = reader.Sum();
        reader.End();
        return term;
    }

    /// <summary>Reads a formula that may also call sin, cos, tan, atan, sinh, cosh and tanh, which no rule of a proof knows.</summary>
    /// <exception cref="StatementFormatException">The text is no formula, or uses another name.</exception>
    internal static Term AnalyticTerm(string text, IEnumerable<string> scope)
    {
        var reader = new Reader(text, scope) { _isAnalytic = true };
        var term = reader.Sum();
        reader.End();
        return term;
    }

    /// <summary>Reads one relation over the variables in <paramref name="scope"/>.</summary>
    /// <exception cref="StatementFormatException">The text is no single relation, or uses another name.</exception>
    public static Relation Relation(string text, IEnumerable<string> scope)
    {
        var reader = new Reader(text, scope);
        var chain = reader.Chain();
        reader.End();
        return chain.Length == 1 ? chain[0] : throw new StatementFormatException(1, "expected one relation, found a chain");
    }

    /// <summary>Reads a formula over any variables; who uses it says which there are.</summary>
    /// <exception cref="StatementFormatException">The text is no formula.</exception>
    public static Term OpenTerm(string text)
    {
        var reader = new Reader(text, null);
        var term = reader.Sum();
        reader.End();
        return term;
    }

    /// <summary>Reads one relation over any variables.</summary>
    /// <exception cref="StatementFormatException">The text is no single relation.</exception>
    public static Relation OpenRelation(string text)
    {
        var reader = new Reader(text, null);
        var chain = reader.Chain();
        reader.End();
        return chain.Length == 1 ? chain[0] : throw new StatementFormatException(1, "expected one relation, found a chain");
    }

    private ImmutableArray<Relation> Chain()
    {
        var relations = ImmutableArray.CreateBuilder<Relation>();
        var left = Sum();
        while (Comparator() is { } symbol)
        {
            var right = Sum();
            relations.Add(symbol switch
            {
                "<=" => new(left, Comparison.AtMost, right),
                "<" => new(left, Comparison.Less, right),
                ">=" => new(right, Comparison.AtMost, left),
                ">" => new(right, Comparison.Less, left),
                "=" => new(left, Comparison.Equal, right),
                _ => new(left, Comparison.Different, right),
            });
            left = right;
        }

        return relations.Count > 0 ? relations.ToImmutable() : throw Expected("a relation (<=, <, >=, >, = or !=)");
    }

    private string? Comparator()
    {
        foreach (var (written, meant) in Comparators)
        {
            if (Take(written))
            {
                return meant;
            }
        }

        return null;
    }

    private static readonly (string Written, string Meant)[] Comparators =
    [
        ("<=", "<="), (">=", ">="), ("!=", "!="), ("<", "<"), (">", ">"), ("==", "="), ("=", "="), ("≤", "<="), ("≥", ">="), ("≠", "!="),
    ];

    private Term Sum()
    {
        if (++_depth > LargestDepth)
        {
            throw new StatementFormatException(_at + 1, "the formula is nested too deeply");
        }

        var sum = Product();
        while (true)
        {
            if (Take("+"))
            {
                sum += Product();
            }
            else if (Take("-"))
            {
                sum -= Product();
            }
            else
            {
                _depth--;
                return Small(sum);
            }
        }
    }

    private Term Product()
    {
        var product = Factor();
        while (true)
        {
            if (Take("*"))
            {
                product *= Factor();
            }
            else if (Take("/"))
            {
                // 3/4 is a number; x/0 is left for the proof that terms are defined.
                var divisor = Factor();
                product = product is Term.Number a && divisor is Term.Number { Value.IsZero: false } b
                    ? new Term.Number(Moderate(a.Value / b.Value))
                    : product / divisor;
            }
            else
            {
                return Small(product);
            }
        }
    }

    private BigRational Moderate(BigRational value) => NumberLimits.IsModerate(value)
        ? value
        : throw new StatementFormatException(_at + 1, "the number is not of moderate size");

    private Term Small(Term term) =>
        term.Depth <= 20 * LargestDepth ? term : throw new StatementFormatException(_at + 1, "the formula is too long");

    private Term Factor()
    {
        int minus = 0;
        while (true)
        {
            if (Take("-"))
            {
                minus++;
            }
            else if (!Take("+"))
            {
                break;
            }
        }

        var power = Primary();
        if (Take("^"))
        {
            if (++_depth > LargestDepth)
            {
                throw new StatementFormatException(_at + 1, "the formula is nested too deeply");
            }

            power = new Term.Power(power, Factor());
            _depth--;
        }

        return minus % 2 == 1 ? -power : power;
    }

    private Term Primary()
    {
        Skip();
        if (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
        {
            return Number();
        }

        if (Take("("))
        {
            var inner = Sum();
            Require(")");
            return inner;
        }

        int start = _at;
        string name = Name("a number, a name or '('");
        if (name == "pi")
        {
            return new Term.Call("pi");
        }

        if (Take("("))
        {
            var call = Call(name, start);
            Require(")");
            return call;
        }

        if (_isOpen ? !Names.IsVariable(name) : !_scope.Contains(name))
        {
            throw new StatementFormatException(
                start + 1, $"unknown name '{name}'; declare its range, as in 'forall {name} in (0, 1]: ...'");
        }

        return new Term.Variable(name);
    }

    private Term Call(string name, int start)
    {
        switch (name)
        {
            case "if":
                var conditions = Conjunction();
                Require(",");
                var then = Sum();
                Require(",");
                var otherwise = Sum();
                return conditions.Reverse().Aggregate(then, (value, c) => new Term.Choice(c, value, otherwise));
            case "sum" or "prod":
                string index = Name("the name of the index");
                Require(",");
                var lower = Sum();
                Require(",");
                var upper = Sum();
                Require(",");
                if (!Names.IsVariable(index) || !_scope.Add(index))
                {
                    throw new StatementFormatException(start + 1, $"the index '{index}' is already a name; choose another");
                }

                var body = Sum();
                _scope.Remove(index);

                return new Term.Series(name == "prod", index, lower, upper, body);
            case "sqrt":
                return new Term.Power(Sum(), new Term.Number(BigRational.Half));
            case "log2":
                return new Term.Call("log", Sum()) / new Term.Call("log", new Term.Number(2));
            default:
                if (!HasArity(name, out int arity))
                {
                    throw new StatementFormatException(start + 1, $"unknown function '{name}'");
                }

                var arguments = ImmutableArray.CreateBuilder<Term>(arity);
                for (int i = 0; i < arity; i++)
                {
                    if (i > 0)
                    {
                        Require(",");
                    }

                    arguments.Add(Sum());
                }

                // min and max of more than two are nested.
                while (name is "min" or "max" && Take(","))
                {
                    var nested = new Term.Call(name, arguments[0], arguments[1]);
                    arguments.Clear();
                    arguments.Add(nested);
                    arguments.Add(Sum());
                }

                return new Term.Call(name, arguments.ToImmutable());
        }
    }

    private bool HasArity(string name, out int arity)
    {
        if (_isAnalytic && name is ("sin" or "cos" or "tan" or "atan" or "sinh" or "cosh" or "tanh"))
        {
            arity = 1;
            return true;
        }

        return Proofs.Kernel.Formulas.Term.Call.Arities.TryGetValue(name, out arity) && arity > 0;
    }

    private ImmutableArray<Relation> Conjunction()
    {
        var all = Chain();
        while (TakeWord("and"))
        {
            all = all.AddRange(Chain());
        }

        return all;
    }
}
