using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Proofs.Constructions.Formats.Onnx;
using Xunit;

namespace Proofs.Oracle.Tests;

/// <summary>
/// A file as onnxruntime reads and executes it: node by node as the file says, on one thread, nothing optimised away.
/// </summary>
internal sealed class Onnxruntime : IDisposable
{
    private static readonly Lazy<string?> Missing = new(Probe);

    private readonly InferenceSession _session;
    private readonly bool _isFloat;
    private readonly int[] _dims;

    /// <exception cref="OnnxRuntimeException">It reads no model in these bytes, or lacks an operator.</exception>
    public Onnxruntime(byte[] model)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _session = new InferenceSession(model, options);

        // old exporters list the initialisers among the inputs
        var graph = ModelProto.Parser.ParseFrom(model).Graph;
        Input = graph.Input.Select(i => i.Name).Except(graph.Initializer.Select(t => t.Name)).Single();
        var input = _session.InputMetadata[Input];
        _isFloat = input.ElementType == typeof(float);
        _dims = [.. input.Dimensions.Select((d, axis) => d < 0 && axis == 0 ? 1 : d)];
    }

    /// <summary>Why it cannot be used on this machine; null where it can.</summary>
    public static string? WhyMissing => Missing.Value;

    private string Input { get; }

    /// <summary>The first output at an input in row-major order; an open first axis has extent 1.</summary>
    public double[] Run(IReadOnlyList<double> x)
    {
        var value = _isFloat
            ? NamedOnnxValue.CreateFromTensor(
                Input, new DenseTensor<float>((float[])[.. x.Select(v => (float)v)], _dims))
            : NamedOnnxValue.CreateFromTensor(Input, new DenseTensor<double>((double[])[.. x], _dims));
        using var outputs = _session.Run([value]);
        return _isFloat
            ? [.. outputs[0].AsTensor<float>().Select(v => (double)v)]
            : [.. outputs[0].AsTensor<double>()];
    }

    public void Dispose() => _session.Dispose();

    // The identity of one number: a library that is there, and of another system, fails here too.
    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "needs onnxruntime's library for this system; the project takes the one for linux-x64";
        }

        try
        {
            using var identity = new Onnxruntime(Graphs.Identity.ToByteArray());
            return identity.Run([1]) is [1] ? null : "onnxruntime does not give 1 for the identity of 1";
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException)
        {
            string reason = (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
            return $"needs onnxruntime, whose library does not load here: {reason}";
        }
    }
}

/// <summary>A test against onnxruntime; it skips, and says why, where that cannot run.</summary>
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = Onnxruntime.WhyMissing;
}

/// <summary>Tests against onnxruntime; they skip, and say why, where that cannot run.</summary>
internal sealed class OracleTheoryAttribute : TheoryAttribute
{
    public OracleTheoryAttribute() => Skip = Onnxruntime.WhyMissing;
}
