using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Intervals;

/// <summary>Elementary functions enclosed to any number of bits.</summary>
/// <remarks>
/// Guarantee: the result contains f(x) for every x of the argument. At a point its relative width is at most
/// 2^(3−bits), and a value that is exactly 0 or 1 at a point where the function is rational is found exactly.
/// Cost: a few dozen products of integers of bits + log2|x| + log2(1/|f(x)|) bits.
/// </remarks>
public static class Precise
{
    // A larger exponent argument would need a number of more than 2^30 bits.
    private const int LargestExponent = 30;

    /// <summary>π to <paramref name="bits"/> bits.</summary>
    public static DyadicInterval Pi(int bits) => Relative(FixedConstants.Pi, bits, 0);

    /// <summary>e^x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is 2^30 or more in absolute value.</exception>
    public static DyadicInterval Exp(DyadicInterval x, int bits) => Increasing(x, v => v.Sign == 0
        ? DyadicInterval.Point(1)
        : Relative(p => FixedFunctions.Exp(FixedBall.Of(Bounded(v), p)), bits, 0));

    /// <summary>2^x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is 2^30 or more in absolute value.</exception>
    public static DyadicInterval Exp2(DyadicInterval x, int bits) => Increasing(x, v => v.Exponent >= 0
        ? DyadicInterval.Point(new Dyadic(1, (int)(Bounded(v).Mantissa << v.Exponent)))
        : Relative(p => FixedFunctions.Exp2(FixedBall.Of(Bounded(v), p)), bits, 0));

    /// <summary>The natural logarithm of x &gt; 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The argument is not positive.</exception>
    public static DyadicInterval Log(DyadicInterval x, int bits) => Increasing(Positive(x), v => v == Dyadic.One
        ? default
        : Relative(p => LogOf(v, p), bits, 0));

    /// <summary>The logarithm of x &gt; 0 to base 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The argument is not positive.</exception>
    public static DyadicInterval Log2(DyadicInterval x, int bits) => Increasing(Positive(x), v => v.Mantissa.IsOne
        ? DyadicInterval.Point(v.Exponent)
        : Relative(p => LogOf(v, p) / FixedConstants.Ln2(p), bits, 0));

    /// <summary>The square root of x ≥ 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The argument is negative somewhere.</exception>
    public static DyadicInterval Sqrt(DyadicInterval x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x.Inf.Sign, nameof(x));
        return Increasing(x, v =>
        {
            // m 2^(2s) with a mantissa of 2 bits + 2 bits at least; its integer root has bits + 1.
            int s = (int)Math.Max(0, (2L * bits) + 2 - v.Precision);
            s += (s + v.Exponent) & 1;
            var scaled = v.Mantissa << s;
            var root = IntegerRoot.Floor(scaled);
            int exponent = (v.Exponent - s) / 2;
            var low = new Dyadic(root, exponent);
            return root * root == scaled
                ? DyadicInterval.Point(low)
                : DyadicInterval.Between(low, new Dyadic(root + 1, exponent));
        });
    }

    /// <summary>The sine.</summary>
    public static DyadicInterval Sin(DyadicInterval x, int bits) => x.IsPoint
        ? SinAt(x.Inf, bits)
        : AroundMiddle(x, bits, SinAt);

    /// <summary>The cosine.</summary>
    public static DyadicInterval Cos(DyadicInterval x, int bits) => x.IsPoint
        ? CosAt(x.Inf, bits)
        : AroundMiddle(x, bits, CosAt);

    /// <summary>The tangent.</summary>
    /// <exception cref="DivideByZeroException">The argument's cosine cannot be told from 0.</exception>
    public static DyadicInterval Tan(DyadicInterval x, int bits)
    {
        if (!x.IsPoint)
        {
            return Sin(x, bits + 4).DividedBy(Cos(x, bits + 4), bits);
        }

        return x.Inf.Sign == 0 ? default : Relative(p => Tangent(x.Inf, p), bits, -Top(x.Inf));
    }

    /// <summary>The arctangent, between −π/2 and π/2.</summary>
    public static DyadicInterval Atan(DyadicInterval x, int bits) => Increasing(x, v => v.Sign == 0
        ? default
        : Relative(p => FixedFunctions.Atan(FixedBall.Of(v, p)), bits, -Top(v)));

    /// <summary>The hyperbolic sine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is 2^30 or more in absolute value.</exception>
    public static DyadicInterval Sinh(DyadicInterval x, int bits) => Increasing(x, v => v.Sign == 0
        ? default
        : Relative(p => Hyperbolic(Bounded(v), p, -1), bits, -Top(v)));

    /// <summary>The hyperbolic cosine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is 2^30 or more in absolute value.</exception>
    public static DyadicInterval Cosh(DyadicInterval x, int bits) => Increasing(x.Abs(), v => v.Sign == 0
        ? DyadicInterval.Point(1)
        : Relative(p => Hyperbolic(Bounded(v), p, 1), bits, 0));

    /// <summary>The hyperbolic tangent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is 2^30 or more in absolute value.</exception>
    public static DyadicInterval Tanh(DyadicInterval x, int bits) => Increasing(x, v => v.Sign == 0
        ? default
        : WithinOne(Relative(p => TanhOf(Bounded(v), p), bits, -Top(v))));

    /// <summary>The error function 2/√π ∫ e^(−t²) dt from 0 to x.</summary>
    public static DyadicInterval Erf(DyadicInterval x, int bits) => Increasing(x, v => v.Sign == 0
        ? default
        : WithinOne(Relative(p => FixedFunctions.Erf(FixedBall.Of(v, p)), bits, -Top(v))));

    /// <summary>sin(x)/x, and 1 at 0.</summary>
    public static DyadicInterval Sinc(DyadicInterval x, int bits) => x.IsPoint
        ? SincAt(x.Inf, bits)
        : AroundMiddle(x, bits, SincAt); // it moves half as far as its argument at most

    /// <summary>The real power x^y = e^(y ln x) of x &gt; 0 with a rational exponent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The base is not positive, or the power leaves the
    /// range.</exception>
    public static DyadicInterval Pow(DyadicInterval x, BigRational y, int bits)
    {
        Positive(x);
        if (y.IsZero)
        {
            return DyadicInterval.Point(1);
        }

        var ends = Increasing(x, v => PowAt(v, y, bits));
        if (y.Sign > 0)
        {
            return ends;
        }

        return DyadicInterval.Hull(PowAt(x.Inf, y, bits), PowAt(x.Sup, y, bits));
    }

    internal static FixedBall LogOf(Dyadic v, int p)
    {
        // The number scaled to [1, 2) loses nothing that counts: ln v = ln m + e ln 2, with e = 0 or -1 kept inside
        // near 1.
        int e = Top(v);
        return e is -1 or 0 or 1
            ? FixedFunctions.Log(FixedBall.Of(v, p))
            : FixedFunctions.Log(FixedBall.Of(new Dyadic(v.Mantissa, v.Exponent - e), p))
                + FixedConstants.Ln2(p + 32).Times(e).AtBits(p);
    }

    internal static FixedBall Tangent(Dyadic v, int p)
    {
        var (sin, cos) = FixedFunctions.SinCos(FixedBall.Of(v, p));
        return sin / cos;
    }

    // (e^v + sign e^-v)/2 for v > 0: e^v = m 2^k with m near 1 and k at least 0.
    internal static FixedBall Hyperbolic(Dyadic v, int p, int sign)
    {
        if (v.Sign < 0)
        {
            var mirrored = Hyperbolic(-v, p, sign);
            return sign > 0 ? mirrored : -mirrored;
        }

        var e = FixedFunctions.Exp(FixedBall.Of(v, p));
        int k = p - e.Bits;
        var m = e.Scaled(-k);
        var inverse = m.Reciprocal().Scaled(-2 * k).AtBits(p);
        return (sign > 0 ? m + inverse : m - inverse).Scaled(k - 1);
    }

    internal static FixedBall TanhOf(Dyadic v, int p)
    {
        if (v.Sign < 0)
        {
            return -TanhOf(-v, p);
        }

        var u = FixedFunctions.Exp(FixedBall.Of(-(v + v), p)).AtBits(p);
        var one = FixedBall.Integer(1, p);
        return (one - u) / (one + u);
    }

    // floor(log2 |v|).
    internal static int Top(Dyadic v) => checked((int)v.Precision - 1 + v.Exponent);

    // A ball whose radius is at most 2^-bits of its midpoint, rounded to as many bits. `small` estimates -log2 of the
    // result.
    internal static DyadicInterval Relative(Func<int, FixedBall> f, int bits, int small)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        for (int p = (bits + Math.Max(small, 0) + 95) & ~63; ; p = checked(p * 2))
        {
            if (Try(f, p) is { } ball && BigInteger.Abs(ball.Mid) >= ball.Rad << (bits + 1))
            {
                return DyadicInterval.Between(new Dyadic(ball.Low, -ball.Bits), new Dyadic(ball.High, -ball.Bits))
                    .Round(bits);
            }
        }
    }

    internal static FixedBall? Try(Func<int, FixedBall> f, int p)
    {
        try
        {
            return f(p);
        }
        catch (PrecisionException)
        {
            return null;
        }
    }

    private static DyadicInterval SinAt(Dyadic v, int bits) => v.Sign == 0
        ? default
        : WithinOne(Relative(p => FixedFunctions.SinCos(FixedBall.Of(v, p)).Sin, bits, -Top(v)));

    private static DyadicInterval CosAt(Dyadic v, int bits) => v.Sign == 0
        ? DyadicInterval.Point(1)
        : WithinOne(Relative(p => FixedFunctions.SinCos(FixedBall.Of(v, p)).Cos, bits, 0));

    private static DyadicInterval SincAt(Dyadic v, int bits) => v.Sign == 0
        ? DyadicInterval.Point(1)
        : WithinOne(Relative(p => FixedFunctions.Sinc(FixedBall.Of(v, p)), bits, Top(v)));

    private static DyadicInterval PowAt(Dyadic v, BigRational y, int bits)
    {
        if (v == Dyadic.One)
        {
            return DyadicInterval.Point(1);
        }

        if (y.IsInteger && BigInteger.Abs(y.Numerator) <= 1 << 16)
        {
            int n = (int)BigInteger.Abs(y.Numerator);
            var power = DyadicInterval.Point(v).Pow(n);
            return (y.Sign > 0 ? power : DyadicInterval.Point(1).DividedBy(power, bits)).Round(bits);
        }

        var exponent = Exponent(v, y, 32);
        return BigInteger.Abs(exponent.Mid) < BigInteger.One << (32 + LargestExponent)
            ? Relative(p => FixedFunctions.Exp(Exponent(v, y, p)), bits, 0)
            : throw new ArgumentOutOfRangeException(nameof(y), $"{v}^{y} lies outside e^(±2^{LargestExponent}).");
    }

    // y ln v, to p bits after the point.
    internal static FixedBall Exponent(Dyadic v, BigRational y, int p)
    {
        int more = (32 + (int)y.Floor().GetBitLength() + 31) & ~31;
        var log = LogOf(v, p + more);
        return (log * FixedBall.Of(y, p + more)).AtBits(p);
    }

    // The sine and the cosine move at most as far as their argument, and stay within [-1, 1].
    private static DyadicInterval AroundMiddle(DyadicInterval x, int bits, Func<Dyadic, int, DyadicInterval> at)
    {
        var middle = (x.Inf + x.Sup) * new Dyadic(1, -1);
        var radius = x.Width * new Dyadic(1, -1);
        return WithinOne(at(middle, bits) + DyadicInterval.Between(-radius, radius)).Round(bits);
    }

    // The members in [-1, 1] of an enclosure of something that lies there.
    private static DyadicInterval WithinOne(DyadicInterval x)
    {
        Dyadic one = 1;
        return DyadicInterval.Between(x.Inf < -one ? -one : x.Inf, x.Sup > one ? one : x.Sup);
    }

    private static DyadicInterval Increasing(DyadicInterval x, Func<Dyadic, DyadicInterval> at)
    {
        var low = at(x.Inf);
        return x.IsPoint ? low : DyadicInterval.Hull(low, at(x.Sup));
    }

    private static DyadicInterval Positive(DyadicInterval x) => x.Inf.Sign > 0
        ? x
        : throw new ArgumentOutOfRangeException(nameof(x), $"A positive argument is needed; got {x}.");

    private static Dyadic Bounded(Dyadic v) => v.Sign == 0 || Top(v) < LargestExponent
        ? v
        : throw new ArgumentOutOfRangeException(
            nameof(v), $"An exponent below 2^{LargestExponent} is needed; got {v}.");
}
