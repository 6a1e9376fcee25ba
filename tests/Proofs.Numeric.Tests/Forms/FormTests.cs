using Proofs.Numeric.Expressions;
using Proofs.Numeric.Forms;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Numeric.Tests.Forms;

public class FormTests
{
    [Fact]
    public void A_Taylor_model_contains_the_value_at_every_point() => Prop.ForAll(Formulas.Arbitrary, c =>
    {
        var value = ValueAt(c);
        foreach (int order in (int[])[1, 2])
        {
            var model = TaylorModel.Of(c.F, Formulas.Names, c.Box, order);
            Assert.True(Meets(value, model.Range), $"{c}, order {order}: {value} and {model.Range}");
            Assert.True(
                Meets(value, model.At(Scaled(c.X, c.S), Scaled(c.Y, c.T))),
                $"{c}, order {order}: {value} and the model there");
            Assert.True(
                model.Range.IsSubsetOf(Natural(c)) || model.Range.IsEmpty,
                $"{c}, order {order}: {model.Range} exceeds {Natural(c)}");
        }
    }).Holds(3000);

    [Fact]
    public void An_affine_form_contains_the_value_at_every_point() => Prop.ForAll(Formulas.Arbitrary, c =>
    {
        var form = AffineForm.Of(c.F, Formulas.Names, c.Box);
        Assert.True(Meets(ValueAt(c), form.Range), $"{c}: {ValueAt(c)} and {form.Range}");
    }).Holds(3000);

    // One assignment of the symbols serves all forms of a box: sums of forms contain sums of values, however dependent.
    [Fact]
    public void Forms_of_one_box_hold_jointly() => Prop.ForAll(Formulas.Arbitrary, Formulas.Any.ToArbitrary(), (c, g) =>
    {
        var forms = AffineForm.Of(c.F - g, Formulas.Names, c.Box);
        Assert.True(Meets(ValueAt(c with { F = c.F - g }), forms.Range), $"{c} minus {g}");
    }).Holds(1000);

    [Fact]
    public void What_depends_alike_cancels()
    {
        Interval[] box = [Interval.Between(0, 1), Interval.Between(1, 2)];
        var inputs = AffineForm.OfBox(box);
        var product = inputs[0] * inputs[1];
        Assert.Equal(Interval.Zero, (product - product).Range);
        Assert.Equal(new Interval(), TaylorModel.Of(Expr.Parse("x*y - y*x"), Formulas.Names, box, 2).Range);

        // x (1 − x) is in [0, 1/4]; the natural extension says [0, 1]
        var parabola = TaylorModel.Of(Expr.Parse("x*(1-x)"), Formulas.Names, box, 2).Range;
        Assert.True(parabola.IsSubsetOf(Interval.Between(-1e-15, 0.2500000001)), parabola.ToString());
    }

    // Halving a box divides the remainder by 4 at order one and by 8 at order two, up to rounding.
    [Theory]
    [InlineData(1, 3.7)]
    [InlineData(2, 7.4)]
    public void The_remainder_has_the_order_of_the_model(int order, double factor)
    {
        var f = Expr.Parse("exp(x)*sin(y) + sqrt(x + 2)/(1 + y^2) - log(2 + x*y)");
        double before = Width(0.25), after = Width(0.125);
        Assert.True(before / after > factor, $"{before} / {after}");

        double Width(double r) =>
            TaylorModel.Of(
                f, Formulas.Names, [Interval.Between(0.5 - r, 0.5 + r), Interval.Between(0.25 - r, 0.25 + r)], order)
                    .Remainder.Width;
    }

    [Fact]
    public void Taylor_coefficients_are_those_of_the_derivatives()
    {
        string[] smooth = ["exp", "log", "log2", "sqrt", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "erf"];
        foreach (string text in smooth)
        {
            Expr derivative = Expr.Parse($"{text}(t)");
            var y = Interval.Point(0.6875);
            var coefficients = UnivariateTaylor.Coefficients(Enum.Parse<Function>(text, ignoreCase: true), y, 5)!;
            double factorial = 1;
            for (int k = 0; k <= 5; k++)
            {
                var expected =
                    derivative.Evaluate(new Dictionary<string, Interval> { ["t"] = y }) / Interval.Point(factorial);
                Assert.True(
                    Meets(expected, coefficients[k]) && coefficients[k].Width < 1e-12,
                    $"{text}, {k}: {expected}, {coefficients[k]}");
                derivative = derivative.Differentiate("t");
                factorial *= k + 1;
            }
        }
    }

    [Fact]
    public void What_is_not_smooth_has_no_coefficients()
    {
        Assert.Null(UnivariateTaylor.Coefficients(Function.Log, Interval.Between(0, 1), 2));
        Assert.Null(UnivariateTaylor.Coefficients(Function.Tan, Interval.Between(1, 2), 2));
        Assert.Null(UnivariateTaylor.Coefficients(Function.Abs, Interval.Between(1, 2), 2));
        Assert.Null(UnivariateTaylor.Power(-1, Interval.Between(-1, 1), 2));
    }

    [Fact]
    public void Bad_boxes_are_refused_with_the_side()
    {
        var f = Expr.Parse("x");
        Assert.Contains(
            "x is in", Assert.Throws<ArgumentException>(() => TaylorModel.Of(f, ["x"], [Interval.Entire], 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "side 1", Assert.Throws<ArgumentException>(() => AffineForm.Of(f, ["x"], [Interval.Empty])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TaylorModel.Of(f, ["x"], [Interval.One], 3));
        Assert.Throws<KeyNotFoundException>(() => TaylorModel.Of(Expr.Parse("z"), ["x"], [Interval.One], 1));
    }

    private static Interval ValueAt(Formulas.Case c) => c.F.Evaluate(c.Point);

    private static Interval Natural(Formulas.Case c) =>
        Interval.Hull(c.F.Evaluate(new Dictionary<string, Interval> { ["x"] = c.X, ["y"] = c.Y }), Interval.Empty)
            is var n && n.IsEmpty
            ? Interval.Entire
            : Interval.Between(Down(n.Inf), Up(n.Sup));

    // Both are enclosures of one number, or the value is defined nowhere.
    private static bool Meets(Interval value, Interval form) =>
        value.IsEmpty || !Interval.Intersect(value, form).IsEmpty;

    private static Interval Scaled(Interval side, int k) => side.IsPoint
        ? Interval.Between(-1, 1)
        : (Interval.Point(side.Inf + ((side.Sup - side.Inf) * k / 16)) - Interval.Point(side.Midpoint))
            / Interval.Point(side.Radius);

    private static double Down(double x) => x - (1e-9 * (1 + Math.Abs(x)));

    private static double Up(double x) => x + (1e-9 * (1 + Math.Abs(x)));
}
