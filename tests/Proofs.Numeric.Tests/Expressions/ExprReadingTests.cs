using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Xunit;

namespace Proofs.Numeric.Tests.Expressions;

/// <summary>
/// Expressions read the language of docs/formulas.md, and are the same objects however they are spelled.
/// </summary>
public sealed class ExprReadingTests
{
    [Theory]
    [InlineData("2x² − |y|·π", "2*x^2 - abs(y)*pi")]
    [InlineData("relu(x) + ln(y)", "max(x, 0) + log(y)")]
    [InlineData("sum(i, 1, 4, i*x^i)", "x + 2*x^2 + 3*x^3 + 4*x^4")]
    [InlineData("sum(i, 1, 3, sum(j, 1, i, x^j/i))", "x + (x/2 + x^2/2) + (x/3 + x^2/3 + x^3/3)")]
    [InlineData("prod(k, 2, 4, x - k)", "(x - 2)*(x - 3)*(x - 4)")]
    [InlineData("sum(i, 3, 2, log(x)) + prod(i, 1, 0, x)", "1")]
    [InlineData("sum(i, 0, floor(5/2), i) + i", "3 + i")]
    [InlineData("√2*√(x)", "sqrt(2)*sqrt(x)")]
    [InlineData("if(x ≠ 0, sin(x)/x, 1)", "if(x = 0, 1, sin(x)/x)")]
    [InlineData("if((x < 0 or y < 0) and x ≠ y, 1, 2)", "if(x < 0, if(x = y, 2, 1), if(y < 0, if(x = y, 2, 1), 2))")]
    [InlineData("if(¬(x < 0 or y > 1), 1, 2)", "if(x >= 0 and y <= 1, 1, 2)")]
    [InlineData("if(not x < 0 and y > 1, 1, 2)", "if(x >= 0 and y > 1, 1, 2)")]
    [InlineData("ε₁**2", "eps1^2")]
    [InlineData("a - (b - c)", "a - b + c")]
    [InlineData("-(-x)", "x")]
    [InlineData("min(x)", "x")]
    public void Spellings_are_the_same_object(string typed, string core) =>
        Assert.Same(Expr.Parse(core), Expr.Parse(typed));

    [Theory]
    [InlineData("x^(1/2)", "sqrt(x)")]
    [InlineData("log(x)/log(2)", "log2(x)")]
    [InlineData("max(max(x, y), z)", "max(x, y, z)")]
    [InlineData("if(x >= y, 1, 2)", "if(y <= x, 1, 2)")]
    public void What_is_evaluated_otherwise_stays_another_expression(string one, string other) =>
        Assert.NotSame(Expr.Parse(one), Expr.Parse(other));

    [Theory]
    [InlineData("x >= 0, y >= 0 or x = y", "x >= 0 and (y >= 0 or x = y)")]
    [InlineData("0 ≤ x ≤ 1 ∧ ¬(x = y)", "0 <= x <= 1 and (x < y or x > y)")]
    [InlineData("((x < 1))", "x < 1")]
    [InlineData("not (x < 1 and y < 1)", "x >= 1 or y >= 1")]
    [InlineData("((x + 1)*2 < (y))", "(x + 1)*2 < y")]
    public void Conditions_are_equal_however_they_are_spelled(string typed, string core) =>
        Assert.Equal(Condition.Parse(core).ToString(), Condition.Parse(typed).ToString());

    [Theory]
    [InlineData("sum(i, 1, n, x)", "the ends of a sum must be integers here, and n is none")]
    [InlineData("prod(i, 1/2, 3, x)", "the ends of a prod must be integers here")]
    [InlineData("sum(i, 1, 10001, x)", "at most 10000")]
    [InlineData("sum(i, 1, 200, sum(j, 1, 200, x))", "at most 10000")]
    [InlineData(
        "sum(i, 1, 300, sum(j, 1, 30, x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + "
            + "x + y + x + y + x + y "
        + "+ x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x "
            + "+ y + x + y + x + y + x + y "
        + "+ x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x + y + x "
            + "+ y + x + y + x + y + x + y))",
        "too long to be written out")]
    [InlineData("1/(2 - 2)", "division by the constant 0")]
    [InlineData("relu(x, y)", "relu takes 1 argument, got 2")]
    [InlineData("sin", "'(' after sin")]
    [InlineData("where + 1", "found the word 'where'")]
    public void What_no_expression_is_is_refused_with_its_construct(string text, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<ExprSyntaxException>(() => Expr.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Garbage_is_refused_as_bad_syntax()
    {
        string[] pieces =
        [
            "x", "ε", "|", "²", "√", "π", "2", "1e", "e5", ".", "0", "+", "-", "−", "*", "**", "^", "/", "(", ")", "<",
            "<=", "=", "≠", " and ", " or ",
            " not ", "if(", "sum(i, 1, 3, ", "prod(", "i", "sin(", "relu(", "max(", ",", "log2(", "factorial(",
            "pow2floor(", "binomial(",
        ];
        var random = new Random(17);
        for (int i = 0; i < 40_000; i++)
        {
            string text =
                string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            Read(() => _ = Expr.Parse(text).ToString());
            Read(() => _ = Condition.Parse(text).ToString());
        }

        static void Read(Action read)
        {
            try
            {
                read();
            }
            catch (ExprSyntaxException e)
            {
                Assert.StartsWith("column ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Long_chains_cost_no_stack()
    {
        string sum = string.Join(" - ", Enumerable.Repeat("x", 30_000)),
            product = string.Join("*", Enumerable.Repeat("x", 30_000));
        Assert.Equal(30_000, Assert.IsType<Expr.SumCase>(Expr.Parse(sum)).Terms.Length);
        Assert.Equal(30_000, Assert.IsType<Expr.ProductCase>(Expr.Parse(product)).Factors.Length);
        string any = string.Join(" or ", Enumerable.Repeat("x < 1", 1_000));
        var x = new Dictionary<string, BigRational>(StringComparer.Ordinal) { ["x"] = 0 };
        Assert.True(Expr.Holds(Condition.Parse(any), x));
        Assert.Equal(1, Expr.Parse($"if({any}, 1, 2)").Evaluate(x));
        Assert.Throws<ExprSyntaxException>(() => Condition.Parse(any + " or x < 2"));
    }
}
