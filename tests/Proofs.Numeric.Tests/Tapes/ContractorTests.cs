using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;

namespace Proofs.Numeric.Tests.Tapes;

public class ContractorTests
{
    private static readonly RelationKind[] Relations = Enum.GetValues<RelationKind>();

    [Fact]
    public void No_exact_solution_is_cut_off()
    {
        int contracted = 0, certain = 0, empty = 0, solutions = 0;
        var sides = Gen.OneOf(Formulas.Rational, Formulas.Quotient);
        Prop.ForAll(
            sides.Two().ToArbitrary(), Formulas.BoxAndPoint.ToArbitrary(), Gen.Elements(Relations).ToArbitrary(),
            (pair, at, relation) =>
        {
            var (left, right) = (pair.Item1, pair.Item2);
            var point = Formulas.Named(at.Point);
            if (relation == RelationKind.Equal && left.TryEvaluate(point) is { } level)
            {
                right = level; // else equations would have no solutions
            }

            bool? holds = Expr.Holds(new Condition.Comparison(left, relation, right), point);
            Interval[] box = [.. at.Box];
            var result = Contractor.For(left, relation, right, Formulas.Names).Contract(box);
            solutions += holds == true ? 1 : 0;
            contracted += result == ContractionResult.Contracted ? 1 : 0;
            certain += result == ContractionResult.Certain ? 1 : 0;
            empty += result == ContractionResult.Empty ? 1 : 0;
            bool kept = holds != true || box.Zip(at.Point).All(p => p.First.Contains(p.Second));
            bool sure = result != ContractionResult.Certain || holds == true;
            bool within = box.Zip(at.Box).All(p => p.First.IsSubsetOf(p.Second));
            bool told = result is ContractionResult.Contracted or ContractionResult.Empty || box.SequenceEqual(at.Box);
            return (kept && sure && within && told).Label(
                $"{left} {relation.Symbol()} {right} at {Shown(at.Point)} ({holds}) of {Shown(at.Box)}: "
                    + $"{result} {Shown(box)}");
        }).Holds(3000);
        Assert.True(
            contracted > 200 && certain > 100 && empty > 20 && solutions > 500,
            $"{contracted} {certain} {empty} {solutions}");
    }

    [Fact]
    public void No_exact_solution_of_a_condition_is_cut_off()
    {
        var comparison =
            from l in Formulas.Rational
            from r in Gen.Elements(Relations)
            from s in Formulas.Polynomial
            select (Condition)new Condition.Comparison(l, r, s);
        var condition = Gen.OneOf(
            from a in comparison from b in comparison select (Condition)new Condition.All(a, b),
            from a in comparison from b in comparison select (Condition)new Condition.Any(a, b),
            from a in comparison
            from b in comparison
            from c in comparison
            select (Condition)new Condition.All(a, new Condition.Any(b, c)));
        int contracted = 0, certain = 0;
        Prop.ForAll(condition.ToArbitrary(), Formulas.BoxAndPoint.ToArbitrary(), (c, at) =>
        {
            bool? holds = Expr.Holds(c, Formulas.Named(at.Point));
            Interval[] box = [.. at.Box];
            var result = Contractor.For(c, Formulas.Names).Contract(box);
            contracted += result == ContractionResult.Contracted ? 1 : 0;
            certain += result == ContractionResult.Certain ? 1 : 0;
            return ((holds != true || box.Zip(at.Point).All(p => p.First.Contains(p.Second)))
                && (result != ContractionResult.Certain || holds == true))
                    .Label($"{c} at {Shown(at.Point)} of {Shown(at.Box)}: {result} {Shown(box)}");
        }).Holds(1000);
        Assert.True(contracted > 50 && certain > 20, $"{contracted} {certain}");
    }

    // Irrational functions: a point of the box, and the equation f(x, y, z) = a tight enclosure of its value there.
    [Fact]
    public void No_solution_of_an_equation_between_elementary_functions_is_cut_off()
    {
        int contracted = 0;
        Prop.ForAll(Formulas.Any.ToArbitrary(), Formulas.BoxAndPoint.ToArbitrary(), (e, at) =>
        {
            double[] point = [.. at.Box.Select((s, i) => i == 1 ? s.Midpoint : i == 0 ? s.Inf : s.Sup)];
            var value = e.Evaluate(Formulas.Named<Interval>([.. point.Select(Interval.Point)]));
            if (!value.IsBounded)
            {
                return true.Label("");
            }

            Interval[] box = [.. at.Box];
            Expr low = Expr.Constant(BigRational.Exact(value.Inf)), high = Expr.Constant(BigRational.Exact(value.Sup));
            var between = new Condition.All(
                new Condition.Comparison(low, RelationKind.LessOrEqual, e),
                new Condition.Comparison(e, RelationKind.LessOrEqual, high));
            var result = Contractor.For(between, Formulas.Names).Contract(box);
            contracted += result == ContractionResult.Contracted ? 1 : 0;

            // The point solves it wherever e is defined there.
            bool defined = ExprTape.Compile([e], Formulas.Names).EvaluateDecorated([.. point.Select(Interval.Point)])
                .Decoration >= Decoration.Defined;
            return (!defined || box.Zip(point).All(p => p.First.Contains(p.Second)))
                .Label($"{e} = {value} at {Shown(point)} of {Shown(at.Box)}: {result} {Shown(box)}");
        }).Holds(Check.Full ? 1500 : 600);
        Assert.True(contracted > 80, $"{contracted}");
    }

    [Theory]
    [InlineData("x^2 + y^2 = 1", 0.9, 1, -9, 9, 0.9, 1, -0.4359, 0.4359)]
    [InlineData("x^2 + y^2 <= 1", 0.9, 1, 0, 9, 0.9, 1, 0, 0.4359)]
    [InlineData("x*y = 1", 2, 4, -9, 9, 2, 4, 0.25, 0.5)]
    [InlineData("exp(x) <= 1", -9, 9, 0, 1, -9, 0, 0, 1)]
    [InlineData("sqrt(x) >= 2", -9, 9, 0, 1, 4, 9, 0, 1)]
    [InlineData("abs(x) > 3 and x < y", -9, 9, -1, 0, -9, -3, -1, 0)]
    [InlineData("sin(x) = 1", 0, 3, 0, 1, 1.5707, 1.5708, 0, 1)]
    [InlineData("max(x, y) = 2", -9, 1, -9, 9, -9, 1, 2, 2)]
    [InlineData("if(x < 0, x, x + 10) = 12", -9, 9, 0, 1, 2, 2, 0, 1)]
    [InlineData("x < 0 or x > 5", 1, 9, 0, 1, 5, 9, 0, 1)]
    [InlineData("x^3 = -8", -9, 9, 0, 1, -2, -2, 0, 1)]
    [InlineData("floor(x) = 3", -9, 9, 0, 1, 3, 4, 0, 1)]
    [InlineData("x + y = 3 and x - y = 1", -9, 9, -9, 9, -5, 9, -6, 8)]
    public void Known_examples(
        string condition, double a, double b, double c, double d, double p, double q, double r, double s)
    {
        Interval[] box = [Interval.Between(a, b), Interval.Between(c, d)];
        var result = Contractor.For(Condition.Parse(condition), ["x", "y"]).Contract(box);
        Assert.Equal(ContractionResult.Contracted, result);
        foreach (var (side, expected) in box.Zip([Interval.Between(p, q), Interval.Between(r, s)]))
        {
            Assert.True(
                Math.Abs(side.Inf - expected.Inf) < 1e-3 && Math.Abs(side.Sup - expected.Sup) < 1e-3,
                $"{side} and {expected}");
        }
    }

    [Theory]
    [InlineData("x^2 < 0", ContractionResult.Empty)]
    [InlineData("x < x - 1", ContractionResult.Empty)]
    [InlineData("sqrt(x - 5) >= 0", ContractionResult.Empty)]
    [InlineData("exp(x) > 0", ContractionResult.Certain)]
    [InlineData("x <= 1", ContractionResult.Certain)]
    [InlineData("x < 1", ContractionResult.Unchanged)]
    [InlineData("log(x) < 9", ContractionResult.Unchanged)]
    [InlineData("log(x + 1/4) < 9", ContractionResult.Certain)]
    [InlineData("x < 0 or x <= 1", ContractionResult.Certain)]
    public void What_is_told_of_the_unit_interval(string condition, ContractionResult expected) =>
        Assert.Equal(expected, Contractor.For(Condition.Parse(condition), ["x"]).Contract([Interval.Between(0, 1)]));

    [Fact]
    public void A_contractor_that_forgets_the_negative_root_is_found_out()
    {
        Func<Interval, Interval, Interval> ours = (c, x) =>
        {
            // x^2 in c, as two relations over a constant box
            Interval[] box = [x];
            var condition = new Condition.All(
                new Condition.Comparison(
                    BigRational.Exact(c.Inf), RelationKind.LessOrEqual, Expr.Power(Expr.Variable("x"), 2)),
                new Condition.Comparison(
                    Expr.Power(Expr.Variable("x"), 2), RelationKind.LessOrEqual, BigRational.Exact(c.Sup)));
            Contractor.For(condition, ["x"]).Contract(box);
            return box[0];
        };
        Func<Interval, Interval, Interval> mutant = (c, x) => Interval.Intersect(x, Interval.Sqrt(c));
        Assert.Equal(0, Lost(ours));
        Assert.True(Lost(mutant) > 10);

        static int Lost(Func<Interval, Interval, Interval> contract)
        {
            int lost = 0;
            for (int n = -20; n <= 20; n++)
            {
                var point = new BigRational(n, 3);
                var square = Interval.Enclose(point * point);
                lost += contract(square, Interval.Between(-7, 7)).Contains(point) ? 0 : 1;
            }

            return lost;
        }
    }

    private static string Shown<T>(IEnumerable<T> items) => string.Join(", ", items);
}
