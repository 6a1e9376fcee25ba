using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Checks.Verification;

// Whether a claim about a region speaks of a point at all, and one about an integral of a set of positive volume: what
// holds on the empty set holds for no merit of the network.
internal static class Emptiness
{
    private const long VolumeBoxes = 20_000;

    /// <summary>
    /// A verdict where the region is empty or not known to have a point; null where the claim speaks of something.
    /// </summary>
    public static Verdict? Of(CertifyRequest request, Quantity quantity, CertifyResult found)
    {
        var region = request.Region;
        if (quantity is Quantity.LebesgueNorm)
        {
            return found.Value.Lower is { Sign: > 0 } ? null : OfVolume(request, quantity);
        }

        return found.Region switch
        {
            RegionStanding.HasPoint => null,
            RegionStanding.Empty => new Verdict.Vacuous(
                $"the condition {region.Where} holds nowhere in {region.WithoutWhere().Summary()}",
                "Mend the condition, or take an instance on which it holds somewhere."),
            _ => new Verdict.Inconclusive(
                $"No point was found at which {region.Where} holds: the claim may speak of nothing.", found.Value,
                "Take an instance on which the condition holds on a larger set."),
        };
    }

    private static Verdict? OfVolume(CertifyRequest request, Quantity quantity)
    {
        var volume = Certifier.VolumeWithin(
            request with { AtMost = null, AbsoluteGap = 0, RelativeGap = 0.5, BoxBudget = VolumeBoxes }).Value;
        return volume.Lower is { Sign: > 0 } ? null
            : volume.Upper is { IsZero: true }
                ? new Verdict.Vacuous(
                    $"{request.Region.Summary()} has volume 0, on which every {quantity} norm is 0",
                    "Take a larger set, or claim a supremum.")
                : new Verdict.Inconclusive(
                    $"Whether {request.Region.Summary()} has a positive volume was not decided: "
                        + "the claim may speak of nothing.", volume, "Take a larger set.");
    }
}
