using System.Collections.Immutable;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.VnnLib;

// A word, or a list of expressions; the place is that of its first character.
internal sealed record SExpression(string? Word, ImmutableArray<SExpression> Items, int Line, int Column)
{
    public string Text => Word is null ? "a list" : TextLine.Quote(Word);

    /// <summary>The word a list starts with, or "" for none.</summary>
    public string Head => Word is null && Items.Length > 0 ? Items[0].Word ?? "" : "";
}

// Reads the s-expressions of SMT-LIB: words, lists, comments after a semicolon, quoted symbols and strings.
internal sealed class SExpressionReader(string file, string text)
{
    private const int DeepestNesting = 200;

    private const int MostExpressions = 8_000_000;

    private int _at;
    private int _read;
    private int _line = 1;
    private int _lineStart;

    private int Column => _at - _lineStart + 1;

    /// <summary>The next expression at the top, or null at the end.</summary>
    public SExpression? Next()
    {
        SkipSpace();
        return _at < text.Length ? Read(0) : null;
    }

    public VnnLibException Error(SExpression place, string expectation) =>
        new(file, place.Line, place.Column, expectation);

    private SExpression Read(int depth)
    {
        var (line, column) = (_line, Column);
        if (++_read > MostExpressions)
        {
            throw Error($"expected at most {MostExpressions} words and lists");
        }

        switch (text[_at])
        {
            case ')':
                throw Error("expected an expression, found a closing parenthesis without its opening one");
            case '"' or '|':
                return new(Quoted(text[_at]), default, line, column);
            case '(' when depth == DeepestNesting:
                throw Error($"expected at most {DeepestNesting} nested parentheses");
            case '(':
                _at++;
                var items = ImmutableArray.CreateBuilder<SExpression>();
                for (SkipSpace(); _at < text.Length && text[_at] != ')'; SkipSpace())
                {
                    items.Add(Read(depth + 1));
                }

                if (_at == text.Length)
                {
                    throw Error(
                        $"expected the parenthesis that closes line {line}, column {column}, "
                            + "found the end of the file");
                }

                _at++;
                return new(null, items.ToImmutable(), line, column);
            default:
                int start = _at;
                while (_at < text.Length && !char.IsWhiteSpace(text[_at])
                    && text[_at] is not ('(' or ')' or ';' or '"' or '|'))
                {
                    _at++;
                }

                return new(text[start.._at], default, line, column);
        }
    }

    private string Quoted(char quote)
    {
        int start = ++_at;
        while (_at < text.Length && text[_at] != quote)
        {
            Advance();
        }

        return _at < text.Length
            ? text[start.._at++]
            : throw Error($"expected a closing {quote}, found the end of the file");
    }

    private void SkipSpace()
    {
        bool isComment = false;
        while (_at < text.Length && (isComment || char.IsWhiteSpace(text[_at]) || text[_at] == ';'))
        {
            isComment = (isComment || text[_at] == ';') && text[_at] != '\n';
            Advance();
        }
    }

    private void Advance()
    {
        if (text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private VnnLibException Error(string expectation) => new(file, _line, Column, expectation);
}
