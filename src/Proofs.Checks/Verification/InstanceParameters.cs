using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Verification;

// Whether an instance is a case of the theorem: a value for every declared parameter, and inside its range.
internal static class InstanceParameters
{
    /// <summary>What is wrong, a sentence each.</summary>
    /// <param name="theorem">The theorem.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="mayLack">Whether parameters may be missing, as in a network made for one false variant.</param>
    public static IEnumerable<string> ProblemsOf(Theorem theorem, Instance instance, bool mayLack) =>
        theorem.Parameters.DistinctBy(p => p.Name).Select(p => ProblemOf(p, instance, mayLack)).OfType<string>();

    private static string? ProblemOf(Parameter parameter, Instance instance, bool mayLack)
    {
        if (!instance.Definitions.ContainsKey(parameter.Name))
        {
            return mayLack || IsOfLemmas(parameter.Name, instance) ? null
                : $"the theorem declares {parameter.Name} in {parameter.Range}, and the instance gives it no value";
        }

        var value = Bounds.Of(instance, Expr.Variable(parameter.Name));
        return ParameterRange.Read(parameter).Range is not { } range
            ? $"whether {parameter.Name} = {value} is in its range cannot be told: '{parameter.Range}' is none"
            : range.Contains(value) switch
            {
                true => null,
                false => $"{parameter.Name} = {value} lies outside the range {parameter.Range} that the theorem "
                    + "declares",
                _ => $"{parameter.Name} = {value} is not known to lie in the range {parameter.Range} that the theorem "
                    + "declares",
            };
    }

    // A parameter of lemmas alone has a value in each lemma that knows it, which may differ.
    private static bool IsOfLemmas(string name, Instance instance) =>
        instance.Budget?.Nodes().Any(n => n.Parameters.ContainsKey(name)) ?? false;
}
