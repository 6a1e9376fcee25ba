using System.Collections.Immutable;
using Proofs.Checks.Certification;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks;

// Whether a claim about a region speaks of a point at all, and one about an integral of a set of positive volume: what holds on the
// empty set holds for no merit of the network.
internal static class Emptiness
{
    private const int Points = 4096;
    private const long VolumeBoxes = 20_000;

    /// <summary>A verdict where the region is empty or not known to have a point; null where the claim speaks of something.</summary>
    public static Verdict? Of(CertifyRequest request, Quantity quantity, CertifyResult found)
    {
        var region = request.Region;
        if (quantity is Quantity.LebesgueNorm)
        {
            return found.Value.Lower is { Sign: > 0 } ? null : OfVolume(request, quantity);
        }

        if (region.Where is not { } where || found.Witness is not null || HasPoint(region, where))
        {
            return null;
        }

        return found.Bounds.IsEmpty
            ? new Verdict.Vacuous($"the condition {where} holds nowhere in {region.WithoutWhere().Summary()}", "Mend the condition, or take an instance on which it holds somewhere.")
            : new Verdict.Inconclusive(
                $"No point was found at which {where} holds: the claim may speak of nothing.", found.Value, "Take an instance on which the condition holds on a larger set.");
    }

    private static Verdict? OfVolume(CertifyRequest request, Quantity quantity)
    {
        var volume = Certifier.VolumeWithin(request with { AtMost = null, AbsoluteGap = 0, RelativeGap = 0.5, BoxBudget = VolumeBoxes }).Value;
        return volume.Lower is { Sign: > 0 } ? null
            : volume.Upper is { IsZero: true }
                ? new Verdict.Vacuous($"{request.Region.Summary()} has volume 0, on which every {quantity} norm is 0", "Take a larger set, or claim a supremum.")
                : new Verdict.Inconclusive(
                    $"Whether {request.Region.Summary()} has a positive volume was not decided: the claim may speak of nothing.", volume, "Take a larger set.");
    }

    // Corners, the middle and a low-discrepancy sequence of rational points of every box, each decided exactly.
    private static bool HasPoint(Region region, Condition where)
    {
        var names = Inputs.Names(region.Dimension);
        int each = Math.Max(8, Points / region.Boxes.Length);
        foreach (var box in region.Boxes)
        {
            for (int n = 0; n < each; n++)
            {
                var values = new Dictionary<string, BigRational>(StringComparer.Ordinal);
                for (int j = 0; j < region.Dimension; j++)
                {
                    var at = box.Lower[j] + ((box.Upper[j] - box.Lower[j]) * Share(n, j, region.Dimension));
                    values[names[j]] = at;
                    values[$"x{j + 1}"] = at;
                }

                if ((Expr.Holds(where, values) ?? Expr.Holds(where, Thin(values))) == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Dictionary<string, Interval> Thin(Dictionary<string, BigRational> point) =>
        point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal);

    // The middle first, then the corners (of six coordinates at most), then the radical inverse of n in the j-th prime.
    private static BigRational Share(int n, int j, int dimension)
    {
        int corners = 1 << Math.Min(dimension, 6);
        if (n == 0)
        {
            return BigRational.Half;
        }

        if (n <= corners)
        {
            return ((n - 1) >> (j % 6) & 1) == 1 ? BigRational.One : BigRational.Zero;
        }

        int b = Primes[j % Primes.Length];
        BigRational inverse = BigRational.Zero, unit = BigRational.One;
        for (int m = n - corners; m > 0; m /= b)
        {
            unit /= b;
            inverse += unit * (m % b);
        }

        return inverse;
    }

    private static readonly ImmutableArray<int> Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
}
