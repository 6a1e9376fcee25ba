namespace Proofs.Numeric.Expressions;

internal enum TokenKind
{
    Number,
    Name,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    public string Shown => Kind == TokenKind.End ? "the end of the text" : $"'{Text}'";

    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && Text == text;
}

// Splits a formula or statement into numbers, names and symbols. Unicode relations are read as their ASCII twins.
internal static class ExprLexer
{
    private const int LongestText = 1_000_000;
    private static readonly string[] Symbols =
        ["<=", ">=", "==", "<", ">", "=", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", ":", "|"];

    public static List<Token> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new ExprSyntaxException(text, LongestText, $"the text has {text.Length} characters; at most {LongestText} are read");
        }

        var tokens = new List<Token>();
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            int start = i;
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
            {
                i = EndOfNumber(text, i);
                tokens.Add(new(TokenKind.Number, text[start..i], start + 1));
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
                {
                    i++;
                }

                tokens.Add(new(TokenKind.Name, text[start..i], start + 1));
            }
            else if (Array.Find(Symbols, s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) is { } symbol)
            {
                i += symbol.Length;
                tokens.Add(new(TokenKind.Symbol, symbol == "==" ? "=" : symbol, start + 1));
            }
            else
            {
                i++;
                string ascii = c switch
                {
                    '≤' => "<=",
                    '≥' => ">=",
                    '−' => "-",
                    '·' or '×' => "*",
                    _ => throw new ExprSyntaxException(text, start + 1, $"'{c}' is no part of a formula"),
                };
                tokens.Add(new(TokenKind.Symbol, ascii, start + 1));
            }
        }

        tokens.Add(new(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    // digits [. digits] [e [+-] digits]; the exponent is taken only when a digit follows, so that 2e is 2 then e.
    private static int EndOfNumber(string text, int i)
    {
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.'))
        {
            i++;
        }

        if (i < text.Length && (text[i] is 'e' or 'E'))
        {
            int j = i + 1 < text.Length && (text[i + 1] is '+' or '-') ? i + 2 : i + 1;
            if (j < text.Length && char.IsAsciiDigit(text[j]))
            {
                while (j < text.Length && char.IsAsciiDigit(text[j]))
                {
                    j++;
                }

                return j;
            }
        }

        return i;
    }
}
