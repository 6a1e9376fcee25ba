using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

public abstract partial class Expr
{
    private static readonly ImmutableDictionary<string, BigRational> NoVariables =
        ImmutableDictionary<string, BigRational>.Empty;

    /// <summary>The exact value at a rational point.</summary>
    /// <exception cref="ArithmeticException">The value is undefined there, or not a rational number.</exception>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    public BigRational Evaluate(IReadOnlyDictionary<string, BigRational> values) => ExactValue(this, values)
        ?? throw new ArithmeticException($"{this} is undefined or irrational at {Shown(values)}.");

    /// <summary>
    /// The exact value at a rational point, or null where it is undefined or not (recognised as) rational.
    /// </summary>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    public BigRational? TryEvaluate(IReadOnlyDictionary<string, BigRational> values) => ExactValue(this, values);

    /// <summary>
    /// Whether the condition holds at a rational point; null where a side is undefined or irrational.
    /// </summary>
    public static bool? Holds(Condition condition, IReadOnlyDictionary<string, BigRational> values) => condition switch
    {
        Condition.Comparison c => ExactValue(c.Left, values) is { } left && ExactValue(c.Right, values) is { } right
            ? c.Relation.Holds(left.CompareTo(right))
            : null,
        Condition.All a => (Holds(a.First, values), Holds(a.Second, values)) switch
        {
            (false, _) or (_, false) => false,
            (true, true) => true,
            _ => null,
        },
        Condition.Any a => (Holds(a.First, values), Holds(a.Second, values)) switch
        {
            (true, _) or (_, true) => true,
            (false, false) => false,
            _ => null,
        },
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private static string Shown(IReadOnlyDictionary<string, BigRational> values) =>
        string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} = {v.Value}"));

    private static BigRational? ExactValue(Expr e, IReadOnlyDictionary<string, BigRational> values)
    {
        switch (e)
        {
            case ConstantCase c:
                return c.Value;
            case VariableCase v:
                return values.TryGetValue(v.Name, out var bound)
                    ? bound
                    : throw new KeyNotFoundException($"The variable {v.Name} has no value; given: {Shown(values)}.");
            case SumCase s:
                var sum = BigRational.Zero;
                foreach (var term in s.Terms)
                {
                    if (ExactValue(term, values) is not { } value)
                    {
                        return null;
                    }

                    sum += value;
                }

                return sum;
            case ProductCase p:
                var product = BigRational.One;
                foreach (var factor in p.Factors)
                {
                    if (ExactValue(factor, values) is not { } value)
                    {
                        return null;
                    }

                    product *= value;
                }

                return product;
            case PowerCase p:
                return ExactValue(p.Base, values) is { } @base && ExactValue(p.Exponent, values) is { } exponent
                    ? RationalPower(@base, exponent)
                    : null;
            case ApplyCase a:
                return ApplyExactly(a, values);
            case ConditionalCase c:
                return Holds(c.Condition, values) is { } holds
                    ? ExactValue(holds ? c.Then : c.Otherwise, values)
                    : null;
            default:
                return null; // π
        }
    }

    private static BigRational? ApplyExactly(ApplyCase call, IReadOnlyDictionary<string, BigRational> values)
    {
        var arguments = new BigRational[call.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (ExactValue(call.Arguments[i], values) is not { } value)
            {
                return null;
            }

            arguments[i] = value;
        }

        var t = arguments[0];
        return call.Function switch
        {
            Function.Abs => BigRational.Abs(t),
            Function.Min => arguments.Min(),
            Function.Max => arguments.Max(),
            Function.Floor => t.Floor(),
            Function.Ceil => t.Ceiling(),
            Function.Pow2Floor => t.Sign > 0 ? ExactIntegers.PowerOfTwoAtMost(t) : null,
            Function.Pow2Ceil => t.Sign > 0 ? ExactIntegers.PowerOfTwoAtLeast(t) : null,
            Function.Sqrt => t.Sign >= 0 ? ExactIntegers.Root(t, 2) : null,
            Function.Log2 => t.Sign > 0 ? ExactIntegers.Log2(t) : null,
            Function.Log => t == BigRational.One ? BigRational.Zero : null,
            Function.Exp or Function.Cos or Function.Cosh or Function.Sinc => t.IsZero ? BigRational.One : null,
            Function.Sin or Function.Tan or Function.Atan or Function.Sinh or Function.Tanh or Function.Erf =>
                t.IsZero ? BigRational.Zero : null,
            Function.Factorial => ExactIntegers.Factorial(t),
            Function.Binomial => ExactIntegers.Binomial(t, arguments[1]),
            _ => null,
        };
    }

    // base^(p/q), where that is rational: base >= 0 (or q = 1) and a perfect q-th power.
    private static BigRational? RationalPower(BigRational @base, BigRational exponent)
    {
        if (exponent.IsInteger)
        {
            return ExactPower(@base, exponent);
        }

        if (@base.Sign <= 0 || exponent.Denominator > 4096)
        {
            return @base.IsZero && exponent.Sign > 0 ? BigRational.Zero : null;
        }

        return ExactIntegers.Root(@base, (int)exponent.Denominator) is { } root
            ? ExactPower(root, new BigRational(exponent.Numerator))
            : null;
    }
}
