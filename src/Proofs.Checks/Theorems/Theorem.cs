using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Theorems;

/// <summary>
/// A theorem as the suite checks it: claims, the instances they are checked on, and mutants they are told from.
/// </summary>
/// <param name="Key">The name on the command line.</param>
/// <param name="Title">The theorem in a few words.</param>
/// <param name="Source">Paper and item.</param>
/// <param name="Parameters">The parameters with their ranges.</param>
/// <param name="General">Claims for all parameters, and random attacks on classes: checked once.</param>
/// <param name="PerInstance">Claims about a built network: checked on every instance.</param>
/// <param name="Instances">The instances.</param>
/// <param name="Mutants">False variants, each of which must be refuted.</param>
public sealed record Theorem(
    string Key,
    string Title,
    string Source,
    ImmutableArray<Parameter> Parameters,
    ImmutableArray<Claim> General,
    ImmutableArray<Claim> PerInstance,
    ImmutableArray<InstanceSource> Instances,
    ImmutableArray<Mutant> Mutants)
{
    /// <inheritdoc cref="Parameters" path="/summary"/>
    public ImmutableArray<Parameter> Parameters { get; init; } = OrNone(Parameters);

    /// <inheritdoc cref="General" path="/summary"/>
    public ImmutableArray<Claim> General { get; init; } = OrNone(General);

    /// <inheritdoc cref="PerInstance" path="/summary"/>
    public ImmutableArray<Claim> PerInstance { get; init; } = OrNone(PerInstance);

    /// <inheritdoc cref="Instances" path="/summary"/>
    public ImmutableArray<InstanceSource> Instances { get; init; } = OrNone(Instances);

    /// <inheritdoc cref="Mutants" path="/summary"/>
    public ImmutableArray<Mutant> Mutants { get; init; } = OrNone(Mutants);

    /// <summary>
    /// Claims for all parameters that no strategy proves so far, each with the reason: tried in every run, and not to
    /// be refuted.
    /// </summary>
    public ImmutableArray<OpenClaim> Open { get; init; } = [];

    /// <summary>Whether both theorems have the same key.</summary>
    public bool Equals(Theorem? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}

/// <summary>A parameter of a theorem.</summary>
/// <param name="Name">Its name in claims.</param>
/// <param name="Range">Its range as a statement writes it: <c>(0, 1]</c>, <c>int [1, 64]</c>.</param>
public sealed record Parameter(string Name, string Range);

/// <summary>A claim that is not proved so far.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Why">What the prover lacks.</param>
public sealed record OpenClaim(Claim Claim, string Why);

/// <summary>A false variant of a claim.</summary>
/// <param name="Claim">The false claim.</param>
/// <param name="Why">Why it is false.</param>
/// <param name="Instance">The instance that shows it; null for a symbolic claim.</param>
public sealed record Mutant(Claim Claim, string Why, InstanceSource? Instance);

/// <summary>An instance that is built when it is needed.</summary>
/// <param name="Name">The instance's name, unique in its theorem.</param>
/// <param name="Build">Builds it.</param>
public sealed record InstanceSource(string Name, Func<Instance> Build)
{
    /// <summary>The profile from which on the instance is checked: large ones wait for the full profile.</summary>
    public Profile From { get; init; } = Profile.Quick;

    /// <summary>The same instance, checked in the full profile only.</summary>
    public InstanceSource InFullProfile() => this with { From = Profile.Full };
}

/// <summary>A choice of all parameters, with the network built for it.</summary>
/// <param name="Name">The instance's name.</param>
/// <param name="Domain">The domain K of the claims.</param>
/// <param name="Network">The network Φ; null for instances that speak of formulas alone.</param>
public sealed record Instance(string Name, Box Domain, ReluNetwork? Network)
{
    /// <summary>
    /// What the names in claims stand for: parameters are constants, f and the like are formulas in the inputs.
    /// </summary>
    public ImmutableDictionary<string, Expr> Definitions { get; init; } = ImmutableDictionary<string, Expr>.Empty;

    /// <summary>The names that stand for the network and its numbers in claims, whatever an instance defines.</summary>
    internal static ImmutableArray<string> OwnNames { get; } = ["B", "L", "Phi", "W", "width"];

    /// <summary>
    /// The boxes in the domain on whose union claims about errors speak; empty where it is the whole domain.
    /// </summary>
    public ImmutableArray<Box> Boxes { get; init; } = [];

    /// <summary>The proof's error budget for this network; null where there is none.</summary>
    public Budget? Budget { get; init; }

    /// <summary>
    /// What every claim about the instance assumes without its being shown; such claims are supported at most.
    /// </summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>
    /// What the claims about the budget rest on besides: the side conditions of its lemmas that are not shown.
    /// </summary>
    public ImmutableArray<string> BudgetAssumptions => [.. Assumptions.Concat(Budget?.Assumptions() ?? []).Distinct()];

    /// <summary>The same instance, its claims resting on a statement that is not shown.</summary>
    public Instance Assuming(string statement) => this with { Assumptions = Assumptions.Add(statement) };

    /// <summary>The same instance with the budget of its proof.</summary>
    public Instance WithBudget(Budget budget) => this with { Budget = budget };

    /// <summary>The same instance, its claims about errors speaking of the union of <paramref name="boxes"/>.</summary>
    public Instance On(ImmutableArray<Box> boxes) => this with { Boxes = boxes };

    /// <summary>The same instance with <paramref name="name"/> standing for <paramref name="value"/>.</summary>
    public Instance Define(string name, Expr value) => this with { Definitions = Definitions.SetItem(name, value) };

    /// <summary>The formula with every defined name replaced, also inside definitions.</summary>
    /// <exception cref="InvalidOperationException">The definitions refer to each other in a circle.</exception>
    public Expr Resolve(Expr formula)
    {
        var definitions = AllDefinitions();
        for (int round = 0; round <= definitions.Count; round++)
        {
            var next = formula.Substitute(definitions);
            if (next == formula)
            {
                return formula;
            }

            formula = next;
        }

        throw new InvalidOperationException(
            $"the definitions {string.Join(", ", definitions.Keys.Order(StringComparer.Ordinal))} refer to each other "
                + "in a circle");
    }

    /// <summary>
    /// Whether both speak of the same network on the same set with the same definitions, whatever they are called.
    /// </summary>
    internal bool IsSameCaseAs(Instance other) => Domain.Equals(other.Domain)
        && Boxes.SequenceEqual(other.Boxes)
        && Definitions.Count == other.Definitions.Count
        && Definitions.All(d => other.Definitions.TryGetValue(d.Key, out var value) && value == d.Value)
        && Equals(Network, other.Network);

    // L, W, B and width are the network's own.
    private ImmutableDictionary<string, Expr> AllDefinitions() => Network is null
        ? Definitions
        : Definitions
            .SetItem("L", Network.Depth)
            .SetItem("W", Expr.Constant(Network.Size))
            .SetItem("B", Expr.Constant(Network.Magnitude))
            .SetItem("width", Network.Width);
}
