using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>
/// Derivatives, convexity, Bernstein forms and conditions of definedness, each with the facts they need.
/// </summary>
public sealed class CalculusTests
{
    // A derivative is right where its normal form is that of the one written by hand.
    [Theory]
    [InlineData("", "x^3 - 2*x + 7", "3*x^2 - 2", null)]
    [InlineData("", "y^2*x", "y^2", null)]
    [InlineData("", "x*y*x", "2*x*y", null)]
    [InlineData("", "exp(2*x)", "2*exp(2*x)", null)]
    [InlineData("", "exp(x^2)", "2*x*exp(x^2)", null)]
    [InlineData("0 < x", "log(x)", "1/x", "0 <= x")]
    [InlineData("0 < x", "log(3*x)", "1/x", "-1 < x")]
    [InlineData("x != 0", "1/x", "-1/x^2", "")]
    [InlineData("x != 0", "x^(-2)", "-2*x^(-3)", "")]
    [InlineData("x != 0", "y/x", "-y/x^2", "x != 1")]
    [InlineData("y != 0", "x/y", "1/y", "")]
    [InlineData("0 < x", "x^(1/2)", "x^(-1/2)/2", "0 <= x")]
    [InlineData("0 < x", "x^y", "y*x^(y - 1)", "0 <= x")]
    [InlineData("0 < y", "y^x", "log(y)*y^x", "0 <= y")]
    [InlineData("0 < x", "x^x", "x*x^(x - 1) + log(x)*x^x", "0 <= x")]
    [InlineData("x != 0", "x^0", "0", "")]
    [InlineData("0 < x", "(x^2 + x)/(x + 1)", "1", "x <= 0")]
    [InlineData("", "7", "0", null)]
    [InlineData("", "abs(y)*x", "abs(y)", null)]
    public void Derivatives_exist_where_the_facts_say_so(string facts, string term, string derivative, string? weaker)
    {
        var context = Sequent(facts).Context;
        var found = Derivative.Of(Reader.OpenTerm(term), "x", context);
        Assert.True(
            context.Holds(new(found, Comparison.Equal, Reader.OpenTerm(derivative))), $"{term}: {found}");
        if (weaker is not null)
        {
            Assert.Throws<Rejection>(
                () => Derivative.Of(Reader.OpenTerm(term), "x", Sequent(weaker).Context));
        }
    }

    [Theory]
    [InlineData("abs(x)")]
    [InlineData("min(x, 1)")]
    [InlineData("max(x, y)")]
    [InlineData("floor(x)")]
    [InlineData("ceil(x)")]
    [InlineData("pow2floor(x)")]
    [InlineData("factorial(x)")]
    [InlineData("if(x < 1, x, 1)")]
    [InlineData("sum(i, 1, 3, x^i)")]
    [InlineData("x + abs(x)")]
    [InlineData("y*abs(x)")]
    [InlineData("exp(abs(x))")]
    [InlineData("(x + floor(x))^2")]
    public void What_may_have_a_kink_has_no_derivative(string term) => Assert.Throws<Rejection>(
        () => Derivative.Of(Reader.OpenTerm(term), "x", Sequent("0 < x; x < 1").Context));

    // 1 convex, 0 affine, -1 concave, and null where that is not seen; then the facts that are too weak.
    [Theory]
    [InlineData("", "3*x - y^2", 0, null)]
    [InlineData("", "x^2", 1, null)]
    [InlineData("", "-x^2", -1, null)]
    [InlineData("", "x^4", 1, null)]
    [InlineData("0 <= x", "x^3", 1, "")]
    [InlineData("0 <= x", "-x^3", -1, "-1 <= x")]
    [InlineData("0 <= y", "y*x^2", 1, "")]
    [InlineData("y <= 0", "y*x^2", -1, "y <= 1")]
    [InlineData("0 <= x", "x^(1/2)", -1, "")]
    [InlineData("0 <= x", "x^(3/2)", 1, "")]
    [InlineData("0 < x", "1/x", 1, "0 <= x")]
    [InlineData("0 < x", "x^(-1/2)", 1, "0 <= x")]
    [InlineData("0 <= x; 1 <= y", "x^y", 1, "0 <= x; 0 < y")]
    [InlineData("0 <= x; 0 < y; y <= 1", "x^y", -1, "0 <= x; 0 < y; y <= 2")]
    [InlineData("0 < x; y <= 0", "x^y", 1, "0 < x; y <= 1")]
    [InlineData("", "exp(x)", 1, null)]
    [InlineData("", "exp(-3*x)", 1, null)]
    [InlineData("", "2^x", 1, null)]
    [InlineData("", "exp(x^2)", 1, null)]
    [InlineData("0 < x", "log(x)", -1, "0 <= x")]
    [InlineData("0 < x", "log(2*x + 1)", -1, "-1 < x")]
    [InlineData("", "abs(x)", 1, null)]
    [InlineData("", "abs(2*x - y)", 1, null)]
    [InlineData("", "max(x, 1 - x)", 1, null)]
    [InlineData("", "min(x, 1 - x)", -1, null)]
    [InlineData("", "max(x^2, y)", 1, null)]
    [InlineData("", "min(-x^2, y)", -1, null)]
    [InlineData("", "x^2 + exp(x)", 1, null)]
    [InlineData("1 <= y", "x^2/y", 1, "")]
    [InlineData("x <= 1", "if(x <= 1, x^2, -x^2)", 1, "x <= 2")]
    public void Curvature_is_seen_where_the_facts_say_so(string facts, string term, int curvature, string? weaker)
    {
        Assert.Equal(curvature, Curvature.Of(Reader.OpenTerm(term), "x", Sequent(facts).Context));
        if (weaker is not null)
        {
            Assert.Null(Curvature.Of(Reader.OpenTerm(term), "x", Sequent(weaker).Context));
        }
    }

    [Theory]
    [InlineData("x^3")]
    [InlineData("x^2 - exp(x)")]
    [InlineData("exp(-x^2)")]
    [InlineData("abs(x^2 - 1)")]
    [InlineData("abs(x)*x")]
    [InlineData("max(x, -x^2)")]
    [InlineData("min(x, x^2)")]
    [InlineData("-abs(x) + x^2")]
    [InlineData("y*x^2")]
    [InlineData("x*exp(x)")]
    [InlineData("sin(x)")]
    [InlineData("floor(x)")]
    [InlineData("1/(x + 5)")]
    [InlineData("log(x + 5)")]
    [InlineData("x^y")]
    [InlineData("y^x")]
    public void What_may_bend_both_ways_has_no_curvature(string term) =>
        Assert.Null(Curvature.Of(Reader.OpenTerm(term), "x", Sequent("").Context));

    // p(low v + high u) for u + v = 1, at numbers.
    [Fact]
    public void A_Bernstein_form_has_the_values_of_the_polynomial()
    {
        var random = new Random(2);
        var context = Sequent("").Context;
        var work = new WorkBudget(long.MaxValue);
        for (int n = 0; n < 60; n++)
        {
            string text = string.Join(
                " + ", Enumerable.Range(0, random.Next(1, 5)).Select(k => $"({random.Next(-5, 6)}/3)*x^{k}*y^{n % 3}"));
            BigRational low = random.Next(-3, 3), high = low + new BigRational(random.Next(1, 7), 2);
            var poly = context.Normal(Reader.OpenTerm(text));
            var x = Atom.Variable("x", false);
            var form = BernsteinForm.Of(poly, x, low, high, work);
            var u = new BigRational(random.Next(0, 9), 8);
            BigRational y = random.Next(-2, 3);
            var at = (low * (1 - u)) + (high * u);
            Assert.Equal(
                Value(poly, new() { ["x"] = at, ["y"] = y }),
                Value(form, new() { ["~ux"] = u, ["~vx"] = 1 - u, ["y"] = y }));
            Assert.All(
                form.Terms.SelectMany(t => t.Key.Factors), f => Assert.True(f.Atom.Key == "y"
                    || BernsteinForm.IsWeight(f.Atom)));
        }

        Assert.Throws<Rejection>(() => BernsteinForm.Of(
            Sequent("0 < x").Context.Normal(Reader.OpenTerm("x^(1/2)")), Atom.Variable("x", false), 0, 1, work));
        Assert.Throws<Rejection>(() => BernsteinForm.Of(
            Sequent("0 < x").Context.Normal(Reader.OpenTerm("1/x")), Atom.Variable("x", false), 0, 1, work));
    }

    // The conditions, with their guards before a turnstile, in the order in which they are asked for.
    [Theory]
    [InlineData("x <= y", "")]
    [InlineData("1/x <= y", "x != 0")]
    [InlineData("1/2 <= y", "")]
    [InlineData("1/0 <= y", "0 != 0")]
    [InlineData("x/(y/n) <= 1", "n != 0; (y / n) != 0")]
    [InlineData("log(x) <= y", "0 < x")]
    [InlineData("log(2) <= y", "")]
    [InlineData("log(0) <= y", "0 < 0")]
    [InlineData("log(log(x)) <= y", "0 < x; 0 < log(x)")]
    [InlineData("pow2floor(x) <= pow2ceil(y)", "0 < x; 0 < y")]
    [InlineData("tan(x) <= y", "cos(x) != 0")]
    [InlineData("x^2 <= y", "")]
    [InlineData("x^0 <= y", "")]
    [InlineData("x^(-2) <= y", "x != 0")]
    [InlineData("x^(1/2) <= y", "0 <= x")]
    [InlineData("x^(-1/2) <= y", "0 <= x; 0 < max(x, (-1/2))")]
    [InlineData("x^y <= 1", "0 <= x; 0 < max(x, y)")]
    [InlineData("x^n <= 1", "0 < max(abs(x), (n + 1))")]
    [InlineData("2^y <= 1", "")]
    [InlineData("0^y <= 1", "0 < max(0, y)")]
    [InlineData("(-2)^y <= 1", "0 <= (-2); 0 < max((-2), y)")]
    [InlineData("factorial(n) <= y", "0 <= n")]
    [InlineData("factorial(3) <= y", "")]
    [InlineData("binomial(n, 2*n) <= y", "0 <= n; 0 <= (2 * n)")]
    [InlineData("if(x < 1, 1/x, log(x)) <= y", "x < 1 |- x != 0; 1 <= x |- 0 < x")]
    [InlineData("if(1/x < 1, x, y) <= y", "x != 0")]
    [InlineData("if(x = 0, if(y = 0, 1, 1/y), 1/x) <= 1", "x = 0, y != 0 |- y != 0; x != 0 |- x != 0")]
    [InlineData("sum(i, 1, n, 1/i) <= y", "1 <= i, i <= n |- i != 0")]
    [InlineData("sum(i, 1, n, factorial(i + 1)) <= y", "1 <= i, i <= n |- 0 <= (i + 1)")]
    [InlineData("1/x + 1/x <= 1/x", "x != 0")] // once
    public void A_formula_is_defined_under_conditions(string relation, string conditions)
    {
        var integers = ImmutableSortedSet.Create(StringComparer.Ordinal, "n");
        var found = Definedness.Conditions(Reader.OpenRelation(relation), integers);
        Assert.Equal(conditions, string.Join("; ", found.Select(
            c => (c.Guards.IsEmpty ? "" : string.Join(", ", c.Guards) + " |- ") + c.Relation)));
    }

    [Theory]
    [InlineData("factorial(x) <= 1")]
    [InlineData("factorial(n/2) <= 1")]
    [InlineData("factorial(2^n) <= 1")]
    [InlineData("binomial(n, x) <= 1")]
    [InlineData("sum(i, x, n, i) <= 1")]
    [InlineData("sum(i, 1, n/2, i) <= 1")]
    [InlineData("sum(n, 1, 2, n) <= 1")]
    [InlineData("sum(i, 1, 2, sum(i, 1, 2, i)) <= 1")]
    public void Where_an_integer_is_needed_and_not_seen_nothing_helps(string relation) =>
        Assert.Throws<Rejection>(() => Definedness.Conditions(
            Loose(relation),
            ImmutableSortedSet.Create(StringComparer.Ordinal, "n")));

    // The reader refuses an index within itself; a tree may have it.
    private static Relation Loose(string text)
    {
        if (!text.Contains("sum(i, 1, 2, i)", StringComparison.Ordinal))
        {
            return Reader.OpenRelation(text);
        }

        var inner = new Term.Series(
            false, "i", Term.Constant(1), Term.Constant(2), new Term.Variable("i"));
        return new(
            new Term.Series(false, "i", Term.Constant(1), Term.Constant(2), inner), Comparison.AtMost,
            Term.Constant(1));
    }

    private static BigRational Value(Poly p, Dictionary<string, BigRational> at) => p.Terms.Aggregate(
        BigRational.Zero, (sum, t) => sum + t.Key.Factors.Aggregate(
            t.Value, (product, f) => product * BigRational.Pow(at[f.Atom.Key], (int)f.Number.Numerator)));

    private static Sequent Sequent(string facts)
    {
        var none = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
        return new(
            none.Union(["x", "y"]), none,
            [.. facts.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => Reader.OpenRelation(f.Trim()))],
            Reader.OpenRelation("1 <= 0"), new WorkBudget(100_000_000));
    }
}
