using Proofs.Checks.Learning;
using Proofs.Training.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Proofs.Training.Trainers;

/// <summary>The library's optimiser and schedule of a request.</summary>
internal static class Optimizers
{
    /// <summary>The optimiser on the module's parameters, and its schedule; null for a constant rate.</summary>
    public static (optim.Optimizer Optimizer, optim.lr_scheduler.LRScheduler? Schedule) Of(
        TrainingRequest request, TorchNetwork module)
    {
        var (parameters, rate, decay) = (module.parameters(), request.Rate, request.WeightDecay);
        optim.Optimizer optimizer = request.Optimizer switch
        {
            Optimizer.Adam => optim.Adam(parameters, rate, weight_decay: decay),
            Optimizer.AdamW => optim.AdamW(parameters, rate, weight_decay: decay),
            Optimizer.Sgd s => optim.SGD(parameters, rate, s.Momentum, weight_decay: decay),
            Optimizer.RmsProp => optim.RMSProp(parameters, rate, weight_decay: decay),
            Optimizer.Lbfgs => optim.LBFGS(parameters, rate),
            Optimizer.GaussianSgd or Optimizer.Langevin => optim.SGD(parameters, rate, weight_decay: decay),
            _ => throw new ArgumentOutOfRangeException(
                nameof(request), request.Optimizer, "expected an optimiser that is known"),
        };
        return (optimizer, request.Schedule switch
        {
            Schedule.Constant => null,
            Schedule.Cosine => optim.lr_scheduler.CosineAnnealingLR(optimizer, request.Steps),
            Schedule.Stepwise s => optim.lr_scheduler.StepLR(optimizer, s.Every, s.Factor),
            _ => throw new ArgumentOutOfRangeException(
                nameof(request), request.Schedule, "expected a schedule that is known"),
        });
    }
}
