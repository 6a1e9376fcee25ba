namespace Proofs.Numeric.Rounding;

// Directed rounding from round-to-nearest arithmetic alone: compute the nearest result, find the sign of its error
// exactly, and step one unit where the nearest result lies on the wrong side. Tight for every input, subnormals and
// overflow included.
//
// The sign of the error comes from an error-free transformation where its hypotheses hold, and otherwise from the same
// transformation of operands scaled by a power of two, or from integers. Infinite operands are exact: no step is taken.
// A zero result of an exact zero may carry either sign. NaN stays NaN.
internal static class SoftwareRounding
{
    // Above this a TwoSum might overflow inside; below this the residual of a product might underflow (see each use).
    private const double Huge = 8.98846567431158e307; // 2^1023, rounded to the nearest double, which is 2^1023
    private const double Tiny = 2.004168360008973e-292; // 2^-969
    private const double Small = 1.1830521861667747e-271; // 2^-900
    private const double Lift = 4.149515568880993e180; // 2^600

    public static double AddDown(double a, double b)
    {
        double s = a + b;
        return SumError(a, b, s) < 0 ? Math.BitDecrement(s) : s;
    }

    public static double AddUp(double a, double b)
    {
        double s = a + b;
        return SumError(a, b, s) > 0 ? Math.BitIncrement(s) : s;
    }

    public static double SubtractDown(double a, double b) => AddDown(a, -b);

    public static double SubtractUp(double a, double b) => AddUp(a, -b);

    public static double MultiplyDown(double a, double b)
    {
        double p = a * b;
        return ProductError(a, b, p) < 0 ? Math.BitDecrement(p) : p;
    }

    public static double MultiplyUp(double a, double b)
    {
        double p = a * b;
        return ProductError(a, b, p) > 0 ? Math.BitIncrement(p) : p;
    }

    public static double DivideDown(double a, double b)
    {
        double q = a / b;
        return QuotientError(a, b, q) < 0 ? Math.BitDecrement(q) : q;
    }

    public static double DivideUp(double a, double b)
    {
        double q = a / b;
        return QuotientError(a, b, q) > 0 ? Math.BitIncrement(q) : q;
    }

    public static double SqrtDown(double a)
    {
        double s = Math.Sqrt(a);
        return RootError(a, s) < 0 ? Math.BitDecrement(s) : s;
    }

    public static double SqrtUp(double a)
    {
        double s = Math.Sqrt(a);
        return RootError(a, s) > 0 ? Math.BitIncrement(s) : s;
    }

    public static double FusedMultiplyAddDown(double a, double b, double c)
    {
        double s = Math.FusedMultiplyAdd(a, b, c);
        return FusedError(a, b, c, s) < 0 ? Math.BitDecrement(s) : s;
    }

    public static double FusedMultiplyAddUp(double a, double b, double c)
    {
        double s = Math.FusedMultiplyAdd(a, b, c);
        return FusedError(a, b, c, s) > 0 ? Math.BitIncrement(s) : s;
    }

    // A number with the sign of (a + b) - s, s the nearest to a + b.
    private static double SumError(double a, double b, double s)
    {
        if (Math.Abs(s) < Huge)
        {
            // Knuth's TwoSum: exact, also for subnormals, as no intermediate can overflow: |a - (s - t)| and |t| are
            // at most 2 max(|a|, |b|, |s|) rounded, and where |s| < 2^1023 and one operand is larger, so is the other,
            // of the opposite sign, and the sum is exact by Sterbenz with every intermediate at most |a| or |b|.
            double t = s - a;
            return (a - (s - t)) + (b - t);
        }

        if (double.IsNaN(s) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return 0;
        }

        // |s| >= 2^1023: one operand is at least 2^1022, and of the other only its sign counts below 2^-500.
        return SumOfHuge(a, b, s);
    }

    private static double SumOfHuge(double a, double b, double s)
    {
        double x = Quarter(a), y = Quarter(b);
        if (double.IsInfinity(s))
        {
            return -s; // the finite sum lies below an infinite result
        }

        double z = s * 0.25;
        double t = z - x;
        return (x - (z - t)) + (y - t);

        static double Quarter(double v) => Math.Abs(v) >= 1e-150 || v == 0 ? v * 0.25 : Math.CopySign(1e-150, v);
    }

    // A number with the sign of a b - p, p the nearest to a b.
    private static double ProductError(double a, double b, double p)
    {
        double size = Math.Abs(p);
        if (size >= Tiny && size <= double.MaxValue)
        {
            return Math.FusedMultiplyAdd(a, b, -p); // exact: the error is a multiple of 2^-1074
        }

        if (a == 0 || b == 0 || double.IsNaN(p) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return 0;
        }

        return double.IsInfinity(p) ? -p : TinyProductError(a, b, p);
    }

    // |a b| < 2^-968. Scaling up is exact, so every number below is exact but the last, whose sign is right: a b 2^s is
    // a multiple of 2^-948 there.
    private static double TinyProductError(double a, double b, double p)
    {
        if (Math.Abs(a) > Math.Abs(b))
        {
            (a, b) = (b, a);
        }

        a *= Lift; // |a| < 2^-484 before
        p *= Lift;
        if (Math.Abs(b) < 1)
        {
            b *= Lift;
            p *= Lift;
        }

        return Math.FusedMultiplyAdd(a, b, -p);
    }

    // A number with the sign of a/b - q, q the nearest to a/b: the sign of (a - q b)/b.
    private static double QuotientError(double a, double b, double q)
    {
        if (double.IsNaN(q) || double.IsInfinity(a) || double.IsInfinity(b) || b == 0 || a == 0)
        {
            return 0;
        }

        if (double.IsInfinity(q))
        {
            return -q;
        }

        if (q == 0)
        {
            return (a < 0) == (b < 0) ? 1 : -1;
        }

        if (Math.Abs(a) < Small)
        {
            // q is not 0, so |b| <= 2^1075 |a| < 2^175 and both scale up exactly.
            a *= Lift;
            b *= Lift;
        }

        // |a| >= 2^-900 here or 2^-474 after scaling; a - q b is a multiple of 2^-1030, so its sign survives the
        // rounding.
        double r = Math.FusedMultiplyAdd(-q, b, a);
        return b < 0 ? -r : r;
    }

    // A number with the sign of sqrt(a) - s, s the nearest root: the sign of a - s^2.
    private static double RootError(double a, double s)
    {
        if (!(a > 0) || double.IsPositiveInfinity(a))
        {
            return 0;
        }

        if (a < Small)
        {
            a *= Lift;
            s *= 2.037035976334486e90; // 2^300
        }

        return Math.FusedMultiplyAdd(-s, s, a);
    }

    // A number with the sign of (a b + c) - s, s the nearest to a b + c.
    private static double FusedError(double a, double b, double c, double s)
    {
        double p = a * b, size = Math.Abs(p);
        if (size >= Tiny && size < Huge && Math.Abs(c) < Huge && Math.Abs(s) < Huge)
        {
            // a b = p + e exactly and p + c = t + f exactly, so the error is (t - s) + (e + f) with |e|, |f| <= ulps of
            // p, t.
            // Where t and s differ by at most a factor of two, t - s is exact (Sterbenz); elsewhere integers decide.
            double e = Math.FusedMultiplyAdd(a, b, -p);
            double t = p + c, u = t - p, f = (p - (t - u)) + (c - u);
            if (e == 0)
            {
                return f; // then s = t
            }

            if (t == s)
            {
                return e + f; // a rounded sum of two has the sign of the sum
            }

            if (t > 0 ? s >= 0.5 * t && s <= 2 * t : s <= 0.5 * t && s >= 2 * t)
            {
                double d = t - s;
                double g = e + f, v = g - e, h = (e - (g - v)) + (f - v); // g + h = e + f exactly
                double w = d + g, x = w - d, y = (d - (w - x)) + (g - x); // w + y = d + g exactly
                double low = y + h;
                if (Math.Abs(w) > 4 * Math.Abs(low))
                {
                    return w;
                }
            }

            return FusedErrorExact(a, b, c, s);
        }

        if (double.IsNaN(s) || double.IsInfinity(a) || double.IsInfinity(b) || double.IsInfinity(c))
        {
            return 0;
        }

        if (double.IsInfinity(s))
        {
            return -s;
        }

        return a == 0 || b == 0 ? 0 : FusedErrorExact(a, b, c, s);
    }

    private static double FusedErrorExact(double a, double b, double c, double s) =>
        ((Binary64.ExactDyadic(a) * Binary64.ExactDyadic(b)) + Binary64.ExactDyadic(c) - Binary64.ExactDyadic(s)).Sign;
}
