using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Splits;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs build` prints about a network, as text or as JSON.</summary>
internal sealed record BuildReport(
    Construction Construction, Built Built, SplitReport? Split, BuildFiles Files)
{
    /// <summary>The network's numbers and its budgets, lemma by lemma.</summary>
    public string Text()
    {
        ReluNetwork network = Built.Network;
        var text = new StringBuilder();
        Line(text, $"{Construction.Name}: {Construction.Description}  [{Construction.Source}]");
        string where = Built.Boxes.IsEmpty
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"the union of {Built.Boxes.Length} cells of ");
        Line(text, $"target      {Built.Target} on {where}{Built.Domain}");
        Line(text, $"depth L     {network.Depth}");
        Line(text, $"size W      {network.Size}");
        Line(text, $"width       {network.Width}");
        Line(text, $"magnitude B {Printing.Both(network.Magnitude)}");
        if (Split is not null)
        {
            Append(text, Split);
        }

        foreach (Budget budget in Built.OtherBudgets.Prepend(Built.Budget))
        {
            ImmutableArray<SideCondition> standings = budget.Standings();
            bool conditional = standings.Any(c => c.Standing != Standing.Shown);
            Line(text, conditional ? "budget, if what is assumed below holds" : "budget");
            Append(text, budget, "  ", conditional ? "if the assumptions hold, " : "");
            foreach (SideCondition condition in standings)
            {
                Line(text, $"  {condition}");
            }
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
        if (Split is not null)
        {
            json.WritePropertyName("split");
            Write(json, Split);
        }

        json.WriteBoolean("conditional", !Assumptions.IsEmpty);
        json.WriteStartArray("assumptions");
        foreach (string assumption in Assumptions)
        {
            json.WriteStringValue(assumption);
        }

        json.WriteEndArray();
        json.WritePropertyName("budget");
        Write(json, Built.Budget, !Built.Budget.Assumptions().IsEmpty);
        json.WriteStartArray("otherBudgets");
        foreach (Budget budget in Built.OtherBudgets)
        {
            Write(json, budget, !budget.Assumptions().IsEmpty);
        }

        json.WriteEndArray();
        json.WriteString("file", Files.Network);
        json.WriteString("cellsFile", Files.Cells);
        json.WriteString("figureFile", Files.Figure);
    }

    // What the bounds assume.
    private ImmutableArray<string> Assumptions =>
        [.. Built.OtherBudgets.Prepend(Built.Budget).SelectMany(b => b.Assumptions()).Distinct()];

    private static void Append(StringBuilder text, SplitReport split)
    {
        Line(text, $"split       {string.Join(", ", split.Integers.Select(i => $"{i.Name} = {i.Value}"))}");
        foreach ((string part, BigRational error) in split.Shares)
        {
            Line(text, $"  {part}: at most {error.ToDecimalRoundedUp(6)}");
        }

        Line(text,
            $"  counted size {split.Size}, {Least(split)}; by the fixed shares of the theorem {split.EqualSize}");
        Line(text,
            $"  no split counts less than {split.LowerBound.ToDecimalRoundedDown(8)}: "
                + $"the size is at most {(100 * split.Gap).ToDecimalRoundedUp(3)} % above that");
    }

    private static string Least(SplitReport split) => split.IsLeast
        ? "the least of all integers within the budget"
        : "not shown to be the least, for the errors of smaller plans are too near the budget";

    private static void Write(Utf8JsonWriter json, SplitReport split)
    {
        json.WriteStartObject();
        json.WriteString("accuracy", split.Accuracy.ToString());
        json.WriteStartObject("integers");
        foreach ((string name, BigInteger value) in split.Integers)
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        json.WriteStartObject("sharesAtMost");
        foreach ((string part, BigRational error) in split.Shares)
        {
            json.WriteString(part, error.ToDecimalRoundedUp(8));
        }

        json.WriteEndObject();
        json.WriteString("countedSize", split.Size.ToString(CultureInfo.InvariantCulture));
        json.WriteString("countedSizeOfEqualSplit", split.EqualSize.ToString(CultureInfo.InvariantCulture));
        json.WriteString("noSplitCountsLessThan", split.LowerBound.ToDecimalRoundedDown(12));
        json.WriteBoolean("least", split.IsLeast);
        json.WriteEndObject();
    }

    private static void Append(StringBuilder text, Budget node, string indent, string premise)
    {
        Line(text,
            $"{indent}{node.Lemma}: {premise}{node.Norm} error <= {node.Bound} = {Value(node)}  [{node.Source}]");
        foreach (Budget child in node.Children)
        {
            Append(text, child, indent + "  ", premise);
        }
    }

    private static void Write(Utf8JsonWriter json, Budget node, bool conditional)
    {
        json.WriteStartObject();
        json.WriteString("lemma", node.Lemma);
        json.WriteString("source", node.Source);
        json.WriteString("norm", node.Norm.ToString());
        json.WriteString("bound", node.Bound.ToString());
        json.WriteString("value", node.TryEvaluate(node.Bound)?.ToString());
        json.WriteString("valueAtMost", Upper(node));
        json.WriteBoolean("conditional", conditional);
        json.WriteString("rule", node.Rule?.ToString());
        json.WriteStartObject("parameters");
        foreach ((string name, BigRational value) in node.Parameters)
        {
            json.WriteString(name, value.ToString());
        }

        json.WriteEndObject();
        json.WriteStartArray("conditions");
        foreach (SideCondition condition in node.Conditions.Select(c => c.At(node.Parameters)))
        {
            json.WriteStartObject();
            json.WriteString("statement", condition.Statement);
            json.WriteString(
                "standing",
                condition.Standing switch { Standing.Shown => "shown", Standing.False => "false", _ => "assumed" });
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("children");
        foreach (Budget child in node.Children)
        {
            Write(json, child, conditional);
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
