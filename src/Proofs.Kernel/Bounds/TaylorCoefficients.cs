using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>The Taylor coefficients f^(k)(y)/k! of a function at a point, and one of them over a range.</summary>
/// <param name="AtPoint">The coefficients 0 … m at the point.</param>
/// <param name="OverRange">Contains the coefficient m + 1 at every point of the range.</param>
internal readonly record struct TaylorCoefficients(FixedBall[] AtPoint, FixedBall OverRange)
{
    public static TaylorCoefficients? Exp(FixedBall y, FixedBall range, int m) =>
        BallFunctions.Exp(y) is { } at && BallFunctions.Exp(range) is { } over
            ? new([.. Enumerable.Range(0, m + 1).Select(k => at.Over(Factorial(k)))], over.Over(Factorial(m + 1)))
            : null;

    // (−1)^(k+1)/(k y^k)
    public static TaylorCoefficients? Log(FixedBall y, FixedBall range, int m)
    {
        if (range.Low.Sign <= 0 || BallFunctions.Log(y) is not { } log
            || BallFunctions.Reciprocal(BallFunctions.Power(range, m + 1)) is not { } power)
        {
            return null;
        }

        var at = new FixedBall[m + 1];
        at[0] = log;
        FixedBall inverse = y.Reciprocal(), next = inverse;
        for (int k = 1; k <= m; k++)
        {
            at[k] = ((k & 1) == 1 ? next : -next).Over(k);
            next *= inverse;
        }

        return new(at, ((m & 1) == 0 ? power : -power).Over(m + 1));
    }

    // y^r for y > 0: binomial(r, k) y^(r−k)
    public static TaylorCoefficients? Power(FixedBall y, FixedBall range, BigRational r, int m)
    {
        if (range.Low.Sign <= 0 || BallFunctions.Power(y, r) is not { } power
            || BallFunctions.Power(range, r - (m + 1)) is not { } over)
        {
            return null;
        }

        var at = new FixedBall[m + 1];
        var inverse = y.Reciprocal();
        var binomial = BigRational.One;
        for (int k = 0; k <= m; k++)
        {
            at[k] = power * FixedBall.Of(binomial, y.Bits);
            power *= inverse;
            binomial = binomial * (r - k) / (k + 1);
        }

        return new(at, over * FixedBall.Of(binomial, y.Bits));
    }

    // sin and, one quarter further, cos.
    public static TaylorCoefficients Circular(FixedBall y, FixedBall range, int quarter, int m)
    {
        var at = BallFunctions.SinCos(y);
        return new([.. Enumerable.Range(0, m + 1).Select(k => Turned(at, k).Over(Factorial(k)))],
            Turned(BallFunctions.SinCos(range), m + 1).Over(Factorial(m + 1)));

        FixedBall Turned((FixedBall Sin, FixedBall Cos) v, int k) =>
            ((k + quarter) & 3) switch { 0 => v.Sin, 1 => v.Cos, 2 => -v.Sin, _ => -v.Cos };
    }

    // sinh (odd = 0) and cosh (odd = 1).
    public static TaylorCoefficients? Hyperbolic(FixedBall y, FixedBall range, int odd, int m)
    {
        if (BallFunctions.Exp(y) is not { } e || BallFunctions.Exp(range) is not { } wide
            || BallFunctions.Sinh(y, e) is not { } sinh || BallFunctions.Cosh(y, e) is not { } cosh
            || (((m + 1 + odd) & 1) == 0 ? BallFunctions.Sinh(range, wide) : BallFunctions.Cosh(range, wide))
                is not { } last)
        {
            return null;
        }

        return new([.. Enumerable.Range(0, m + 1).Select(k => (((k + odd) & 1) == 0 ? sinh : cosh).Over(Factorial(k)))],
            last.Over(Factorial(m + 1)));
    }

    // (1 + t²) atan' = 1: with d the coefficients of atan' about y, (1 + y²) d_k = [k = 0] − 2 y d_(k−1) − d_(k−2). And
    // |atan^(n)(y)/n!| ≤ 1/(n (1 + y²)^(n/2)), since atan' = Im 1/(y − i), whose derivatives are Im (±k! (y −
    // i)^(−k−1)).
    public static TaylorCoefficients Atan(FixedBall y, FixedBall range, int m)
    {
        var at = new FixedBall[m + 1];
        at[0] = BallFunctions.Atan(y);
        var one = FixedBall.Integer(1, y.Bits);
        var weight = (one + (y * y)).Reciprocal();
        FixedBall before = FixedBall.Zero(y.Bits), last = before;
        for (int k = 0; k < m; k++)
        {
            var d = ((k == 0 ? one : FixedBall.Zero(y.Bits)) - (y * last).Times(2) - before) * weight;
            at[k + 1] = d.Over(k + 1);
            (before, last) = (last, d);
        }

        var least = range.ContainsZero
            ? BigInteger.Zero
            : BigInteger.Min(BigInteger.Abs(range.Low), BigInteger.Abs(range.High));
        var near = new FixedBall(least, 0, y.Bits);
        var largest = BallFunctions.Power(one + (near * near), (m + 1) / 2).Reciprocal().Over(m + 1).High;
        return new(at, new(0, largest, y.Bits));
    }

    // The coefficients of erf are those of its derivative, one further on, over 1, 2, 3, …
    public static TaylorCoefficients? Erf(FixedBall y, FixedBall range, int m)
    {
        if (BallFunctions.Erf(y) is not { } value || BallFunctions.ErfSlope(y) is not { } at
            || BallFunctions.ErfSlope(range) is not { } over)
        {
            return null;
        }

        return new(
            [value, .. Bell(y, at, m).Take(m).Select((b, k) => b.Over(k + 1))],
            Bell(range, over, m)[m].Over(m + 1));
    }

    // The coefficients 0 … m of b = erf' about y, given b(y): b' = −2 x b, so (k + 1) b_(k+1) = −2 (y b_k + b_(k−1)).
    private static FixedBall[] Bell(FixedBall y, FixedBall first, int m)
    {
        var b = new FixedBall[m + 1];
        b[0] = first;
        for (int k = 0; k < m; k++)
        {
            var product = BallFunctions.Product(y, b[k]);
            b[k + 1] = (k == 0 ? product : product + b[k - 1]).Times(-2).Over(k + 1);
        }

        return b;
    }

    public static TaylorCoefficients Sinc(FixedBall y, FixedBall range, int m) =>
        new(FixedFunctions.SincCoefficients(y, m), FixedFunctions.SincCoefficients(range, m + 1)[m + 1]);

    private static BigInteger Factorial(int k) => k <= 1 ? BigInteger.One : k * Factorial(k - 1);
}
