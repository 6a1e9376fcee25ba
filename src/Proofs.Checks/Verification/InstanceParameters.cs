using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks;

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
        var values = ValuesOf(parameter.Name, instance).Distinct().ToList();
        if (values.Count == 0)
        {
            return mayLack ? null : $"the theorem declares {parameter.Name} in {parameter.Range}, and the instance gives it no value";
        }

        if (ParameterRange.Read(parameter).Range is not { } range)
        {
            return $"whether {parameter.Name} is in its range cannot be told: '{parameter.Range}' is none";
        }

        return values.Where(v => range.Contains(v) != true)
            .Select(v => $"{parameter.Name} = {v} {(range.Contains(v) == false ? "lies outside" : "is not known to lie in")} "
                + $"the range {parameter.Range} that the theorem declares")
            .FirstOrDefault();
    }

    // The instance's own value; a parameter of lemmas has one in every lemma of the budget that knows it.
    private static IEnumerable<Enclosure> ValuesOf(string name, Instance instance)
    {
        if (instance.Definitions.ContainsKey(name))
        {
            yield return Bounds.Of(instance, Expr.Variable(name));
        }

        foreach (var lemma in instance.Budget?.Nodes() ?? [])
        {
            if (lemma.Parameters.TryGetValue(name, out BigRational value))
            {
                yield return Enclosure.Exactly(value);
            }
        }
    }
}
