using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// The tightest interval around f(x) at a finite binary64 x, for every elementary function. Where f(x) is itself a
// binary64 number the case is found beforehand, by the theorem named at it; elsewhere fixed-point arithmetic of growing
// precision (Ziv) ends as soon as both ends of its ball lie between the same two neighbours.
//
// Tiny arguments are decided by the first terms of the Taylor series; 2^-28 and 2^-54 leave a factor of four at least.
internal static class Tightest
{
    private const double Tiny = 3.725290298461914e-09; // 2^-28
    private const double Minute = 5.551115123125783e-17; // 2^-54

    // By Lindemann e^x, ln x, sin x, cos x, tan x and their inverses and hyperbolic kin are irrational at algebraic x
    // except where the function is 0 or 1 trivially.
    public static Interval Exp(double x) => x switch
    {
        0 => Interval.One,
        > 710 => AboveRange,
        < -746 => BelowRange,
        _ when Math.Abs(x) < Minute => Beside(1, x > 0),
        _ => Ziv(p => FixedFunctions.Exp(FixedBall.Of(Binary64.ExactDyadic(x), p)), 0),
    };

    // 2^x is rational only at integers, as 2^(a/2^j) is a root of t^(2^j) - 2^a, which has no rational root for odd a.
    public static Interval Exp2(double x) => x switch
    {
        >= 1024 => AboveRange,
        < -1075 => BelowRange,
        _ when x == Math.Floor(x) => Interval.Enclose(BigRational.PowerOfTwo((int)x)),
        _ when Math.Abs(x) < Minute => Beside(1, x > 0),
        _ => Ziv(p => FixedFunctions.Exp2(FixedBall.Of(Binary64.ExactDyadic(x), p)), 0),
    };

    // 10^x, likewise rational only at integers.
    public static Interval Exp10(double x) => x switch
    {
        > 309 => AboveRange,
        < -324 => BelowRange,
        _ when x == Math.Floor(x) => Interval.Enclose(BigRational.Pow(10, (int)x)),
        _ when Math.Abs(x) < Minute / 4 => Beside(1, x > 0),
        _ => Ziv(p => FixedFunctions.Exp10(FixedBall.Of(Binary64.ExactDyadic(x), p)), 0),
    };

    // x < e^x - 1 < x + x^2 for 0 < |x| < 1.
    public static Interval Expm1(double x) => x switch
    {
        0 => Interval.Zero,
        > 710 => AboveRange,
        < -40 => Interval.Raw(-1, Math.BitIncrement(-1.0)),
        _ when Math.Abs(x) < Minute => Interval.Raw(x, Math.BitIncrement(x)),
        _ => Ziv(p => FixedFunctions.Expm1(FixedBall.Of(Binary64.ExactDyadic(x), p)), Small(x)),
    };

    public static Interval Log(double x) => x == 1
        ? Interval.Zero
        : Ziv(p => Precise.LogOf(Binary64.ExactDyadic(x), p), Small(x - 1));

    // log2 x is rational only at powers of two among the dyadic numbers.
    public static Interval Log2(double x) => Binary64.ExactDyadic(x) is { Mantissa.IsOne: true } power
        ? Interval.Point(power.Exponent)
        : Ziv(p => Precise.LogOf(Binary64.ExactDyadic(x), p) / FixedConstants.Ln2(p), Small(x - 1));

    // log10 x is rational only at powers of ten; 10^22 is the largest that is a binary64 number, and 10^-1 none.
    public static Interval Log10(double x)
    {
        var exact = Binary64.ExactDyadic(x);
        if (exact.Exponent >= 0 && x <= 1e22)
        {
            for (int n = 0; n <= 22; n++)
            {
                if (BigInteger.Pow(10, n) == exact.Mantissa << exact.Exponent)
                {
                    return Interval.Point(n);
                }
            }
        }

        return Ziv(p => Precise.LogOf(exact, p) / FixedConstants.Ln10(p), Small(x - 1));
    }

    // x - x^2 < ln(1 + x) < x for 0 < |x| < 1/2.
    public static Interval Log1p(double x) => x switch
    {
        0 => Interval.Zero,
        _ when Math.Abs(x) < Minute => Interval.Raw(Math.BitDecrement(x), x),
        _ => Ziv(p => Precise.LogOf(1 + Binary64.ExactDyadic(x), p), Small(x)),
    };

    // |x| - |x|^3/6 < |sin x| < |x|.
    public static Interval Sin(double x) => x == 0 ? Interval.Zero
        : Math.Abs(x) < Tiny ? TowardsZero(x)
        : Ziv(p => FixedFunctions.SinCos(FixedBall.Of(Binary64.ExactDyadic(x), p)).Sin, Small(x));

    // 1 - x^2/2 < cos x < 1.
    public static Interval Cos(double x) => x == 0 ? Interval.One
        : Math.Abs(x) < Tiny ? Beside(1, up: false)
        : Ziv(p => FixedFunctions.SinCos(FixedBall.Of(Binary64.ExactDyadic(x), p)).Cos, 0);

    // |x| < |tan x| < |x| + |x|^3/2 for |x| < 1/2.
    public static Interval Tan(double x) => x == 0 ? Interval.Zero
        : Math.Abs(x) < Tiny ? AwayFromZero(x)
        : Ziv(p => Precise.Tangent(Binary64.ExactDyadic(x), p), Small(x));

    public static Interval Cot(double x) =>
        Ziv(p => Precise.Tangent(Binary64.ExactDyadic(x), p).Reciprocal(), Small(x));

    // |x| - |x|^3/3 < |atan x| < |x|.
    public static Interval Atan(double x) => x == 0 ? Interval.Zero
        : Math.Abs(x) < Tiny ? TowardsZero(x)
        : Ziv(p => FixedFunctions.Atan(FixedBall.Of(Binary64.ExactDyadic(x), p)), Small(x));

    // asin x = atan(x/sqrt((1 - x)(1 + x))) and |x| < |asin x| < |x| + |x|^3 for |x| < 1/2.
    public static Interval Asin(double x) => x switch
    {
        0 => Interval.Zero,
        1 => HalfPi,
        -1 => -HalfPi,
        _ when Math.Abs(x) < Tiny => AwayFromZero(x),
        _ => Ziv(p => AsinOf(Binary64.ExactDyadic(x), p), Small(x)),
    };

    // acos x = 2 atan(sqrt((1 - x)/(1 + x))).
    public static Interval Acos(double x) => x switch
    {
        1 => Interval.Zero,
        -1 => Pi,
        _ => Ziv(p => AcosOf(Binary64.ExactDyadic(x), p), Small(1 - x)),
    };

    public static Interval Sinh(double x) => x switch
    {
        0 => Interval.Zero,
        > 711 => AboveRange,
        < -711 => -AboveRange,
        _ when Math.Abs(x) < Tiny => AwayFromZero(x),
        _ => Ziv(p => Precise.Hyperbolic(Binary64.ExactDyadic(x), p, -1), Small(x)),
    };

    public static Interval Cosh(double x) => x == 0 ? Interval.One
        : Math.Abs(x) > 711 ? AboveRange
        : Math.Abs(x) < Tiny ? Beside(1, up: true)
        : Ziv(p => Precise.Hyperbolic(Binary64.ExactDyadic(x), p, 1), 0);

    // 1 - tanh x < 2 e^(-2x) < 2^-54 for x >= 20.
    public static Interval Tanh(double x) => x switch
    {
        0 => Interval.Zero,
        >= 20 => Beside(1, up: false),
        <= -20 => -Beside(1, up: false),
        _ when Math.Abs(x) < Tiny => TowardsZero(x),
        _ => Ziv(p => Precise.TanhOf(Binary64.ExactDyadic(x), p), Small(x)),
    };

    // 1 - erf x < e^(-x^2)/(x sqrt(pi)) < 2^-54 for x >= 6. Elsewhere rounded outward and no more, so that it ends in
    // any case.
    public static Interval Erf(double x)
    {
        if (x == 0 || Math.Abs(x) >= 6)
        {
            return x == 0 ? Interval.Zero : x > 0 ? Beside(1, up: false) : -Beside(1, up: false);
        }

        var value = Precise.Erf(DyadicInterval.Point(Binary64.ExactDyadic(x)), 96);
        return Interval.Raw(Binary64.RoundDown(value.Inf), Binary64.RoundUp(value.Sup));
    }

    // sin x is transcendental at algebraic x other than 0, hence so is sin(x)/x. 0 < 1 - sin(x)/x < x^2/6.
    public static Interval Sinc(double x) => x switch
    {
        0 => Interval.One,
        _ when Math.Abs(x) < Tiny => Beside(1, up: false),
        _ => Ziv(p => FixedFunctions.Sinc(FixedBall.Of(Binary64.ExactDyadic(x), p)), Math.Max(0, Exponent(x))),
    };

    public static Interval Coth(double x) => Math.Abs(x) >= 20
        ? x > 0 ? Beside(1, up: true) : -Beside(1, up: true)
        : Ziv(p => Precise.TanhOf(Binary64.ExactDyadic(x), p).Reciprocal(), Small(x));

    // asinh x = sign(x) ln(|x| + sqrt(x^2 + 1)), and |x| - |x|^3/6 < |asinh x| < |x|.
    public static Interval Asinh(double x) => x == 0 ? Interval.Zero
        : Math.Abs(x) < Tiny ? TowardsZero(x)
        : x < 0 ? -Asinh(-x)
        : Ziv(p => LogOfSumWithRoot(Binary64.ExactDyadic(x), p, 1), Small(x));

    public static Interval Acosh(double x) => x == 1
        ? Interval.Zero
        : Ziv(p => LogOfSumWithRoot(Binary64.ExactDyadic(x), p, -1), Small(x - 1));

    // atanh x = ln((1 + x)/(1 - x))/2, and |x| < |atanh x| < |x| + |x|^3 for |x| < 1/2.
    public static Interval Atanh(double x) => x == 0 ? Interval.Zero
        : Math.Abs(x) < Tiny ? AwayFromZero(x)
        : Ziv(
            p => (Precise.LogOf(1 + Binary64.ExactDyadic(x), p) - Precise.LogOf(1 - Binary64.ExactDyadic(x), p)).Half(),
            Small(x));

    // acoth x = ln((x + 1)/(x - 1))/2 for |x| > 1.
    public static Interval Acoth(double x) => x < 0
        ? -Acoth(-x)
        : Ziv(
            p => (Precise.LogOf(Binary64.ExactDyadic(x) + 1, p) - Precise.LogOf(Binary64.ExactDyadic(x) - 1, p)).Half(),
            x > 2 ? Exponent(x) : 0);

    // acot x = atan(1/x) for x > 0, in (0, pi).
    public static Interval Acot(double x) =>
        x == 0 ? HalfPi : Ziv(p => AcotOf(Binary64.ExactDyadic(x), p), Math.Max(0, Exponent(x)));

    // The angle of the point (x, y), both finite and not both 0. By Lindemann irrational unless it is 0.
    public static Interval Atan2(double y, double x)
    {
        if (y == 0)
        {
            return x > 0 ? Interval.Zero : Pi;
        }

        if (x == 0)
        {
            return y > 0 ? HalfPi : -HalfPi;
        }

        // |y/x| < 2^-1080 and x > 0: a subnormal or nothing beside 0.
        int quotient = Exponent(y) - Exponent(x);
        if (x > 0 && quotient < -1080)
        {
            return y > 0 ? Interval.Raw(0, double.Epsilon) : Interval.Raw(-double.Epsilon, 0);
        }

        Dyadic u = Binary64.ExactDyadic(y), v = Binary64.ExactDyadic(x);
        if (x > 0 && quotient < -60)
        {
            // q - q^3/3 < atan q < q: the neighbours of q decide, below it where q itself is a binary64 number.
            var q = u.ToRational() / v.ToRational();
            var a = BigRational.Abs(q);
            var angle = Interval.Enclose(a - (a * a * a / 3), a);
            return q.Sign > 0 ? angle : -angle;
        }

        return Ziv(p => AngleOf(u, v, p), x > 0 ? Math.Max(0, -quotient) : 0);
    }

    // x^y for x > 0 and x not 1. A rational power of a dyadic number is dyadic only where the number is a perfect power
    // (see ExactRoot), found beforehand; a rational one that is not dyadic has both neighbours, as any other value.
    public static Interval Pow(double x, BigRational y)
    {
        if (y.IsZero || x == 1)
        {
            return Interval.One;
        }

        var base2 = Binary64.ExactDyadic(x);
        if (ExactPower(base2, y) is { } exact)
        {
            return exact;
        }

        // |ln x| > 2^-54, so these powers leave the range.
        if (BigRational.Abs(y) > BigRational.PowerOfTwo(65))
        {
            return (x > 1) == (y.Sign > 0) ? AboveRange : BelowRange;
        }

        var exponent = Precise.Exponent(base2, y, 64);
        if (exponent.Low > (BigInteger)710 << exponent.Bits)
        {
            return AboveRange;
        }

        if (exponent.High < (BigInteger)(-746) << exponent.Bits)
        {
            return BelowRange;
        }

        // |ln x| < 2^10, so x^y stays within 2^-60 of 1 for a minute y.
        if (BigRational.Abs(y) < BigRational.PowerOfTwo(-72))
        {
            return Beside(1, (x > 1) == (y.Sign > 0));
        }

        return Ziv(p => FixedFunctions.Exp(Precise.Exponent(base2, y, p)), 0);
    }

    public static Interval Pi { get; } = Ziv(FixedConstants.Pi, 0);

    public static Interval HalfPi { get; } = Ziv(p => FixedConstants.Pi(p).Half(), 0);

    // The number of quarter turns below x: the largest k with k pi/2 <= x.
    public static BigInteger Quarters(double x)
    {
        if (x == 0)
        {
            return BigInteger.Zero;
        }

        var exact = Binary64.ExactDyadic(x);
        for (int p = 128 + Small(x); ; p *= 2)
        {
            var (k, rest) = FixedFunctions.Quarter(FixedBall.Of(exact, p));
            if (rest.Low.Sign >= 0)
            {
                return k;
            }

            if (rest.High.Sign < 0)
            {
                return k - 1;
            }
        }
    }

    private static Interval AboveRange => Interval.Raw(double.MaxValue, double.PositiveInfinity);

    private static Interval BelowRange => Interval.Raw(0, double.Epsilon);

    // The value is no binary64 number, so its neighbours are the tightest bounds.
    internal static Interval Ziv(Func<int, FixedBall> f, int small)
    {
        for (int p = (128 + small + 31) & ~31; ; p = checked(p + (p / 2) + 31) & ~31)
        {
            if (Precise.Try(f, p) is { } ball)
            {
                double down = Binary64.RoundDown(ball.Low, -ball.Bits);
                if (down == Binary64.RoundDown(ball.High, -ball.Bits))
                {
                    return Interval.Raw(down, Math.BitIncrement(down));
                }
            }
        }
    }

    private static Interval? ExactPower(Dyadic x, BigRational y)
    {
        // x = w^q with q the denominator of y, if at all; then x^y = w^p.
        var q = y.Denominator;
        if (ExactRoot(x, q) is not { } root)
        {
            return null;
        }

        if (root == Dyadic.One)
        {
            return Interval.One;
        }

        if (BigInteger.Abs(y.Numerator) <= int.MaxValue)
        {
            double w = Binary64.RoundDown(root);
            return Interval.Pow(Interval.Point(w), (int)y.Numerator);
        }

        return null; // a power of two leaves the range, which the caller sees; others have too many bits to be exact
    }

    private static Dyadic? ExactRoot(Dyadic x, BigInteger n)
    {
        if (n.IsOne)
        {
            return x;
        }

        var exponent = BigInteger.DivRem(x.Exponent, n, out var rest);
        return rest.IsZero && IntegerRoot.Exact(x.Mantissa, n) is { } mantissa
            ? new Dyadic(mantissa, (int)exponent)
            : null;
    }

    internal static FixedBall AsinOf(Dyadic x, int p)
    {
        var cos = FixedBall.Of((1 - x) * (1 + x), 2 * p).Sqrt().AtBits(p);
        return FixedFunctions.Atan(FixedBall.Of(x, p) / cos);
    }

    internal static FixedBall AcosOf(Dyadic x, int p)
    {
        if (x.Sign < 0)
        {
            return FixedConstants.Pi(p) - AcosOf(-x, p);
        }

        var half = (FixedBall.Of(1 - x, 2 * p) / FixedBall.Of(1 + x, 2 * p)).Sqrt().AtBits(p);
        return FixedFunctions.Atan(half).Times(2);
    }

    private static FixedBall AcotOf(Dyadic x, int p) => x > 1
        ? FixedFunctions.Atan(FixedBall.Of(x, p).Reciprocal())
        : FixedConstants.Pi(p).Half() - FixedFunctions.Atan(FixedBall.Of(x, p));

    private static FixedBall AngleOf(Dyadic y, Dyadic x, int p)
    {
        var quotient = FixedBall.Of(y.ToRational() / x.ToRational(), p);
        var angle = FixedFunctions.Atan(quotient);
        return x.Sign > 0 ? angle : y.Sign > 0 ? angle + FixedConstants.Pi(p) : angle - FixedConstants.Pi(p);
    }

    // ln(x + sqrt(x^2 + sign)) for x > 0; x^2 + sign is exact.
    private static FixedBall LogOfSumWithRoot(Dyadic x, int p, int sign)
    {
        int e = Math.Max(0, Precise.Top(x)); // scaled by 2^-e to below 4
        var square = FixedBall.Of(new Dyadic(1, -2 * e) * ((x * x) + sign), 2 * p);
        var sum = FixedBall.Of(x * new Dyadic(1, -e), p) + square.Sqrt().AtBits(p);
        var log = FixedFunctions.Log(sum);
        return e == 0 ? log : log + FixedConstants.Ln2(p + 32).Times(e).AtBits(p);
    }

    // An upper bound of -log2 |x|, at least 0: the bits that a result near x needs before its own.
    private static int Small(double x) => Math.Max(0, -Exponent(x));

    private static int Exponent(double x) => x == 0 ? 0 : Math.ILogB(x);

    private static Interval TowardsZero(double x) =>
        x > 0 ? Interval.Raw(Math.BitDecrement(x), x) : Interval.Raw(x, Math.BitIncrement(x));

    private static Interval AwayFromZero(double x) =>
        x > 0 ? Interval.Raw(x, Math.BitIncrement(x)) : Interval.Raw(Math.BitDecrement(x), x);

    private static Interval Beside(double value, bool up) => up
        ? Interval.Raw(value, Math.BitIncrement(value))
        : Interval.Raw(Math.BitDecrement(value), value);
}
