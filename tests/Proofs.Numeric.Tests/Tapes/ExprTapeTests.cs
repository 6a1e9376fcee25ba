using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Numeric.Tests.Tapes;

public class ExprTapeTests
{
    [Fact]
    public void A_tape_gives_every_exact_value_and_claims_no_more_than_holds()
    {
        int defined = 0, undefined = 0, partial = 0;
        Prop.ForAll(Formulas.Rational.ToArbitrary(), Formulas.BoxAndPoint.ToArbitrary(), (e, at) =>
        {
            var tape = ExprTape.Compile([e], Formulas.Names);
            var value = tape.EvaluateDecorated(at.Box);
            var exact = e.TryEvaluate(Formulas.Named(at.Point));
            defined += value.Decoration >= Decoration.Defined ? 1 : 0;
            partial += value.Decoration == Decoration.Trivial ? 1 : 0;
            undefined += exact is null ? 1 : 0;
            return (exact is { } v ? value.Set.Contains(v) : value.Decoration == Decoration.Trivial)
                .Label($"{e} at {string.Join(", ", at.Point)}: {exact} outside {value} on "
                    + $"{string.Join(" x ", at.Box)}");
        }).Holds(2000);
        Assert.True(
            defined > 100 && partial > 20 && undefined > 5,
            $"{defined} defined, {partial} partial, {undefined} undefined");
    }

    [Fact]
    public void A_tape_is_as_tight_as_the_expression_it_came_from() =>
        Prop.ForAll(Formulas.Any.ToArbitrary(), Formulas.Box(Formulas.WildSide).ToArbitrary(), (e, box) =>
        {
            // Small powers are products in a tape, each rounding outward once more.
            var expected = e.Evaluate(Formulas.Named(box));
            var value = ExprTape.Compile([e], Formulas.Names).Evaluate(box);
            bool hasPowers = Contains(e, p => p is Expr.PowerCase);
            return (hasPowers || value.IsSubsetOf(expected))
                .Label($"{e} on {string.Join(" x ", box)}: {value}, and not {expected}");
        }).Holds();

    [Fact]
    public void A_batch_has_the_values_of_its_boxes()
    {
        var formula = Gen.OneOf(Formulas.Any, Formulas.Rational);
        Prop.ForAll(formula.ToArbitrary(), Formulas.Box(Formulas.WildSide).ListOf(21).ToArbitrary(), (e, boxes) =>
        {
            var tape = ExprTape.Compile([e], Formulas.Names);
            var batch = new BoxBatch(3, 1);
            foreach (var box in boxes)
            {
                batch.Add(box);
            }

            double[] inf = new double[batch.Count], sup = new double[batch.Count];
            var claims = new Decoration[batch.Count];
            tape.EvaluateBatchDecorated(batch, inf, sup, claims);
            bool exact =
                !Contains(e, p => p is Expr.ConditionalCase c && !c.Condition.Expressions().All(s => s.IsTotal));
            for (int i = 0; i < batch.Count; i++)
            {
                var scalar = tape.EvaluateDecorated(boxes[i]);
                var value = Interval.Raw(inf[i], sup[i]);

                // On a box without points any value will do where a condition compares with a constant.
                if (boxes[i].Any(s => s.IsEmpty) && Contains(e, p => p is Expr.ConditionalCase))
                {
                    continue;
                }

                if (exact ? value != scalar.Set : !scalar.Set.IsSubsetOf(value))
                {
                    return false.Label($"{e} on {string.Join(" x ", boxes[i])}: {value}, and not {scalar.Set}");
                }

                if (claims[i] > scalar.Decoration)
                {
                    return false.Label($"{e} on {string.Join(" x ", boxes[i])}: {claims[i]} is more than {scalar}");
                }
            }

            return true.Label("");
        }).Holds(400);
    }

    [Fact]
    public void Blocks_do_not_mix_and_slots_are_reused()
    {
        var e = Expr.Parse("(x + y)^2*(x - y)^3 + exp(x*y)/(2 + z^2) + max(x, y, z)*abs(x - 1/3) + (x + y)");
        var tape = ExprTape.Compile([e, Expr.Parse("x*y")], Formulas.Names);
        Assert.True(tape.Plan.Count < tape.OperationCount);
        var batch = new BoxBatch(3);
        batch.Resize(1000);
        for (int i = 0; i < batch.Count; i++)
        {
            batch[i, 0] = Interval.Between(i / 100.0, (i + 1) / 100.0);
            batch[i, 1] = Interval.Between(-i / 70.0, i / 90.0);
            batch[i, 2] = Interval.Point(i % 7);
        }

        double[] inf = new double[1000], sup = new double[1000];
        foreach (int output in (int[])[0, 1])
        {
            tape.EvaluateBatch(batch, inf, sup, output);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal(
                    tape.Evaluate([batch[i, 0], batch[i, 1], batch[i, 2]], output), Interval.Raw(inf[i], sup[i]));
            }
        }
    }

    [Theory]
    [InlineData("1/x", -1, 1, Decoration.Trivial)]
    [InlineData("1/x", 1, 2, Decoration.Common)]
    [InlineData("sqrt(x)", 0, 4, Decoration.Common)]
    [InlineData("sqrt(x)", -1, 4, Decoration.Trivial)]
    [InlineData("0*log(x)", -1, 4, Decoration.Trivial)]
    [InlineData("abs(sqrt(x))", -1, 4, Decoration.Trivial)]
    [InlineData("floor(x)", 0.25, 0.5, Decoration.Continuous)]
    [InlineData("floor(x)", 0.25, 1.5, Decoration.Defined)]
    [InlineData("if(x < 1, x, 2 - x)", 0, 2, Decoration.Defined)]
    [InlineData("if(x < 3, x, log(-x))", 0, 2, Decoration.Common)]
    [InlineData("if(log(x) < 3, 1, 2)", -1, 2, Decoration.Trivial)]
    [InlineData("if(log(x) < 3, 1, 2)", 1, 2, Decoration.Common)]
    [InlineData("x^x", 0, 2, Decoration.Trivial)]
    [InlineData("x^x", 0.5, 2, Decoration.Common)]
    [InlineData("x^(2/3)", 0, 2, Decoration.Common)]
    [InlineData("tan(x)", 1, 2, Decoration.Trivial)]
    [InlineData("binomial(x, 2)", 4, 4, Decoration.Continuous)]
    [InlineData("factorial(x)", 4, 5, Decoration.Trivial)]
    public void What_is_known_of_a_function_on_a_range(string formula, double inf, double sup, Decoration expected) =>
        Assert.Equal(
            expected,
            ExprTape.Compile([Expr.Parse(formula)], ["x"]).EvaluateDecorated([Interval.Between(inf, sup)]).Decoration);

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ExprTape.Compile([Expr.Parse("x + t")], ["x"]));
        Assert.Throws<ArgumentException>(() => ExprTape.Compile([Expr.Parse("x")], ["x", "x"]));
        var tape = ExprTape.Compile([Expr.Parse("x + 1")], ["x"]);
        Assert.Throws<ArgumentException>(() => tape.Evaluate([Interval.One, Interval.One]));
        foreach (var (
            inf, sup) in new[] { (double.NaN, 1.0), (1.0, double.NaN), (2.0, 1.0),
            (double.PositiveInfinity, double.PositiveInfinity) })
        {
            foreach (int count in (int[])[1, 8, 11])
            {
                var batch = new BoxBatch(1);
                batch.Resize(count);
                (batch.Inf(0)[count - 1], batch.Sup(0)[count - 1]) = (inf, sup);
                Assert.Throws<ArgumentException>(() => tape.EvaluateBatch(batch, new double[count], new double[count]));
            }
        }

        var empty = new BoxBatch(1);
        empty.Add([Interval.Empty]);
        double[] result = [0], top = [0];
        tape.EvaluateBatch(empty, result, top);
        Assert.True(double.IsNaN(result[0]) && double.IsNaN(top[0]));
    }

    private static bool Contains(Expr e, Predicate<Expr> wanted) =>
        wanted(e) || e.Children.Any(c => Contains(c, wanted));
}
