using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>Rational enclosures of exp, log and pi by series with proven remainders.</summary>
public static class ConstantEnclosure
{
    private const int Bits = 192;
    private const int MostRemembered = 10_000;

    // The contexts of one proof ask for the same few enclosures again.
    private sealed class Known
    {
        public Dictionary<BigRational, RationalInterval> Exponentials { get; } = [];

        public Dictionary<BigRational, RationalInterval> Logarithms { get; } = [];
    }

    /// <summary>Encloses exp(x); |x| beyond 4096 gives a bound that is far off, or none.</summary>
    public static RationalInterval Exp(BigRational x, WorkBudget work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Spend(2_000);
        if (x.IsZero)
        {
            return new(1, 1);
        }

        if (x < -4096)
        {
            return new(0, BigRational.PowerOfTwo(-4096)); // e^-4096 < 2^-4096
        }

        if (x > 4096)
        {
            return new(BigRational.PowerOfTwo(4096), null);
        }

        var known = work.Memory<Known>().Exponentials;
        if (!known.TryGetValue(x, out var exp))
        {
            exp = ExpBySeries(x);
            Remember(known, x, exp);
        }

        return exp;
    }

    private static RationalInterval ExpBySeries(BigRational x)
    {
        // exp(x) = exp(t)^(2^k) with |t| ≤ 1/16; each squaring loses at most two bits.
        int k = (int)BigRational.Abs(x).Ceiling().GetBitLength() + 4;
        var t = x * BigRational.PowerOfTwo(-k);
        var sum = new RationalInterval(1, 1);
        var term = new RationalInterval(1, 1);
        for (int n = 1; n <= 40; n++)
        {
            term = Multiply(term, Round(t, t));
            term = Round(term.Low / n, term.High / n);
            sum = Round(sum.Low + term.Low, sum.High + term.High);
        }

        // The remainder is below the last term's size: |t|/41 / (1 - |t|) < 1.
        var rest = BigRational.Max(BigRational.Abs(term.Low), BigRational.Abs(term.High));
        sum = new(sum.Low - rest, sum.High + rest);
        for (int i = 0; i < k; i++)
        {
            sum = Multiply(sum, sum);
        }

        return sum;
    }

    /// <summary>Encloses log(x) for x > 0.</summary>
    public static RationalInterval Log(BigRational x, WorkBudget work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Spend(2_000);
        if (x == BigRational.One)
        {
            return new(0, 0);
        }

        var known = work.Memory<Known>().Logarithms;
        if (!known.TryGetValue(x, out var log))
        {
            log = LogBySeries(x);
            Remember(known, x, log);
        }

        return log;
    }

    private static void Remember<T>(Dictionary<BigRational, T> known, BigRational x, T value)
    {
        if (known.Count < MostRemembered)
        {
            known.Add(x, value);
        }
    }

    private static RationalInterval LogBySeries(BigRational x)
    {
        // x = 2^k m with 1/2 ≤ m ≤ 2; log m = 2 artanh((m-1)/(m+1)), and the argument is at most 1/3 in size.
        int k = (int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength());
        var m = x * BigRational.PowerOfTwo(-k);
        var log = Artanh2((m - 1) / (m + 1));
        var two = k == 0 ? new RationalInterval(0, 0) : Artanh2(new BigRational(1, 3));
        return new(
            log.Low + ((k >= 0 ? two.Low : two.High) * k),
            log.High + ((k >= 0 ? two.High : two.Low) * k));
    }

    /// <summary>Encloses pi = 16 arctan(1/5) − 4 arctan(1/239).</summary>
    public static RationalInterval Pi()
    {
        var (a, b) = (Arctan(5), Arctan(239));
        return new((a.Low * 16) - (b.High * 4), (a.High * 16) - (b.Low * 4));
    }

    // The alternating series of arctan(1/n): neighbouring partial sums enclose it.
    private static RationalInterval Arctan(int n)
    {
        BigRational sum = 0, term = new(1, n), before = 0;
        for (int i = 0; i < 45; i++)
        {
            before = sum;
            sum += (i % 2 == 0 ? term : -term) / ((2 * i) + 1);
            term /= n * n;
        }

        return new(BigRational.Min(sum, before), BigRational.Max(sum, before));
    }

    // 2 artanh(z) = 2 sum z^(2i+1)/(2i+1) for |z| ≤ 1/3; terms after the last are below its size, as z²/(1-z²) < 1.
    private static RationalInterval Artanh2(BigRational z)
    {
        var power = Round(z, z);
        var square = Multiply(power, power);
        var sum = new RationalInterval(0, 0);
        var term = power;
        for (int i = 0; i < 64; i++)
        {
            int odd = (2 * i) + 1;
            term = Round(power.Low / odd, power.High / odd);
            sum = Round(sum.Low + term.Low, sum.High + term.High);
            power = Multiply(power, square);
        }

        var rest = BigRational.Max(BigRational.Abs(term.Low), BigRational.Abs(term.High));
        return new((sum.Low - rest) * 2, (sum.High + rest) * 2);
    }

    private static RationalInterval Multiply(RationalInterval a, RationalInterval b)
    {
        BigRational[] ends = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        return Round(ends.Min(), ends.Max());
    }

    private static RationalInterval Round(BigRational low, BigRational high) =>
        new(Dyadic.RoundDown(low, Bits).ToRational(), Dyadic.RoundUp(high, Bits).ToRational());
}
