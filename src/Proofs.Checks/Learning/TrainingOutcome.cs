using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Networks;

namespace Proofs.Checks.Learning;

/// <summary>Why training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps are done.</summary>
    Steps,

    /// <summary>Nothing better was found for as long as the request is patient.</summary>
    Patience,

    /// <summary>It was told to.</summary>
    Cancelled,
}

/// <summary>What training found.</summary>
/// <param name="Network">The network at the best parameters, exactly.</param>
/// <param name="Parameters">The best parameters.</param>
/// <param name="BestStep">After how many steps they were found.</param>
/// <param name="ValidationLoss">Their loss on the validation points.</param>
/// <param name="History">Every evaluation.</param>
/// <param name="End">Why training ended.</param>
/// <param name="Device">What it ran on, in words.</param>
public sealed record TrainingOutcome(
    ReluNetwork Network,
    ImmutableArray<double> Parameters,
    int BestStep,
    double ValidationLoss,
    ImmutableArray<TrainingProgress> History,
    TrainingEnd End,
    string Device)
{
    /// <summary>The steps done.</summary>
    public int Steps => History.IsEmpty ? 0 : History[^1].Step;

    /// <summary>Whether both have the same parameters and the same history.</summary>
    public bool Equals(TrainingOutcome? other) => other is not null
        && Parameters.SequenceEqual(other.Parameters) && History.SequenceEqual(other.History) && End == other.End;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parameters.Length, BestStep, ValidationLoss, End);
}

/// <summary>Trains networks.</summary>
/// <remarks>
/// Guarantee: parameters that a mask or a shared place ties together stay so; the network returned has exactly the
/// parameters that training ended with. What training minimises is measured, never proved: certify the network.
/// </remarks>
public interface ITrainer
{
    /// <summary>Trains the network of a request.</summary>
    /// <exception cref="ArgumentException">The parts of the request do not fit each other; the message is one
    /// line.</exception>
    /// <exception cref="TrainingException">The device is not there, the loss is no longer finite, or a checkpoint does
    /// not fit.</exception>
    TrainingOutcome Train(TrainingRequest request);
}

/// <summary>What is in the way of a training.</summary>
public enum TrainingFault
{
    /// <summary>There is no such device.</summary>
    Device,

    /// <summary>The library that trains is not there, or failed.</summary>
    Library,

    /// <summary>The checkpoint is none, or one of another training.</summary>
    Checkpoint,

    /// <summary>The loss is no longer finite.</summary>
    Divergence,
}

/// <summary>Training cannot begin or go on; the message is one line.</summary>
public sealed class TrainingException(TrainingFault fault, string message) : InvalidOperationException(message)
{
    /// <summary>What is in the way.</summary>
    public TrainingFault Fault { get; } = fault;

    /// <summary>The parameters grew beyond all bounds.</summary>
    public static TrainingException Diverged(int step, double loss, double rate) => new(
        TrainingFault.Divergence,
        string.Create(
            CultureInfo.InvariantCulture,
            $"training diverged: the loss at step {step} is {loss}; expected a finite number: try a rate below {rate}, "
                + $"or clip gradients"));
}
