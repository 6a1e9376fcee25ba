using System.Collections.Immutable;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>Values for the variables of a sequent, and the formulas that some of them are names of.</summary>
internal sealed class Witness(
    ImmutableDictionary<string, Enclosed> values, ImmutableDictionary<string, string> definitions)
{
    public static readonly Witness Empty = new(
        ImmutableDictionary.Create<string, Enclosed>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    public Enclosed? this[string name] => values.TryGetValue(name, out var value) ? value : null;

    /// <summary>
    /// Another point; a name for a formula keeps its value, but says no longer what it is where the formula may have
    /// changed.
    /// </summary>
    public Witness With(string name, Enclosed value) =>
        new(values.SetItem(name, value), values.ContainsKey(name) ? definitions.Clear() : definitions);

    public Witness With(string name, Enclosed value, Expression definition) =>
        new(values.SetItem(name, value), definitions.SetItem(name, definition.Text));

    public bool IsDefinition(Comparing c) =>
        c.Left is Expression.Variable v && definitions.TryGetValue(v.Name, out string? text)
        && text == c.Right.Text;

    public Evaluation Evaluate() => new(this);

    public override string ToString() => string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal)
        .Select(v => v.Value.IsExact ? $"{v.Key} = {v.Value.Low}" : $"{v.Key} in [{v.Value.Low}, {v.Value.High}]"));
}
