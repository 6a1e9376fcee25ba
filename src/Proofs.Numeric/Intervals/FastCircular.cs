using System.Runtime.CompilerServices;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// Sine, cosine, tangent and arctangent in pairs of doubles; docs/elementary-functions.md, sections 4 and 5.
internal static class FastCircular
{
    public const double Largest = 65536; // 2^16
    public const double Turns = 0.6366197723675814; // 2/pi, rounded
    public const double Steps = 20.371832715762604; // 64/pi, rounded

    // sin(j pi/64), j = 0 ... 127; the cosine is 32 entries on.
    private static readonly Pair[] Sines = [.. Enumerable.Range(0, 128).Select(SineEntry)];

    // atan(j/32), j = 0 ... 32.
    private static readonly Pair[] Arctangents = [.. Enumerable.Range(0, 33).Select(j =>
        Pair.Of(FixedFunctions.Atan(FixedBall.Of(new BigRational(j, 32), 192))))];

    public static readonly Pair HalfPi = Pair.Of(FixedConstants.Pi(192).Half());

    // pi/64 = P1 + P2 + P3 + less than 2^-122, P1 and P2 with 32 bits.
    private static readonly BigRational Step =
        new BigRational(FixedConstants.Pi(192).Mid) * BigRational.PowerOfTwo(-198);
    public static readonly double P1 = Binary64.RoundDown(Dyadic.RoundDown(Step, 32));
    public static readonly double P2 = Binary64.RoundDown(Dyadic.RoundDown(Step - BigRational.Exact(P1), 32));
    public static readonly double P3 = Binary64.Nearest(Step - BigRational.Exact(P1) - BigRational.Exact(P2));

    public static IReadOnlyList<Pair> SineTable => Sines;

    public static IReadOnlyList<Pair> ArctangentTable => Arctangents;

    public static Approximation Sin(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= Largest) || size < 1e-7)
        {
            return Approximation.None;
        }

        var (k, r, rLow) = Reduce(x);
        return Turn(k, r, rLow);
    }

    public static Approximation Cos(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= Largest) || size < 1e-7)
        {
            return Approximation.None;
        }

        var (k, r, rLow) = Reduce(x);
        return Turn(k + 32, r, rLow);
    }

    public static Approximation Tan(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= Largest) || size < 1e-7)
        {
            return Approximation.None;
        }

        var (k, r, rLow) = Reduce(x);
        Approximation s = Turn(k, r, rLow), c = Turn(k + 32, r, rLow);
        var q = Pair.Quotient(new(s.High, s.Low), new(c.High, c.Low));
        double t = Math.Abs(q.High);

        // |s/c - S/C| <= |s/c| (es/|s| + ec/|c|)(1 + tiny), and the quotient's own 2^-98.
        double error = (1.01 * t * ((s.Error / Math.Abs(s.High)) + (c.Error / Math.Abs(c.High)))) + (t * 3.2e-30);
        return new Approximation(q.High, q.Low, error);
    }

    public static Approximation Atan(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= 1e300) || size < 1e-7)
        {
            return Approximation.None;
        }

        if (size < 0.015625)
        {
            double s = x * x;
            double q = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(
                s, -1.0 / 11, 1.0 / 9), s, -1.0 / 7), 1.0 / 5), -1.0 / 3);
            return FastOdd.Of(x, x * s * q);
        }

        var y = size <= 1 ? new Pair(size, 0) : Pair.Quotient(new(1, 0), new(size, 0));
        var angle = Arctangent(y);
        if (size > 1)
        {
            var rest = Pair.FastSum(HalfPi.High, -angle.High);
            angle = Pair.FastSum(rest.High, rest.Low + (HalfPi.Low - angle.Low));
        }

        double sign = x < 0 ? -1 : 1;
        return new Approximation(sign * angle.High, sign * angle.Low, 1.6940658945086007e-21); // 2^-69
    }

    // The number of quarter turns below x, where plain arithmetic decides it: the rounded product is off by 2^-51 of
    // itself.
    public static bool Quarters(double x, out int quarters)
    {
        double turns = x * Turns, floor = Math.Floor(turns), margin = 1e-9;
        quarters = (int)Math.Clamp(floor, -1e6, 1e6);
        return Math.Abs(x) <= Largest && turns - floor > margin && turns - floor < 1 - margin;
    }

    // x = k pi/64 + r + rLow with |r| <= 0.0246 and an error below 2^-100.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Turns, double High, double Low) Reduce(double x)
    {
        double k = Math.Round(x * Steps);
        double a = Math.FusedMultiplyAdd(-k, P1, x); // exact: |a| < 2^-5 is a multiple of 2^-57
        var r = Pair.Sum(a, -(k * P2)); // the product is exact
        r = Pair.Sum(r.High, Math.FusedMultiplyAdd(-k, P3, r.Low));
        return ((int)k, r.High, r.Low);
    }

    // sin(k pi/64 + r + rLow) = S cos r + C sin r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Approximation Turn(int k, double r, double rLow)
    {
        Pair sine = Sines[k & 127], cosine = Sines[(k + 32) & 127];
        double s = r * r, sLow = Math.FusedMultiplyAdd(r, r, -s);

        // sin: r + oddTail; cos: 1 + even + evenTail with even = -s/2 exact.
        double odd = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(
            s, 1.0 / 362880, -1.0 / 5040), 1.0 / 120), -1.0 / 6);
        double even = -0.5 * s;
        double oddTail = Math.FusedMultiplyAdd(r * s, odd, Math.FusedMultiplyAdd(even, rLow, rLow));
        double high = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, 1.0 / 40320, -1.0 / 720), 1.0 / 24);
        double evenTail = Math.FusedMultiplyAdd(s * s, high, -((0.5 * sLow) + (r * rLow)));

        Pair first = Pair.Product(cosine.High, r), second = Pair.Product(sine.High, even);
        Pair sum = Pair.Sum(sine.High, first.High), total = Pair.Sum(sum.High, second.High);
        double low = (sine.Low + Math.FusedMultiplyAdd(cosine.Low, r, sine.Low * even)) + (first.Low + second.Low);
        low += Math.FusedMultiplyAdd(sine.High, evenTail, cosine.High * oddTail);
        var result = Pair.Sum(total.High, (sum.Low + total.Low) + low);
        double error = (k & 63) == 0
            ? (Math.Abs(result.High) * 1.0842021724855044e-19) + 1.6e-30 // 2^-63 of the value and 2^-99
            : 3.3881317890172014e-21; // 2^-68
        return new(result.High, result.Low, error);
    }

    // atan(y) for 0 < y <= 1: atan(c) + atan((y - c)/(1 + y c)) with c = j/32 nearest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Arctangent(Pair y)
    {
        double j = Math.Round(y.High * 32), c = j * 0.03125;
        var over = Pair.FastSum(y.High - c, y.Low); // the difference is exact
        var product = Pair.Product(y.High, c);
        var under = Pair.FastSum(1, product.High);
        var z = Pair.Quotient(over, Pair.FastSum(under.High, under.Low + (product.Low + (y.Low * c))));
        double s = z.High * z.High;
        double q = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(
            s, -1.0 / 11, 1.0 / 9), s, -1.0 / 7), 1.0 / 5), -1.0 / 3);
        var table = Arctangents[(int)j];
        var sum = Pair.Sum(table.High, z.High);
        return Pair.FastSum(sum.High, sum.Low + (table.Low + Math.FusedMultiplyAdd(z.High * s, q, z.Low)));
    }

    private static Pair SineEntry(int j)
    {
        if (j is 0 or 64)
        {
            return default;
        }

        if (j is 32 or 96)
        {
            return new(j == 32 ? 1 : -1, 0);
        }

        var angle = FixedConstants.Pi(192).Times(j);
        return Pair.Of(FixedFunctions.SinCos(angle.Scaled(-6).AtBits(192)).Sin);
    }
}
