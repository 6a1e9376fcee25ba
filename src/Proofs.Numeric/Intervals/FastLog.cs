using System.Numerics;
using System.Runtime.CompilerServices;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// Logarithms in pairs of doubles; docs/elementary-functions.md, section 3.
internal static class FastLog
{
    // Errors of Kernel: absolute, and relative in the two cells at 1.
    public const double AbsoluteClaim = 4.235164736271502e-22; // 2^-71
    public const double RelativeClaim = 5.421010862427522e-20; // 2^-64

    private const double Grid = 2.2737367544323206e-13; // 2^-42

    // For the 128 cells of m in [1, 2) by its leading seven bits: c near 1/m with 9 bits, halved from m = 1.4140625 on
    // so that m c stays near 1 while the exponent moves up by one; then ln(1/c) as a multiple of 2^-42 and the rest.
    private static readonly (double C, double High, double Low, int Up)[] Cells =
        [.. Enumerable.Range(0, 128).Select(Cell)];

    public static readonly double Ln2High = OnGrid(Exact(FixedConstants.Ln2(192)));
    public static readonly double Ln2Low =
        Binary64.Nearest(Exact(FixedConstants.Ln2(192)) - BigRational.Exact(Ln2High));
    private static readonly Pair InverseLn2 = Pair.Of(FixedConstants.Ln2(192).Reciprocal());
    private static readonly Pair InverseLn10 = Pair.Of(FixedConstants.Ln10(192).Reciprocal());

    // ln(x + low) for a normal x > 0 and |low| at most half a unit of x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation Kernel(double x, double low)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        var (c, tableHigh, tableLow, up) = Cells[(int)(bits >> 45) & 127];
        int e = (int)(bits >> 52) - 1023 + up;
        double m = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | ((1023L - up) << 52));
        double scaledLow = low == 0 ? 0 : low * BitConverter.Int64BitsToDouble((1023L - e) << 52);

        // z = m c - 1 as a pair, exact but for the rounding of scaledLow c.
        var p = Pair.Product(m, c);
        double z = p.High - 1, zLow = p.Low + (scaledLow * c);
        double a = Math.FusedMultiplyAdd(e, Ln2High, tableHigh); // exact: a multiple of 2^-42 below 2^10
        return Series(a, z, zLow, Math.FusedMultiplyAdd(e, Ln2Low, tableLow));
    }

    // a + aLow + ln(1 + z + zLow) for |z| <= 2^-7 and a = 0 or |a| >= 2^-8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation Series(double a, double z, double zLow, double aLow)
    {
        double s = z * z, sLow = Math.FusedMultiplyAdd(z, z, -s);
        double q = Math.FusedMultiplyAdd(z, -1.0 / 10, 1.0 / 9);
        q = Math.FusedMultiplyAdd(z, q, -1.0 / 8);
        q = Math.FusedMultiplyAdd(z, q, 1.0 / 7);
        q = Math.FusedMultiplyAdd(z, q, -1.0 / 6);
        q = Math.FusedMultiplyAdd(z, q, 1.0 / 5);
        q = Math.FusedMultiplyAdd(z, q, -1.0 / 4);
        q = Math.FusedMultiplyAdd(z, q, 1.0 / 3);
        double tail = Math.FusedMultiplyAdd(z * s, q, (zLow * (1 - z + s)) - (0.5 * sLow)) + aLow;
        Pair first = Pair.Sum(a, z), second = Pair.Sum(first.High, -0.5 * s);
        var result = Pair.FastSum(second.High, second.Low + (first.Low + tail));
        double error = a == 0
            ? Math.Abs(result.High) * RelativeClaim
            : AbsoluteClaim;
        return new(result.High, result.Low, error);
    }

    public static Approximation Log(double x)
    {
        return IsNormal(x) && x != 1 ? Kernel(x, 0) : Approximation.None;
    }

    public static Approximation Log1p(double x)
    {
        if (Math.Abs(x) < 1e-15 || x <= -1 || x > 1e300)
        {
            return Approximation.None;
        }

        if (Math.Abs(x) <= 0.0078125)
        {
            return Series(0, x, 0, 0);
        }

        var sum = Pair.Sum(x, 1);
        return IsNormal(sum.High) ? Kernel(sum.High, sum.Low) : Approximation.None;
    }

    public static Approximation Log2(double x)
    {
        return IsNormal(x) && (BitConverter.DoubleToInt64Bits(x) & 0xF_FFFF_FFFF_FFFF) != 0
            ? Times(Kernel(x, 0), InverseLn2)
            : Approximation.None;
    }

    public static Approximation Log10(double x)
    {
        return IsNormal(x) && !(x >= 1 && x <= 1e22 && x == Math.Floor(x))
            ? Times(Kernel(x, 0), InverseLn10)
            : Approximation.None;
    }

    // x^y = exp(y ln x): the error of the logarithm times y, and what rounding the product loses, become relative
    // errors.
    public static Approximation Pow(double x, double y)
    {
        if (!IsNormal(x) || x == 1 || Math.Abs(y) is > 1e6 or < 1e-12 || MayBeExact(x, y))
        {
            return Approximation.None;
        }

        var log = Kernel(x, 0);
        var w = Pair.Product(y, log.High);
        double low = w.Low + (y * log.Low);
        if (w.High is > 700 or < -600 || Math.Abs(w.High) < 1e-10)
        {
            return Approximation.None;
        }

        double error = (Math.Abs(y) * log.Error) + (Math.Abs(w.High) * 2.465190328815662e-32); // 2^-105
        var normal = Pair.FastSum(w.High, low);
        return FastExp.Of(FastExp.KernelOfPair(normal.High, normal.Low), (2 * error) + FastExp.Claim);
    }

    // ln(1/c) as a multiple of 2^-42 and the rest.
    public static (double High, double Low) Inverse(BigRational c)
    {
        var log = -Exact(FixedFunctions.Log(FixedBall.Of(c, 192)));
        double high = OnGrid(log);
        return (high, Binary64.Nearest(log - BigRational.Exact(high)));
    }

    // Whether x^y may be a binary64 number. With x = m 2^e, m odd, and y = k/2^j in lowest terms: x^(1/2^j) = w is then
    // dyadic, so
    // 2^j is at most 52, or divides e, at most 1074, where m = 1: y is a multiple of 2^-10. For j >= 1 m is a square;
    // for j = 0 and an exponent k other than 0 and 1 the mantissa m^|k| has at most 53 bits, so m has at most 27.
    private static bool MayBeExact(double x, double y)
    {
        double scaled = y * 1024;
        if (scaled != Math.Floor(scaled))
        {
            return false;
        }

        long m = (BitConverter.DoubleToInt64Bits(x) & 0xF_FFFF_FFFF_FFFF) | (1L << 52);
        m >>= BitOperations.TrailingZeroCount(m);
        if (y == Math.Floor(y))
        {
            return m < 1L << 27 || y == 1;
        }

        long root = (long)Math.Round(Math.Sqrt(m));
        return root * root == m;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximation Times(Approximation log, Pair factor)
    {
        var p = Pair.Product(log.High, factor.High);
        double low = p.Low + ((log.High * factor.Low) + (log.Low * factor.High));
        var result = Pair.FastSum(p.High, low);
        // 2^-102
        return new(result.High, result.Low, (log.Error * 1.5) + (Math.Abs(result.High) * 1.9721522630525295e-31));
    }

    private static bool IsNormal(double x) => x >= 2.2250738585072014e-308 && x <= double.MaxValue;

    private static (double C, double High, double Low, int Up) Cell(int i)
    {
        int up = i >= 53 ? 1 : 0;
        if (i is 0 or 127)
        {
            return (1, 0, 0, up);
        }

        // The middle of the cell is (257 + 2 i)/256; c is its inverse (of half of it beyond the bend) on the grid 2^-8.
        var middle = new BigRational(257 + (2 * i), 256 << up);
        var c = new BigRational((middle.Reciprocal() * 256).RoundHalfUp(), 256);
        var (high, low) = Inverse(c);
        return (Binary64.Nearest(c), high, low, up);
    }

    private static BigRational Exact(FixedBall ball) => new BigRational(ball.Mid) * BigRational.PowerOfTwo(-ball.Bits);

    private static double OnGrid(BigRational x) =>
        Binary64.Nearest(new BigRational((x / BigRational.Exact(Grid)).RoundHalfUp()) * BigRational.Exact(Grid));
}
