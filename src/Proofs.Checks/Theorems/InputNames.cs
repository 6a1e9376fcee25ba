using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Theorems;

// Which names a claim about an instance may use: what the instance defines, the network's numbers, and the inputs.
internal static class InputNames
{
    /// <summary>Refuses a formula with a name that neither the instance nor the inputs give a meaning.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="written">The formula as its author wrote it.</param>
    /// <param name="resolved">The formula with every definition put in.</param>
    /// <param name="also">Further names that may stand in it.</param>
    /// <exception cref="InvalidOperationException">A name is not defined; the message says which are.</exception>
    public static void Require(Instance instance, Expr written, Expr resolved, params string[] also)
    {
        var inputs = Inputs.Names(instance.Domain.Dimension);
        string[] known = [.. inputs, .. inputs.Length == 1 ? ["x1"] : Array.Empty<string>(), .. also];
        var unknown = resolved.Variables().Except(known);
        if (unknown.Count > 0)
        {
            throw NotDefined(instance, unknown, written, [.. inputs, .. also]);
        }
    }

    /// <summary>What is said of names that are not defined, with those that are.</summary>
    public static InvalidOperationException NotDefined(
        Instance instance, IReadOnlyCollection<string> unknown, Expr formula, IEnumerable<string> others)
    {
        IEnumerable<string> own = instance.Network is null ? [] : ["L", "W", "B", "width"];
        string defined =
            string.Join(", ", instance.Definitions.Keys.Order(StringComparer.Ordinal).Concat(own).Concat(others));
        return new($"{string.Join(", ", unknown)} in '{formula}' {(unknown.Count == 1 ? "is" : "are")} not defined; "
            + (defined.Length == 0 ? "no name is defined" : $"defined are {defined}"));
    }
}
