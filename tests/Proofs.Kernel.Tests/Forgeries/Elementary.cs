using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// exp, log and pi in fixed point with generous error bounds; shares nothing with the enclosures of the kernel.
/// </summary>
internal static class Elementary
{
    private const int Bits = 420;
    private const int Halvings = 16;

    private static readonly BigInteger One = BigInteger.One << Bits;
    private static readonly BigInteger LogTwo = Artanh2(One / 3);

    // arctan 1/2 + arctan 1/3 = pi/4
    public static readonly Enclosed Pi = Around(4 * (Arctan(2) + Arctan(3)), 1);

    /// <summary>
    /// exp(x) for |x| ≤ 300, up to a relative 2^-200: the series is off by less than 2^-400, 16 squarings cost 2^20 of
    /// that.
    /// </summary>
    public static Enclosed Exp(BigRational x)
    {
        if (x.IsZero)
        {
            return Enclosed.Exactly(1);
        }

        // exp(x) = exp(x / 2^16)^(2^16) with |x| / 2^16 < 2^-7: 60 terms leave less than 2^-420.
        var t = Fixed(x * BigRational.PowerOfTwo(-Halvings));
        BigInteger sum = One, term = One;
        for (int n = 1; n <= 60; n++)
        {
            term = (term * t >> Bits) / n;
            sum += term;
        }

        // Squares of small numbers lose relative precision: square the reciprocal and turn it around.
        if (x.Sign < 0)
        {
            var large = Exp(-x);
            return large.Reciprocal();
        }

        for (int i = 0; i < Halvings; i++)
        {
            sum = sum * sum >> Bits;
        }

        var value = new BigRational(sum, One);
        var error = value * BigRational.PowerOfTwo(-200);
        return new(value - error, value + error);
    }

    /// <summary>log(x) for x > 0.</summary>
    public static Enclosed Log(BigRational x)
    {
        if (x == BigRational.One)
        {
            return Enclosed.Exactly(0);
        }

        int k = (int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength());
        var m = x * BigRational.PowerOfTwo(-k);
        return Around(Artanh2(Fixed((m - 1) / (m + 1))) + (k * LogTwo), 1 + Math.Abs(k));
    }

    /// <summary>
    /// sin(x) or cos(x) for |x| ≤ 40: 200 terms of the series leave less than 2^-420, and none is above 2^60.
    /// </summary>
    public static Enclosed Trigonometric(BigRational x, bool isCosine)
    {
        var t = Fixed(x);
        BigInteger square = t * t >> Bits, term = isCosine ? One : t, sum = 0;
        for (int n = isCosine ? 1 : 2; n < 400; n += 2)
        {
            sum += term;
            term = -(term * square >> Bits) / (n * (n + 1));
        }

        return Around(sum, 1);
    }

    private static BigInteger Fixed(BigRational x) => (x * new BigRational(One)).Floor();

    private static Enclosed Around(BigInteger value, int scale)
    {
        var (middle, error) = (new BigRational(value, One), BigRational.PowerOfTwo(-200) * scale);
        return new(middle - error, middle + error);
    }

    // 2 artanh z for |z| ≤ 1/3: 150 terms leave less than 2^-470.
    private static BigInteger Artanh2(BigInteger z)
    {
        BigInteger square = z * z >> Bits, power = z, sum = 0;
        for (int i = 0; i < 150; i++)
        {
            sum += power / ((2 * i) + 1);
            power = power * square >> Bits;
        }

        return 2 * sum;
    }

    private static BigInteger Arctan(int n)
    {
        BigInteger power = One / n, sum = 0;
        for (int i = 0; i < 220; i++)
        {
            sum += (i % 2 == 0 ? power : -power) / ((2 * i) + 1);
            power /= n * n;
        }

        return sum;
    }
}
