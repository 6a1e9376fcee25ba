using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Formulas;

/// <summary>
/// What the reader of certificates takes and what it refuses, with its column; and how far its limits go.
/// </summary>
public sealed class ReaderTests
{
    private static readonly string[] Scope = ["x", "y", "n"];

    [Theory]
    [InlineData("forall x in [0, 1] : y <= 1", 22, "unknown name 'y'")]
    [InlineData("forall x : x <= 1", 8, "expected 'in'")]
    [InlineData("forall x in [2, 1] : x <= 1", 13, "empty")]
    [InlineData("forall x in [0, inf] : x <= 1", 20, "inf belongs to no range")]
    [InlineData("forall x in [0, 1] : x + <= 1", 26, "expected a number, a name or '('")]
    [InlineData("forall x in [0, 1] : x + 1", 27, "expected a relation")]
    [InlineData("forall x in [0, 1], x in [0, 2] : x <= 1", 21, "already a name")]
    [InlineData("forall x in [0, 1] : foo(x) <= 1", 22, "unknown function 'foo'")]
    [InlineData("forall x in [0, 1] : x <= 1 1", 29, "expected the end")]
    public void A_malformed_statement_names_column_and_expectation(string statement, int column, string expected)
    {
        var error = Assert.Throws<StatementFormatException>(() => Statement.Parse(statement));
        Assert.Equal(column, error.Column);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // Trees as they print, for what binds how.
    [Theory]
    [InlineData("1 + 2*3", 7)]
    [InlineData("(1 + 2)*3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("48/4/3", 4)]
    [InlineData("48/(4/3)", 36)]
    [InlineData("2*3/4*2", 3)]
    [InlineData("-3 + 5", 2)]
    [InlineData("--3", 3)]
    [InlineData("---3", -3)]
    [InlineData("-+-3", 3)]
    [InlineData("+3", 3)]
    [InlineData("5 - -3", 8)]
    [InlineData("2 * -3", -6)]
    [InlineData("1.5e1", 15)]
    [InlineData("15e-1*2", 3)]
    [InlineData(".5*4", 2)]
    [InlineData("5.", 5)]
    public void Numbers_bind_as_everywhere(string text, int value)
    {
        var exact = Fold(Reader.Term(text, []));
        Assert.Equal(value, exact);
    }

    [Theory]
    [InlineData("2^3^2", 512)]
    [InlineData("(2^3)^2", 64)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^2", 4)]
    [InlineData("2^-1*2", 1)]
    [InlineData("2*3^2", 18)]
    [InlineData("-3^2*2", -18)]
    [InlineData("2^2 + 2^2", 8)]
    public void Powers_bind_first_and_from_the_right(string text, int value) =>
        Assert.Equal(value, Fold(Reader.Term(text, [])));

    [Theory]
    [InlineData("x <= y", "x <= y")]
    [InlineData("x >= y", "y <= x")]
    [InlineData("x < y", "x < y")]
    [InlineData("x > y", "y < x")]
    [InlineData("x = y", "x = y")]
    [InlineData("x == y", "x = y")]
    [InlineData("x != y", "x != y")]
    [InlineData("x ≤ y", "x <= y")]
    [InlineData("x ≥ y", "y <= x")]
    [InlineData("x ≠ y", "x != y")]
    public void Comparisons_are_four(string text, string meant)
    {
        var relation = Reader.Relation(text, Scope);
        Assert.Equal(meant, relation.ToString());
        Assert.Equal(relation.ToString(), relation.Negation.Negation.ToString());
        Assert.NotEqual(meant, relation.Negation.ToString());
    }

    [Theory]
    [InlineData("x <= y", "y < x")]
    [InlineData("x < y", "y <= x")]
    [InlineData("x = y", "x != y")]
    [InlineData("x != y", "x = y")]
    public void What_does_not_hold_is_the_negation(string text, string negation) =>
        Assert.Equal(negation, Reader.Relation(text, Scope).Negation.ToString());

    [Theory]
    [InlineData("forall x in [0, 1] : x <= 2", "0 <= x; x <= 1", "x <= 2")]
    [InlineData("forall x in (0, 1) : x <= 2", "0 < x; x < 1", "x <= 2")]
    [InlineData("forall x in (0, 1] : x <= 2", "0 < x; x <= 1", "x <= 2")]
    [InlineData("forall x in [0, inf) : x <= 2", "0 <= x", "x <= 2")]
    [InlineData("forall x in (-inf, 1] : x <= 2", "x <= 1", "x <= 2")]
    [InlineData("forall x in (-inf, inf) : x <= 2", "", "x <= 2")]
    [InlineData("forall x in real : x <= 2", "", "x <= 2")]
    [InlineData("forall x in [0, 1], y in [x, 2] : y <= 2", "0 <= x; x <= 1; x <= y; y <= 2", "y <= 2")]
    [InlineData("forall x in real : 0 <= x < 1", "", "0 <= x; x < 1")]
    [InlineData("forall x in real : 0 <= x and x != 1", "", "0 <= x; x != 1")]
    [InlineData("1 <= 2", "", "1 <= 2")]
    public void A_statement_has_the_parts_that_it_shows(string text, string ranges, string goals)
    {
        var statement = Reader.Statement(text);
        Assert.Equal(ranges, string.Join("; ", statement.Ranges));
        Assert.Equal(goals, string.Join("; ", statement.Goals));
        Assert.Empty(statement.Hypotheses);
        Assert.Equal(text, statement.Text);
    }

    [Fact]
    public void Integers_and_hypotheses_are_told_apart()
    {
        var statement =
            Reader.Statement("forall n in int [1, inf), x in real where x < n, 0 <= x and x != 1 : x < n^2");
        Assert.Equal("n", string.Join(' ', statement.Integers));
        Assert.Equal("x", string.Join(' ', statement.Reals));
        Assert.Equal("x n", string.Join(' ', statement.Variables));
        Assert.Equal("1 <= n", string.Join("; ", statement.Ranges));
        Assert.Equal("x < n; 0 <= x; x != 1", string.Join("; ", statement.Hypotheses));
    }

    // Words and marks of people are none of a certificate.
    [Theory]
    [InlineData("forall x in nat : x >= 0")]
    [InlineData("forall x in R : x <= x")]
    [InlineData("forall x in N : x >= 0")]
    [InlineData("forall x > 0 : x > 0")]
    [InlineData("forall x in real : x <= 0 or x >= 0")]
    [InlineData("forall x in real : not x < 0 or x < 0")]
    [InlineData("forall x in real : x < 0 implies x < 1")]
    [InlineData("forall x in real : |x| >= 0")]
    [InlineData("forall x in real : 2x <= 2*x")]
    [InlineData("forall x in real : x² >= 0")]
    [InlineData("forall x in real : x**2 >= 0")]
    [InlineData("forall x in [0, 1] : √x <= 1")]
    [InlineData("forall x in real : relu(x) >= 0")]
    [InlineData("forall x in [1, 2] : ln(x) >= 0")]
    [InlineData("forall x in real : x·x >= 0")]
    [InlineData("forall x in real : x − x = 0")]
    [InlineData("π > 3")]
    [InlineData("forall x in [0, ∞) : x >= 0")]
    [InlineData("∀ x in real : x <= x")]
    [InlineData("forall x in real : x <= x, x <= x")]
    [InlineData("forall x in real : (x <= x)")]
    public void Certificates_have_the_core_language_alone(string text) =>
        Assert.Throws<StatementFormatException>(() => Reader.Statement(text));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x <= ")]
    [InlineData("<= x")]
    [InlineData("x < y < z")]
    [InlineData("x <= y and y <= x")]
    [InlineData("x <= y <= x")]
    [InlineData("x <= y)")]
    [InlineData("(x <= y")]
    [InlineData("x =< y")]
    [InlineData("x => y")]
    [InlineData("x ! y")]
    [InlineData("x <= y;")]
    [InlineData("x <= y # why")]
    public void A_relation_is_one(string text) =>
        Assert.Throws<StatementFormatException>(() => Reader.Relation(text, Scope));

    [Theory]
    [InlineData("min(x)")]
    [InlineData("exp(x, y)")]
    [InlineData("exp()")]
    [InlineData("exp x")]
    [InlineData("binomial(n)")]
    [InlineData("sum(i, 1, n)")]
    [InlineData("sum(x, 1, n, x)")] // x is a variable
    [InlineData("sum(pi, 1, n, pi)")]
    [InlineData("sum(i, 1, n, i) + i")] // i is none outside
    [InlineData("sum(i, 1, i, i)")]
    [InlineData("sum(i, 1, n, sum(i, 1, n, i))")]
    [InlineData("sum(1, 1, n, x)")]
    [InlineData("if(x, y, n)")]
    [InlineData("if(x < y, n)")]
    [InlineData("x y")]
    [InlineData("x(y)")]
    [InlineData("pi(x)")]
    [InlineData("exp")]
    [InlineData("1..2")]
    [InlineData("1.2.3")]
    [InlineData("1e999999")]
    [InlineData("x + ")]
    [InlineData("x ^")]
    [InlineData("* x")]
    [InlineData("()")]
    [InlineData("X")]
    [InlineData("e")]
    [InlineData("i")]
    [InlineData("x_")]
    [InlineData("x' ")]
    [InlineData("x,y")]
    [InlineData("[x]")]
    public void A_formula_is_whole(string text)
    {
        var error = Assert.Throws<StatementFormatException>(() => Reader.Term(text, Scope));
        Assert.True(error.Column >= 1, text);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("(", ")", 149, 150)]
    [InlineData("exp(", ")", 149, 150)]
    [InlineData("abs(x + ", ")", 149, 150)]
    [InlineData("2^", "", 149, 150)]
    public void Nesting_is_read_up_to_its_limit(string open, string close, int most, int tooMany)
    {
        string Nested(int n) => string.Concat(Enumerable.Repeat(open, n)) + "x"
            + string.Concat(Enumerable.Repeat(close, n));
        _ = Reader.Term(Nested(most), Scope);
        Assert.Contains(
            "nested too deeply",
            Assert.Throws<StatementFormatException>(() => Reader.Term(Nested(tooMany), Scope)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Long_sums_and_products_are_read_up_to_their_limit()
    {
        const int Most = 3_000;
        string Long(string sign, int n) => string.Join(sign, Enumerable.Repeat("x", n));
        foreach (string sign in new[] { "+", "-", "*", "/" })
        {
            Assert.Equal(Most, Reader.Term(Long(sign, Most + (sign == "-" ? 0 : 1)), Scope).Depth);
            Assert.Contains(
                "too long",
                Assert.Throws<StatementFormatException>(() => Reader.Term(Long(sign, Most + 2), Scope)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_are_read_up_to_their_limits()
    {
        Assert.Equal(
            BigRational.Parse(new string('9', 18_000)), Fold(Reader.Term(new string('9', 18_000), [])));
        Assert.Throws<StatementFormatException>(() => Reader.Term(new string('9', 20_001), [])); // digits
        Assert.Throws<StatementFormatException>(() => Reader.Term(new string('9', 19_000), [])); // bits
        Assert.Equal(BigRational.Pow(10, 9_999), Fold(Reader.Term("1e9999", [])));
        Assert.Throws<StatementFormatException>(() => Reader.Term("1e99999", []));
        Assert.Throws<StatementFormatException>(() => Reader.Term("1e-99999", []));
        Assert.Throws<StatementFormatException>(() => Reader.Term("1e9999/1e-9999", [])); // the quotient of numbers
        Assert.Throws<StatementFormatException>(() => Reader.Term(new string(' ', 2_000_001), []));
    }

    [Theory]
    [InlineData("x + y*2")]
    [InlineData("(x + y)*2")]
    [InlineData("x/(y/n)")]
    [InlineData("x - (y - n)")]
    [InlineData("-(x + y)^2")]
    [InlineData("(-x)^2")]
    [InlineData("x^(y^n)")]
    [InlineData("(x^y)^n")]
    [InlineData("(1/2)^x")]
    [InlineData("(-3)^n")]
    [InlineData("min(x, max(y, n))")]
    [InlineData("if(x <= y, x, if(y != n, y, n))")]
    [InlineData("sum(i, 1, n, prod(j, i, n, x^i/j))")]
    [InlineData("factorial(n)/binomial(n, 2)")]
    [InlineData("1.25e-3*x")]
    public void What_is_printed_is_read_back_the_same(string text)
    {
        var term = Reader.Term(text, Scope);
        var again = Reader.Term(term.ToString(), Scope);
        Assert.Equal(term.ToString(), again.ToString());
        Assert.Equal((term.Depth, term.Size), (again.Depth, again.Size));
        Assert.True(term.IsOfLanguage);
    }

    [Fact]
    public void A_formula_in_place_of_a_variable_keeps_indices_apart()
    {
        var term = Reader.OpenTerm("sum(i, 1, n, x*i) + x");
        Assert.Equal(["n", "x"], term.Variables);
        Assert.Equal(Reader.OpenTerm("sum(i, 1, n, (y + 1)*i) + (y + 1)").ToString(),
            term.Substitute("x", Reader.OpenTerm("y + 1")).ToString());
        Assert.Same(term, term.Substitute("z", Reader.OpenTerm("y")));
        // the i that comes in is another one than the index
        var inside = term.Substitute("x", Reader.OpenTerm("i"));
        Assert.Contains("i", inside.Variables);
        Assert.NotEqual(Reader.OpenTerm("sum(i, 1, n, i*i)").ToString(), inside.ToString());
    }

    private static BigRational Fold(Term term) => term switch
    {
        Term.Number n => n.Value,
        Term.Sum s => Fold(s.Left) + Fold(s.Right),
        Term.Product p => Fold(p.Left) * Fold(p.Right),
        Term.Quotient q => Fold(q.Left) / Fold(q.Right),
        Term.Power p => BigRational.Pow(Fold(p.Base), (int)Fold(p.Exponent).Numerator),
        _ => throw new ArgumentException(term.ToString()),
    };
}
