using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Training.Modules;
using Proofs.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Proofs.Training.Trainers;

/// <summary>Trains by TorchSharp: its modules, gradients, optimisers, schedules and clipping.</summary>
/// <remarks>
/// Reproducible: on the processor with one thread the same request gives the same bits in every process on one machine;
/// with more threads, on another processor or on a GPU sums may be taken in another order. The first parameters and the
/// batches are the same everywhere. The library's number of threads is one for the whole process.
/// </remarks>
public sealed class TorchTrainer : ITrainer
{
    private const int Chunk = 1 << 16; // points that pass the network at once where no gradient is asked for

    /// <inheritdoc/>
    public TrainingOutcome Train(TrainingRequest request)
    {
        Check(request);
        TorchRuntime.Require();
        var device = TorchRuntime.Device(request.Device);
        set_num_threads(request.Threads);
        try
        {
            using var scope = NewDisposeScope();
            using var run = new Run(request, device);
            return run.Train();
        }
        catch (ExternalException e)
        {
            throw new TrainingException(TrainingFault.Library, $"TorchSharp: {e.Message.Split('\n')[0].Trim()}");
        }
    }

    private static void Check(TrainingRequest request)
    {
        var (network, data) = (request.Network, request.Data);
        Require(network.OutputDimension == 1, $"The network has {network.OutputDimension} outputs; expected one.");
        foreach (var sample in (Sample?[])[data, request.Validation])
        {
            if (sample is null)
            {
                continue;
            }

            Require(
                sample.Points.Dimension == network.InputDimension,
                $"The points have {sample.Points.Dimension} coordinates; expected {network.InputDimension}, "
                    + "as the network has inputs.");
            Require(
                sample.Count > 0 && sample.Values.Count == sample.Count,
                $"{sample.Count} points and {sample.Values.Count} values; expected as many, and one at least.");
            int wrong = sample.Values.ToList().FindIndex(v => !double.IsFinite(v));
            Require(wrong < 0, $"The value at point {wrong + 1} is not finite.");
        }

        Require(
            double.IsFinite(request.Rate) && request.Rate > 0, $"The rate is {request.Rate}; expected a positive one.");
        Require(
            request is { Steps: > 0, Batch: > 0, Evaluate: > 0, Threads: > 0 },
            $"Steps {request.Steps}, batch {request.Batch}, evaluation every {request.Evaluate} steps, "
                + $"{request.Threads} threads; expected whole numbers from 1 on.");
        Require(
            request.WeightDecay >= 0 && request.Clip is null or > 0 && request.Patience is null or > 0,
            "A weight decay must not be negative, and clipping and patience must be positive.");
        Require(
            request.Optimizer is not Optimizer.Lbfgs
                || (request.WeightDecay == 0 && request.Clip is null && request.Checkpoint is null),
            "L-BFGS of the library has no weight decay, no clipping and no state that can be kept.");
        Require(
            request.Optimizer switch
            {
                Optimizer.Sgd s => s.Momentum is >= 0 and < 1,
                Optimizer.GaussianSgd g => g.Sigma >= 0 && double.IsFinite(g.Sigma),
                Optimizer.Langevin l => l.Temperature >= 0 && double.IsFinite(l.Temperature),
                _ => true,
            }
            && request.Loss switch
            {
                Loss.EpsilonInsensitive e => e.Epsilon >= 0 && double.IsFinite(e.Epsilon),
                Loss.PNorm n => n.P >= 1 && double.IsFinite(n.P),
                _ => true,
            }
            && request.Schedule is not Schedule.Stepwise { Every: < 1 } and not Schedule.Stepwise { Factor: not > 0 },
            "A momentum lies in [0, 1), a noise or an epsilon is not negative, p is at least 1, "
                + "and a schedule is positive.");

        static void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ArgumentException(problem);
            }
        }
    }

    // One training: the tensors it needs and how far it is.
    private sealed class Run : IDisposable
    {
        private readonly TrainingRequest _request;
        private readonly Device _device;
        private readonly TorchNetwork _module;
        private readonly optim.Optimizer _optimizer;
        private readonly optim.lr_scheduler.LRScheduler? _schedule;
        private readonly Generator _noise;
        private readonly Batches _batches;
        private readonly Tensor _points, _values, _testPoints, _testValues;
        private TrainingState _state;

        public Run(TrainingRequest request, Device device)
        {
            (_request, _device) = (request, device);
            var start = request.Start ?? request.Network.Draw(request.Seed);
            _module = new(request.Network, start, request.Precision, device);
            (_optimizer, _schedule) = Optimizers.Of(request, _module);
            _noise = new((ulong)request.Seed, CPU);
            _batches = new(request.Data.Count, request.Batch, request.Seed);
            (_points, _values) = Tensors(request.Data);
            (_testPoints, _testValues) =
                request.Validation is { } other ? Tensors(other) : (_points, _values);
            double loss = ValidationLoss(step: 0);
            _state = new(0, _module.Parameters, 0, loss, [new(0, request.Steps, loss, loss)], 0);
            if (request.Checkpoint is { } path && TrainingState.Read(path, request) is { } kept)
            {
                GoOn(kept);
            }
        }

        public TrainingOutcome Train()
        {
            var end = TrainingEnd.Steps;
            using var quiet = new QuietSteps();
            for (int step = _state.Step + 1; step <= _request.Steps; step++)
            {
                quiet.Next();
                if (_request.Cancellation.IsCancellationRequested)
                {
                    end = TrainingEnd.Cancelled;
                    break;
                }

                double loss = Step(step);
                if (step % _request.Evaluate == 0 || step == _request.Steps)
                {
                    Evaluate(step, loss);
                    if (_request.Patience is { } patience && _state.Waited >= patience)
                    {
                        end = TrainingEnd.Patience;
                        break;
                    }
                }
            }

            if (!_module.Computed.Equals(_module.Network))
            {
                throw new TrainingException(
                    TrainingFault.Library,
                    $"TorchSharp: the module does not compute the network of its parameters, {_request.Network.Name}; "
                        + "expected each entry as the architecture has it");
            }

            return new(
                _request.Network.At(_state.Best.AsSpan()), _state.Best, _state.BestStep, _state.BestLoss,
                _state.History, end, _device.type == DeviceType.CUDA ? $"GPU {_device.index}" : "CPU");
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _module.Dispose();
            _noise.Dispose();
        }

        private double Step(int step)
        {
            using var scope = NewDisposeScope();
            var batch = tensor(_batches.Of(step - 1), dtype: ScalarType.Int64).to(_device);
            var (points, values) = (_points.index_select(0, batch), _values.index_select(0, batch));
            double loss = double.NaN;
            if (_request.Optimizer is Optimizer.Lbfgs)
            {
                _optimizer.step(() =>
                {
                    var at = Gradient();
                    loss = double.IsNaN(loss) ? at.ToDouble() : loss;
                    return at;
                });
            }
            else
            {
                loss = Gradient().ToDouble();
                if (_request.Clip is { } clip)
                {
                    _ = nn.utils.clip_grad_norm_(_module.parameters(), clip);
                }

                _optimizer.step();
                AddNoise();
            }

            _schedule?.step();
            return double.IsFinite(loss) ? loss : throw TrainingException.Diverged(step, loss, _request.Rate);

            Tensor Gradient()
            {
                _optimizer.zero_grad();
                var error = Losses.Of(_request.Loss, _module.call(points).squeeze(1) - values);
                error.backward();
                return error;
            }
        }

        // The library's plain step has been made; what is added is the noise of the model.
        private void AddNoise()
        {
            double rate = _optimizer.ParamGroups.First().LearningRate;
            double deviation = _request.Optimizer switch
            {
                Optimizer.GaussianSgd g => rate * g.Sigma,
                Optimizer.Langevin l => Math.Sqrt(2 * rate * l.Temperature),
                _ => 0,
            };
            if (deviation > 0)
            {
                using var none = no_grad();
                foreach (var parameter in _module.parameters())
                {
                    // drawn on the processor: the same on every device
                    var noise = randn(parameter.shape, ScalarType.Float64, CPU, generator: _noise);
                    parameter.add_(noise.to(_module.Type, _device), deviation);
                }
            }
        }

        private void Evaluate(int step, double loss)
        {
            double validation = ValidationLoss(step);
            var progress = new TrainingProgress(step, _request.Steps, loss, validation);
            _state = validation < _state.BestLoss
                ? new(step, _module.Parameters, step, validation, _state.History.Add(progress), 0)
                : _state with { Step = step, History = _state.History.Add(progress), Waited = _state.Waited + 1 };
            if (_request.Checkpoint is { } path)
            {
                _state.Write(path, _request, _module, _optimizer, _noise);
            }

            _request.Progress?.Report(progress);
        }

        private void GoOn(TrainingState kept)
        {
            for (int step = 0; step < kept.Step; step++)
            {
                _schedule?.step();
            }

            kept.Restore(_module, _optimizer, _noise);
            _state = kept;
        }

        private double ValidationLoss(int step)
        {
            using var none = no_grad();
            using var scope = NewDisposeScope();
            var residuals = new List<Tensor>();
            for (long from = 0; from < _testValues.shape[0]; from += Chunk)
            {
                long count = Math.Min(Chunk, _testValues.shape[0] - from);
                residuals.Add(
                    _module.call(_testPoints.narrow(0, from, count)).squeeze(1) - _testValues.narrow(0, from, count));
            }

            double loss = Losses.Of(_request.Loss, cat(residuals, 0)).ToDouble();
            return double.IsFinite(loss) ? loss : throw TrainingException.Diverged(step, loss, _request.Rate);
        }

        private (Tensor Points, Tensor Values) Tensors(Sample sample)
        {
            using var scope = NewDisposeScope();
            var points = tensor(sample.Points.Values.ToArray(), dtype: ScalarType.Float64)
                .reshape(sample.Count, sample.Points.Dimension).to(_module.Type, _device);
            var values = tensor(sample.Values.ToArray(), dtype: ScalarType.Float64).to(_module.Type, _device);
            return (points.MoveToOuterDisposeScope(), values.MoveToOuterDisposeScope());
        }
    }
}
