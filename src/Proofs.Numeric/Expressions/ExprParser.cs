using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

// Recursive descent over
//   expression := term (('+' | '-') term)*            term  := unary (('*' | '/') unary)*
//   unary := ('-' | '+') unary | power                 power := atom ('^' unary)?      so -x^2 is -(x^2), 2^-1 is 1/2
//   atom := number | name | name '(' arguments ')' | 'if' '(' condition ',' expression ',' expression ')' | '(' expression ')'
//   condition := conjunction ('or' conjunction)*       conjunction := comparison ('and' comparison)*
//   comparison := expression (relation expression)+ | '(' condition ')'
internal sealed class ExprParser(string text)
{
    private const int DeepestNesting = 256;
    private readonly List<Token> _tokens = ExprLexer.Tokens(text);
    private int _at;
    private int _depth;
    private long _steps;

    public Token Current => _tokens[_at];

    public Expr Expression()
    {
        Enter();
        var terms = new List<Expr> { Term() };
        while (Current.Is("+") || Current.Is("-"))
        {
            bool minus = Take().Text == "-";
            var term = Term();
            terms.Add(minus ? -term : term);
        }

        _depth--;
        return Expr.Sum(terms);
    }

    public Condition Condition()
    {
        Enter();
        var result = Conjunction();
        while (Accept("or"))
        {
            result = new Condition.Any(result, Conjunction());
        }

        _depth--;
        return result;
    }

    public bool Accept(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string symbol, string what)
    {
        if (!Accept(symbol))
        {
            throw Error($"expected {what}, found {Current.Shown}");
        }
    }

    public Token Take()
    {
        if (++_steps > 100L * _tokens.Count + 1000)
        {
            throw Error("the conditions are nested too deeply to be read");
        }

        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            _at++;
        }

        return token;
    }

    public void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
        {
            string hint = Current.Kind is TokenKind.Name or TokenKind.Number || Current.Is("(")
                ? " (a product is written with *)"
                : "";
            throw Error($"expected an operator or the end of the formula, found {Current.Shown}{hint}");
        }
    }

    public ExprSyntaxException Error(string problem) => new(text, Current.Column, problem);

    public RelationKind? AcceptRelation()
    {
        RelationKind? relation = Current.Kind != TokenKind.Symbol ? null : Current.Text switch
        {
            "<=" => RelationKind.LessOrEqual,
            "<" => RelationKind.Less,
            ">=" => RelationKind.GreaterOrEqual,
            ">" => RelationKind.Greater,
            "=" => RelationKind.Equal,
            _ => null,
        };
        if (relation is not null)
        {
            Take();
        }

        return relation;
    }

    // a <= b < c reads as a <= b and b < c.
    public Condition Comparison()
    {
        var left = Expression();
        var relation = AcceptRelation() ?? throw Error($"expected <=, <, >=, > or =, found {Current.Shown}");
        var right = Expression();
        Condition result = new Condition.Comparison(left, relation, right);
        while (AcceptRelation() is { } next)
        {
            var further = Expression();
            result = new Condition.All(result, new Condition.Comparison(right, next, further));
            right = further;
        }

        return result;
    }

    private Condition Conjunction()
    {
        var result = ComparisonOrGroup();
        while (Accept("and"))
        {
            result = new Condition.All(result, ComparisonOrGroup());
        }

        return result;
    }

    private Condition ComparisonOrGroup()
    {
        if (!Current.Is("("))
        {
            return Comparison();
        }

        // "(" opens a group of conditions or an expression: try the expression, step back if that fails.
        var (at, depth) = (_at, _depth);
        ExprSyntaxException asComparison;
        try
        {
            return Comparison();
        }
        catch (ExprSyntaxException e)
        {
            (_at, _depth, asComparison) = (at, depth, e);
        }

        try
        {
            Take();
            var group = Condition();
            Expect(")", "')'");
            return group;
        }
        catch (ExprSyntaxException e) when (e.Column < asComparison.Column)
        {
            throw asComparison;
        }
    }

    private Expr Term()
    {
        var factors = new List<Expr> { Unary() };
        while (Current.Is("*") || Current.Is("/"))
        {
            bool over = Take().Text == "/";
            var factor = Unary();
            if (over && factor == Expr.Zero)
            {
                throw Error("division by the constant 0");
            }

            factors.Add(over ? Expr.Power(factor, -1) : factor);
        }

        return Expr.Product(factors);
    }

    private Expr Unary()
    {
        Enter();
        Expr result = Accept("-") ? -Unary() : Accept("+") ? Unary() : Power();
        _depth--;
        return result;
    }

    private Expr Power()
    {
        var @base = Atom();
        if (!Accept("^"))
        {
            return @base;
        }

        var at = Current;
        var exponent = Unary();
        return @base == Expr.Zero && exponent is Expr.ConstantCase { Value.Sign: <= 0 }
            ? throw new ExprSyntaxException(text, at.Column, $"0^({exponent}) is undefined")
            : Expr.Power(@base, exponent);
    }

    private Expr Atom()
    {
        var token = Current;
        if (token.Kind == TokenKind.Number)
        {
            Take();
            return BigRational.TryParse(token.Text) is { } value
                ? Expr.Constant(value)
                : throw new ExprSyntaxException(text, token.Column, $"'{token.Text}' is not a number");
        }

        if (Accept("("))
        {
            var inner = Expression();
            Expect(")", "')'");
            return inner;
        }

        if (token.Kind != TokenKind.Name || token.Text is "and" or "or" or "forall" or "where" or "in")
        {
            throw Error($"expected a number, a variable, a function or '(', found {token.Shown}");
        }

        Take();
        return Current.Is("(") ? Call(token) : token.Text == "pi" ? Expr.Pi : Expr.Variable(token.Text);
    }

    private Expr Call(Token name)
    {
        Take();
        if (name.Text == "if")
        {
            var condition = Condition();
            Expect(",", "',' after the condition of if");
            var then = Expression();
            Expect(",", "',' before the second branch of if");
            var otherwise = Expression();
            Expect(")", "')'");
            return Expr.If(condition, then, otherwise);
        }

        var arguments = ImmutableArray.CreateBuilder<Expr>();
        do
        {
            arguments.Add(Expression());
        }
        while (Accept(","));
        Expect(")", "',' or ')'");
        if (name.Text == "relu" && arguments.Count == 1)
        {
            return Expr.Apply(Function.Max, arguments[0], Expr.Zero);
        }

        var function = Functions.Named(name.Text) ?? throw new ExprSyntaxException(
            text, name.Column, $"no function is called '{name.Text}'; there are if, relu, {string.Join(", ", Functions.Names)}");
        try
        {
            return Expr.Apply(function, arguments.ToImmutable());
        }
        catch (ArgumentException e)
        {
            throw new ExprSyntaxException(text, name.Column, e.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private void Enter()
    {
        if (++_depth > DeepestNesting)
        {
            throw Error($"the formula is nested more than {DeepestNesting} deep");
        }
    }
}

public abstract partial class Expr
{
    /// <summary>Reads a formula such as <c>if(x2 &lt;= 1/2 + x1^2/4, 1, 0)</c>; decimals are exact, 0.1 is 1/10.</summary>
    /// <exception cref="ExprSyntaxException">The text is no formula; the message names the column and what was expected.</exception>
    public static Expr Parse(string text)
    {
        var parser = new ExprParser(text);
        var result = parser.Expression();
        parser.ExpectEnd();
        return result;
    }
}
