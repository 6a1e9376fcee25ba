using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Values of exp(−t) at rationals t ≥ 0, rounded up to a stated precision by integer arithmetic alone.
internal static class ExponentialValue
{
    private const int GuardBits = 40;

    // A multiple of 2^(−bits) that is at least exp(−t), and less than 2^(−bits) above it.
    public static BigRational RoundedUp(BigRational t, int bits)
    {
        if (t.IsZero)
        {
            return BigRational.One;
        }

        for (int guard = GuardBits; ; guard *= 2)
        {
            var (low, high) = Enclose(t, bits + guard);
            var (down, up) = (Ceiling(low, guard), Ceiling(high, guard));
            if (down == up)
            {
                return new BigRational(up, BigInteger.One << bits);
            }
        }
    }

    // exp(−t) = exp(−t/2^k)^(2^k) between low and high, in units of 2^(−w), with t/2^k ≤ 1/2.
    private static (BigInteger Low, BigInteger High) Enclose(BigRational t, int bits)
    {
        int k = 0;
        while (t > BigRational.Half)
        {
            t /= 2;
            k++;
        }

        int w = bits + (2 * k) + 8;
        var (low, high) = Series(t, w);
        for (int i = 0; i < k; i++)
        {
            (low, high) = ((low * low) >> w, ((high * high) >> w) + 1);
        }

        return (low >> (w - bits), (high >> (w - bits)) + 1);
    }

    // Σ (−t)^i/i! for 0 ≤ t ≤ 1/2: the terms fall and alternate, so the sum lies between two partial sums. Each term is
    // kept as an enclosure of its own: term_i in [low_i, high_i] units.
    private static (BigInteger Low, BigInteger High) Series(BigRational t, int w)
    {
        BigInteger one = BigInteger.One << w, termLow = one, termHigh = one, low = one, high = one;
        for (int i = 1; ; i++)
        {
            termLow = termLow * t.Numerator / (t.Denominator * i);
            termHigh = (termHigh * t.Numerator / (t.Denominator * i)) + 1;
            (low, high) = i % 2 == 1 ? (low - termHigh, high - termLow) : (low + termLow, high + termHigh);
            if (termHigh <= 2)
            {
                // what is left is at most the next term, below this one
                return (low - termHigh, high + termHigh);
            }
        }
    }

    private static BigInteger Ceiling(BigInteger units, int shift) => -((-units) >> shift);
}
