using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

public abstract partial class Expr
{
    /// <summary>The names of the variables that occur, in alphabetical order.</summary>
    public ImmutableSortedSet<string> Variables()
    {
        var names = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var seen = new HashSet<Expr>();
        var open = new Stack<Expr>([this]);
        while (open.TryPop(out var e))
        {
            if (seen.Add(e))
            {
                if (e is VariableCase v)
                {
                    names.Add(v.Name);
                }

                foreach (var child in e.Children)
                {
                    open.Push(child);
                }
            }
        }

        return names.ToImmutable();
    }

    /// <summary>
    /// The expression with its variables replaced at the same time; variables that are not named stay.
    /// </summary>
    public Expr Substitute(IReadOnlyDictionary<string, Expr> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        var done = new Dictionary<Expr, Expr>();
        return Go(this);

        Expr Go(Expr e)
        {
            if (done.TryGetValue(e, out var known))
            {
                return known;
            }

            return done[e] = e is VariableCase v
                ? replacements.TryGetValue(v.Name, out var image) ? image : v
                : e.MapChildren(Go);
        }
    }

    /// <summary>The expression with one variable replaced.</summary>
    public Expr Substitute(string name, Expr replacement) =>
        Substitute(new Dictionary<string, Expr>(StringComparer.Ordinal) { [name] = replacement });

    /// <summary>The expression rebuilt from the images of its direct parts.</summary>
    public Expr MapChildren(Func<Expr, Expr> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return this switch
        {
            SumCase s => Sum(s.Terms.Select(map)),
            ProductCase p => Product(p.Factors.Select(map)),
            PowerCase p => Power(map(p.Base), map(p.Exponent)),
            ApplyCase a => Apply(a.Function, [.. a.Arguments.Select(map)]),
            ConditionalCase c => If(c.Condition.Map(map), map(c.Then), map(c.Otherwise)),
            _ => this,
        };
    }

    /// <summary>The partial derivative with respect to <paramref name="variable"/>.</summary>
    /// <remarks>
    /// Guarantee: equal to the derivative wherever it exists and the expression is defined; at the kinks of abs, min,
    /// max and at the seams of an if, the derivative of one of the branches.
    /// </remarks>
    /// <exception cref="NotSupportedException">A step function (floor, ceil, pow2floor …) or sinc depends on the
    /// variable: the derivative of sinc has no formula of the language that is defined at 0.</exception>
    public Expr Differentiate(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var done = new Dictionary<Expr, Expr>();
        return Go(this);

        Expr Go(Expr e)
        {
            if (!done.TryGetValue(e, out var derivative))
            {
                done[e] = derivative = e switch
                {
                    ConstantCase or PiCase => Zero,
                    VariableCase v => v.Name == variable ? One : Zero,
                    SumCase s => Sum(s.Terms.Select(Go)),
                    ProductCase p => Sum(p.Factors.Select((f, i) => TimesDerivative(p.Factors.RemoveAt(i), Go(f)))),
                    PowerCase p => PowerDerivative(p, Go(p.Base), Go(p.Exponent)),
                    ApplyCase a => ApplyDerivative(a, [.. a.Arguments.Select(Go)]),
                    ConditionalCase c => IfUnlessEqual(c.Condition, Go(c.Then), Go(c.Otherwise)),
                    _ => throw new InvalidOperationException("Expr is a closed family."),
                };
            }

            return derivative;
        }
    }

    private static Expr TimesDerivative(IEnumerable<Expr> others, Expr derivative) =>
        derivative == Zero ? Zero : Product(others.Append(derivative));

    private static Expr PowerDerivative(PowerCase power, Expr baseDerivative, Expr exponentDerivative)
    {
        var throughBase = baseDerivative == Zero
            ? Zero
            : power.Exponent * Power(power.Base, power.Exponent - One) * baseDerivative;
        var throughExponent = exponentDerivative == Zero
            ? Zero
            : power * Apply(Function.Log, power.Base) * exponentDerivative;
        return throughBase + throughExponent;
    }

    private static Expr ApplyDerivative(ApplyCase call, ImmutableArray<Expr> inner)
    {
        if (inner.All(d => d == Zero))
        {
            return Zero;
        }

        var t = call.Arguments[0];
        var outer = call.Function switch
        {
            Function.Exp => call,
            Function.Log => Power(t, MinusOne),
            Function.Log2 => Power(t * Apply(Function.Log, 2), MinusOne),
            Function.Sqrt => Power(2 * call, MinusOne),
            Function.Sin => Apply(Function.Cos, t),
            Function.Cos => -Apply(Function.Sin, t),
            Function.Tan => One + Power(call, 2),
            Function.Atan => Power(One + Power(t, 2), MinusOne),
            Function.Sinh => Apply(Function.Cosh, t),
            Function.Cosh => Apply(Function.Sinh, t),
            Function.Tanh => One - Power(call, 2),
            Function.Erf => 2 * Power(Pi, -BigRational.Half) * Apply(Function.Exp, -Power(t, 2)),
            Function.Abs => If(new Condition.Comparison(t, RelationKind.GreaterOrEqual, Zero), One, MinusOne),
            Function.Min or Function.Max => null,
            Function.Sinc => throw new NotSupportedException(
                $"{call} has no derivative formula: (cos(t) - sinc(t))/t is undefined at 0, "
                    + "where the derivative is 0."),
            _ => throw new NotSupportedException($"{call} is a step function and has no derivative formula."),
        };
        return outer is not null ? outer * inner[0] : ExtremumDerivative(call, inner);
    }

    // d max(a, b, …) = if(a >= max(b, …), da, d max(b, …)), likewise min.
    private static Expr ExtremumDerivative(ApplyCase call, ImmutableArray<Expr> inner)
    {
        if (call.Arguments.Length == 1)
        {
            return inner[0];
        }

        var relation = call.Function == Function.Max ? RelationKind.GreaterOrEqual : RelationKind.LessOrEqual;
        var rest = Apply(call.Function, call.Arguments.RemoveAt(0));
        var restDerivative = rest is ApplyCase r && r.Function == call.Function && call.Arguments.Length > 2
            ? ExtremumDerivative(r, inner.RemoveAt(0))
            : inner[1];
        return IfUnlessEqual(new Condition.Comparison(call.Arguments[0], relation, rest), inner[0], restDerivative);
    }

    private static Expr IfUnlessEqual(Condition condition, Expr then, Expr otherwise) =>
        then == otherwise ? then : If(condition, then, otherwise);

    // c^n for an integer n, or null where it is undefined or has more bits than a proof has use for.
    private static BigRational? ExactPower(BigRational c, BigRational n)
    {
        const long MostBits = 1L << 20;
        if (c.IsZero && n.Sign <= 0)
        {
            return null;
        }

        if (c.IsZero || BigRational.Abs(c) == BigRational.One)
        {
            return c.Sign >= 0 || !n.Numerator.IsEven ? c : -c;
        }

        var bits = System.Numerics.BigInteger.Abs(n.Numerator)
            * (c.Numerator.GetBitLength() + c.Denominator.GetBitLength());
        return bits > MostBits ? null : BigRational.Pow(c, (int)n.Numerator);
    }
}
