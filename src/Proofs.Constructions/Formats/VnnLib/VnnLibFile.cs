using System.Globalization;
using System.Numerics;
using System.Text;
using Proofs.Constructions.Formats.Text;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

/// <summary>
/// Properties in VNN-LIB 1.0: linear constraints on inputs X_i and outputs Y_j, joined by and and or; numbers are
/// exact.
/// </summary>
public static class VnnLibFile
{
    private const int LargestFile = 1 << 26;

    /// <summary>The property in the file at <paramref name="path"/>, which may be packed with gzip.</summary>
    /// <exception cref="VnnLibException">The file is no property that is understood; the message names line and
    /// column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static VnnProperty Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>
    /// The property in a stream, which may be packed with gzip; <paramref name="name"/> is what messages call it.
    /// </summary>
    /// <exception cref="VnnLibException">The data are no property that is understood; the message names line and
    /// column.</exception>
    public static VnnProperty Read(Stream stream, string name)
    {
        try
        {
            return new VnnLibReader(
                name, Encoding.UTF8.GetString(SourceBytes.Read(stream, LargestFile)).TrimStart('\uFEFF')).Read();
        }
        catch (NetworkFormatException e)
        {
            throw new VnnLibException(name, 1, 1, e.Message);
        }
    }

    /// <summary>The property in a text; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="VnnLibException">The text is no property that is understood; the message names line and
    /// column.</exception>
    public static VnnProperty Parse(string text, string name) => new VnnLibReader(name, text).Read();

    /// <summary>The property as VNN-LIB text, which reads back equal.</summary>
    /// <remarks>
    /// A number that is no finite decimal is written as a quotient, (/ 1 3), which is SMT-LIB but not every tool reads.
    /// </remarks>
    public static string ToText(VnnProperty property)
    {
        var text = new StringBuilder();
        for (int i = 0; i < property.InputDimension; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"(declare-const X_{i} Real)\n");
        }

        for (int i = 0; i < property.OutputDimension; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"(declare-const Y_{i} Real)\n");
        }

        if (property.Cases.Length == 1)
        {
            foreach (string constraint in Constraints(property.Cases[0]))
            {
                text.Append(CultureInfo.InvariantCulture, $"(assert {constraint})\n");
            }
        }
        else
        {
            var cases = property.Cases.Select(c => $"\n  (and {string.Join(' ', Constraints(c))})");
            text.Append(CultureInfo.InvariantCulture, $"(assert (or{string.Concat(cases)}))\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Constraints(VnnCase c) =>
    [
        .. c.Inputs.Lower.Select((v, i) => $"(>= X_{i} {Number(v)})"),
        .. c.Inputs.Upper.Select((v, i) => $"(<= X_{i} {Number(v)})"),
        .. c.InputConstraints.Select(k => Constraint(k, 'X')),
        .. c.OutputConstraints.Select(k => Constraint(k, 'Y')),
    ];

    private static string Constraint(RowConstraint c, char letter)
    {
        string[] terms = [.. c.Terms.Select(t => t.Value == BigRational.One
            ? $"{letter}_{t.Index}"
            : $"(* {Number(t.Value)} {letter}_{t.Index})")];
        string sum = terms.Length switch { 0 => "0.0", 1 => terms[0], _ => $"(+ {string.Join(' ', terms)})" };
        return $"({(c.IsStrict ? "<" : "<=")} {sum} {Number(c.Bound)})";
    }

    // 2^a 5^b divides a power of ten; other denominators have no finite decimal.
    private static string Number(BigRational value)
    {
        const int MostDigits = 900; // what the reader takes in one word
        var rest = value.Denominator;
        int twos = 0, fives = 0;
        for (; rest.IsEven; rest >>= 1)
        {
            twos++;
        }

        for (; (rest % 5).IsZero; rest /= 5)
        {
            fives++;
        }

        int places = Math.Max(twos, fives);
        if (!rest.IsOne || places > MostDigits || value.Numerator.GetBitLength() > MostDigits)
        {
            return $"(/ {value.Numerator}.0 {value.Denominator}.0)";
        }

        var scaled = BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places) / value.Denominator;
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : "")}{digits[..^places]}.{(places == 0 ? "0" : digits[^places..])}";
    }
}
