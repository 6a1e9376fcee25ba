using System.Globalization;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

public readonly partial record struct Interval
{
    /// <summary>
    /// The interval as <c>[inf, sup]</c> in decimals that enclose it, <c>[empty]</c> or <c>[entire]</c>.
    /// </summary>
    /// <remarks>
    /// Guarantee: <see cref="Parse"/> of the text encloses this, each bound at most one unit of the 17th digit outside.
    /// </remarks>
    public override string ToString() =>
        IsEmpty ? "[empty]" : IsEntire ? "[entire]" : $"[{Decimal(Inf, up: false)}, {Decimal(Sup, up: true)}]";

    /// <summary>The interval in hexadecimal, <c>[0x1.8p+0, 0x1p+1]</c>.</summary>
    /// <remarks>Guarantee: exact; <see cref="Parse"/> of the text returns this.</remarks>
    public string ToHexString() =>
        IsEmpty ? "[empty]" : IsEntire ? "[entire]" : $"[{Hexadecimal(Inf)}, {Hexadecimal(Sup)}]";

    /// <summary>Reads an interval literal and returns the tightest interval that contains the set it denotes.</summary>
    /// <remarks>
    /// Forms, as in IEEE 1788: <c>[0.1, 2/3]</c>, <c>[1e-3]</c>, <c>[-inf, 0x1.8p3]</c>, <c>[]</c>, <c>[empty]</c>,
    /// <c>[entire]</c>,
    /// <c>3.56?2e1</c>, <c>7??u</c>; and a number alone, <c>0.1</c>. An omitted bound is infinite: <c>[1,]</c>.
    /// </remarks>
    /// <exception cref="FormatException">The text is no such literal; the message says the column.</exception>
    public static Interval Parse(string text) => IntervalLiteral.Parse(text);

    // The shortest decimal that reads back to x where it lies on the right side of x, else 17 digits rounded to that
    // side.
    private static string Decimal(double x, bool up)
    {
        if (double.IsInfinity(x))
        {
            return x > 0 ? "inf" : "-inf";
        }

        string shortest = Binary64.Text(x + 0.0).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');
        var exact = Binary64.Exact(x);
        int side = BigRational.Parse(shortest).CompareTo(exact);
        return side == 0 || (side > 0) == up
            ? shortest
            : up ? exact.ToDecimalRoundedUp(17) : exact.ToDecimalRoundedDown(17);
    }

    private static string Hexadecimal(double x)
    {
        if (double.IsInfinity(x))
        {
            return x > 0 ? "inf" : "-inf";
        }

        var (mantissa, exponent) = Binary64.Parts(Math.Abs(x));
        if (mantissa.IsZero)
        {
            return "0x0p+0";
        }

        // The leading bit of the 53 is the integer digit; the other 52 are thirteen hexadecimal places.
        while (mantissa.GetBitLength() < 53)
        {
            mantissa <<= 1;
            exponent--;
        }

        string places =
            ((long)mantissa & 0xF_FFFF_FFFF_FFFF).ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        int power = exponent + 52;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(x < 0 ? "-" : "")}0x1{(places.Length > 0 ? "." : "")}{places}p{(power < 0 ? "" : "+")}{power}");
    }
}
