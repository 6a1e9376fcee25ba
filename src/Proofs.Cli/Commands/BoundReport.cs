using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs bound` prints about the values of a formula, as text or as JSON.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Request">Where, how narrow, and how long.</param>
/// <param name="Result">What is known of min f and max f.</param>
internal sealed record BoundReport(Expr Formula, CertifyRequest Request, RangeResult Result)
{
    /// <summary>Why the command ends before the search has; null where the search ended.</summary>
    public string? Interruption { get; init; }

    // Ends are rounded outward to the digits of a binary64 number, or to as many as keep the gap asked for.
    private int Digits => Math.Max(Decimals.Digits, (int)(3 - Math.Floor(Math.Log10(Request.RelativeGap))));

    /// <summary>0 where both enclosures are as narrow as was asked for, else 2.</summary>
    public int ExitCode => IsComplete ? Proofs.Cli.Sessions.ExitCode.Holds : Proofs.Cli.Sessions.ExitCode.Inconclusive;

    private bool IsComplete => Result.Complete;

    private bool IsCertified => Result.Certificate is not null;

    private CertifyResult Minimum => Result.Minimum;

    private CertifyResult Maximum => Result.Maximum;

    private string Verdict => IsComplete ? "ENCLOSED" : "INCONCLUSIVE";

    // A search that ran out of its share of the time names the share; what would help is a larger whole.
    private string? Why => IsComplete ? null
        : Interruption is not null ? Interruption
        : Result.EndedByTime ? string.Create(
            CultureInfo.InvariantCulture,
            $"the time limit of {(Request.StatedTimeout ?? Request.Timeout)!.Value.TotalSeconds} s is reached; "
                + $"a longer one would help")
        : Minimum.Why ?? Maximum.Why;

    private ImmutableArray<string> Names => Inputs.Names(Request.Region.Dimension);

    /// <summary>The report as text or as JSON.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    /// <summary>The verdict, the three enclosures with points, and what ended the search, a line each.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Verdict).Append('\n');
        Append(text, "min f", Minimum.Value, Minimum.Witness);
        Append(text, "max f", Maximum.Value, Maximum.Witness);
        Append(text, "sup |f|", Result.Norm, null);
        if (IsCertified)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"certified: {Decimals.Lower(Result.CertifiedBounds.Lower, Digits)} <= f <= "
                    + $"{Decimals.Upper(Result.CertifiedBounds.Upper, Digits)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"boxes: {Minimum.Boxes + Maximum.Boxes}\n");
        return (Why is { } why ? text.Append(CultureInfo.InvariantCulture, $"ended: {why}\n") : text).ToString();
    }

    /// <summary>The members of the JSON object: numbers as text, lower ends rounded down and upper ones up.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("verdict", Verdict);
        json.WriteString("formula", Formula.ToString());
        json.WriteString("domain", Request.Region.Summary());
        Write(json, "min", Minimum.Value, Minimum.Witness);
        Write(json, "max", Maximum.Value, Maximum.Witness);
        Write(json, "sup", Result.Norm, null);
        if (IsCertified)
        {
            json.WriteStartObject("certified");
            json.WriteString("lower", Result.CertifiedBounds.Lower?.ToString());
            json.WriteString("upper", Result.CertifiedBounds.Upper?.ToString());
            json.WriteEndObject();
        }

        json.WriteNumber("boxes", Minimum.Boxes + Maximum.Boxes);
        json.WriteBoolean("complete", IsComplete);
        json.WriteString("why", Why);
    }

    private void Append(StringBuilder text, string name, RationalInterval value, PointWitness? witness)
    {
        text.Append(name).Append(value.IsExact
            ? $" is {Printing.Both(value.Lower!.Value)}"
            : $" in {Decimals.Interval(value.Lower, value.Upper, Digits)}");
        if (witness is not null)
        {
            string found = witness.Value is { } exact ? $"is {Printing.Both(exact)}" : $"lies in {witness.Enclosure}";
            text.Append(CultureInfo.InvariantCulture,
                $"; at {string.Join(", ", Names.Zip(witness.Point, (n, x) => $"{n} = {Printing.Whole(x)}"))} f "
                    + $"{found}");
        }

        text.Append('\n');
    }

    private void Write(Utf8JsonWriter json, string name, RationalInterval value, PointWitness? witness)
    {
        json.WriteStartObject(name);
        json.WriteString("lower", Decimals.Lower(value.Lower, Digits));
        json.WriteString("upper", Decimals.Upper(value.Upper, Digits));
        if (witness is not null)
        {
            json.WriteStartObject("point");
            foreach ((string input, BigRational at) in Names.Zip(witness.Point))
            {
                json.WriteString(input, at.ToString());
            }

            json.WriteEndObject();
            json.WriteString("valueAtPoint", witness.Value?.ToString() ?? witness.Enclosure.ToString());
        }

        json.WriteEndObject();
    }
}
