using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Numeric.Tests.Expressions;

public sealed class ExprTests
{
    private static readonly Dictionary<string, BigRational> Point = new(StringComparer.Ordinal)
    {
        ["x"] = new BigRational(1, 3),
        ["y"] = new BigRational(-2, 7),
        ["z"] = 2,
    };

    private static readonly Gen<Expr> Leaf = Gen.OneOf(
        from n in Gen.Choose(-9, 9) from d in Gen.Choose(1, 5) select Expr.Constant(new BigRational(n, d)),
        from v in Gen.Elements("x", "y", "z") select Expr.Variable(v));

    private static readonly Arbitrary<Expr> Formula = Gen.Sized(size => Tree(Math.Min(size, 24))).ToArbitrary();

    [Fact]
    public void Printing_and_parsing_return_the_same_expression() =>
        Prop.ForAll(
            Formula, e => (Expr.Parse(e.ToString()) == e).Label($"{e} reads back as {Expr.Parse(e.ToString())}"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Equal_structure_is_the_same_object() =>
        Assert.Same(Expr.Parse("x^2 + sin(y)/3"), Expr.Parse("x^2+sin( y ) / 3"));

    [Theory]
    [InlineData("-x^2", "-1/9")]
    [InlineData("2^-1", "1/2")]
    [InlineData("2^3^2", "512")]
    [InlineData("1/2/2", "1/4")]
    [InlineData("1 - 2 - 3", "-4")]
    [InlineData("0.1 + 2.5e-1", "7/20")]
    [InlineData("if(x <= 1/3 and y < 0, 1, 0)", "1")]
    [InlineData("if((x > 1 or y < 0) and z = 2, 5, 0)", "5")]
    [InlineData("if((x + 1) > 1, 7, 0)", "7")]
    [InlineData("if(0 <= x <= 1/2, 1, 0)", "1")]
    [InlineData("max(x, y, z) - min(x, y)", "16/7")]
    [InlineData("relu(y) + relu(z)", "2")]
    [InlineData("abs(y)", "2/7")]
    [InlineData("floor(y) + ceil(x)", "0")]
    [InlineData("pow2floor(x) + pow2ceil(x)", "3/4")]
    [InlineData("4^(1/2) + (8/27)^(-2/3)", "17/4")]
    [InlineData("sqrt(9/4) + log2(1/8)", "-3/2")]
    [InlineData("factorial(5) + binomial(5, 2)", "130")]
    [InlineData("exp(0) + cos(x - 1/3)", "2")]
    public void Exact_values(string formula, string expected) =>
        Assert.Equal(BigRational.Parse(expected), Expr.Parse(formula).Evaluate(Point));

    [Theory]
    [InlineData("sqrt(2)")]
    [InlineData("sqrt(-1)")]
    [InlineData("x^(1/2)")]
    [InlineData("1/(x - 1/3)")]
    [InlineData("0*log(y)")]
    [InlineData("pi")]
    [InlineData("pow2floor(0)")]
    [InlineData("7^(10^12)")]
    public void Undefined_or_irrational_values_are_null(string formula) =>
        Assert.Null(Expr.Parse(formula).TryEvaluate(Point));

    [Theory]
    [InlineData("", 1)]
    [InlineData("x +", 4)]
    [InlineData("2 x", 3)]
    [InlineData("1/2x", 4)]
    [InlineData("x y", 3)]
    [InlineData("sin(x", 6)]
    [InlineData("sin x", 5)]
    [InlineData("foo(x)", 1)]
    [InlineData("x $ y", 3)]
    [InlineData("if(x, 1, 0)", 5)]
    [InlineData("min()", 5)]
    [InlineData("binomial(1)", 1)]
    [InlineData("1/0", 4)]
    [InlineData("0^0", 3)]
    [InlineData("1..2", 1)]
    public void A_syntax_error_names_its_column(string formula, int column) =>
        Assert.Equal(column, Assert.Throws<ExprSyntaxException>(() => Expr.Parse(formula)).Column);

    [Fact]
    public void Hostile_nesting_is_refused_and_long_sums_are_read()
    {
        Assert.Throws<ExprSyntaxException>(() => Expr.Parse(new string('(', 100_000)));
        Assert.Throws<ExprSyntaxException>(() => Expr.Parse(new string('-', 100_000) + "x"));
        Assert.Throws<ExprSyntaxException>(() => Expr.Parse(string.Concat(Enumerable.Repeat("if((", 60)) + "x"));
        Assert.Equal(20_000, Expr.Parse(string.Join(" + ", Enumerable.Repeat("1", 20_000))).Evaluate(Point));
    }

    [Fact]
    public void The_derivative_of_a_polynomial_is_the_limit_of_its_exact_difference_quotients() =>
        Prop.ForAll(Formula, e =>
        {
            // For a polynomial p of degree d in x, p(x+h)-p(x-h)-2h p'(x) is O(h^3): compare two exact step sizes.
            var derivative = e.Differentiate("x").Evaluate(Point);
            var error = (BigRational h) => Quotient(e, h) - derivative;
            var (coarse, fine) = (BigRational.Abs(error(new(1, 1 << 10))), BigRational.Abs(error(new(1, 1 << 14))));
            return (coarse.IsZero ? fine.IsZero : fine * 100 < coarse).Label($"d/dx of {e}: {coarse} then {fine}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("max(x, y)", "1")]
    [InlineData("abs(y*x)", "2/7")]
    [InlineData("if(x < y, 1, x^3)", "1/3")]
    [InlineData("x^3/(1 + x)", "11/48")]
    [InlineData("floor(y)*x", "-1")]
    public void Derivatives_of_piecewise_expressions_take_the_branch_of_the_point(string formula, string expected) =>
        Assert.Equal(BigRational.Parse(expected), Expr.Parse(formula).Differentiate("x").Evaluate(Point));

    [Theory]
    [InlineData("x1^2/4 - 1/2", "\\frac{x_{1}^{2}}{4} - \\frac{1}{2}")]
    [InlineData("sqrt(eps)*exp(-t)", "\\sqrt{\\varepsilon} e^{-t}")]
    [InlineData("(a + b)^(-2)", "\\frac{1}{\\left(a + b\\right)^{2}}")]
    public void Latex(string formula, string expected) => Assert.Equal(expected, Expr.Parse(formula).ToLatex());

    [Fact]
    public void The_interval_value_contains_the_exact_value_at_every_point_of_the_box() =>
        Prop.ForAll(Formula, Gen.Choose(-20, 20).Three().ToArbitrary(), (e, corner) =>
        {
            var box = new Dictionary<string, Interval>(StringComparer.Ordinal)
            {
                ["x"] = Interval.Enclose(corner.Item1, corner.Item1 + new BigRational(1, 3)),
                ["y"] = Interval.Enclose(corner.Item2, corner.Item2 + 2),
                ["z"] = Interval.Enclose(corner.Item3),
            };
            var at = (int t) => e.Evaluate(new Dictionary<string, BigRational>(StringComparer.Ordinal)
            {
                ["x"] = corner.Item1 + new BigRational(t, 12),
                ["y"] = corner.Item2 + new BigRational(t, 2),
                ["z"] = corner.Item3,
            });
            var enclosure = e.Evaluate(box);
            return Enumerable.Range(0, 5).All(t => enclosure.Contains(at(t))).Label($"{e} on {enclosure}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("exp(x) - 1", 1.718281828459045, 1.7182818284590456)]
    [InlineData("2^(x/2)", 1.414213562373095, 1.4142135623730952)]
    [InlineData("8^(x*(2/3))", 3.9999999999999991, 4.0000000000000009)]
    [InlineData("sin(pi*x/6)", 0.49999999999999983, 0.50000000000000023)]
    [InlineData("log(x + 1)/log(2)", 0.99999999999999977, 1.0000000000000002)]
    [InlineData("(-2*x)^3", -8.0, -8.0)]
    [InlineData("(-2)^(x + 2)", -8.0, -8.0)]
    [InlineData("factorial(x + 3)", 24.0, 24.0)]
    public void Values_at_a_point_are_enclosed_within_a_few_ulps(string formula, double from, double to)
    {
        var value = Expr.Parse(formula)
            .Evaluate(new Dictionary<string, Interval>(StringComparer.Ordinal) { ["x"] = Interval.One });
        Assert.True(value.IsSubsetOf(Interval.Between(from, to)), $"{value.Inf:R} {value.Sup:R}");
    }

    [Theory]
    [InlineData("x <= y", null)]
    [InlineData("x < z", true)]
    [InlineData("y > z", false)]
    [InlineData("x < z and y > z", false)]
    [InlineData("x < z or x <= y", true)]
    [InlineData("log(x) > -100", null)]
    public void A_condition_on_a_box_is_decided_only_where_it_is(string condition, bool? expected)
    {
        var box = new Dictionary<string, Interval>(StringComparer.Ordinal)
        {
            ["x"] = Interval.Between(-1, 1),
            ["y"] = Interval.Between(0, 2),
            ["z"] = Interval.Point(3),
        };
        Assert.Equal(expected, Expr.Holds(Condition.Parse(condition), box));
    }

    [Fact]
    public void Substitution_is_simultaneous() => Assert.Equal(
        Expr.Parse("y - x"),
        Expr.Parse("x - y").Substitute(new Dictionary<string, Expr>(StringComparer.Ordinal)
        {
            ["x"] = Expr.Variable("y"),
            ["y"] = Expr.Variable("x"),
        }));

    [Fact]
    public void Dropped_expressions_are_collected_and_interning_survives()
    {
        var kept = Expr.Parse("x + 123456789");
        for (int i = 0; i < 200_000; i++)
        {
            _ = Expr.Constant(new BigRational(i, 7919));
        }

        GC.Collect();
        Assert.Same(kept, Expr.Parse("x + 123456789"));
    }

    private static BigRational Quotient(Expr e, BigRational h)
    {
        var at = (BigRational x) => e.Evaluate(new Dictionary<string, BigRational>(Point) { ["x"] = x });
        return (at(Point["x"] + h) - at(Point["x"] - h)) / (2 * h);
    }

    private static Gen<Expr> Tree(int size) => size <= 1
        ? Leaf
        : Gen.OneOf(
            Leaf,
            from a in Tree(size / 2) from b in Tree(size / 2) select a + b,
            from a in Tree(size / 2) from b in Tree(size / 2) select a - b,
            from a in Tree(size / 2) from b in Tree(size / 2) select a * b,
            from a in Tree(size / 2) select -a,
            from a in Tree(size / 2) from n in Gen.Choose(2, 4) select Expr.Power(a, n));
}
