using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>What a certificate of a symmetry has to be about; null for whatever it says.</summary>
public sealed record SymmetryExpectation : CertificateExpectation
{
    /// <summary>
    /// The hash of the network (<see cref="Networks.NetworkText.Hash(Networks.ExactNetwork, string)"/>).
    /// </summary>
    public string? Network { get; init; }

    /// <summary>The name of the group, for messages.</summary>
    public string Group { get; init; } = "";

    /// <summary>Generators of the group, with what each does to the outputs.</summary>
    public ImmutableArray<GeneratorAction>? Generators { get; init; }

    /// <summary>The box in which the symmetry has to hold: its lower ends, then its upper ones.</summary>
    public (ImmutableArray<BigRational> Lower, ImmutableArray<BigRational> Upper)? Box { get; init; }

    /// <summary>Whether what was shown is what is expected.</summary>
    /// <param name="shown">The generators of the certificate.</param>
    /// <param name="isForProducts">Whether what holds for them holds for their products, too.</param>
    /// <exception cref="Rejection">The certificate says less.</exception>
    internal void Require(IReadOnlyList<GeneratorAction> shown, bool isForProducts)
    {
        if (Generators is not { } wanted)
        {
            return;
        }

        // Where the points in question are not mapped into themselves, each element of the group has to be there.
        var needed = isForProducts ? wanted : ActionGroup.Elements(wanted)
            ?? throw new Rejection(
                $"the group {Group} does not map the points in question into themselves, and "
                    + "has too many elements for a certificate to name each");
        var known = shown.Select(ActionGroup.Key).ToHashSet(StringComparer.Ordinal);
        if (!isForProducts)
        {
            known.Add(ActionGroup.Key(new GeneratorAction(
                SymmetryClaim.Identity(wanted[0].Input.Count), SymmetryClaim.Identity(wanted[0].Output.Count))));
        }

        if (needed.All(g => known.Contains(ActionGroup.Key(g))))
        {
            return;
        }

        if (isForProducts && ActionGroup.Elements(shown) is { } products)
        {
            known.UnionWith(products.Select(ActionGroup.Key));
        }

        if (needed.FirstOrDefault(g => !known.Contains(ActionGroup.Key(g))) is { } missing)
        {
            throw new Rejection(
                $"the certificate is not about the group {Group}: nothing shows it for "
                    + $"g = {GeneratorText.Of(missing.Input)}"
                + (GeneratorText.IsIdentity(missing.Output)
                    ? ""
                    : $" with h = {GeneratorText.Of(missing.Output, "y")}"));
        }
    }
}
