using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Budgets;

/// <summary>What a lemma says about one network: |network − target| obeys the budget on the domain.</summary>
/// <remarks>The network, often a part of a larger one, is built when first asked for.</remarks>
public sealed class LemmaInstance
{
    private readonly Lazy<ReluNetwork> _network;

    /// <summary>The lemma about <paramref name="network"/>; a null region stands for the whole domain.</summary>
    public LemmaInstance(ReluNetwork network, Expr target, Box domain, Condition? region)
        : this(new Lazy<ReluNetwork>(network), target, domain, region)
    {
    }

    private LemmaInstance(Lazy<ReluNetwork> network, Expr target, Box domain, Condition? region) =>
        (_network, Target, Domain, Region) = (network, target, domain, region);

    /// <summary>The network, with one output.</summary>
    public ReluNetwork Network => _network.Value;

    /// <summary>The function it approximates, in the variables <see cref="Inputs"/> names.</summary>
    public Expr Target { get; }

    /// <summary>The box of inputs.</summary>
    public Box Domain { get; }

    /// <summary>The boxes in the domain on whose union the lemma speaks; empty where it is the whole domain.</summary>
    public ImmutableArray<Box> Boxes { get; init; } = [];

    /// <summary>Where in the box the lemma speaks, in the same variables; null for everywhere.</summary>
    public Condition? Region { get; }

    /// <summary>The lemma about a network that is built when first asked for.</summary>
    public static LemmaInstance Deferred(Func<ReluNetwork> network, Expr target, Box domain) =>
        new(new Lazy<ReluNetwork>(network), target, domain, region: null);
}
