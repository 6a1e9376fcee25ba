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
                _at = digits;
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
                {
                    _at++;
                }
            }
        }

        string number = _text[start.._at];
        return number.Length <= 20_000 && !HugeExponent(number) && BigRational.TryParse(number) is { } value && NumberLimits.IsModerate(value)
            ? new Term.Number(value)
            : throw new StatementFormatException(start + 1, $"'{Shorten(number)}' is not a number of moderate size");
    }

    private static bool HugeExponent(string number)
    {
        int e = number.IndexOfAny(['e', 'E']);
        return e >= 0 && number.Length - e > 6;
    }

    private string Name(string expected)
    {
        Skip();
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] == '_' || (_at > start && char.IsAsciiDigit(_text[_at]))))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Expected(expected);
    }

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

    private bool TakeWord(string word)
    {
        Skip();
        int end = _at + word.Length;
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)
            || (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')))
        {
            return false;
        }

        _at = end;
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
            throw Expected("the end of the text");
        }
    }

    private void Skip()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private StatementFormatException Expected(string what)
    {
        Skip();
        string found = _at < _text.Length ? $"'{Shorten(_text[_at..])}'" : "the end";
        return new(_at + 1, $"expected {what}, found {found}");
    }

    private static string Shorten(string text) => text.Length <= 12 ? text : text[..12] + "…";
}
