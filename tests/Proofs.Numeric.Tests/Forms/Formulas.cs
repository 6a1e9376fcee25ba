using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests.Forms;

// Random formulas in x and y, small boxes for them, and rational points of those boxes.
internal static class Formulas
{
    public static readonly string[] Names = ["x", "y"];

    private static readonly Function[] Unary =
    [
        Function.Exp, Function.Log, Function.Log2, Function.Sqrt, Function.Sin, Function.Cos, Function.Tan,
        Function.Atan, Function.Sinh,
        Function.Cosh, Function.Tanh, Function.Abs, Function.Floor,
    ];

    public static Gen<Expr> Any { get; } = Gen.Sized(size => Of(Math.Min(4, 1 + (size / 20))));

    public static Gen<Case> Cases { get; } =
        from f in Any
        from x in Side
        from y in Side
        from s in Gen.Choose(0, 16)
        from t in Gen.Choose(0, 16)
        select new Case(f, x, y, s, t);

    public static Arbitrary<Case> Arbitrary => Cases.ToArbitrary();

    private static Gen<Interval> Side =>
        from a in Gen.Choose(-24, 24)
        from w in Gen.Elements(0, 1, 2, 5, 16, 40)
        select Interval.Between(a / 8.0, (a + w) / 8.0);

    private static Gen<Expr> Of(int depth)
    {
        Gen<Expr> leaf = Gen.OneOf(
            Gen.Elements(Expr.Variable("x"), Expr.Variable("y")),
            from n in Gen.Choose(-9, 9) from d in Gen.Choose(1, 6) select Expr.Constant(new BigRational(n, d)));
        if (depth == 0)
        {
            return leaf;
        }

        var part = Gen.OneOf(leaf, Of(depth - 1), Of(depth - 1));
        return Gen.OneOf(
            from a in part from b in part select a + b,
            from a in part from b in part select a - b,
            from a in part from b in part select a * b,
            from a in part from b in part select a / (b * b + 1),
            from a in part
            from n in Gen.Elements("2", "3", "-1", "1/2", "-2", "5/3")
            select Expr.Power(
                a, Expr.Parse(n)),
            from a in part from f in Gen.Elements(Unary) select Expr.Apply(f, a),
            from a in part from b in part from f in Gen.Elements(Function.Min, Function.Max) select Expr.Apply(f, a, b),
            from a in part
            from b in part
            from c in part
            select Expr.If(
                new Condition.Comparison(a, RelationKind.LessOrEqual, c), b, a));
    }

    // The point s/16 and t/16 of the way along the sides.
    public sealed record Case(Expr F, Interval X, Interval Y, int S, int T)
    {
        public Interval[] Box => [X, Y];

        public Dictionary<string, Interval> Point =>
            new(StringComparer.Ordinal) { ["x"] = Along(X, S), ["y"] = Along(Y, T) };

        public override string ToString() => $"{F} on {X} × {Y} at {S}/16, {T}/16";

        private static Interval Along(Interval side, int k) =>
            Interval.Point(side.Inf + ((side.Sup - side.Inf) * k / 16));
    }
}
