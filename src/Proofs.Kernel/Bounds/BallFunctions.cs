using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// Ranges of functions over balls, in the units of the ball; null where the ball leaves the function's domain.
/// </summary>
/// <remarks>
/// Guarantee: a result contains f(x) for every x of the ball. Values that are exactly 0 or 1 at 0 or 1 are found
/// exactly.
/// </remarks>
internal static class BallFunctions
{
    private const int LargestExponent = 1 << 13;
    private const int MostBitsOfErf = 1 << 12;

    public static FixedBall? Exp(FixedBall x)
    {
        if (x.IsZero)
        {
            return FixedBall.Integer(1, x.Bits);
        }

        var limit = (BigInteger)LargestExponent << x.Bits;
        if (x.High > limit)
        {
            return null;
        }

        // Far below, between 0 and what it is at the limit.
        return x.Low < -limit
            ? FixedBall.Between(
                0, FixedFunctions.Exp(new(BigInteger.Max(x.High, -limit), 0, x.Bits)).AtBits(x.Bits).High, x.Bits)
            : Monotone(x, static v => FixedFunctions.Exp(v), increasing: true);
    }

    public static FixedBall? Log(FixedBall x) => x.Low.Sign <= 0 ? null
        : x.Rad.IsZero && x.Mid == BigInteger.One << x.Bits ? FixedBall.Zero(x.Bits)
        : Monotone(x, static v => FixedFunctions.Log(v), increasing: true);

    public static FixedBall Atan(FixedBall x) =>
        x.IsZero ? x : Monotone(x, static v => FixedFunctions.Atan(v), increasing: true);

    // Its series has some terms for each bit and as many bits each: with very many it takes too long.
    public static FixedBall? Erf(FixedBall x) => x.IsZero ? x
        : x.Bits > MostBitsOfErf ? null
        : Monotone(x, static v => FixedFunctions.Erf(v), increasing: true);

    // erf' x = 2/sqrt(pi) e^(-x^2)
    public static FixedBall? ErfSlope(FixedBall x) => Exp(-Power(x, 2)) is { } bell
        ? Product(bell, FixedBall.Integer(2, x.Bits) / FixedConstants.Pi(x.Bits).Sqrt())
        : null;

    // (e − 1/e)/2 grows on the positive numbers alone; e^x, far below, is enclosed by a ball with others.
    public static FixedBall? Sinh(FixedBall x, FixedBall exp) => x.IsZero ? x
        : exp.Low.Sign <= 0 ? null
        : Monotone(exp, static e => (e - e.Reciprocal()).Half(), increasing: true);

    // cosh grows with |x|, and e^|x| is the larger one of e^x and its reciprocal.
    public static FixedBall? Cosh(FixedBall x, FixedBall exp)
    {
        var one = FixedBall.Integer(1, x.Bits);
        if (x.IsZero || exp.Low.Sign <= 0)
        {
            return x.IsZero ? one : null;
        }

        var (low, high) = (At(exp.Low), At(exp.High));
        return FixedBall.Between(
            x.ContainsZero ? one.Mid : BigInteger.Min(low.Low, high.Low), BigInteger.Max(low.High, high.High), x.Bits);

        FixedBall At(BigInteger end)
        {
            var e = new FixedBall(end, 0, x.Bits);
            return (e + e.Reciprocal()).Half();
        }
    }

    // The middle's values, moved by the radius at most, and within [-1, 1].
    public static (FixedBall Sin, FixedBall Cos) SinCos(FixedBall x)
    {
        if (x.IsZero)
        {
            return (x, FixedBall.Integer(1, x.Bits));
        }

        var (sin, cos) = FixedFunctions.SinCos(x with { Rad = BigInteger.Zero });
        return (WithinOne(sin.Widen(x.Rad)), WithinOne(cos.Widen(x.Rad)));
    }

    // x^r for x > 0.
    public static FixedBall? Power(FixedBall x, BigRational r)
    {
        if (x.Low.Sign <= 0 || Log(x) is not { } log)
        {
            return null;
        }

        return x.Rad.IsZero && x.Mid == BigInteger.One << x.Bits
            ? FixedBall.Integer(1, x.Bits)
            : Exp(Product(log, FixedBall.Of(r, x.Bits)));
    }

    // x^n for n ≥ 0, an even power being no smaller than 0.
    public static FixedBall Power(FixedBall x, int n)
    {
        if ((n & 1) == 0 && x.ContainsZero)
        {
            var far = Pow(new(BigInteger.Max(x.High, -x.Low), 0, x.Bits));
            return n == 0 ? far : FixedBall.Between(0, far.High, x.Bits);
        }

        var (low, high) = (Pow(new(x.Low, 0, x.Bits)), Pow(new(x.High, 0, x.Bits)));
        return FixedBall.Between(BigInteger.Min(low.Low, high.Low), BigInteger.Max(low.High, high.High), x.Bits);

        FixedBall Pow(FixedBall end)
        {
            var power = FixedBall.Integer(1, x.Bits);
            var square = end;
            for (int k = n; k > 0; k >>= 1)
            {
                power = (k & 1) == 1 ? power * square : power;
                square = k > 1 ? square * square : square;
            }

            return power;
        }
    }

    public static FixedBall? Reciprocal(FixedBall x)
    {
        if (x.ContainsZero)
        {
            return null;
        }

        return Monotone(x, static v => v.Reciprocal(), increasing: false);
    }

    // The product by its ends, which for wide balls is tighter than by middle and radius.
    public static FixedBall Product(FixedBall a, FixedBall b)
    {
        if (a.IsZero || b.IsZero)
        {
            return FixedBall.Zero(a.Bits);
        }

        _ = (a.Moderate(), b.Moderate());
        BigInteger p = a.Low * b.Low, q = a.Low * b.High, r = a.High * b.Low, s = a.High * b.High;
        var low = BigInteger.Min(BigInteger.Min(p, q), BigInteger.Min(r, s)) >> a.Bits;
        var high = -(-BigInteger.Max(BigInteger.Max(p, q), BigInteger.Max(r, s)) >> a.Bits);
        return FixedBall.Between(low, high, a.Bits);
    }

    public static FixedBall Hull(FixedBall a, FixedBall b) =>
        FixedBall.Between(BigInteger.Min(a.Low, b.Low), BigInteger.Max(a.High, b.High), a.Bits);

    private static FixedBall WithinOne(FixedBall x)
    {
        var one = BigInteger.One << x.Bits;
        return FixedBall.Between(BigInteger.Max(x.Low, -one), BigInteger.Min(x.High, one), x.Bits);
    }

    private static FixedBall Monotone(FixedBall x, Func<FixedBall, FixedBall> f, bool increasing)
    {
        if (x.Rad.IsZero)
        {
            return f(x).AtBits(x.Bits);
        }

        FixedBall low = f(new(x.Low, 0, x.Bits)).AtBits(x.Bits), high = f(new(x.High, 0, x.Bits)).AtBits(x.Bits);
        return increasing
            ? FixedBall.Between(low.Low, high.High, x.Bits)
            : FixedBall.Between(high.Low, low.High, x.Bits);
    }
}
