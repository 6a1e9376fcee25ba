using System.Collections.Immutable;
using Proofs.Constructions.Budgets;

namespace Proofs.Constructions.Catalogues;

/// <summary>A construction that can be called by name with texts for its parameters.</summary>
public sealed class Construction
{
    private readonly Func<ConstructionArguments, Built> _build;

    internal Construction(
        string name,
        string description,
        string source,
        ImmutableArray<ConstructionParameter> parameters,
        Func<ConstructionArguments, Built> build) =>
        (Name, Description, Source, Parameters, _build) = (name, description, source, parameters, build);

    /// <summary>The name, such as <c>hypersurface</c>.</summary>
    public string Name { get; }

    /// <summary>What it builds, in one line.</summary>
    public string Description { get; }

    /// <summary>Where it is stated and proved.</summary>
    public string Source { get; }

    /// <summary>Its parameters, in the order of the statement.</summary>
    public ImmutableArray<ConstructionParameter> Parameters { get; }

    /// <summary>The construction with parameters given as <c>key=value</c> texts.</summary>
    /// <exception cref="ParameterException">A key is unknown, missing or given twice, or a value is none it can
    /// take.</exception>
    /// <exception cref="FalsePremiseException">A side condition of the bound is false: f is not in its class,
    /// say.</exception>
    public Built Build(IReadOnlyList<string> keyValues)
    {
        var arguments = new ConstructionArguments(Name, Parameters, keyValues);
        try
        {
            return WithoutFalsePremise(_build(arguments));
        }
        catch (ArgumentException e) when (e is not FalsePremiseException)
        {
            throw new ParameterException(Name, e.Message.Split(" (Parameter")[0].ReplaceLineEndings(" "));
        }
    }

    private static Built WithoutFalsePremise(Built built) =>
        built.OtherBudgets.Prepend(built.Budget).SelectMany(b => b.Standings())
            .FirstOrDefault(c => c.Standing == Standing.False) is { } wrong
            ? throw new FalsePremiseException(wrong.Statement, "it fails at the parameters given")
            : built;

    /// <summary>The name and what it builds, for a reader.</summary>
    public override string ToString() => $"{Name}: {Description}";
}
