using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Relaxations.Formulas;

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

        var value = FunctionRange.Of(function, t);
        return value.IsEmpty ? Interval.Entire : value;
    }

    // φ(y), φ'(y) for the point (or narrow) y and φ''(Y), or null where φ is not twice differentiable on Y by formula.
    public static (Interval Value, Interval Slope, Interval Curvature)? Taylor(
        Function function, Interval y, Interval range)
    {
        bool isSmooth = function switch
        {
            Function.Log or Function.Log2 or Function.Sqrt => range.Inf > 0,
            Function.Exp or Function.Sin or Function.Cos or Function.Tan or Function.Atan or Function.Sinh
                or Function.Cosh
                or Function.Tanh or Function.Erf or Function.Sinc => true,
            _ => false,
        };
        return isSmooth
            ? (Value(function, y), FunctionRange.Slope(function, y), FunctionRange.Curvature(function, range))
            : null;
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

    public static (Interval Value, Interval Slope, Interval Curvature)? PowerTaylor(
        BigRational n, Interval y, Interval range)
    {
        if ((!n.IsInteger && range.Inf <= 0) || (n.Sign < 0 && range.Contains(0)))
        {
            return null;
        }

        var factor = Interval.Enclose(n);
        var second = Interval.Enclose(n * (n - 1));
        return (Power(y, n), factor * Power(y, n - 1),
            second.IsPoint && second.Inf == 0 ? Interval.Zero : second * Power(range, n - 2));
    }
}
