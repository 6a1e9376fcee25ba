using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>Reads what the kernel prints; pi is the variable of that name where there is one.</summary>
internal sealed class ExpressionReader
{
    private readonly string _text;
    private readonly List<string> _scope;
    private int _at;

    private ExpressionReader(string text, IEnumerable<string> scope) => (_text, _scope) = (text, [.. scope]);

    public static Expression Formula(string text, IEnumerable<string> scope)
    {
        var reader = new ExpressionReader(text, scope);
        return reader.Ended(reader.Sum());
    }

    public static Comparing Relation(string text, IEnumerable<string> scope)
    {
        var reader = new ExpressionReader(text, scope);
        return reader.Ended(reader.Relation());
    }

    private T Ended<T>(T read)
    {
        Skip();
        return _at == _text.Length ? read : throw new FormatException($"'{_text}' does not end at {_at}");
    }

    private Comparing Relation()
    {
        var left = Sum();
        foreach (string sign in (string[])["<=", "<", ">=", ">", "!=", "="])
        {
            if (Take(sign))
            {
                var right = Sum();
                return sign[0] == '>' ? new(right, sign.Replace('>', '<'), left) : new(left, sign, right);
            }
        }

        throw new FormatException($"'{_text}' has no comparison at {_at}");
    }

    private Expression Sum()
    {
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
                return sum;
            }
        }
    }

    private Expression Product()
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
                var divisor = Factor();
                product = (product, divisor) is (Expression.Literal a, Expression.Literal { Value.IsZero: false } b)
                    ? Expression.Number(a.Value / b.Value)
                    : product / divisor;
            }
            else
            {
                return product;
            }
        }
    }

    private Expression Factor()
    {
        if (Take("-"))
        {
            return Factor() is Expression.Literal n
                ? Expression.Number(-n.Value)
                : throw new FormatException($"'{_text}' at {_at}");
        }

        var primary = Primary();
        return Take("^") ? primary.Power(Factor()) : primary;
    }

    private Expression Primary()
    {
        Skip();
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        string word = _text[start.._at];
        if (word.Length == 0)
        {
            return Take("(") ? Closed(Sum()) : throw new FormatException($"'{_text}' at {_at}");
        }

        return char.IsAsciiDigit(word[0]) ? Expression.Number(BigRational.Parse(word))
            : Take("(") ? Closed(Function(word))
            : word == "pi" && !_scope.Contains(word) ? Expression.Pi
            : new Expression.Variable(word);
    }

    private Expression Function(string name)
    {
        switch (name)
        {
            case "if":
                var condition = Relation();
                var then = Next();
                return new Expression.Choice(condition, then, Next());
            case "sum" or "prod":
                Skip();
                string index = ((Expression.Variable)new ExpressionReader(Word(), [.. _scope, "pi"]).Primary()).Name;
                var (lower, upper) = (Next(), Next());
                _scope.Add(index);
                var body = Next();
                _scope.RemoveAt(_scope.Count - 1);
                return new Expression.Series(name == "prod", index, lower, upper, body);
            default:
                var arguments = ImmutableArray.Create(Sum());
                while (Take(","))
                {
                    arguments = arguments.Add(Sum());
                }

                return new Expression.Call(name, arguments);
        }
    }

    private string Word()
    {
        int start = _at;
        while (_text[_at] != ',')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private Expression Next() => Take(",") ? Sum() : throw new FormatException($"'{_text}' at {_at}");

    private Expression Closed(Expression inner) => Take(")") ? inner : throw new FormatException($"'{_text}' at {_at}");

    private bool Take(string token)
    {
        Skip();
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal))
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private void Skip()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
