using Proofs.Numeric.Intervals;
using Xunit.Abstractions;

namespace Proofs.Numeric.Tests.Intervals;

public class ElementaryAgainstMpfrTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<Interval, Interval>> Unary = new()
    {
        ["exp"] = Interval.Exp,
        ["exp2"] = Interval.Exp2,
        ["exp10"] = Interval.Exp10,
        ["expm1"] = Interval.Expm1,
        ["log"] = Interval.Log,
        ["log2"] = Interval.Log2,
        ["log10"] = Interval.Log10,
        ["log1p"] = Interval.Log1p,
        ["sin"] = Interval.Sin,
        ["cos"] = Interval.Cos,
        ["tan"] = Interval.Tan,
        ["atan"] = Interval.Atan,
        ["asin"] = Interval.Asin,
        ["acos"] = Interval.Acos,
        ["sinh"] = Interval.Sinh,
        ["cosh"] = Interval.Cosh,
        ["tanh"] = Interval.Tanh,
        ["asinh"] = Interval.Asinh,
        ["acosh"] = Interval.Acosh,
        ["atanh"] = Interval.Atanh,
        ["sqrt"] = Interval.Sqrt,
    };

    public static TheoryData<string> Names => new(Unary.Keys);

    [MpfrTheory]
    [MemberData(nameof(Names))]
    public void A_function_at_a_point_is_the_tightest_interval(string name)
    {
        var mine = Unary[name];
        var theirs = Mpfr.Unary(name);
        var arguments = Gen.OneOf(
            Doubles.AnyFinite,
            Doubles.Moderate,
            from x in Doubles.Moderate select Math.Clamp(x / 8, -1, 1),
            from n in Gen.Choose(-8000, 8000) from u in Gen.Choose(-2, 2) select Doubles.Step(n / 8.0, u));
        Prop.ForAll(arguments.ToArbitrary(), x =>
        {
            Interval set = mine(Interval.Point(x));
            bool inside = name switch
            {
                "log" or "log2" or "log10" => x > 0,
                "log1p" => x > -1,
                "asin" or "acos" => Math.Abs(x) <= 1,
                "atanh" => Math.Abs(x) < 1,
                "acosh" => x >= 1,
                "sqrt" => x >= 0,
                _ => true,
            };
            return (inside ? set == theirs(x) : set.IsEmpty)
                .Label($"{name} {x:R}: got "
                    + $"{set.ToHexString()}{(inside ? $", MPFR has {theirs(x).ToHexString()}" : "")}");
        }).Holds(Check.Full ? 2000 : 1500);
    }

    // 10^7 points a function with PROOFS_PROFILE=full (PROOFS_POINTS sets another number), 10^4 in the gate: half of
    // them spread evenly, half with exponents spread evenly. Containment must hold, and the excess over MPFR's bounds
    // must be 0 units.
    [MpfrTheory]
    [InlineData("exp", -745, 710)]
    [InlineData("exp2", -1074, 1024)]
    [InlineData("expm1", -40, 40)]
    [InlineData("log", 0, 1000)]
    [InlineData("log2", 0, 1000)]
    [InlineData("log10", 0, 1000)]
    [InlineData("log1p", -1, 10)]
    [InlineData("sin", -100, 100)]
    [InlineData("cos", -100, 100)]
    [InlineData("tan", -100, 100)]
    [InlineData("atan", -100, 100)]
    [InlineData("sinh", -710, 710)]
    [InlineData("cosh", -710, 710)]
    [InlineData("tanh", -20, 20)]
    [InlineData("asin", -1, 1)]
    [InlineData("acos", -1, 1)]
    public void A_function_is_the_tightest_at_very_many_points(string name, double low, double high)
    {
        var mine = Unary[name];
        var theirs = Mpfr.UnaryReused(name);
        int count = int.TryParse(Environment.GetEnvironmentVariable("PROOFS_POINTS"), out int points) ? points
            : Check.Full ? 10_000_000 : 10_000;
        var random = new Random(17);
        int different = 0, lost = 0;
        for (int i = 0; i < count; i++)
        {
            double x = low + (random.NextDouble() * (high - low));
            if (i % 2 == 0)
            {
                x = Math.ScaleB(x, -random.Next(0, 60));
            }

            Interval set = mine(Interval.Point(x)), tightest = theirs(x);
            lost += tightest.IsSubsetOf(set) ? 0 : 1;
            different += set == tightest ? 0 : 1;
        }

        output.WriteLine(
            $"{name}: {count} points, {lost} containment failures, "
                + $"{different} wider than the tightest (0 ulp of excess elsewhere).");
        Assert.Equal((0, 0), (lost, different));
    }

    [MpfrTheory]
    [InlineData("pow")]
    [InlineData("atan2")]
    public void A_function_of_two_points_is_the_tightest_interval(string name)
    {
        var theirs = Mpfr.Binary(name);
        var pairs =
            from kind in Gen.Choose(0, 3)
            from a in Doubles.AnyFinite
            from b in Doubles.Moderate
            from c in Doubles.Moderate
            from n in Gen.Choose(-40, 40)
            select kind switch
            {
                0 => (a, b),
                1 => (b, c),
                2 => (b, n / 4.0),
                _ => (c, a),
            };
        Prop.ForAll(pairs.ToArbitrary(), pair =>
        {
            var (x, y) = name == "pow" ? (Math.Abs(pair.Item1), pair.Item2) : pair;
            if (x == 0 && (y <= 0 || name == "atan2"))
            {
                return true.ToProperty();
            }

            Interval a = Interval.Point(x), b = Interval.Point(y);
            Interval set = name == "pow" ? Interval.Pow(a, b) : Interval.Atan2(a, b);
            return (set == theirs(x, y))
                .Label($"{name} {x:R} {y:R}: got {set.ToHexString()}, MPFR has {theirs(x, y).ToHexString()}");
        }).Holds(Check.Full ? 2000 : 1500);
    }
}
