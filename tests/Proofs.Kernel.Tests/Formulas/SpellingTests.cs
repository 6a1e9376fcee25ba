using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Xunit;

namespace Proofs.Kernel.Tests.Formulas;

/// <summary>
/// What people write means the same as the spelling of certificates, and what could be read in two ways is refused.
/// </summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("∀ ε ∈ (0, 1], x ∈ ℝ : −2·ε² ≤ |x|", "forall eps in (0, 1], x in real : -2*eps^2 <= abs(x)")]
    [InlineData("forall x > 0 : ln(x) <= x - 1", "forall x in (0, inf) : log(x) <= x - 1")]
    [InlineData("forall x >= 1, y < x : y < 2x", "forall x in [1, inf), y in (-inf, x) : y < 2*x")]
    [InlineData("forall x, y > 0 : x + y >= 2√(x*y)", "forall x in (0, inf), y in (0, inf) : x + y >= 2*sqrt(x*y)")]
    [InlineData("forall x != 0 : x^2 > 0", "forall x in real where x != 0 : x^2 > 0")]
    [InlineData("forall n in nat : 2^n >= n", "forall n in int [0, inf) : 2^n >= n")]
    [InlineData("forall n in ℕ, k in Z, m in ℤ [1, 5], r in R : n + k + m + r = r + m + k + n",
        "forall n in int [0, inf), k in int, m in int [1, 5], r in real : n + k + m + r = r + m + k + n")]
    [InlineData("forall x in [0, ∞) : relu(x) = x", "forall x in [0, inf) : max(x, 0) = x")]
    [InlineData("forall x in real : x >= 1 => x² >= 1", "forall x in real where x >= 1 : x^2 >= 1")]
    [InlineData("forall x, y in real where x > 0 : y > 0 ∧ x < 1 ⇒ x < y implies x < 1",
        "forall x in real, y in real where x > 0, y > 0, x < 1, x < y : x < 1")]
    [InlineData("forall x in real where not x <= 1 : x ** 2 > 1", "forall x in real where x > 1 : x^2 > 1")]
    [InlineData("forall x in real where ¬(x <= 1 or x = 2) : x <> 1", "forall x in real where x > 1, x != 2 : x != 1")]
    [InlineData(
        "forall x in real : (x < 0 and -x > 0) or x >= 0", "forall x in real : if(x < 0, if(-x > 0, x, 0), 0) <= x")]
    [InlineData("forall x in real : x < 0 or x > 0 or x = 0", "forall x in real : if(x < 0, 0, if(x > 0, 0, x)) = 0")]
    [InlineData(
        "forall x in real where x < 1 or x < 2 : x < 2", "forall x in real where if(x < 1, 2 - 1, x) < 2 : x < 2")]
    [InlineData(
        "forall x in real : if(x < 0 or x > 1, 0, x) <= 1", "forall x in real : if(x < 0, 0, if(x > 1, 0, x)) <= 1")]
    [InlineData("forall x in real : if((x < 0 or x > 1) and x != 2, 0, 1) <= 1",
        "forall x in real : if(x < 0, if(x != 2, 0, 1), if(x > 1, if(x != 2, 0, 1), 1)) <= 1")]
    [InlineData(
        "forall x in [−1, 1] : ||x| − 1| ≤ 1, |x| ≤ 1", "forall x in [-1, 1] : abs(abs(x) - 1) <= 1 and abs(x) <= 1")]
    [InlineData("forall x₁, x₂ in [0, 1] : x₁×x₂ ≤ 1", "forall x1 in [0, 1], x2 in [0, 1] : x1*x2 <= 1")]
    [InlineData("forall x in [1, 2] : x⁻² ≤ 1", "forall x in [1, 2] : x^(-2) <= 1")]
    [InlineData("forall x in [1, 2] : −x² ≤ −1 and 2x^2y <= 5", null)]
    [InlineData("forall x in [1, 2] : 2(x + 1) ≤ 6 and 3sin(x) <= 3 and 2π >= 6 and 2e <= 3", null)]
    [InlineData("forall e in [0, 1] : 2e <= 2", "forall e in [0, 1] : 2*e <= 2")]
    [InlineData("π > 3 and √2 < 2", "pi > 3 and sqrt(2) < 2")]
    [InlineData("forall inflow in (0,1), x in (0, inflow) ∶ x < 1", null)]
    public void Words_of_people_are_the_core(string typed, string? core)
    {
        if (core is null)
        {
            Assert.Throws<StatementFormatException>(() => Statement.Parse(typed));
            return;
        }

        var (read, expected) = (Statement.Parse(typed), Statement.Parse(core));
        Assert.Equal(Shown(expected), Shown(read));

        // What is printed is what is checked: characters of certificates, which the strict reader reads as the same
        // statement.
        Assert.All(read.Text, c => Assert.True(CertificateText.IsShown(c)));
        Assert.Equal(Shown(read), Shown(Reader.Statement(read.Text)));
        Assert.Equal(read.Text, Statement.Parse(read.Text).Text);
    }

    [Theory]
    [InlineData("forall x in [0, 1] : x <= 1")]
    [InlineData(
        "forall x in (-inf, 1/2], n in int where x>=0, n != 1 : x^2 - 1 <= n*if(x < 1 and n > 2, sum(i, 1, n, i), "
            + "log2(x)) and 1 = 1")]
    [InlineData("forall inflow in (0,1), x in (0, inflow) : x < 1")]
    public void A_statement_in_the_core_keeps_its_text(string text)
    {
        Assert.Equal(text, Statement.Parse(text).Text);
        Assert.Equal(Shown(Reader.Statement(text)), Shown(Statement.Parse(text)));
    }

    [Theory]
    [InlineData("forall x in [0, 1] : x² <= 1")]
    [InlineData("forall x in [0, 1] : 2x <= 2")]
    [InlineData("forall x in [0, 1] : |x| <= 2")]
    [InlineData("forall x in [0, 1] : x <= 2 or x > 2")]
    [InlineData("forall x in [0, 1] : x >= 0 => x <= 1")]
    [InlineData("forall x > 0 : x > 0")]
    [InlineData("forall n in nat : n >= 0")]
    [InlineData("forall x in [0, 1] : relu(x) <= 2")]
    [InlineData("forall x in [0, 1] : ln(1 + x) <= 2")]
    [InlineData("forall x in [0, 1] : (x <= 2)")]
    [InlineData("forall x in [0, 1] : not x > 2")]
    [InlineData("forall x in [0, 1] : x <= 1, x <= 2")]
    [InlineData("forall x in [0, 1] : x**2 <= 1")]
    [InlineData("forall x in [0, 1] : max(x) <= 1")]
    public void No_certificate_has_words_of_people(string text)
    {
        _ = Statement.Parse(text);
        Assert.Throws<StatementFormatException>(() => Reader.Statement(text));
    }

    [Theory]
    [InlineData("forall x in [1, 2] : 1/2x <= 1", 25, "two ways")]
    [InlineData("forall x in [1, 2] : x^2x <= 1", 25, "two ways")]
    [InlineData("forall x in [1, 2] : 2^3x <= 1", 25, "two ways")]
    [InlineData("forall x in [1, 2] : x²^3 <= 1", 24, "two ways")]
    [InlineData("forall x in [1, 2] : √x^2 <= 1", 24, "two ways")]
    [InlineData("forall x in [1, 2] : √2x <= 1", 24, "two ways")]
    [InlineData("forall e1 in [1, 2] : 2e1 <= 1", 26, "two ways")]
    [InlineData("forall x in [1, 2] : 0x1 <= 1", 22, "decimal")]
    [InlineData("forall x in [1, 2] : 2 x <= 1", 24, "a product is written with *")]
    [InlineData("forall x in [1, 2] : |x|x|| <= 1", 25, "relation")]
    [InlineData("forall x in [1, 2] : |x + 1 <= 1", 29, "'|'")]
    [InlineData("forall x in [1, 2] : sin²(x) <= 1", 25, "power of a value")]
    [InlineData("forall x in [1, 2] : sin x <= 1", 26, "'(' after sin")]
    [InlineData("forall x in [1, 2] : e <= 3", 22, "exp(1)")]
    [InlineData("forall x in [1, 2] : x => 0", 24, "relation")]
    [InlineData("forall ln in [1, 2] : ln >= 0", 8, "already a name")]
    [InlineData("forall or in [1, 2] : or >= 0", 8, "already a name")]
    [InlineData("forall sin in [1, 2] : sin >= 0", 8, "already a name")]
    [InlineData("forall π in [1, 2] : π >= 0", 8, "already a name")]
    [InlineData("forall ε in [1, 2], eps in [0, 1] : ε >= 0", 21, "already a name")]
    [InlineData("1 < 2 => 2 < 3", 9, "forall")]
    [InlineData("forall N in int [1, inf), n in N : n >= 0", 32, "expected a range")]
    [InlineData("forall n in nat [1, 2] : n >= 0", 17, "before the claim")]
    [InlineData("forall x = 1 : x > 0", 8, "expected 'in'")]
    [InlineData("forall x in [1, 2] : binomial(1) <= 1", 22, "binomial takes 2 arguments, got 1")]
    [InlineData("forall x in [1, 2] : sum(ln, 1, 2, ln) <= 1", 22, "already a name")]
    public void What_has_two_meanings_or_none_is_refused(string text, int column, string expected)
    {
        var error = Assert.Throws<StatementFormatException>(() => Statement.Parse(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
    }

    [Theory]
    [InlineData("-x^2", "((-1) * (x ^ 2))")]
    [InlineData("-x²", "((-1) * (x ^ 2))")]
    [InlineData("x^2^3", "(x ^ (2 ^ 3))")]
    [InlineData("x^y²", "(x ^ (y ^ 2))")]
    [InlineData("2^-x", "(2 ^ ((-1) * x))")]
    [InlineData("2x²", "(2 * (x ^ 2))")]
    [InlineData("-2x", "((-2) * x)")]
    [InlineData("2x/3", "((2 * x) / 3)")]
    [InlineData("√(x + y)²", null)]
    [InlineData("√2", "(2 ^ (1/2))")]
    [InlineData("|x| - |y|", "(abs(x) + ((-1) * abs(y)))")]
    [InlineData("|x*|y||", "abs((x * abs(y)))")]
    [InlineData("|-|x||", "abs(((-1) * abs(x)))")]
    [InlineData("2e3", "2000")]
    [InlineData("1e-3x", "((1/1000) * x)")]
    [InlineData("2exp(x)", "(2 * exp(x))")]
    [InlineData("max(x, y, 1)", "max(max(x, y), 1)")]
    [InlineData("x ÷ y ⋅ 2", "((x / y) * 2)")]
    public void Powers_signs_and_bars_bind_as_in_print(string typed, string? printed)
    {
        string text = $"forall x in [1, 2], y in [1, 2] : {typed} > 0";
        if (printed is null)
        {
            Assert.Throws<StatementFormatException>(() => Statement.Parse(text));
        }
        else
        {
            Assert.Equal(printed, Statement.Parse(text).Goals[0].Right.ToString());
        }
    }

    [Fact]
    public void Printing_and_reading_give_the_same_statement()
    {
        var random = new Random(13);
        for (int i = 0; i < 3_000; i++)
        {
            string typed =
                $"∀ x ∈ [-1, 1], n in nat, ε > {Formula(random, 0).Replace("ε", "x", StringComparison.Ordinal)} : "
                    + $"{Condition(random, 3)}";
            Statement read;
            try
            {
                read = Statement.Parse(typed);
            }
            catch (StatementFormatException e) when (e.Message.Contains("two ways", StringComparison.Ordinal))
            {
                continue; // such as a/2x
            }

            Assert.Equal(Shown(read), Shown(Reader.Statement(read.Text)));
            Assert.Equal(read.Text, Statement.Parse(read.Text).Text);
        }
    }

    [Fact]
    public void Garbage_is_refused_with_one_line()
    {
        string[] pieces =
        [
            "forall ", "∀", "x", "ε", " in ", "∈", "[0, 1]", "(0, inf)", "ℝ", "nat", " : ", ",", " where ", "|", "²",
            "⁻", "√", "π", "2", "1e", "e5", ".",
            "+", "-", "−", "*", "**", "^", "/", "(", ")", "<", "<=", "=>", "=", "<>", "≠", " and ", " or ", " not ",
            "¬", "implies", "if(", "sum(", "i",
            "sin", "relu(", "max(", "∞", "\u00a0", "₁", "\n", "#", "'", "\u202e", "0x", "log2(", "[", "]", "in", "!",
            "\ud83d",
        ];
        var random = new Random(31);
        for (int i = 0; i < 60_000; i++)
        {
            string text =
                string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            text = i % 2 == 0 ? text : "forall x in [0, 1], i in int : " + text;
            Read(() => Statement.Parse(text));
            Read(() => Reader.Formula(text));
            Read(() => Reader.Condition(text));
            Read(() => Reader.Statement(text));
        }

        static void Read(Func<object> read)
        {
            try
            {
                _ = read();
            }
            catch (StatementFormatException e)
            {
                Assert.InRange(e.Column, 1, 1_000);
                Assert.NotEqual("", e.Problem);
            }
        }
    }

    [Fact]
    public void Hostile_nesting_ends_soon()
    {
        foreach (string piece in (
            string[])["(", "-", "|", "√", "not ", "¬", "2(", "if(", "x^", "if((", "(x < 1 or (", "sum(i, 1, 2, "])
        {
            string text = string.Concat(Enumerable.Repeat(piece, 100_000));
            Assert.Throws<StatementFormatException>(() => Reader.Condition(text));
            Assert.Throws<StatementFormatException>(() => Statement.Parse($"forall x in [0, 1] : {text}"));
        }
    }

    private static string Formula(Random random, int depth) => depth == 0
        ? random.Next(6) switch { 0 => "x", 1 => "ε", 2 => "n", 3 => "π", 4 => "2", _ => "1/3" }
        : random.Next(14) switch
        {
            0 => $"{Formula(random, depth - 1)} + {Formula(random, depth - 1)}",
            1 => $"{Formula(random, depth - 1)} − {Formula(random, depth - 1)}",
            2 => $"({Formula(random, depth - 1)})·({Formula(random, depth - 1)})",
            3 => $"({Formula(random, depth - 1)})²",
            4 => $"|{Formula(random, depth - 1)}|",
            5 => $"relu({Formula(random, depth - 1)})",
            6 => $"2({Formula(random, depth - 1)})",
            7 => $"-({Formula(random, depth - 1)})/3",
            8 => $"√({Formula(random, depth - 1)})",
            9 => $"tanh({Formula(random, depth - 1)})",
            10 => $"if({Condition(random, depth - 1)}, {Formula(random, depth - 1)}, {Formula(random, depth - 1)})",
            11 => $"max({Formula(random, depth - 1)}, {Formula(random, depth - 1)}, 1)",
            12 => $"sum(i{depth}, 1, 3, i{depth}*({Formula(random, depth - 1)}))",
            _ => $"3{(random.Next(2) == 0 ? "x" : "ε")}**2",
        };

    private static string Condition(Random random, int depth) => depth == 0
        ? $"{Formula(random, 0)} {((string[])["<=", "<", "≥", ">", "=", "<>"])[random.Next(6)]} {Formula(random, 0)}"
        : random.Next(6) switch
        {
            0 => $"{Formula(random, depth - 1)} < {Formula(random, depth - 1)} <= {Formula(random, depth - 1)}",
            1 => $"({Condition(random, depth - 1)}) or ({Condition(random, depth - 1)})",
            2 => $"({Condition(random, depth - 1)}) ∧ {Condition(random, 0)}",
            3 => $"not ({Condition(random, depth - 1)})",
            4 => $"{Condition(random, depth - 1)} or {Condition(random, 0)}",
            _ => $"{Formula(random, depth - 1)} >= {Formula(random, depth - 1)}",
        };

    private static string Shown(Statement s) =>
        $"{string.Join(' ', s.Reals)} | {string.Join(' ', s.Integers)} | {string.Join(" ; ", s.Ranges)} | "
            + $"{string.Join(" ; ", s.Hypotheses)} | "
        + string.Join(" ; ", s.Goals);
}
