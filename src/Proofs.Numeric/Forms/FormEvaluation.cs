using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Forms;

// Evaluates an expression with forms. A smooth function is expanded about the middle of its argument's range with
// Lagrange's remainder; |t| across 0 is its secant and a gap; anything else is only its range.
internal sealed class FormEvaluation<T>(IReadOnlyDictionary<string, T> variables, T any)
    where T : IForm<T>
{
    private readonly Dictionary<Expr, T> _known = [];

    public T Of(Expr e)
    {
        if (!_known.TryGetValue(e, out var value))
        {
            _known[e] = value = Compute(e);
        }

        return value;
    }

    private T Compute(Expr e) => e switch
    {
        Expr.ConstantCase c => any.Unknown(Interval.Enclose(c.Value)),
        Expr.PiCase => any.Unknown(Interval.Pi),
        Expr.VariableCase v => variables.TryGetValue(v.Name, out var form) ? form : throw new KeyNotFoundException(
            $"The variable {v.Name} has no range; given: "
                + $"{string.Join(", ", variables.Keys.Order(StringComparer.Ordinal))}."),
        Expr.SumCase s => s.Terms.Select(Of).Aggregate((a, b) => a + b),
        Expr.ProductCase p => p.Factors.Select(Of).Aggregate((a, b) => a * b),
        Expr.PowerCase p => Power(p),
        Expr.ApplyCase a => Apply(a),
        Expr.ConditionalCase c => Choose(c),
        _ => throw new InvalidOperationException("Expr is a closed family."),
    };

    private T Power(Expr.PowerCase power)
    {
        var t = Of(power.Base);
        if (power.Exponent is Expr.ConstantCase { Value: var n })
        {
            var image = Interval.Pow(t.Range, n);
            return n == 2 && t.Order >= 2
                ? (t * t).Within(image)
                : Compose(t, image, (y, order) => UnivariateTaylor.Power(n, y, order));
        }

        var exponent = Of(power.Exponent);
        if (!(t.Range.Inf > 0))
        {
            return any.Unknown(FunctionRange.Power(t.Range, exponent.Range));
        }

        var product = exponent * Smooth(Function.Log, t);
        return Smooth(Function.Exp, product).Within(Interval.Pow(t.Range, exponent.Range));
    }

    private T Apply(Expr.ApplyCase call)
    {
        switch (call.Function)
        {
            case Function.Abs:
                return Absolute(Of(call.Arguments[0]));
            case Function.Min or Function.Max:
                return call.Arguments.Select(Of).Aggregate((a, b) => Extreme(a, b, call.Function == Function.Max));
            case Function.Binomial:
                return any.Unknown(FunctionRange.Binomial(Of(call.Arguments[0]).Range, Of(call.Arguments[1]).Range));
            default:
                return Smooth(call.Function, Of(call.Arguments[0]));
        }
    }

    private T Smooth(Function function, T t) => Compose(
        t, FunctionRange.Of(function, t.Range), (y, order) => UnivariateTaylor.Coefficients(function, y, order));

    // Σ_(k≤n) c_k(m) s^k + c_(n+1)(T) s^(n+1) with s = t − m, for the order n of the forms.
    private T Compose(T t, Interval image, Func<Interval, int, Interval[]?> coefficients)
    {
        int n = t.Order;
        double middle = t.Range.Midpoint;
        if (t.Range.IsEmpty || !t.Range.IsBounded
            || coefficients(t.Range, n + 1) is not { } everywhere
            || coefficients(Interval.Point(middle), n) is not { } there
            || !everywhere[n + 1].IsBounded || !Array.TrueForAll(there, c => c.IsBounded))
        {
            return any.Unknown(image);
        }

        var s = t - any.Unknown(Interval.Point(middle));
        var rest = everywhere[n + 1] * Interval.Pow(t.Range - Interval.Point(middle), n + 1);
        var result = any.Unknown(there[0] + rest) + (any.Unknown(there[1]) * s);
        return (n >= 2 ? result + (any.Unknown(there[2]) * (s * s)) : result).Within(image);
    }

    // |t| lies between λ t and λ t + m for the slope λ in [−1, 1] of its secant; the gap is largest at an end.
    private T Absolute(T t)
    {
        var range = t.Range;
        if (range.IsEmpty || range.Inf >= 0)
        {
            return t;
        }

        if (range.Sup <= 0)
        {
            return any.Unknown(-Interval.One) * t;
        }

        if (!range.IsBounded)
        {
            return any.Unknown(Interval.Abs(range));
        }

        double slope = Math.Clamp((range.Inf + range.Sup) / (range.Sup - range.Inf), -1, 1);
        slope = double.IsNaN(slope) ? 0 : slope;
        double gap = Math.Max(
            DirectedRounding.MultiplyUp(range.Sup, DirectedRounding.SubtractUp(1, slope)),
            DirectedRounding.MultiplyUp(-range.Inf, DirectedRounding.AddUp(1, slope)));
        return ((any.Unknown(Interval.Point(slope)) * t) + any.Unknown(Interval.Between(0, gap)))
            .Within(Interval.Abs(range));
    }

    // max(a, b) = (a + b + |a − b|)/2, and min with a minus.
    private T Extreme(T a, T b, bool largest)
    {
        Interval first = a.Range, second = b.Range;
        if (first.IsEmpty || second.IsEmpty)
        {
            return any.Unknown(Interval.Empty);
        }

        if (first.Inf >= second.Sup)
        {
            return largest ? a : b;
        }

        if (second.Inf >= first.Sup)
        {
            return largest ? b : a;
        }

        var gap = Absolute(a - b);
        var twice = largest ? a + b + gap : a + b - gap;
        return (any.Unknown(Interval.Point(0.5)) * twice)
            .Within(largest ? Interval.Max(first, second) : Interval.Min(first, second));
    }

    private T Choose(Expr.ConditionalCase choice) => Holds(choice.Condition) switch
    {
        true => Of(choice.Then),
        false => Of(choice.Otherwise),
        _ => Joined(Of(choice.Then), Of(choice.Otherwise), choice.Then.IsTotal && choice.Otherwise.IsTotal),
    };

    // b + t (a − b) with t in {0, 1}. Where one of them may be undefined its form says nothing, and only the ranges are
    // joined.
    private T Joined(T a, T b, bool total)
    {
        var hull = Interval.Hull(a.Range, b.Range);
        var difference = total ? (a - b).Range : Interval.Entire;
        return difference.IsBounded
            ? (b + any.Unknown(Interval.Hull(difference, Interval.Zero))).Within(hull)
            : any.Unknown(hull);
    }

    // Whether the condition holds at every point (true) or at none (false) where its sides are defined.
    private bool? Holds(Condition condition)
    {
        switch (condition)
        {
            case Condition.All all:
                return (Holds(all.First), Holds(all.Second)) switch
                {
                    (false, _) or (_, false) => false,
                    (true, true) => true,
                    _ => null,
                };
            case Condition.Any some:
                return (Holds(some.First), Holds(some.Second)) switch
                {
                    (true, _) or (_, true) => true,
                    (false, false) => false,
                    _ => null,
                };
            case Condition.Comparison c when c.Left.IsTotal && c.Right.IsTotal:
                var d = (Of(c.Left) - Of(c.Right)).Range;
                return c.Relation switch
                {
                    RelationKind.LessOrEqual => d.Sup <= 0 ? true : d.Inf > 0 ? false : null,
                    RelationKind.Less => d.Sup < 0 ? true : d.Inf >= 0 ? false : null,
                    RelationKind.GreaterOrEqual => d.Inf >= 0 ? true : d.Sup < 0 ? false : null,
                    RelationKind.Greater => d.Inf > 0 ? true : d.Sup <= 0 ? false : null,
                    _ => d.IsPoint && d.Inf == 0 ? true : d.Contains(0) ? null : false,
                };
            default:
                return null;
        }
    }
}
