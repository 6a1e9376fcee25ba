using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Intervals;

public class IntervalArithmeticTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void A_sum_contains_the_exact_sum_of_any_two_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (a, b) =>
            (a.Set + b.Set).Contains(a.Point + b.Point)
                .Label($"{a.Point} + {b.Point} lies outside {a.Set} + {b.Set}")).Holds();

    [Fact]
    public void A_difference_contains_the_exact_difference_of_any_two_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (a, b) =>
            (a.Set - b.Set).Contains(a.Point - b.Point)
                .Label($"{a.Point} - {b.Point} lies outside {a.Set} - {b.Set}")).Holds();

    [Fact]
    public void A_product_contains_the_exact_product_of_any_two_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (a, b) =>
            (a.Set * b.Set).Contains(a.Point * b.Point)
                .Label($"{a.Point} * {b.Point} lies outside {a.Set} * {b.Set}")).Holds();

    [Fact]
    public void A_quotient_contains_the_exact_quotient_of_any_two_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (a, b) =>
            (b.Point.IsZero || (a.Set / b.Set).Contains(a.Point / b.Point))
                .Label($"{a.Point} / {b.Point} lies outside {a.Set} / {b.Set}")).Holds();

    [Fact]
    public void A_fused_product_contains_the_exact_value_at_any_three_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, Doubles.Members, (a, b, c) =>
            Interval.Fma(a.Set, b.Set, c.Set).Contains((a.Point * b.Point) + c.Point)
                .Label($"{a.Point} * {b.Point} + {c.Point} lies outside fma({a.Set}, {b.Set}, {c.Set})")).Holds();

    [Fact]
    public void Squares_absolute_values_minima_and_maxima_contain_their_members() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (a, b) =>
            Interval.Sqr(a.Set).Contains(a.Point * a.Point)
            && Interval.Abs(a.Set).Contains(BigRational.Abs(a.Point))
            && Interval.Min(a.Set, b.Set).Contains(BigRational.Min(a.Point, b.Point))
            && Interval.Max(a.Set, b.Set).Contains(BigRational.Max(a.Point, b.Point))
            && Interval.Floor(a.Set).Contains(a.Point.Floor())
            && Interval.Ceil(a.Set).Contains(a.Point.Ceiling())
            && (-a.Set).Contains(-a.Point)).Holds();

    [Fact]
    public void A_root_contains_the_roots_of_its_members() =>
        Prop.ForAll(Doubles.Members, a =>
        {
            var root = Interval.Sqrt(a.Set);
            return a.Point.Sign < 0
                || (BigRational.Exact(root.Inf) * BigRational.Exact(root.Inf) <= a.Point
                    && a.Point <= BigRational.Exact(root.Sup) * BigRational.Exact(root.Sup));
        }).Holds();

    [Fact]
    public void An_integer_power_is_tight_at_a_point_and_contains_the_powers_of_its_members() =>
        Prop.ForAll(Doubles.Members, Gen.Choose(-9, 9).ToArbitrary(), (a, n) =>
        {
            if (n < 0 && (a.Point.IsZero || a.Set.Inf == 0))
            {
                return true;
            }

            var x = BigRational.Exact(a.Set.Inf);
            return Interval.Pow(a.Set, n).Contains(BigRational.Pow(a.Point, n))
                && Interval.Pow(Interval.Point(a.Set.Inf), n) == Interval.Enclose(BigRational.Pow(x, n));
        }).Holds();

    [Fact]
    public void Sums_products_and_quotients_of_points_are_tightest() =>
        Prop.ForAll(Doubles.Finite, Doubles.Finite, (a, b) =>
        {
            Interval x = Interval.Point(a), y = Interval.Point(b);
            BigRational p = BigRational.Exact(a), q = BigRational.Exact(b);
            return x + y == Interval.Enclose(p + q) && x - y == Interval.Enclose(p - q)
                && x * y == Interval.Enclose(p * q)
                && (b == 0 ? (x / y).IsEmpty : x / y == Interval.Enclose(p / q));
        }).Holds();

    [Fact]
    public void Division_by_an_interval_around_zero_is_the_set_of_the_quotients()
    {
        Assert.Equal(Interval.Entire, Interval.One / Interval.Between(-1, 1));
        Assert.Equal(Interval.Between(1, Inf), Interval.One / Interval.Between(0, 1));
        Assert.Equal(Interval.Between(-Inf, -1), Interval.One / Interval.Between(-1, 0));
        Assert.Equal(Interval.Empty, Interval.One / Interval.Zero);
        Assert.Equal(Interval.Empty, Interval.Zero / Interval.Zero);
        Assert.Equal(Interval.Zero, Interval.Zero / Interval.Between(-1, 1));
        Assert.Equal(Interval.Entire, Interval.Between(-1, 1) / Interval.Between(0, 1));
        Assert.Equal(Interval.Between(0, Inf), Interval.Between(0, 1) / Interval.Between(0, 1));
        Assert.Equal(Interval.Between(0, 1), Interval.One / Interval.Between(1, Inf));
    }

    [Fact]
    public void Unbounded_intervals_multiply_without_a_NaN()
    {
        Assert.Equal(Interval.Zero, Interval.Zero * Interval.Entire);
        Assert.Equal(Interval.Entire, Interval.Between(0, 1) * Interval.Entire);
        Assert.Equal(Interval.Between(0, Inf), Interval.Between(0, 1) * Interval.Between(0, Inf));
        Assert.Equal(Interval.Entire, Interval.Fma(Interval.Zero, Interval.Entire, Interval.Entire));
        Assert.Equal(Interval.Between(1, Inf), Interval.Fma(Interval.Zero, Interval.Entire, Interval.Between(1, Inf)));
        Assert.Equal(Interval.Entire, Interval.Between(-Inf, 0) + Interval.Between(0, Inf));
    }

    [Fact]
    public void An_empty_operand_makes_an_empty_result()
    {
        Interval e = Interval.Empty, one = Interval.One;
        Interval[] results =
        [
            e + one, one + e, e - one, one - e, e * one, one * e, Interval.Zero * e, e / one, one / e, -e,
            Interval.Fma(e, one, one),
            Interval.Fma(one, one, e), Interval.Sqr(e), Interval.Sqrt(e), Interval.Abs(e), Interval.Min(e, one),
            Interval.Max(one, e), Interval.Pow(e, 0), Interval.Pow(e, 2), Interval.Pow(e, -3), Interval.Floor(e),
            Interval.Ceil(e),
            Interval.Intersect(e, one), Interval.Hull(e, e), Interval.Sqrt(Interval.Between(-2, -1)),
            Interval.Pow(Interval.Zero, -1),
        ];
        Assert.All(results, x => Assert.True(x.IsEmpty && double.IsNaN(x.Inf) && double.IsNaN(x.Sup)));
        Assert.Equal(one, Interval.Hull(e, one));
    }
}
