using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Checks.Certification;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric;

namespace Proofs.Checks.Invariance;

/// <summary>Decides invariance and equivariance under generators: by weights, by a witness, by linear regions; else bounds the violation.</summary>
/// <remarks>
/// Guarantee: an exact invariance carries a certificate that the kernel has accepted; a refutation carries exact values at an
/// exact point; a bound is an outward-rounded enclosure. Rounded arithmetic is no evidence anywhere.
/// </remarks>
public static class InvarianceDecider
{
    /// <summary>The decision.</summary>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static InvarianceResult Decide(InvarianceRequest request)
    {
        var claim = request.Claim;
        var reduced = NetworkReduction.Of(claim.Layers);
        var units = claim.Generators.Select(g => UnitMapSearch.Find(reduced, g)).ToArray();
        int[] open = [.. Enumerable.Range(0, units.Length).Where(k => units[k] is null)];

        var witnesses = new WitnessSearch(request);
        foreach (int k in open)
        {
            if (witnesses.Find(claim.Generators[k]) is { } witness)
            {
                return Refuted(request, k, witness);
            }
        }

        var findings = request.Group.Generators.Select((g, k) => new GeneratorFinding(g, InvarianceMethod.Weights) { Units = units[k] }).ToArray();
        var clock = Stopwatch.StartNew();
        for (int left = open.Length; left > 0; left--)
        {
            int k = open[^left];
            var walk = SymmetryCertificate.Walk(
                SymmetryCertificate.Subject(claim), claim.Generators[k], SymmetryCertificate.WalkWork, request.Cancellation);
            if (walk.Point is { } point && witnesses.Witness(claim.Generators[k], point) is { } met)
            {
                return Refuted(request, k, met);
            }

            if (walk is { IsDecided: true, Point: null })
            {
                findings[k] = findings[k] with { Method = InvarianceMethod.Regions };
                continue;
            }

            var (violation, at) = Enclose(request, claim.Generators[k], (request.Timeout - clock.Elapsed) / left);
            if (at is not null && witnesses.Witness(claim.Generators[k], at) is { } found)
            {
                return Refuted(request, k, found);
            }

            findings[k] = findings[k] with { Method = InvarianceMethod.Enclosure, Violation = violation };
        }

        bool isExact = findings.All(f => f.Method is InvarianceMethod.Weights or InvarianceMethod.Regions);
        var result = new InvarianceResult(isExact ? InvarianceVerdict.Exact : InvarianceVerdict.Bounded, [.. findings]);
        return isExact ? result with { Certificate = SymmetryCertificate.Write(claim, [.. findings.Select(f => f.Units)]) } : result;
    }

    private static InvarianceResult Refuted(InvarianceRequest request, int generator, InvarianceWitness witness) => new(
        InvarianceVerdict.Refuted,
        [new GeneratorFinding(request.Group.Generators[generator], InvarianceMethod.Witness) { Witness = witness }]);

    // The largest violation over all outputs, and a point where one was seen.
    private static (Enclosure Violation, ImmutableArray<BigRational>? Point) Enclose(
        InvarianceRequest request, GeneratorAction action, TimeSpan timeout)
    {
        var difference = Network(NetworkReduction.Of(SymmetryClaim.Difference(request.Claim.Layers, action)));
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

        return (new Enclosure(lower, upper), point);
    }

    private static ReluNetwork Network(ImmutableArray<AffineRows> layers) => new([.. layers.Select(layer =>
    {
        var builder = new Affine.Builder(layer.Columns);
        for (int i = 0; i < layer.Count; i++)
        {
            foreach (var (index, value) in layer.Weights[i])
            {
                builder.Add(index, value);
            }

            builder.EndRow(layer.Bias[i]);
        }

        return builder.Build();
    })]);
}
