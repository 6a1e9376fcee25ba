using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Symmetry;

namespace Proofs.Search.Invariance;

/// <summary>What to decide: is Φ(g x) = Φ(x), or Φ(g x) = g Φ(x), for all g of a group and all x of a box?</summary>
public sealed record InvarianceRequest
{
    /// <summary>The question whether a network is invariant under a group, or equivariant.</summary>
    /// <param name="network">The network.</param>
    /// <param name="group">The group; it acts on the inputs.</param>
    /// <param name="isEquivariant">Whether the outputs shall move as the inputs do.</param>
    /// <param name="domain">The box; null for [0,1]^n, or [−1,1]^n where the group maps only that into itself.</param>
    /// <exception cref="ArgumentException">
    /// Network, group and box do not fit each other, and the message says the numbers; or the group has no element but
    /// the identity.
    /// </exception>
    public InvarianceRequest(ReluNetwork network, GroupAction group, bool isEquivariant = false, Box? domain = null)
    {
        int n = network.InputDimension;
        if (group.Dimension != n)
        {
            throw new ArgumentException(
                $"the group {group.Name} acts on {group.Dimension} coordinates, the network has {n} inputs");
        }

        if (domain is not null && domain.Dimension != n)
        {
            throw new ArgumentException($"the domain has {domain.Dimension} sides, the network has {n} inputs");
        }

        if (group.Generators.All(g => g.IsIdentity))
        {
            throw new ArgumentException(
                $"the group {group.Name} has no element but the identity, under which every network is invariant; "
                    + "expected another group");
        }

        var outputs = !isEquivariant ? null : group.OnOutputs(network.OutputDimension) ?? throw new ArgumentException(
            $"the group {group.Name} acts on {n} inputs and has no action on the {network.OutputDimension} outputs; "
                + $"expected {n} outputs, or a multiple of the points it permutes");
        var identity = SymmetryClaim.Identity(network.OutputDimension);
        Network = network;
        Group = group;
        IsEquivariant = isEquivariant;
        Domain = domain
            ?? (!IsMappedInto(group, Box.Unit(n)) && IsMappedInto(group, Box.Cube(n, -1, 1))
                ? Box.Cube(n, -1, 1)
                : Box.Unit(n));
        Generators = group.Generators;
        Claim = ClaimAbout(network) with
        {
            Generators = [
                .. group.Generators.Select((g, k) =>
                    new GeneratorAction(g.Map, outputs?.Generators[k].Map ?? identity))],
            Lower = Domain.Lower,
            Upper = Domain.Upper,
        };
    }

    /// <summary>The network.</summary>
    public ReluNetwork Network { get; }

    /// <summary>The group.</summary>
    public GroupAction Group { get; }

    /// <summary>Whether the outputs shall move as the inputs do.</summary>
    public bool IsEquivariant { get; }

    /// <summary>The box.</summary>
    public Box Domain { get; }

    /// <summary>
    /// Whether the group maps the box into itself, so that what holds for generators holds for the group.
    /// </summary>
    public bool IsDomainMappedIntoItself => IsMappedInto(Group, Domain);

    /// <summary>
    /// The elements of the group that the claim is about: its generators, or all elements but the identity.
    /// </summary>
    public ImmutableArray<Generator> Generators { get; private init; }

    /// <summary>The claim as the kernel reads it, about these elements.</summary>
    public SymmetryClaim Claim { get; private init; }

    /// <summary>
    /// The same question asked of every element of the group: for boxes that it does not map into itself.
    /// </summary>
    /// <exception cref="ArgumentException">The elements are too many to look at each.</exception>
    public InvarianceRequest OverElements()
    {
        var elements = ActionGroup.Elements(Claim.Generators) ?? throw new ArgumentException(
            $"the group {Group.Name} does not map the domain {Domain} into itself, and "
                + "has too many elements to look at each; expected a domain that it maps into itself");
        ImmutableArray<GeneratorAction> others = [.. elements.Skip(1)];
        return this with
        {
            Generators = [
                .. others.Select(
                    g => Group.Generators.FirstOrDefault(known => known.IsSame(g.Input))
                        ?? new Generator(GeneratorText.Of(g.Input), g.Input))],
            Claim = Claim with { Generators = others },
        };
    }

    /// <summary>Where random points start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The bounding of an undecided difference ends after this time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many threads work; the result does not depend on it, time limits apart.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The claim of no generators about a network: its layers as certificates write them.</summary>
    public static SymmetryClaim ClaimAbout(ReluNetwork network)
    {
        var box = Box.Unit(network.InputDimension);
        return new(network.Exact, [], box.Lower, box.Upper);
    }

    private static bool IsMappedInto(GroupAction group, Box box) => group.Generators.All(g => g.Preserves(box));
}
