using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Properties;

namespace Proofs.Cli.Commands;

/// <summary>
/// The answer of proofs vnnlib as text and as JSON; the execution that it is about is null for real numbers, and before
/// the file is read.
/// </summary>
internal sealed class VnnLibReport(PropertyResult result, bool isReal, NetworkExecution? execution)
{
    /// <summary>
    /// Whether no input lies in a box of the property, so that its answer says nothing of the network.
    /// </summary>
    public bool IsVacuous { get; init; }

    private const int MostPlaces = DecimalWitness.MostPlaces;
    private const int MostOutputPlaces = 400;

    /// <summary>0 where the property is decided, 2 else.</summary>
    public int ExitCode => result.Answer is PropertyAnswer.Satisfiable or PropertyAnswer.Unsatisfiable
        ? Proofs.Cli.Sessions.ExitCode.Holds
        : Proofs.Cli.Sessions.ExitCode.Inconclusive;

    private string Word => result.Answer switch
    {
        PropertyAnswer.Satisfiable => "sat",
        PropertyAnswer.Unsatisfiable => "unsat",
        PropertyAnswer.Timeout => "timeout",
        _ => "unknown",
    };

    /// <summary>The answer as text or as JSON.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    /// <summary>
    /// The word, and after sat the counterexample as the competition writes it; remarks follow after a semicolon.
    /// </summary>
    public string Text()
    {
        var text = new StringBuilder(Word).Append('\n');
        if (result.Counterexample is { } point)
        {
            IEnumerable<string> values =
            [
                .. point.Inputs.Select((x, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"(X_{i} {Number(x, MostPlaces)})")),
                .. point.Outputs.Select((y, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"(Y_{i} {Number(y, MostOutputPlaces)})")),
            ];
            text.Append('(').AppendJoin("\n ", values).Append(")\n");
        }

        foreach (string remark in Remarks())
        {
            text.Append("; ").Append(remark).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Writes the members of the JSON object; coordinates are exact fractions.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("result", Word);
        json.WriteString("semantics", isReal ? "real" : "float32");
        if (execution is not null)
        {
            json.WriteString("executions", execution.Scope);
        }

        json.WriteBoolean("vacuous", IsVacuous);
        json.WriteNumber("boxes", result.Boxes);
        if (result.Counterexample is { } point)
        {
            Write(json, "inputs", point.Inputs);
            Write(json, "outputs", point.Outputs);
        }
    }

    private IEnumerable<string> Remarks()
    {
        if (IsVacuous)
        {
            yield return "VACUOUS: no input lies in a box of the property, so this says nothing of the network";
        }

        if (result.Counterexample is { } point)
        {
            for (int i = 0; i < point.Inputs.Length; i++)
            {
                if (Decimal(point.Inputs[i], MostPlaces) is null)
                {
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"X_{i} = {point.Inputs[i]} exactly; the decimal above is rounded and is no witness");
                }
            }

            int[] rounded = [
                .. Enumerable.Range(0, point.Outputs.Length)
                .Where(i => Decimal(point.Outputs[i], MostOutputPlaces) is null)];
            if (rounded.Length > 0)
            {
                yield return $"rounded above: {string.Join(", ", rounded.Select(i => $"Y_{i}"))}";
            }
        }

        if (execution is not null && result.Answer == PropertyAnswer.Satisfiable)
        {
            yield return $"at this input for every execution in {execution.Scope}; the outputs are those of one";
        }
        else if (execution is not null && result.Answer == PropertyAnswer.Unsatisfiable)
        {
            yield return $"for every {execution.Format} input and every execution in {execution.Scope}";
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

    private static string Number(BigRational value, int mostPlaces) =>
        Decimal(value, mostPlaces) ?? Binary64.Text(Binary64.Nearest(value));

    // All digits where the number is a decimal of moderate length, so that it reads back exactly as a real and as a
    // binary64 number.
    private static string? Decimal(BigRational value, int mostPlaces)
    {
        if (DecimalWitness.Places(value) is not { } places || places > mostPlaces)
        {
            return null;
        }

        BigInteger scaled = BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places) / value.Denominator;
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : "")}{digits[..^places]}.{(places == 0 ? "0" : digits[^places..])}";
    }
}
