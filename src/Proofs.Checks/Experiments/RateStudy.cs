using System.Globalization;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Experiments;

/// <summary>A rate experiment as claims of a theorem: the claims of one study look at the same data.</summary>
/// <param name="problem">The regression problem.</param>
/// <param name="estimator">The estimator.</param>
/// <remarks>
/// Source: math/02, section 7: the rules are fixed here, before any run, and no power of log n is allowed for.
/// </remarks>
public sealed class RateStudy(RegressionProblem problem, RegressionEstimator estimator)
{
    /// <summary>τ of the equivalence rule.</summary>
    public const double Tolerance = 0.1;

    private readonly Lock _gate = new();
    private RateResult? _last;

    /// <summary>The regression problem.</summary>
    public RegressionProblem Problem { get; } = problem;

    /// <summary>The estimator.</summary>
    public RegressionEstimator Estimator { get; } = estimator;

    /// <summary>The plan of a profile, with no more points than the estimator can fit.</summary>
    public RatePlan Plan(Profile profile) =>
        (profile == Profile.Full ? RatePlan.Full : RatePlan.Quick).UpTo(Estimator.MostPoints);

    /// <summary>What the experiment measures; run once for a seed and a plan.</summary>
    public RateResult Result(SampleRequest request)
    {
        lock (_gate)
        {
            var plan = Plan(request.Profile);
            return _last is { } last && last.Seed == request.Seed && last.Plan.Equals(plan)
                ? last
                : _last = RateExperiment.Run(Problem, Estimator, plan, request);
        }
    }

    /// <summary>The claim that the slope is −2β/(2β + d): the 90 % interval lies within 0.1 of it, both ends.</summary>
    public Claim Reaches(string name) => ReachesExponent(name, Problem.Exponent);

    /// <summary>The claim that the slope is a given exponent, by the same rule.</summary>
    public Claim ReachesExponent(string name, double exponent) =>
        Of(name, new DecisionRule.Within(exponent, Tolerance));

    /// <summary>
    /// The claim that the slope is steeper than −2β/(2β + D), the exponent of the ambient dimension: the 90 % interval
    /// leaves it out.
    /// Where the two exponents differ by no more than 0.2, the interval may be no wider than their difference.
    /// </summary>
    public Claim BeatsAmbient(string name)
    {
        double gap = Problem.AmbientExponent - Problem.Exponent;
        return Of(
            name, new DecisionRule.Below(Problem.AmbientExponent, gap > 2 * Tolerance ? double.PositiveInfinity : gap));
    }

    /// <summary>The claim that the slope lies below a number: the 90 % interval does.</summary>
    public Claim SteeperThan(string name, double exponent) => Of(name, new DecisionRule.Below(exponent));

    private Claim.Statistical Of(string name, DecisionRule rule) => new(
        name,
        string.Create(
            CultureInfo.InvariantCulture, $"slope of log error over log n of {Estimator.Name} on {Problem.Law}"),
        rule,
        request => Result(request).SlopeEstimate(rule.Level));
}
