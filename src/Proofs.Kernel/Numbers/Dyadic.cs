using System.Numerics;

namespace Proofs.Kernel.Numbers;

/// <summary>An exact dyadic number Mantissa · 2^Exponent, with outward rounding to a stated number of bits.</summary>
/// <remarks>
/// Invariant: the mantissa is odd, or it is 0 and so is the exponent; default is 0.
/// Guarantee: sums, differences and products are exact; only the RoundDown and RoundUp methods round.
/// </remarks>
public readonly record struct Dyadic : IComparable<Dyadic>
{
    /// <summary>The number <paramref name="mantissa"/> · 2^<paramref name="exponent"/>.</summary>
    public Dyadic(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero)
        {
            return;
        }

        int shift = TrailingZeros(mantissa);
        Mantissa = mantissa >> shift;
        Exponent = checked(exponent + shift);
    }

    /// <summary>The number 0.</summary>
    public static Dyadic Zero => default;

    /// <summary>The number 1.</summary>
    public static Dyadic One { get; } = new(1, 0);

    /// <summary>The odd integer m of m · 2^e, or 0.</summary>
    public BigInteger Mantissa { get; }

    /// <summary>The exponent e of m · 2^e.</summary>
    public int Exponent { get; }

    /// <summary>−1, 0 or 1, the sign of the number.</summary>
    public int Sign => Mantissa.Sign;

    /// <summary>The bits of the mantissa; 0 for 0.</summary>
    public long Precision => (long)BigInteger.Abs(Mantissa).GetBitLength();

    /// <summary>
    /// The dyadic number equal to <paramref name="value"/>, or null where its denominator is not a power of two.
    /// </summary>
    public static Dyadic? FromRational(BigRational value) => value.IsDyadic
        ? new Dyadic(value.Numerator, -checked((int)(value.Denominator.GetBitLength() - 1)))
        : null;

    /// <summary>
    /// The largest dyadic number with at most <paramref name="bits"/> bits that is at most <paramref name="value"/>.
    /// </summary>
    public static Dyadic RoundDown(BigRational value, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        if (value.IsZero)
        {
            return Zero;
        }

        // |value| 2^s has at least `bits` bits before the point; its floor rounded to `bits` bits is the answer.
        long have = (long)BigInteger.Abs(value.Numerator).GetBitLength() - (long)value.Denominator.GetBitLength();
        int s = checked((int)(bits + 1 - have));
        var scaled = value * BigRational.PowerOfTwo(s);
        return new Dyadic(scaled.Floor(), -s).RoundDown(bits);
    }

    /// <summary>
    /// The smallest dyadic number with at most <paramref name="bits"/> bits that is at least <paramref name="value"/>.
    /// </summary>
    public static Dyadic RoundUp(BigRational value, int bits) => -RoundDown(-value, bits);

    /// <summary>The largest number with at most <paramref name="bits"/> bits that is at most this one.</summary>
    public Dyadic RoundDown(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        int excess = checked((int)(Precision - bits));
        return excess <= 0 ? this : new Dyadic(Mantissa >> excess, Exponent + excess); // >> floors
    }

    /// <summary>The smallest number with at most <paramref name="bits"/> bits that is at least this one.</summary>
    public Dyadic RoundUp(int bits) => -(-this).RoundDown(bits);

    /// <summary>The same number as a rational.</summary>
    public BigRational ToRational() => BigRational.PowerOfTwo(Exponent) * new BigRational(Mantissa);

    /// <inheritdoc/>
    public int CompareTo(Dyadic other) => (this - other).Sign;

    /// <summary>The number as <c>m*2^e</c>, or as an integer where it is one of moderate size.</summary>
    public override string ToString() => Exponent is >= 0 and <= 64
        ? (Mantissa << Exponent).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Mantissa}*2^{Exponent}");

    /// <summary>Reads <c>m*2^e</c>, an integer, or a decimal or fraction whose value is dyadic.</summary>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static Dyadic Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf("*2^", StringComparison.Ordinal);
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        const System.Globalization.NumberStyles Style = System.Globalization.NumberStyles.AllowLeadingSign;
        if (at > 0
            && BigInteger.TryParse(text.AsSpan(0, at), Style, culture, out var mantissa)
            && int.TryParse(text.AsSpan(at + 3), Style, culture, out int exponent))
        {
            return new(mantissa, exponent);
        }

        return (BigRational.TryParse(text) is { } value ? FromRational(value) : null) ?? throw new FormatException(
            $"'{text}' is not a dyadic number; expected m*2^e, an integer, or a fraction over a power of two.");
    }

    /// <summary>The sum of two numbers, exact.</summary>
    public static Dyadic operator +(Dyadic a, Dyadic b)
    {
        if (a.Mantissa.IsZero || b.Mantissa.IsZero)
        {
            return a.Mantissa.IsZero ? b : a;
        }

        int low = a.Exponent < b.Exponent ? a.Exponent : b.Exponent;
        return new((a.Mantissa << (a.Exponent - low)) + (b.Mantissa << (b.Exponent - low)), low);
    }

    /// <summary>The difference of two numbers, exact.</summary>
    public static Dyadic operator -(Dyadic a, Dyadic b) => a + (-b);

    /// <summary>The number with its sign changed.</summary>
    public static Dyadic operator -(Dyadic a) => new(-a.Mantissa, a.Exponent);

    /// <summary>The product of two numbers, exact.</summary>
    public static Dyadic operator *(Dyadic a, Dyadic b) =>
        new(a.Mantissa * b.Mantissa, checked(a.Exponent + b.Exponent));

    /// <summary>Whether <paramref name="a"/> is smaller than <paramref name="b"/>.</summary>
    public static bool operator <(Dyadic a, Dyadic b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> is larger than <paramref name="b"/>.</summary>
    public static bool operator >(Dyadic a, Dyadic b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> is at most <paramref name="b"/>.</summary>
    public static bool operator <=(Dyadic a, Dyadic b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> is at least <paramref name="b"/>.</summary>
    public static bool operator >=(Dyadic a, Dyadic b) => a.CompareTo(b) >= 0;

    /// <summary>An integer is dyadic, exactly.</summary>
    public static implicit operator Dyadic(int value) => new(value, 0);

    private static int TrailingZeros(BigInteger n)
    {
        int zeros = 0;
        foreach (byte b in n.ToByteArray())
        {
            if (b != 0)
            {
                return zeros + BitOperations.TrailingZeroCount(b);
            }

            zeros += 8;
        }

        return zeros;
    }
}
