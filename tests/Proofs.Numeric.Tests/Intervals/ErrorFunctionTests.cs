using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Forms;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Intervals;

/// <summary>Intervals around erf and its derivatives contain what they should, and little besides.</summary>
public sealed class ErrorFunctionTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void Values_known_to_40_digits_are_inside()
    {
        foreach (var (at, digits) in ErrorFunctionValues.All)
        {
            double x = Binary64.Nearest(BigRational.Parse(at));
            var low = BigRational.Parse(digits);
            var high = low + BigRational.Pow(10, -(digits.Length - 2));
            foreach (var value in (Interval[])[Interval.Erf(Interval.Point(x)), Evaluate("erf(x)", Interval.Point(x))])
            {
                bool isInside = BigRational.Exact(value.Inf) <= high && low <= BigRational.Exact(value.Sup);
                Assert.True(isInside && IsNarrow(value), $"erf({at}) in {value}");
                Assert.Equal(-value, Interval.Erf(Interval.Point(-x)));
            }

            var precise = Precise.Erf(DyadicInterval.Point(Binary64.ExactDyadic(x)), 120);
            Assert.True(precise.Inf.ToRational() <= high && low <= precise.Sup.ToRational(), $"erf({at}) in {precise}");
        }
    }

    [Fact]
    public void Erf_is_increasing_within_one_and_enclosed_at_the_ends()
    {
        var before = Interval.Point(-1);
        for (int k = -300; k <= 300; k++)
        {
            var value = Interval.Erf(Interval.Point(k / 40.0));
            Assert.True(before.Inf <= value.Inf && before.Sup <= value.Sup, $"{k}/40: {value} after {before}");
            Assert.True(value.IsSubsetOf(Interval.Between(-1, 1)), $"{k}/40: {value}");
            bool isInside = before.Sup < value.Inf && value.Sup < 1 && value.Inf > -1;
            Assert.True(Math.Abs(k) > 200 || isInside, $"{k}/40: {value} after {before}");
            before = value;
        }

        Assert.Equal(Interval.Zero, Interval.Erf(Interval.Zero));
        Assert.Equal(Interval.Between(-1, 1), Interval.Erf(Interval.Entire));
        Assert.Equal(Interval.Between(0, 1), Interval.Erf(Interval.Between(0, Inf)));
        Assert.True(Interval.Erf(Interval.Empty).IsEmpty);
        double[] extreme = [double.Epsilon, 1e-310, 1e-300, 5.9999999, 6, 6.0000001, 30, 1e300, double.MaxValue];
        foreach (double x in extreme)
        {
            var value = Interval.Erf(Interval.Point(x));
            Assert.True(value.Inf >= 0 && value.Sup <= 1 && IsNarrow(value), $"{x}: {value}");
        }

        var wide = Interval.Erf(Interval.Between(-0.5, 2));
        Assert.Equal(Interval.Erf(Interval.Point(-0.5)).Inf, wide.Inf);
        Assert.Equal(Interval.Erf(Interval.Point(2)).Sup, wide.Sup);
    }

    // A difference quotient is a value of the derivative in between, and one of slopes a value of the second one.
    [Fact]
    public void Difference_quotients_are_values_of_the_derivatives()
    {
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            double a = (random.NextDouble() * 8) - 4, b = a + (random.NextDouble() * (i % 2 == 0 ? 0.01 : 2)) + 1e-4;
            Interval t = Interval.Between(a, b), low = Interval.Point(a), high = Interval.Point(b), step = high - low;
            var quotient = (Interval.Erf(high) - Interval.Erf(low)) / step;
            var bend = (FunctionRange.Slope(Function.Erf, high) - FunctionRange.Slope(Function.Erf, low)) / step;
            var first = Expr.Parse("erf(x)").Differentiate("x");
            foreach (var slope in (Interval[])[FunctionRange.Slope(Function.Erf, t), Evaluate(first.ToString(), t)])
            {
                Assert.False(Interval.Intersect(slope, quotient).IsEmpty, $"{quotient} is no slope on {t}: {slope}");
            }

            string second = first.Differentiate("x").ToString();
            foreach (var curvature in (Interval[])[FunctionRange.Curvature(Function.Erf, t), Evaluate(second, t)])
            {
                Assert.False(Interval.Intersect(curvature, bend).IsEmpty, $"{bend} is no bend on {t}: {curvature}");
            }

            // Taylor's theorem with Lagrange's remainder
            var at = UnivariateTaylor.Coefficients(Function.Erf, low, 4)!;
            var over = UnivariateTaylor.Coefficients(Function.Erf, t, 5)!;
            var sum = over[5];
            for (int k = 4; k >= 0; k--)
            {
                sum = at[k] + (sum * step);
            }

            Assert.False(Interval.Intersect(sum, Interval.Erf(high)).IsEmpty, $"Taylor from {a} to {b}: {sum}");
        }

        Assert.True(FunctionRange.Slope(Function.Erf, Interval.Entire).IsSubsetOf(Interval.Between(0, 1.13)));
        Assert.True(FunctionRange.Curvature(Function.Erf, Interval.Entire).IsSubsetOf(Interval.Between(-1, 1)));
    }

    [Fact]
    public void The_derivative_and_the_printed_forms_are_the_known_ones()
    {
        Assert.Equal(Expr.Parse("2*pi^(-1/2)*exp(-x^2)"), Expr.Parse("erf(x)").Differentiate("x"));
        Assert.Equal("\\operatorname{erf}\\left(x\\right)", Expr.Parse("erf(x)").ToLatex());
        Assert.Equal(Expr.Parse("0"), Expr.Parse("erf(0)"));
    }

    private static bool IsNarrow(Interval x) => x.Sup <= Math.BitIncrement(Math.BitIncrement(x.Inf));

    private static Interval Evaluate(string formula, Interval x) =>
        Expr.Parse(formula).Evaluate(new Dictionary<string, Interval>(StringComparer.Ordinal) { ["x"] = x });
}
