using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Extrema;
using Proofs.Search.Integrals;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Proofs.Search.Suprema;

namespace Proofs.Search.Certification;

/// <summary>Rigorous enclosures of errors between networks and formulas, by branch and bound over boxes.</summary>
/// <remarks>
/// Guarantee: every enclosure contains the true value of the real-valued network, whatever was spent
/// (docs/certifier.md); the same request gives the same answer for any number of threads, time limits apart.
/// </remarks>
public static class Certifier
{
    // Seconds at most. In one dimension regions are intervals, and compositions that attain their bounds have thousands
    // of them.
    private const long MostExactWork = 2_500_000, MostExactWorkOnALine = 20_000_000;

    /// <summary>An enclosure of sup |e| over the region, with a point near which it is attained.</summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static CertifyResult Sup(CertifyRequest request) => Search(request, Objective.Magnitude);

    /// <summary>An enclosure of sup e over the region.</summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static CertifyResult Max(CertifyRequest request) => Search(request, Objective.Maximum);

    /// <summary>An enclosure of inf e over the region; a bound in question is a bound of −e.</summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static CertifyResult Min(CertifyRequest request) => Search(request, Objective.Minimum);

    /// <summary>
    /// Enclosures of inf e and sup e over the region, each relative to itself, or to the norm where it is close to 0.
    /// </summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static RangeResult Range(CertifyRequest request) =>
        new RangeSearch(FromTheStart(request), certify: false).Run();

    /// <summary>As <see cref="Range"/>, with a certificate for the kernel where the formula allows one.</summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static RangeResult CertifiedRange(CertifyRequest request) =>
        new RangeSearch(FromTheStart(request), certify: true).Run();

    /// <summary>An enclosure of the norm (∫ |e|^p)^(1/p) over the region.</summary>
    /// <param name="request">What to integrate, where, and how long to try.</param>
    /// <param name="p">The exponent.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static CertifyResult LpNorm(CertifyRequest request, BigRational p) => p >= BigRational.One
        ? new IntegralSearch(new ErrorModel(FromTheStart(request), disjoint: true), p).Run()
        : throw new ArgumentOutOfRangeException(nameof(p), $"The exponent of an L^p norm is {p}; expected at least 1.");

    /// <summary>An enclosure of the error in a norm.</summary>
    /// <exception cref="ArgumentException">The networks, the formula and the region do not fit each other.</exception>
    public static CertifyResult Error(CertifyRequest request, Norm norm) =>
        norm is Norm.LpNorm lp ? LpNorm(request, lp.P) : Sup(request);

    /// <summary>An enclosure of the volume of a region.</summary>
    public static CertifyResult Volume(Region region) => VolumeWithin(CertifyRequest.OfFormula(Expr.One, region));

    /// <summary>
    /// An enclosure of the volume of the region of a request, whose networks and formula play no part.
    /// </summary>
    public static CertifyResult VolumeWithin(CertifyRequest limits)
    {
        var found = LpNorm(limits with { Networks = [], Target = Expr.Constant(-1) }, 1);
        return found.Region == RegionStanding.Empty
            ? found with { Bounds = Interval.Zero, Value = RationalInterval.Exactly(0) }
            : found;
    }

    // A bound on a small network is decided exactly where that takes few linear regions: such bounds are often
    // attained, and rounded boxes only approach a tie.
    private static CertifyResult Search(CertifyRequest request, Objective objective)
    {
        if (request.Resume is not null)
        {
            return new SupSearch(new ErrorModel(request), objective).Run(); // which the others left to it before
        }

        var clock = request.Limits.Start();
        return TaylorSearch.TryCreate(request)?.Decide(objective)
            ?? ExactErrorWalk.TryDecide(
                Rest(), objective, request.Region.Dimension == 1 ? MostExactWorkOnALine : MostExactWork)
            ?? new SupSearch(new ErrorModel(Rest(), disjoint: false), objective).Run();

        // What the searches before left of the time.
        CertifyRequest Rest() => request.Within(clock);
    }

    // A checkpoint that nobody looks at would be a promise broken.
    private static CertifyRequest FromTheStart(CertifyRequest request) => request.Resume is null
        ? request
        : throw new ArgumentException(
            "a checkpoint is of a search for one supremum, and neither of an integral nor of a range");
}
