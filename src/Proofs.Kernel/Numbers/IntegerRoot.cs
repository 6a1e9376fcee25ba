using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>Roots of non-negative integers.</summary>
public static class IntegerRoot
{
    /// <summary>The largest r with r^2 &lt;= n.</summary>
    public static BigInteger Floor(BigInteger n)
    {
        if (n.Sign <= 0)
        {
            return BigInteger.Zero;
        }

        // Newton from above falls until it reaches the floor; the start is the root of the leading half of the bits,
        // rounded up.
        int length = (int)n.GetBitLength();
        int shift = length / 4;
        var r = length <= 16 ? BigInteger.One << ((length + 1) / 2) : (Floor(n >> (2 * shift)) + 1) << shift;
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

    /// <summary>The largest r with r^degree &lt;= n. Newton from above falls until it reaches the floor.</summary>
    public static BigInteger Floor(BigInteger n, int degree)
    {
        if (degree == 2 || n <= 1 || degree == 1)
        {
            return degree == 2 ? Floor(n) : n;
        }

        var r = BigInteger.One << (int)((n.GetBitLength() + degree - 1) / degree);
        while (true)
        {
            var next = (((degree - 1) * r) + (n / BigInteger.Pow(r, degree - 1))) / degree;
            if (next >= r)
            {
                return r;
            }

            r = next;
        }
    }

    /// <summary>The n-th root of a non-negative integer where it is an integer, else null.</summary>
    public static BigInteger? Exact(BigInteger value, BigInteger n)
    {
        if (value <= 1 || n.IsOne)
        {
            return value;
        }

        if (n >= value.GetBitLength())
        {
            return null; // 2^n exceeds it
        }

        var root = Floor(value, (int)n);
        return BigInteger.Pow(root, (int)n) == value ? root : null;
    }
}
