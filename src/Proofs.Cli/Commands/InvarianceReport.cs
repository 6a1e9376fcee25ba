using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Search.Invariance;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs invariance` prints about a result, as text or as JSON.</summary>
internal sealed record InvarianceReport(InvarianceRequest Request, InvarianceResult Result)
{
    private const int MostCharacters = 120;

    /// <summary>0 exactly invariant, 1 refuted, 2 bounded.</summary>
    public int ExitCode => Result.Verdict switch
    {
        InvarianceVerdict.Exact => Proofs.Cli.Sessions.ExitCode.Holds,
        InvarianceVerdict.Refuted => Proofs.Cli.Sessions.ExitCode.Refuted,
        _ => Proofs.Cli.Sessions.ExitCode.Inconclusive,
    };

    private string Property => Request.IsEquivariant ? "equivariant" : "invariant";

    private string Right => Request.IsEquivariant ? "g Phi(x)" : "Phi(x)";

    private string Scope => Result.Scope switch
    {
        null => $"all x in {Request.Domain}",
        { AtLeast: { } least } => $"all x without a coordinate below {least}",
        _ => "all real x",
    };

    /// <summary>The verdict, then what shows it, a line each.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Result.Verdict switch
        {
            InvarianceVerdict.Exact => $"EXACTLY {Property.ToUpperInvariant()}\n",
            InvarianceVerdict.Refuted => "REFUTED\n",
            _ => "BOUNDED\n",
        });
        text.Append(
            CultureInfo.InvariantCulture,
            $"group: {Request.Group.Name}, {Order()}, {Request.Group.Generators.Length} generators\n");
        if (Result.Refuting is { Witness: { } witness } refuting)
        {
            text.Append(CultureInfo.InvariantCulture, $"generator: {refuting.Generator.Name}\n");
            text.Append(CultureInfo.InvariantCulture, $"witness: {Point(witness.Point)}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"Phi(g x) = {Values(witness.Moved)}\n{Right} = {Values(witness.Expected)}\n");
            text.Append(CultureInfo.InvariantCulture, $"violation: {Printing.Both(witness.Violation)}\n");
            return text.ToString();
        }

        text.Append(Result.Verdict == InvarianceVerdict.Exact
            ? $"Phi(g x) = {Right} for {Scope}\n"
            : $"|Phi(g x) - {Right}| <= {Upper(Result.UpperBound)} for "
                + $"all {(Result.IsOfElements ? "elements" : "generators")} g and {Scope}\n");
        foreach (GeneratorFinding finding in Result.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Generator.Name}: {How(finding)}\n");
        }

        return text.Append(Note()).Append('\n').ToString();
    }

    /// <summary>
    /// The members of the JSON object; numbers are exact and written as text, upper bounds rounded up.
    /// </summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("verdict", Result.Verdict switch
        {
            InvarianceVerdict.Exact => "exact",
            InvarianceVerdict.Refuted => "refuted",
            _ => "bounded",
        });
        json.WriteString("property", Property);
        json.WriteString("group", Request.Group.Name);
        json.WriteString("order", Request.Group.Order?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("domain", Request.Domain.ToString());
        json.WriteBoolean("everywhere", Result.IsEverywhere);
        json.WriteString("atLeast", Result.Scope?.AtLeast?.ToString());
        json.WriteBoolean("domainMappedIntoItself", Request.IsDomainMappedIntoItself);
        json.WriteBoolean("everyElement", Result.IsOfElements);
        json.WriteString("upper", Decimals.Upper(Result.UpperBound));
        json.WriteStartArray("generators");
        foreach (GeneratorFinding finding in Result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("generator", finding.Generator.Name);
            json.WriteString("method", finding.Method.ToString().ToLowerInvariant());
            if (finding.Violation is { } violation)
            {
                json.WriteString("lower", Decimals.Lower(violation.Lower));
                json.WriteString("upper", Decimals.Upper(violation.Upper));
            }

            if (finding.Witness is { } witness)
            {
                Write(json, "point", witness.Point);
                Write(json, "moved", witness.Moved);
                Write(json, "expected", witness.Expected);
                json.WriteString("violation", witness.Violation.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private string How(GeneratorFinding finding) => finding.Method switch
    {
        InvarianceMethod.Weights => "by a symmetry of the weights",
        InvarianceMethod.Comparators => "by comparators and the 0-1 principle",
        InvarianceMethod.Terms => "by the same term of maxima and minima",
        InvarianceMethod.Regions => $"by its linear regions, on {Request.Domain}",
        _ => "undecided, largest violation in "
            + $"{Decimals.Interval(finding.Violation?.Lower, finding.Violation?.Upper, least: "0")}",
    };

    private string Note() => Result.IsOfElements
        ? "each element of the group was looked at, since it does not map the domain into itself"
        : Result.Verdict == InvarianceVerdict.Exact
            ? "what holds for the generators holds for the whole group"
            : "a product of k generators violates it by at most k times the bound";

    private string Order() => Request.Group.Order is { } order
        ? string.Create(CultureInfo.InvariantCulture, $"order {order}")
        : "finite, order not counted";

    private static string Point(ImmutableArray<BigRational> point) =>
        string.Join(", ", Inputs.Names(point.Length).Zip(point, (name, x) => $"{name} = {Printing.Whole(x)}"));

    private static string Values(ImmutableArray<BigRational> values) => values.Length == 1
        ? Number(values[0])
        : $"({string.Join(", ", values.Select(Number))})";

    // Both sides exactly where that is readable: they often agree in all digits that a decimal would show.
    private static string Number(BigRational value) =>
        value.ToString() is { Length: <= MostCharacters } exact ? exact : Printing.Both(value);

    private static string Upper(BigRational? bound) => Decimals.Upper(bound) ?? "∞";

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<BigRational> values)
    {
        json.WriteStartArray(name);
        foreach (BigRational value in values)
        {
            json.WriteStringValue(value.ToString());
        }

        json.WriteEndArray();
    }
}
