using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Properties;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>The answer of proofs vnnlib as text and as JSON.</summary>
internal sealed class VnnLibReport(PropertyResult result, NetworkSemantics semantics)
{
    private const int MostDigits = 1100; // those of every binary64 number

    /// <summary>0 where the property is decided, 2 else.</summary>
    public int ExitCode => result.Answer is PropertyAnswer.Satisfiable or PropertyAnswer.Unsatisfiable
        ? Cli.ExitCode.Holds
        : Cli.ExitCode.Inconclusive;

    private string Word => result.Answer switch
    {
        PropertyAnswer.Satisfiable => "sat",
        PropertyAnswer.Unsatisfiable => "unsat",
        PropertyAnswer.Timeout => "timeout",
        _ => "unknown",
    };

    /// <summary>The answer as text or as JSON.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    /// <summary>The word, and after sat the counterexample as the competition writes it.</summary>
    public string Text()
    {
        var text = new StringBuilder(Word).Append('\n');
        if (result.Counterexample is { } point)
        {
            IEnumerable<string> values =
            [
                .. point.Inputs.Select((x, i) => string.Create(CultureInfo.InvariantCulture, $"(X_{i} {Number(x)})")),
                .. point.Outputs.Select((y, i) => string.Create(CultureInfo.InvariantCulture, $"(Y_{i} {Number(y)})")),
            ];
            text.Append('(').AppendJoin("\n ", values).Append(")\n");
            foreach ((BigRational x, int i) in point.Inputs.Select((x, i) => (x, i)).Where(p => BigRational.Parse(Number(p.x)) != p.x))
            {
                text.Append(CultureInfo.InvariantCulture, $"; X_{i} is rounded above; the counterexample has {x}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the members of the JSON object; coordinates are exact fractions.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("result", Word);
        json.WriteString("semantics", semantics == NetworkSemantics.Real ? "real" : "float32");
        json.WriteNumber("boxes", result.Boxes);
        if (result.Counterexample is { } point)
        {
            Write(json, "inputs", point.Inputs);
            Write(json, "outputs", point.Outputs);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<BigRational> values)
    {
        json.WriteStartArray(name);
        foreach (BigRational value in values)
        {
            json.WriteStringValue(value.ToString());
        }

        json.WriteEndArray();
    }

    // All digits where the number is a decimal of moderate length, so that it reads back exactly as a real and as a binary64
    // number; else (outputs) the shortest text of the nearest binary64 number.
    private static string Number(BigRational value)
    {
        BigInteger rest = value.Denominator;
        int twos = 0, fives = 0;
        for (; rest.IsEven; rest >>= 1)
        {
            twos++;
        }

        for (; (rest % 5).IsZero; rest /= 5)
        {
            fives++;
        }

        int places = int.Max(twos, fives);
        if (!rest.IsOne || places > MostDigits)
        {
            return Binary64.Text(Binary64.Nearest(value));
        }

        BigInteger scaled = BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places) / value.Denominator;
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : "")}{digits[..^places]}.{(places == 0 ? "0" : digits[^places..])}";
    }
}
