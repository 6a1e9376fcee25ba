using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Rounding;

// x^n for a binary64 x and an integer n, correctly rounded: dyadic arithmetic at growing precision until both bounds
// round alike. At full precision the power is exact, so the loop ends.
internal static class IntegerPower
{
    public static double Down(double x, int n) => Round(x, n, up: false);

    public static double Up(double x, int n) => Round(x, n, up: true);

    private static double Round(double x, int n, bool up)
    {
        bool negative = x < 0 && (n & 1) != 0;
        double magnitude = Math.Abs(x);
        if (magnitude == 0 || double.IsInfinity(magnitude) || magnitude == 1)
        {
            double limit = magnitude == 1 ? 1 : (magnitude == 0) == (n > 0) ? 0 : double.PositiveInfinity;
            return negative ? 0.0 - limit : limit;
        }

        bool away = up != negative;
        double result = Magnitude(Binary64.ExactDyadic(magnitude), n, away);
        return negative ? -result : result;
    }

    private static double Magnitude(Dyadic x, int n, bool away)
    {
        // log2 x^n lies between n e and n (e + 1), so far outside the range the answer is known.
        long e = x.Precision - 1 + x.Exponent, low = Math.Min(n * e, n * (e + 1)), high = Math.Max(n * e, n * (e + 1));
        if (low > 1024)
        {
            return away ? double.PositiveInfinity : double.MaxValue;
        }

        if (high < -1080)
        {
            return away ? double.Epsilon : 0;
        }

        long power = Math.Abs((long)n);
        for (int bits = 128; ; bits *= 2)
        {
            Dyadic inf = Power(x, power, d => d.RoundDown(bits)), sup = Power(x, power, d => d.RoundUp(bits));
            double a = n > 0 ? Away(inf, away) : Reciprocal(sup, away);
            double b = n > 0 ? Away(sup, away) : Reciprocal(inf, away);
            if (a == b)
            {
                return a;
            }
        }
    }

    private static double Away(Dyadic x, bool away) => away ? Binary64.RoundUp(x) : Binary64.RoundDown(x);

    private static double Reciprocal(Dyadic x, bool away)
    {
        var value = x.ToRational().Reciprocal();
        return away ? Binary64.RoundUp(value) : Binary64.RoundDown(value);
    }

    private static Dyadic Power(Dyadic x, long n, Func<Dyadic, Dyadic> round)
    {
        var result = Dyadic.One;
        for (int bit = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)n); bit >= 0; bit--)
        {
            result = round(result * result);
            if (((n >> bit) & 1) != 0)
            {
                result = round(result * x);
            }
        }

        return result;
    }
}
