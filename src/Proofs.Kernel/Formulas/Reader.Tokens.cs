using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Formulas;

public sealed partial class Reader
{
    private Term.Number Number()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        // 2e-3 is a decimal; 2e with no digits after it is 2 and a name.
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            int digits = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
            {
                int name = _at;
                _at = digits;
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
                {
                    _at++;
                }

                if (_isTyped && _scope.Contains(_text[name.._at]))
                {
                    throw Ambiguous(
                        _text[start.._at],
                        $"{_text[start..name]}*{_text[name.._at]}, or the number with a sign in its exponent");
                }
            }
        }

        string number = _text[start.._at];
        _literalEnd = _at;
        if (_isTyped && number == "0" && _at < _text.Length && _text[_at] is 'x' or 'X' or 'b' or 'B')
        {
            throw new StatementFormatException(start + 1, "numbers are decimal; for a product write 0*x");
        }

        return number.Length <= 20_000 && !HugeExponent(number) && BigRational.TryParse(number) is { } value
            && NumberLimits.IsModerate(value)
            ? new Term.Number(value)
            : throw new StatementFormatException(start + 1, $"'{Shorten(number)}' is not a number of moderate size");
    }

    private static bool HugeExponent(string number)
    {
        int e = number.IndexOfAny(['e', 'E']);
        return e >= 0 && number.Length - e > 6;
    }

    // x² or x⁻¹⁰, where the text goes on so.
    private Term.Number? Superscript()
    {
        if (!_isTyped || Above() is null)
        {
            return null;
        }

        int start = _at;
        var digits = new StringBuilder();
        while (Above() is { } c)
        {
            digits.Append(c);
            _at++;
        }

        _isRespelled = true;
        return digits.Length <= 10 && digits[^1] is not ('+' or '-')
            && BigRational.TryParse(digits.ToString().TrimStart('+')) is { } value
            ? new Term.Number(value)
            : throw new StatementFormatException(start + 1, $"'{Shorten(_text[start.._at])}' is no exponent");
    }

    private char? Above() => _at < _text.Length ? Spelling.Above(_text[_at]) : null;

    // Whether a name or a parenthesis follows a number at once, as in 2x.
    private bool StartsImplicit()
    {
        if (!_isTyped || _literalEnd != _at || _at >= _text.Length)
        {
            return false;
        }

        char c = _text[_at];
        bool starts = c is '(' or '√' or '_' or 'π' || Spelling.Letter(c) is not null
            || (char.IsAsciiLetter(c) && !StartsWord());
        _isRespelled |= starts;
        return starts;
    }

    private bool StartsWord() =>
        ((string[])["and", "or", "in", "int", "real", "where", "implies", "not"]).Any(word => IsWordAt(_at, word));

    private bool StartsPower()
    {
        Skip();
        return _at < _text.Length
            && (_text[_at] == '^' || _text.AsSpan(_at).StartsWith("**", StringComparison.Ordinal));
    }

    private string Name(string expected)
    {
        Skip();
        int start = _at;
        var name = new StringBuilder();
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (char.IsAsciiLetter(c) || c == '_' || (_at > start && char.IsAsciiDigit(c)))
            {
                name.Append(c);
            }
            else if (_isTyped && Spelling.Letter(c) is { } letter)
            {
                name.Append(letter);
                _isRespelled = true;
            }
            else if (_isTyped && _at > start && Spelling.Below(c) is { } digit)
            {
                name.Append(digit);
                _isRespelled = true;
            }
            else if (_isTyped && _at == start && c == 'π')
            {
                _at++;
                _isRespelled = true;
                return "pi";
            }
            else
            {
                break;
            }

            _at++;
        }

        return _at > start ? name.ToString() : throw Expected(expected);
    }

    private static bool IsNamePart(char c) =>
        char.IsAsciiLetterOrDigit(c) || c == '_' || Spelling.Letter(c) is not null || Spelling.Below(c) is not null;

    private bool Take(string token)
    {
        Skip();
        return TakeOther(token) || (!(_isTyped && token == "*" && StartsPower()) && TakeExactly(token));
    }

    private bool TakeExactly(string token)
    {
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal))
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    // A token as people write it otherwise.
    private bool TakeOther(string token)
    {
        if (!_isTyped)
        {
            return false;
        }

        foreach (string other in Spelling.Of(token))
        {
            if (TakeExactly(other))
            {
                _isRespelled = true;
                return true;
            }
        }

        return false;
    }

    private bool TakeWord(string word)
    {
        Skip();
        if (TakeOther(word))
        {
            return true;
        }

        if (!IsWordAt(_at, word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private void Require(string token)
    {
        if (!Take(token))
        {
            throw Expected($"'{token}'");
        }
    }

    private void End()
    {
        Skip();
        if (_at < _text.Length)
        {
            throw Expected(
                _isKept ? "an operator or the end of the formula" : "the end of the text", isAfterFormula: true);
        }
    }

    private void Skip()
    {
        while (_at < _text.Length
            && (_text[_at] is ' ' or '\t' or '\n' or '\r' || (_isTyped && char.IsWhiteSpace(_text[_at]))))
        {
            _isRespelled |= _text[_at] > '~';
            _at++;
        }
    }

    private StatementFormatException Expected(string what, bool isAfterFormula = false)
    {
        Skip();
        string found = _at < _text.Length ? $"'{Shorten(_text[_at..])}'" : "the end";
        string hint = isAfterFormula && _at < _text.Length
            && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '(')
            ? " (a product is written with *)"
            : "";
        return new(_at + 1, $"expected {what}, found {found}{hint}");
    }

    private StatementFormatException Ambiguous(string written, string clear) =>
        new(_at + 1, $"{written} can be read in two ways; write {clear}");

    private static string Shorten(string text) => text.Length <= 12 ? text : text[..12] + "…";
}
