using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests.Tapes;

// Random formulas over x, y and z, boxes for them and exact points of the boxes.
internal static class Formulas
{
    public static readonly string[] Names = ["x", "y", "z"];

    private static readonly Gen<Expr> Leaf = Gen.OneOf(
        from n in Gen.Choose(-9, 9) from d in Gen.Choose(1, 5) select Expr.Constant(new BigRational(n, d)),
        from v in Gen.Elements(Names) select Expr.Variable(v),
        from v in Gen.Elements(Names) select Expr.Variable(v));

    // Formulas with rational values at rational points: sums, products, quotients, powers, abs, min, max and if.
    public static Gen<Expr> Rational { get; } =
        Gen.Sized(size => Tree(Math.Min(size, 24), smooth: false, partial: true));

    public static Gen<Expr> Polynomial { get; } =
        Gen.Sized(size => Tree(Math.Min(size, 24), smooth: true, partial: false));

    public static Gen<Expr> Quotient { get; } =
        Gen.Sized(size => Tree(Math.Min(size, 24), smooth: true, partial: true));

    // Formulas with every function.
    public static Gen<Expr> Any { get; } = Gen.Sized(size => Wide(Math.Min(size, 12)));

    // Ranges of one variable: narrow, wide, points, unbounded.
    public static Gen<Interval> Side { get; } = Gen.OneOf(
        from a in Gen.Choose(-40, 40) from w in Gen.Choose(0, 12) select Interval.Between(a / 8.0, (a + w) / 8.0),
        from a in Gen.Choose(-40, 40)
        from w in Gen.Elements(0, 1e-9, 0.1, 3)
        select Interval.Between(
            a / 10.0, (a / 10.0) + w),
        from a in Gen.Choose(-9, 9) select Interval.Point(a));

    public static Gen<Interval> WildSide { get; } = Gen.OneOf(
        Side,
        Side,
        Doubles.AnyInterval,
        from a in Doubles.Moderate select Interval.Between(a, double.PositiveInfinity),
        from a in Doubles.Moderate select Interval.Between(double.NegativeInfinity, a),
        Gen.Elements(Interval.Entire, Interval.Empty, Interval.Zero));

    public static Gen<Interval[]> Box(Gen<Interval> side) =>
        from s in side.Three() select (Interval[])[s.Item1, s.Item2, s.Item3];

    // A box and an exact point of it; the point is often a corner.
    public static Gen<(Interval[] Box, BigRational[] Point)> BoxAndPoint { get; } =
        from a in Doubles.Of(Side)
        from b in Doubles.Of(Side)
        from c in Doubles.Of(Side)
        select ((Interval[])[a.Set, b.Set, c.Set], (BigRational[])[a.Point, b.Point, c.Point]);

    public static Dictionary<string, T> Named<T>(T[] values) =>
        Names.Zip(values).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);

    private static Gen<Expr> Tree(int size, bool smooth, bool partial)
    {
        if (size <= 1)
        {
            return Leaf;
        }

        var half = Gen.Fresh(() => 0).SelectMany(_ => Tree(size / 2, smooth, partial));
        List<Gen<Expr>> cases =
        [
            Leaf,
            from a in half from b in half select a + b,
            from a in half from b in half select a - b,
            from a in half from b in half select a * b,
            from a in half from n in Gen.Choose(2, 5) select Expr.Power(a, n),
            from a in half select a * a,
        ];
        if (partial)
        {
            cases.Add(from a in half from b in half select b == Expr.Zero ? a : a / b);
            cases.Add(from a in half from n in Gen.Choose(-3, -1) select a == Expr.Zero ? a : Expr.Power(a, n));
        }

        if (!smooth)
        {
            cases.Add(from a in half select Expr.Apply(Function.Abs, a));
            cases.Add(
                from a in half
                from b in half
                from f in Gen.Elements(Function.Min, Function.Max)
                select Expr.Apply(
                    f, a, b));
            cases.Add(from a in half
                      from b in half
                      from c in half
                      from r in Gen.Elements(Enum.GetValues<RelationKind>())
                      select Expr.If(new Condition.Comparison(a, r, Expr.Variable("y")), b, c));
        }

        return Gen.OneOf(cases);
    }

    private static Gen<Expr> Wide(int size)
    {
        if (size <= 1)
        {
            return Leaf;
        }

        var half = Gen.Fresh(() => 0).SelectMany(_ => Wide(size / 2));
        Function[] unary =
        [
            .. Enum.GetValues<Function>()
            .Where(f => f is not (Function.Min or Function.Max or Function.Binomial or Function.Factorial)),
        ];
        return Gen.OneOf(
            from a in half from b in half select a + b,
            from a in half from b in half select a - b,
            from a in half from b in half select a * b,
            from a in half from b in half select b == Expr.Zero ? a : a / b,
            from a in half from n in Gen.Choose(2, 6) select Expr.Power(a, n),
            from a in half
            from n in Gen.Elements("1/2", "-1/2", "2/3", "-3", "40")
            select a == Expr.Zero
                ? a
                : Expr.Power(a, BigRational.Parse(n)),
            from a in half from f in Gen.Elements(unary) select Applied(f, a),
            from a in half from f in Gen.Elements(unary) select Applied(f, a),
            from a in half from b in half from f in Gen.Elements(Function.Min, Function.Max) select Expr.Apply(f, a, b),
            from a in half from b in half select a is Expr.ConstantCase ? b : Expr.Power(a, b));
    }

    private static Expr Applied(Function f, Expr a) => Expr.Apply(f, a);
}
