using System.Collections.Immutable;
using Proofs.Checks.Experiments;

namespace Proofs.Checks.Learning;

/// <summary>A trained network as an estimator of a regression function.</summary>
public static class NetworkEstimator
{
    private const int Steps = 1500;
    private const int Batch = 128;
    private const int Evaluate = 50;
    private const double Rate = 1e-2;

    /// <summary>
    /// The network of an architecture that depends on n, least squares by Adam in 1500 steps of 128 points, the rate
    /// 0.01 falling by a cosine; of several random starts, and of the parameters at every 50th step, those with the
    /// least squared error on the validation sample.
    /// </summary>
    /// <param name="name">The estimator's name in tables.</param>
    /// <param name="trainer">What trains.</param>
    /// <param name="architecture">The architecture for n points, fixed before the data are seen.</param>
    /// <param name="starts">How many random starts, with seeds 1, 2, ….</param>
    /// <remarks>
    /// The theorems speak of the least squared error over all networks of a size; gradient descent may miss it, and the
    /// error measured is that of what it found. Reproducible as the trainer is. A trainer need not
    /// bear two trainings at once: the fits of a study come one after another.
    /// </remarks>
    public static RegressionEstimator Of(
        string name, ITrainer trainer, Func<int, ParametricNetwork> architecture, int starts)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        return new(name, (sample, validation) =>
        {
            var network = architecture(sample.Count);
            var best = Enumerable.Range(1, starts)
                .Select(seed => trainer.Train(Request(network, sample, validation, seed)))
                .MinBy(outcome => outcome.ValidationLoss)!.Network;
            return points =>
                [.. Enumerable.Range(0, points.Count).Select(i => best.Evaluate(points[i].ToArray())[0])];
        });
    }

    /// <summary>
    /// The rule of the theorems for the number of weights: the largest fully connected architecture with so many hidden
    /// layers and at most ⌈factor · n^(1 + exponent)⌉ weights and biases, where n^exponent is the rate of the squared
    /// error.
    /// </summary>
    /// <remarks>
    /// Source: math/01, section 5.3, and math/02, section 5: squared bias and variance W/n are both n^exponent at
    /// W = n^(1 + exponent), logarithms left out.
    /// </remarks>
    /// <exception cref="ArgumentException">Not even width 1 is that small.</exception>
    public static Func<int, ParametricNetwork> ByRate(int inputs, int hidden, double factor, double exponent) =>
        n => Architectures.OfSize(inputs, hidden, (long)Math.Ceiling(factor * Math.Pow(n, 1 + exponent)));

    private static TrainingRequest Request(
        ParametricNetwork network, Sample sample, Sample validation, int seed) => new(network, sample)
        {
            Validation = validation,
            Batch = Math.Min(Batch, sample.Count),
            Steps = Steps,
            Evaluate = Evaluate,
            Rate = Rate,
            Seed = seed,
        };
}
