using System.Numerics;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Proving;

/// <summary>
/// Evaluates formulas in interval arithmetic at a point, quickly; guides the search for counterexamples.
/// </summary>
internal sealed class BoxEvaluation(IReadOnlyDictionary<string, Interval> point)
{
    private const int LongestSeries = 200;

    public Interval Value(Term term)
    {
        switch (term)
        {
            case Term.Number n:
                return Interval.Enclose(n.Value);
            case Term.Variable v:
                return point.TryGetValue(v.Name, out var x) ? x : Interval.Entire;
            case Term.Sum s:
                return Value(s.Left) + Value(s.Right);
            case Term.Product p:
                return Value(p.Left) * Value(p.Right);
            case Term.Quotient q:
                return Value(q.Left) / Value(q.Right);
            case Term.Power { Exponent: Term.Number { Value: var e } } p:
                return e == BigRational.Half ? Interval.Sqrt(Value(p.Base))
                    : e.IsInteger && BigRational.Abs(e) <= 100 ? Interval.Pow(Value(p.Base), (int)e.Numerator)
                    : Power(Value(p.Base), Interval.Enclose(e));
            case Term.Power p:
                return Power(Value(p.Base), Value(p.Exponent));
            case Term.Choice c:
                return Choice(c);
            case Term.Call c:
                return Call(c);
            case Term.Series s:
                return Series(s);
            default:
                return Interval.Entire;
        }
    }

    // The exponential of the logarithm: looser than the tight power, and many times faster.
    private static Interval Power(Interval b, Interval e) =>
        e is { IsPoint: true, Inf: >= -1_000 and <= 1_000 } && e.Inf == Math.Floor(e.Inf) ? Interval.Pow(b, (int)e.Inf)
        : b is { IsPoint: true, Inf: 0 } && e.Inf > 0 ? b
        : Interval.Exp(e * Interval.Log(b));

    private Interval Choice(Term.Choice c)
    {
        var (a, b) = (Value(c.Condition.Left), Value(c.Condition.Right));
        bool? holds = c.Condition.Comparison switch
        {
            Comparison.AtMost => a.Sup <= b.Inf ? true : a.Inf > b.Sup ? false : null,
            Comparison.Less => a.Sup < b.Inf ? true : a.Inf >= b.Sup ? false : null,
            _ => null,
        };
        return holds is { } h ? Value(h ? c.Then : c.Else) : Interval.Hull(Value(c.Then), Value(c.Else));
    }

    private Interval Call(Term.Call c)
    {
        if (c.Function == "pi")
        {
            return Interval.Pi;
        }

        var x = Value(c.Arguments[0]);
        switch (c.Function)
        {
            case "exp":
                return Interval.Exp(x);
            case "log":
                return Interval.Log(x);
            case "abs":
                return Interval.Abs(x);
            case "min":
                return Interval.Min(x, Value(c.Arguments[1]));
            case "max":
                return Interval.Max(x, Value(c.Arguments[1]));
            case "floor":
                return Interval.Floor(x);
            case "ceil":
                return Interval.Ceil(x);
            case "pow2floor" or "pow2ceil":
                return x.IsBounded && x.Inf > 0 ? Interval.Between(x.Inf / 2, x.Sup * 2) : Interval.Entire;
            case "factorial":
                return Factorial(x);
            case "sin":
                return Interval.Sin(x);
            case "cos":
                return Interval.Cos(x);
            case "tan":
                return Interval.Tan(x);
            case "atan":
                return Interval.Atan(x);
            case "sinh":
                return Interval.Sinh(x);
            case "cosh":
                return Interval.Cosh(x);
            case "tanh":
                return Interval.Tanh(x);
            case "erf":
                return Interval.Erf(x);
            case "sinc":
                return Interval.Sinc(x);
            case "binomial":
                var k = Value(c.Arguments[1]);
                return k.Sup <= x.Inf ? Factorial(x) / (Factorial(k) * Factorial(x - k)) : Interval.Entire;
            default:
                return Interval.Entire;
        }
    }

    private static Interval Factorial(Interval x)
    {
        if (!x.IsPoint || x.Inf is < 0 or > 170 || x.Inf != Math.Floor(x.Inf))
        {
            return Interval.Entire;
        }

        var product = BigInteger.One;
        for (int i = 2; i <= x.Inf; i++)
        {
            product *= i;
        }

        return Interval.Enclose(new BigRational(product));
    }

    private Interval Series(Term.Series s)
    {
        var (from, to) = (Value(s.Lower), Value(s.Upper));
        if (!from.IsPoint || !to.IsPoint || !(to.Sup - from.Inf < LongestSeries))
        {
            return Interval.Entire;
        }

        var total = s.IsProduct ? Interval.One : Interval.Zero;
        for (double i = from.Inf; i <= to.Inf; i++)
        {
            var inner = new Dictionary<string, Interval>(point, StringComparer.Ordinal)
            {
                [s.Index] = Interval.Point(i),
            };
            var value = new BoxEvaluation(inner).Value(s.Body);
            total = s.IsProduct ? total * value : total + value;
        }

        return total;
    }
}
