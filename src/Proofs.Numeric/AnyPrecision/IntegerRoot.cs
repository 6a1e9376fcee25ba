using System.Numerics;

namespace Proofs.Numeric;

// Roots of non-negative integers.
internal static class IntegerRoot
{
    // The largest r with r^2 <= n.
    public static BigInteger Floor(BigInteger n)
    {
        if (n.Sign <= 0)
        {
            return BigInteger.Zero;
        }

        // Newton from above falls until it reaches the floor; the start is the root of the leading bits, rounded up.
        int shift = Math.Max(0, (int)n.GetBitLength() - 104);
        shift += shift & 1;
        var r = (new BigInteger(Math.Sqrt((double)(n >> shift)) * (1 + 1e-15)) + 2) << (shift / 2);
        while (true)
        {
            var next = (r + (n / r)) >> 1;
            if (next >= r)
            {
                return r;
            }

            r = next;
        }
    }

    // The n-th root of a positive integer where it is an integer, else null.
    public static BigInteger? Exact(BigInteger value, BigInteger n)
    {
        if (value.IsOne || n.IsOne)
        {
            return value;
        }

        long bits = (long)value.GetBitLength();
        if (n >= bits)
        {
            return null; // 2^n exceeds it
        }

        // Bisection between powers of two.
        BigInteger low = BigInteger.One, high = BigInteger.One << (int)((bits / (long)n) + 1);
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            if (BigInteger.Pow(middle, (int)n) <= value)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return BigInteger.Pow(low, (int)n) == value ? low : null;
    }
}
