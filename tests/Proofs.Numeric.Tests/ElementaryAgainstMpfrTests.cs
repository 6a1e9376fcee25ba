namespace Proofs.Numeric.Tests;

public class ElementaryAgainstMpfrTests
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
                .Label($"{name} {x:R}: got {set.ToHexString()}{(inside ? $", MPFR has {theirs(x).ToHexString()}" : "")}");
        }).Holds(Check.Full ? 2000 : 1500);
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
            return (set == theirs(x, y)).Label($"{name} {x:R} {y:R}: got {set.ToHexString()}, MPFR has {theirs(x, y).ToHexString()}");
        }).Holds(Check.Full ? 2000 : 1500);
    }
}
