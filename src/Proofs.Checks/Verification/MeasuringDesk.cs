using System.Collections.Immutable;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Checks.Verification;

// Claims about one instance: measured by the certifier, compared exactly with their bounds.
internal sealed class MeasuringDesk(VerificationOptions options, CancellationToken cancellation)
{
    private const string Phi = "Phi";
    private const string MoreBoxes = "Use --profile full, or a larger bound.";

    // A small lemma, such as that of the square, stands in many budgets.
    private readonly Dictionary<(ReluNetwork, Expr, Region, Norm, RationalInterval), Verdict> _lemmas = [];

    public (Verdict Verdict, RationalInterval? Budget) Check(Instance instance, Claim claim)
    {
        switch (claim)
        {
            case Claim.Exact exact:
                return ExactClaims.Check(instance, exact.Condition);
            case Claim.Error error:
                return CheckError(instance, error);
            case Claim.Volume volume:
                return CheckVolume(instance, volume);
            default:
                return (new Verdict.Vacuous(
                    "never checked: the claim is not about an instance", "State it for all parameters."), null);
        }
    }

    public (Verdict Verdict, RationalInterval? Budget) Check(Budget lemma)
    {
        var instance = lemma.Instance!;
        var bound = Bounds.Of(
            new Instance(lemma.Lemma, instance.Domain, null) { Definitions = Constants(lemma) }, lemma.Bound);
        var request = CertifyRequest.Of(instance);
        var key = (instance.Network, instance.Target, request.Region, lemma.Norm, bound);
        if (!_lemmas.TryGetValue(key, out var verdict))
        {
            Quantity quantity = lemma.Norm is Norm.LpNorm p ? new Quantity.LebesgueNorm(p.P) : new Quantity.Supremum();
            _lemmas[key] = verdict = Decide(request, quantity, RelationKind.LessOrEqual, bound, null);
        }

        return (verdict, bound);
    }

    private static ImmutableDictionary<string, Expr> Constants(Budget lemma) =>
        lemma.Parameters.ToImmutableDictionary(p => p.Key, p => Expr.Constant(p.Value), StringComparer.Ordinal);

    private (Verdict Verdict, RationalInterval? Budget) CheckError(Instance instance, Claim.Error claim)
    {
        var bound = Bounds.Of(instance, claim.Bound);
        var subject = instance.Resolve(claim.Subject);
        InputNames.Require(instance, claim.Subject, subject, Phi);
        bool speaksOfNetwork = subject.Variables().Contains(Phi);
        if (speaksOfNetwork && (instance.Network is null || subject.Differentiate(Phi) != Expr.One))
        {
            throw new InvalidOperationException(instance.Network is null
                ? "the claim speaks of Phi, and the instance has no network"
                : $"the claim measures {claim.Subject}; expected Phi less a formula");
        }

        var target = -subject.Substitute(Phi, Expr.Zero);
        var region = RegionOf(instance, claim.Where);
        var request = speaksOfNetwork
            ? CertifyRequest.Of(instance.Network!, target, region)
            : CertifyRequest.OfFormula(subject, region);
        return (Decide(request, claim.Quantity, claim.Relation, bound, instance), bound);
    }

    private (Verdict Verdict, RationalInterval? Budget) CheckVolume(Instance instance, Claim.Volume claim)
    {
        var bound = Bounds.Of(instance, claim.Bound);
        var region = RegionOf(instance, claim.Region);
        var found = Certifier.VolumeWithin(Limited(CertifyRequest.OfFormula(Expr.One, region)));
        var value = found.Value;
        string evidence = $"{found.Boxes} boxes";
        if (FibreBound.Of(region.Where!, instance.Domain) is { } fibre && !(value.Upper <= fibre))
        {
            value = new RationalInterval(value.Lower, fibre);
            evidence += ", upper end by the lengths of the fibres";
        }

        return (Conclude(
            value, claim.Relation, bound, evidence, found.Why, () =>
                new Witness([], $"the volume lies in {value}"), null), bound);
    }

    private static Region RegionOf(Instance instance, Condition? where)
    {
        var region = Region.Of(instance.Domain, instance.Boxes);
        return where is null ? region : region.WithWhere(where.Map(e =>
        {
            var resolved = instance.Resolve(e);
            InputNames.Require(instance, e, resolved);
            return resolved;
        }));
    }

    private CertifyRequest Limited(CertifyRequest request) => request with
    {
        RelativeGap = options.RelativeGap,
        BoxBudget = options.BoxBudget,
        Jobs = options.Jobs,
        Cancellation = cancellation,
        StopWhenDecided = false,
    };

    private Verdict Decide(
        CertifyRequest request, Quantity quantity, RelationKind relation, RationalInterval bound, Instance? blamed)
    {
        // The bound is told to the search, which then knows what is worth deciding: a minimum is asked about as -e.
        if (relation is RelationKind.LessOrEqual or RelationKind.Less && bound.Lower is { } most
            && quantity is not Quantity.Minimum)
        {
            request = request.WithAtMost(most);
        }
        else if (relation is RelationKind.GreaterOrEqual or RelationKind.Greater && bound.Upper is { } least
            && quantity is Quantity.Minimum)
        {
            request = request.WithAtMost(-least);
        }

        // An error far below its bound need not be known to a tenth of itself: a fiftieth of the bound is enough.
        request = Limited(request) with { AbsoluteGap = Binary64.RoundDown(BigRational.Abs(bound.Lower ?? 0) / 50) };
        var found = quantity switch
        {
            Quantity.Supremum => Certifier.Sup(request),
            Quantity.Maximum => Certifier.Max(request),
            Quantity.Minimum => Certifier.Min(request),
            Quantity.LebesgueNorm norm => Certifier.LpNorm(request, norm.P),
            _ => throw new InvalidOperationException("Quantity is a closed family."),
        };
        cancellation.ThrowIfCancellationRequested();
        if (Emptiness.Of(request, quantity, found) is { } nothing)
        {
            return nothing;
        }

        var value = found.Value;
        bool? holds = Bounds.Holds(value, relation, bound);

        if (holds == false && quantity is not Quantity.LebesgueNorm && found.Witness is null
            && IsShownByPoint(relation, quantity))
        {
            return new Verdict.Inconclusive(
                "The enclosure speaks against the claim, and no point was found that does.", value, MoreBoxes);
        }

        return Conclude(
            value, relation, bound, $"{found.Boxes} boxes", found.Why, () =>
                WitnessOf(request, quantity, found, value), blamed);
    }

    // Whether a claim fails because of the value at one point, as an upper bound of a supremum does.
    private static bool IsShownByPoint(RelationKind relation, Quantity quantity) => quantity is Quantity.Minimum
        ? relation is RelationKind.GreaterOrEqual or RelationKind.Greater
        : relation is RelationKind.LessOrEqual or RelationKind.Less;

    private Verdict Conclude(
        RationalInterval value, RelationKind relation, RationalInterval bound, string evidence, string? why,
        Func<Witness> witness, Instance? blamed) =>
        Bounds.Holds(value, relation, bound) switch
        {
            true => new Verdict.Certified(value, evidence),
            false => new Verdict.Refuted(witness(), value, blamed is null ? null : BlameIn(blamed)),
            _ => new Verdict.Inconclusive(
                why ?? $"The enclosure {value} contains the bound {bound}.", value, MoreBoxes),
        };

    // The point the search found, with e there as exact arithmetic has it; for integrals the enclosure itself.
    private static Witness WitnessOf(
        CertifyRequest request, Quantity quantity, CertifyResult found, RationalInterval value)
    {
        if (found.Witness is not { } at)
        {
            return new Witness([], $"the {quantity} error lies in {value}");
        }

        var names = Inputs.Names(request.Region.Dimension);
        var point = names.Zip(at.Point, KeyValuePair.Create).ToImmutableArray();
        return new Witness(
            point, at.Value is { } exact
                ? $"e = {Printing.Both(exact)}"
                : $"e lies in {Bounds.FromInterval(at.Enclosure)}");
    }

    // The smallest lemma that is violated: a lemma below another is smaller.
    private Blame? BlameIn(Instance instance)
    {
        Blame? blame = null;
        foreach (var lemma in ClaimComposition.Lemmas(instance))
        {
            if (Check(lemma).Verdict is Verdict.Refuted refuted)
            {
                blame = new Blame(lemma.Lemma, lemma.Source, refuted.Witness);
            }
        }

        return blame;
    }
}
