using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Expressions;

/// <summary>
/// The image of an interval under each function, what is known of the function there, and its first two derivatives.
/// </summary>
/// <remarks>The members of the argument at which the function is undefined count for nothing.</remarks>
public static class FunctionRange
{
    private static readonly Interval NonNegative = Interval.Between(0, double.PositiveInfinity);

    /// <summary>The image, for a function of one argument; min and max of one argument are that argument.</summary>
    public static Interval Of(Function function, Interval t) => function switch
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
        Function.Erf => Interval.Erf(t),
        Function.Sinc => Interval.Sinc(t),
        Function.Abs => Interval.Abs(t),
        Function.Min or Function.Max => t,
        Function.Floor => Interval.Floor(t),
        Function.Ceil => Interval.Ceil(t),
        Function.Pow2Floor => PowerOfTwo(t, up: false),
        Function.Pow2Ceil => PowerOfTwo(t, up: true),
        Function.Factorial => Count(t, n => ExactIntegers.Factorial(n)),
        _ => throw new InvalidOperationException($"{function.Name()} is no function of one argument."),
    };

    /// <summary>The image of binomial(n, k).</summary>
    public static Interval Binomial(Interval n, Interval k)
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

    /// <summary>b^e as formulas mean it: real powers of b ≥ 0, and integer powers of any b.</summary>
    public static Interval Power(Interval b, Interval e)
    {
        if (!(b.Inf < 0))
        {
            return Interval.Pow(b, e);
        }

        // (-2)^n is defined at integers n: 1788's power of real exponents is not what is meant there.
        return IsInteger(e) && Math.Abs(e.Inf) < int.MaxValue ? Interval.Pow(b, (int)e.Inf) : Interval.Entire;
    }

    /// <summary>Whether b^e is defined for all members of the intervals.</summary>
    public static bool IsPowerDefined(Interval b, Interval e) => b.Inf > 0 || (b.Inf == 0 && e.Inf > 0)
        || (!b.IsEmpty && IsInteger(e) && (e.Inf > 0 || (e.Inf == 0 && !b.Contains(0)) || !b.Contains(0)));

    /// <summary>What holds of the function on t, whose image is given.</summary>
    public static Decoration Claim(Function function, Interval t, Interval image)
    {
        if (t.IsEmpty)
        {
            return Decoration.Trivial;
        }

        switch (function)
        {
            case Function.Log or Function.Log2:
                return t.Inf > 0 ? Decoration.Common : Decoration.Trivial;
            case Function.Sqrt:
                return t.Inf >= 0 ? Decoration.Common : Decoration.Trivial;
            case Function.Tan:
                return t.IsBounded && !image.IsEntire ? Decoration.Common : Decoration.Trivial;
            case Function.Floor or Function.Ceil:
                return image.IsPoint ? Decoration.Continuous : Decoration.Defined;
            case Function.Pow2Floor or Function.Pow2Ceil:
                return t.Inf <= 0 ? Decoration.Trivial : image.IsPoint ? Decoration.Continuous : Decoration.Defined;
            case Function.Factorial:
                return IsInteger(t) && t.Inf >= 0 ? Decoration.Continuous : Decoration.Trivial;
            default:
                return Decoration.Common;
        }
    }

    /// <summary>The derivative on t, and at a kink or a jump all slopes between two members of t.</summary>
    public static Interval Slope(Function function, Interval t)
    {
        switch (function)
        {
            case Function.Exp:
                return Interval.Exp(t);
            case Function.Log:
                return Interval.One / Interval.Intersect(t, NonNegative);
            case Function.Log2:
                return Interval.One / (Interval.Intersect(t, NonNegative) * Interval.Log(Interval.Point(2)));
            case Function.Sqrt:
                return Interval.Point(0.5) / Interval.Sqrt(t);
            case Function.Sin:
                return Interval.Cos(t);
            case Function.Cos:
                return -Interval.Sin(t);
            case Function.Tan:
                return Interval.One + Interval.Sqr(Interval.Tan(t));
            case Function.Atan:
                return Interval.One / (Interval.One + Interval.Sqr(t));
            case Function.Sinh:
                return Interval.Cosh(t);
            case Function.Cosh:
                return Interval.Sinh(t);
            case Function.Tanh:
                return Interval.One - Interval.Sqr(Interval.Tanh(t));
            case Function.Erf:
                return Bell(t);
            case Function.Sinc:
                return SincRange.Coefficients(t, 1)[1];
            case Function.Abs:
                return t.Inf >= 0 ? Interval.One : t.Sup <= 0 ? -Interval.One : Interval.Between(-1, 1);
            case Function.Min or Function.Max:
                return Interval.One;
            case Function.Floor or Function.Ceil or Function.Pow2Floor or Function.Pow2Ceil:
                return t.IsPoint || !Of(function, t).IsPoint ? Interval.Entire : Interval.Zero;
            default:
                return Interval.Entire;
        }
    }

    /// <summary>The second derivative on t, all reals where a kink or a jump lies in t.</summary>
    public static Interval Curvature(Function function, Interval t)
    {
        switch (function)
        {
            case Function.Exp:
                return Interval.Exp(t);
            case Function.Log:
                return -(Interval.One / Interval.Sqr(Interval.Intersect(t, NonNegative)));
            case Function.Log2:
                return -(
                    Interval.One
                        / (Interval.Sqr(Interval.Intersect(t, NonNegative)) * Interval.Log(Interval.Point(2))));
            case Function.Sqrt:
                var positive = Interval.Intersect(t, NonNegative);
                return Interval.Point(-0.25) / (positive * Interval.Sqrt(positive));
            case Function.Sin:
                return -Interval.Sin(t);
            case Function.Cos:
                return -Interval.Cos(t);
            case Function.Tan:
                var tan = Interval.Tan(t);
                return Interval.Point(2) * tan * (Interval.One + Interval.Sqr(tan));
            case Function.Atan:
                return Interval.Point(-2) * t / Interval.Sqr(Interval.One + Interval.Sqr(t));
            case Function.Sinh:
                return Interval.Sinh(t);
            case Function.Cosh:
                return Interval.Cosh(t);
            case Function.Tanh:
                var tanh = Interval.Tanh(t);
                return Interval.Point(-2) * tanh * (Interval.One - Interval.Sqr(tanh));
            case Function.Erf:
                // largest where 2 t² = 1, and there 4/√(2 π e) < 1
                return Interval.Intersect(Interval.Point(-2) * t * Bell(t), Interval.Between(-1, 1));
            case Function.Sinc:
                return Interval.Point(2) * SincRange.Coefficients(t, 2)[2];
            case Function.Abs:
                return t.Inf > 0 || t.Sup < 0 ? Interval.Zero : Interval.Entire;
            case Function.Min or Function.Max:
                return Interval.Zero;
            default:
                return Slope(function, t);
        }
    }

    // erf'(t) = 2/√π e^(−t²)
    internal static Interval Bell(Interval t) =>
        Interval.Point(2) / Interval.Sqrt(Interval.Pi) * Interval.Exp(-Interval.Sqr(t));

    /// <summary>Whether the interval is one integer.</summary>
    public static bool IsInteger(Interval t) => t.IsPoint && Math.Floor(t.Inf).Equals(t.Inf);

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
}
