using System.Collections.Concurrent;
using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>
/// Pi, ln 2, and the tables of the reductions, each computed once a precision from integer series with proven
/// truncation.
/// </summary>
public static class FixedConstants
{
    private static readonly ConcurrentDictionary<int, FixedBall> Pis = new(), Ln2s = new(), Ln10s = new();
    private static readonly ConcurrentDictionary<(int Bits, int Numerator), FixedBall> Logs = new(), Atans = new();

    /// <summary>Machin: pi = 16 atan(1/5) - 4 atan(1/239).</summary>
    public static FixedBall Pi(int bits) => Pis.GetOrAdd(bits, static p =>
        (ReciprocalSeries(5, p, -1).Times(16) - ReciprocalSeries(239, p, -1).Times(4)));

    /// <summary>ln 2 = 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749).</summary>
    public static FixedBall Ln2(int bits) => Ln2s.GetOrAdd(bits, static p =>
        ReciprocalSeries(26, p, 1).Times(18) - ReciprocalSeries(4801, p, 1).Times(2)
            + ReciprocalSeries(8749, p, 1).Times(8));

    /// <summary>ln 10 = 3 ln 2 + 2 atanh(1/9), as 10/8 = (1 + 1/9)/(1 - 1/9).</summary>
    public static FixedBall Ln10(int bits) => Ln10s.GetOrAdd(bits, static p =>
        Ln2(p).Times(3) + ReciprocalSeries(9, p, 1).Times(2));

    /// <summary>ln(k/32) for 16 &lt;= k &lt;= 64: 2 atanh((k - 32)/(k + 32)), at most 2 atanh(1/3).</summary>
    public static FixedBall LogOf32nds(int k, int bits) => Logs.GetOrAdd((bits, k), static key =>
    {
        var z = new FixedBall(
            FixedBall.FloorDivide((BigInteger)(key.Numerator - 32) << key.Bits, key.Numerator + 32), 1, key.Bits);
        return FixedFunctions.OddSeries(z, 1).Times(2);
    });

    /// <summary>atan(k/16) for 0 &lt;= k &lt;= 16.</summary>
    /// <remarks>
    /// Three halvings x -&gt; x/(1 + sqrt(1 + x^2)) bring the argument below 1/9.
    /// </remarks>
    public static FixedBall AtanOf16ths(int k, int bits) => Atans.GetOrAdd((bits, k), static key =>
    {
        var one = FixedBall.Integer(1, key.Bits);
        var x = new FixedBall(((BigInteger)key.Numerator << key.Bits) >> 4, key.Bits < 4 ? 1 : 0, key.Bits);
        for (int i = 0; i < 3; i++)
        {
            x /= one + (one + (x * x)).Sqrt();
        }

        return FixedFunctions.OddSeries(x, -1).Times(8);
    });

    // atan(1/n) (sign -1) or atanh(1/n) (sign 1), n at least 5, by its Taylor series in integers: each of the two
    // quotients of a term is floored (a unit each at most), and the first term left out, below one unit, bounds the
    // tail up to n^2/(n^2 - 1).
    private static FixedBall ReciprocalSeries(int n, int bits, int sign)
    {
        BigInteger power = (BigInteger.One << bits) / n, sum = power, square = (BigInteger)n * n;
        int error = 4;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power /= square;
            var term = power / k;
            sum += sign > 0 || (k & 3) == 1 ? term : -term;
            error += 2;
        }

        return new(sum, error, bits);
    }
}
