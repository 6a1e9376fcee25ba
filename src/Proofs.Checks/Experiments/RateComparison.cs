using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Experiments;

/// <summary>An estimator in a comparison.</summary>
/// <param name="Name">Its name in measurements and tables.</param>
/// <param name="Plan">The sizes it is measured at, and the replicates.</param>
/// <param name="Estimator">The estimator; null where what it needs, a trainer, is not at hand: then its measurements
/// are read, not made.</param>
public sealed record RateContender(string Name, RatePlan Plan, RegressionEstimator? Estimator);

/// <summary>Estimators that are measured on the same samples.</summary>
/// <param name="Problem">The regression problem.</param>
/// <param name="Contenders">The estimators, each name once.</param>
/// <param name="Seed">The seed.</param>
/// <remarks>
/// The sample of a replicate depends on the seed, the replicate and the place of n in the plan alone: estimators with
/// plans of the same sizes fit the same points.
/// </remarks>
public sealed record RateComparison(RegressionProblem Problem, ImmutableArray<RateContender> Contenders, long Seed)
{
    // Functions of the library of mathematics may differ in last bits between machines.
    private const double Agreement = 1e-6;

    /// <summary>The number of fits: every estimator at every size of its plan, in every replicate.</summary>
    public int Fits => All.Length;

    /// <summary>Makes the measurement of one fit; it depends on no other.</summary>
    /// <param name="fit">From 0 to <see cref="Fits"/> − 1.</param>
    /// <exception cref="ArgumentException">The estimator is not at hand.</exception>
    public RateMeasurement Measure(int fit) => Measure(All[fit]);

    /// <summary>The errors of one estimator, from measurements.</summary>
    /// <exception cref="FormatException">One is missing, or has another seed.</exception>
    public RateResult Result(string name, ImmutableArray<RateMeasurement> measurements)
    {
        var contender = Find(name);
        var errors = contender.Plan.Sizes.Select(n => Enumerable.Range(0, contender.Plan.Replicates).Select(r =>
        {
            var found = measurements.Where(m => (m.Estimator, m.Size, m.Replicate) == (name, n, r)).ToList();
            return found is [var one] && one.Seed == Seed ? one.Error : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, n = {n}, replicate {r}: {found.Count} measurements; expected one, with seed {Seed}"));
        }).ToImmutableArray()).ToImmutableArray();
        return new(Problem, name, contender.Plan, Seed, errors);
    }

    /// <summary>
    /// Measures anew, for every estimator at hand, all replicates at the sizes up to <paramref name="largest"/>, and
    /// compares.
    /// </summary>
    /// <exception cref="FormatException">A measurement differs by more than one part in a million, is missing, or is
    /// none of this comparison; the message names it.</exception>
    public void CheckAnew(ImmutableArray<RateMeasurement> measurements, int largest, int jobs)
    {
        var (given, twins) = (new Dictionary<(string, int, int), double>(), new List<RateMeasurement>());
        foreach (var m in measurements)
        {
            CheckKnown(m);
            if (!given.TryAdd((m.Estimator, m.Size, m.Replicate), m.Error))
            {
                twins.Add(m);
            }
        }

        if (twins is [var twin, ..])
        {
            throw new FormatException($"{MeasurementText.Line(twin)}: expected one line for each fit");
        }

        var fits = All.Where(f => f.Contender.Estimator is not null && f.Contender.Plan.Sizes[f.Place] <= largest);
        string?[] problems =
        [
            .. fits.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(jobs, 512)).Select(fit =>
            {
                var anew = Measure(fit);
                return !given.TryGetValue((anew.Estimator, anew.Size, anew.Replicate), out double error)
                    ? $"{MeasurementText.Line(anew)}: measured anew, and missing in the measurements"
                    : Math.Abs(error - anew.Error) <= Agreement * anew.Error
                        ? null
                        : $"{MeasurementText.Line(anew with { Error = error })}: measured anew the error is "
                            + anew.Error.ToString("R", CultureInfo.InvariantCulture);
            }),
        ];
        if (Array.Find(problems, p => p is not null) is { } problem)
        {
            throw new FormatException(problem);
        }
    }

    private ImmutableArray<Fit> All =>
    [
        .. Contenders.SelectMany(c => Enumerable.Range(0, c.Plan.Replicates)
            .SelectMany(r => Enumerable.Range(0, c.Plan.Sizes.Length).Reverse().Select(s => new Fit(c, r, s)))),
    ];

    private RateMeasurement Measure(Fit fit)
    {
        var (contender, replicate, place) = (fit.Contender, fit.Replicate, fit.Place);
        double error = RateExperiment.Measure(
            Problem,
            contender.Estimator ?? throw new ArgumentException($"{contender.Name} needs a trainer; expected one."),
            contender.Plan, Seed, replicate, place);
        return new(contender.Name, contender.Plan.Sizes[place], replicate, Seed, error);
    }

    private RateContender Find(string name) => Contenders.FirstOrDefault(c => c.Name == name)
        ?? throw new FormatException($"{name} is no estimator of this comparison");

    private void CheckKnown(RateMeasurement m)
    {
        var plan = Find(m.Estimator).Plan;
        if (m.Seed != Seed || !plan.Sizes.Contains(m.Size) || m.Replicate < 0 || m.Replicate >= plan.Replicates)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{MeasurementText.Line(m)}: expected seed {Seed}, n among {string.Join(", ", plan.Sizes)} "
                    + $"and a replicate below {plan.Replicates}"));
        }
    }

    private sealed record Fit(RateContender Contender, int Replicate, int Place);
}
