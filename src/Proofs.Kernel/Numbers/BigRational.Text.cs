using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Proofs.Kernel.Numbers;

public readonly partial record struct BigRational
{
    // A power of ten beyond this is a typing error or an attack on memory, not a number of a theorem.
    private const int LargestDecimalExponent = 100_000;

    /// <summary>
    /// The number as a fraction, <c>-3/8</c>, or as an integer when it is one; <see cref="Parse"/> reads it back.
    /// </summary>
    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>
    /// Reads <c>7</c>, <c>-3/8</c>, <c>0.1</c> or <c>2.5e-3</c>; a decimal is read exactly, 0.1 as 1/10.
    /// </summary>
    /// <exception cref="FormatException"><paramref name="text"/> is none of these.</exception>
    public static BigRational Parse(string text) => TryParse(text) ?? throw new FormatException(
        $"'{text}' is not a number; expected an integer, a fraction such as 3/8, or a decimal such as 2.5e-3.");

    /// <summary>
    /// Reads a number as <see cref="Parse"/> does, or returns null where <paramref name="text"/> is none.
    /// </summary>
    public static BigRational? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        if (match.Groups["den"].Success)
        {
            var denominator = Integer(match.Groups["den"].Value);
            return denominator.IsZero ? null : new(Integer(match.Groups["num"].Value), denominator);
        }

        string fraction = match.Groups["frac"].Value;
        var exponent = match.Groups["exp"].Success ? Integer(match.Groups["exp"].Value) : BigInteger.Zero;
        exponent -= fraction.Length;
        if (BigInteger.Abs(exponent) > LargestDecimalExponent)
        {
            return null;
        }

        var digits = Integer(match.Groups["int"].Value + fraction);
        if (match.Groups["sign"].Value == "-")
        {
            digits = -digits;
        }

        return new BigRational(digits) * Pow(10, (int)exponent);
    }

    /// <summary>
    /// The decimal rendering with <paramref name="significantDigits"/> digits, rounded down (towards −∞).
    /// </summary>
    /// <remarks>Guarantee: the printed number is at most the true one, and within one unit of its last digit.</remarks>
    public string ToDecimalRoundedDown(int significantDigits) => ToDecimal(significantDigits, up: false);

    /// <summary>
    /// The decimal rendering with <paramref name="significantDigits"/> digits, rounded up (towards +∞).
    /// </summary>
    /// <remarks>
    /// Guarantee: the printed number is at least the true one, and within one unit of its last digit.
    /// </remarks>
    public string ToDecimalRoundedUp(int significantDigits) => ToDecimal(significantDigits, up: true);

    private static BigInteger Integer(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private string ToDecimal(int significantDigits, bool up)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(significantDigits, 1);
        if (IsZero)
        {
            return "0";
        }

        // 10^e <= |x| < 10^(e+1); the digits are |x| 10^(d-1-e) rounded towards or away from zero.
        var magnitude = Abs(this);
        int e = (int)Math10.FloorLog(magnitude);
        bool away = up == (Sign > 0);
        var scaled = magnitude * Pow(10, significantDigits - 1 - e);
        var digits = away ? scaled.Ceiling() : scaled.Floor();
        if (digits == BigInteger.Pow(10, significantDigits))
        {
            digits /= 10;
            e++;
        }

        return (Sign < 0 ? "-" : "") + Math10.Place(digits.ToString(CultureInfo.InvariantCulture), e);
    }

    [GeneratedRegex(
        @"^(?:(?<num>[+-]?[0-9]+)\s*/\s*(?<den>[0-9]+)"
            + @"|(?<sign>[+-]?)(?<int>[0-9]+)(?:\.(?<frac>[0-9]*))?(?:[eE](?<exp>[+-]?[0-9]{1,7}))?"
            + @"|(?<sign>[+-]?)(?<int>)\.(?<frac>[0-9]+)(?:[eE](?<exp>[+-]?[0-9]{1,7}))?)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    // Decimal places of a positive rational.
    private static class Math10
    {
        public static long FloorLog(BigRational x)
        {
            // The digit counts give the logarithm up to one; compare exactly for the rest.
            long guess = Digits(x.Numerator) - Digits(x.Denominator);
            return Pow(10, (int)guess) <= x ? guess : guess - 1;
        }

        public static string Place(string digits, int exponent)
        {
            string trimmed = digits.TrimEnd('0');
            if (exponent is < -4 or > 14)
            {
                string mantissa = trimmed.Length == 1 ? trimmed : $"{trimmed[0]}.{trimmed[1..]}";
                return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}");
            }

            if (exponent < 0)
            {
                return "0." + new string('0', -exponent - 1) + trimmed;
            }

            return trimmed.Length <= exponent + 1
                ? trimmed.PadRight(exponent + 1, '0')
                : $"{trimmed[..(exponent + 1)]}.{trimmed[(exponent + 1)..]}";
        }

        private static long Digits(BigInteger n) => BigInteger.Abs(n).ToString(CultureInfo.InvariantCulture).Length;
    }
}
