using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Checks;
using Proofs.Checks.Certification;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs certify` prints about a result, as text or as JSON.</summary>
internal sealed record CertifyReport(CertifyRequest Request, Norm Norm, CertifyResult Result)
{
    private const int Digits = 17; // the digits of a binary64 number; ends are rounded outward to them

    /// <summary>0 certified or as narrow as was asked for, 1 refuted, 2 undecided.</summary>
    public int ExitCode => Result.Outcome switch
    {
        Outcome.Certified => Cli.ExitCode.Holds,
        Outcome.Refuted => Cli.ExitCode.Refuted,
        Outcome.Inconclusive => Cli.ExitCode.Inconclusive,
        _ => Result.Complete ? Cli.ExitCode.Holds : Cli.ExitCode.Inconclusive,
    };

    private string Verdict => Result.Outcome switch
    {
        Outcome.Certified => "CERTIFIED",
        Outcome.Refuted => "REFUTED",
        Outcome.Inconclusive => "INCONCLUSIVE",
        _ => Result.Complete ? "ENCLOSED" : "INCONCLUSIVE",
    };

    private BigRational? Lower => double.IsFinite(Result.Bounds.Inf) ? Binary64.Exact(Result.Bounds.Inf) : null;

    private BigRational? Upper => double.IsFinite(Result.Bounds.Sup) ? Binary64.Exact(Result.Bounds.Sup) : null;

    private ImmutableArray<string> Names => Inputs.Names(Request.Region.Dimension);

    /// <summary>The verdict, the enclosure, the witness and what ended the search, a line each.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Verdict).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{Norm} |Phi - f| in [{Down(Lower)}, {Up(Upper)}]\n");
        if (Request.AtMost is { } bound)
        {
            text.Append(CultureInfo.InvariantCulture, $"claimed: at most {Printing.Both(bound)}\n");
        }

        if (Result.Witness is { } witness)
        {
            string value = witness.Value is { } exact ? $"is {Printing.Both(exact)}" : $"lies in {witness.Enclosure}";
            text.Append(CultureInfo.InvariantCulture,
                $"witness: {string.Join(", ", Names.Zip(witness.Point, (n, x) => $"{n} = {Printing.Both(x)}"))}, where Phi - f {value}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"boxes: {Result.Boxes}\n");
        return (Result.Why is { } why ? text.Append(CultureInfo.InvariantCulture, $"ended: {why}\n") : text).ToString();
    }

    /// <summary>The members of the JSON object: numbers as text, the lower end rounded down and the upper one up.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("verdict", Verdict);
        json.WriteString("norm", Norm.ToString());
        json.WriteString("target", Request.Target.ToString());
        json.WriteString("domain", Request.Region.ToString());
        json.WriteString("lower", Lower is { } lower ? lower.ToDecimalRoundedDown(Digits) : null);
        json.WriteString("upper", Upper is { } upper ? upper.ToDecimalRoundedUp(Digits) : null);
        json.WriteString("atMost", Request.AtMost?.ToString());
        if (Result.Witness is { } witness)
        {
            json.WriteStartObject("witness");
            foreach ((string name, BigRational value) in Names.Zip(witness.Point))
            {
                json.WriteString(name, value.ToString());
            }

            json.WriteEndObject();
            json.WriteString("errorAtWitness", witness.Value?.ToString() ?? witness.Enclosure.ToString());
        }

        json.WriteNumber("boxes", Result.Boxes);
        json.WriteBoolean("complete", Result.Complete);
        json.WriteString("why", Result.Why);
    }

    private static string Down(BigRational? end) => end is { } e ? e.ToDecimalRoundedDown(8) : "-∞";

    private static string Up(BigRational? end) => end is { } e ? e.ToDecimalRoundedUp(8) : "∞";
}
