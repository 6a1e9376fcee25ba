using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Forms;

/// <summary>Enclosures of the Taylor coefficients of the elementary functions.</summary>
/// <remarks>
/// Source: the recurrences of automatic differentiation (Griewank and Walther, Evaluating Derivatives, chapter 13):
/// each function solves a linear or Riccati differential equation, which gives the next coefficient from those before
/// it.
/// </remarks>
public static class UnivariateTaylor
{
    /// <summary>Enclosures of f^(k)(y)/k! for k = 0 … <paramref name="order"/>, for every y of an interval.</summary>
    /// <remarks>
    /// Domain: null where f is not smooth on all of <paramref name="y"/>, as abs at 0 or log at a non-positive number.
    /// Guarantee: each interval contains the coefficient at every point of y. Cost: O(order²) interval operations.
    /// </remarks>
    public static Interval[]? Coefficients(Function function, Interval y, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (y.IsEmpty)
        {
            return null;
        }

        var c = new Interval[order + 1];
        switch (function)
        {
            case Function.Exp:
                c[0] = Interval.Exp(y);
                for (int k = 1; k <= order; k++)
                {
                    c[k] = c[0] / Factorial(k);
                }

                return c;
            case Function.Log or Function.Log2 when y.Inf > 0:
                c[0] = function == Function.Log ? Interval.Log(y) : Interval.Log2(y);
                var scale = function == Function.Log ? Interval.One : Interval.Log(Interval.Point(2));
                for (int k = 1; k <= order; k++)
                {
                    var power = Interval.One / (Interval.Point(k) * scale * Interval.Pow(y, k));
                    c[k] = (k & 1) == 1 ? power : -power;
                }

                return c;
            case Function.Sqrt when y.Inf > 0:
                return Power(new BigRational(1, 2), y, order);
            case Function.Sin or Function.Cos:
                Interval sin = Interval.Sin(y), cos = Interval.Cos(y);
                for (int k = 0; k <= order; k++)
                {
                    var turn = (k + (function == Function.Cos ? 1 : 0)) % 4;
                    c[k] = (turn switch { 0 => sin, 1 => cos, 2 => -sin, _ => -cos }) / Factorial(k);
                }

                return c;
            case Function.Sinh or Function.Cosh:
                Interval odd = Interval.Sinh(y), even = Interval.Cosh(y);
                for (int k = 0; k <= order; k++)
                {
                    c[k] = ((k & 1) == (function == Function.Sinh ? 0 : 1) ? odd : even) / Factorial(k);
                }

                return c;
            case Function.Tan when Interval.Tan(y).IsBounded:
                return Riccati(c, Interval.Tan(y), Interval.One);
            case Function.Tanh:
                return Riccati(c, Interval.Tanh(y), -Interval.One);
            case Function.Atan:
                return Arctangent(c, y);
            case Function.Erf:
                return ErrorFunction(c, y);
            case Function.Sinc:
                return SincRange.Coefficients(y, order);
            default:
                return null;
        }
    }

    /// <summary>Enclosures of the Taylor coefficients binomial(n, k) y^(n − k) of the power y^n.</summary>
    /// <remarks>
    /// Domain: null where y^n is not smooth on all of <paramref name="y"/>: it contains 0 and n is negative, or a
    /// number ≤ 0 and n is no integer. Guarantee: as <see cref="Coefficients"/>.
    /// </remarks>
    public static Interval[]? Power(BigRational n, Interval y, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (y.IsEmpty || (!n.IsInteger && !(y.Inf > 0)) || (n.Sign < 0 && y.Contains(0)))
        {
            return null;
        }

        var c = new Interval[order + 1];
        var binomial = BigRational.One;
        for (int k = 0; k <= order; k++)
        {
            c[k] = binomial.IsZero ? Interval.Zero : Interval.Enclose(binomial) * Interval.Pow(y, n - k);
            binomial = binomial * (n - k) / (k + 1);
        }

        return c;
    }

    // g' = 1 + sign g²: tan and, with the sign −1, tanh.
    private static Interval[] Riccati(Interval[] c, Interval value, Interval sign)
    {
        c[0] = value;
        for (int k = 0; k + 1 < c.Length; k++)
        {
            var square = Interval.Zero;
            for (int i = 0; i <= k; i++)
            {
                // the middle term is a square, which is never negative
                square += 2 * i == k ? Interval.Sqr(c[i]) : c[i] * c[k - i];
            }

            c[k + 1] = ((k == 0 ? Interval.One : Interval.Zero) + (sign * square)) / Interval.Point(k + 1);
        }

        return c;
    }

    // (1 + t²) g' = 1: with d the coefficients of g' about y, (1 + y²) d_k = [k = 0] − 2 y d_(k−1) − d_(k−2).
    private static Interval[] Arctangent(Interval[] c, Interval y)
    {
        c[0] = Interval.Atan(y);
        var weight = Interval.One + Interval.Sqr(y);
        Interval before = Interval.Zero, last = Interval.Zero;
        for (int k = 0; k + 1 < c.Length; k++)
        {
            var d = ((k == 0 ? Interval.One : Interval.Zero) - (Interval.Point(2) * y * last) - before) / weight;
            c[k + 1] = d / Interval.Point(k + 1);
            (before, last) = (last, d);
        }

        return c;
    }

    // g' = b with b' = −2 t b: the coefficients of b about y are (k + 1) b_(k+1) = −2 (y b_k + b_(k−1)).
    private static Interval[] ErrorFunction(Interval[] c, Interval y)
    {
        c[0] = Interval.Erf(y);
        Interval before = Interval.Zero, last = FunctionRange.Slope(Function.Erf, y);
        for (int k = 0; k + 1 < c.Length; k++)
        {
            c[k + 1] = last / Interval.Point(k + 1);
            (before, last) = (last, Interval.Point(-2) * ((y * last) + before) / Interval.Point(k + 1));
        }

        return c;
    }

    private static Interval Factorial(int k) => Interval.Enclose(ExactIntegers.Factorial(k)
        ?? throw new ArgumentOutOfRangeException(nameof(k), k, "A Taylor coefficient's order is below 5000."));
}
