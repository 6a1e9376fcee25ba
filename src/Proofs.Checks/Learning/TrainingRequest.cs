using System.Collections.Immutable;
using Proofs.Checks.Experiments;

namespace Proofs.Checks.Learning;

/// <summary>What is made small, as a mean over the points of a batch; r is the residual Φ(x) − y.</summary>
public abstract record Loss
{
    private Loss()
    {
    }

    /// <summary>r².</summary>
    public sealed record Squared : Loss;

    /// <summary>|r|.</summary>
    public sealed record Absolute : Loss;

    /// <summary>max(|r| − ε, 0).</summary>
    public sealed record EpsilonInsensitive(double Epsilon) : Loss;

    /// <summary>The p-norm (mean of |r|^p)^(1/p) of a batch, which for large p stands in for its largest |r|.</summary>
    public sealed record PNorm(double P) : Loss;
}

/// <summary>How parameters move; all but the last two are optimisers of the library.</summary>
public abstract record Optimizer
{
    private Optimizer()
    {
    }

    /// <summary>Adam, of Kingma and Ba, with its usual moments.</summary>
    public sealed record Adam : Optimizer;

    /// <summary>Adam with the weight decay apart from the gradient, of Loshchilov and Hutter.</summary>
    public sealed record AdamW : Optimizer;

    /// <summary>Stochastic gradient descent with momentum.</summary>
    public sealed record Sgd(double Momentum) : Optimizer;

    /// <summary>RMSProp, with its usual smoothing.</summary>
    public sealed record RmsProp : Optimizer;

    /// <summary>L-BFGS on one batch a step.</summary>
    public sealed record Lbfgs : Optimizer;

    /// <summary>θ ← θ − η(∇L(θ) + σξ), ξ standard Gaussian.</summary>
    /// <remarks>Source: math/06, the model.</remarks>
    public sealed record GaussianSgd(double Sigma) : Optimizer;

    /// <summary>θ ← θ − η∇L(θ) + √(2ηT)ξ, ξ standard Gaussian: unadjusted Langevin at temperature T.</summary>
    public sealed record Langevin(double Temperature) : Optimizer;
}

/// <summary>How the rate changes from the first step to the last.</summary>
public abstract record Schedule
{
    private Schedule()
    {
    }

    /// <summary>Not at all.</summary>
    public sealed record Constant : Schedule;

    /// <summary>Half a cosine, from the rate to 0.</summary>
    public sealed record Cosine : Schedule;

    /// <summary>Times a factor after every so many steps.</summary>
    public sealed record Stepwise(int Every, double Factor) : Schedule;
}

/// <summary>The numbers that training computes with.</summary>
public enum Precision
{
    /// <summary>binary32.</summary>
    Float32,

    /// <summary>binary64.</summary>
    Float64,
}

/// <summary>
/// What to train, on what, and how; the same request gives the same network (see <see cref="ITrainer"/>).
/// </summary>
/// <param name="Network">The architecture; it has one output.</param>
/// <param name="Data">The points to train on.</param>
public sealed record TrainingRequest(ParametricNetwork Network, Sample Data)
{
    /// <summary>The points that choose the best parameters; the training data where it is null.</summary>
    public Sample? Validation { get; init; }

    /// <summary>The parameters to start from; <see cref="ParametricNetwork.Draw"/> by the seed where it is
    /// null.</summary>
    public ImmutableArray<double>? Start { get; init; }

    /// <summary>What is made small.</summary>
    public Loss Loss { get; init; } = new Loss.Squared();

    /// <summary>How parameters move.</summary>
    public Optimizer Optimizer { get; init; } = new Optimizer.Adam();

    /// <summary>η, the rate at the first step.</summary>
    public double Rate { get; init; } = 1e-2;

    /// <summary>How the rate changes.</summary>
    public Schedule Schedule { get; init; } = new Schedule.Cosine();

    /// <summary>The factor of the parameters' half squared norm in the loss, or of AdamW's decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The largest Euclidean norm of a gradient, longer ones are shortened to it; null for none.</summary>
    public double? Clip { get; init; }

    /// <summary>The points of a batch; every point comes once before one comes again.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>The number of steps.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>After how many steps the validation loss is computed.</summary>
    public int Evaluate { get; init; } = 100;

    /// <summary>After how many evaluations without a better one training ends; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>The numbers that are computed with.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>Where: cpu, cuda, cuda:N, or auto for the first GPU or else the processor.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The threads of the library.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where random choices start: the first parameters, the batches, the noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>A file that keeps the state at every evaluation, and from which an ended training goes on; null for
    /// none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Is told about every evaluation; null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training; the best parameters so far are the result.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far training is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps to do.</param>
/// <param name="TrainingLoss">The loss on the last batch, before the step.</param>
/// <param name="ValidationLoss">The loss on the validation points, after the step.</param>
public sealed record TrainingProgress(int Step, int Steps, double TrainingLoss, double ValidationLoss);
