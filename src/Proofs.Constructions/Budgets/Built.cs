using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Budgets;

/// <summary>What a construction returns: the network, its error budget, and the function it approximates.</summary>
/// <param name="Network">The network, with one output.</param>
/// <param name="Budget">The error bound, lemma by lemma, with the parameters of this instance.</param>
/// <param name="Target">The function, in the variables <see cref="Inputs"/> names.</param>
/// <param name="Domain">The box on which the bound holds.</param>
public sealed record Built(ReluNetwork Network, Budget Budget, Expr Target, Box Domain)
{
    /// <summary>The boxes in the domain on whose union the bound holds; empty where it is the whole domain.</summary>
    public ImmutableArray<Box> Boxes { get; init; } = [];

    /// <summary>The set that the boxes cover; null where there is none.</summary>
    public CoveredSet? Set { get; init; }

    /// <summary>Further bounds on the same network, in other norms or on parts of the domain.</summary>
    public ImmutableArray<Budget> OtherBudgets { get; init; } = [];

    /// <summary>What is claimed about depth, size, width and magnitude, in the parameters of the budget.</summary>
    public ImmutableArray<SizeStatement> Sizes { get; init; } = [];

    /// <summary>Whether both are the same network with the same claims.</summary>
    public bool Equals(Built? other) => other is not null
        && Network.Equals(other.Network)
        && Budget.Equals(other.Budget)
        && ReferenceEquals(Target, other.Target)
        && Domain.Equals(other.Domain)
        && Boxes.SequenceEqual(other.Boxes)
        && Equals(Set, other.Set)
        && OtherBudgets.SequenceEqual(other.OtherBudgets)
        && Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Network, Budget, Target, Domain);
}
