using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

/// <summary>Exact roots, logarithms and counts of rational numbers, where they are rational.</summary>
public static class ExactIntegers
{
    private const int LargestFactorial = 5000;

    /// <summary>
    /// The <paramref name="degree"/>-th root of a non-negative number, or null when it is irrational.
    /// </summary>
    public static BigRational? Root(BigRational x, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Sign, 0, nameof(x));
        return IntegerRoot.Exact(x.Numerator, degree) is { } numerator
            && IntegerRoot.Exact(x.Denominator, degree) is { } denominator
            ? new BigRational(numerator, denominator)
            : null;
    }

    /// <summary>log2 of a positive number, or null when that is no integer.</summary>
    public static BigRational? Log2(BigRational x)
    {
        int floor = FloorLog2(x);
        return BigRational.PowerOfTwo(floor) == x ? new BigRational(floor) : null;
    }

    /// <summary>The largest integer k with 2^k ≤ <paramref name="x"/>, for x &gt; 0.</summary>
    public static int FloorLog2(BigRational x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Sign, 1, nameof(x));
        int guess = checked((int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength()));
        return BigRational.PowerOfTwo(guess) <= x ? guess : guess - 1;
    }

    /// <summary>The largest power of two at most <paramref name="x"/>, for x &gt; 0.</summary>
    public static BigRational PowerOfTwoAtMost(BigRational x) => BigRational.PowerOfTwo(FloorLog2(x));

    /// <summary>The smallest power of two at least <paramref name="x"/>, for x &gt; 0.</summary>
    public static BigRational PowerOfTwoAtLeast(BigRational x)
    {
        var floor = PowerOfTwoAtMost(x);
        return floor == x ? floor : floor * 2;
    }

    /// <summary>n!, or null where <paramref name="n"/> is no integer in [0, 5000].</summary>
    public static BigRational? Factorial(BigRational n)
    {
        if (!n.IsInteger || n.Sign < 0 || n > LargestFactorial)
        {
            return null;
        }

        var product = BigInteger.One;
        for (int k = 2; k <= (int)n.Numerator; k++)
        {
            product *= k;
        }

        return product;
    }

    /// <summary>
    /// The binomial coefficient of integers n ≥ 0, k ≥ 0 (0 where k &gt; n), or null for other arguments.
    /// </summary>
    public static BigRational? Binomial(BigRational n, BigRational k)
    {
        if (!n.IsInteger || !k.IsInteger || n.Sign < 0 || k.Sign < 0)
        {
            return null;
        }

        if (k > n)
        {
            return BigRational.Zero;
        }

        var few = BigRational.Min(k, n - k).Numerator;
        if (few > LargestFactorial)
        {
            return null;
        }

        var result = BigInteger.One;
        for (int i = 1; i <= (int)few; i++)
        {
            result = result * (n.Numerator - few + i) / i;
        }

        return result;
    }
}
