using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Search.Motifs;

namespace Proofs.Checks.Fitting;

/// <summary>A transferred network after training from its weights.</summary>
/// <param name="Network">What is kept: the trained network, or the one before where training did not lower the loss on
/// the rows that choose.</param>
/// <param name="IsTrained">Whether it is the trained one.</param>
/// <param name="Before">The mean squared error on the rows that choose before training.</param>
/// <param name="After">The same after training.</param>
/// <param name="Error">What is certified of the kept network against f, computed anew; null where its layout no longer
/// is one that the lemmas speak of.</param>
public sealed record Retrained(
    ReluNetwork Network, bool IsTrained, double Before, double After, TransferError? Error);

/// <summary>Training of a transferred network, which makes its certificate void.</summary>
public static class Retraining
{
    /// <summary>The family of a network in which the last layers alone are trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">How many layers are trained, from the last; the others are fixed.</param>
    /// <exception cref="ArgumentException">An entry is no binary64 number, or no layer is trained.</exception>
    public static ParametricNetwork Last(ReluNetwork network, int layers)
    {
        var like = Architectures.Like(network);
        return new("last layers", [.. like.Layers.Select((layer, l) =>
            l >= network.Depth - layers ? layer : Fixed(network.Layers[l]))]);
    }

    /// <summary>Trains and certifies anew.</summary>
    /// <param name="trainer">What trains.</param>
    /// <param name="transfer">The network to start from.</param>
    /// <param name="layers">How many layers are trained, from the last.</param>
    /// <param name="learnt">The observations to train on.</param>
    /// <param name="choice">The observations that decide which network is kept.</param>
    /// <param name="options">Sets steps, rate, seed and whatever else of the request.</param>
    /// <exception cref="TrainingException">Training cannot begin or go on.</exception>
    public static Retrained Run(
        ITrainer trainer, MotifTransfer transfer, int layers, Sample learnt, Sample choice,
        Func<TrainingRequest, TrainingRequest> options)
    {
        var family = Last(transfer.Network, layers);
        var outcome = trainer.Train(options(new(family, learnt)
        {
            Validation = choice,
            Start = family.ParametersOf(transfer.Network),
        }));
        double before = TargetSample.MeanSquare(transfer.Network, choice);
        double after = TargetSample.MeanSquare(outcome.Network, choice);
        bool isBetter = after < before;
        var kept = isBetter ? outcome.Network : transfer.Network;
        var error = !isBetter ? transfer.Error
            : transfer.Model is { } model
                ? MotifTransfer.Certify(kept, model, transfer.SquareLayers, transfer.Scale)
                : MotifTransfer.Of(kept, transfer.Trees, transfer.Scale, transfer.StripWidth)?.Error;
        return new(kept, isBetter, before, after, error);
    }

    private static ParametricLayer Fixed(Affine map) => new(
        map.Rows, map.Columns,
        Enumerable.Range(0, map.Rows).SelectMany(i => Enumerable.Range(map.RowStart[i], map.RowStart[i + 1]
            - map.RowStart[i]).Select(k => new LayerEntry(i, map.Column[k], -1, map.Value[k]))),
        Enumerable.Range(0, map.Rows).Where(i => map.Bias[i] != 0)
            .Select(i => new LayerEntry(i, 0, -1, map.Bias[i])));
}
