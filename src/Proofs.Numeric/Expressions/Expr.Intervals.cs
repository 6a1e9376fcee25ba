using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Expressions;

public abstract partial class Expr
{
    /// <summary>An enclosure of the values the expression takes on a box.</summary>
    /// <remarks>
    /// Guarantee: contains the value at every point of the box where the expression is defined; empty only where it is
    /// defined nowhere. Where a condition is not decided on the box, both branches count.
    /// Cost: one interval operation a node; a shared node is evaluated once.
    /// </remarks>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    public Interval Evaluate(IReadOnlyDictionary<string, Interval> box)
    {
        ArgumentNullException.ThrowIfNull(box);
        return new IntervalEvaluation(box).Of(this);
    }

    /// <summary>
    /// Whether the condition holds on a whole box (true), nowhere on it (false), or is not decided (null).
    /// </summary>
    public static bool? Holds(Condition condition, IReadOnlyDictionary<string, Interval> box)
    {
        ArgumentNullException.ThrowIfNull(box);
        return new IntervalEvaluation(box).Holds(condition);
    }

    private sealed class IntervalEvaluation(IReadOnlyDictionary<string, Interval> box)
    {
        private readonly Dictionary<Expr, Interval> _known = [];

        public Interval Of(Expr e)
        {
            if (e is ConstantCase c)
            {
                return Interval.Enclose(c.Value);
            }

            if (!_known.TryGetValue(e, out var value))
            {
                _known[e] = value = Compute(e);
            }

            return value;
        }

        public bool? Holds(Condition condition) => condition switch
        {
            Condition.Comparison c => Compare(c.Relation, Of(c.Left), Of(c.Right), c.Left.IsTotal && c.Right.IsTotal),
            Condition.All a => (Holds(a.First), Holds(a.Second)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            },
            Condition.Any a => (Holds(a.First), Holds(a.Second)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            },
            _ => throw new InvalidOperationException("Condition is a closed family."),
        };

        // "true" needs both sides defined on the whole box; "false" only speaks of points where they are.
        private static bool? Compare(RelationKind relation, Interval left, Interval right, bool total)
        {
            if (left.IsEmpty || right.IsEmpty)
            {
                return null;
            }

            var (always, never) = relation switch
            {
                RelationKind.LessOrEqual => (left.Sup <= right.Inf, left.Inf > right.Sup),
                RelationKind.Less => (left.Sup < right.Inf, left.Inf >= right.Sup),
                RelationKind.GreaterOrEqual => (left.Inf >= right.Sup, left.Sup < right.Inf),
                RelationKind.Greater => (left.Inf > right.Sup, left.Sup <= right.Inf),
                _ => (left.IsPoint && right.IsPoint && left.Inf.Equals(right.Inf),
                    left.Inf > right.Sup || left.Sup < right.Inf),
            };
            return always && total ? true : never ? false : null;
        }

        private Interval Compute(Expr e) => e switch
        {
            PiCase => Interval.Pi,
            VariableCase v => box.TryGetValue(v.Name, out var bound)
                ? bound
                : throw new KeyNotFoundException(
                    $"The variable {v.Name} has no range; given: "
                        + $"{string.Join(", ", box.Keys.Order(StringComparer.Ordinal))}."),
            SumCase s => s.Terms.Aggregate(Interval.Zero, (sum, t) => sum + Of(t)),
            ProductCase p =>
                p.Factors.Aggregate(
                    Interval.One, (product, f) => f is PowerCase { Exponent: ConstantCase { Value: var n } } q
                && n == -BigRational.One ? product / Of(q.Base) : product * Of(f)),
            PowerCase p => PowerOf(p),
            ApplyCase a => ApplyTo(a),
            ConditionalCase c => Holds(c.Condition) switch
            {
                true => Of(c.Then),
                false when c.Condition.Expressions().All(x => x.IsTotal) => Of(c.Otherwise),
                _ => Interval.Hull(Of(c.Then), Of(c.Otherwise)),
            },
            _ => throw new InvalidOperationException("Expr is a closed family."),
        };

        private Interval PowerOf(PowerCase power)
        {
            if (power.Exponent is ConstantCase { Value: var n })
            {
                if (n.IsInteger && n.Numerator >= int.MinValue && n.Numerator <= int.MaxValue)
                {
                    return Interval.Pow(Of(power.Base), (int)n.Numerator);
                }

                return Interval.Pow(Of(power.Base), n);
            }

            return FunctionRange.Power(Of(power.Base), Of(power.Exponent));
        }

        private Interval ApplyTo(ApplyCase call)
        {
            var t = Of(call.Arguments[0]);
            return call.Function switch
            {
                Function.Min => call.Arguments.Skip(1).Aggregate(t, (m, a) => Interval.Min(m, Of(a))),
                Function.Max => call.Arguments.Skip(1).Aggregate(t, (m, a) => Interval.Max(m, Of(a))),
                Function.Binomial => FunctionRange.Binomial(t, Of(call.Arguments[1])),
                _ => FunctionRange.Of(call.Function, t),
            };
        }
    }
}
