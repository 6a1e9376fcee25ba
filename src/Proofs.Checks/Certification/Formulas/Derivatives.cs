using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

// Enclosures of a function and its first two derivatives on an interval, Entire where it is not defined on all of it.
internal static class Derivatives
{
    public static Interval Value(Function function, Interval t)
    {
        bool undefined = function switch
        {
            Function.Log or Function.Log2 or Function.Pow2Floor or Function.Pow2Ceil => t.Inf <= 0,
            Function.Sqrt => t.Inf < 0,
            Function.Factorial => !t.IsPoint,
            Function.Binomial => true,
            _ => false,
        };
        if (undefined || t.IsEmpty)
        {
            return Interval.Entire;
        }

        var value = function switch
        {
            Function.Sqrt => Interval.Sqrt(t),
            Function.Abs => Interval.Abs(t),
            Function.Floor => Interval.Floor(t),
            Function.Ceil => Interval.Ceil(t),
            Function.Exp => Interval.Exp(t),
            Function.Log => Interval.Log(t),
            Function.Log2 => Interval.Log2(t),
            Function.Sin => Interval.Sin(t),
            Function.Cos => Interval.Cos(t),
            Function.Tan => Interval.Tan(t),
            Function.Atan => Interval.Atan(t),
            Function.Sinh => Interval.Sinh(t),
            Function.Cosh => Interval.Cosh(t),
            Function.Tanh => Interval.Tanh(t),
            _ => Expr.Apply(function, Expr.Variable("t"))
                .Evaluate(new Dictionary<string, Interval>(StringComparer.Ordinal) { ["t"] = t }),
        };
        return value.IsEmpty ? Interval.Entire : value;
    }

    // φ(y), φ'(y) for the point (or narrow) y and φ''(Y), or null where φ is not twice differentiable on Y by formula.
    public static (Interval Value, Interval Slope, Interval Curvature)? Taylor(Function function, Interval y, Interval range)
    {
        switch (function)
        {
            case Function.Exp:
                var e = Value(Function.Exp, y);
                return (e, e, Value(Function.Exp, range));
            case Function.Log when range.Inf > 0:
                return (Value(function, y), Interval.One / y, -(Interval.One / Interval.Sqr(range)));
            case Function.Log2 when range.Inf > 0:
                var ln2 = Value(Function.Log, Interval.Point(2));
                return (Value(function, y), Interval.One / (y * ln2), -(Interval.One / (Interval.Sqr(range) * ln2)));
            case Function.Sqrt when range.Inf > 0:
                var root = Interval.Sqrt(y);
                return (root, Interval.Point(0.5) / root, Interval.Point(-0.25) / (range * Interval.Sqrt(range)));
            case Function.Sin:
                return (Value(function, y), Value(Function.Cos, y), -Value(Function.Sin, range));
            case Function.Cos:
                return (Value(function, y), -Value(Function.Sin, y), -Value(Function.Cos, range));
            case Function.Tan:
                Interval t = Value(function, y), wide = Value(function, range);
                return (t, Interval.One + Interval.Sqr(t), Interval.Point(2) * wide * (Interval.One + Interval.Sqr(wide)));
            case Function.Atan:
                return (
                    Value(function, y),
                    Interval.One / (Interval.One + Interval.Sqr(y)),
                    Interval.Point(-2) * range / Interval.Sqr(Interval.One + Interval.Sqr(range)));
            case Function.Sinh:
                return (Value(function, y), Value(Function.Cosh, y), Value(Function.Sinh, range));
            case Function.Cosh:
                return (Value(function, y), Value(Function.Sinh, y), Value(Function.Cosh, range));
            case Function.Tanh:
                Interval h = Value(function, y), spread = Value(function, range);
                return (h, Interval.One - Interval.Sqr(h), Interval.Point(-2) * spread * (Interval.One - Interval.Sqr(spread)));
            default:
                return null;
        }
    }

    // y^n on an interval; Entire where it is not defined on all of it.
    public static Interval Power(Interval y, BigRational n)
    {
        if (n.IsInteger)
        {
            return n.Sign < 0 && y.Contains(0) ? Interval.Entire
                : n.Numerator > int.MaxValue || n.Numerator < int.MinValue ? Interval.Entire
                : n.Sign >= 0 ? Powers.Of(y, n) : Interval.One / Powers.Of(y, -n);
        }

        return y.Inf < 0 || (n.Sign < 0 && y.Inf == 0) ? Interval.Entire : Powers.Of(y, n);
    }

    public static (Interval Value, Interval Slope, Interval Curvature)? PowerTaylor(BigRational n, Interval y, Interval range)
    {
        if ((!n.IsInteger && range.Inf <= 0) || (n.Sign < 0 && range.Contains(0)))
        {
            return null;
        }

        var factor = Interval.Enclose(n);
        var second = Interval.Enclose(n * (n - 1));
        return (Power(y, n), factor * Power(y, n - 1), second.IsPoint && second.Inf == 0 ? Interval.Zero : second * Power(range, n - 2));
    }
}
