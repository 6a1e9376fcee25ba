using Proofs.Checks.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Proofs.Training.Trainers;

/// <summary>Losses as functions of the residuals of a batch.</summary>
internal static class Losses
{
    private const double Smallest = 1e-30; // residuals that are all 0 have a p-norm too

    /// <summary>The loss of residuals.</summary>
    public static Tensor Of(Loss loss, Tensor residuals) => loss switch
    {
        Loss.Squared => residuals.square().mean(),
        Loss.Absolute => residuals.abs().mean(),
        Loss.EpsilonInsensitive e => nn.functional.relu(residuals.abs() - e.Epsilon).mean(),
        Loss.PNorm n => Norm(residuals.abs(), n.P),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "expected a loss that is known"),
    };

    // The largest one is taken out, so that no power overflows.
    private static Tensor Norm(Tensor size, double p)
    {
        var largest = size.detach().max().clamp_min(Smallest);
        return largest * (size / largest).clamp_min(Smallest).pow(p).mean().pow(1 / p);
    }
}
