using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Certification;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Invariance;

/// <summary>
/// Decides invariance and equivariance under generators: by weights, comparators, a witness, terms or linear regions;
/// else bounds the violation.
/// </summary>
/// <remarks>
/// Guarantee: an exact invariance carries a certificate that the kernel has accepted; a refutation carries exact values
/// at an exact point; a bound is an outward-rounded enclosure. Rounded arithmetic is no evidence anywhere.
/// </remarks>
public static class InvarianceDecider
{
    /// <summary>
    /// The decision, about the whole group: every element is looked at where the domain is not mapped into itself.
    /// </summary>
    /// <exception cref="ArgumentException">The group does not map the domain into itself, and has too many elements to
    /// look at each.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static InvarianceResult Decide(InvarianceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reduced = NetworkReduction.Of(request.Claim.Network);
        var comparators = new ComparatorSymmetry(reduced, request.Claim.Lower);
        GeneratorFinding[] findings = Structure(request, reduced, comparators);
        bool isOfElements = !request.IsDomainMappedIntoItself && findings.Any(f => f.Scope is null);
        if (isOfElements)
        {
            request = request.OverElements();
            findings = Structure(request, reduced, comparators);
        }

        return Decide(request, reduced, findings) with { IsOfElements = isOfElements };
    }

    private static GeneratorFinding[] Structure(
        InvarianceRequest request, ExactNetwork reduced, ComparatorSymmetry comparators) =>
        [.. request.Generators.Select((g, k) => ByStructure(g, request.Claim.Generators[k], reduced, comparators))];

    private static InvarianceResult Decide(InvarianceRequest request, ExactNetwork reduced, GeneratorFinding[] findings)
    {
        var claim = request.Claim;
        int[] open =
            [.. Enumerable.Range(0, findings.Length).Where(k => findings[k].Method == InvarianceMethod.Enclosure)];

        var witnesses = new WitnessSearch(request);
        foreach (int k in open)
        {
            if (witnesses.Find(claim.Generators[k]) is { } witness)
            {
                return Refuted(request, k, witness);
            }
        }

        var clock = (Limits.None with { Clock = request.Timeout }).Start();
        for (int left = open.Length; left > 0; left--)
        {
            int k = open[^left];
            if (TermSymmetry.Holds(reduced, claim.Generators[k]))
            {
                findings[k] =
                    findings[k] with
                    {
                        Method = InvarianceMethod.Terms,
                        Evidence = SymmetryEvidence.Terms,
                        Scope = new(AtLeast: null)
                    };
                continue;
            }

            var walk = SymmetryCertificate.Walk(
                SymmetryCertificate.Subject(claim), claim.Generators[k], SymmetryCertificate.WalkWork,
                new WorkBudget(long.MaxValue, request.Cancellation));
            if (walk.Point is { } point && witnesses.Witness(claim.Generators[k], point) is { } met)
            {
                return Refuted(request, k, met);
            }

            if (walk is { IsDecided: true, Point: null })
            {
                findings[k] =
                    findings[k] with { Method = InvarianceMethod.Regions, Evidence = SymmetryEvidence.Regions };
                continue;
            }

            var (violation, at) = Enclose(request, claim.Generators[k], clock.Share(1.0 / left)!.Value);
            if (at is not null && witnesses.Witness(claim.Generators[k], at) is { } found)
            {
                return Refuted(request, k, found);
            }

            findings[k] = findings[k] with { Violation = violation };
        }

        bool isExact = findings.All(f => f.Evidence is not null);
        var result = new InvarianceResult(isExact ? InvarianceVerdict.Exact : InvarianceVerdict.Bounded, [.. findings]);
        return isExact
            ? result with { Certificate = SymmetryCertificate.Write(claim, [.. findings.Select(f => f.Evidence!)]) }
            : result;
    }

    // What the rows alone show; else an enclosure that is still open.
    private static GeneratorFinding ByStructure(
        Generator generator, GeneratorAction action, ExactNetwork reduced, ComparatorSymmetry comparators) =>
        UnitMapSearch.Find(reduced, action) is { } units
            ? new(generator, InvarianceMethod.Weights)
            {
                Evidence = SymmetryEvidence.Weights(units),
                Scope = new(AtLeast: null)
            }
        : comparators.Find(action) is { } scope
            ? new(generator, InvarianceMethod.Comparators) { Evidence = SymmetryEvidence.Comparators, Scope = scope }
            : new(generator, InvarianceMethod.Enclosure);

    private static InvarianceResult Refuted(InvarianceRequest request, int generator, InvarianceWitness witness) => new(
        InvarianceVerdict.Refuted,
        [new GeneratorFinding(request.Generators[generator], InvarianceMethod.Witness) { Witness = witness }]);

    // The largest violation over all outputs, and a point where one was seen.
    private static (RationalInterval Violation, ImmutableArray<BigRational>? Point) Enclose(
        InvarianceRequest request, GeneratorAction action, TimeSpan timeout)
    {
        var difference = ReluNetwork.Of(NetworkReduction.Of(SymmetryClaim.Difference(request.Claim.Network, action)));
        if (request.Domain.Dimension > ErrorModel.MaxDimension)
        {
            return (EncloseByIntervals(difference, request.Domain), null);
        }

        BigRational? lower = BigRational.Zero, upper = BigRational.Zero;
        ImmutableArray<BigRational>? point = null;
        for (int k = 0; k < difference.OutputDimension; k++)
        {
            var share = timeout / difference.OutputDimension;
            var search = CertifyRequest.Of(difference, Expr.Zero, Region.Of(request.Domain)).WithOutput(k) with
            {
                Timeout = share > TimeSpan.FromMilliseconds(50) ? share : TimeSpan.FromMilliseconds(50),
                Jobs = request.Jobs,
                Cancellation = request.Cancellation,
            };
            var result = Certifier.Sup(search);
            request.Cancellation.ThrowIfCancellationRequested();
            lower = result.Value.Lower is { } l && l > lower ? l : lower;
            upper = upper is { } before && result.Value.Upper is { } u ? BigRational.Max(before, u) : null;
            point = result.Witness is { Value: not { IsZero: true } } witness ? witness.Point : point;
        }

        return (new RationalInterval(lower, upper), point);
    }

    // One pass of intervals: coarse, and the way where there are too many inputs to divide boxes.
    private static RationalInterval EncloseByIntervals(ReluNetwork difference, Box domain)
    {
        Interval[] box = [
            .. domain.Lower.Zip(domain.Upper, (a, b) => Interval.Between(Binary64.RoundDown(a), Binary64.RoundUp(b)))];
        double largest = difference.Evaluate(box).Max(y => y.Magnitude);
        return new RationalInterval(BigRational.Zero, double.IsFinite(largest) ? Binary64.Exact(largest) : null);
    }
}
