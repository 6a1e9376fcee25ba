using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Intervals;

// What holds of the functions on intervals, with the any-precision functions as the oracle at exact members.
public class ElementaryTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly Dictionary<string,
        (Func<Interval, Interval> Fast, Func<DyadicInterval, int, DyadicInterval> Exact)>
        Functions = new()
        {
            ["exp"] = (Interval.Exp, Precise.Exp),
            ["exp2"] = (Interval.Exp2, Precise.Exp2),
            ["log"] = (Interval.Log, Precise.Log),
            ["log2"] = (Interval.Log2, Precise.Log2),
            ["sqrt"] = (Interval.Sqrt, Precise.Sqrt),
            ["sin"] = (Interval.Sin, Precise.Sin),
            ["cos"] = (Interval.Cos, Precise.Cos),
            ["tan"] = (Interval.Tan, Precise.Tan),
            ["atan"] = (Interval.Atan, Precise.Atan),
            ["sinh"] = (Interval.Sinh, Precise.Sinh),
            ["cosh"] = (Interval.Cosh, Precise.Cosh),
            ["tanh"] = (Interval.Tanh, Precise.Tanh),
            ["erf"] = (Interval.Erf, Precise.Erf),
            ["sinc"] = (Interval.Sinc, Precise.Sinc),
        };

    // Intervals of every width with bounds of moderate size, and members of them that are rarely binary64 numbers.
    private static readonly Arbitrary<Member> Members = Doubles.Of(
        from a in Doubles.Moderate
        from width in Gen.Elements(0, 1e-12, 0.01, 0.5, 2, 5, 9)
        from scale in Gen.Elements(1e-3, 1, 1, 30)
        let inf = Math.Clamp(a, -500, 500) * scale / 30
        select Interval.Between(inf, inf + width)).ToArbitrary();

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_an_interval_contains_its_values_at_members(string name)
    {
        var (fast, exact) = Functions[name];
        Prop.ForAll(Members, x =>
        {
            if ((name.StartsWith("log", StringComparison.Ordinal) && x.Point.Sign <= 0)
                || (name == "sqrt" && x.Point.Sign < 0))
            {
                return true.ToProperty();
            }

            var point = Dyadic.RoundDown(x.Point, 200);
            if (point.ToRational() < BigRational.Exact(x.Set.Inf))
            {
                return true.ToProperty();
            }

            var value = exact(DyadicInterval.Point(point), 200);
            return value.ToInterval().IsSubsetOf(fast(x.Set))
                .Label($"{name} {point} = {value} lies outside {fast(x.Set)}, x in {x.Set}");
        }).Holds(Check.Full ? 2000 : 500);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_precision_enclosures_are_narrow_and_nest(string name)
    {
        var exact = Functions[name].Exact;
        Prop.ForAll(Members, Gen.Choose(10, 300).ToArbitrary(), (x, bits) =>
        {
            var point = DyadicInterval.Point(
                Binary64.ExactDyadic(name.StartsWith("log", StringComparison.Ordinal) || name == "sqrt"
                ? Math.Abs(x.Set.Inf) + 1e-9
                : x.Set.Inf));
            DyadicInterval loose = exact(point, bits), tight = exact(point, bits + 70);
            var size = BigRational.Abs(tight.Inf.ToRational());
            return (loose.Inf <= tight.Inf && tight.Sup <= loose.Sup
                && loose.Width.ToRational() <= size * BigRational.PowerOfTwo(4 - bits))
                .Label($"{name} {point} to {bits} bits: {loose}, {tight}");
        }).Holds(Check.Full ? 1000 : 200);
    }

    [Fact]
    public void Known_constants_are_enclosed_to_many_digits()
    {
        Assert.StartsWith(
            "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899",
            Digits(Precise.Pi(400)), StringComparison.Ordinal);
        Assert.StartsWith(
            "2.71828182845904523536028747135266249775724709369995957496696762772407663035354759",
            Digits(Precise.Exp(DyadicInterval.Point(1), 400)), StringComparison.Ordinal);
        Assert.StartsWith(
            "0.693147180559945309417232121458176568075500134360255254120680009493393621969694715",
            Digits(Precise.Log(DyadicInterval.Point(2), 400)), StringComparison.Ordinal);
        Assert.StartsWith(
            "1.41421356237309504880168872420969807856967187537694807317667973799073247846210703",
            Digits(Precise.Pow(DyadicInterval.Point(2), BigRational.Half, 400)), StringComparison.Ordinal);
        Assert.Equal(Interval.Between(Math.PI, Math.BitIncrement(Math.PI)), Interval.Pi);

        static string Digits(DyadicInterval x) => x.Inf.ToRational().ToDecimalRoundedDown(90);
    }

    [Fact]
    public void Extremes_of_the_circular_functions_inside_are_found()
    {
        Assert.Equal(1, Interval.Sin(Interval.Between(1, 2)).Sup);
        Assert.Equal(-1, Interval.Sin(Interval.Between(4, 5)).Inf);
        Assert.Equal(Interval.Between(-1, 1), Interval.Sin(Interval.Between(0, 7)));
        Assert.Equal(Interval.Between(-1, 1), Interval.Cos(Interval.Entire));
        Assert.Equal(1, Interval.Cos(Interval.Between(-1e-300, 0)).Sup);
        Assert.Equal(1, Interval.Cos(Interval.Between(0, 1)).Sup);
        Assert.True(Interval.Sin(Interval.Between(1, 1.5)).Sup < 1);
        Assert.Equal(-1, Interval.Cos(Interval.Between(3, 3.5)).Inf);
        Assert.Equal(1, Interval.Sin(Interval.Between(-5, -4)).Sup);
    }

    [Fact]
    public void A_tangent_across_a_pole_is_unbounded_and_beside_it_is_not()
    {
        Assert.Equal(Interval.Entire, Interval.Tan(Interval.Between(1, 2)));
        Assert.Equal(Interval.Entire, Interval.Tan(Interval.Between(-2, 2)));
        Assert.Equal(Interval.Entire, Interval.Tan(Interval.Between(1, 5)));
        Assert.True(Interval.Tan(Interval.Between(1, Math.PI / 2)).IsBounded);
        Assert.True(Interval.Tan(Interval.Between(Math.BitIncrement(Math.PI / 2), 4)).IsBounded);
        Assert.Equal(Interval.Entire, Interval.Tan(Interval.Between(1, Math.BitIncrement(Math.PI / 2))));
    }

    [Fact]
    public void Members_outside_the_domain_are_left_out()
    {
        Assert.Equal(Interval.Between(-Inf, 0), Interval.Log(Interval.Between(-3, 1)));
        Assert.True(Interval.Log(Interval.Between(-3, 0)).IsEmpty);
        Assert.True(Interval.Log(Interval.Empty).IsEmpty);
        Assert.Equal(Interval.Entire, Interval.Log(Interval.Entire));
        Assert.True(Interval.Acos(Interval.Between(2, 3)).IsEmpty);
        Assert.Equal(0, Interval.Acos(Interval.Between(1, 3)).Sup);
        Assert.Equal(Interval.Between(0, Inf), Interval.Exp(Interval.Entire));
        Assert.Equal(Interval.Between(-1, 1), Interval.Tanh(Interval.Entire));
        Assert.Equal(Interval.Between(double.MaxValue, Inf), Interval.Exp(Interval.Point(800)));
        Assert.Equal(Interval.Between(0, double.Epsilon), Interval.Exp(Interval.Point(-800)));
    }

    [Fact]
    public void Integer_rational_and_real_powers_have_their_own_domains()
    {
        var x = Interval.Between(-8, 8);
        Assert.Equal(Interval.Between(-2, 2), Interval.Root(x, 3));
        Assert.Equal(Interval.Between(0, 2), Interval.Pow(x, new BigRational(1, 3)));
        Assert.Equal(Interval.Between(0, 64), Interval.Pow(x, 2));
        Assert.Equal(Interval.Between(0, 8), Interval.Pow(Interval.Between(0, 4), new BigRational(3, 2)));
        Assert.Equal(Interval.Between(0.125, Inf), Interval.Pow(Interval.Between(0, 4), new BigRational(-3, 2)));
        Assert.Equal(Interval.Zero, Interval.Pow(Interval.Zero, Interval.Between(-1, 1)));
        Assert.True(Interval.Pow(Interval.Zero, Interval.Between(-1, 0)).IsEmpty);
        Assert.Equal(Interval.Between(0, Inf), Interval.Pow(Interval.Between(0, Inf), Interval.Entire));
        Assert.Equal(Interval.Between(0.25, 4), Interval.Pow(Interval.Between(0.5, 2), Interval.Between(-2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Root(x, 0));
    }

    [Fact]
    public void A_rational_power_of_a_point_brackets_its_exact_value() =>
        Prop.ForAll(
            Doubles.Moderate.ToArbitrary(), Gen.Choose(-7, 7).ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(),
            (a, p, q) =>
        {
            double x = Math.Abs(a) + 0.001;
            var power = Interval.Pow(Interval.Point(x), new BigRational(p, q));
            var exact = BigRational.Pow(BigRational.Exact(x), p);
            BigRational low = BigRational.Pow(BigRational.Exact(power.Inf), q),
                high = BigRational.Pow(BigRational.Exact(power.Sup), q);
            return (low <= exact && exact <= high && (power.IsPoint || power.Sup == Math.BitIncrement(power.Inf)))
                .Label($"{x:R}^({p}/{q}) = {power}");
        }).Holds();

    [Fact]
    public void Arguments_without_a_value_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Precise.Log(DyadicInterval.Point(0), 53));
        Assert.Throws<ArgumentOutOfRangeException>(() => Precise.Sqrt(DyadicInterval.Point(-1), 53));
        Assert.Throws<ArgumentOutOfRangeException>(() => Precise.Exp(DyadicInterval.Point(new Dyadic(1, 40)), 53));
        Assert.Throws<DivideByZeroException>(() => Precise.Tan(DyadicInterval.Between(1, 2), 53));
        Assert.Throws<ArgumentOutOfRangeException>(() => Precise.Exp(DyadicInterval.Point(1), 0));
    }
}
