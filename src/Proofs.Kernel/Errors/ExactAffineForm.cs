using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Errors;

/// <summary>
/// C + Σ A_k ε_k + R ε with every ε in [−1, 1], counted in units of 2^−bits; the first symbols are the inputs'.
/// </summary>
internal sealed record ExactAffineForm(BigInteger C, BigInteger[] A, BigInteger R)
{
    /// <summary>The distance of the ends from C.</summary>
    public BigInteger Radius()
    {
        var sum = R;
        foreach (var a in A)
        {
            sum += BigInteger.Abs(a);
        }

        return sum;
    }

    /// <summary>The bits of its longest part.</summary>
    public long Size =>
        long.Max(long.Max(C.GetBitLength(), R.GetBitLength()), A.Length == 0 ? 0 : A.Max(a => a.GetBitLength()));

    /// <summary>The ball of all values.</summary>
    public FixedBall Range(int bits) => new(C, Radius(), bits);
}

/// <summary>
/// Affine arithmetic in fixed point: a coefficient that is rounded costs a unit of R, and one that is exact nothing.
/// </summary>
internal static class AffineForms
{
    /// <summary>floor(value/2^shift); counts it as lost where that is not exact.</summary>
    public static BigInteger Floor(BigInteger value, int shift, ref int lost)
    {
        var floor = value >> shift;
        lost += value.IsZero || floor << shift == value ? 0 : 1;
        return floor;
    }

    /// <summary>ceil(value/2^shift).</summary>
    public static BigInteger Ceiling(BigInteger value, int shift) => -(-value >> shift);

    public static ExactAffineForm Constant(FixedBall value) => new(value.Mid, [], value.Rad);

    /// <summary>Input number k on [low, high].</summary>
    public static ExactAffineForm Input(int k, BigRational low, BigRational high, int bits)
    {
        var unit = BigRational.PowerOfTwo(bits);
        BigInteger a = (low * unit).Floor(), b = (high * unit).Ceiling(), middle = (a + b) >> 1;
        var coefficients = new BigInteger[k + 1];
        coefficients[k] = b - middle;
        return new(middle, coefficients, BigInteger.Zero);
    }

    public static ExactAffineForm Add(ExactAffineForm f, ExactAffineForm g, int sign = 1)
    {
        var a = new BigInteger[int.Max(f.A.Length, g.A.Length)];
        f.A.CopyTo(a, 0);
        for (int k = 0; k < g.A.Length; k++)
        {
            a[k] += sign * g.A[k];
        }

        return new(f.C + (sign * g.C), a, f.R + g.R);
    }

    public static ExactAffineForm Negate(ExactAffineForm f) => new(-f.C, [.. f.A.Select(a => -a)], f.R);

    /// <summary>(m/2^shift) f.</summary>
    public static ExactAffineForm Scale(ExactAffineForm f, BigInteger m, int shift)
    {
        int lost = 0;
        var c = Floor(f.C * m, shift, ref lost);
        var a = new BigInteger[f.A.Length];
        for (int k = 0; k < a.Length; k++)
        {
            a[k] = Floor(f.A[k] * m, shift, ref lost);
        }

        return new(c, a, Ceiling(f.R * BigInteger.Abs(m), shift) + lost);
    }

    /// <summary>The form of f + δ for some δ in the ball.</summary>
    public static ExactAffineForm Widen(ExactAffineForm f, FixedBall delta) =>
        new(f.C + delta.Mid, f.A, f.R + delta.Rad);

    // f = c + F and g = d + G: c g + d F + F G, and in F G the squares ε_k² lie in [0, 1].
    public static ExactAffineForm Multiply(ExactAffineForm f, ExactAffineForm g, int bits)
    {
        _ = (f.Range(bits).Moderate(), g.Range(bits).Moderate());
        int n = int.Max(f.A.Length, g.A.Length);
        var a = new BigInteger[n];
        // in units of 2^(−2 bits), the first two of halves of them
        BigInteger squares = 0, spread = 0, sumF = 0, sumG = 0;
        int lost = 0;
        for (int k = 0; k < n; k++)
        {
            BigInteger p = k < f.A.Length ? f.A[k] : 0, q = k < g.A.Length ? g.A[k] : 0;
            a[k] = Floor((f.C * q) + (g.C * p), bits, ref lost);
            squares += p * q; // p q ε² is p q/2 ± |p q|/2,
            spread -= BigInteger.Abs(p * q); // and not among the products of Σ |p| and Σ |q|
            (sumF, sumG) = (sumF + BigInteger.Abs(p), sumG + BigInteger.Abs(q));
        }

        spread += 2
            * ((sumF * sumG) + ((BigInteger.Abs(f.C) + sumF + f.R) * g.R) + ((BigInteger.Abs(g.C) + sumG) * f.R));
        var c = Floor((2 * f.C * g.C) + squares, bits + 1, ref lost);
        return new(c, a, Ceiling(spread, bits + 1) + lost);
    }

    /// <summary>
    /// ρ(z) as λ z + μ + μ η, η at place <paramref name="symbol"/>, or in R where that is negative; null where it is 0.
    /// </summary>
    /// <remarks>ρ(z) − λ z is convex in z, 0 at 0 and largest at an end of the range, for every λ in [0, 1].</remarks>
    public static ExactAffineForm? Rectify(ExactAffineForm z, int bits, int symbol, out bool named)
    {
        var radius = z.Radius();
        BigInteger low = z.C - radius, high = z.C + radius;
        named = false;
        if (high.Sign <= 0)
        {
            return null;
        }

        if (low.Sign >= 0)
        {
            return z;
        }

        var lambda = (high << bits) / (high - low);
        var most = (BigInteger.Max(-low * lambda, high * ((BigInteger.One << bits) - lambda)) >> bits) + 1;
        var half = (most + 1) >> 1;
        var f = Scale(z, lambda, bits);
        if (symbol < 0)
        {
            return new(f.C + half, f.A, f.R + half);
        }

        named = true;
        var a = new BigInteger[symbol + 1];
        f.A.CopyTo(a, 0);
        a[symbol] = half;
        return new(f.C + half, a, f.R);
    }

    /// <summary>A form that contains every value of both.</summary>
    public static ExactAffineForm Hull(ExactAffineForm f, ExactAffineForm g)
    {
        int n = int.Max(f.A.Length, g.A.Length);
        var a = new BigInteger[n];
        var apart = BigInteger.Abs(f.C - g.C);
        for (int k = 0; k < n; k++)
        {
            BigInteger p = k < f.A.Length ? f.A[k] : 0, q = k < g.A.Length ? g.A[k] : 0;
            a[k] = (p + q) >> 1;
            apart += BigInteger.Abs(p - q);
        }

        return new((f.C + g.C) >> 1, a, (apart >> 1) + BigInteger.Max(f.R, g.R) + n + 2);
    }
}
