using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Properties;

namespace Proofs.Oracle.Tests;

/// <summary>
/// What we read in a file: the real function, the execution, and the enclosures of its outputs that
/// <c>--semantics float32</c> gives.
/// </summary>
internal sealed class Judged
{
    private readonly ExecutionPass? _pass;

    public Judged(byte[] model)
    {
        Network = OnnxFile.Read(new MemoryStream(model), "a.onnx");
        try
        {
            Execution = NetworkReader.ReadExecution(new MemoryStream(model), "a.onnx");
            _pass = new(Execution);
        }
        catch (NetworkFileException e)
        {
            WhyNoExecution = e.Message;
        }
    }

    public Judged(ModelProto model)
        : this(model.ToByteArray())
    {
    }

    /// <summary>The exact real function.</summary>
    public ReluNetwork Network { get; }

    /// <summary>What the nodes execute; null where that is refused.</summary>
    public NetworkExecution? Execution { get; }

    /// <summary>The refusal where there is no execution.</summary>
    public string? WhyNoExecution { get; }

    /// <summary>What is wrong with outputs at a point; null where nothing is.</summary>
    /// <remarks>The rounding bound is that of the steps, around the value of the network they make up.</remarks>
    public string? Complaint(double[] x, double[] outputs, Seen seen) => Complaint(
        x, outputs, seen, Execution is null ? null : RoundingBound.Of(Execution, Exactly(x)), Execution?.Network);

    /// <summary>The same with the bound of a graph that is known otherwise; null where it may overflow.</summary>
    public string? ComplaintOfGraph(double[] x, double[] outputs, Seen seen, Missed[]? bounds) =>
        Complaint(x, outputs, seen, bounds, Network);

    private static BigRational[] Exactly(double[] x) => [.. x.Select(Binary64.Exact)];

    private string? Complaint(double[] x, double[] outputs, Seen seen, Missed[]? bounds, ReluNetwork? network)
    {
        var point = Exactly(x);
        if (outputs.Length != Network.OutputDimension)
        {
            return $"{Network.OutputDimension} outputs are read, the oracle gives {outputs.Length}";
        }

        if (Execution is not null && _pass!.Outputs(point) is { } enclosures)
        {
            seen.Enclosed++;
            for (int i = 0; i < outputs.Length; i++)
            {
                seen.Points += enclosures[i].IsPoint ? 1 : 0;
                if (!(enclosures[i].Inf <= outputs[i] && outputs[i] <= enclosures[i].Sup))
                {
                    return Text($"output {i} is {outputs[i]:R}, outside the enclosure {enclosures[i]}");
                }
            }
        }

        if (bounds is null)
        {
            seen.Unbounded++;
            return null;
        }

        seen.Bounded++;
        var exact = network!.Evaluate(point);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (exact[i] != bounds[i].Value)
            {
                return Text($"output {i} is {exact[i]} as it is read, and {bounds[i].Value} by the definitions");
            }

            if (!double.IsFinite(outputs[i]))
            {
                return Text($"output {i} is {outputs[i]:R}, where no execution overflows");
            }

            var missed = BigRational.Abs(Binary64.Exact(outputs[i]) - exact[i]);
            if (missed > bounds[i].Error)
            {
                return Text($"output {i} is {outputs[i]:R}, the exact value {Binary64.Nearest(exact[i]):R}, "
                    + $"and that is more than {Binary64.Nearest(bounds[i].Error):R} off");
            }

            seen.Note(bounds[i]);
        }

        return null;

        string Text(string text) => $"{text} at ({string.Join(", ", x.Select(Binary64.Text))})";
    }
}

/// <summary>How much was compared: a comparison that rarely takes place, or against anything, shows nothing.</summary>
internal sealed class Seen
{
    /// <summary>Points at which the outputs were enclosed.</summary>
    public int Enclosed { get; set; }

    /// <summary>Enclosures that are one number.</summary>
    public int Points { get; set; }

    /// <summary>Points at which a rounding bound was met.</summary>
    public int Bounded { get; set; }

    /// <summary>Points at which an execution may overflow, or without a bound for another reason.</summary>
    public int Unbounded { get; set; }

    /// <summary>Outputs that are known to a thousandth of themselves, or of 1.</summary>
    public int Sharp { get; private set; }

    /// <summary>All outputs with a bound.</summary>
    public int Outputs { get; private set; }

    public void Note(Missed bound)
    {
        Outputs++;
        Sharp += bound.Error * 1000 <= BigRational.Max(BigRational.Abs(bound.Value), BigRational.One) ? 1 : 0;
    }

    public override string ToString() =>
        $"{Enclosed} points enclosed ({Points} outputs exactly), {Bounded} bounded, {Unbounded} not, "
            + $"{Sharp} of {Outputs} outputs to a thousandth";
}
