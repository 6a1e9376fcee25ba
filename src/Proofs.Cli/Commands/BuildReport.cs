using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Checks;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs build` prints about a network, as text or as JSON.</summary>
internal sealed record BuildReport(Construction Construction, Built Built, BuildFiles Files)
{
    /// <summary>The network's numbers and its budgets, lemma by lemma.</summary>
    public string Text()
    {
        ReluNetwork network = Built.Network;
        var text = new StringBuilder();
        Line(text, $"{Construction.Name}: {Construction.Description}  [{Construction.Source}]");
        string where = Built.Boxes.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"the union of {Built.Boxes.Length} cells of ");
        Line(text, $"target      {Built.Target} on {where}{Built.Domain}");
        Line(text, $"depth L     {network.Depth}");
        Line(text, $"size W      {network.Size}");
        Line(text, $"width       {network.Width}");
        Line(text, $"magnitude B {Printing.Both(network.Magnitude)}");
        foreach (Budget budget in Built.OtherBudgets.Prepend(Built.Budget))
        {
            Line(text, "budget");
            Append(text, budget, "  ");
        }

        foreach (string? file in (string?[])[Files.Network, Files.Cells, Files.Figure])
        {
            if (file is not null)
            {
                Line(text, $"written     {file}");
            }
        }

        return text.ToString();
    }

    /// <summary>The members of the JSON object.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        ReluNetwork network = Built.Network;
        json.WriteString("construction", Construction.Name);
        json.WriteString("target", Built.Target.ToString());
        json.WriteString("domain", Built.Domain.ToString());
        json.WriteNumber("cells", Built.Boxes.Length);
        json.WriteNumber("depth", network.Depth);
        json.WriteNumber("size", network.Size);
        json.WriteNumber("width", network.Width);
        json.WriteString("magnitude", network.Magnitude.ToString());
        json.WriteStartArray("sizes");
        foreach (SizeStatement size in Built.Sizes)
        {
            json.WriteStringValue(size.ToString());
        }

        json.WriteEndArray();
        json.WritePropertyName("budget");
        Write(json, Built.Budget);
        json.WriteStartArray("otherBudgets");
        foreach (Budget budget in Built.OtherBudgets)
        {
            Write(json, budget);
        }

        json.WriteEndArray();
        json.WriteString("file", Files.Network);
        json.WriteString("cellsFile", Files.Cells);
        json.WriteString("figureFile", Files.Figure);
    }

    private static void Append(StringBuilder text, Budget node, string indent)
    {
        Line(text, $"{indent}{node.Lemma}: {node.Norm} error <= {node.Bound} = {Value(node)}  [{node.Source}]");
        foreach (Budget child in node.Children)
        {
            Append(text, child, indent + "  ");
        }
    }

    private static void Write(Utf8JsonWriter json, Budget node)
    {
        json.WriteStartObject();
        json.WriteString("lemma", node.Lemma);
        json.WriteString("source", node.Source);
        json.WriteString("norm", node.Norm.ToString());
        json.WriteString("bound", node.Bound.ToString());
        json.WriteString("value", node.TryEvaluate(node.Bound)?.ToString());
        json.WriteString("valueAtMost", Upper(node));
        json.WriteString("rule", node.Rule?.ToString());
        json.WriteStartObject("parameters");
        foreach ((string name, BigRational value) in node.Parameters)
        {
            json.WriteString(name, value.ToString());
        }

        json.WriteEndObject();
        json.WriteStartArray("children");
        foreach (Budget child in node.Children)
        {
            Write(json, child);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Value(Budget node) =>
        node.TryEvaluate(node.Bound) is { } exact ? Printing.Both(exact) : $"at most {Upper(node) ?? "∞"}";

    // The bound at the parameters of the instance, rounded up.
    private static string? Upper(Budget node) =>
        double.IsFinite(node.BoundValue().Sup) ? Binary64.Exact(node.BoundValue().Sup).ToDecimalRoundedUp(8) : null;

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
