using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Extrema;
using Proofs.Search.Requests;

namespace Proofs.Search.Certification;

// Both extrema of e. No enclosure of a minimum that is 0 is narrow relative to it, so a value below the gap times the
// norm may be enclosed to the square of the gap times the norm: a rough norm comes first.
internal sealed class RangeSearch(CertifyRequest request, bool certify)
{
    private const double Negligible = 1e-300; // what rounding leaves of a zero
    private const long FewBoxes = 256;
    private const double SearchShare = 0.5; // of the time, where a certificate is to be written in the rest

    private readonly Limits.Meter _clock = request.Limits.Start(); // of all that is done
    private readonly Limits.Meter _searches =
        (request.Limits with { Clock = request.Timeout * (certify ? SearchShare : 1) }).Start();

    private BoundProof _proof = BoundProof.None("certificates are about formulas on boxes");

    private bool IsOver => _searches.Interruption is not null;

    public RangeResult Run()
    {
        var plain = PlainRange.Of(request);
        request.Found?.Report(Known(plain, null));
        var points = PointValues.Of(request);
        var (minimum, maximum) = points is { } values && !certify ? values : BySmoothPieces(plain) ?? ByBoxes(plain);
        (minimum, maximum) = points ?? (minimum, maximum);
        bool endedByTime = request.Timeout is not null && IsOver;
        var result = new RangeResult(
            Exactly(plain.Narrow(request, minimum, isMinimum: true),
                v => Certifier.Min(Within(1).WithAtMost(-v).WithBoxBudget(FewBoxes))),
            Exactly(plain.Narrow(request, maximum, isMinimum: false),
                v => Certifier.Max(Within(1).WithAtMost(v).WithBoxBudget(FewBoxes))),
            endedByTime);
        return certify ? Proved(result) : result;
    }

    // What was found stands whatever becomes of its certificate.
    private RangeResult Proved(RangeResult result)
    {
        request.Found?.Report(result);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation);
        if (_clock.Left is { } left)
        {
            stop.CancelAfter(left);
        }

        var proved = _proof.Certify(stop.Token);
        string? why = proved.Text is not null ? null
            : !stop.IsCancellationRequested ? proved.Why
            : request.Cancellation.IsCancellationRequested ? "the command was interrupted"
            : "the time limit was reached before the proof was done; a longer one would help";
        return result with
        {
            Certificate = why is null ? proved.Text : null,
            CertifiedBounds = proved.Bounds,
            WhyNoCertificate = why
        };
    }

    private RangeResult Known(PlainRange plain, CertifyResult? maximum)
    {
        var open = new CertifyResult(Interval.Entire, 0, Complete: false, Outcome.NotAsked);
        return new(
            plain.Narrow(request, open, isMinimum: true), plain.Narrow(request, maximum ?? open, isMinimum: false),
            EndedByTime: false);
    }

    private (CertifyResult Minimum, CertifyResult Maximum)? BySmoothPieces(PlainRange plain)
    {
        if (TaylorSearch.TryCreate(Within(1)) is not { } search)
        {
            return null;
        }

        var gap = Binary64.Exact(request.RelativeGap);
        search.AbsoluteGap = BigRational.Max(gap * gap * search.Norm, Binary64.Exact(request.AbsoluteGap));
        if (search.Run(Objective.Maximum) is not { } maximum)
        {
            return null;
        }

        request.Found?.Report(Known(plain, maximum));
        if (search.Run(Objective.Minimum) is not { } minimum)
        {
            return null;
        }

        _proof = new(stop => search.Certificate(minimum, maximum, stop));
        return (minimum, maximum);
    }

    private (CertifyResult Minimum, CertifyResult Maximum) ByBoxes(PlainRange plain)
    {
        if (!request.Networks.IsEmpty || request.Region.Where is not null)
        {
            return ByCells();
        }

        double gap = Math.Max(request.AbsoluteGap, Negligible);
        var above = new ExtremumSearch(Within(0.5), Objective.Maximum) { AbsoluteGap = gap, KeepsTrees = certify };
        var maximum = above.Run();
        request.Found?.Report(Known(plain, maximum));
        var below = new ExtremumSearch(Within(1), Objective.Minimum)
        {
            AbsoluteGap = gap,
            Norm = above.Norm,
            KeepsTrees = certify,
        };
        var minimum = below.Run();
        _proof = new(
            stop => BoxProof.Of(request with { Cancellation = stop }, below, minimum, above, maximum, below.Norm));
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

    private CertifyRequest Within(double share) => Within(share, request);

    private CertifyRequest Within(double share, CertifyRequest part) => part.Within(_searches, share);

    // Where the value at the point found is the extremum itself, as it often is for polynomials, it is shown to be.
    private CertifyResult Exactly(CertifyResult result, Func<BigRational, CertifyResult> decide) =>
        result is { Complete: true, Value.IsExact: false, Witness.Value: { } value } && !IsOver
            && decide(value).Outcome == Outcome.Certified
            ? result with { Value = RationalInterval.Exactly(value) }
            : result;
}
