using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>All reals within Rad of Mid, both counted in units of 2^-Bits.</summary>
/// <remarks>
/// Every operation returns a ball that contains the exact result for all members of its operands: the radius is
/// propagated by the triangle inequality, and each rounding of the midpoint adds the unit that it may cost. So
/// the error bound of a computation is computed with it and needs no separate proof; only the truncation of a
/// series does, where it is cut (FixedFunctions).
/// </remarks>
/// <param name="Mid">The middle, in units of 2^-Bits.</param>
/// <param name="Rad">The radius, in units of 2^-Bits.</param>
/// <param name="Bits">The units are 2^-Bits.</param>
public readonly record struct FixedBall(BigInteger Mid, BigInteger Rad, int Bits)
{
    /// <summary>The lower end, in units.</summary>
    public BigInteger Low => Mid - Rad;

    /// <summary>The upper end, in units.</summary>
    public BigInteger High => Mid + Rad;

    /// <summary>Whether the ball is the number 0 and nothing else.</summary>
    public bool IsZero => Mid.IsZero && Rad.IsZero;

    /// <summary>Whether 0 is in the ball.</summary>
    public bool ContainsZero => BigInteger.Abs(Mid) <= Rad;

    /// <summary>The number 0.</summary>
    public static FixedBall Zero(int bits) => new(0, 0, bits);

    // A number of more bits is of no bound that anybody asks for, and would take for ever.
    private const int MostBits = 1 << 21;

    /// <summary>The smallest ball around [low, high], counted in units.</summary>
    /// <exception cref="PrecisionException">The ends are in the wrong order: they are no ball, and nothing may follow
    /// from them.</exception>
    public static FixedBall Between(BigInteger low, BigInteger high, int bits)
    {
        if (low > high)
        {
            throw new PrecisionException();
        }

        var mid = (low + high) >> 1;
        return new(mid, high - mid, bits);
    }

    /// <summary>An integer, exactly.</summary>
    public static FixedBall Integer(BigInteger n, int bits) => new(n << bits, 0, bits);

    /// <summary>m 2^e; bits below the unit are floored away at the price of one unit.</summary>
    public static FixedBall Of(Dyadic x, int bits) => new FixedBall(x.Mantissa, 0, -x.Exponent).AtBits(bits);

    /// <summary>A ball around a rational number, which is exact where the units allow.</summary>
    public static FixedBall Of(BigRational x, int bits) => bits >= 0
        ? new(FloorDivide(x.Numerator << bits, x.Denominator),
            x.IsDyadic && x.Denominator <= BigInteger.One << bits ? 0 : 1, bits)
        : new(FloorDivide(x.Numerator, x.Denominator << -bits), 1, bits);

    /// <summary>The smallest ball around the numbers between two.</summary>
    public static FixedBall Of(Dyadic low, Dyadic high, int bits)
    {
        FixedBall a = Of(low, bits), b = Of(high, bits);
        return Between(a.Low, b.High, bits);
    }

    /// <summary>The ball, where its numbers are of moderate size.</summary>
    /// <exception cref="PrecisionException">They are not.</exception>
    public FixedBall Moderate() =>
        Mid.GetBitLength() <= MostBits && Rad.GetBitLength() <= MostBits ? this : throw new PrecisionException();

    /// <summary>The same ball in units of 2^-bits.</summary>
    public FixedBall AtBits(int bits)
    {
        int shift = Bits - bits;
        if (shift <= 0)
        {
            return new(Mid << -shift, Rad << -shift, bits);
        }

        var mid = Mid >> shift;
        bool exact = Rad.IsZero && mid << shift == Mid;
        return new(mid, exact ? 0 : (Rad >> shift) + 2, bits);
    }

    /// <summary>Times 2^k, exactly.</summary>
    public FixedBall Scaled(int k) => this with { Bits = Bits - k };

    /// <summary>The reciprocals.</summary>
    public FixedBall Reciprocal() => Integer(1, Bits) / this;

    /// <summary>Times an integer or divided by one.</summary>
    public FixedBall Times(BigInteger n) => new(Mid * n, Rad * BigInteger.Abs(n), Bits);

    /// <summary>The ball divided by an integer other than 0.</summary>
    public FixedBall Over(BigInteger n)
    {
        if (n.IsOne)
        {
            return this;
        }

        var q = FloorDivide(Mid, n);
        return Rad.IsZero && q * n == Mid ? new(q, 0, Bits) : new(q, (Rad / BigInteger.Abs(n)) + 2, Bits);
    }

    /// <summary>Half of the ball, in the same units.</summary>
    /// <remarks>Half a unit is lost where the middle is odd, and another half where the radius is.</remarks>
    public FixedBall Half() => new(Mid >> 1, (Rad >> 1) + (Mid.IsEven && Rad.IsEven ? 0 : 1), Bits);

    /// <summary>The ball with a larger radius.</summary>
    public FixedBall Widen(BigInteger units) => this with { Rad = Rad + units };

    /// <summary>A ball around the absolute values.</summary>
    public FixedBall Abs() => Mid.Sign < 0 ? -this : this;

    /// <summary>The root of a ball of positive numbers.</summary>
    public FixedBall Sqrt()
    {
        var low = BigInteger.Max(Low, BigInteger.Zero);
        var root = IntegerRoot.Floor(Mid << Bits);

        // |sqrt(x) - sqrt(Mid)| <= |x - Mid|/sqrt(Mid), and root <= sqrt(Mid) < root + 1 in units.
        var rad = Rad.IsZero ? BigInteger.One
            : low.IsZero || root.IsZero ? IntegerRoot.Floor(High << Bits) + 2
            : ((Rad << Bits) / root) + 3;
        return new(root, rad, Bits);
    }

    /// <summary>Guards a truncation bound: the ball must lie within 2^k of 0.</summary>
    public FixedBall Within(int k) => BigInteger.Abs(Mid) + Rad <= BigInteger.One << (Bits + k)
        ? this
        : throw new PrecisionException();

    /// <summary>The sums.</summary>
    public static FixedBall operator +(FixedBall a, FixedBall b) => new(a.Mid + b.Mid, a.Rad + b.Rad, Same(a, b));

    /// <summary>The differences.</summary>
    public static FixedBall operator -(FixedBall a, FixedBall b) => new(a.Mid - b.Mid, a.Rad + b.Rad, Same(a, b));

    /// <summary>The ball with its sign changed.</summary>
    public static FixedBall operator -(FixedBall a) => a with { Mid = -a.Mid };

    /// <summary>
    /// |xy - AB| &lt;= |A| rb + |B| ra + ra rb; flooring the product and the radius costs a unit each.
    /// </summary>
    public static FixedBall operator *(FixedBall a, FixedBall b)
    {
        int bits = Same(a, b);
        if (a.IsZero || b.IsZero)
        {
            return Zero(bits);
        }

        if (a.Mid.GetBitLength() + b.Mid.GetBitLength() > MostBits)
        {
            throw new PrecisionException();
        }

        var product = a.Mid * b.Mid;
        var mid = product >> bits;
        if (a.Rad.IsZero && b.Rad.IsZero)
        {
            return new(mid, mid << bits == product ? 0 : 1, bits);
        }

        var spread = (BigInteger.Abs(a.Mid) * b.Rad) + (BigInteger.Abs(b.Mid) * a.Rad) + (a.Rad * b.Rad);
        return new(mid, (spread >> bits) + 2, bits);
    }

    /// <summary>|x/y - A/B| &lt;= (ra + |A/B| rb)/(|B| - rb), with |A/B| at most |q| + 1 units.</summary>
    public static FixedBall operator /(FixedBall a, FixedBall b)
    {
        int bits = Same(a, b);
        var smallest = BigInteger.Abs(b.Mid) - b.Rad;
        if (smallest.Sign <= 0)
        {
            throw new PrecisionException();
        }

        if (a.IsZero)
        {
            return a;
        }

        var q = FloorDivide(a.Mid << bits, b.Mid);
        var spread = a.Rad + (((BigInteger.Abs(q) + 1) * b.Rad) >> bits) + 1;
        return new(q, ((spread << bits) / smallest) + 2, bits);
    }

    /// <summary>The largest integer that is at most a/b.</summary>
    public static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var q = BigInteger.DivRem(a, b, out var r);
        return r.Sign != 0 && (r.Sign < 0) != (b.Sign < 0) ? q - 1 : q;
    }

    private static int Same(FixedBall a, FixedBall b) => a.Bits == b.Bits
        ? a.Bits
        : throw new InvalidOperationException($"Balls in units of 2^-{a.Bits} and 2^-{b.Bits} do not combine.");
}
