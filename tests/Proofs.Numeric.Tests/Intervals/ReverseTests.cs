using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests.Intervals;

public class ReverseTests
{
    private static readonly Dictionary<string,
        (Func<Interval, Interval> Forward, Func<Interval, Interval, Interval> Back)> Functions = new()
        {
            ["sqr"] = (Interval.Sqr, Reverse.Sqr),
            ["abs"] = (Interval.Abs, Reverse.Abs),
            ["sin"] = (Interval.Sin, Reverse.Sin),
            ["cos"] = (Interval.Cos, Reverse.Cos),
            ["tan"] = (Interval.Tan, Reverse.Tan),
            ["cosh"] = (Interval.Cosh, Reverse.Cosh),
            ["x^3"] = (x => Interval.Pow(x, 3), (c, x) => Reverse.Pow(c, x, 3)),
            ["x^-2"] = (x => Interval.Pow(x, -2), (c, x) => Reverse.Pow(c, x, -2)),
            ["x^-3"] = (x => Interval.Pow(x, -3), (c, x) => Reverse.Pow(c, x, -3)),
            ["x^4"] = (x => Interval.Pow(x, 4), (c, x) => Reverse.Pow(c, x, 4)),
        };

    private static readonly Gen<Interval> Sets = Gen.OneOf(
        Doubles.AnyInterval,
        from a in Doubles.Moderate from w in Gen.Elements(0, 1e-9, 0.5, 10, 1e6) select Interval.Between(a, a + w));

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_with_its_value_in_the_set_survives_the_contraction(string name)
    {
        var (forward, back) = Functions[name];
        Prop.ForAll(Sets.ToArbitrary(), Sets.ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(), (x, other, end) =>
        {
            double t = end switch { 0 => x.Inf, 1 => x.Sup, _ => x.Midpoint };
            var value = forward(Interval.Point(t));
            Interval narrow = back(value, x), wide = back(Interval.Hull(value, other), x);
            return (value.IsEmpty
                || (narrow.Contains(t) && wide.Contains(t) && narrow.IsSubsetOf(wide) && wide.IsSubsetOf(x)))
                .Label($"{name}: {t:R} in {x} is lost in {narrow} or {wide}");
        }).Holds(Check.Full ? 2000 : 500);
    }

    [Fact]
    public void A_factor_survives_the_reverse_product() =>
        Prop.ForAll(Doubles.Members, Doubles.Members, (t, b) =>
        {
            var c = Interval.Enclose(t.Point * b.Point);
            var pair = Reverse.MultiplyToPair(b.Set, c);
            return (pair.First.Contains(t.Point) || pair.Second.Contains(t.Point))
                && Reverse.Multiply(b.Set, c, t.Set).Contains(t.Point);
        }).Holds();

    [Fact]
    public void Solutions_of_an_equation_on_the_circle_are_cut_to_the_arcs_where_they_lie()
    {
        var half = Interval.Between(0.5, 1);
        var x = Reverse.Sin(half, Interval.Between(0, 10));
        Assert.True(x.Inf is > 0.5235 and < 0.5236 && x.Sup is > 8.901 and < 8.902);
        Assert.True(Reverse.Sin(half, Interval.Between(3, 6)).IsEmpty);
        Assert.Equal(Interval.Zero, Reverse.Cos(Interval.One, Interval.Between(-3, 3)));
        Assert.Equal(
            double.PositiveInfinity, Reverse.Tan(Interval.Zero, Interval.Between(1, double.PositiveInfinity)).Sup);
    }
}
