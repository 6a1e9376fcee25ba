using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs certify` prints about a result, as text or as JSON.</summary>
internal sealed record CertifyReport(CertifyRequest Request, Norm Norm, bool IsReal, CertifyResult Result, int Output)
{

    /// <summary>0 certified or as narrow as was asked for, 1 refuted, 2 undecided or about no point at all.</summary>
    public int ExitCode => IsVacuous ? Proofs.Cli.Sessions.ExitCode.Inconclusive : Result.Outcome switch
    {
        Outcome.Certified => Proofs.Cli.Sessions.ExitCode.Holds,
        Outcome.Refuted => Proofs.Cli.Sessions.ExitCode.Refuted,
        Outcome.Inconclusive => Proofs.Cli.Sessions.ExitCode.Inconclusive,
        _ => Result.Complete ? Proofs.Cli.Sessions.ExitCode.Holds : Proofs.Cli.Sessions.ExitCode.Inconclusive,
    };

    private string Verdict => IsVacuous ? "VACUOUS" : Result.Outcome switch
    {
        Outcome.Certified => "CERTIFIED",
        Outcome.Refuted => "REFUTED",
        Outcome.Inconclusive => "INCONCLUSIVE",
        _ => Result.Complete ? "ENCLOSED" : "INCONCLUSIVE",
    };

    private bool IsDifference => Request.Networks.Length > 1;

    private bool IsVector => Request.Networks[0].Network.OutputDimension > 1;

    private string Error => IsDifference ? "Phi - Psi" : "Phi - f";

    // The exact ends: a witness with an exact value raises the lower one to it.
    private BigRational? Lower => Result.Value.Lower;

    private BigRational? Upper => Result.Value.Upper;

    // No point of the boxes fulfils the condition: every bound holds, and there is no error to enclose.
    private bool IsVacuous => Result.Region == RegionStanding.Empty || Result.Bounds.IsEmpty;

    private string Nothing => Request.Region.Where is null
        ? "the error is defined at no point of the domain"
        : "no point of the domain fulfils the condition";

    /// <summary>The report as text or as JSON.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    private ImmutableArray<string> Names => Inputs.Names(Request.Region.Dimension);

    /// <summary>The verdict, the enclosure, the witness and what ended the search, a line each.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Verdict).Append('\n');
        text.Append(IsVacuous
            ? $"{Nothing}\n"
            : $"{Norm} |{Error}| in {Decimals.Interval(Lower, Upper)}\n");
        text.Append(IsReal ? "" : $"{Executions()}\n");
        if (Request.AtMost is { } bound)
        {
            text.Append(CultureInfo.InvariantCulture, $"claimed: at most {Printing.Both(bound)}\n");
        }

        if (Result.Witness is { } witness)
        {
            string value = witness.Value is { } exact ? $"is {Printing.Both(exact)}" : $"lies in {witness.Enclosure}";
            text.Append(CultureInfo.InvariantCulture,
                $"witness: {string.Join(", ", Names.Zip(witness.Point, (n, x) => $"{n} = {Printing.Whole(x)}"))}, "
                    + $"where {Error} {value}\n");
        }

        if (IsVector && !IsVacuous)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"output: {Output + 1} of {Request.Networks[0].Network.OutputDimension}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"boxes: {Result.Boxes}\n");
        return (Result.Why is { } why ? text.Append(CultureInfo.InvariantCulture, $"ended: {why}\n") : text).ToString();
    }

    // Which executions are meant, of one network or of both.
    private string Executions()
    {
        string[] scopes = [.. Request.Networks.Select(n => n.Execution!.Scope).Distinct()];
        string input = Request.Networks.All(n => n.Execution!.Format == NumberFormat.Binary64)
            ? "binary64"
            : "binary32";
        return scopes.Length == 1
            ? $"for every {input} input and every execution in {scopes[0]}"
            : $"for every {input} input and every execution, Phi in {scopes[0]}; Psi in {scopes[1]}";
    }

    /// <summary>
    /// The members of the JSON object: numbers as text, the lower end rounded down and the upper one up.
    /// </summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("verdict", Verdict);
        json.WriteString("norm", Norm.ToString());
        json.WriteString("semantics", IsReal ? "real" : "float32");
        if (!IsReal)
        {
            json.WriteString("executions", Executions());
        }

        json.WriteString("target", IsDifference ? null : Request.Target.ToString());
        if (IsDifference)
        {
            json.WriteNumber("output", Output + 1);
        }

        json.WriteString("domain", Request.Region.Summary());
        json.WriteString("lower", Decimals.Lower(Lower));
        json.WriteString("upper", Decimals.Upper(Upper));
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
        json.WriteBoolean("vacuous", IsVacuous);
        json.WriteString("region", Result.Region switch
        {
            RegionStanding.HasPoint => "has a point",
            RegionStanding.Empty => "empty",
            _ => "not shown to have a point",
        });
        json.WriteString("why", Result.Why);
    }
}
