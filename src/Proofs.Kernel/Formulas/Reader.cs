using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Formulas;

/// <summary>
/// Reads statements, conditions and formulas by recursive descent; nesting is limited, so no text exhausts the
/// stack.
/// </summary>
/// <remarks>
/// One grammar for all. Certificates are read in the language of docs/kernel.md alone; what people type may use the
/// words and marks of
/// <see cref="Spelling"/> besides, which are resolved while reading.
/// </remarks>
public sealed partial class Reader
{
    private const int LargestDepth = 150;
    private const int LargestText = 2_000_000;
    private const int MostComparisons = 1_000; // of what people type; who walks a condition nests as deep

    private readonly string _text;
    private readonly HashSet<string> _scope;
    private readonly bool _isOpen;
    private readonly bool _isTyped; // by people: their words are read too
    private readonly bool _isKept; // sqrt, log2, differences and conditions stay in the tree, for who translates it
    private int _at;
    private int _depth;
    private int _comparisons;
    private int _literalEnd = -1;
    private bool _isRespelled;

    private Reader(string text, IEnumerable<string>? scope, bool isTyped = false, bool isKept = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        (_text, _isOpen, _isTyped, _isKept) = (text, scope is null, isTyped, isKept);
        _scope = new(scope ?? [], StringComparer.Ordinal);
        if (text.Length > LargestText)
        {
            throw new StatementFormatException(LargestText, "the text is too long");
        }
    }

    /// <summary>Reads a formula over the variables in <paramref name="scope"/>.</summary>
    /// <exception cref="StatementFormatException">The text is no formula, or uses another name.</exception>
    public static Term Term(string text, IEnumerable<string> scope) => new Reader(text, scope).Whole(r => r.Sum());

    /// <summary>Reads one relation over the variables in <paramref name="scope"/>.</summary>
    /// <exception cref="StatementFormatException">The text is no single relation, or uses another name.</exception>
    public static Relation Relation(string text, IEnumerable<string> scope) => new Reader(text, scope).Whole(Single);

    /// <summary>Reads a formula over any variables as people write it.</summary>
    /// <remarks>
    /// For who translates the tree: sqrt, log2, differences (a call of <c>-</c>), min and max of several stay
    /// calls, and a condition stays whole in <see cref="Term.Cases"/>.
    /// </remarks>
    /// <exception cref="StatementFormatException">The text is no formula; the message names column and
    /// expectation.</exception>
    public static Term Formula(string text) => new Reader(text, null, isTyped: true, isKept: true).Whole(r => r.Sum());

    /// <summary>
    /// Reads a condition over any variables as people write it, its formulas like <see cref="Formula"/>.
    /// </summary>
    /// <exception cref="StatementFormatException">The text is no condition; the message names column and
    /// expectation.</exception>
    public static Proposition Condition(string text) =>
        new Reader(text, null, isTyped: true, isKept: true).Whole(r => r.Listed());

    /// <summary>Reads a formula over any variables; who uses it says which there are.</summary>
    /// <exception cref="StatementFormatException">The text is no formula.</exception>
    public static Term OpenTerm(string text) => new Reader(text, null).Whole(r => r.Sum());

    /// <summary>Reads one relation over any variables.</summary>
    /// <exception cref="StatementFormatException">The text is no single relation.</exception>
    public static Relation OpenRelation(string text) => new Reader(text, null).Whole(Single);

    private T Whole<T>(Func<Reader, T> read)
    {
        var whole = read(this);
        End();
        return whole;
    }

    private static Relation Single(Reader reader) => reader.Chain() is Proposition.Comparing one
        ? one.Relation
        : throw new StatementFormatException(1, "expected one relation, found a chain");

    private Term Sum()
    {
        Enter();
        var sum = Product();
        while (true)
        {
            if (Take("+"))
            {
                sum += Product();
            }
            else if (Take("-"))
            {
                sum += Negative(Product());
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
        bool over = false;
        while (true)
        {
            if (StartsImplicit())
            {
                if (over)
                {
                    throw Ambiguous("a/2x", "a/(2*x) or a/2*x");
                }

                product *= Factor();
            }
            else if (Take("*"))
            {
                (product, over) = (product * Factor(), false);
            }
            else if (Take("/"))
            {
                // 3/4 is a number; x/0 is left for the proof that terms are defined.
                var divisor = Factor();
                (product, over) = (Over(product, divisor), true);
            }
            else
            {
                return Small(product);
            }
        }
    }

    private Term Over(Term product, Term divisor)
    {
        if (_isKept && divisor is Term.Number { Value.IsZero: true })
        {
            throw new StatementFormatException(_at + 1, "division by the constant 0");
        }

        return Small(product is Term.Number a && divisor is Term.Number { Value.IsZero: false } b
            ? new Term.Number(Moderate(a.Value / b.Value))
            : product / divisor);
    }

    private Term Negative(Term term)
    {
        bool isCall = _isKept && !(term is Term.Number);
        return Small(isCall ? new Term.Call("-", term) : -term);
    }

    private Term Factor()
    {
        int minus = 0, signs = 0;
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

            if (_isTyped && ++signs > LargestDepth)
            {
                throw new StatementFormatException(_at + 1, "the formula is nested too deeply");
            }
        }

        var power = Powered(Primary());
        return minus % 2 == 1 ? Negative(power) : power;
    }

    private Term Powered(Term @base)
    {
        if (Superscript() is { } above)
        {
            return StartsPower() ? throw Ambiguous("x²^3", "(x^2)^3 or x^(2^3)") : new Term.Power(@base, above);
        }

        if (!Take("^"))
        {
            return @base;
        }

        Enter();
        Skip();
        int column = _at + 1;
        var exponent = Factor();
        _depth--;
        if (StartsImplicit())
        {
            throw Ambiguous("x^2y", "x^(2*y) or x^2*y");
        }

        return _isKept && @base is Term.Number { Value.IsZero: true }
            && exponent is Term.Number { Value: { Sign: <= 0 } n }
            ? throw new StatementFormatException(column, $"0^({n}) is undefined")
            : new Term.Power(@base, exponent);
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

        if (_isTyped && Take("|"))
        {
            _isRespelled = true;
            var inner = Sum();
            return Take("|") ? new Term.Call("abs", inner) : throw Expected("'|', the other end of an absolute value");
        }

        if (_isTyped && Take("√"))
        {
            return Root();
        }

        int start = _at;
        string name = Name(_isKept ? "a number, a variable, a function or '('" : "a number, a name or '('");
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

        return IsInScope(name) ? new Term.Variable(name) : throw Unknown(name, start);
    }

    // √x reaches over one number, name or parenthesis.
    private Term Root()
    {
        _isRespelled = true;
        Enter();
        var inner = Primary();
        _depth--;
        return StartsImplicit() || StartsPower() || Above() is not null
            ? throw Ambiguous("√x^2", "sqrt(x)^2 or sqrt(x^2)")
            : Sqrt(inner);
    }

    private Term Sqrt(Term term) =>
        _isKept ? new Term.Call("sqrt", term) : new Term.Power(term, new Term.Number(BigRational.Half));

    private bool IsInScope(string name) =>
        _isOpen ? Names.IsVariable(name) && !(_isTyped && Spelling.IsWord(name)) : _scope.Contains(name);

    private StatementFormatException Unknown(string name, int start)
    {
        if (_isTyped && (FormulaFunction.All.ContainsKey(name) || name is "relu" or "ln" or "if" or "sum" or "prod"))
        {
            return StartsPower() || Above() is not null
                ? new(_at + 1, $"write {name}(…)^2 for a power of a value")
                : Expected($"'(' after {name}");
        }

        if (_isOpen)
        {
            return new(start + 1, $"expected a number, a variable, a function or '(', found the word '{name}'");
        }

        string hint = name == "e" ? " (the number e is exp(1))" : "";
        return new(start + 1, $"unknown name '{name}'; declare its range, as in 'forall {name} in (0, 1]: ...'{hint}");
    }

    private Term Call(string name, int start)
    {
        switch (name)
        {
            case "if":
                var condition = Conditions();
                Require(",");
                var then = Sum();
                Require(",");
                var otherwise = Sum();
                return _isKept ? new Term.Cases(condition, then, otherwise) : Small(condition.Choose(then, otherwise));
            case "sum" or "prod":
                return Series(name == "prod", start);
            case "relu" or "ln" when _isTyped:
                _isRespelled = true;
                break;
            default:
                if (!FormulaFunction.All.ContainsKey(name))
                {
                    throw new StatementFormatException(
                        start + 1,
                        $"unknown function '{name}'; there are if, sum, prod, "
                            + $"{string.Join(", ", FormulaFunction.All.Keys)}");
                }

                break;
        }

        var arguments = ImmutableArray.CreateBuilder<Term>();
        do
        {
            arguments.Add(Sum());
        }
        while (Take(","));
        return Applied(name, arguments.ToImmutable(), start);
    }

    private Term Applied(string name, ImmutableArray<Term> arguments, int start)
    {
        var function = FormulaFunction.All.GetValueOrDefault(name) ?? new FormulaFunction(name, 1);
        int least = function.IsVariadic && _isTyped ? 1 : function.Arity;
        if (function.IsVariadic ? arguments.Length < least : arguments.Length != least)
        {
            string wanted =
                (function.IsVariadic ? "at least " : "") + (least == 1 ? "1 argument" : $"{least} arguments");
            throw new StatementFormatException(start + 1, $"{name} takes {wanted}, got {arguments.Length}");
        }

        var first = arguments[0];
        switch (name)
        {
            case "relu":
                return new Term.Call("max", first, new Term.Number(BigRational.Zero));
            case "ln":
                return new Term.Call("log", first);
            case "sqrt":
                return Sqrt(first);
            case "log2" when !_isKept:
                return new Term.Call("log", first) / new Term.Call("log", new Term.Number(2));
            case "min" or "max" when !_isKept || arguments.Length == 1:
                // min and max of more than two are nested; of one they are that one.
                _isRespelled |= arguments.Length == 1;
                return Small(arguments.Skip(1).Aggregate(first, (nested, next) => new Term.Call(name, nested, next)));
            default:
                return new Term.Call(name, arguments);
        }
    }

    private Term.Series Series(bool isProduct, int start)
    {
        string index = Name("the name of the index");
        Require(",");
        var lower = Sum();
        Require(",");
        var upper = Sum();
        Require(",");
        if (!Names.IsVariable(index) || (_isTyped && Spelling.IsWord(index)) || !_scope.Add(index))
        {
            throw new StatementFormatException(start + 1, $"the index '{index}' is already a name; choose another");
        }

        var body = Sum();
        _scope.Remove(index);
        return new(isProduct, index, lower, upper, body);
    }

    private void Enter()
    {
        if (++_depth > LargestDepth)
        {
            throw new StatementFormatException(_at + 1, "the formula is nested too deeply");
        }
    }

    private BigRational Moderate(BigRational value) => Certificates.NumberLimits.IsModerate(value)
        ? value
        : throw new StatementFormatException(_at + 1, "the number is not of moderate size");

    // A tree that is kept is translated without recursion along its sums.
    private Term Small(Term term) => _isKept || term.Depth <= 20 * LargestDepth
        ? term
        : throw new StatementFormatException(_at + 1, "the formula is too long");
}
