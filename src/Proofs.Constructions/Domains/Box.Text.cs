using System.Globalization;
using System.Text.RegularExpressions;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Domains;

public sealed partial record Box
{
    private const int MostSides = 4096;

    /// <summary>
    /// Reads a box, <c>[0,1]^2</c> or <c>[0,1]x[-1,2]</c>, with numbers as <see cref="BigRational.Parse"/> reads them.
    /// </summary>
    /// <exception cref="FormatException">The text is no box.</exception>
    public static Box Parse(string text)
    {
        var lower = new List<BigRational>();
        var upper = new List<BigRational>();
        int at = 0;
        do
        {
            at = lower.Count > 0 ? at + 1 : at; // past the x
            var side = Side().Match(text, at);
            if (!side.Success
                || BigRational.TryParse(side.Groups["lower"].Value) is not { } a
                || BigRational.TryParse(side.Groups["upper"].Value) is not { } b
                || a > b)
            {
                throw new FormatException(
                    $"'{text}' is not a box at column {at + 1}; expected sides [lower,upper] with lower ≤ upper, "
                        + "such as [0,1]^2 or [0,1]x[-1,2].");
            }

            string power = side.Groups["power"].Value;
            if (power.Length > 4
                || !int.TryParse(
                    power.Length == 0 ? "1" : power, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                || n < 1 || lower.Count + n > MostSides)
            {
                throw new FormatException($"'{text}' has the power {power}; expected between 1 and {MostSides} sides.");
            }

            lower.AddRange(Enumerable.Repeat(a, n));
            upper.AddRange(Enumerable.Repeat(b, n));
            at += side.Length;
        }
        while (at < text.Length && text[at] is 'x' or '×');

        return at == text.Length
            ? new Box([.. lower], [.. upper])
            : throw new FormatException(
                $"'{text}' has '{text[at]}' at column {at + 1}; expected x and another side, or the end.");
    }

    [GeneratedRegex(
        @"\G\s*\[(?<lower>[^,\[\]]*),(?<upper>[^,\[\]]*)\]\s*(?:\^\s*(?<power>[0-9]+)\s*)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Side();
}
