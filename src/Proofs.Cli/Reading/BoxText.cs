using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Reading;

/// <summary>Reads boxes as the command line writes them: <c>[0,1]^2</c>, <c>[0,1]x[-1,2]</c>, <c>[0,1/3]^2 x [0,2^-5]</c>.</summary>
/// <remarks>The ends are exact: rational constants or formulas whose value is one.</remarks>
internal sealed class BoxText
{
    private const int MostSides = 1_000_000;
    private static readonly Dictionary<string, BigRational> NoVariables = [];

    private readonly string _text;
    private int _at;

    private BoxText(string text) => _text = text;

    /// <summary>The box that <paramref name="text"/> describes.</summary>
    /// <exception cref="FormatException">It describes none; the message names the column and what was expected there.</exception>
    public static Box Parse(string text) => new BoxText(text).Parse();

    private Box Parse()
    {
        var lower = ImmutableArray.CreateBuilder<BigRational>();
        var upper = ImmutableArray.CreateBuilder<BigRational>();
        do
        {
            (BigRational a, BigRational b) = Side();
            int count = Next('^') ? Exponent() : 1;
            if (count > MostSides - lower.Count)
            {
                throw Expected($"at most {MostSides} sides");
            }

            lower.AddRange(Enumerable.Repeat(a, count));
            upper.AddRange(Enumerable.Repeat(b, count));
        }
        while (Next('x') || Next('×'));

        if (_at < _text.Length)
        {
            throw Expected("'x' and a further side, or the end");
        }

        return new Box(lower.ToImmutable(), upper.ToImmutable());
    }

    private (BigRational Lower, BigRational Upper) Side()
    {
        if (!Next('['))
        {
            throw Expected("a side such as [0,1]");
        }

        int start = _at;
        BigRational lower = End(',');
        BigRational upper = End(']');
        if (lower > upper)
        {
            _at = start;
            throw Expected($"a lower end that is at most the upper end {upper}");
        }

        return (lower, upper);
    }

    // The formula up to a mark that stands outside all parentheses.
    private BigRational End(char mark)
    {
        int start = _at;
        for (int depth = 0; _at < _text.Length && (depth > 0 || _text[_at] is not (',' or ']')); _at++)
        {
            depth += _text[_at] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        string formula = _text[start.._at];
        if (!Next(mark))
        {
            throw Expected($"'{mark}' after '{formula}'");
        }

        return Value(formula) ?? throw At(start, $"a rational number, found '{formula.Trim()}'");
    }

    private static BigRational? Value(string formula)
    {
        if (BigRational.TryParse(formula) is { } number)
        {
            return number;
        }

        try
        {
            return Expr.Parse(formula).TryEvaluate(NoVariables);
        }
        catch (Exception e) when (e is FormatException or ArithmeticException or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    private int Exponent()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        string digits = _text[start.._at];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > MostSides)
        {
            throw At(start, $"a number of sides from 1 to {MostSides}");
        }

        SkipSpace();
        return count;
    }

    private bool Next(char c)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        SkipSpace();
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private FormatException Expected(string what) =>
        At(_at, _at < _text.Length ? $"{what}, found '{_text[_at]}'" : $"{what}, found the end");

    private FormatException At(int column, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"box '{_text}', column {column + 1}: expected {what}"));
}
