using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>An exact rational number, kept in lowest terms.</summary>
/// <remarks>
/// Invariant: the denominator is positive and coprime to the numerator; default is 0.
/// Guarantee: exact; every operation returns the true value.
/// Cost: an operation costs a few products and one gcd of integers of the operands' sizes.
/// </remarks>
public readonly partial record struct BigRational : IComparable<BigRational>
{
    // default(BigRational) has _denominator 0, which reads as 1.
    private readonly BigInteger _denominator;

    private BigRational(BigInteger numerator, BigInteger denominator, bool reduced)
    {
        _ = reduced;
        Numerator = numerator;
        _denominator = numerator.IsZero ? BigInteger.Zero : denominator;
    }

    /// <summary>The quotient <paramref name="numerator"/> / <paramref name="denominator"/> in lowest terms.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is 0.</exception>
    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException($"The rational {numerator}/0 has a zero denominator.");
        }

        var gcd = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
        {
            gcd = -gcd;
        }

        Numerator = numerator / gcd;
        _denominator = numerator.IsZero ? BigInteger.Zero : denominator / gcd;
    }

    /// <summary>The integer <paramref name="value"/> as a rational.</summary>
    public BigRational(BigInteger value)
        : this(value, BigInteger.One, reduced: true)
    {
    }

    /// <summary>The number 0.</summary>
    public static BigRational Zero => default;

    /// <summary>The number 1.</summary>
    public static BigRational One { get; } = new(BigInteger.One);

    /// <summary>The number 1/2.</summary>
    public static BigRational Half { get; } = new(1, 2);

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    /// <summary>−1, 0 or 1, the sign of the number.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>Whether the number is an integer.</summary>
    public bool IsInteger => Denominator.IsOne;

    /// <summary>Whether the denominator is a power of two, so that the number is a <see cref="Dyadic"/>.</summary>
    public bool IsDyadic => Denominator.IsPowerOfTwo;

    /// <summary>2^<paramref name="exponent"/>, for an exponent of any sign.</summary>
    public static BigRational PowerOfTwo(int exponent) => exponent >= 0
        ? new(BigInteger.One << exponent)
        : new(BigInteger.One, BigInteger.One << -exponent, reduced: true);

    /// <summary>The smaller of two numbers.</summary>
    public static BigRational Min(BigRational a, BigRational b) => a <= b ? a : b;

    /// <summary>The larger of two numbers.</summary>
    public static BigRational Max(BigRational a, BigRational b) => a >= b ? a : b;

    /// <summary>The absolute value of <paramref name="a"/>.</summary>
    public static BigRational Abs(BigRational a) => a.Sign < 0 ? -a : a;

    /// <summary>The integer power <paramref name="a"/>^<paramref name="exponent"/>; a^0 is 1 for every a.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="a"/> is 0 and the exponent is negative.</exception>
    public static BigRational Pow(BigRational a, int exponent)
    {
        if (exponent >= 0)
        {
            return new(BigInteger.Pow(a.Numerator, exponent), BigInteger.Pow(a.Denominator, exponent), reduced: true);
        }

        return a.IsZero
            ? throw new DivideByZeroException($"0^{exponent} has a zero denominator.")
            : Pow(a.Reciprocal(), -exponent);
    }

    /// <summary>The number 1/this.</summary>
    /// <exception cref="DivideByZeroException">The number is 0.</exception>
    public BigRational Reciprocal() => Sign switch
    {
        0 => throw new DivideByZeroException("0 has no reciprocal."),
        > 0 => new(Denominator, Numerator, reduced: true),
        _ => new(-Denominator, -Numerator, reduced: true),
    };

    /// <summary>The largest integer at most this number.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The smallest integer at least this number.</summary>
    public BigInteger Ceiling() => -(-this).Floor();

    /// <summary>The nearest integer; a tie goes to the larger one.</summary>
    public BigInteger RoundHalfUp() => (this + Half).Floor();

    /// <inheritdoc/>
    public int CompareTo(BigRational other) => Denominator == other.Denominator
        ? Numerator.CompareTo(other.Numerator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The sum of two numbers.</summary>
    public static BigRational operator +(BigRational a, BigRational b)
    {
        if (a.Denominator == b.Denominator)
        {
            return a.Denominator.IsOne
                ? new(a.Numerator + b.Numerator)
                : new(a.Numerator + b.Numerator, a.Denominator);
        }

        return new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);
    }

    /// <summary>The difference of two numbers.</summary>
    public static BigRational operator -(BigRational a, BigRational b) => a + (-b);

    /// <summary>The number with its sign changed.</summary>
    public static BigRational operator -(BigRational a) => new(-a.Numerator, a.Denominator, reduced: true);

    /// <summary>The product of two numbers.</summary>
    public static BigRational operator *(BigRational a, BigRational b) => a.Denominator.IsOne && b.Denominator.IsOne
        ? new(a.Numerator * b.Numerator)
        : new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient of two numbers.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static BigRational operator /(BigRational a, BigRational b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>Whether <paramref name="a"/> is smaller than <paramref name="b"/>.</summary>
    public static bool operator <(BigRational a, BigRational b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> is larger than <paramref name="b"/>.</summary>
    public static bool operator >(BigRational a, BigRational b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> is at most <paramref name="b"/>.</summary>
    public static bool operator <=(BigRational a, BigRational b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> is at least <paramref name="b"/>.</summary>
    public static bool operator >=(BigRational a, BigRational b) => a.CompareTo(b) >= 0;

    /// <summary>An integer is a rational, exactly.</summary>
    public static implicit operator BigRational(int value) => new(new BigInteger(value));

    /// <summary>An integer is a rational, exactly.</summary>
    public static implicit operator BigRational(long value) => new(new BigInteger(value));

    /// <summary>An integer is a rational, exactly.</summary>
    public static implicit operator BigRational(BigInteger value) => new(value);
}
