using System.Runtime.CompilerServices;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// The exponential and its kin in pairs of doubles; docs/elementary-functions.md, section 2, derives each constant.
internal static class FastExp
{
    // Relative error of Kernel for an exact argument.
    public const double Claim = 1.6940658945086007e-21; // 2^-69

    public const double Steps = 46.16624130844683; // 32/ln 2, rounded
    private static readonly Pair[] Powers = [.. Enumerable.Range(0, 32).Select(j =>
        Pair.Of(FixedFunctions.Exp2(FixedBall.Of(new BigRational(j, 32), 192))))];

    // ln 2/32 = L1 + L2 + less than 2^-97, L1 with 37 bits.
    public static readonly double L1 = Leading(37), L2 = Rest(L1);

    // 2^(j/32), j = 0 ... 31.
    public static IReadOnlyList<Pair> Table => Powers;

    // exp(x) = (High + Low) 2^Exponent with High in [0.98, 2.01).
    public readonly record struct Scaled(double High, double Low, int Exponent);

    // exp(x) for |x| <= 1420.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scaled Kernel(double x)
    {
        double k = Math.Round(x * Steps);
        double a = Math.FusedMultiplyAdd(-k, L1, x); // exact: |a| < 2^-6 is a multiple of 2^-60
        double b = k * L2, bLow = Math.FusedMultiplyAdd(k, L2, -b);
        var r = Pair.Sum(a, -b);
        return Combine((int)k, r.High, r.Low - bLow);
    }

    // exp(high + low) for |high| <= 710 and |low| <= 2^-43: the low part is carried over into the reduced argument.
    public static Scaled KernelOfPair(double high, double low)
    {
        double k = Math.Round(high * Steps);
        double a = Math.FusedMultiplyAdd(-k, L1, high);
        double b = k * L2, bLow = Math.FusedMultiplyAdd(k, L2, -b);
        var r = Pair.Sum(a, -b);
        var normal = Pair.Sum(r.High, r.Low + (low - bLow));
        return Combine((int)k, normal.High, normal.Low);
    }

    // 2^(k/32) exp(r + rLow).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scaled Combine(int k, double r, double rLow)
    {
        var e = Minus1(r, rLow);
        var t = Powers[k & 31];
        var p = Pair.Product(t.High, e.High);
        var h = Pair.FastSum(t.High, p.High);
        double l = h.Low + (p.Low + ((t.High * e.Low) + (t.Low + (t.Low * e.High))));
        var result = Pair.FastSum(h.High, l);
        return new(result.High, result.Low, k >> 5);
    }

    // exp(r + rLow) - 1 for |r| <= 0.0109: r + r^2/2 + r^3 q, the square exact; the low part is not normalised.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair Minus1(double r, double rLow)
    {
        double s = r * r, sLow = Math.FusedMultiplyAdd(r, r, -s);
        double q = Math.FusedMultiplyAdd(r, 1.0 / 362880, 1.0 / 40320);
        q = Math.FusedMultiplyAdd(r, q, 1.0 / 5040);
        q = Math.FusedMultiplyAdd(r, q, 1.0 / 720);
        q = Math.FusedMultiplyAdd(r, q, 1.0 / 120);
        q = Math.FusedMultiplyAdd(r, q, 1.0 / 24);
        q = Math.FusedMultiplyAdd(r, q, 1.0 / 6);
        var sum = Pair.FastSum(r, 0.5 * s);
        double tail = Math.FusedMultiplyAdd(r * s, q, (0.5 * sLow) + Math.FusedMultiplyAdd(r, rLow, rLow));
        return new(sum.High, sum.Low + tail);
    }

    public static Approximation Exp(double x)
    {
        return x is > 700 or < -600 || Math.Abs(x) < 1e-15 ? Approximation.None : Of(Kernel(x), Claim);
    }

    public static Approximation Exp2(double x)
    {
        if (x is > 1000 or < -860 || Math.Abs(x) < 1e-15 || x == Math.Floor(x))
        {
            return Approximation.None;
        }

        double k = Math.Round(x * 32), rest = x - (k * 0.03125); // exact: a multiple of the unit of x, or x itself
        var r = Pair.Product(rest, Ln2.High);
        return Of(Combine((int)k, r.High, r.Low + (rest * Ln2.Low)), Claim);
    }

    public static Approximation Expm1(double x)
    {
        double size = Math.Abs(x);
        if (size is > 700 or < 1e-15 || x < -35)
        {
            return Approximation.None;
        }

        if (size <= 0.0108)
        {
            var small = Minus1(x, 0);
            var sum = Pair.FastSum(small.High, small.Low);
            return new Approximation(sum.High, sum.Low, Math.Abs(sum.High) * 5.421010862427522e-20); // 2^-64
        }

        var e = Unscaled(Kernel(x));
        var difference = Pair.Sum(e.High, -1);
        var result = Pair.FastSum(difference.High, difference.Low + e.Low);
        return new Approximation(
            // 2^-104
            result.High, result.Low, (e.High * (2 * Claim)) + (Math.Abs(result.High) * 4.930380657631324e-32));
    }

    // (e - 1/e)/2 or (e + 1/e)/2 with e = exp|x|.
    public static Approximation Hyperbolic(double x, bool sine)
    {
        double size = Math.Abs(x);
        if (size is > 700 or < 1e-7)
        {
            return Approximation.None;
        }

        if (sine && size < 0.015625)
        {
            double s = x * x;
            double q = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(
                s, 1.0 / 362880, 1.0 / 5040), 1.0 / 120), 1.0 / 6);
            return FastOdd.Of(x, x * s * q);
        }

        var e = Unscaled(Kernel(size));
        var inverse = Pair.Quotient(new(1, 0), e);
        double sign = sine ? -1 : 1;
        var sum = Pair.FastSum(e.High, sign * inverse.High);
        var result = Pair.FastSum(sum.High, sum.Low + (e.Low + (sign * inverse.Low)));
        double factor = sine && x < 0 ? -0.5 : 0.5;
        return new Approximation(factor * result.High, factor * result.Low, e.High * (2 * Claim));
    }

    // (u - 1)/(u + 1) with u = exp 2|x|.
    public static Approximation Tanh(double x)
    {
        double size = Math.Abs(x);
        if (size is >= 20 or < 1e-7)
        {
            return Approximation.None;
        }

        if (size < 0.015625)
        {
            double s = x * x;
            double q = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(
                s, -1382.0 / 155925, 62.0 / 2835), s, -17.0 / 315), 2.0 / 15), -1.0 / 3);
            return FastOdd.Of(x, x * s * q);
        }

        var u = Unscaled(Kernel(2 * size));
        Pair over = Pair.FastSum(u.High, -1), under = Pair.FastSum(u.High, 1);
        var q1 = Pair.Quotient(
            Pair.FastSum(over.High, over.Low + u.Low), Pair.FastSum(under.High, under.Low + u.Low));

        // d tanh/du = 2/(u + 1)^2, so an error of 2^-69 u in u moves the quotient by at most 2^-70.
        double sign = x < 0 ? -1 : 1;
        return new Approximation(sign * q1.High, sign * q1.Low, Claim);
    }

    public static Pair Unscaled(Scaled e)
    {
        double scale = BitConverter.Int64BitsToDouble((e.Exponent + 1023L) << 52);
        return new(e.High * scale, e.Low * scale);
    }

    // Both parts scale exactly: down to e^-600 > 2^-866 the error, 2^-69 of it, is far above 2^-1074.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation Of(Scaled e, double relativeError)
    {
        var p = Unscaled(e);
        return new Approximation(p.High, p.Low, p.High * relativeError);
    }

    private static Pair Ln2 { get; } = Pair.Of(FixedConstants.Ln2(192));

    private static BigRational Step => new BigRational(FixedConstants.Ln2(192).Mid) * BigRational.PowerOfTwo(-197);

    private static double Leading(int bits) => Binary64.RoundDown(Dyadic.RoundDown(Step, bits));

    private static double Rest(double leading) => Binary64.Nearest(Step - BigRational.Exact(leading));
}
