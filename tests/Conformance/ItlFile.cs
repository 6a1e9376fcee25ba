using System.Globalization;
using System.Text.RegularExpressions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Conformance;

// One line of a vector file: op operand... = result... [<= accepted result...] [signal name];
internal sealed record Vector(
    string File, int Line, string Operation, IReadOnlyList<object> Operands, IReadOnlyList<object> Results,
    string? Signal)
{
    public override string ToString() => $"{File}:{Line} {Operation}";
}

// The text of an .itl file of the Interval Test Framework for IEEE 1788. Operands are Interval, DecoratedInterval
// (where a decoration is written), double, double[] or string.
internal static partial class ItlFile
{
    public static IEnumerable<Vector> Read(string path)
    {
        string text = Comment().Replace(File.ReadAllText(path), m => new string('\n', m.Value.Count(c => c == '\n')));
        int line = 1;
        foreach (string statement in text.Split(';'))
        {
            int blank = statement.Length - statement.TrimStart().Length;
            int at = line + statement[..blank].Count(c => c == '\n');
            line += statement.Count(c => c == '\n');
            string body = Header().Replace(statement, "").Trim().TrimStart('}').Trim();
            body = Header().Replace(body, "").Trim();
            if (body.Length > 0 && body != "}")
            {
                yield return Parse(Path.GetFileName(path), at, body);
            }
        }
    }

    private static Vector Parse(string file, int line, string body)
    {
        var tokens = Token().Matches(body).Select(m => m.Value).ToList();
        int equals = tokens.IndexOf("="), signal = tokens.IndexOf("signal"), accepted = tokens.IndexOf("<=");
        int end = accepted >= 0 ? accepted : signal >= 0 ? signal : tokens.Count;
        return equals < 1
            ? throw new FormatException($"{file}, line {line}: expected 'operation operands = result', got '{body}'.")
            : new(
                file, line, tokens[0],
                [.. tokens[1..equals].Select(Value)],
                [.. tokens[(equals + 1)..end].Select(Value)],
                signal >= 0 ? tokens[signal + 1] : null);
    }

    private static object Value(string token) => token[0] switch
    {
        '"' => token[1..^1],
        '[' => IntervalValue(token),
        '{' => token[1..^1].Split(',').Select(Number).ToArray(),
        _ => IsNumber().IsMatch(token) ? Number(token) : token,
    };

    private static object IntervalValue(string token)
    {
        int close = token.IndexOf(']', StringComparison.Ordinal);
        string body = token[1..close].Trim().ToLowerInvariant();
        if (body == "nai")
        {
            return DecoratedInterval.NotAnInterval;
        }

        Interval set;
        if (body is "empty" or "entire")
        {
            set = body == "empty" ? Interval.Empty : Interval.Entire;
        }
        else
        {
            string[] bounds = body.Split(',');
            set = Interval.Between(Number(bounds[0]), Number(bounds[^1]));
        }

        return close + 1 == token.Length ? set : DecoratedInterval.Of(set, token[(close + 2)..] switch
        {
            "com" => Decoration.Common,
            "dac" => Decoration.Continuous,
            "def" => Decoration.Defined,
            "trv" => Decoration.Trivial,
            var other => throw new FormatException($"'{token}': '{other}' is no decoration."),
        });
    }

    // C notation: a decimal is the nearest binary64 number, a hexadecimal one exact.
    private static double Number(string token)
    {
        string text = token.Trim().ToLowerInvariant();
        bool negative = text.StartsWith('-');
        string magnitude = text.TrimStart('+', '-');
        double value = magnitude switch
        {
            "infinity" or "inf" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ when magnitude.StartsWith("0x", StringComparison.Ordinal) => Hexadecimal(magnitude[2..]),
            _ => double.Parse(magnitude, CultureInfo.InvariantCulture),
        };
        return negative ? -value : value;
    }

    private static double Hexadecimal(string text)
    {
        string[] parts = text.Split('p');
        string[] digits = parts[0].Split('.');
        string all = digits[0] + (digits.Length > 1 ? digits[1] : "");
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (4 * (all.Length - digits[0].Length));
        var mantissa =
            System.Numerics.BigInteger.Parse("0" + all, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return Binary64.Nearest(new BigRational(mantissa) * BigRational.PowerOfTwo(exponent));
    }

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*\}?\s*testcase\s+[^{]*\{", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\](?:_[a-z]+)?|\\{[^}]*\\}|<=|=|[^\\s=]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[+-]?(\d|\.\d|inf|nan)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsNumber();
}
