using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.LinearRegression;
using MathNet.Numerics.Statistics;
using Proofs.Checks.Dimension;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Experiments;

/// <summary>How a rate is measured: fixed before the run.</summary>
/// <param name="Sizes">The sample sizes n, increasing; none is dropped afterwards. As many points again choose the
/// tuning.</param>
/// <param name="Replicates">R, independent samples of each size.</param>
/// <param name="TestPoints">The points at which a fit is compared with f, drawn anew for each replicate.</param>
public sealed record RatePlan(ImmutableArray<int> Sizes, int Replicates, int TestPoints)
{
    private const int FewestSizes = 3;
    private const int SmallestSize = 32;

    /// <summary>The plan of the protocol: 2^8, …, 2^15, twenty replicates, 4000 test points.</summary>
    /// <remarks>Source: math/02, section 7.</remarks>
    public static RatePlan Full { get; } = new([.. Enumerable.Range(8, 8).Select(k => 1 << k)], 20, 4000);

    /// <summary>A plan that takes a second: 2^8, …, 2^14, ten replicates, 2000 test points.</summary>
    public static RatePlan Quick { get; } = new([.. Enumerable.Range(8, 7).Select(k => 1 << k)], 10, 2000);

    /// <summary>
    /// The same plan without the sizes above <paramref name="most"/>; where two are left or less, with halves of the
    /// smallest in front.
    /// </summary>
    public RatePlan UpTo(int most)
    {
        List<int> sizes = [.. Sizes.Where(n => n <= most)];
        while (sizes.Count < FewestSizes && sizes.DefaultIfEmpty(2 * most).First() / 2 >= SmallestSize)
        {
            sizes.Insert(0, sizes.DefaultIfEmpty(2 * most).First() / 2);
        }

        return this with { Sizes = [.. sizes] };
    }

    /// <summary>Whether both plans are the same.</summary>
    public bool Equals(RatePlan? other) => other is not null && Sizes.SequenceEqual(other.Sizes)
        && (Replicates, TestPoints) == (other.Replicates, other.TestPoints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sizes.Length, Replicates, TestPoints);
}

/// <summary>Measures the rate at which an estimator's squared error falls with the size of the sample.</summary>
/// <remarks>Source: math/02, section 7. The same seed gives the same numbers for any number of threads.</remarks>
public static class RateExperiment
{
    /// <summary>The squared errors of every replicate at every size.</summary>
    /// <exception cref="ArgumentException">The plan has less than two sizes or replicates, or a size the estimator
    /// cannot fit.</exception>
    public static RateResult Run(
        RegressionProblem problem, RegressionEstimator estimator, RatePlan plan, SampleRequest request)
    {
        if (plan.Sizes.Length < 2 || plan.Replicates < 2 || plan.TestPoints < 1 || plan.Sizes[0] < 4
            || plan.Sizes.Zip(plan.Sizes.Skip(1)).Any(p => p.First >= p.Second))
        {
            throw new ArgumentException(
                "A plan needs two sizes or more, each at least 4 and increasing, two replicates and a test point.",
                nameof(plan));
        }

        if (plan.Sizes[^1] > estimator.MostPoints)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{estimator.Name} fits at most {estimator.MostPoints} points; "
                    + $"the plan has {plan.Sizes[^1]} (RatePlan.UpTo)."), nameof(plan));
        }

        double[][] errors = [.. plan.Sizes.Select(_ => new double[plan.Replicates])];
        var tasks = Enumerable.Range(0, plan.Replicates)
            .SelectMany(r => Enumerable.Range(0, plan.Sizes.Length).Reverse().Select(s => (Replicate: r, Size: s)));
        var options =
            new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = request.Cancellation };
        _ = Parallel.ForEach(tasks, options, task =>
        {
            errors[task.Size][task.Replicate] =
                Measure(problem, estimator, plan, request.Seed, task.Replicate, task.Size);
        });
        return new RateResult(
            problem, estimator.Name, plan, request.Seed, [.. errors.Select(e => e.ToImmutableArray())]);
    }

    // The squared error of one fit, at the size of a place in the plan.
    internal static double Measure(
        RegressionProblem problem, RegressionEstimator estimator, RatePlan plan, long seed, int replicate, int place)
    {
        var random = Stream(seed, replicate, place);
        int n = plan.Sizes[place];
        var predict = estimator.Fit(problem.Draw(n, noisy: true, random), problem.Draw(n, noisy: true, random));
        var test = problem.Draw(plan.TestPoints, noisy: false, random);
        return RegressionEstimator.SquaredError(predict(test.Points), test);
    }

    // Streams of different replicates and sizes start far apart.
    private static SplitMix64 Stream(long seed, int replicate, int size)
    {
        ulong state = new SplitMix64((ulong)seed).Next();
        state = new SplitMix64(state ^ (ulong)replicate).Next();
        return new SplitMix64(new SplitMix64(state ^ ((ulong)size << 32)).Next());
    }
}

/// <summary>What a rate experiment measured.</summary>
/// <param name="Problem">The regression problem.</param>
/// <param name="Estimator">The estimator's name.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Errors">The squared error in L2 of the law, for each size the replicates.</param>
public sealed record RateResult(
    RegressionProblem Problem, string Estimator, RatePlan Plan, long Seed,
    ImmutableArray<ImmutableArray<double>> Errors)
{
    private const int Resamples = 1000;

    /// <summary>The mean error over the replicates, for each size.</summary>
    public ImmutableArray<double> MeanErrors => [.. Errors.Select(e => e.Average())];

    /// <summary>The standard deviation of the slope that one replicate at each size gives.</summary>
    public double SingleSlopeDeviation => Enumerable.Range(0, Plan.Replicates)
        .Select(r => Slope([.. Errors.Select(e => e[r])])).StandardDeviation();

    /// <summary>
    /// The slope of log(mean error) over log n, with the interval of the bootstrap: replicates drawn anew at each size,
    /// 1000 times.
    /// </summary>
    /// <param name="level">The level of the interval, such as 0.9.</param>
    public IntervalEstimate SlopeEstimate(double level)
    {
        double value = Slope(MeanErrors);
        return Interval(value, level, drawn =>
            Slope([.. Errors.Select((e, s) => Enumerable.Range(0, e.Length).Average(r => e[drawn(s, r)]))]));
    }

    /// <summary>
    /// The mean over the sizes of log(mean error/mean error of another), with the interval of the bootstrap: replicates
    /// drawn anew at each size, the same of both, 1000 times.
    /// </summary>
    /// <param name="other">Measured on the same samples.</param>
    /// <param name="level">The level of the interval, such as 0.9.</param>
    /// <exception cref="ArgumentException">The other has another plan or seed.</exception>
    public IntervalEstimate LogRatioEstimate(RateResult other, double level)
    {
        if (Seed != other.Seed || !Plan.Equals(other.Plan))
        {
            throw new ArgumentException(
                $"{Estimator} and {other.Estimator} have different plans; expected the same samples.", nameof(other));
        }

        return Interval(Ratio((_, r) => r), level, Ratio);

        double Ratio(Func<int, int, int> drawn) => Enumerable.Range(0, Errors.Length).Average(s =>
        {
            int[] replicates = [.. Enumerable.Range(0, Plan.Replicates).Select(r => drawn(s, r))];
            return Math.Log(replicates.Average(r => Errors[s][r]) / replicates.Average(r => other.Errors[s][r]));
        });
    }

    // drawn(s, r): the replicate that stands in the place of the r-th at the s-th size; asked once for each.
    private IntervalEstimate Interval(double value, double level, Func<Func<int, int, int>, double> statistic)
    {
        var random = new SplitMix64((ulong)Seed ^ 0xB007_57A9);
        double[] values = new double[Resamples];
        for (int b = 0; b < Resamples; b++)
        {
            values[b] = statistic((_, _) => random.NextBelow(Plan.Replicates));
        }

        return new(
            value,
            values.QuantileCustom((1 - level) / 2, QuantileDefinition.R7),
            values.QuantileCustom((1 + level) / 2, QuantileDefinition.R7),
            level,
            2L * Plan.Replicates * Plan.Sizes.Sum(n => (long)n),
            string.Create(
                CultureInfo.InvariantCulture,
                $"n = {Plan.Sizes[0]} … {Plan.Sizes[^1]}, {Plan.Replicates} replicates, bootstrap"));
    }

    /// <summary>Whether both have the same errors.</summary>
    public bool Equals(RateResult? other) =>
        other is not null && Problem.Equals(other.Problem) && Estimator == other.Estimator
        && Plan.Equals(other.Plan) && Seed == other.Seed
        && Errors.Zip(other.Errors).All(e => e.First.SequenceEqual(e.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Estimator, Plan, Seed);

    // A fit without any error has no logarithm; NaN then says that there is no estimate.
    private double Slope(IReadOnlyList<double> errors) => errors.Any(e => !(e > 0) || !double.IsFinite(e))
        ? double.NaN
        : SimpleRegression.Fit([.. Plan.Sizes.Select(n => Math.Log(n))], [.. errors.Select(e => Math.Log(e))]).B;
}
