using System.Diagnostics;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

/// <summary>Enclosures of the smallest and the largest value of a function.</summary>
/// <param name="Minimum">What is known of the infimum.</param>
/// <param name="Maximum">What is known of the supremum.</param>
/// <param name="EndedByTime">Whether the whole time limit was used.</param>
public sealed record RangeResult(CertifyResult Minimum, CertifyResult Maximum, bool EndedByTime)
{
    /// <summary>An enclosure of sup |e|, which is the larger of sup e and −inf e.</summary>
    public Enclosure Norm => new(
        Larger(BigRational.Zero, Larger(Maximum.Value.Lower, -Minimum.Value.Upper)),
        Maximum.Value.Upper is { } above && Minimum.Value.Lower is { } below ? Larger(above, -below) : null);

    /// <summary>A certificate of both enclosures for the kernel's checker; null unless one was asked for and could be made.</summary>
    /// <remarks>The enclosures may be a little wider in it.</remarks>
    public string? Certificate { get; init; }

    /// <summary>Why there is no certificate though one was asked for; else null.</summary>
    public string? WhyNoCertificate { get; init; }

    /// <summary>Whether both enclosures are as narrow as was asked for.</summary>
    public bool Complete => Minimum.Complete && Maximum.Complete;

    private static BigRational? Larger(BigRational? a, BigRational? b) => a is null || b > a ? b : a;
}

// Both extrema of e. No enclosure of a minimum that is 0 is narrow relative to it, so a value below the gap times the norm may be
// enclosed to the square of the gap times the norm: a rough norm comes first.
internal sealed class RangeSearch(CertifyRequest request, bool certify)
{
    private const double Negligible = 1e-300; // what rounding leaves of a zero
    private const long FewBoxes = 256;

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private string? _certificate;
    private string _whyNot = "certificates are about formulas on boxes";

    private bool IsOver => _clock.Elapsed >= request.Timeout || request.Cancellation.IsCancellationRequested;

    public RangeResult Run()
    {
        var (minimum, maximum) = BySmoothPieces() ?? ByBoxes();
        bool endedByTime = request.Timeout is not null && IsOver;
        return new RangeResult(
            Exactly(minimum, v => Certifier.Min(Within(1).WithAtMost(-v).WithBoxBudget(FewBoxes))),
            Exactly(maximum, v => Certifier.Max(Within(1).WithAtMost(v).WithBoxBudget(FewBoxes))),
            endedByTime)
        {
            Certificate = _certificate,
            WhyNoCertificate = certify && _certificate is null ? _whyNot : null,
        };
    }

    private (CertifyResult Minimum, CertifyResult Maximum)? BySmoothPieces()
    {
        if (TaylorSearch.TryCreate(request) is not { } search)
        {
            return null;
        }

        var gap = Binary64.Exact(request.RelativeGap);
        search.AbsoluteGap = BigRational.Max(gap * gap * search.Norm, Binary64.Exact(request.AbsoluteGap));
        if (search.Run(Objective.Maximum) is not { } maximum || search.Run(Objective.Minimum) is not { } minimum)
        {
            return null;
        }

        if (certify)
        {
            _certificate = search.Certificate(minimum, maximum);
            _whyNot = "the proof is larger than the checker allows";
        }

        return (minimum, maximum);
    }

    private (CertifyResult Minimum, CertifyResult Maximum) ByBoxes()
    {
        if (!request.Networks.IsEmpty || request.Region.Where is not null)
        {
            return ByCells();
        }

        double gap = Math.Max(request.AbsoluteGap, Negligible);
        var above = new ExtremumSearch(request, Objective.Maximum, Left(0.5)) { AbsoluteGap = gap, KeepsTrees = certify };
        var maximum = above.Run();
        var below = new ExtremumSearch(request, Objective.Minimum, Left(1)) { AbsoluteGap = gap, Norm = above.Norm, KeepsTrees = certify };
        var minimum = below.Run();
        if (certify)
        {
            (_certificate, _whyNot) = BoxProof.Of(request, below, minimum, above, maximum, below.Norm);
        }

        return (minimum, maximum);
    }

    // Networks, and regions with a condition.
    private (CertifyResult Minimum, CertifyResult Maximum) ByCells()
    {
        var fine = request with { AbsoluteGap = Math.Max(request.AbsoluteGap, Negligible) };
        var norm = Certifier.Sup(Within(0.2, fine).WithRelativeGap(0.5));
        double scale = double.IsFinite(norm.Bounds.Inf) ? norm.Bounds.Inf : 0;
        fine = fine with { AbsoluteGap = Math.Max(fine.AbsoluteGap, fine.RelativeGap * fine.RelativeGap * scale) };
        var maximum = Certifier.Max(Within(0.5, fine));
        var minimum = Certifier.Min(Within(1, fine));
        if (!maximum.Complete && !IsOver)
        {
            maximum = Certifier.Max(Within(1, fine)); // what the minimum left of the time
        }

        return (minimum, maximum);
    }

    private TimeSpan? Left(double share) => request.Timeout is { } limit
        ? (limit - _clock.Elapsed) * share is { Ticks: > 0 } left ? left : TimeSpan.FromTicks(1)
        : null;

    private CertifyRequest Within(double share) => Within(share, request);

    private CertifyRequest Within(double share, CertifyRequest part) => Left(share) is { } left ? part.WithTimeout(left) : part;

    // Where the value at the point found is the extremum itself, as it often is for polynomials, it is shown to be.
    private static CertifyResult Exactly(CertifyResult result, Func<BigRational, CertifyResult> decide) =>
        result is { Complete: true, Value.IsExact: false, Witness.Value: { } value } && decide(value).Outcome == Outcome.Certified
            ? result with { Value = Enclosure.Exactly(value) }
            : result;
}
