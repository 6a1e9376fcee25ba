using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>
/// What follows from facts by signs, ranges and normal forms: each line with facts that suffice, and one fact weaker
/// nothing follows. x, y, z, a, b are real, n, m, k integers.
/// </summary>
public sealed class ContextTests
{
    // Signs and ranges.
    [Theory]
    [InlineData("1 <= x", "0 < x", "0 <= x")]
    [InlineData("0 < x", "0 < 1/x", "0 <= x")]
    [InlineData("0 < x", "x != 0", "0 <= x")]
    [InlineData("0 < x; 0 < y", "0 < x*y", "0 < x; 0 <= y")]
    [InlineData("x < 0; y < 0", "0 < x*y", "x < 0; y <= 0")]
    [InlineData("x <= 0; 0 <= y", "x*y <= 0", "x <= 1; 0 <= y")]
    [InlineData("2 <= x", "4 <= x^2", "-2 <= x")]
    [InlineData("-2 <= x; x <= 1", "x^2 <= 4", "-3 <= x; x <= 1")]
    [InlineData("-2 <= x; x <= 1", "-8 <= x^3", "-3 <= x; x <= 1")]
    [InlineData("", "0 <= x^2", null)]
    [InlineData("x != 1", "x - 1 != 0", "x != 2")]
    [InlineData("x != 1", "2 - 2*x != 0", "x != 2")]
    [InlineData("0 < x; x <= 2", "1/2 <= 1/x", "0 < x; x <= 3")]
    [InlineData("2 < x", "1/x < 1/2", "2 <= x")]
    [InlineData("x <= y; y <= 1", "x <= 1", "x <= y; y <= 2")]
    [InlineData("x < y; y <= 1", "x < 1", "x <= y; y <= 1")]
    [InlineData("y <= 1; x < y", "x < 1", "y <= 1; x <= y")]
    [InlineData("x = y; y <= 1", "x <= 1", "x = y; y <= 2")]
    [InlineData("x = y; 1 <= y", "1 <= x", "x = y; 0 <= y")]
    [InlineData("x + y = 1; 0 <= y", "x <= 1", "x + y = 2; 0 <= y")]
    [InlineData("x - y + z <= 0; y <= 1; 2 <= z", "x <= -1", "x - y + z <= 0; y <= 1; 1 <= z")]
    [InlineData("0 <= x; x <= 1", "0 < exp(x)", null)]
    [InlineData("0 < x", "1 < exp(x)", "0 <= x")]
    [InlineData("0 <= x", "1 <= exp(x)", "-1 <= x")]
    [InlineData("x < 0", "exp(x) < 1", "x <= 0")]
    [InlineData("1 < x", "0 < log(x)", "1 <= x")]
    [InlineData("1 <= x", "0 <= log(x)", "1/2 <= x")]
    [InlineData("0 < x; x < 1", "log(x) < 0", "0 < x; x <= 1")]
    [InlineData("0 < x; x <= 1", "log(x) <= 0", "x <= 1; 0 <= x + 1")]
    [InlineData("0 < x; x <= 4", "x^(1/2) <= 2 + 1/10^30", "0 < x; x <= 5")]
    [InlineData("0 <= x; x <= 1; 0 < a", "x^a <= 1", "0 <= x; x <= 1")]
    [InlineData("0 < x; x <= 1; 0 <= a", "x^a <= 1", "0 < x; x <= 2; 0 <= a")]
    [InlineData("0 <= x; 0 < a", "0 <= x^a", null)]
    [InlineData("0 < x", "0 < x^a", "0 <= x")]
    public void Ranges_follow_from_facts(string facts, string relation, string? weaker) =>
        Follows(facts, relation, weaker);

    // Functions of which the table of functions or the rules of ranges know bounds.
    [Theory]
    [InlineData("", "x <= abs(x) + 1", null, false)]
    [InlineData("0 <= x", "abs(x) = x", "-1 <= x", true)]
    [InlineData("x <= 0", "abs(x) = -x", "x <= 1", true)]
    [InlineData("", "0 <= abs(x)", null, true)]
    [InlineData("x <= y", "min(x, y) = x", "x <= y + 1", true)]
    [InlineData("x <= y", "max(x, y) = y", "x <= y + 1", true)]
    [InlineData("y <= x", "max(x, y) = x", "y <= x + 1", true)]
    [InlineData("", "max(x, y) = max(y, x)", null, true)]
    [InlineData("1 <= x; 2 <= y", "1 <= min(x, y)", "1 <= x; 0 <= y", true)]
    [InlineData("1 <= x", "1 <= max(x, y)", "0 <= x", true)]
    [InlineData("x <= 1; y < 2", "max(x, y) < 2", "x <= 1; y <= 2", true)]
    [InlineData("1/2 <= x", "0 <= floor(x)", "-1/2 <= x", true)]
    [InlineData("x < 2", "floor(x) <= 1", "x <= 2", true)]
    [InlineData("1 < x", "2 <= ceil(x)", "1 <= x", true)]
    [InlineData("x <= 3/2", "ceil(x) <= 2", "x <= 5/2", true)]
    [InlineData("", "floor(x + n) = floor(x) + n", null, true)]
    [InlineData("", "ceil(x - 2) = ceil(x) - 2", null, true)]
    [InlineData("", "floor(x + 1/2) = floor(x) + 1/2", null, false)]
    [InlineData("", "floor(n) = n", null, true)]
    [InlineData("", "floor(n/2) = n/2", null, false)]
    [InlineData("", "floor(x) = x", null, false)]
    [InlineData("", "floor(-7/2) = -4", null, true)]
    [InlineData("", "ceil(-7/2) = -3", null, true)]
    [InlineData("", "pow2floor(5) = 4 ", null, true)]
    [InlineData("", "pow2floor(4) = 4", null, true)]
    [InlineData("", "pow2ceil(5) = 8", null, true)]
    [InlineData("", "pow2ceil(4) = 4", null, true)]
    [InlineData("", "pow2ceil(1/3) = 1/2", null, true)]
    [InlineData("", "pow2floor(1/3) = 1/4", null, true)]
    [InlineData("", "pow2floor(7/2) = 2", null, true)]
    [InlineData("0 < x", "0 < pow2floor(x)", "0 <= x", true)]
    [InlineData("0 < x", "0 < pow2ceil(x)", "-1 <= x", true)]
    [InlineData("0 <= n", "1 <= factorial(n)", "-1 <= n", true)]
    [InlineData("0 <= n", "factorial(n + 1) = (n + 1)*factorial(n)", "-1 <= n", true)]
    [InlineData("1 <= n", "factorial(n - 1)*n = factorial(n)", "0 <= n", true)]
    [InlineData("", "factorial(5) = 120", null, true)]
    [InlineData("", "factorial(0) = 1", null, true)]
    [InlineData("", "factorial(-1) = 1", null, false)]
    [InlineData("", "factorial(1/2) = 1", null, false)]
    [InlineData("0 <= n; 0 <= m", "0 <= binomial(n, m)", "0 <= n", true)]
    [InlineData("", "binomial(5, 2) = 10", null, true)]
    [InlineData("2 <= n", "binomial(n, 2) = n*(n - 1)/2", null, true)]
    [InlineData("", "sin(x) <= 1", null, true)]
    [InlineData("", "sin(x) < 1", null, false)]
    [InlineData("", "-1 <= cos(x)", null, true)]
    [InlineData("", "tanh(x) < 1", null, true)]
    [InlineData("", "erf(x) < 1", null, true)]
    [InlineData("", "atan(x) < 11/7", null, true)]
    [InlineData("", "atan(x) < 3/2", null, false)]
    [InlineData("", "1 <= cosh(x)", null, true)]
    [InlineData("", "1 < cosh(x)", null, false)]
    [InlineData("", "sinc(x) <= 1", null, true)]
    [InlineData("", "-22/100 <= sinc(x)", null, true)]
    [InlineData("", "-217/1000 <= sinc(x)", null, false)]
    [InlineData("0 < x", "0 < tanh(x)", "0 <= x", true)]
    [InlineData("0 <= x", "0 <= sinh(x)", "-1 <= x", true)]
    [InlineData("x < 0", "erf(x) < 0", "x <= 0", true)]
    [InlineData("x <= 0", "atan(x) <= 0", "x <= 1", true)]
    [InlineData("", "tan(x) <= 1000", null, false)]
    [InlineData("", "sin(x)^2 + cos(x)^2 = 1", null, false)] // true, and no normal form says so
    public void Functions_are_known_as_far_as_their_tables_go(
        string facts, string relation, string? weaker, bool holds)
    {
        if (holds)
        {
            Follows(facts, relation, weaker);
        }
        else
        {
            Assert.False(Holds(facts, relation));
        }
    }

    // Powers, exponentials and logarithms: identities need the signs that make them true.
    [Theory]
    [InlineData("0 < x", "x^a*x^b = x^(a + b)", "")]
    [InlineData("0 < x", "x^a/x^b = x^(a - b)", "0 <= x")]
    [InlineData("0 < x; 0 < y", "(x*y)^a = x^a*y^a", "0 < x")]
    [InlineData("0 <= x; 0 <= y", "(x*y)^(1/2) = x^(1/2)*y^(1/2)", "0 <= x")]
    [InlineData("0 <= x", "(x^2)^(1/2) = x", "")]
    [InlineData("0 <= x", "(x^(1/2))^2 = x", "-1 <= x")]
    [InlineData("0 < x", "(x^a)^b = x^(a*b)", "")]
    [InlineData("x != 0", "x/x = 1", "")]
    [InlineData("x != 0", "x^3/x = x^2", "")]
    [InlineData("0 < x; 0 < y", "1/(x*y) = 1/x*(1/y)", "x != 0")]
    [InlineData("x + y != 0", "(x + y)/(x + y) = 1", "x + y != 1")]
    [InlineData("", "exp(x)*exp(y) = exp(x + y)", null)]
    [InlineData("", "exp(x)^2 = exp(2*x)", null)]
    [InlineData("", "exp(-x) = 1/exp(x)", null)]
    [InlineData("0 < x", "exp(log(x)) = x", "")]
    [InlineData("x < 0", "exp(log(-x)) = -x", "x <= 1")]
    [InlineData("", "log(exp(x)) = x", null)]
    [InlineData("0 < x; 0 < y", "log(x*y) = log(x) + log(y)", "0 < x*y")]
    [InlineData("0 < x", "log(x^a) = a*log(x)", "")]
    [InlineData("0 < x", "log(1/x) = -log(x)", "x != 0")]
    [InlineData("", "log(6) = log(2) + log(3)", null)]
    [InlineData("", "log(1/2) = -log(2)", null)]
    [InlineData("", "2^n*2^m = 2^(n + m)", null)]
    [InlineData("", "4^x = 2^(2*x)", null)]
    [InlineData("", "6^x = 2^x*3^x", null)]
    [InlineData("", "8^(1/3) = 2", null)]
    [InlineData("", "2^(1/2)*2^(1/2) = 2", null)]
    [InlineData("0 < x", "x^(log(y)/log(x)) = x^(log(y)/log(x))", null)]
    [InlineData("1 < x; 0 < y", "x^(log(y)/log(x)) = y", "1 < x")]
    [InlineData("", "x^0 = 1", null)]
    [InlineData("", "(x + 1)^2 = x^2 + 2*x + 1", null)]
    [InlineData("", "(x + y)*(x - y) = x^2 - y^2", null)]
    public void Normal_forms_of_equal_values_are_equal_where_the_facts_make_them_so(
        string facts, string relation, string? weaker) => Follows(facts, relation, weaker);

    // Plain falsehoods and slips, whatever is assumed.
    [Theory]
    [InlineData("0 < x", "x^a*x^b = x^(a*b)")]
    [InlineData("0 < x", "(x^a)^b = x^(a + b)")]
    [InlineData("", "exp(x*y) = exp(x)*exp(y)")]
    [InlineData("0 < x; 0 < y", "log(x + y) = log(x) + log(y)")]
    [InlineData("0 < x", "log(2*x) = 2*log(x)")]
    [InlineData("", "(x + y)^2 = x^2 + y^2")]
    [InlineData("", "8^(1/3) = 3")]
    [InlineData("", "6^x = 2^x + 3^x")]
    [InlineData("", "abs(x + y) = abs(x) + abs(y)")]
    [InlineData("", "min(x, y) = max(x, y)")]
    [InlineData("", "floor(x + y) = floor(x) + floor(y)")]
    [InlineData("1 <= x; 1 <= y", "2 < x*y + 1")]
    [InlineData("0 < x; 0 < y", "1/(x + y) = 1/x + 1/y")]
    [InlineData("0 < x", "x < x^2")]
    [InlineData("0 <= x; x <= 1", "1/2 <= x")]
    [InlineData("x != 1; x != 2", "0 < (x - 1)*(x - 2)")]
    [InlineData("x <= y; y <= z", "x < z")]
    [InlineData("", "pi < 3")]
    [InlineData("", "pi = 22/7")]
    [InlineData("", "exp(1) <= 2718/1000")]
    [InlineData("", "2^(1/2) <= 14142/10000")]
    [InlineData("", "log(2) <= 693/1000")]
    public void What_is_false_does_not_follow(string facts, string relation) => Assert.False(Holds(facts, relation));

    [Theory]
    [InlineData("x < 0; 0 < x", true)]
    [InlineData("x < 0; 0 <= x", true)]
    [InlineData("x <= 0; 0 <= x", false)]
    [InlineData("x <= 0; 0 < x", true)]
    [InlineData("x = 1; x = 2", true)]
    [InlineData("x = 1; x = 1", false)]
    [InlineData("x^2 < 0", true)]
    [InlineData("x^2 <= 0", false)]
    [InlineData("x*y < 0; 0 <= x; 0 <= y", true)]
    [InlineData("x*y <= 0; 0 <= x; 0 <= y", false)]
    [InlineData("0 < n; n < 1", true)]
    [InlineData("0 < n; n <= 1", false)]
    [InlineData("0 < x; x < 1", false)]
    [InlineData("exp(x) <= 0", true)]
    [InlineData("sin(x) = 1", false)]
    [InlineData("1 != 1", true)]
    [InlineData("1 != 2", false)]
    [InlineData("x != x", true)]
    [InlineData("2 = 1", true)]
    [InlineData("x < x", true)]
    [InlineData("x <= x", false)]
    public void Facts_contradict_each_other_where_no_number_is_left(string facts, bool isContradictory)
    {
        var context = Sequent(facts).Context;
        Assert.Equal(isContradictory, context.IsContradictory);
        Assert.Equal(isContradictory, context.Holds(Reader.OpenRelation("1 <= 0")));
    }

    [Fact]
    public void A_fact_that_is_added_is_known_with_those_before_and_to_nobody_else()
    {
        Relation added = Reader.OpenRelation("x <= y"), follows = Reader.OpenRelation("x <= 1");
        var before = Sequent("y <= 1");
        Assert.False(before.Context.Holds(follows));
        var after = before.With(added);
        Assert.True(after.Context.Holds(follows));
        Assert.False(before.Context.Holds(follows));
        Assert.True(after.WithGoal(follows).Context.Holds(follows));
        Assert.False(after.WithoutFactsOn("x").Context.Holds(follows));
        Assert.False(after.WithoutFactsOn("y").Context.Holds(follows));
        Assert.True(after.WithVariable("t", isInteger: true).Context.Holds(follows));
        Assert.Throws<Rejection>(() => after.WithVariable("x", isInteger: false));
        Assert.Throws<Rejection>(() => after.WithVariable("pi", isInteger: false));
        Assert.True(after.Replace("x", Reader.OpenTerm("z + 1")).Context.Holds(Reader.OpenRelation("z <= 0")));
        Assert.DoesNotContain("x", after.Replace("x", Reader.OpenTerm("z + 1")).Variables);
    }

    [Fact]
    public void An_integer_that_may_be_any_real_number_is_no_integer()
    {
        var sequent = Sequent("1/2 <= n");
        var one = Reader.OpenRelation("1 <= n");
        Assert.True(sequent.Context.Holds(one));
        Assert.False(sequent.Real("n").Context.Holds(one));
    }

    [Theory]
    [InlineData("n", "n + 1", "2*n*m", "floor(x)", "factorial(n)", "min(n, m)", "abs(n)", "7")]
    public void Values_that_are_integers_are_known_to_be(params string[] terms)
    {
        var context = Sequent("0 <= n").Context;
        Assert.All(terms, t => Assert.True(context.Normal(Reader.OpenTerm(t)).IsInteger, t));
        string[] others = ["x", "n/2", "n^(1/2)", "1/n", "exp(n)", "n + x", "min(n, x)", "pi", "1/2", "2^n"];
        Assert.All(others, t => Assert.False(context.Normal(Reader.OpenTerm(t)).IsInteger, t));
    }

    private static void Follows(string facts, string relation, string? weaker)
    {
        Assert.True(Holds(facts, relation), $"{relation} does not follow from {facts}");
        if (weaker is not null)
        {
            Assert.False(Holds(weaker, relation), $"{relation} follows from {weaker}");
        }
    }

    private static bool Holds(string facts, string relation) =>
        Sequent(facts).Context.Holds(Reader.OpenRelation(relation));

    private static Sequent Sequent(string facts)
    {
        var integers = ImmutableSortedSet.Create(StringComparer.Ordinal, "k", "m", "n");
        return new(
            integers.Union(["a", "b", "x", "y", "z"]), integers,
            [.. facts.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => Reader.OpenRelation(f.Trim()))],
            Reader.OpenRelation("1 <= 0"), new WorkBudget(100_000_000));
    }
}
