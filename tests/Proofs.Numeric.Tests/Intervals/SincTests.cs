using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Forms;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Intervals;

/// <summary>Intervals around sinc and its derivatives contain what they should, and little besides.</summary>
public sealed class SincTests
{
    private const double Inf = double.PositiveInfinity;
    private const double Least = -0.21723362821122166; // of mpmath: -0.217233628211221657408…

    // The first extrema by mpmath, and the values there.
    private static readonly (double At, double Value)[] Extrema =
    [
        (4.493409457909064, Least), (7.725251836937707, 0.1283745535258991), (10.904121659428899, -0.09132520282305767),
        (14.066193912831473, 0.07091345945046215), (17.22075527193077, -0.057971802346153886),
    ];

    [Fact]
    public void Values_known_to_40_digits_are_enclosed_by_neighbours()
    {
        foreach (var (x, digits) in SincValues.All)
        {
            var (low, high) = SincValues.Ends(digits);
            var at = Interval.Point(x);
            foreach (var value in (Interval[])[Interval.Sinc(at), Evaluate("sinc(x)", at)])
            {
                bool isInside = BigRational.Exact(value.Inf) <= high && low <= BigRational.Exact(value.Sup);
                Assert.True(isInside && value.Sup <= Math.BitIncrement(value.Inf), $"sinc({x}) in {value}");
                Assert.Equal(value, Interval.Sinc(Interval.Point(-x)));
            }

            var precise = Precise.Sinc(DyadicInterval.Point(Binary64.ExactDyadic(x)), 120);
            Assert.True(precise.Inf.ToRational() <= high && low <= precise.Sup.ToRational(), $"sinc({x}) in {precise}");
        }
    }

    [Fact]
    public void The_extrema_inside_are_found_and_no_others()
    {
        Assert.Equal(Interval.One, Interval.Sinc(Interval.Zero));
        Assert.True(Interval.Sinc(Interval.Empty).IsEmpty);
        foreach (var all in (Interval[])[Interval.Entire, Interval.Between(-1, Inf), Interval.Between(-20, 20)])
        {
            var range = Interval.Sinc(all);
            Assert.Equal(1, range.Sup);
            Assert.True(Least - 1e-16 <= range.Inf && range.Inf <= Least, $"{range}");
        }

        for (int i = 0; i < Extrema.Length; i++)
        {
            var (at, value) = Extrema[i];
            foreach (double width in (double[])[0.7, 1e-3, 1e-10, 1e-15])
            {
                foreach (var t in (Interval[])[Interval.Between(at - width, at + width),
                    Interval.Between(-at - width, width - at)])
                {
                    var range = Interval.Sinc(t);
                    double found = value < 0 ? range.Inf : range.Sup;
                    Assert.True(Math.Abs(found - value) < 1e-15, $"{t}: {range}, not {value}");
                }
            }

            // between two of them it is monotone, and on a longer way the two next ones count
            double next = i + 1 < Extrema.Length ? Extrema[i + 1].At - 1e-9 : at + 2;
            Assert.Equal(Ends(at + 1e-9, next), Interval.Sinc(Interval.Between(at + 1e-9, next)));
            if (i + 1 < Extrema.Length)
            {
                var range = Interval.Sinc(Interval.Between(at - 0.1, i == 0 ? Inf : 1000));
                var (low, high) = value < 0 ? (value, Extrema[i + 1].Value) : (Extrema[i + 1].Value, value);
                bool isNear = Math.Abs(range.Inf - low) < 1e-15 && Math.Abs(range.Sup - high) < 1e-15;
                Assert.True(isNear, $"{at}: {range}, not [{low}, {high}]");
            }
        }

        Assert.Equal(Ends(0, 4.4934), Interval.Sinc(Interval.Between(0, 4.4934)));
        Assert.Equal(Interval.Between(Interval.Sinc(Interval.Point(3)).Inf, 1), Interval.Sinc(Interval.Between(-1, 3)));

        static Interval Ends(double a, double b) =>
            Interval.Hull(Interval.Sinc(Interval.Point(a)), Interval.Sinc(Interval.Point(b)));
    }

    [Fact]
    public void Extreme_arguments_are_enclosed()
    {
        double[] extreme = [double.Epsilon, 1e-310, 3e-9, 4e-9, 1e15, 1e16, 1e100, 1e300, double.MaxValue];
        foreach (double x in extreme)
        {
            var value = Interval.Sinc(Interval.Point(x));
            Assert.True(value.Sup <= Math.BitIncrement(value.Inf) && value.Magnitude <= 1, $"{x}: {value}");
            Assert.True(value.Magnitude * x <= 1.0000001 || x < 1, $"{x}: {value}");
            var wide = Interval.Sinc(Interval.Between(x, 2 * x));
            Assert.True(value.IsSubsetOf(wide) && (x < 1 || wide.Magnitude <= 1.0000001 / x), $"{x}: {wide}");
            var slope = FunctionRange.Slope(Function.Sinc, Interval.Point(x));
            Assert.True(slope.Magnitude <= 0.5, $"{x}: {slope}");
        }

        Assert.True(Interval.Sinc(Interval.Between(1e300, Inf)).Magnitude <= 1.0000001e-300);
        Assert.True(FunctionRange.Slope(Function.Sinc, Interval.Between(1e300, Inf)).Magnitude <= 2.0000001e-300);
        Assert.True(FunctionRange.Slope(Function.Sinc, Interval.Entire).IsSubsetOf(Interval.Between(-0.5, 0.5)));
        Assert.True(FunctionRange.Curvature(Function.Sinc, Interval.Entire).Magnitude <= 0.3333333333333334);
        Assert.True(FunctionRange.Slope(Function.Sinc, Interval.Empty).IsEmpty);
        Assert.Equal(Interval.Zero, FunctionRange.Slope(Function.Sinc, Interval.Zero));
        var bend = FunctionRange.Curvature(Function.Sinc, Interval.Zero);
        Assert.True(bend.Contains(new BigRational(-1, 3)) && bend.Width < 1e-15, $"{bend}");
    }

    // The range of an interval is the hull of its values, which many points come near.
    [Fact]
    public void The_range_is_that_of_many_points()
    {
        Prop.ForAll(
            (from inf in Gen.Choose(-40_000, 40_000)
             from width in Gen.Elements(1, 50, 400, 3000, 9000)
             select Interval.Between(inf / 1000.0, (inf + width) / 1000.0)).ToArbitrary(),
            t =>
            {
                var range = Interval.Sinc(t);
                var points = Enumerable.Range(0, 1001)
                    .Select(i => Math.Min(t.Sup, t.Inf + (t.Width * i / 1000)))
                    .Select(x => Interval.Sinc(Interval.Point(x))).ToArray();
                double low = points.Min(p => p.Inf), high = points.Max(p => p.Sup);
                return (points.All(p => p.IsSubsetOf(range)) && low - range.Inf < 1e-4 && range.Sup - high < 1e-4)
                    .Label($"{t}: {range}, points in [{low}, {high}]");
            }).Holds(Check.Full ? 1000 : 100);
    }

    // A difference quotient is a value of the derivative in between, and one of slopes a value of the second one.
    [Fact]
    public void Difference_quotients_are_values_of_the_derivatives()
    {
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            double a = (random.NextDouble() * 30) - 15, b = a + (random.NextDouble() * (i % 2 == 0 ? 0.01 : 2)) + 1e-4;
            Interval t = Interval.Between(a, b), low = Interval.Point(a), high = Interval.Point(b), step = high - low;
            var quotient = (Interval.Sinc(high) - Interval.Sinc(low)) / step;
            var bend = (FunctionRange.Slope(Function.Sinc, high) - FunctionRange.Slope(Function.Sinc, low)) / step;
            Assert.False(
                Interval.Intersect(FunctionRange.Slope(Function.Sinc, t), quotient).IsEmpty, $"{quotient} on {t}");
            Assert.False(
                Interval.Intersect(FunctionRange.Curvature(Function.Sinc, t), bend).IsEmpty, $"{bend} on {t}");

            // Taylor's theorem with Lagrange's remainder
            var at = UnivariateTaylor.Coefficients(Function.Sinc, low, 4)!;
            var over = UnivariateTaylor.Coefficients(Function.Sinc, t, 5)!;
            var sum = over[5];
            for (int k = 4; k >= 0; k--)
            {
                sum = at[k] + (sum * step);
            }

            Assert.False(Interval.Intersect(sum, Interval.Sinc(high)).IsEmpty, $"Taylor from {a} to {b}: {sum}");
        }
    }

    // (cos(t) - sinc(t))/t and its derivative, where t is not near 0.
    [Fact]
    public void Coefficients_away_from_zero_are_those_of_the_quotient()
    {
        foreach (double y in (double[])[-7.5, 0.6875, 1, 2.25, 30])
        {
            var coefficients = UnivariateTaylor.Coefficients(Function.Sinc, Interval.Point(y), 5)!;
            var quotient = Expr.Parse("sin(x)/x");
            double factorial = 1;
            for (int k = 0; k <= 5; k++)
            {
                var expected = Evaluate(quotient.ToString(), Interval.Point(y)) / Interval.Point(factorial);
                Assert.True(
                    !Interval.Intersect(expected, coefficients[k]).IsEmpty && coefficients[k].Width < 1e-15,
                    $"{y}, {k}: {expected}, {coefficients[k]}");
                quotient = quotient.Differentiate("x");
                factorial *= k + 1;
            }
        }
    }

    [Fact]
    public void It_has_no_derivative_formula_and_the_printed_forms_are_the_known_ones()
    {
        string problem =
            Assert.Throws<NotSupportedException>(() => Expr.Parse("x*sinc(2*x)").Differentiate("x")).Message;
        Assert.Contains("sinc(2*x) has no derivative formula", problem, StringComparison.Ordinal);
        Assert.Equal(Expr.Parse("sinc(2)"), Expr.Parse("x*sinc(2)").Differentiate("x"));
        Assert.Equal("\\operatorname{sinc}\\left(x\\right)", Expr.Parse("sinc(x)").ToLatex());
        Assert.Equal(Expr.Parse("1"), Expr.Parse("sinc(0)"));
        Assert.Equal(
            Interval.Between(0.84147098480789650, 0.84147098480789662), Evaluate("sinc(x)", Interval.Between(1, 1)));
    }

    private static Interval Evaluate(string formula, Interval x) =>
        Expr.Parse(formula).Evaluate(new Dictionary<string, Interval>(StringComparer.Ordinal) { ["x"] = x });
}
