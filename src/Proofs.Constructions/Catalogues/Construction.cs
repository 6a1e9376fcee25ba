using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Splits;

namespace Proofs.Constructions.Catalogues;

/// <summary>A construction that can be called by name with texts for its parameters.</summary>
public sealed class Construction
{
    private readonly Func<ConstructionArguments, Built> _build;
    private readonly Func<ConstructionArguments, SplitBuilt>? _optimal;

    internal Construction(
        string name,
        string description,
        string source,
        ImmutableArray<ConstructionParameter> parameters,
        Func<ConstructionArguments, Built> build,
        Func<ConstructionArguments, SplitBuilt>? optimal = null) =>
        (Name, Description, Source, Parameters, _build, _optimal) =
            (name, description, source, parameters, build, optimal);

    /// <summary>The name, such as <c>hypersurface</c>.</summary>
    public string Name { get; }

    /// <summary>What it builds, in one line.</summary>
    public string Description { get; }

    /// <summary>Where it is stated and proved.</summary>
    public string Source { get; }

    /// <summary>Its parameters, in the order of the statement.</summary>
    public ImmutableArray<ConstructionParameter> Parameters { get; }

    /// <summary>Whether its accuracy is shared out among parts, so that integers can be chosen for the least
    /// size.</summary>
    public bool HasSplit => _optimal is not null;

    /// <summary>The construction with parameters given as <c>key=value</c> texts.</summary>
    /// <exception cref="ParameterException">A key is unknown, missing or given twice, or a value is none it can
    /// take.</exception>
    /// <exception cref="FalsePremiseException">A side condition of the bound is false: f is not in its class,
    /// say.</exception>
    public Built Build(IReadOnlyList<string> keyValues) => WithoutFalsePremise(Called(_build, keyValues));

    /// <summary>The same with the accuracy shared out so that the size is least.</summary>
    /// <remarks>Source: math/07, A7 to A9.</remarks>
    /// <exception cref="ParameterException">As for <see cref="Build"/>, or there is no accuracy to share
    /// out.</exception>
    /// <exception cref="FalsePremiseException">As for <see cref="Build"/>.</exception>
    public SplitBuilt BuildOptimal(IReadOnlyList<string> keyValues)
    {
        var result = Called(
            _optimal ?? throw new ParameterException(
                Name, "has no accuracy that is shared out among parts; expected a construction that has"),
            keyValues);
        return result with { Built = WithoutFalsePremise(result.Built) };
    }

    private T Called<T>(Func<ConstructionArguments, T> build, IReadOnlyList<string> keyValues)
    {
        var arguments = new ConstructionArguments(Name, Parameters, keyValues);
        try
        {
            return build(arguments);
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

/// <summary>A network of the least size for its accuracy, and how that was shared out.</summary>
/// <param name="Built">The network; its budget says that the error is at most the accuracy.</param>
/// <param name="Split">The shares, the size by count, and what no split is below.</param>
public sealed record SplitBuilt(Built Built, SplitReport Split);
