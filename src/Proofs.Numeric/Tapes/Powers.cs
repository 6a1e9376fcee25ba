using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tapes;

/// <summary>Powers as loops over many boxes need them: fast, and rigorous rather than tightest.</summary>
public static class Powers
{
    private const int LargestProduct = 16;

    /// <summary>
    /// An enclosure of x^n: for x of any sign where n is whole, for x ≥ 0 where it is another number &gt; 0.
    /// </summary>
    public static Interval Of(Interval x, BigRational n)
    {
        if (n == BigRational.Half)
        {
            return Interval.Sqrt(x);
        }

        return n.IsInteger && n.Sign >= 0 && n <= LargestProduct ? Whole(x, (int)n.Numerator) : Interval.Pow(x, n);
    }

    /// <summary>An enclosure of x^n for a whole n ≥ 0 and x of any sign.</summary>
    public static Interval Whole(Interval x, int n)
    {
        if (n <= 1 || x.IsEmpty)
        {
            return n == 1 || x.IsEmpty ? x : Interval.One;
        }

        bool even = (n & 1) == 0;
        if (even || x.Inf >= 0)
        {
            return Interval.Between(Down(x.Mignitude, n), Up(x.Magnitude, n));
        }

        return Interval.Between(-Up(-x.Inf, n), x.Sup >= 0 ? Up(x.Sup, n) : -Down(-x.Sup, n));
    }

    private static double Down(double x, int n)
    {
        double power = x;
        for (int k = 1; k < n; k++)
        {
            power = DirectedRounding.MultiplyDown(power, x);
        }

        return double.IsInfinity(power) ? double.MaxValue : power;
    }

    private static double Up(double x, int n)
    {
        double power = x;
        for (int k = 1; k < n; k++)
        {
            power = DirectedRounding.MultiplyUp(power, x);
        }

        return power;
    }
}
