using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// The literals of IEEE 1788-2015, section 9.7 and 12.11, without the decoration. Bounds are exact rationals until the
// outward rounding at the end, so no literal loses its enclosure.
internal static class IntervalLiteral
{
    private const int LargestExponent = 100_000;

    public static Interval Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new Reader(text);
        var result = reader.Interval();
        reader.End();
        return result;
    }

    private sealed class Reader(string text)
    {
        private int _at;

        public Interval Interval()
        {
            Blanks();
            return Take('[') ? Bracketed() : Uncertain();
        }

        public void End()
        {
            Blanks();
            if (_at < text.Length)
            {
                throw Error("the end of the literal");
            }
        }

        private Interval Bracketed()
        {
            Blanks();
            if (Take(']'))
            {
                return Proofs.Numeric.Intervals.Interval.Empty;
            }

            if (Word("empty") || Word("entire"))
            {
                bool empty = char.ToLowerInvariant(text[_at + 1]) == 'm';
                _at += empty ? 5 : 6;
                Close();
                return empty ? Proofs.Numeric.Intervals.Interval.Empty : Proofs.Numeric.Intervals.Interval.Entire;
            }

            int start = _at;
            var inf = Bound(negative: true);
            Blanks();
            var sup = Take(',') ? Bound(negative: false) : inf;
            Close();
            if (inf.Infinite > 0 || sup.Infinite < 0
                || (inf.Infinite == 0 && sup.Infinite == 0 && inf.Value > sup.Value))
            {
                _at = start;
                throw Error("a lower bound that is at most the upper one, below +inf, and an upper one above -inf");
            }

            return Proofs.Numeric.Intervals.Interval.Raw(
                inf.Infinite != 0 ? double.NegativeInfinity : Binary64.RoundDown(inf.Value),
                sup.Infinite != 0 ? double.PositiveInfinity : Binary64.RoundUp(sup.Value));
        }

        // A number, an infinity, or nothing, which stands for the infinity of that side.
        private (BigRational Value, int Infinite) Bound(bool negative)
        {
            Blanks();
            if (_at < text.Length && text[_at] is ',' or ']')
            {
                return (default, negative ? -1 : 1);
            }

            int sign = Sign();
            foreach (string name in (string[])["infinity", "inf"])
            {
                if (Word(name))
                {
                    _at += name.Length;
                    return (default, sign);
                }
            }

            var value = Magnitude();
            return (sign < 0 ? -value : value, 0);
        }

        // m?r with an optional radius in units of the last place, a side u or d, and an exponent.
        private Interval Uncertain()
        {
            int sign = Sign(), start = _at;
            var value = Magnitude(exponent: false);
            int point = text.IndexOf('.', start, _at - start);
            int places = point < 0 ? 0 : _at - point - 1;
            if (!Take('?'))
            {
                value *= Exponent();
                value = sign < 0 ? -value : value;
                return Proofs.Numeric.Intervals.Interval.Enclose(value);
            }

            if (text.AsSpan(start, _at - start).ContainsAny("/xX"))
            {
                _at--;
                throw Error("a decimal number before '?'");
            }

            bool unbounded = Take('?');
            string digits = unbounded ? "" : Digits(char.IsAsciiDigit);
            var radius = digits.Length == 0 ? BigRational.Half : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
            bool up = Take('u') || Take('U'), down = !up && (Take('d') || Take('D'));
            var power = Exponent();
            value = (sign < 0 ? -value : value) * power;
            radius *= power * BigRational.Pow(10, -places);
            double inf = up ? Binary64.RoundDown(value)
                : unbounded ? double.NegativeInfinity : Binary64.RoundDown(value - radius);
            double sup = down ? Binary64.RoundUp(value)
                : unbounded ? double.PositiveInfinity : Binary64.RoundUp(value + radius);
            return Proofs.Numeric.Intervals.Interval.Raw(inf, sup);
        }

        // An unsigned decimal, hexadecimal or rational number.
        private BigRational Magnitude(bool exponent = true)
        {
            if (Word("0x"))
            {
                _at += 2;
                var hex = Mantissa(16, char.IsAsciiHexDigit);
                return Take('p') || Take('P') ? hex * BigRational.PowerOfTwo(SmallInteger()) : hex;
            }

            var value = Mantissa(10, char.IsAsciiDigit);
            if (Take('/'))
            {
                string denominator = Digits(char.IsAsciiDigit);
                return denominator.Trim('0').Length == 0
                    ? throw Error("a positive denominator")
                    : value / BigInteger.Parse(denominator, CultureInfo.InvariantCulture);
            }

            return exponent ? value * Exponent() : value;
        }

        private BigRational Exponent() =>
            Take('e') || Take('E') ? BigRational.Pow(10, SmallInteger()) : BigRational.One;

        private BigRational Mantissa(int radix, Func<char, bool> isDigit)
        {
            string whole = Digits(isDigit), fraction = Take('.') ? Digits(isDigit) : "";
            return whole.Length + fraction.Length == 0
                ? throw Error("a digit")
                : new BigRational(Value(whole + fraction)) / BigInteger.Pow(radix, fraction.Length);

            BigInteger Value(string digits) => radix == 16
                ? BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        }

        private int SmallInteger()
        {
            int start = _at, sign = Sign();
            string digits = Digits(char.IsAsciiDigit);
            if (digits.Length > 0 && int.TryParse(digits, CultureInfo.InvariantCulture, out int value)
                && value <= LargestExponent)
            {
                return sign * value;
            }

            _at = start;
            throw Error($"an exponent of at most {LargestExponent}");
        }

        private string Digits(Func<char, bool> isDigit)
        {
            int start = _at;
            while (_at < text.Length && isDigit(text[_at]))
            {
                _at++;
            }

            return text[start.._at];
        }

        private int Sign()
        {
            if (Take('-'))
            {
                return -1;
            }

            Take('+');
            return 1;
        }

        private void Close()
        {
            Blanks();
            if (!Take(']'))
            {
                throw Error("']'");
            }
        }

        private bool Word(string word) =>
            text.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase);

        private bool Take(char c)
        {
            bool found = _at < text.Length && text[_at] == c;
            _at += found ? 1 : 0;
            return found;
        }

        private void Blanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
        }

        private FormatException Error(string expected) =>
            new($"'{text}', column {_at + 1}: expected {expected} in an interval literal such as [0.1, 2/3] or "
                + "3.56?2.");
    }
}
