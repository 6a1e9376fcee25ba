using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Holder.Membership;

// What is known of a formula on a closed box.
//   Range       contains the values there
//   Continuous  the formula is defined on the whole box, and its restriction to it is continuous
//   Slopes      interval vectors whose convex hull contains the generalised gradients (Clarke) at every point inside
//               the box, so that the restriction is Lipschitz with constant max over the vectors of Σ_i |g_i| in the
//               sup norm; null where not shown
// Sums, products and smooth functions obey the rules of calculus; |u| has the slopes of u and of −u where u changes
// sign, a maximum those of every part that can be the largest. A formula that is Lipschitz on each of finitely many
// boxes that cover the cube is so on the cube: a segment is cut by the boxes, and lengths add up in the sup norm.
// [Clarke 1983, 2.3; Lebourg's mean value theorem]
internal sealed record Local(Interval Range, bool Continuous, Interval[][]? Slopes)
{
    public static Local Unknown(Interval range) => new(range, false, null);

    // max over the slopes of Σ_i |g_i|, rounded up.
    public double Steepness => Slopes is null ? double.PositiveInfinity : Slopes.Max(
        g => g.Aggregate(Interval.Zero, (sum, s) => sum + Interval.Abs(s)).Sup);

    // The hull of the slopes in direction i.
    public Interval Slope(int i) => Slopes is null
        ? Interval.Entire
        : Slopes.Aggregate(Interval.Empty, (hull, g) => Interval.Hull(hull, g[i]));
}

// Evaluates formulas and their slopes on one box.
internal sealed class LocalForm(IReadOnlyList<string> names, Interval[] box)
{
    private const int MostSlopes = 32;
    private readonly Dictionary<Expr, Local> _known = [];

    public Local Of(Expr e)
    {
        if (!_known.TryGetValue(e, out var value))
        {
            var computed = Compute(e);

            // an unbounded or empty range says that something went beyond the numbers, or is undefined
            _known[e] = value = computed.Range.IsBounded && !computed.Range.IsEmpty
                ? computed
                : Local.Unknown(computed.Range);
        }

        return value;
    }

    // Whether the condition holds on the whole box, or nowhere on it; null where neither is shown.
    public bool? Holds(Condition condition) => condition switch
    {
        Condition.Comparison c => Compare(Of(c.Left), c.Relation, Of(c.Right)),
        Condition.All a => (Holds(a.First), Holds(a.Second)) switch
        {
            (false, { }) or ({ }, false) => false,
            (true, true) => true,
            _ => null,
        },
        Condition.Any a => (Holds(a.First), Holds(a.Second)) switch
        {
            (true, { }) or ({ }, true) => true,
            (false, false) => false,
            _ => null,
        },
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private static bool? Compare(Local left, RelationKind relation, Local right)
    {
        if (!left.Continuous || !right.Continuous)
        {
            return null;
        }

        var (a, b) = (left.Range, right.Range);
        return relation switch
        {
            RelationKind.LessOrEqual => a.Sup <= b.Inf ? true : a.Inf > b.Sup ? false : null,
            RelationKind.Less => a.Sup < b.Inf ? true : a.Inf >= b.Sup ? false : null,
            RelationKind.GreaterOrEqual => a.Inf >= b.Sup ? true : a.Sup < b.Inf ? false : null,
            RelationKind.Greater => a.Inf > b.Sup ? true : a.Sup <= b.Inf ? false : null,
            _ => a.IsPoint && b.IsPoint && a.Inf.Equals(b.Inf) ? true : a.Inf > b.Sup || a.Sup < b.Inf ? false : null,
        };
    }

    private Local Compute(Expr e)
    {
        switch (e)
        {
            case Expr.ConstantCase c:
                return new(Interval.Enclose(c.Value), true, [Flat()]);
            case Expr.PiCase:
                return new(Interval.Pi, true, [Flat()]);
            case Expr.VariableCase v:
                int at = Enumerable.Range(0, names.Count).First(i => names[i] == v.Name);
                var unit = Flat();
                unit[at] = Interval.One;
                return new(box[at], true, [unit]);
            case Expr.SumCase s:
                return s.Terms.Select(Of).Aggregate(Add);
            case Expr.ProductCase p:
                return p.Factors.Select(Of).Aggregate(Multiply);
            case Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var n } } p:
                return Power(Of(p.Base), n);
            case Expr.PowerCase p:
                var (of, to) = (Of(p.Base), Of(p.Exponent));
                return of.Range.Inf > 0 // b^e = exp(e log b)
                    ? Smooth(Multiply(to, Smooth(of, Interval.Log, t => Interval.One / t)), Interval.Exp, Interval.Exp)
                    : Local.Unknown(Interval.Entire);
            case Expr.ApplyCase a:
                return Apply(a.Function, [.. a.Arguments.Select(Of)]);
            case Expr.ConditionalCase c:
                return Holds(c.Condition) switch
                {
                    true => Of(c.Then),
                    false => Of(c.Otherwise),
                    _ => Local.Unknown(Interval.Hull(Of(c.Then).Range, Of(c.Otherwise).Range)),
                };
            default:
                throw new InvalidOperationException("Expr is a closed family.");
        }
    }

    private Local Apply(Function function, Local[] t)
    {
        var u = t[0];
        return function switch
        {
            Function.Exp => Smooth(u, Interval.Exp, Interval.Exp),
            Function.Log =>
                u.Range.Inf > 0 ? Smooth(u, Interval.Log, r => Interval.One / r) : Local.Unknown(Interval.Log(u.Range)),
            Function.Log2 => u.Range.Inf > 0
                ? Smooth(u, Interval.Log2, r => Interval.One / (r * Interval.Log(Interval.Point(2))))
                : Local.Unknown(Interval.Log2(u.Range)),
            Function.Sqrt => Power(u, BigRational.Half),
            Function.Sin => Smooth(u, Interval.Sin, Interval.Cos),
            Function.Cos => Smooth(u, Interval.Cos, r => -Interval.Sin(r)),
            Function.Tan => Interval.Tan(u.Range).IsBounded // no pole in between
                ? Smooth(u, Interval.Tan, r => Interval.One + Interval.Sqr(Interval.Tan(r)))
                : Local.Unknown(Interval.Entire),
            Function.Atan => Smooth(u, Interval.Atan, r => Interval.One / (Interval.One + Interval.Sqr(r))),
            Function.Sinh => Smooth(u, Interval.Sinh, Interval.Cosh),
            Function.Cosh => Smooth(u, Interval.Cosh, Interval.Sinh),
            Function.Tanh => Smooth(u, Interval.Tanh, r => Interval.One - Interval.Sqr(Interval.Tanh(r))),
            Function.Erf => Smooth(u, Interval.Erf, r => FunctionRange.Slope(Function.Erf, r)),
            Function.Sinc => Smooth(u, Interval.Sinc, r => FunctionRange.Slope(Function.Sinc, r)),
            Function.Abs => Absolute(u),
            Function.Max =>
                t.Aggregate((a, b) =>
                    Extremum(a, b, a.Range.Inf >= b.Range.Sup, b.Range.Inf >= a.Range.Sup, Interval.Max)),
            Function.Min =>
                t.Aggregate((a, b) =>
                    Extremum(a, b, a.Range.Sup <= b.Range.Inf, b.Range.Sup <= a.Range.Inf, Interval.Min)),
            Function.Floor => Step(u, Interval.Floor),
            Function.Ceil => Step(u, Interval.Ceil),
            _ => Local.Unknown(Interval.Entire),
        };
    }

    // b^n as formulas mean it: integer powers of any b (not of 0 where n < 0), real powers of b ≥ 0 (b > 0 where n <
    // 0).
    private static Local Power(Local b, BigRational n)
    {
        bool whole = n.IsInteger && n >= int.MinValue && n <= int.MaxValue;
        Interval To(BigRational m) => whole ? Interval.Pow(b.Range, (int)m.Numerator) : Interval.Pow(b.Range, m);
        bool apart = !b.Range.Contains(0); // from 0
        bool defined = whole ? n.Sign > 0 || apart : b.Range.Inf > 0 || (b.Range.Inf >= 0 && n.Sign > 0);
        if (!b.Continuous || !defined)
        {
            return Local.Unknown(To(n));
        }

        // n b^(n−1), which is bounded at 0 for n ≥ 1 alone
        return b.Slopes is { } inner && (apart || n >= BigRational.One)
            ? new(To(n), true, Scaled(inner, Interval.Enclose(n) * (n == BigRational.One ? Interval.One : To(n - 1))))
            : new(To(n), true, null);
    }

    private static Local Smooth(Local u, Func<Interval, Interval> value, Func<Interval, Interval> derivative) => new(
        value(u.Range), u.Continuous,
        u.Continuous && u.Slopes is { } slopes ? Scaled(slopes, derivative(u.Range)) : null);

    private static Local Absolute(Local u) => new(
        Interval.Abs(u.Range),
        u.Continuous,
        u.Slopes is not { } slopes ? null
            : u.Range.Inf >= 0 ? slopes
            : u.Range.Sup <= 0 ? Scaled(slopes, -Interval.One)
            : Few([.. slopes, .. Scaled(slopes, -Interval.One)]));

    private static Local Extremum(Local a, Local b, bool first, bool second, Func<Interval, Interval, Interval> pick)
    {
        bool continuous = a.Continuous && b.Continuous;
        var slopes = !continuous ? null
            : first ? a.Slopes
            : second ? b.Slopes
            : a.Slopes is { } s && b.Slopes is { } t ? Few([.. s, .. t])
            : null;
        return new(pick(a.Range, b.Range), continuous, slopes);
    }

    // A step function is constant where its argument meets one step only.
    private Local Step(Local u, Func<Interval, Interval> value)
    {
        var range = value(u.Range);
        return u.Continuous && range.IsPoint ? new(range, true, [Flat()]) : Local.Unknown(range);
    }

    private static Local Add(Local a, Local b) => new(
        a.Range + b.Range,
        a.Continuous && b.Continuous,
        a.Slopes is { } s && b.Slopes is { } t ? Pairs(s, t, (x, y) => x + y) : null);

    private static Local Multiply(Local a, Local b) => new(
        a.Range * b.Range,
        a.Continuous && b.Continuous,
        a.Slopes is { } s && b.Slopes is { } t ? Pairs(s, t, (x, y) => (a.Range * y) + (b.Range * x)) : null);

    private static Interval[][] Scaled(Interval[][] slopes, Interval factor) =>
        [.. slopes.Select(g => g.Select(s => factor * s).ToArray())];

    private static Interval[][] Pairs(Interval[][] a, Interval[][] b, Func<Interval, Interval, Interval> join) =>
        Few([.. a.SelectMany(x => b.Select(y => x.Zip(y, join).ToArray()))]);

    // The hull of all of them where there are too many.
    private static Interval[][] Few(Interval[][] slopes) => slopes.Length <= MostSlopes
        ? slopes
        : [[.. Enumerable.Range(0, slopes[0].Length)
            .Select(i => slopes.Aggregate(Interval.Empty, (hull, g) => Interval.Hull(hull, g[i])))]];

    private Interval[] Flat() => [.. names.Select(_ => Interval.Zero)];
}
