using Proofs.Kernel;

namespace Proofs.Numeric;

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

    /// <summary>Whether the condition holds on a whole box (true), nowhere on it (false), or is not decided (null).</summary>
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
        private static bool? Compare(Relation relation, Interval left, Interval right, bool total)
        {
            if (left.IsEmpty || right.IsEmpty)
            {
                return null;
            }

            var (always, never) = relation switch
            {
                Relation.LessOrEqual => (left.Sup <= right.Inf, left.Inf > right.Sup),
                Relation.Less => (left.Sup < right.Inf, left.Inf >= right.Sup),
                Relation.GreaterOrEqual => (left.Inf >= right.Sup, left.Sup < right.Inf),
                Relation.Greater => (left.Inf > right.Sup, left.Sup <= right.Inf),
                _ => (left.IsPoint && right.IsPoint && left.Inf.Equals(right.Inf), left.Inf > right.Sup || left.Sup < right.Inf),
            };
            return always && total ? true : never ? false : null;
        }

        private Interval Compute(Expr e) => e switch
        {
            PiCase => Interval.Pi,
            VariableCase v => box.TryGetValue(v.Name, out var bound)
                ? bound
                : throw new KeyNotFoundException(
                    $"The variable {v.Name} has no range; given: {string.Join(", ", box.Keys.Order(StringComparer.Ordinal))}."),
            SumCase s => s.Terms.Aggregate(Interval.Zero, (sum, t) => sum + Of(t)),
            ProductCase p => p.Factors.Aggregate(Interval.One, (product, f) => f is PowerCase { Exponent: ConstantCase { Value: var n } } q
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

            var (@base, exponent) = (Of(power.Base), Of(power.Exponent));
            if (!(@base.Inf < 0))
            {
                return Interval.Pow(@base, exponent);
            }

            // (-2)^n is defined at integers n: 1788's power of real exponents is not what is meant there.
            return exponent.IsPoint && Math.Abs(exponent.Inf) < int.MaxValue && Math.Floor(exponent.Inf).Equals(exponent.Inf)
                ? Interval.Pow(@base, (int)exponent.Inf)
                : Interval.Entire;
        }

        private Interval ApplyTo(ApplyCase call)
        {
            var t = Of(call.Arguments[0]);
            return call.Function switch
            {
                Function.Exp => Interval.Exp(t),
                Function.Log => Interval.Log(t),
                Function.Log2 => Interval.Log2(t),
                Function.Sqrt => Interval.Sqrt(t),
                Function.Sin => Interval.Sin(t),
                Function.Cos => Interval.Cos(t),
                Function.Tan => Interval.Tan(t),
                Function.Atan => Interval.Atan(t),
                Function.Sinh => Interval.Sinh(t),
                Function.Cosh => Interval.Cosh(t),
                Function.Tanh => Interval.Tanh(t),
                Function.Abs => Interval.Abs(t),
                Function.Min => call.Arguments.Skip(1).Aggregate(t, (m, a) => Interval.Min(m, Of(a))),
                Function.Max => call.Arguments.Skip(1).Aggregate(t, (m, a) => Interval.Max(m, Of(a))),
                Function.Floor => Interval.Floor(t),
                Function.Ceil => Interval.Ceil(t),
                Function.Pow2Floor => PowerOfTwo(t, up: false),
                Function.Pow2Ceil => PowerOfTwo(t, up: true),
                Function.Factorial => Count(t, n => ExactIntegers.Factorial(n)),
                Function.Binomial => BinomialOf(t, Of(call.Arguments[1])),
                _ => throw new InvalidOperationException("Function is a closed family."),
            };
        }

        // Monotone on t > 0; the result may leave the range of binary64 at either end.
        private static Interval PowerOfTwo(Interval t, bool up)
        {
            if (t.IsEmpty || t.Sup <= 0)
            {
                return Interval.Empty;
            }

            BigRational At(double x) => up
                ? ExactIntegers.PowerOfTwoAtLeast(Binary64.Exact(x))
                : ExactIntegers.PowerOfTwoAtMost(Binary64.Exact(x));
            double low = t.Inf <= 0 ? 0 : Binary64.RoundDown(At(t.Inf));
            double high = double.IsPositiveInfinity(t.Sup) ? t.Sup : Binary64.RoundUp(At(t.Sup));
            return Interval.Between(low, high);
        }

        // A count that grows with n, on the integers of t at least 0.
        private static Interval Count(Interval t, Func<BigRational, BigRational?> count)
        {
            if (t.IsEmpty || t.Sup < 0)
            {
                return Interval.Empty;
            }

            double low = Math.Max(0, Math.Ceiling(t.Inf)), high = Math.Floor(t.Sup);
            if (low > high)
            {
                return Interval.Empty;
            }

            var lower = double.IsFinite(low) ? count(Binary64.Exact(low)) : null;
            var upper = double.IsFinite(high) ? count(Binary64.Exact(high)) : null;
            return Interval.Between(
                lower is { } l ? Binary64.RoundDown(l) : 1,
                upper is { } u ? Binary64.RoundUp(u) : double.PositiveInfinity);
        }

        private static Interval BinomialOf(Interval n, Interval k)
        {
            if (n.IsEmpty || k.IsEmpty || n.Sup < 0 || k.Sup < 0)
            {
                return Interval.Empty;
            }

            bool points = n.IsPoint && k.IsPoint;
            return points && ExactIntegers.Binomial(Binary64.Exact(n.Inf), Binary64.Exact(k.Inf)) is { } value
                ? Interval.Enclose(value)
                : Interval.Between(0, double.PositiveInfinity);
        }
    }
}
