using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>Elementary functions of balls in fixed point.</summary>
/// <remarks>
/// The balls carry their own error bounds; what is proved here is each truncation.
/// </remarks>
public static class FixedFunctions
{
    /// <summary>exp of any ball below 2^30.</summary>
    /// <remarks>
    /// X = k ln 2 + r with |r| &lt;= 0.36, exp x = 2^k exp r; the result is in units of 2^(k - bits).
    /// </remarks>
    public static FixedBall Exp(FixedBall x)
    {
        var k = Quotient(x, FixedConstants.Ln2(x.Bits));
        int guard = (int)BigInteger.Abs(k).GetBitLength() + 1;
        var ln2 = FixedConstants.Ln2(x.Bits + RoundedUp(guard));
        var r = (x.AtBits(ln2.Bits) - ln2.Times(k)).AtBits(x.Bits);
        return ExpSmall(r).Scaled((int)k);
    }

    /// <summary>2^x = 2^k exp((x - k) ln 2).</summary>
    public static FixedBall Exp2(FixedBall x)
    {
        var k = Quotient(x, FixedBall.Integer(1, x.Bits));
        var r = (x - FixedBall.Integer(k, x.Bits)) * FixedConstants.Ln2(x.Bits);
        return ExpSmall(r).Scaled((int)k);
    }

    /// <summary>10^x = 2^k exp(x ln 10 - k ln 2).</summary>
    public static FixedBall Exp10(FixedBall x)
    {
        int more = RoundedUp((int)BigInteger.Abs(x.Mid >> x.Bits).GetBitLength() + 4);
        var y = x.AtBits(x.Bits + more) * FixedConstants.Ln10(x.Bits + more);
        return Exp(y.AtBits(x.Bits));
    }

    /// <summary>exp x - 1, in the units of x; x at most 2^10.</summary>
    public static FixedBall Expm1(FixedBall x)
    {
        var e = Exp(x);
        return e.AtBits(x.Bits) - FixedBall.Integer(1, x.Bits);
    }

    /// <summary>ln of a positive number m 2^e.</summary>
    /// <remarks>
    /// Ln(m) + e ln 2 with 2/3 &lt; m &lt; 4/3, and ln m = ln(k/32) + 2 atanh((m - c)/(m + c)), c = k/32.
    /// </remarks>
    public static FixedBall Log(FixedBall x)
    {
        int bits = x.Bits;
        if (x.Low.Sign <= 0)
        {
            throw new PrecisionException();
        }

        int e = (int)x.Mid.GetBitLength() - bits; // x in [2^(e-1), 2^e)
        if (x.Mid * 3 < BigInteger.One << (bits + e + 1))
        {
            e--;
        }

        var m = x.Scaled(-e).AtBits(bits);
        int k = (int)((m.Mid + (BigInteger.One << (bits - 6))) >> (bits - 5));
        var c = new FixedBall((BigInteger)k << (bits - 5), 0, bits);
        var result = OddSeries((m - c) / (m + c), 1).Times(2);
        if (k != 32)
        {
            result += FixedConstants.LogOf32nds(k, bits);
        }

        return e == 0 ? result : result + FixedConstants.Ln2(bits + 32).Times(e).AtBits(bits);
    }

    /// <summary>sin and cos: x = k pi/2 + r with |r| &lt;= 0.8; the quarter k mod 4 permutes them.</summary>
    public static (FixedBall Sin, FixedBall Cos) SinCos(FixedBall x)
    {
        var (k, r) = Quarter(x);
        var (sin, cos) = SinCosSmall(r);
        return (int)(k & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>
    /// k and x - k pi/2 for the integer k nearest to x/(pi/2), or a neighbour where that is close to a half.
    /// </summary>
    public static (BigInteger Quarters, FixedBall Remainder) Quarter(FixedBall x)
    {
        int more = RoundedUp((int)(x.Mid >> x.Bits).GetBitLength() + 2);
        var pi = FixedConstants.Pi(x.Bits + more);
        var wide = x.AtBits(pi.Bits);
        var k = Quotient(wide, pi.Half());
        return (k, (wide - pi.Times(k).Half()).AtBits(x.Bits));
    }

    /// <summary>atan.</summary>
    /// <remarks>
    /// |x| &gt; 1 by pi/2 - atan(1/x); then atan x = atan(k/16) + atan((x - c)/(1 + x c)), c = k/16, |x - c| &lt;=
    /// 1/32.
    /// </remarks>
    public static FixedBall Atan(FixedBall x)
    {
        if (x.Mid.Sign < 0)
        {
            return -Atan(-x);
        }

        int bits = x.Bits;
        if (x.Mid > BigInteger.One << bits)
        {
            return FixedConstants.Pi(bits).Half() - Atan(x.Reciprocal());
        }

        int k = (int)((x.Mid + (BigInteger.One << (bits - 5))) >> (bits - 4));
        if (k == 0)
        {
            return OddSeries(x, -1);
        }

        var c = new FixedBall((BigInteger)k << (bits - 4), 0, bits);
        var z = (x - c) / (FixedBall.Integer(1, bits) + (x * c));
        return FixedConstants.AtanOf16ths(k, bits) + OddSeries(z, -1);
    }

    /// <summary>erf x = 2/sqrt(pi) int_0^x e^(-t^2) dt.</summary>
    /// <remarks>
    /// At the middle; the other members add at most twice the radius, as erf' &lt;= 2/sqrt(pi) &lt; 2. Every value
    /// lies in [-1, 1].
    /// </remarks>
    public static FixedBall Erf(FixedBall x)
    {
        if (x.Mid.Sign < 0)
        {
            return -Erf(-x);
        }

        var one = BigInteger.One << x.Bits;
        var all = ErfOfPositive(x with { Rad = BigInteger.Zero }).Widen(x.Rad + x.Rad);
        return FixedBall.Between(BigInteger.Max(all.Low, -one), BigInteger.Min(all.High, one), x.Bits);
    }

    // erf x = 2/sqrt(pi) e^(-x^2) y(x), where y = e^(x^2) int_0^x e^(-t^2) dt solves y' = 1 + 2 x y, y(0) = 0: the sum
    // of t_n = 2^n x^(2n+1)/(1 3 5 ... (2n+1)), all of one sign. Tail: t_(n+1)/t_n = 2x^2/(2n+3) falls with n, so where
    // it is at most 1/2 from t_n on, the terms after t_n sum to t_n at most.
    // Far out, x^2 >= b + 1 with b the bits, x >= 1 and 1 - erf x = 2/sqrt(pi) int_x^inf e^(-t^2) dt is at most
    // 2/sqrt(pi) int_x^inf (t/x) e^(-t^2) dt = e^(-x^2)/(x sqrt(pi)) < 2^-b: one unit.
    private static FixedBall ErfOfPositive(FixedBall x)
    {
        int bits = x.Bits;
        var unit = BigInteger.One << bits;
        if (x.Mid * x.Mid >= (BigInteger)(bits + 1) << (2 * bits))
        {
            return FixedBall.Between(unit - 1, unit, bits);
        }

        const int Guard = 32; // some thousand terms, a few units each
        var v = x.AtBits(bits + Guard);
        FixedBall square = v * v, twice = square.Times(2), term = v, sum = v;
        for (int n = 1; ; n++)
        {
            term = (term * twice).Over((2 * n) + 1);
            sum += term;
            var size = BigInteger.Abs(term.Mid) + term.Rad;
            if (twice.High * 2 <= FixedBall.Integer((2 * n) + 3, twice.Bits).Mid && size <= term.Rad + term.Rad + 1)
            {
                var root = FixedConstants.Pi(sum.Bits).Sqrt();
                return (sum.Widen(size).Times(2) / (Exp(square).AtBits(sum.Bits) * root)).AtBits(bits);
            }
        }
    }

    /// <summary>sinc x = sin(x)/x, and 1 at 0.</summary>
    /// <remarks>At the middle; the other members add at most half the radius. Every value lies in [-1, 1].</remarks>
    public static FixedBall Sinc(FixedBall x) => SincCoefficients(x, 0)[0];

    /// <summary>The Taylor coefficients s_k = sinc^(k)(x)/k! for k = 0 ... order, each for all x of the ball.</summary>
    /// <remarks>
    /// At the middle; the other members add at most the radius times what s_k' = sinc^(k+1)/k! may be, and no value is
    /// outside what sinc^(k)/k! may be: sinc x is the integral of cos(tx) over t in [0, 1], so sinc^(k)(x) is that of
    /// t^k cos(tx + k pi/2), at most 1/(k + 1) and, integrated by parts, at most (1 + k int t^(k-1))/|x|: 1/|x| for k =
    /// 0 and 2/|x| else. Cost: as sin and cos, and order small divisions for each of the terms.
    /// </remarks>
    public static FixedBall[] SincCoefficients(FixedBall x, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        const int Guard = 32; // some thousand terms, a few units each
        var middle = (x with { Rad = BigInteger.Zero }).AtBits(x.Bits + Guard);
        var near = BigInteger.Max(BigInteger.Abs(x.Mid) - x.Rad, BigInteger.Zero);
        var at = BigInteger.Abs(middle.Mid) <= BigInteger.One << middle.Bits
            ? SincNearZero(middle, order)
            : SincFromSine(middle, order);
        var factorial = BigInteger.One;
        for (int k = 0; k <= order; k++)
        {
            factorial *= BigInteger.Max(k, 1);
            var spread = (x.Rad * Largest(k + 1, factorial)) >> x.Bits;
            var all = at[k].AtBits(x.Bits).Widen(x.Rad.IsZero ? spread : spread + 1);
            var most = Largest(k, factorial);
            at[k] = FixedBall.Between(BigInteger.Max(all.Low, -most), BigInteger.Min(all.High, most), x.Bits);
        }

        return at;

        // What |sinc^(k)|/factorial is at most on the ball, in units, rounded up.
        BigInteger Largest(int k, BigInteger factorial)
        {
            var unit = BigInteger.One << x.Bits;
            var most = Ceiling(unit, factorial * (k + 1));
            return near.IsZero
                ? most
                : BigInteger.Min(most, Ceiling((k == 0 ? unit : unit + unit) << x.Bits, factorial * near));
        }

        static BigInteger Ceiling(BigInteger a, BigInteger b) => -FixedBall.FloorDivide(-a, b);
    }

    // s_k = 1/k! sum of (-1)^((j+k)/2) x^j/(j! (j+k+1)) over the j of the parity of k, for |x| <= 1: the series of the
    // integral of t^k cos(tx + k pi/2). Tail: x^j/j! falls by a factor 2 at least from j = 1 on, so what follows w =
    // x^j/j! sums to |w| at most.
    private static FixedBall[] SincNearZero(FixedBall x, int order)
    {
        var unit = FixedBall.Integer(1, x.Bits);
        var at = new FixedBall[order + 1];
        Array.Fill(at, FixedBall.Zero(x.Bits));
        var power = unit;
        for (int j = 0; ; j++)
        {
            power = j == 0 ? unit : (power * x.Within(0)).Over(j);
            for (int k = j & 1; k <= order; k += 2)
            {
                var term = power.Over(j + k + 1);
                at[k] = (((j + k) >> 1) & 1) == 0 ? at[k] + term : at[k] - term;
            }

            var size = BigInteger.Abs(power.Mid) + power.Rad;
            if (j >= 1 && size <= power.Rad + power.Rad + 1)
            {
                var factorial = BigInteger.One;
                for (int k = 0; k <= order; k++)
                {
                    factorial *= BigInteger.Max(k, 1);
                    at[k] = at[k].Widen(size).Over(factorial);
                }

                return at;
            }
        }
    }

    // x sinc x = sin x, so x s_k + s_(k-1) = sin^(k)(x)/k!; for |x| > 1 no step makes the error of the one before
    // larger.
    private static FixedBall[] SincFromSine(FixedBall x, int order)
    {
        var (sin, cos) = SinCos(x);
        var at = new FixedBall[order + 1];
        var factorial = BigInteger.One;
        for (int k = 0; k <= order; k++)
        {
            factorial *= BigInteger.Max(k, 1);
            var derivative = (k & 3) switch { 0 => sin, 1 => cos, 2 => -sin, _ => -cos };
            var term = derivative.Over(factorial);
            at[k] = (k == 0 ? term : term - at[k - 1]) / x;
        }

        return at;
    }

    /// <summary>The sum of sign^j z^(2j+1)/(2j+1).</summary>
    /// <remarks>
    /// Atan (sign -1) or atanh (sign 1), for |z| &lt;= 1/2. Tail: the powers fall by a factor 4 at least, so all
    /// terms after z^n sum to less than |z^n|/3; the loop ends with |z^n| at most a few units, and adds its bound.
    /// </remarks>
    public static FixedBall OddSeries(FixedBall z, int sign)
    {
        var square = z.Within(-1) * z;
        FixedBall power = z, sum = z;
        for (int n = 3; ; n += 2)
        {
            power *= square;
            var term = power.Over(n);
            sum = sign > 0 || (n & 3) == 1 ? sum + term : sum - term;
            var size = BigInteger.Abs(power.Mid) + power.Rad;
            if (size <= power.Rad + power.Rad + 1)
            {
                return sum.Widen(size);
            }
        }
    }

    // exp r for |r| <= 1: Taylor for r/2^h, squared h times. Tail: after the term t the terms fall by a factor 2 at
    // least.
    private static FixedBall ExpSmall(FixedBall r)
    {
        int bits = r.Bits, halvings = 4 + (int)IntegerRoot.Floor(bits / 4);
        int guard = RoundedUp(halvings + 8);
        var x = r.Within(0).AtBits(bits + guard).Scaled(-halvings).AtBits(bits + guard);
        FixedBall one = FixedBall.Integer(1, bits + guard), term = x, sum = one + x;
        for (int n = 2; ; n++)
        {
            term = (term * x).Over(n);
            sum += term;
            var size = BigInteger.Abs(term.Mid) + term.Rad;
            if (size <= term.Rad + term.Rad + 1)
            {
                sum = sum.Widen(size);
                break;
            }
        }

        for (int i = 0; i < halvings; i++)
        {
            sum *= sum;
        }

        return sum.AtBits(bits);
    }

    // Taylor for |r| <= 1; the terms fall by a factor 2 at least from the second on, so the last one bounds the tail.
    private static (FixedBall Sin, FixedBall Cos) SinCosSmall(FixedBall r)
    {
        int bits = r.Bits;
        FixedBall square = r.Within(0) * r, one = FixedBall.Integer(1, bits);
        return (Alternating(r, 1), Alternating(one, 0));

        FixedBall Alternating(FixedBall first, int power)
        {
            FixedBall term = first, sum = first;
            for (int n = power + 2; ; n += 2)
            {
                term = -(term * square).Over(n * (n - 1));
                sum += term;
                var size = BigInteger.Abs(term.Mid) + term.Rad;
                if (size <= term.Rad + term.Rad + 1)
                {
                    return sum.Widen(size);
                }
            }
        }
    }

    // An integer within 1/2 and a little of x/y; of a unit that is larger than y nothing follows.
    private static BigInteger Quotient(FixedBall x, FixedBall y) => y.Mid.Sign > 0
        ? FixedBall.FloorDivide((x.Mid << 1) + y.Mid, y.Mid << 1)
        : throw new PrecisionException();

    // Precisions come in steps, so that the constants are found again.
    private static int RoundedUp(int bits) => (bits + 31) & ~31;
}
